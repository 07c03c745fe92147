# Contexts.

from _thread import RLock as _reentrant_lock


# The contexts made here, as weak references by address, so that whatever shadows one of
# them knows when it ends.
cdef dict _open_contexts = {}

# Entered by who puts one in or takes one out.
cdef _Guard _contexts_guard = _Guard()


cdef inline void *_handle_of(Context ctx) noexcept:
    """The libzmq context, for those who have not entered it; NULL once terminated."""
    return zq_atomic_load_ptr(&ctx.handle)


cdef class Context:
    """The compiled base of :class:`zmq.Context`.

    :param io_threads: number of I/O threads of libzmq.
    :param shadow: the address of a libzmq context to use instead of a new one.
    """

    def __init__(self, io_threads=1, size_t shadow=0):
        cdef int threads = _int_argument("io_threads", io_threads)
        if self.handle != NULL:
            return
        self._term_lock = _reentrant_lock()
        self._late_monitors = []
        self._late_lock = _reentrant_lock()
        self._lingering = []
        self._generation = zq_fork_generation
        self._pid = zq_getpid()
        if shadow:
            self.handle = <void *>shadow
            self._shadow = True
            self._shadowed = zq_dict_item(_open_contexts, shadow)
            return
        if self._threads == NULL:
            self._threads = zq_threads_new()
            if self._threads == NULL:
                raise MemoryError
        self.handle = zmq_ctx_new()
        if self.handle == NULL:
            _raise(last_errno())
        if zmq_ctx_set(self.handle, ZMQ_IO_THREADS, threads) < 0:
            zmq_ctx_term(self.handle)
            self.handle = NULL
            _raise_with(EINVAL, f"io_threads={io_threads}")
        self._key = <size_t>self.handle
        _remember_address(self)

    def __dealloc__(self):
        if self.handle != NULL and not self._shadow:
            _forget_address(self)
        # With sockets open this would block for ever: they refer to their context, so
        # it is only reached without, or in the chaos of interpreter exit.
        if (
            self.handle != NULL
            and not self._shadow
            and self._generation == zq_fork_generation
            and not zq_exiting
        ):
            if self._late_monitors:
                _close_late_monitors(self, True)
            with nogil:
                zmq_ctx_shutdown(self.handle)
            if not _has_open_handles(self.handle):
                with nogil:
                    zmq_ctx_term(self.handle)
        self.handle = NULL
        zq_threads_free(<zq_threads *>self._threads)

    @property
    def underlying(self):
        """The address of the libzmq context, as an int; 0 when terminated."""
        return 0 if self.closed else <size_t>_context_handle(self)

    @property
    def closed(self):
        """Whether the context has been terminated."""
        cdef Context original = _original(self)
        return (
            _handle_of(self) == NULL or original is None or _handle_of(original) == NULL
        )

    def _shadow_of(self, Context other not None):
        """Become another object for the libzmq context of `other`."""
        self.handle = _context_handle(other)
        self._late_monitors = other._late_monitors
        self._late_lock = other._late_lock
        self._lingering = other._lingering
        self._shadow = True
        self._shadowed = other
        self._generation = other._generation
        self._pid = other._pid

    @property
    def _tracemalloc_source(self):
        """Something made together with the context, to ask tracemalloc about."""
        return self._term_lock

    @property
    def _abandoned(self):
        """Whether it is not to be closed: a parent process's, or at the very end."""
        return self._generation != zq_fork_generation or zq_exiting

    def set(self, option, optval):
        """Set a context option.

        :param option: a :class:`zmq.ContextOption`.
        :param optval: an int.
        :raises ZMQError: EINVAL, for an unknown option or an unfit value.
        :raises RuntimeError: when the context has been terminated.
        """
        cdef int number = _int_argument("option", option)
        cdef str name = _context_option_name(number)
        cdef int value = _int_argument(f"context option {name}", optval)
        cdef int err = 0
        cdef zq_section section
        cdef Context original = _original(self)
        zq_enter(&section, <void *>original)
        try:
            if zmq_ctx_set(_handle_for_options(self), number, value) < 0:
                err = last_errno()
            else:
                zq_threads_option(<zq_threads *>original._threads, number, value)
        finally:
            zq_leave(&section)
        if err:
            _raise_with(err, f"context option {name}={value}")

    def get(self, option):
        """Return the value of a context option, an int.

        :param option: a :class:`zmq.ContextOption`.
        :raises ZMQError: EINVAL, for an unknown option.
        :raises RuntimeError: when the context has been terminated.
        """
        cdef int number = _int_argument("option", option)
        cdef void *handle
        cdef int value, err
        cdef zq_section section
        cdef Context original = _original(self)
        zq_enter(&section, <void *>original)
        try:
            handle = _handle_for_options(self)
            zq_set_errno(0)
            value = zmq_ctx_get(handle, number)
            err = last_errno()
        finally:
            zq_leave(&section)
        if value < 0 and err != 0:  # some values are negative themselves
            _raise_with(err, f"context option {_context_option_name(number)}")
        return value

    def shutdown(self):
        """Wake all who wait on one of the sockets, with :class:`zmq.ContextTerminated`.

        Nothing can be done with the sockets from then on but close them. The context
        is yet to be terminated. Of a shadow nothing happens: only the original ends.
        """
        cdef zq_section section
        if self._shadow or self._generation != zq_fork_generation:
            return
        zq_enter(&section, <void *>self)
        try:
            # term() has the same effect, and may just be freeing the context.
            if _handle_of(self) != NULL and not zq_atomic_peek_int(&self._terminating):
                zq_atomic_store_int(&self._destroyed, True)
                zmq_ctx_shutdown(self.handle)
        finally:
            zq_leave(&section)

    __reduce__ = _arguments.refuse_to_pickle

    def term(self):
        """Wait until all sockets are closed and what they sent has left; then end.

        Whoever waits on one of the sockets gets :class:`zmq.ContextTerminated`. See
        ``LINGER`` for how long messages are kept.
        """
        if self._shadow and self._shadowed is None and _handle_of(self) != NULL:
            # Other code's, by its address: that it is none should come out some time.
            if zmq_ctx_get(self.handle, ZMQ_IO_THREADS) < 0 and last_errno() == _EFAULT:
                zq_atomic_swap_ptr(&self.handle, NULL)
                _raise_with(_EFAULT, "there is no context at the address to shadow")
        if self._shadow or self._generation != zq_fork_generation:
            _forget_handle(self)
        if _handle_of(self) == NULL:
            return
        # libzmq frees the context for the first thread under the feet of a second one. A
        # signal handler may terminate it while this thread does.
        with self._term_lock:
            if _handle_of(self) != NULL and self._late_monitors:
                _await_late_monitors(self)
            try:
                _terminate(self)
            finally:
                _end_terminating(self)

    def _sockets_to_destroy(self, linger=None):
        """The open sockets that go down with this context.

        Those whose objects the garbage collector is taking are closed here: it has
        cleared the references to them before it calls the `__del__` that destroys the
        context, which would wait for them for ever.
        """
        cdef _Handle h
        cdef list found = []
        value = None if linger is None else _linger_argument(linger)
        zq_atomic_store_int(&self._destroyed, True)
        _let_all_go(self, value)
        for h in list(_open_handles.values()):
            if not _goes_down_with(h, self):
                continue
            owner = h.owner()
            if owner is not None:
                found.append(owner)
                continue
            if linger is not None:
                _linger(h, value)
            _close_handle(h)
        return found

    def _sockets_left(self):
        """What keeps the context from ending, see leftovers.pyx."""
        return _sockets_left(self)

    @property
    def _ends(self):
        """Whether it has begun to end, itself or what it shadows."""
        return _has_begun_to_end(self)

    @property
    def _socket_count(self):
        cdef _Handle h
        cdef int count = 0
        for h in list(_open_handles.values()):
            count += h.context is self
        return count


