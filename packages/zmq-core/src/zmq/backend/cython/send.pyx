# Sending.

cdef enum:
    FLAGS_KNOWN = 3      # DONTWAIT | SNDMORE
    ON_STACK = 16        # frames of a multipart message that need no malloc
    MOST_FRAMES = 0x3fffffff


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
    return _copy_msg(m, frame)


cdef int _label(zmq_msg_t *m, object routing_id, object group) except -1:
    """Set what CLIENT-SERVER and RADIO-DISH messages carry besides their content."""
    if routing_id is not None:
        _set_routing_id(m, routing_id)
    if group is not None:
        _set_group(m, group)
    return 0


cdef inline int _send_message(
    _Handle h, zq_frame *frames, int n, int flags
) except -1:
    """Send frames, all or none; return 1, with none sent, where that would have to wait.

    When they are sent, nothing is left in them to close. Others are to be told, by
    _after_operation: what they do then must not come between frames of a message.
    """
    if ZQ_HAS_GIL and _inproc_waiters and h.inproc and not flags & ZMQ_SNDMORE:
        if _send_unlocked(h, frames, n, flags) == 0:
            return 0
    elif zq_send_message(h.ptr, &h.sender, frames, n, flags & ZMQ_SNDMORE) == 0:
        return 0
    return _send_slowly(h, frames, n, flags)


cdef int _send_unlocked(_Handle h, zq_frame *frames, int n, int flags):
    """Send frames, without the GIL, to a thread of this process that may wait for them.

    That thread is woken inside the call, and wants the GIL at once: where it has to
    queue for it, each exchange of messages between two threads costs them twice the
    switches. The socket is locked meanwhile, so that nobody else calls into it.
    """
    cdef int rc, err
    zq_lock_take(&h.lock)
    with nogil:
        rc = zq_send_message(h.ptr, &h.sender, frames, n, flags & ZMQ_SNDMORE)
        err = errno
        # Before it waits for the GIL, which may be in vain: at the end of the program.
        zq_lock_leave(&h.lock)
    zq_set_errno(err)
    return rc


cdef int _send_slowly(_Handle h, zq_frame *frames, int n, int flags) except -1:
    cdef int err = last_errno()
    cdef int64_t deadline = -2
    cdef int64_t pause = SHORTEST_PAUSE
    while True:
        if err == EINTR:
            _run_handlers()
            _require_usable(h)
        elif err != EAGAIN:
            _raise_transfer(h, err, "send")
        elif h.sender.on_full == ZQ_FULL_RAISE:
            _after_operation(h)  # it may have read the mailbox
            raise _again_inside(h, ZMQ_DONTWAIT, True)
        elif flags & ZMQ_DONTWAIT:
            h.known_events = UNKNOWN
            if h.n_listeners:
                _look_for_others(h)
            return 1
        else:
            if deadline == -2:
                zq_count(h.sender.stats, ZQ_SENDS_WAITED, 1)
                deadline = _deadline_by_option(h, ZMQ_SNDTIMEO)
            if h.sender.events & ZMQ_POLLOUT and h.n_listeners:
                # They are ready for another peer (of a ROUTER, say), and whoever looks
                # at them, this thread too, would wake it for that again and again.
                if not _wait_for_news(h, pause, deadline):
                    return 1
                pause = min(2 * pause, LONGEST_PAUSE)
            elif not _wait_for(h, ZMQ_POLLOUT, deadline):
                return 1
            if h.closed:
                _raise_closed_while(h, "it waited to send")
            _require_usable(h)
        if zq_send_message(h.ptr, &h.sender, frames, n, flags & ZMQ_SNDMORE) == 0:
            return 0
        err = last_errno()


cdef int _raise_transfer(_Handle h, int err, str operation) except -1:
    hint = None
    _tell_everybody(h)
    if err == EFSM:
        hint = _STATE_HINTS.get((h.type, operation))
        if h.sender.state & ZQ_SENDER_HEADLESS and operation == "send":
            hint = _LOST_PLACE
    elif err == ENOTSUP:
        hint = f"{_type_name(h.type)} sockets cannot {operation}()"
    elif err == EHOSTUNREACH:
        hint = _error.explain("unreachable", h.type)
    if not hint:
        _raise(err)
    _raise_with(err, hint)


cdef inline int _send_small_entered(PyObject *h, PyObject *data) except -1:
    if not zq_try_lock(h):
        return False
    try:
        return _send_small(h, data)
    finally:
        zq_unlock(h)


cdef inline int _send_small(PyObject *h, PyObject *data) except -1:
    """Send a small bytes object with no flags, if that can be done at once.

    Otherwise it returns False, and nothing is sent. Most sends are like this: it is the
    same as _send_one, with nothing left to decide. Without a GIL, its caller has locked
    the _Handle but not entered it, so nobody can be told of the send.

    :param h: the _Handle of the socket.
    """
    if (
        not PyBytes_CheckExact(<object>data)
        or PyBytes_GET_SIZE(<object>data) >= LARGE
        or not _is_free(h) or (<_Handle>h).sender.state & ~ZQ_SENDER_COUNTED
        or (ZQ_HAS_GIL and _inproc_waiters and (<_Handle>h).inproc)
        or (not ZQ_HAS_GIL and (<_Handle>h).n_listeners)
    ):
        return False
    # Also when it is refused: others may ask for EVENTS before it is tried again.
    (<_Handle>h).known_events = UNKNOWN
    if zmq_send(
        (<_Handle>h).ptr, PyBytes_AS_STRING(<object>data),
        PyBytes_GET_SIZE(<object>data), ZMQ_DONTWAIT,
    ) < 0:
        return False
    if (<_Handle>h).sender.state:
        zq_count((<_Handle>h).sender.stats, ZQ_SENT, 1)
        zq_count(
            (<_Handle>h).sender.stats, ZQ_SENT_BYTES, PyBytes_GET_SIZE(<object>data)
        )
    if ZQ_HAS_GIL and (<_Handle>h).n_listeners:
        _look_for_others(<_Handle>h)
    return True


