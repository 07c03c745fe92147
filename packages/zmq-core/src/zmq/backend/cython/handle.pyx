# The state of one libzmq socket, common to the Socket and all its shadows.

cdef int _EFAULT = _constants.Errno.EFAULT
cdef int ZMQ_FIRST_DRAFT = _constants.SocketType.SERVER


@cython.final
@cython.internal
cdef class _Handle:
    cdef void *ptr              # NULL once closed for good
    cdef int generation         # of the fork that made it
    cdef int pid
    cdef int type
    cdef zq_sender sender       # what was sent, as far as later frames depend on it
    cdef zq_stats stats         # what `sender` counts, while it counts
    cdef int small              # a received frame of less bytes needs no more looks
    cdef int fd                 # NO_FD until first asked for
    cdef void *poller           # stands in for the fd of draft sockets
    cdef int64_t spin           # nanoseconds to poll in a loop before a wait sleeps
    cdef bint expects_wait      # it spins, and the last receive had to wait
    cdef int known_events       # EVENTS while nothing has been done since; or less than 0
    cdef int closed             # whether it is; see _is_closed
    cdef zq_lock lock           # held by a thread that sends, or spins, without the GIL
    cdef bint inproc            # has been bound or connected to an inproc address
    cdef int foreign            # whether it was made by other code, which may use it unseen
    cdef int n_listeners        # how many waiters and watchers there are
    cdef int asleep             # how many threads use it without the GIL, or wait so
    cdef zq_waiter *waiters
    cdef list watchers          # [(callback, events), ...]
    cdef list close_deferred_by # callbacks, called when it is closed; or None
    cdef list returned          # messages put back, see returned.pyx; or None
    cdef long long order        # of the last one of these that was received; or 0
    cdef list orders            # of each of a burst, if some were put back; or None
    cdef long long last_order   # of the last message that got a number
    cdef bint more              # the last frame received has another one after it
    cdef bint within            # `more` before that one
    cdef unsigned int taken     # odd, and another with each receive
    cdef list partial           # frames still to come of a message taken from those
    cdef str busy               # what uses the socket alone, without the GIL; or None
    cdef bytes monitor          # where it is monitored; or None
    cdef _Handle monitored      # the socket that this one is the monitor of; or None
    cdef str address            # "bound to ...", or what was done last; or None
    cdef list endpoints         # [(way, address), ...] that are in effect; or None
    cdef bint outside           # has been bound or connected to another than inproc
    cdef int64_t made           # when, by zq_now_ns
    cdef bint has_queues        # connected: to who may be absent there is a queue
    cdef object closing         # made when it was closed, for tracemalloc; or None
    cdef object owner           # weak reference to the Socket that made it
    cdef object key             # its number in _open_handles; None when it is not there
    cdef Context context

    def __cinit__(self):
        self.fd = NO_FD
        self.small = LARGE
        self.known_events = UNKNOWN
        self.taken = 1
        self.generation = zq_fork_generation


# Called where there is no GIL, see section.h.
cdef int _of_parent "zq_of_parent"(PyObject *o) noexcept:
    if type(<object>o) is _Handle:
        return (<_Handle>o).generation != zq_fork_generation
    if isinstance(<object>o, Context):
        return (<Context>o)._generation != zq_fork_generation
    return False


cdef enum:
    NO_FD = -2
    UNKNOWN = -1     # EVENTS are not known
    REFUSED = -2     # nor are they, but the last thing done was a receive, in vain
    LARGE = 16384    # from here on a bytes object is lent rather than copied
    HUGE = 262144    # from here on copying is done without the GIL


# By address, so that whatever shadows a socket of ours shares its state.
cdef dict _open_handles = {}


cdef bint _has_open_handles(void *context):
    cdef _Handle h
    for h in list(_open_handles.values()):
        if h.context is not None and _handle_of(h.context) == context:
            return True
    return False


