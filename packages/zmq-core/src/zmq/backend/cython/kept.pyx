# Sockets that are closed as the garbage collector finds them.
#
# It first calls the `__del__` of all objects that it has found, in any order, and then frees
# them. One of these objects may destroy the context, with a LINGER for its sockets. libzmq
# takes none for a socket that it has closed already, and may wait for the messages of that
# for ever. So a socket that is collected is closed for good when its object is freed, or
# when its context ends.

# By their addresses.
cdef dict _kept_handles = {}


def _stays():
    """Be what holds the handle; there is nothing to do when it is closed."""


# Closes a handle for good when it is freed. Only the socket's object has it, so that is
# when the object is freed, or the collector clears it. The collector does not know it, and
# so never clears it before.
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
        # Another thread waits in term() for it to be closed, and the collector may come to
        # a __del__ that waits for this thread.
        _let_go(h, None)
    return 0


cdef int _let_go(_Handle h, linger) except -1:
    """Close for good what was kept, with a LINGER, if any."""
    cdef zq_section section
    if linger is not None:
        _linger(h, linger)
    zq_enter(&section, <void *>h)
    try:
        if _kept_handles.pop(<size_t><void *>h, None) is not None:
            _allow_close(h, _stays)
    finally:
        zq_leave(&section)
    return 0


cdef int _let_all_go(Context ctx, linger) except -1:
    """Close for good what was kept, as the context is to end."""
    cdef _Handle h
    for h in list(_kept_handles.values()):
        if _goes_down_with(h, ctx):
            _let_go(h, linger)
    return 0
