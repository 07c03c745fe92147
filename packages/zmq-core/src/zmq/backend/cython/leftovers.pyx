# What keeps a context from ending: open sockets, and closed ones that may still send.
#
# A record is (type, endpoints, seconds since it was made, seconds since it was closed or
# None, LINGER or None, where it was made or ""). libzmq does not tell when it lets go of
# a closed socket. So of those that may linger the last ones are remembered.

try:
    from _tracemalloc import is_tracing as _is_tracing
except ImportError:
    _is_tracing = None

cdef enum: MOST_LINGERING = 64


cdef int _note_endpoint(_Handle h, str method, str addr) except -1:
    """Keep the list of addresses that a socket is bound and connected to."""
    cdef str way = "bind" if method in ("bind", "unbind") else "connect"
    if method == way:
        if h.endpoints is None:
            h.endpoints = []
        h.endpoints.append((way, addr))
    elif h.endpoints is not None:
        # libzmq knows an address by other names as well: "localhost" is 127.0.0.1.
        found = [one for one in h.endpoints if one == (way, addr)] or [
            one for one in h.endpoints if one[0] == way
        ]
        if found:
            h.endpoints.remove(found[0])
    return 0


cdef int _note_lingering(_Handle h) except -1:
    """Remember a socket that is being closed, if libzmq may keep it for a while."""
    cdef int linger = 0
    cdef size_t size = sizeof(linger)
    cdef list known
    if (
        not h.outside or h.type == ZMQ_PULL or h.context is None
        or h.generation != zq_fork_generation
    ):
        return 0
    kept = None
    # A proxy that is running uses the socket in another thread.
    if h.busy is None and zmq_getsockopt(h.ptr, ZMQ_LINGER, &linger, &size) == 0:
        if linger == 0:
            return 0
        kept = linger
    known = h.context._lingering
    known.append((h.type, tuple(h.endpoints or ()), h.made, zq_now_ns(), kept, _made_at(h)))
    if len(known) > MOST_LINGERING:
        del known[0]
    return 0


cdef str _made_at(_Handle h):
    if _is_tracing is None or not _is_tracing():
        return ""
    return _error.explain("place_of", h)


cdef list _sockets_left(Context ctx):
    cdef _Handle h
    cdef list left = []
    cdef int64_t now = zq_now_ns()
    cdef void *handle = _handle_of(ctx)
    for h in list(_open_handles.values()):
        if h.context is not None and _handle_of(h.context) == handle:
            left.append((
                h.type, tuple(h.endpoints or ()), (now - h.made) / 1e9, None, None,
                _made_at(h),
            ))
    for kind, endpoints, made, closed, linger, place in list(ctx._lingering):
        age, since = (now - <int64_t>made) / 1e9, (now - <int64_t>closed) / 1e9
        if linger is None or linger < 0 or since * 1000 <= linger:
            left.append((kind, endpoints, age, since, linger, place))
    return left
