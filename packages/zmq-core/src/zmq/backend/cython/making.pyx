# Making sockets, and finding those that are to be shadowed.

cdef int _create(BareSocket self, context, int socket_type) except -1:
    cdef _Handle h = _Handle.__new__(_Handle)
    cdef Context ctx, original
    cdef zq_section section
    cdef void *handle
    cdef zq_threads *threads
    cdef const char *refused = NULL
    cdef int err
    if not isinstance(context, Context):
        raise TypeError(f"context must be a zmq.Context, got {context!r}")
    ctx = <Context>context
    if ctx._late_monitors:
        _close_late_monitors(ctx, False)
    original = _original(ctx)
    # Before there is a socket, which nobody would close.
    h.owner = PyWeakref_NewRef(self, None)
    zq_enter(&section, <void *>original)
    try:
        handle = _context_handle(ctx)
        threads = <zq_threads *>original._threads
        h.ptr = zq_open_socket(threads, handle, socket_type)
        err = last_errno()
        if h.ptr == NULL and threads != NULL:
            refused = threads.refused
    finally:
        zq_leave(&section)
    if h.ptr == NULL:
        cause = "" if refused == NULL else f": the system refuses {refused.decode()}"
        what = f"{_type_name(socket_type)} socket"
        if err == EINVAL:
            what = _error.explain("new_socket", socket_type) or what
        _raise_with(err, f"{what}{cause}")
    h.type = socket_type
    zq_sender_init(&h.sender, socket_type)
    h.pid = ctx._pid
    h.context = ctx
    h.made = zq_now_ns()
    try:
        h.key = <size_t>h.ptr
        _open_handles[h.key] = h
    except:
        zmq_close(h.ptr)
        raise
    self._h = h
    return 0


cdef int _shadow_handle(BareSocket self, _Handle h, shadowed) except -1:
    if h is None or _is_closed(h):
        _raise_with(ENOTSOCK, f"{shadowed!r} cannot be shadowed")
    self._h = h
    self._shadow = True
    self._shadowed = shadowed
    return 0


cdef int _shadow_address(BareSocket self, size_t address, context) except -1:
    cdef _Handle h = <_Handle>zq_dict_item(_open_handles, address)
    cdef size_t size = sizeof(int)
    self._shadow = True
    if address in _open_contexts:
        # libzmq would read beyond it, to see whether it is one.
        _raise_with(ENOTSOCK, f"at address {address:#x} there is a context, no socket")
    if h is None:
        h = _Handle.__new__(_Handle)
        h.ptr = <void *>address
        h.pid = zq_getpid()
        h.foreign = True
        h.address = "of other code"
        if zmq_getsockopt(h.ptr, ZMQ_TYPE, &h.type, &size) < 0:
            h.ptr = NULL
            _raise_with(last_errno(), f"no socket at address {address:#x}")
        zq_sender_init(&h.sender, h.type)
        if isinstance(context, Context):
            h.context = <Context>context
    self._h = h
    return 0
