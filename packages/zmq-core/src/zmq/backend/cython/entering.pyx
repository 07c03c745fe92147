# Entering the sockets of a poll, or of a proxy, one after the other.

cdef int64_t _enlist_in(
    _Handle h, zq_waiter *waiter, zq_waker *waker, int events
) except -1:
    """Put this thread on the list of waiters; return for how long a wait spins."""
    cdef int64_t spin
    cdef zq_section section
    zq_enter(&section, <void *>h)
    _enlist(h, waiter, waker, events)
    _going_to_sleep(h, waiter)
    spin = h.spin
    zq_leave(&section)
    return spin


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


cdef int _require_open_while_polled(_Handle h) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>h)
    try:
        if h.closed:
            _raise_closed_while(h, "it was polled")
        return _require_usable(h)
    finally:
        zq_leave(&section)


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
