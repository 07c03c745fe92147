# Steering a proxy by messages to a control socket.

from sys import byteorder as _byteorder


cdef int _obey_control(ProxyLoop loop) except -1:
    cdef zq_section section
    cdef _Handle h = <_Handle>(<Socket>loop.control)._h
    zq_enter(&section, <void *>h)
    try:
        return _obey(loop, h)
    finally:
        zq_leave(&section)


cdef int _obey(ProxyLoop loop, _Handle h) except -1:
    cdef zmq_msg_t m
    while not h.closed:
        zmq_msg_init(&m)
        if zmq_msg_recv(&m, h.ptr, ZMQ_DONTWAIT) < 0:
            if last_errno() == EINTR:
                PyErr_CheckSignals()
                loop._refuse_in_child()
            elif last_errno() != EAGAIN:
                _raise_transfer(h, last_errno(), "recv")
            # It may have read the mailbox before it refused, and so swallowed what
            # a command that has just come would end the sleep with.
            elif not zq_events_of(h.ptr) & ZMQ_POLLIN:
                return 0
            continue
        zq_count_received(h.sender.stats, &m)
        word = _message_bytes(&m)
        zmq_msg_close(&m)
        if word == b"STATISTICS":
            _report(loop, h)
            continue
        if word == b"PAUSE":
            loop.pause()
        elif word == b"RESUME":
            loop.resume()
        elif word in (b"TERMINATE", b"KILL"):
            loop.stop()
        if h.type == ZMQ_REP:
            _reply(h, [b""])
    return 0


cdef int _report(ProxyLoop loop, _Handle h) except -1:
    cdef zq_route *front = &loop.relay.routes[0]
    cdef zq_route *back = &loop.relay.routes[1]
    # As zmq_proxy_steerable has it: received and sent, first by the frontend.
    numbers = (
        front.messages, front.bytes, back.messages, back.bytes,
        back.messages, back.bytes, front.messages, front.bytes,
    )
    _reply(h, [number.to_bytes(8, _byteorder) for number in numbers])
    return 0


cdef int _reply(_Handle h, list words) except -1:
    cdef zq_frame frames[8]
    cdef int n = 0, err
    for word in words:
        zq_frame_init_data(
            &frames[n], PyBytes_AS_STRING(word), PyBytes_GET_SIZE(word)
        )
        n += 1
    while zq_send_message(h.ptr, &h.sender, frames, n, 0) < 0:
        err = last_errno()
        if err == EINTR:
            PyErr_CheckSignals()
            continue
        zq_frames_close(frames, n)
        if err == EAGAIN:
            break  # nobody is there to read it
        _raise_transfer(h, err, "send")
    return 0
