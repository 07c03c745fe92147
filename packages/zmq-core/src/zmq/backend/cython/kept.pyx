# Sockets that the garbage collector closes: those of libzmq stay until the objects are
# freed.
#
# Of all that it has found it calls `__del__`, in any order, before it frees any of it. What
# a socket has not sent yet would keep its context for ever, if the socket came before who
# destroys the context with a LINGER.

# By their addresses.
cdef dict _kept_handles = {}


def _stays():
    """What such a handle is held by; nobody has to be told of its close."""


# Nothing but its socket refers to it, so it goes when that is freed, or cleared to be. The
# garbage collector does not know it, and so does not clear it before.
@cython.final
@cython.internal
@cython.no_gc
cdef class _Keeper:
    cdef _Handle h

    def __dealloc__(self):
        if self.h is not None and not zq_exiting:
            _let_go(self.h, None)


cdef int _keep_until_freed(BareSocket s, _Handle h) except -1:
    """Have libzmq's socket stay, once closed, until `s` is freed; from inside."""
    cdef _Keeper keeper = _Keeper()
    keeper.h = h
    _kept_handles[<size_t><void *>h] = h
    _defer_close(h, _stays)
    s._keeper = keeper
    if h.context is None or _has_begun_to_end(h.context):
        # Another thread waits for it, and what is freed first may wait for that.
        _let_go(h, None)
    return 0


cdef int _let_go(_Handle h, linger) except -1:
    """Close for good what was kept, with a LINGER, if any."""
    cdef zq_section section
    cdef int value
    zq_enter(&section, <void *>h)
    try:
        if _kept_handles.pop(<size_t><void *>h, None) is not None:
            if linger is not None and h.ptr != NULL and h.generation == zq_fork_generation:
                value = linger
                _await_unlocked(h)
                zmq_setsockopt(h.ptr, ZMQ_LINGER, &value, sizeof(value))
            _allow_close(h, _stays)
    finally:
        zq_leave(&section)
    return 0


cdef int _let_all_go(Context ctx, linger) except -1:
    """Close for good all that was kept of a context which is to end."""
    cdef _Handle h
    for h in list(_kept_handles.values()):
        if _goes_down_with(h, ctx):
            _let_go(h, linger)
    return 0
