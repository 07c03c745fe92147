# Many messages in one call.

cdef int _burst_flags(object flags) except -1:
    cdef int value = _int_argument("flags", flags)
    if value & ~ZMQ_DONTWAIT:
        _raise_with(EINVAL, f"flags={value:#x}: only zmq.DONTWAIT can be used here")
    return value


cdef object _recv_burst(Socket s, object max_messages, int flags, bint copy):
    """Receive what is there, waiting for the first; None where that would have to."""
    cdef Py_ssize_t most = max_messages
    cdef _Handle h = <_Handle>s._h
    cdef bint within = h is not None and h.more
    cdef long long order
    cdef list messages
    if most < 1:
        raise ValueError(f"max_messages={max_messages!r} must be at least 1")
    message = _recv_frames(s, flags, copy, False)
    if message is None:
        return None
    messages = [message]
    order = h.order  # of the first: they go back together
    try:
        while PyList_GET_SIZE(messages) < most:
            message = _recv_frames(s, ZMQ_DONTWAIT, copy, False)
            if message is None:
                break
            PyList_Append(messages, message)
    except (_error.ZMQError, MemoryError):
        pass  # the next call meets it again; these messages have been received
    except:  # of a signal handler, say: nobody gets what this would return
        _put_back_burst(h, messages, within, order)
        raise
    h.order = order
    return messages


cdef int _put_back_burst(
    _Handle h, list messages, bint within, long long order
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        while len(messages) > 1:
            _put_back(h, messages.pop())
        _put_back_rest(h, messages[0], within, order if order else None)
    finally:
        zq_leave(&section)
    return 0


cdef list _checked_burst(object messages):
    """Messages as lists of frames, all of which can be sent."""
    cdef list checked = []
    cdef list parts
    if _is_exposed(messages) or isinstance(messages, str):
        raise TypeError(
            f"messages must be several messages, not one {type(messages).__name__!r}"
        )
    for i, message in enumerate(messages):
        if _is_exposed(message) or isinstance(message, str):
            raise TypeError(
                f"message {i} ({message!r:.100}) must be a list of frames"
            )
        parts = message if type(message) is list else list(message)
        if not parts:
            raise IndexError(f"message {i} has no frame")
        for j, part in enumerate(parts):
            if not _is_exposed(part):
                raise TypeError(
                    f"Frame {j} of message {i} ({part!r:.100}) does not support the"
                    " buffer interface."
                )
        checked.append(parts)
    return checked


cdef object _send_burst(Socket s, object messages, int flags, bint copy, bint *blocked):
    """Send what can be, waiting for the first; returns how many."""
    cdef list checked = _checked_burst(messages)
    cdef Py_ssize_t sent = 0
    for parts in checked:
        try:
            _send_frames(s, parts, flags, copy, False, None, None, blocked)
        except _error.ZMQError:
            if sent == 0:
                raise
            break  # who sends the rest meets it again, and knows what has been sent
        if blocked[0]:
            blocked[0] = sent == 0
            break
        sent += 1
        flags |= ZMQ_DONTWAIT
    return sent