cdef bint _goes_down_with(_Handle h, Context ctx):
    """Whether a socket has to be closed for a context to end."""
    return h.context is ctx or (
        h.context is not None and not ctx._shadow
        and _handle_of(h.context) == _handle_of(ctx)
    )


cdef int _terminate(Context ctx) except -1:
    cdef int rc, err
    cdef zq_section section
    while True:
        PyErr_CheckSignals()
        if ctx._generation != zq_fork_generation:  # a child of a signal handler's
            _forget_handle(ctx)
        if _handle_of(ctx) == NULL:
            return 0
        # Nobody is inside who has not seen it: each time, since a handler's call of term()
        # may have ended.
        zq_enter(&section, <void *>ctx)
        zq_atomic_store_int(&ctx._terminating, True)
        zq_leave(&section)
        _let_all_go(ctx, None)
        _close_late_monitors(ctx, True)
        with nogil:
            rc = zmq_ctx_term(ctx.handle)
            err = last_errno()
        if rc == 0:
            _forget_handle(ctx)
            return 0
        if err != EINTR:
            _raise(err)


cdef Context _original(Context ctx):
    """What a context shadows in the end, or itself; None when that exists no more."""
    while ctx is not None and ctx._shadowed is not None:
        shadowed = ctx._shadowed
        ctx = <Context>(shadowed if isinstance(shadowed, Context) else shadowed())
    return ctx


