# What takes but one message, where there is no GIL: the mutex of the handle is locked for
# that, which is half the work of entering it, see section.h.

cdef bint _send_frames_at_once(PyObject *h, PyObject *parts) except -1:
    """Do what _send_frames does, without a GIL, with a list of few small bytes objects.

    False where it takes more than one call under the mutex: then nothing has been sent.

    :param h: the _Handle of the socket, which has not been entered.
    """
    cdef zq_frame frames[ON_STACK]
    cdef Py_ssize_t i, made = 0, n = 0
    cdef bint sent = False, interrupted = False
    if PyList_CheckExact(<object>parts):
        n = PyList_GET_SIZE(<object>parts)
    if n == 0 or n > ON_STACK:
        return False
    made = zq_frames_of_bytes(parts, frames, n, LARGE)
    if made == n and zq_try_lock(h):
        if (
            _is_free(h) and not (<_Handle>h).sender.state & ~ZQ_SENDER_COUNTED
            and not (<_Handle>h).n_listeners
        ):
            (<_Handle>h).known_events = UNKNOWN
            sent = zq_send_message(
                (<_Handle>h).ptr, &(<_Handle>h).sender, frames, <int>n, 0
            ) == 0
            interrupted = (<_Handle>h).sender.interrupted
            (<_Handle>h).sender.interrupted = False
        zq_unlock(h)
    if not sent:
        zq_frames_close(frames, <int>made)
    for i in range(made):
        zq_decref(frames[i].owner)
    if interrupted:
        _run_handlers()
    return sent


cdef object _recv_at_once(PyObject *h, long long *order):
    """Do what _recv_bytes does, without a GIL, where that takes but one call of libzmq.

    None where it takes more: then nothing has been received.

    :param h: the _Handle of a socket, which has not been entered.
    :param order: unless NULL, becomes that of a part of a message, see _recv_ready, or 0.
    """
    cdef zmq_msg_t m
    cdef int size = -1, err = 0
    cdef bint delivered = False, within = False
    if not zq_try_lock(h):
        return None
    if (
        not zq_leases_any() and _is_free(h) and (<_Handle>h).returned is None
        and not (<_Handle>h).n_listeners
        and (order == NULL or (<_Handle>h).orders is None)
        and not (<_Handle>h).expects_wait
    ):
        zmq_msg_init(&m)
        (<_Handle>h).known_events = UNKNOWN
        size = zmq_msg_recv(&m, (<_Handle>h).ptr, ZMQ_DONTWAIT)
        if size < 0:
            err = last_errno()
            if err == EAGAIN and (<_Handle>h).type < ZMQ_FIRST_DRAFT:
                (<_Handle>h).known_events = REFUSED
        else:
            within = (<_Handle>h).more
            (<_Handle>h).within = within
            (<_Handle>h).more = zmq_msg_more(&m)
            (<_Handle>h).taken += 2
            zq_count_received((<_Handle>h).sender.stats, &m)
            if order != NULL:
                (<_Handle>h).order = 0
                order[0] = 0
                if within or (<_Handle>h).more:
                    order[0] = -<long long>(<_Handle>h).taken
    zq_unlock(h)
    if size < 0:
        if err == EINTR:
            _run_handlers()
        return None
    try:
        result = _deliver_small(&m, size) if size < LARGE else _deliver_large(&m)
        delivered = True
        zq_ask_late()
        return result
    finally:
        if not delivered:
            _undeliver_entered(<_Handle>h, &m, within)


cdef inline bint _was_refused(PyObject *h) noexcept:
    """Whether the last thing done with a _Handle was to receive in vain."""
    return (<_Handle>h).known_events == REFUSED and not (<_Handle>h).foreign


cdef inline object _recv_after_refusal(PyObject *h):
    """Do what _recv_bytes does after libzmq has refused: to ask again takes a look of the
    operating system at its mailbox."""
    cdef zmq_msg_t m
    zmq_msg_init(&m)
    zq_set_errno(EAGAIN)
    return _recv_one_slowly(<_Handle>h, &m, 0, True, False)


cdef int _undeliver_entered(_Handle h, zmq_msg_t *m, bint within) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        return _undeliver(h, None, m, 1, within)
    finally:
        zq_leave(&section)
