# Messages put back: they come before everything that libzmq holds.
#
# _Handle.returned is a list of (order, frames), to be received from its start. `frames`
# are all frames of a message, bytes or Frames. `order` is when it was received, or None
# for what was simply put back ahead of all others. A message that is received again, and
# put back again, keeps its number: _Handle.order has it in between, or `orders`.

cdef list _whole_message(list message):
    """A copy of `message`, which its caller may change; raises when it is no message."""
    if not message:
        raise IndexError("a message needs at least one frame")
    for i, frame in enumerate(message):
        if not isinstance(frame, (bytes, Frame)):
            raise TypeError(f"frame {i} ({frame!r:.100}) must be bytes or a Frame")
    return list(message)


cdef int _begin_attempt(Socket s) except -1:
    """Note what can be told of a message only before it is received."""
    cdef _Handle h = <_Handle>s._h
    cdef zq_section section
    if h is None:
        return 0
    zq_enter(&section, <void *>h)
    h.order = 0
    h.orders = None
    zq_leave(&section)
    return 0


cdef inline object _keep(object received, list kept):
    if kept is not None and received is not None:
        PyList_Append(kept, received)
    return received


cdef int _put_back_received(_Handle h, list frames) except -1:
    """Put what was received just now back: what is left of its message comes after it."""
    if h.partial is not None:
        frames += h.partial
        h.partial = None
        h.more = False
    if h.more:
        return _undeliver(h, frames, NULL, 0, h.within)
    return _put_back_rest(h, frames, h.within, h.order if h.order else None)


cdef int _put_back(_Handle h, list message) except -1:
    return _put_back_at(h, 0, None, message)


cdef inline long long _next_order(_Handle h) noexcept:
    """Number a message that was received just now and may have to go back."""
    return zq_atomic_add_llong(&h.last_order, 1) + 1


cdef int _put_back_in_order(_Handle h, list message, int64_t order) except -1:
    cdef Py_ssize_t place = 0
    if h.returned is not None:
        for known, _ in h.returned:
            if known is None or <int64_t>known > order:
                break
            place += 1
    return _put_back_at(h, place, order, message)


cdef int _put_back_at(
    _Handle h, Py_ssize_t place, object order, list message
) except -1:
    # A thread that spins without the GIL would take what was sent later first.
    _await_unlocked(h)
    if h.returned is None:
        h.returned = [(order, message)]
    else:
        h.returned.insert(place, (order, message))
    if h.n_listeners:
        # Last, as whoever is called may receive.
        _notify(h, ZMQ_POLLIN)
    return 0


cdef int _put_back_rest(
    _Handle h, list frames, bint within, object order=None
) except -1:
    """Put frames back: a whole message, or, after others of its frames, the rest of one."""
    h.more = within
    if not within:
        return _put_back_at(h, 0, order, frames)
    if h.returned is None:
        h.returned = []
    h.partial = frames
    if h.n_listeners:
        _notify(h, ZMQ_POLLIN)
    return 0


cdef object _as_asked(object frame, bint copy, bint track, bint more):
    cdef Frame made
    if isinstance(frame, Frame):
        return (<Frame>frame).bytes if copy else frame
    if copy:
        return frame
    made = Frame(frame, track)
    made.more = more
    return made


cdef list _next_returned(_Handle h, bint copy, bint track):
    cdef list frames = h.partial
    cdef bint within = frames is not None
    cdef object order = None
    cdef Py_ssize_t last
    if not within:
        order, frames = h.returned.pop(0)
    h.order = 0 if order is None else order
    h.partial = None
    h.more = within
    _note_received(h, False)
    if not h.returned:
        h.returned = None
    last = len(frames) - 1
    try:
        return [_as_asked(f, copy, track, i < last) for i, f in enumerate(frames)]
    except:
        _put_back_rest(h, frames, within, order)
        raise


cdef object _next_returned_frame(_Handle h, bint copy, bint track):
    cdef list frames = h.partial
    cdef bint within = frames is not None
    cdef object order = None
    if not within:
        order, frames = h.returned.pop(0)
    h.order = 0 if order is None else order
    frame = frames.pop(0)
    # `returned` must stay a list while frames of one of its messages are outstanding.
    h.partial = frames if frames else None
    h.more = within
    _note_received(h, h.partial is not None)
    if h.partial is None and not h.returned:
        h.returned = None
    try:
        return _as_asked(frame, copy, track, h.partial is not None)
    except:
        frames.insert(0, frame)
        h.partial = None
        _put_back_rest(h, frames, within, order)
        raise
