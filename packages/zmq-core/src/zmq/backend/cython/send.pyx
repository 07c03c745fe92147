# Sending.

cdef enum:
    FLAGS_KNOWN = 3      # DONTWAIT | SNDMORE
    ON_STACK = 16        # frames of a multipart message that need no malloc


# The default of every `flags` argument, recognised without a conversion.
cdef object _no_flags = 0


cdef inline int _flags(object flags) except -1:
    return 0 if flags is _no_flags else _checked_flags(flags)


cdef int _checked_flags(object flags) except -1:
    cdef int value = _int_argument("flags", flags)
    if value & ~FLAGS_KNOWN:
        _raise_with(
            EINVAL, f"flags={value:#x}: only zmq.DONTWAIT and zmq.SNDMORE are known"
        )
    return value


cdef int _fill(
    zmq_msg_t *m, object data, bint copy, Py_ssize_t threshold, list leases
) except -1:
    """Make the message that carries `data`; what is lent joins `leases`, if a list."""
    cdef Py_ssize_t size
    cdef Lease lease = None
    cdef Frame frame
    if PyBytes_CheckExact(data):
        size = PyBytes_GET_SIZE(data)
        # Nobody can tell whether an immutable object was copied: when it is large,
        # lending it is cheaper.
        if size < LARGE or (size < threshold if not copy else False):
            if zmq_msg_init_size(m, size) < 0:
                _raise(last_errno())
            memcpy(zmq_msg_data(m), PyBytes_AS_STRING(data), size)
            return 0
        lease = _lend(m, data)
    elif isinstance(data, Frame):
        return _fill_from_frame(m, <Frame>data, copy, leases)
    elif isinstance(data, str):
        raise TypeError("str cannot be sent: use send_string, or encode it first")
    elif not PyObject_CheckBuffer(data):
        raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}")
    elif copy or _buffer_size(data) < threshold:
        return _init_copy(m, data)
    else:
        lease = _lend(m, data)
    if leases is not None:
        PyList_Append(leases, lease)
    return 0


cdef int _fill_from_frame(
    zmq_msg_t *m, Frame frame, bint copy, list leases
) except -1:
    if leases is not None:
        if frame.tracker is None:
            raise ValueError(
                "Not a tracked message: a Frame to be tracked needs track=True"
            )
        PyList_Append(leases, frame.tracker)
    if copy and frame._data is not None and not frame._readonly:
        return _init_copy(m, frame)  # its buffer may be changed after the send
    zmq_msg_init(m)
    if zmq_msg_copy(m, &frame.zmq_msg) < 0:
        _raise(last_errno())
    return 0


cdef int _label(zmq_msg_t *m, object routing_id, object group) except -1:
    """Set what CLIENT-SERVER and RADIO-DISH messages carry besides their content."""
    cdef bytes name
    if routing_id is not None:
        _require_draft("CLIENT-SERVER")
        if zmq_msg_set_routing_id(m, routing_id) < 0:
            _raise_with(last_errno(), f"routing_id={routing_id!r}")
    if group is not None:
        _require_draft("RADIO-DISH")
        name = group.encode("utf-8") if isinstance(group, str) else group
        if zmq_msg_set_group(m, name) < 0:
            _raise_with(last_errno(), f"group={group!r}")
    return 0


cdef inline int _send_msg(_Handle h, zmq_msg_t *m, int flags) except -1:
    """Send a frame; return 1, and nothing is sent, where that would have to wait.

    Others are to be told, by _after_operation, when the whole message is sent: what
    they do then must not come between its frames.
    """
    if _inproc_waiters and h.inproc and not flags & ZMQ_SNDMORE:
        if _send_unlocked(h, m, flags) >= 0:
            return 0
    elif zmq_msg_send(m, h.ptr, flags | ZMQ_DONTWAIT) >= 0:
        return 0
    return _send_slowly(h, m, flags)


cdef int _send_unlocked(_Handle h, zmq_msg_t *m, int flags):
    """Send a frame, without the GIL, to a thread of this process that may wait for it.

    That thread is woken inside the call, and wants the GIL at once: where it has to
    queue for it, each exchange of messages between two threads costs them twice the
    switches. The socket is locked meanwhile, so that nobody else calls into it.
    """
    cdef int rc, err
    h.locked = True
    with nogil:
        rc = zmq_msg_send(m, h.ptr, flags | ZMQ_DONTWAIT)
        err = errno
    h.locked = False
    zq_set_errno(err)
    return rc


cdef int _send_slowly(_Handle h, zmq_msg_t *m, int flags) except -1:
    cdef int err = last_errno()
    cdef int events = 0
    cdef size_t size = sizeof(events)
    cdef int64_t deadline = -2
    cdef int64_t pause = SHORTEST_PAUSE
    cdef bint fresh = False
    while True:
        if err == EINTR:
            PyErr_CheckSignals()
            _require_usable(h)
        elif err != EAGAIN:
            _raise_transfer(h, err, "send")
        elif not fresh:
            # libzmq reads its mailbox only now and then while sending (by the clock):
            # EVENTS makes it, and afterwards a second refusal can be relied on.
            zmq_getsockopt(h.ptr, ZMQ_EVENTS, &events, &size)
            fresh = True
        elif flags & ZMQ_DONTWAIT:
            h.known_events = UNKNOWN
            if h.attention:
                _look_for_others(h)
            return 1
        else:
            if deadline == -2:
                deadline = _deadline_by_option(h, ZMQ_SNDTIMEO)
            if events & ZMQ_POLLOUT and h.attention:
                # They are ready for another peer (of a ROUTER, say), and whoever looks
                # at them, this thread too, would wake it for that again and again.
                if not _wait_for_news(h, pause, deadline):
                    return 1
                pause = min(2 * pause, LONGEST_PAUSE)
            elif not _wait_for(h, ZMQ_POLLOUT, deadline):
                return 1
            fresh = False
            if h.closed:
                _raise_with(ENOTSOCK, "the socket was closed while it waited to send")
            _require_usable(h)
        if zmq_msg_send(m, h.ptr, flags | ZMQ_DONTWAIT) >= 0:
            return 0
        err = last_errno()