cdef inline bint _is_closed(_Handle h) noexcept:
    """Whether it is closed, for those who have not entered it."""
    return zq_atomic_peek_int(&h.closed)


cdef inline bint _is_free(PyObject *h) noexcept:
    """Whether a _Handle can be used at once; if not, _require_usable waits, or tells why.

    It is borrowed from its socket, as in the few lines that most calls get by with
    counting references to it is a good part of the work. They run no code of others.
    """
    return not (
        h == <PyObject *>None or zq_atomic_peek_int(&(<_Handle>h).closed)
        or (<_Handle>h).generation != zq_fork_generation
        or (<_Handle>h).busy is not None or zq_lock_is_held(&(<_Handle>h).lock)
    )


cdef bint _is_gone(_Handle h) noexcept:
    """Whether other code has closed it, as far as libzmq can tell.

    ETERM does not say so: whoever destroys a context that was shut down has to close it.
    """
    cdef int value
    cdef size_t size = sizeof(int)
    return (
        zmq_getsockopt(h.ptr, ZMQ_TYPE, &value, &size) < 0
        and last_errno() == ENOTSOCK
    )


cdef int _raise_closed(_Handle h) except -1:
    hint = _error.explain("closed", h.type, h.closing)
    _raise_with(ENOTSOCK, hint or f"the {_type_name(h.type)} socket is closed")


cdef int _raise_closed_while(_Handle h, str what) except -1:
    """Tell one who waited for a socket why that was closed."""
    if _has_begun_to_end(h.context):
        _raise(ETERM)
    _raise_with(ENOTSOCK, f"the socket was closed while {what}")


cdef int _raise_unusable(_Handle h) except -1:
    """Say why a socket cannot be used; return when it can, after all."""
    if h is None:
        _raise_with(ENOTSOCK, "Socket.__init__ was never called")
    if _is_closed(h):
        _raise_closed(h)
    if h.generation != zq_fork_generation:
        _raise_forked("Socket", h.pid)
    if h.busy is not None:
        _raise_with(
            ENOTSUP, f"the socket is in use by {h.busy}, close() is all it can do"
        )
    if zq_lock_is_held(&h.lock):
        _await_unlocked(h)
        return _require_usable(h)
    return 0


cdef int _await_unlocked(_Handle h) except -1:
    # In a child process the thread that was inside does not exist.
    while zq_lock_is_held(&h.lock) and h.generation == zq_fork_generation:
        with nogil:
            zq_lock_await(&h.lock)
    return 0


cdef inline int _require_usable(_Handle h) except -1:
    """Raise where the socket cannot be used; wait where another thread is inside.

    To be called before the first call into libzmq, and again after everything that may
    have let other threads, or code of the user's, run: waiting, signal handlers, large
    copies, conversions of arguments.
    """
    return 0 if _is_free(<PyObject *>h) else _raise_unusable(h)


cdef inline _Handle _usable(BareSocket s):
    cdef _Handle h = <_Handle>s._h
    _require_usable(h)
    return h


cdef int _fd_of(_Handle h) except? -1:
    """The descriptor to wait on; for draft sockets that of a poller."""
    cdef size_t size = sizeof(int)
    cdef int fd
    if h.fd == NO_FD:
        if zmq_getsockopt(h.ptr, ZMQ_FD, &fd, &size) < 0:
            if last_errno() != EINVAL or h.type < ZMQ_FIRST_DRAFT:
                _raise_transfer(h, last_errno(), "poll")
            h.poller = zq_drafts_poller_new(h.ptr, &fd)
            if h.poller == NULL:
                _raise_no_poller(h, last_errno())
        h.fd = fd
    return h.fd


cdef int _raise_no_poller(_Handle h, int err) except -1:
    hint = _error.explain("without_drafts", h.type) if err == ENOTSUP else ""
    if not hint:
        _raise(err)
    _raise_with(err, hint)


cdef int _close_handle(_Handle h) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        return _close_handle_inside(h)
    finally:
        zq_leave(&section)


