# Waiting: without the GIL, on the socket's descriptor and on one to be woken by.
#
# ZMQ_FD is edge-triggered: it is readable while commands wait in the socket's mailbox,
# and any call into the socket empties that. So a thread asleep on it could miss what
# another thread's call swallowed. Therefore every call that is made while others wait is
# followed by a look at EVENTS, and wakes those for whom something is there.

cdef zq_seat *_borrow_seat() except NULL:
    cdef zq_seat *seat = zq_seat_borrow()
    if seat == NULL:
        raise OSError(errno, "nothing left to wait with")
    return seat


# How many threads wait on sockets that have peers in this process.
cdef int _inproc_waiters = 0


cdef void _forget_in_child() noexcept nogil:
    global _inproc_waiters
    _inproc_waiters = 0
    # No thread forks while it holds one of these: inside, no code of others runs.
    zq_renew(<void *>_loans_guard)
    zq_renew(<void *>_loans)
    zq_renew(<void *>_contexts_guard)
    zq_renew(<void *>_open_contexts)
    zq_renew(<void *>_open_handles)


zq_notice_forks(&_forget_in_child)


cdef inline void _enlist(_Handle h, zq_waiter *waiter, zq_waker *waker, int events):
    waiter.inproc = False
    zq_waiter_enlist(&h.waiters, waiter, waker, events)
    h.n_listeners += 1


cdef inline void _going_to_sleep(_Handle h, zq_waiter *waiter):
    global _inproc_waiters
    if h.inproc and not waiter.inproc:
        waiter.inproc = True
        zq_atomic_add_int(&_inproc_waiters, 1)


cdef inline void _dismiss(_Handle h, zq_waiter *waiter):
    global _inproc_waiters
    if waiter.inproc and h.generation == zq_fork_generation:
        zq_atomic_add_int(&_inproc_waiters, -1)
    zq_waiter_dismiss(&h.waiters, waiter)
    h.n_listeners -= 1


cdef int _look_at_events(_Handle h) except -1:
    """EVENTS as libzmq has it now; whoever waits for one of them is woken."""
    cdef int events = 0
    cdef int err
    cdef size_t size = sizeof(int)
    _await_unlocked(h)
    while zmq_getsockopt(h.ptr, ZMQ_EVENTS, &events, &size) < 0:
        err = last_errno()
        if err != EINTR:
            _tell_everybody(h)
            _raise(err)
        _run_handlers()
        _require_usable(h)
    h.known_events = events
    if h.n_listeners:
        _notify(h, events if h.returned is None else events | ZMQ_POLLIN)
    return events


cdef int _tell_everybody(_Handle h) except -1:
    # For what no event says. ETERM makes the descriptor readable once: who meets it must
    # pass it on.
    h.known_events = UNKNOWN
    if h.n_listeners:
        _notify(h, ZMQ_POLLIN | ZMQ_POLLOUT)
    return 0


cdef int _notify(_Handle h, int events) except -1:
    zq_waiters_wake(h.waiters, events)
    if h.watchers is not None:
        for callback, wanted in list(h.watchers):
            if <int>wanted & events:
                _call_back(callback)
    return 0


cdef void _call_back(object callback) noexcept:
    # The operation that it is told of has been done: what it raises is no error of that.
    try:
        callback()
    except BaseException as error:
        if not _arguments.interrupts(error) or not _raise_soon(error):
            PyErr_SetObject(type(error), error)
            PyErr_WriteUnraisable(callback)


cdef extern from "Python.h":
    int Py_AddPendingCall(int (*call)(void *) except -1, void *argument)


cdef bint _raise_soon(error):
    """Have the main thread raise it, once it is out of here; whether it will."""
    Py_INCREF(error)
    if Py_AddPendingCall(_raise_now, <void *>error) < 0:
        Py_DECREF(error)
        return False
    return True


cdef int _raise_now(void *argument) except -1 with gil:
    error = <object><PyObject *>argument
    Py_DECREF(error)
    raise error


cdef inline int _after_operation(_Handle h) except -1:
    """To be called after everything that libzmq did for this socket."""
    h.known_events = UNKNOWN
    if h.n_listeners:
        _look_for_others(h)
    return 0


cdef bint _wait_for_others_than(_Handle h, int events):
    """Whether one of the listeners waits for other events than these, or for none."""
    cdef zq_waiter *waiter = h.waiters
    while waiter != NULL:
        if waiter.events == 0 or waiter.events & ~events:
            return True
        waiter = waiter.following
    if h.watchers is not None:
        for _, wanted in h.watchers:
            if <int>wanted & ~events:
                return True
    return False


cdef int _look_for_others(_Handle h) except -1:
    # The operation itself has succeeded: what others have to know is no error of it.
    _forget_handlers()
    try:
        _look_at_events(h)
    except _error.ZMQError:
        if zq_raised_by_handler:
            raise
    return 0


cdef inline bint _may_be_taken(_Handle h):
    """Whether a thread that is on the list of waiters may have the socket to itself.

    Others wait for what its calls into libzmq could use up.
    """
    return (
        h.n_listeners == 1 and h.poller == NULL and not h.foreign
        and h.returned is None and _is_free(<PyObject *>h)
    )


