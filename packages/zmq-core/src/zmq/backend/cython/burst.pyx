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
    cdef list messages = []
    cdef list orders = None
    cdef long long order = 0
    message = None
    if most < 1:
        raise ValueError(f"max_messages={max_messages!r} must be at least 1")
    try:
        while PyList_GET_SIZE(messages) < most:
            message = _recv_one_of_burst(s, flags, copy, &order)
            if message is None:
                break
            if order and orders is None:
                orders = [0] * PyList_GET_SIZE(messages)
            if orders is not None:
                PyList_Append(orders, order)
            PyList_Append(messages, message)
            message = None
            flags |= ZMQ_DONTWAIT
    except BaseException as error:
        if message is not None:  # there was no memory to list it
            _put_back_burst(
                h, [message], [order] if order else None, within and not messages
            )
        if not messages:
            raise
        if zq_raised_by_handler or not isinstance(
            error, (_error.ZMQError, MemoryError)
        ):
            # Nobody gets what this would return.
            _put_back_burst(h, messages, orders, within)
            raise
        # The next call meets it again; these messages have been received.
    if not messages:
        return None
    _note_burst(h, orders, within)
    return messages


cdef object _recv_one_of_burst(Socket s, int flags, bint copy, long long *order):
    cdef _Handle h = <_Handle>s._h
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        if h is not None:
            h.order = 0
        _forget_handlers()
        message = _recv_frames_inside(s, flags, copy, False)
        order[0] = h.order
        return message
    finally:
        zq_leave(&section)


cdef int _note_burst(_Handle h, list orders, bint within) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    h.order = 0
    h.orders = orders
    h.within = within
    zq_leave(&section)
    return 0


cdef int _put_back_burst(
    _Handle h, list messages, list orders, bint within
) except -1:
    """Put messages back ahead of all others, in their order."""
    cdef Py_ssize_t i
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        for i in range(PyList_GET_SIZE(messages) - 1, -1, -1):
            if h.closed:
                break
            _put_back_rest(
                h, messages[i], within and i == 0,
                None if orders is None or not orders[i] else orders[i],
            )
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
            if PyBytes_CheckExact(part):
                continue
            if not _is_exposed(part):
                raise TypeError(
                    f"Frame {j} of message {i} ({part!r:.100}) does not support the"
                    " buffer interface."
                )
            try:
                _buffer_size(part)
            except (BufferError, ValueError) as error:
                raise type(error)(f"Frame {j} of message {i}: {error}") from None
        checked.append(parts)
    return checked


cdef object _send_burst(Socket s, object messages, int flags, bint copy, bint *blocked):
    """Send what can be, waiting for the first; returns how many."""
    cdef list checked = _checked_burst(messages)
    cdef Py_ssize_t sent = 0
    for parts in checked:
        _forget_handlers()
        try:
            _send_frames(
                s, <PyObject *>parts, flags, copy, False, None, None, blocked
            )
        except Exception:
            if sent == 0 or zq_raised_by_handler:
                raise
            break  # who sends the rest meets it again, and knows what has been sent
        if blocked[0]:
            blocked[0] = sent == 0
            break
        sent += 1
        flags |= ZMQ_DONTWAIT
    return sent
