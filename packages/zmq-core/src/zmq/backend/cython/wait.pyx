# Waiting: without the GIL, on the socket's descriptor and on one to be woken by.
#
# ZMQ_FD is edge-triggered: it is readable while commands wait in the socket's mailbox,
# and any call into the socket empties that. So a thread asleep on it could miss what
# another thread's call swallowed. Therefore every call that is made while others wait is
# followed by a look at EVENTS, and wakes those for whom something is there.

# Wake-up descriptors that nobody waits on, for the next thread to wait.
cdef enum: MAX_SPARE_WAKERS = 64
cdef zq_waker *_spare_wakers[MAX_SPARE_WAKERS]
cdef int _n_spare_wakers = 0


cdef zq_waker *_borrow_waker() except NULL:
    global _n_spare_wakers
    cdef zq_waker *waker
    if _n_spare_wakers:
        _n_spare_wakers -= 1
        return _spare_wakers[_n_spare_wakers]
    waker = <zq_waker *>malloc(sizeof(zq_waker))
    if waker == NULL:
        raise MemoryError("no memory for a wake-up descriptor")
    if zq_waker_open(waker) < 0:
        free(waker)
        raise OSError(errno, "no descriptor left to wait with")
    return waker


cdef int _give_back_waker(zq_waker *waker, bint woken) noexcept:
    global _n_spare_wakers
    if woken:
        zq_waker_drain(waker)
    if _n_spare_wakers < MAX_SPARE_WAKERS:
        _spare_wakers[_n_spare_wakers] = waker
        _n_spare_wakers += 1
    else:
        zq_waker_close(waker)
        free(waker)
    return 0


cdef void _forget_in_child() noexcept nogil:
    # The descriptors are shared with the parent: closed in the child, never used.
    global _n_spare_wakers
    cdef int i
    for i in range(_n_spare_wakers):
        zq_waker_close(_spare_wakers[i])
    _n_spare_wakers = 0
    zq_forget_returned()


zq_notice_forks(&_forget_in_child)


# How many threads wait on sockets that have peers in this process.
cdef int _inproc_waiters = 0


cdef inline void _enlist(_Handle h, Waiter *waiter, zq_waker *waker, int events):
    global _inproc_waiters
    waiter.inproc = h.inproc
    _inproc_waiters += waiter.inproc
    waiter.waker = waker
    waiter.events = events
    waiter.woken = False
    waiter.following = h.waiters
    h.waiters = waiter
    h.attention += 1


cdef inline int _dismiss(_Handle h, Waiter *waiter) except -1:
    global _inproc_waiters
    cdef Waiter **link = &h.waiters
    _inproc_waiters -= waiter.inproc
    while link[0] != waiter:
        link = &link[0].following
    link[0] = waiter.following
    h.attention -= 1
    if h.closed and h.waiters == NULL and h.holders is None and h.ptr != NULL:
        _close_for_good(h)
    return 0


cdef int _look_at_events(_Handle h) except -1:
    """EVENTS as libzmq has it now; whoever waits for one of them is woken."""
    cdef int events = 0
    cdef int err
    cdef size_t size = sizeof(int)
    if h.locked:
        _await_unlocked(h)
    while zmq_getsockopt(h.ptr, ZMQ_EVENTS, &events, &size) < 0:
        err = last_errno()
        if err != EINTR:
            _tell_everybody(h)
            _raise(err)
        PyErr_CheckSignals()
        _require_usable(h)
    h.known_events = events
    if h.attention:
        _notify(h, events if h.returned is None else events | ZMQ_POLLIN)
    return events


cdef int _tell_everybody(_Handle h) except -1:
    # For what no event says. ETERM makes the descriptor readable once: who meets it must
    # pass it on.
    h.known_events = UNKNOWN
    if h.attention:
        _notify(h, ZMQ_POLLIN | ZMQ_POLLOUT)
    return 0


cdef int _notify(_Handle h, int events) except -1:
    cdef Waiter *waiter = h.waiters
    while waiter != NULL:
        if waiter.events & events:
            waiter.woken = True
            zq_wake(waiter.waker)
        waiter = waiter.following
    if h.watchers is not None:
        for callback, wanted in list(h.watchers):
            if <int>wanted & events:
                callback()
    return 0


cdef inline int _after_operation(_Handle h) except -1:
    """To be called after everything that libzmq did for this socket."""
    h.known_events = UNKNOWN
    if h.attention:
        _look_for_others(h)
    return 0


cdef int _look_for_others(_Handle h) except -1:
    # The operation itself has succeeded: what others have to know is no error of it.
    try:
        _look_at_events(h)
    except _error.ZMQError:
        pass
    return 0


cdef int _wait_for(_Handle h, int events, int64_t deadline) except -1:
    """Wait until one of `events` may have come; return 0 when the deadline has."""
    cdef zq_pollfd fds[2]
    cdef Waiter waiter
    cdef zq_waker *waker
    cdef int rc, err
    if h.poller != NULL:
        zq_drafts_poller_drain(h.poller)
    memset(fds, 0, sizeof(fds))
    fds[0].fd = _fd_of(h)
    fds[0].events = POLLIN
    waker = _borrow_waker()
    fds[1].fd = waker.read_fd
    fds[1].events = POLLIN
    _enlist(h, &waiter, waker, events)
    try:
        # What the caller's attempt has swallowed may be what others wait for. Looked up
        # only now, since their callbacks may do anything: it will wake this thread too.
        if h.attention > 1:
            _look_at_events(h)
        while not h.closed:
            # One that came just before would otherwise have to wait, too.
            PyErr_CheckSignals()
            with nogil:
                rc = zq_poll_until(fds, 2, deadline)
                err = errno
            if rc > 0:
                break
            if rc < 0:
                if err != EINTR:
                    raise OSError(err, "waiting for a socket failed")
            elif deadline != ZQ_FOREVER and zq_now_ns() >= deadline:
                return 0
        return 1
    finally:
        _dismiss(h, &waiter)
        _give_back_waker(waker, waiter.woken)


# How long, in ns, to wait for what no event tells.
cdef enum:
    SHORTEST_PAUSE = 1000000
    LONGEST_PAUSE = 20000000


cdef int _wait_for_news(_Handle h, int64_t pause, int64_t deadline) except -1:
    """Wait until the descriptor is readable, whatever EVENTS say; 0 at the deadline.

    :param pause: nanoseconds after which to end all the same, as another thread's call
        may have swallowed the news.
    """
    cdef int64_t end = zq_now_ns() + pause
    if deadline != ZQ_FOREVER and deadline <= end:
        return _wait_for(h, 0, deadline)
    _wait_for(h, 0, end)
    return 1


cdef int64_t _deadline_by_option(_Handle h, int option) except? -2:
    """When RCVTIMEO or SNDTIMEO, in milliseconds, will have passed."""
    cdef int timeout = -1
    cdef size_t size = sizeof(int)
    if zmq_getsockopt(h.ptr, option, &timeout, &size) < 0:
        _raise(last_errno())
    if timeout < 0:
        return ZQ_FOREVER
    return zq_now_ns() + <int64_t>timeout * 1000000


cdef int64_t _deadline_in_ms(double timeout) except? -2:
    """The deadline that a timeout in ms stands for; a negative one never comes."""
    if timeout < 0:
        return ZQ_FOREVER
    return zq_now_ns() + <int64_t>(min(timeout, 1e12) * 1e6)