cdef bint _is_ending(Context ctx):
    cdef Context original = _original(ctx)
    return original is None or zq_atomic_peek_int(&original._terminating)


cdef bint _has_begun_to_end(Context ctx):
    """Whether who is woken by the close of a socket is to learn of the context."""
    cdef Context original
    if ctx is None:
        return False
    original = _original(ctx)
    return (
        zq_atomic_peek_int(&ctx._destroyed) or original is None
        or zq_atomic_peek_int(&original._destroyed)
        or zq_atomic_peek_int(&original._terminating) or _handle_of(original) == NULL
    )


cdef int _end_terminating(Context ctx) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>ctx)
    zq_atomic_store_int(&ctx._terminating, False)
    zq_leave(&section)
    return 0


cdef int _forget_handle(Context ctx) except -1:
    cdef zq_section section
    if not ctx._shadow:
        _forget_address(ctx)
    zq_enter(&section, <void *>ctx)
    zq_atomic_swap_ptr(&ctx.handle, NULL)
    zq_leave(&section)
    return 0


cdef int _remember_address(Context ctx) except -1:
    cdef zq_section section
    reference = PyWeakref_NewRef(ctx, None)
    zq_enter(&section, <void *>_contexts_guard)
    try:
        _open_contexts[ctx._key] = reference
    finally:
        zq_leave(&section)
    return 0


cdef int _forget_address(Context ctx) except -1:
    """No longer know a context; another one that is there by now stays known."""
    cdef zq_section section
    zq_enter(&section, <void *>_contexts_guard)
    try:
        known = zq_dict_item(_open_contexts, ctx._key)
        there = None if known is None else known()
        if there is None or there is ctx:  # None where this one is being collected
            _open_contexts.pop(ctx._key, None)
    finally:
        zq_leave(&section)
    return 0


cdef void *_context_handle(Context ctx) except NULL:
    """The libzmq context, or the error that says why it cannot be used."""
    cdef Context original = _original(ctx)
    cdef void *handle = _handle_of(ctx)
    if handle == NULL or original is None or _handle_of(original) == NULL:
        _raise_with(_EFAULT, "the context has been terminated")
    if zq_atomic_peek_int(&original._terminating):
        _raise(ETERM)
    if ctx._generation != zq_fork_generation:
        _raise_forked("Context", ctx._pid)
    return handle


cdef void *_handle_for_options(Context ctx) except NULL:
    """The same for its options: programs expect another kind of error there."""
    if ctx.closed:
        raise RuntimeError("Context has been destroyed")
    return _context_handle(ctx)


cdef str _context_option_name(int option):
    try:
        return _constants.ContextOption(option).name
    except ValueError:
        return str(option)


cdef int _raise_forked(str what, int pid) except -1:
    _raise_with(
        ENOTSOCK if what == "Socket" else _EFAULT,
        f"this {what} belongs to process {pid}, of which this process,"
        f" {zq_getpid()}, is a fork: make a new {what} here",
    )
