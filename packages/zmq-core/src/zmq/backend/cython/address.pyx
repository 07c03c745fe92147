# What a socket is told by name: addresses to bind and connect to, groups to join.

ctypedef int (*StringCall)(void *socket, const char *text) noexcept nogil


cdef int _with_address(
    BareSocket s, str operation, StringCall call, object addr
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _with_address_inside(s, operation, call, addr)
    finally:
        zq_leave(&section)


cdef int _with_address_inside(
    BareSocket s, str method, StringCall call, object addr
) except -1:
    cdef bytes encoded = _address(addr)
    cdef _Handle h = _usable(s)
    cdef int err
    # A signal interrupts the look at the mailbox that these begin with: nothing is done.
    while call(h.ptr, encoded) < 0:
        err = last_errno()
        if err != EINTR:
            _tell_everybody(h)  # the mailbox has been read
            _raise_address(h, err, method, addr)
        PyErr_CheckSignals()
        h = _usable(s)
    if encoded.startswith(b"inproc:"):
        h.inproc = True
    else:
        h.outside = True
    _note_address(h, method, encoded)
    return _after_operation(h)


# What is said of a socket's address in messages.
_WAYS = {
    "bind": "bound to", "connect": "connected to", "unbind": "unbound from",
    "disconnect": "disconnected from",
}


cdef int _note_address(_Handle h, str method, bytes addr) except -1:
    cdef char endpoint[256]
    cdef size_t size = sizeof(endpoint)
    cdef int immediate = 0
    if method == "bind":
        # With a wildcard it has another name than the one given.
        if zmq_getsockopt(h.ptr, _LAST_ENDPOINT, endpoint, &size) == 0 and size > 1:
            addr = endpoint[:size - 1]
    elif method == "connect":
        size = sizeof(immediate)
        zmq_getsockopt(h.ptr, _IMMEDIATE, &immediate, &size)
        h.has_queues = not immediate
    elif method == "disconnect":
        h.has_queues = False
    text = addr.decode("utf-8", "replace")
    h.address = f"{_WAYS[method]} {text}"
    return _note_endpoint(h, method, text)


cdef int _LAST_ENDPOINT = _constants.SocketOption.LAST_ENDPOINT
cdef int _IMMEDIATE = _constants.SocketOption.IMMEDIATE


cdef int _with_group(BareSocket s, StringCall call, object group) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _with_group_inside(s, call, group)
    finally:
        zq_leave(&section)


cdef int _with_group_inside(BareSocket s, StringCall call, object group) except -1:
    cdef bytes name = _arguments.group_name(group)
    cdef _Handle h = _usable(s)
    _require_draft("RADIO-DISH")
    while call(h.ptr, name) < 0:
        if last_errno() != EINTR:
            _raise_with(last_errno(), f"group={group!r}")
        PyErr_CheckSignals()
        h = _usable(s)
    return _after_operation(h)


cdef bytes _address(object addr):
    cdef bytes encoded
    if isinstance(addr, str):
        encoded = addr.encode("utf-8")
    elif isinstance(addr, bytes):
        encoded = addr
    else:
        raise TypeError(
            f"Expected addr to be str, got addr={addr!r} ({type(addr).__name__})"
        )
    if b"\0" in encoded:
        _raise_with(EINVAL, f"addr={addr!r} contains a NUL")
    return encoded


cdef int _raise_address(_Handle h, int err, str method, object addr) except -1:
    """Raise what bind, connect or their undoing failed with; names the address."""
    if addr is None:  # a monitor was to end
        _raise(err)
    text = addr.decode("utf-8", "replace") if isinstance(addr, bytes) else addr
    detail = f"addr={text!r}"
    if isinstance(text, str) and text.startswith("ipc://"):
        length = len(text.encode("utf-8")) - len("ipc://")
        if length > zq_ipc_path_max():
            detail = (
                f"{detail}: the ipc path has {length} bytes, more than the"
                f" zmq.IPC_PATH_MAX_LEN = {zq_ipc_path_max()} of this system"
            )
            _raise_with(err, detail)
    hint = _error.explain("address", method, text, err, h.type)
    _raise_with(err, f"{detail}: {hint}" if hint else detail)