cdef int _close_handle_inside(_Handle h) except -1:
    """Close, once no thread sleeps on the socket.

    Those who wait but are awake are underneath a signal handler or another callback, of
    this thread or of others: they look at `closed` before they touch the socket again.
    """
    if h.closed:
        return 0
    if h.monitored is not None or h.close_deferred_by is not None:
        _require_stack()
    if h.monitored is not None:
        _stop_monitored(h)
    _await_unlocked(h)
    if h.closed:
        return 0
    # What needs memory, or stack, comes first: who is marked as closed must be closed, as
    # nobody tries again.
    callbacks = None if h.close_deferred_by is None else tuple(h.close_deferred_by)
    try:
        _note_lingering(h)
        h.closing = object()
    except (MemoryError, RecursionError):
        pass  # only messages of errors will tell less
    if h.closed:  # by the garbage collector, or a signal handler
        return 0
    zq_atomic_store_int(&h.closed, True)
    # As one that sleeps would do, this keeps others from closing it for good: a new socket
    # at its address must not be taken out of the table in its place.
    h.asleep += 1
    _open_handles.pop(h.key, None)
    h.asleep -= 1
    if h.generation != zq_fork_generation:
        h.ptr = NULL  # the parent's: not ours to close
        return 0
    h.returned = None
    h.partial = None
    _close_when_unused(h)
    zq_waiters_wake_all(h.waiters)
    if callbacks is not None:
        for callback in <tuple>callbacks:
            _call_back(callback)
    return 0


cdef inline int _close_when_unused(_Handle h) except -1:
    if (
        h.closed and not h.asleep and h.close_deferred_by is None and h.ptr != NULL
        and h.generation == zq_fork_generation
    ):
        _close_for_good(h)
    return 0


cdef inline int _wake_up(_Handle h) except -1:
    """To be called when the GIL is held again, before anything else can run."""
    h.asleep -= 1
    return _close_when_unused(h)


cdef int _close_for_good(_Handle h) except -1:
    # Taken first: nobody else closes it, whatever is waited for here.
    cdef void *ptr = h.ptr
    cdef bint is_monitor = h.monitored is not None
    h.ptr = NULL
    h.monitored = None
    if h.poller != NULL:
        zq_drafts_poller_destroy(h.poller, ptr)
        h.poller = NULL
    if is_monitor:
        return _close_monitor(h.context, ptr)
    zmq_close(ptr)
    return 0


# Who is notified of what happens to a socket, and who defers its close.

cdef int _add_watcher(_Handle h, callback, int events) except -1:
    if h.watchers is None:
        h.watchers = []
    h.watchers.append((callback, events))
    h.n_listeners += 1
    return 0


cdef int _remove_watcher(_Handle h, callback) except -1:
    if h.watchers is None:
        return 0
    for entry in h.watchers:
        if entry[0] == callback:
            h.watchers.remove(entry)
            h.n_listeners -= 1
            break
    if not h.watchers:
        h.watchers = None
    return 0


cdef int _defer_close(_Handle h, callback) except -1:
    if h.close_deferred_by is None:
        h.close_deferred_by = [callback]  # never empty: it would be deferred for ever
    else:
        h.close_deferred_by.append(callback)
    return 0


cdef int _allow_close(_Handle h, callback) except -1:
    if h.close_deferred_by is None or callback not in h.close_deferred_by:
        return 0
    h.close_deferred_by.remove(callback)
    if h.close_deferred_by:
        return 0
    h.close_deferred_by = None
    return _close_when_unused(h)


cdef int _linger(_Handle h, int value) except -1:
    """Set LINGER where that can be done, also of a socket that is closed but kept."""
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        if h.generation == zq_fork_generation:
            _await_unlocked(h)
            if h.busy is None and h.ptr != NULL:
                zmq_setsockopt(h.ptr, ZMQ_LINGER, &value, sizeof(value))
    finally:
        zq_leave(&section)
    return 0
