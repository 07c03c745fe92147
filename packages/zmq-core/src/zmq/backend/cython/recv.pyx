# Receiving.

cdef inline void _note_received(_Handle h, bint more) noexcept:
    """Note that a frame, or the rest of a message, was received; for _undo_recv."""
    h.within = h.more
    h.more = more
    h.taken += 2


cdef inline int _recv_msg(_Handle h, zmq_msg_t *m, int flags) except -1:
    """Receive a frame; return 1, with `m` empty, where that would have to wait.

    It returns 2, likewise, when a message was put back meanwhile. Others are to be told
    by _after_operation, as with _send_message.
    """
    zmq_msg_init(m)
    if zmq_msg_recv(m, h.ptr, ZMQ_DONTWAIT) >= 0:
        zq_count_received(h.sender.stats, m)
        return 0
    return _recv_slowly(h, m, flags)


cdef inline bint _had_better_spin(_Handle h, int flags):
    """Whether a receive begins to spin at once, instead of with an attempt.

    So it is where the last one had to wait: the attempt would be in vain, and the one who
    is to answer may need the GIL meanwhile.
    """
    return h.expects_wait and not flags & ZMQ_DONTWAIT and h.n_listeners == 0


cdef int _recv_slowly(
    _Handle h, zmq_msg_t *m, int flags, zmq_msg_t *spinning=NULL
) except -1:
    """What _recv_msg does after libzmq has refused, or, with errno 0, in place of asking it.

    :param spinning: `m` where it is all that is to be received: then it returns 3 when
        that was done while it was spinning, and noted.
    """
    cdef int err = last_errno()
    cdef int rc
    cdef bint untried
    cdef int64_t deadline = -2
    while True:
        if err == EINTR:
            _run_handlers()
            _require_usable(h)
        elif err != EAGAIN and err != 0:
            _raise_transfer(h, err, "recv")
        else:
            untried = err == 0
            h.known_events = UNKNOWN
            if flags & ZMQ_DONTWAIT:
                # libzmq has emptied its mailbox before it refused, perhaps of what
                # another thread waits for. That was no message, as it has refused.
                if h.n_listeners and _wait_for_others_than(h, ZMQ_POLLIN):
                    _look_for_others(h)
                return 1
            if deadline == -2:
                if not untried:
                    zq_count(h.sender.stats, ZQ_RECEIVES_WAITED, 1)
                deadline = _deadline_by_option(h, ZMQ_RCVTIMEO)
                rc = _wait_for(h, ZMQ_POLLIN, deadline, spinning, untried)
                h.expects_wait = h.spin > 0 and rc != ZQ_SPIN_RECEIVED_AT_ONCE
                if rc == UNTRIED:
                    deadline = -2
                elif untried and h.expects_wait:
                    zq_count(h.sender.stats, ZQ_RECEIVES_WAITED, 1)
            else:
                rc = _wait_for(h, ZMQ_POLLIN, deadline, spinning)
            if rc == 0:
                return 1
            if rc >= ZQ_SPIN_RECEIVED:
                zq_count_received(h.sender.stats, m)
                return 3
            if h.closed:
                _raise_closed_while(h, "it waited to receive")
            _require_usable(h)
            if h.returned is not None:
                return 2
        if zmq_msg_recv(m, h.ptr, ZMQ_DONTWAIT) >= 0:
            zq_count_received(h.sender.stats, m)
            return 0
        err = last_errno()


cdef int _recv_next(_Handle h, zmq_msg_t *m, bint *interrupted) except -1:
    """Receive a frame after the first, which has arrived together with it.

    Should a signal come, its handlers are to be run when the message is complete: what
    they raise must not leave a part of it to whoever receives next.
    """
    cdef int err
    zmq_msg_init(m)
    while zmq_msg_recv(m, h.ptr, ZMQ_DONTWAIT) < 0:
        err = last_errno()
        if err != EINTR:
            _raise_transfer(h, err, "recv")
        interrupted[0] = True
    zq_count_received(h.sender.stats, m)
    return 0


cdef inline object _deliver(zmq_msg_t *m, bint copy, bint track):
    """A received message as what the caller asked for; `m` needs no closing after.

    When there is no memory for that, `m` is as it was.
    """
    cdef size_t size
    if not copy:
        return _wrap(m, track)
    size = zmq_msg_size(m)
    return _deliver_large(m) if size >= LARGE else _deliver_small(m, size)


cdef inline object _deliver_small(zmq_msg_t *m, size_t size):
    result = PyBytes_FromStringAndSize(<char *>zmq_msg_data(m), size)
    zmq_msg_close(m)
    return result


