# What a socket is told by name: addresses to bind and connect to, groups to join.

ctypedef int (*StringCall)(void *socket, const char *text) noexcept nogil


cdef int _with_address(Socket s, StringCall call, object addr) except -1:
    cdef bytes encoded = _address(addr)
    cdef _Handle h = _usable(s)
    # A signal interrupts the look at the mailbox that these begin with: nothing is done.
    while call(h.ptr, encoded) < 0:
        if last_errno() != EINTR:
            _raise_address(last_errno(), addr)
        PyErr_CheckSignals()
        h = _usable(s)
    h.inproc |= encoded.startswith(b"inproc:")
    return _after_operation(h)


cdef int _with_group(Socket s, StringCall call, object group) except -1:
    cdef bytes name = group.encode("utf-8") if isinstance(group, str) else group
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


cdef int _raise_address(int err, object addr) except -1:
    """Raise what bind, connect or their undoing failed with; names the address."""
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