# Whether a thread that has found something while it was spinning still has the GIL, as
# far as is known. Another one that finds something had better not ask for the GIL yet: it
# would sleep, and take longer to wake than the first one to come to its next wait.
cdef int _spinner_has_gil = 0

cdef enum: UNTRIED = -2  # a result of _wait_for

cdef enum: LONGEST_TURN = 10000  # nanoseconds: a thread that works on is not waited for


cdef int _wait_for(
    _Handle h, int events, int64_t deadline, zmq_msg_t *m=NULL, bint untried=False
) except -1:
    """Wait until one of `events` may have come; return 0 when the deadline has.

    :param m: unless NULL, an empty message, to be received into while this spins: then
        it returns ZQ_SPIN_RECEIVED, or ZQ_SPIN_RECEIVED_AT_ONCE without having waited,
        and has noted what was received.
    :param untried: whether there may be a message already. It is tried here, or by the
        caller after this has returned UNTRIED.
    """
    cdef zq_pollfd fds[2]
    cdef zq_seat *seat
    cdef int rc, err, received
    cdef bint receives
    # What no event says is waited for in vain again and again: that sleeps.
    cdef int64_t spin_end = zq_spin_end(h.spin if events else 0, deadline)
    if h.poller != NULL:
        zq_drafts_poller_drain(h.poller)
    memset(fds, 0, sizeof(fds))
    fds[0].fd = _fd_of(h)
    fds[0].events = POLLIN
    seat = _borrow_seat()
    fds[1].fd = seat.waker.read_fd
    fds[1].events = POLLIN
    _enlist(h, &seat.waiter, &seat.waker, events)
    try:
        # What the caller's attempt has swallowed may be what others wait for. Looked up
        # only now, since their callbacks may do anything: it will wake this thread too.
        if h.n_listeners > 1:
            _look_at_events(h)
        while True:
            # A signal that arrived just before poll() would not be seen until it
            # returns. Its handler may close the socket, and may fork.
            _run_handlers()
            if h.closed:
                return 1
            if h.generation != zq_fork_generation:
                _raise_forked("Socket", h.pid)
            receives = m != NULL and spin_end and _may_be_taken(h)
            if untried and not receives:
                return UNTRIED
            h.asleep += 1
            if spin_end:
                zq_atomic_store_int(&_spinner_has_gil, 0)
            else:
                _going_to_sleep(h, &seat.waiter)
            if receives:
                zq_lock_take(&h.lock)
                untried = False
            with nogil:
                rc = received = 0
                if receives:
                    rc = received = zq_spin_and_receive(
                        h.ptr, m, &h.lock, &seat.waiter.woken, &spin_end
                    )
                    if received >= ZQ_SPIN_RECEIVED:
                        # Before another thread can receive what follows it.
                        h.within = h.more
                        h.more = zmq_msg_more(m)
                        h.taken += 2
                    # Before it waits for the GIL, which may be in vain.
                    zq_lock_leave(&h.lock)
                    zq_set_errno(EINTR)
                if rc == 0:
                    rc = zq_spin_and_poll(
                        fds, 2, &seat.waiter.woken, &spin_end, deadline
                    )
                err = errno
                if ZQ_HAS_GIL and spin_end:
                    zq_spin_on(&_spinner_has_gil, LONGEST_TURN)
            if spin_end:
                zq_atomic_store_int(&_spinner_has_gil, 1)
            _wake_up(h)
            if received >= ZQ_SPIN_RECEIVED:
                return received
            if rc > 0 or zq_atomic_load_int(&seat.waiter.woken):
                return 1  # the second where there is no descriptor to be woken by
            if rc < 0:
                if err != EINTR:
                    raise OSError(err, "waiting for a socket failed")
            elif deadline != ZQ_FOREVER and zq_now_ns() >= deadline:
                return 0
    finally:
        _dismiss(h, &seat.waiter)
        zq_seat_give_back(seat, seat.waiter.woken)


# Back-off when EVENTS reports POLLOUT for another peer; in nanoseconds.
cdef enum:
    SHORTEST_PAUSE = 1000000
    LONGEST_PAUSE = 20000000


cdef int _wait_for_news(_Handle h, int64_t pause, int64_t deadline) except -1:
    """Wait until the descriptor is readable, whatever EVENTS say; 0 at the deadline.

    :param pause: nanoseconds after which to end all the same, as another thread's call
        may have cleared it.
    """
    cdef int64_t end = zq_now_ns() + pause
    if deadline != ZQ_FOREVER and deadline <= end:
        return _wait_for(h, 0, deadline)
    _wait_for(h, 0, end)
    return 1


cdef int64_t _deadline_by_option(_Handle h, int option) except? -2:
    """When RCVTIMEO or SNDTIMEO, in milliseconds, will have passed."""
    cdef int timeout = -1
    cdef size_t size = sizeof(int)
    if zmq_getsockopt(h.ptr, option, &timeout, &size) < 0:
        _raise(last_errno())
    if timeout < 0:
        return ZQ_FOREVER
    return zq_now_ns() + <int64_t>timeout * 1000000


cdef int64_t _deadline_in_ms(double timeout) except? -2:
    """The deadline that a timeout in ms stands for; a negative one never comes."""
    if timeout < 0:
        return ZQ_FOREVER
    return zq_now_ns() + <int64_t>(min(timeout, 1e12) * 1e6)
