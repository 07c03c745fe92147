# The operations of a socket as threads may share it: each enters its handle first.
#
# What is named so elsewhere with `_inside` at its end, and whatever takes a _Handle, has
# to be called from inside. See section.h for what that means; with a GIL all code is.

cdef inline int _send_small_entered(PyObject *h, PyObject *data) except -1:
    cdef zq_section section
    zq_enter(&section, h)
    try:
        return _send_small(h, data)
    finally:
        zq_leave(&section)


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


cdef object _send_frames(
    Socket s, object msg_parts, int flags, bint copy, bint track, object routing_id,
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


cdef object _recv_one(
    Socket s, int flags, bint copy, bint track
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _recv_one_inside(s, flags, copy, track)
    finally:
        zq_leave(&section)


cdef object _recv_frames(
    Socket s, int flags, bint copy, bint track
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _recv_frames_inside(s, flags, copy, track)
    finally:
        zq_leave(&section)


cdef object _recv_into(
    Socket s, object buffer, Py_ssize_t nbytes, int flags
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _recv_into_inside(s, buffer, nbytes, flags)
    finally:
        zq_leave(&section)


cdef object _get_option(
    BareSocket s, int option
):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _get_option_inside(s, option)
    finally:
        zq_leave(&section)


cdef int _set_option(
    BareSocket s, int option, object value
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _set_option_inside(s, option, value)
    finally:
        zq_leave(&section)


cdef int _with_address(
    BareSocket s, str operation, StringCall call, object addr
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _with_address_inside(s, operation, call, addr)
    finally:
        zq_leave(&section)


cdef int _with_group(
    BareSocket s, StringCall call, object group
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _with_group_inside(s, call, group)
    finally:
        zq_leave(&section)


cdef int _poll_one(
    Socket s, double timeout, int flags
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _poll_one_inside(s, timeout, flags)
    finally:
        zq_leave(&section)


cdef int _close_handle(
    _Handle h
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        return _close_handle_inside(h)
    finally:
        zq_leave(&section)


# What waits for many sockets, or for those of a proxy, enters each of them in turn.

cdef int _enlist_in(
    _Handle h, zq_waiter *waiter, zq_waker *waker, int events
) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    _enlist(h, waiter, waker, events)
    zq_leave(&section)
    return 0


cdef int _dismiss_from(_Handle h, zq_waiter *waiter) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    _dismiss(h, waiter)
    zq_leave(&section)
    return 0


cdef int _begin_sleep(list handles) except -1:
    """Keep libzmq's sockets until :func:`_end_sleep`, where they are not closed yet."""
    cdef zq_section section
    cdef _Handle h
    for h in handles:
        zq_enter(&section, <void *>h)
        h.asleep += 1
        zq_leave(&section)
    return 0


cdef int _end_sleep(list handles) except -1:
    cdef zq_section section
    cdef _Handle h
    for h in handles:
        zq_enter(&section, <void *>h)
        try:
            _wake_up(h)
        finally:
            zq_leave(&section)
    return 0


cdef int _fd_of_usable(_Handle h) except? -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        _require_usable(h)
        return _fd_of(h)
    finally:
        zq_leave(&section)


cdef int _events_of_usable(_Handle h, bint readable) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        _require_usable(h)
        return _events_if_known(h, readable)
    finally:
        zq_leave(&section)


cdef int _drain_poller(_Handle h) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    if h.poller != NULL:
        zq_drafts_poller_drain(h.poller)
    zq_leave(&section)
    return 0


cdef int _claim(_Handle h, str user) except -1:
    """Take a socket over, for a proxy."""
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        _require_usable(h)
        h.busy = user
    finally:
        zq_leave(&section)
    return 0


cdef int _tell_everybody_of(_Handle h) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        return _tell_everybody(h)
    finally:
        zq_leave(&section)


cdef int _put_back_in(_Handle h, list message) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        return _put_back(h, message)
    finally:
        zq_leave(&section)


cdef list _next_returned_of(_Handle h):
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        return _next_returned(h, False, False)
    finally:
        zq_leave(&section)


cdef int _give_up_claim(_Handle h) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    h.busy = None
    h.known_events = UNKNOWN
    zq_leave(&section)
    return 0


cdef int _linger(_Handle h, int value) except -1:
    """Set LINGER where that can be done, before the socket is closed."""
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        if h.generation == zq_fork_generation:
            _await_unlocked(h)
            if h.busy is None and not h.closed:
                zmq_setsockopt(h.ptr, ZMQ_LINGER, &value, sizeof(value))
    finally:
        zq_leave(&section)
    return 0


cdef object _again(Socket s, int flags, bint sending):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _again_inside(s, flags, sending)
    finally:
        zq_leave(&section)