cdef int _raise_transfer(_Handle h, int err, str operation) except -1:
    hint = None
    _tell_everybody(h)
    if err == EFSM:
        hint = _STATE_HINTS.get((h.type, operation))
    elif err == ENOTSUP:
        hint = f"{_type_name(h.type)} sockets cannot {operation}()"
    if hint is None:
        _raise(err)
    _raise_with(err, hint)


cdef inline int _send_small(PyObject *h, PyObject *data) except -1:
    """Send a small bytes object with no flags, if that can be done at once.

    Otherwise it returns False, and nothing is sent. Most sends are like this: it is the
    same as _send_one, with nothing left to decide.

    :param h: the _Handle of the socket.
    """
    if (
        not PyBytes_CheckExact(<object>data)
        or PyBytes_GET_SIZE(<object>data) >= LARGE
        or not _is_free(h) or (_inproc_waiters and (<_Handle>h).inproc)
    ):
        return False
    if zmq_send(
        (<_Handle>h).ptr, PyBytes_AS_STRING(<object>data),
        PyBytes_GET_SIZE(<object>data), ZMQ_DONTWAIT,
    ) < 0:
        return False
    (<_Handle>h).known_events = UNKNOWN
    if (<_Handle>h).attention:
        _look_for_others(<_Handle>h)
    return True


cdef object _send_one(
    Socket s, object data, int flags, bint copy, bint track, object routing_id,
    object group, bint *blocked
):
    """Send one frame; sets `blocked`, and sends nothing, where it would have to wait."""
    cdef _Handle h = _usable(s)
    cdef zmq_msg_t m
    cdef int rc
    cdef list leases = None
    if track and not copy:
        leases = []
    elif track and isinstance(data, Frame) and (<Frame>data).tracker is None:
        raise ValueError("Not a tracked message: a Frame to be tracked needs track=True")
    if zq_returned != NULL:
        _drain_returned()
    _fill(&m, data, copy, s._copy_threshold, leases)
    try:
        if routing_id is not None or group is not None:
            _label(&m, routing_id, group)
        _require_usable(h)
        rc = _send_msg(h, &m, flags)
    except:
        zmq_msg_close(&m)
        raise
    if rc:
        zmq_msg_close(&m)
        blocked[0] = True
        return None
    _after_operation(h)
    if leases is not None:
        return _MessageTracker(*leases) if leases else _finished_tracker
    return None


cdef object _send_frames(
    Socket s, object msg_parts, int flags, bint copy, bint track, object routing_id,
    object group, bint *blocked
):
    """Send all frames or none: every one is made before the first is sent."""
    cdef _Handle h = _usable(s)
    cdef list parts = msg_parts if type(msg_parts) is list else list(msg_parts)
    cdef list leases = [] if track and not copy else None
    cdef zmq_msg_t on_stack[ON_STACK]
    cdef zmq_msg_t *messages = on_stack
    cdef Py_ssize_t n = PyList_GET_SIZE(parts)
    cdef Py_ssize_t made = 0, sent = 0, i
    if n == 0:
        raise IndexError("a message needs at least one frame, msg_parts is empty")
    if zq_returned != NULL:
        _drain_returned()
    if n > ON_STACK:
        messages = <zmq_msg_t *>malloc(n * sizeof(zmq_msg_t))
        if messages == NULL:
            raise MemoryError(f"no memory for {n} frames")
    try:
        while made < n:
            if made >= PyList_GET_SIZE(parts):
                raise RuntimeError("msg_parts changed while it was being sent")
            part = <object>PyList_GET_ITEM(parts, made)
            if not PyBytes_CheckExact(part) and not _is_exposed(part):
                raise TypeError(
                    f"Frame {made} ({part!r:.100}) does not support the buffer"
                    " interface."
                )
            _fill(&messages[made], part, copy, s._copy_threshold, leases)
            made += 1
            if routing_id is not None or group is not None:
                _label(&messages[made - 1], routing_id, group)
        _require_usable(h)
        while sent < n:
            if _send_msg(
                h, &messages[sent], flags if sent == n - 1 else flags | ZMQ_SNDMORE
            ):
                if sent == 0:
                    blocked[0] = True
                    return None
                # Only the first frame of a message can be refused; should another one
                # be all the same, it must follow: half a message helps nobody.
                _wait_for(h, ZMQ_POLLOUT, ZQ_FOREVER)
                _require_usable(h)
                continue
            sent += 1
        _after_operation(h)
    finally:
        for i in range(sent, made):
            zmq_msg_close(&messages[i])
        if messages != on_stack:
            free(messages)
    if leases is not None:
        return _MessageTracker(*leases) if leases else _finished_tracker
    return None