cdef object _deliver_large(zmq_msg_t *m):
    result = _message_bytes(m)
    _drop(m)
    return result


cdef object _recv_one(Socket s, int flags, bint copy, bint track):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _recv_one_inside(s, flags, copy, track)
    finally:
        zq_leave(&section)


cdef object _recv_one_inside(Socket s, int flags, bint copy, bint track):
    """Receive one frame; None where that would have to wait."""
    cdef _Handle h = <_Handle>s._h
    cdef zmq_msg_t m
    if zq_leases_any():
        _drain_returned()
    _require_usable(h)
    if h.returned is not None and (not h.more or h.partial is not None):
        return _next_returned_frame(h, copy, track)
    zmq_msg_init(&m)
    if _had_better_spin(h, flags):
        zq_set_errno(0)
    elif zmq_msg_recv(&m, h.ptr, ZMQ_DONTWAIT) >= 0:
        zq_count_received(h.sender.stats, &m)
        return _received(h, &m, copy, track)
    return _recv_one_slowly(h, &m, flags, copy, track)


cdef object _recv_one_slowly(
    _Handle h, zmq_msg_t *m, int flags, bint copy, bint track
):
    """What _recv_one does after libzmq has refused."""
    cdef int rc = _recv_slowly(h, m, flags, m)
    if rc == 0:
        return _received(h, m, copy, track)
    if rc == 3:
        return _delivered(h, m, copy, track, h.within)
    return _next_returned_frame(h, copy, track) if rc == 2 else None


cdef inline object _received(_Handle h, zmq_msg_t *m, bint copy, bint track):
    cdef bint within = h.more
    _note_received(h, zmq_msg_more(m))
    return _delivered(h, m, copy, track, within)


cdef inline object _delivered(
    _Handle h, zmq_msg_t *m, bint copy, bint track, bint within
):
    """The same for what has been noted, `within` included."""
    cdef bint delivered = False
    try:
        _after_operation(h)
        result = _deliver(m, copy, track)
        delivered = True
        return result
    finally:
        if not delivered:
            _undeliver(h, None, m, 1, within)


cdef inline object _recv_bytes(PyObject *h):
    """Do what _recv_one does by default, for a _Handle that is free.

    Most receives are like this, of a small frame: they have nothing to decide.
    """
    cdef zmq_msg_t m
    cdef int size
    cdef bint delivered = False
    zmq_msg_init(&m)
    size = zmq_msg_recv(&m, (<_Handle>h).ptr, ZMQ_DONTWAIT)
    if size < 0:
        return _recv_one_slowly(<_Handle>h, &m, 0, True, False)
    if size >= (<_Handle>h).small or (<_Handle>h).n_listeners:
        zq_count_received((<_Handle>h).sender.stats, &m)
        if size >= LARGE or (<_Handle>h).n_listeners:
            return _received(<_Handle>h, &m, True, False)
    (<_Handle>h).known_events = UNKNOWN
    try:
        result = PyBytes_FromStringAndSize(<char *>zmq_msg_data(&m), size)
        delivered = True
    finally:
        if not delivered:
            _undeliver(<_Handle>h, None, &m, 1, (<_Handle>h).more)
    # What _note_received does, without a reference to the handle.
    (<_Handle>h).within = (<_Handle>h).more
    (<_Handle>h).more = zmq_msg_more(&m)
    (<_Handle>h).taken += 2
    zmq_msg_close(&m)
    return result


cdef object _recv_frames(Socket s, int flags, bint copy, bint track):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _recv_frames_inside(s, flags, copy, track)
    finally:
        zq_leave(&section)


cdef object _recv_frames_inside(Socket s, int flags, bint copy, bint track):
    """Receive all frames of a message; None where that would have to wait.

    All are taken before the first becomes a Python object: with that, other threads may
    get to run, and to take frames, or close the socket, in between.
    """
    cdef _Handle h = <_Handle>s._h
    cdef zmq_msg_t on_stack[ON_STACK]
    cdef zmq_msg_t *messages = on_stack
    cdef Py_ssize_t taken = 1, given = 0, capacity = ON_STACK
    cdef int rc
    cdef bint interrupted = False, within
    cdef list frames = None
    if zq_leases_any():
        _drain_returned()
    _require_usable(h)
    if h.returned is not None and (not h.more or h.partial is not None):
        return _next_returned(h, copy, track)
    rc = _recv_msg(h, &messages[0], flags)
    if rc:
        return _next_returned(h, copy, track) if rc == 2 else None
    within = h.more
    try:
        while zmq_msg_more(&messages[taken - 1]):
            if taken == capacity:
                messages = _more_room(messages, capacity, messages == on_stack)
                capacity *= 2
            _recv_next(h, &messages[taken], &interrupted)
            taken += 1
        _note_received(h, False)
        _after_operation(h)
        if interrupted:
            _run_handlers()
        frames = zq_small_frames(messages, taken, LARGE, &given) if copy else []
        while given < taken:
            frame = _deliver(&messages[given], copy, track)
            given += 1
            PyList_Append(frames, frame)
        return frames
    finally:
        if frames is None or PyList_GET_SIZE(frames) < taken:
            if frames is not None and PyList_GET_SIZE(frames) < given:
                PyList_Append(frames, frame)
            _undeliver(h, frames, &messages[given], taken - given, within)
        if messages != on_stack:
            free(messages)