cdef object _send_one(
    Socket s, object data, int flags, bint copy, bint track, object routing_id,
    object group, bint *blocked
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _send_one_inside(s, data, flags, copy, track, routing_id, group, blocked)
    finally:
        zq_leave(&section)


cdef object _send_one_inside(
    Socket s, object data, int flags, bint copy, bint track, object routing_id,
    object group, bint *blocked
):
    """Send one frame; sets `blocked`, and sends nothing, where it would have to wait."""
    cdef _Handle h = _usable(s)
    cdef zq_frame frame
    cdef int rc
    cdef list leases = None
    tracker = None
    if track and not copy:
        leases = []
    elif track and isinstance(data, Frame) and (<Frame>data).tracker is None:
        raise ValueError("Not a tracked message: a Frame to be tracked needs track=True")
    if zq_leases_any():
        _drain_returned()
    frame.data = NULL
    _fill(&frame.msg, data, copy, s._copy_threshold, leases)
    try:
        if routing_id is not None or group is not None:
            _label(&frame.msg, routing_id, group)
        if leases is not None:
            tracker = _tracker_of(leases)
        _require_usable(h)
        rc = _send_message(h, &frame, 1, flags)
    except:
        zq_frames_close(&frame, 1)
        raise
    if rc:
        zq_frames_close(&frame, 1)
        blocked[0] = True
        return None
    _after_operation(h)
    return tracker


cdef object _tracker_of(list leases):
    """Made before the send: what fails after it would tell of a message not sent."""
    return _MessageTracker(*leases) if leases else _finished_tracker


cdef object _send_frames(
    Socket s, PyObject *msg_parts, int flags, bint copy, bint track, object routing_id,
    object group, bint *blocked
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _send_frames_inside(
            s, msg_parts, flags, copy, track, routing_id, group, blocked
        )
    finally:
        zq_leave(&section)


cdef object _send_frames_inside(
    Socket s, PyObject *msg_parts, int flags, bint copy, bint track, object routing_id,
    object group, bint *blocked
):
    """Send all frames or none: every one is made before the first is sent.

    :param msg_parts: borrowed from the caller, like the items of most lists: without a
        GIL, counting references to what another thread has made takes longer than
        sending it.
    """
    cdef _Handle h = _usable(s)
    cdef PyObject *parts = msg_parts
    cdef list made_of_parts
    cdef list leases = [] if track and not copy else None
    cdef zq_frame on_stack[ON_STACK]
    cdef zq_frame *frames = on_stack
    cdef Py_ssize_t n, made = 0, i
    cdef bint labelled = routing_id is not None or group is not None
    cdef bint unsent = True
    if not PyList_CheckExact(<object>msg_parts):
        made_of_parts = _as_parts(<object>msg_parts)
        parts = <PyObject *>made_of_parts
    n = PyList_GET_SIZE(<object>parts)
    if n == 0:
        raise IndexError("a message needs at least one frame, msg_parts is empty")
    if zq_leases_any():
        _drain_returned()
    if n > ON_STACK:
        frames = <zq_frame *>malloc(n * sizeof(zq_frame)) if n < MOST_FRAMES else NULL
        if frames == NULL:
            raise MemoryError(f"no memory for {n} frames")
    try:
        # Most messages are nothing but small bytes objects.
        if not labelled:
            made = zq_frames_of_bytes(parts, frames, n, LARGE)
        while made < n:
            part = zq_list_item(parts, made)
            if part == NULL:
                raise RuntimeError("msg_parts changed while it was being sent")
            data = <object>part
            Py_DECREF(data)
            _fill_frame(&frames[made], data, made, copy, s._copy_threshold, leases)
            made += 1
            if labelled:
                _label(&frames[made - 1].msg, routing_id, group)
        tracker = None if leases is None else _tracker_of(leases)
        _require_usable(h)
        if _send_message(h, frames, <int>n, flags):
            blocked[0] = True
            return None
        unsent = False
        _after_operation(h)
        if h.sender.interrupted:
            h.sender.interrupted = False
            _run_handlers()
    finally:
        if unsent:
            zq_frames_close(frames, <int>made)
        for i in range(made):
            if frames[i].owner != NULL:
                zq_decref(frames[i].owner)
        if frames != on_stack:
            free(frames)
    return tracker


cdef list _as_parts(object msg_parts):
    """The frames of a message that is no list."""
    cdef list parts = list(msg_parts)
    if parts and isinstance(msg_parts, (bytes, bytearray, str)):
        raise TypeError(
            f"Frame 0 ({parts[0]!r}) does not support the buffer interface: msg_parts is"
            f" {type(msg_parts).__name__} {msg_parts!r:.100}, not a list of frames. To"
            " send one frame, use send(data), or send_multipart([data])."
        )
    return parts


cdef int _fill_frame(
    zq_frame *frame, object part, Py_ssize_t index, bint copy, Py_ssize_t threshold,
    list leases
) except -1:
    if not PyBytes_CheckExact(part) and not _is_exposed(part):
        hint = " Encode the str first: text.encode()." if isinstance(part, str) else ""
        raise TypeError(
            f"Frame {index} ({part!r:.100}) does not support the buffer interface.{hint}"
        )
    frame.data = NULL
    frame.owner = NULL
    return _fill(&frame.msg, part, copy, threshold, leases)