cdef int _undeliver(
    _Handle h, list frames, zmq_msg_t *messages, Py_ssize_t n, bint within
) except -1:
    """Put a message that could not be delivered back, ahead of all others.

    Its caller goes on to raise why; that there is no memory, most likely.

    :param frames: the first of its frames, as Python objects; None for none.
    :param messages: those that are not yet; they need no closing after.
    :param within: whether frames before these have been received one by one.
    """
    cdef zmq_msg_t m
    cdef Py_ssize_t i
    cdef bint ignored = False
    cdef bint more = zmq_msg_more(&messages[n - 1]) if n > 0 else h.more
    try:
        if frames is None:
            frames = []
        for i in range(n):
            frames.append(_wrap(&messages[i], False))
        while more and not h.closed:
            _recv_next(h, &m, &ignored)
            more = zmq_msg_more(&m)
            frames.append(_wrap(&m, False))
    except:  # not even for that: it is lost, but as a whole
        while more and not h.closed:
            _recv_next(h, &m, &ignored)
            more = zmq_msg_more(&m)
            zmq_msg_close(&m)
        h.more = False
        raise
    finally:
        for i in range(n):
            zmq_msg_close(&messages[i])
    if not h.closed:
        _put_back_rest(h, frames, within)
    return 0


cdef zmq_msg_t *_more_room(
    zmq_msg_t *messages, Py_ssize_t n, bint on_stack
) except NULL:
    """Move messages to where there is room for twice as many."""
    cdef zmq_msg_t *larger = <zmq_msg_t *>malloc(2 * n * sizeof(zmq_msg_t))
    cdef Py_ssize_t i
    if larger == NULL:
        raise MemoryError(f"no memory for more than {n} frames")
    for i in range(n):
        zmq_msg_init(&larger[i])
        zmq_msg_move(&larger[i], &messages[i])
    if not on_stack:
        free(messages)
    return larger


cdef object _recv_into(
    Socket s, object buffer, Py_ssize_t nbytes, int flags
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _recv_into_inside(s, buffer, nbytes, flags)
    finally:
        zq_leave(&section)


cdef object _recv_into_inside(Socket s, object buffer, Py_ssize_t nbytes, int flags):
    """Receive one frame into memory; None where that would have to wait."""
    cdef _Handle h = _usable(s)
    cdef zmq_msg_t m
    cdef Py_buffer view
    cdef size_t size
    cdef int rc
    cdef bint within
    if nbytes < 0:
        raise ValueError(f"nbytes={nbytes} must not be negative")
    if not _is_exposed(buffer):
        raise TypeError(
            f"a bytes-like object is required, not {type(buffer).__name__!r}"
        )
    PyObject_GetBuffer(buffer, &view, PyBUF_ANY_CONTIGUOUS | PyBUF_WRITABLE)
    try:
        if nbytes > view.len:
            raise ValueError(f"nbytes={nbytes} is more than the buffer's {view.len}")
        if nbytes == 0:
            nbytes = view.len
        _require_usable(h)
        if h.returned is not None and (not h.more or h.partial is not None):
            return _copy_out(_next_returned_frame(h, True, False), view.buf, nbytes)
        rc = _recv_msg(h, &m, flags)
        if rc == 2:
            return _copy_out(_next_returned_frame(h, True, False), view.buf, nbytes)
        if rc:
            return None
        within = h.more
        _note_received(h, zmq_msg_more(&m))
        try:
            _after_operation(h)
        except:
            _undeliver(h, None, &m, 1, within)
            raise
        size = zmq_msg_size(&m)
        memcpy(view.buf, zmq_msg_data(&m), min(size, <size_t>nbytes))
        zmq_msg_close(&m)
        return size
    finally:
        PyBuffer_Release(&view)


cdef object _copy_out(bytes data, void *target, Py_ssize_t nbytes):
    memcpy(target, PyBytes_AS_STRING(data), min(PyBytes_GET_SIZE(data), nbytes))
    return PyBytes_GET_SIZE(data)
