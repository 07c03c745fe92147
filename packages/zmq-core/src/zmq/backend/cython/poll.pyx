# Polling many sockets and descriptors at once.
#
# What a socket is ready for changes only by an operation on it, or by commands of the
# I/O threads, which make its descriptor readable. So EVENTS has to be asked for only
# after an operation, and when the descriptor is readable: one system call then looks at
# all descriptors, where zmq_poll makes one for each socket. It is not done for sockets
# that other code made, whose operations are not seen here.

cdef enum: POLL_ON_STACK = 32


cdef struct PollItem:
    PyObject *socket      # a Socket, borrowed; NULL for a bare descriptor
    int events            # those asked for
    int found             # those there
    bint closed           # a socket that was closed already, and takes no part


cdef int _events_if_known(_Handle h, bint readable) except -1:
    cdef int events
    if h.known_events < 0 or readable or h.foreign or h.poller != NULL:
        events = _look_at_events(h)
    else:
        events = h.known_events
    return events if h.returned is None else events | ZMQ_POLLIN


cdef int _poll_one(Socket s, double timeout, int flags) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _poll_one_inside(s, timeout, flags)
    finally:
        zq_leave(&section)


cdef int _poll_one_inside(Socket s, double timeout, int flags) except -1:
    cdef _Handle h = _usable(s)
    cdef int64_t deadline = 0
    cdef int events
    while True:
        events = _look_at_events(h)
        if h.returned is not None:
            events |= ZMQ_POLLIN
        events &= flags
        if events or timeout == 0:
            return events
        if deadline == 0:
            deadline = _deadline_in_ms(timeout)
        if not _wait_for(h, flags, deadline):
            return 0
        if h.closed:
            _raise_closed_while(h, "it was polled")
        _require_usable(h)


cdef intptr_t _descriptor(object thing) except? -1:
    cdef object fd = thing
    cdef intptr_t number
    if not isinstance(fd, int):
        try:
            fd = thing.fileno()
        except AttributeError:
            raise TypeError(
                "Socket must be a 0MQ socket, an integer fd or have a fileno() method:"
                f" {thing!r}"
            ) from None
        if not isinstance(fd, int):
            raise TypeError(f"fileno() of {thing!r} returned {fd!r}, not an int")
    number = fd
    if number != <int>number:
        _arguments.descriptor(fd)
    return number


def zmq_poll(sockets, timeout=-1):
    """Wait until one of several sockets or descriptors is ready.

    :param sockets: pairs of a socket (or an int descriptor, or an object with
        ``fileno()``) and the :class:`zmq.PollEvent` mask to wait for.
    :param timeout: milliseconds; a negative number or None waits for ever.
    :returns: a list of pairs, of those that are ready only: the socket, or the int
        descriptor, and the mask of what it is ready for.
    :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without a
        timeout; and when a socket is closed meanwhile. Beside others, and with a
        timeout, sockets that are closed already are never ready.
    """
    # A snapshot: the caller's list may change while descriptors are asked for, which is
    # done by code of the user's, or in another thread.
    cdef list items = list(sockets)
    cdef Py_ssize_t n = len(items)
    cdef PollItem on_stack[POLL_ON_STACK]
    cdef zq_pollfd fds_on_stack[POLL_ON_STACK + 1]
    cdef PollItem *polled = on_stack
    cdef zq_pollfd *fds = fds_on_stack
    cdef double ms = _ms_argument(timeout)
    if n == 0:
        return []
    if n > POLL_ON_STACK:
        polled = <PollItem *>malloc(n * sizeof(PollItem))
        fds = <zq_pollfd *>malloc((n + 1) * sizeof(zq_pollfd))
    try:
        if polled == NULL or fds == NULL:
            raise MemoryError(f"no memory to poll {n} sockets")
        _prepare_poll(items, n, polled, fds)
        if not _look_at_all(n, polled, fds) and ms != 0:
            if ms < 0:
                _require_something_left(n, polled)
            _wait_for_any(n, polled, fds, ms)
        return _collect_poll(n, polled, fds)
    finally:
        if polled != on_stack:
            free(polled)
        if fds != fds_on_stack:
            free(fds)


cdef inline bint _has_closed(Socket s):
    return s._h is not None and _is_closed(<_Handle>s._h)


cdef int _require_something_left(Py_ssize_t n, PollItem *polled) except -1:
    cdef Py_ssize_t i
    for i in range(n):
        if not polled[i].closed:
            return 0
    _raise_with(ENOTSOCK, "all sockets that are polled have been closed")


cdef int _prepare_poll(
    list items, Py_ssize_t n, PollItem *polled, zq_pollfd *fds
) except -1:
    cdef Py_ssize_t i
    cdef _Handle h
    for i in range(n):
        thing, events = items[i]
        polled[i].events = _int_argument("flags", events)
        polled[i].found = 0
        polled[i].closed = isinstance(thing, Socket) and _has_closed(<Socket>thing)
        if polled[i].closed:
            # Programs close sockets and leave them registered, as epoll permits it. The
            # system call ignores a descriptor of -1.
            polled[i].socket = NULL
            fds[i].fd = -1
            fds[i].events = 0
        elif isinstance(thing, Socket):
            h = <_Handle>(<Socket>thing)._h
            items[i] = (thing, events)  # an item may be a list, and change: kept alive
            polled[i].socket = <PyObject *>thing
            fds[i].fd = _fd_of_usable(h)
            fds[i].events = POLLIN
        else:
            polled[i].socket = NULL
            fds[i].fd = _descriptor(thing)
            fds[i].events = zq_to_system(polled[i].events)
        fds[i].revents = 0
    return 0


cdef int _look_at_all(Py_ssize_t n, PollItem *polled, zq_pollfd *fds) except -1:
    """Look at every item once, without waiting; returns how many are ready."""
    cdef Py_ssize_t i
    cdef int rc
    cdef bint lone_socket = n == 1 and polled[0].socket != NULL
    if not lone_socket:  # its EVENTS looks at the descriptor anyway
        while True:
            rc = zq_poll_until(fds, <int>n, 0)
            if rc >= 0:
                break
            if errno != EINTR:
                raise OSError(errno, "polling failed")
            PyErr_CheckSignals()
    return _evaluate(n, polled, fds, lone_socket)


cdef int _evaluate(
    Py_ssize_t n, PollItem *polled, zq_pollfd *fds, bint look
) except -1:
    cdef Py_ssize_t i
    cdef int ready = 0
    cdef _Handle h
    for i in range(n):
        if polled[i].socket == NULL:
            polled[i].found = zq_from_system(fds[i].revents)
        else:
            h = <_Handle>(<Socket>polled[i].socket)._h
            polled[i].found = polled[i].events & _events_of_usable(
                h, look or fds[i].revents != 0
            )
        ready += polled[i].found != 0
    return ready


cdef int _wait_for_any(
    Py_ssize_t n, PollItem *polled, zq_pollfd *fds, double timeout
) except -1:
    cdef int64_t deadline = _deadline_in_ms(timeout)
    cdef int64_t spin = 0, spin_end
    cdef zq_waiter *waiters = <zq_waiter *>malloc(n * sizeof(zq_waiter))
    cdef zq_seat *seat = NULL
    cdef list handles = []
    cdef Py_ssize_t i
    cdef int rc, err, enlisted = 0
    cdef _Handle h
    if waiters == NULL:
        raise MemoryError(f"no memory to poll {n} sockets")
    try:
        seat = _borrow_seat()
        fds[n].fd = seat.waker.read_fd
        fds[n].events = POLLIN
        for i in range(n):
            if polled[i].socket != NULL:
                h = <_Handle>(<Socket>polled[i].socket)._h
                handles.append(h)
                spin = max(
                    spin,
                    _enlist_in(h, &waiters[enlisted], &seat.waker, polled[i].events),
                )
                enlisted += 1
        # Since the first look other threads may have taken what made a descriptor
        # readable; from here on they wake this one.
        if _evaluate(n, polled, fds, False):
            return 0
        spin_end = zq_spin_end(spin, deadline)
        while True:
            for h in handles:
                _drain_poller(h)
            PyErr_CheckSignals()
            # Its handlers may have closed sockets, or this may be a child of theirs,
            # whose wake-up descriptor is the parent's.
            for h in handles:
                _require_open_while_polled(h)
            if seat.generation != zq_fork_generation:
                fds[n].fd = -1
            _begin_sleep(handles)
            with nogil:
                rc = zq_spin_and_poll(fds, <int>n + 1, NULL, &spin_end, deadline)
                err = errno
            _end_sleep(handles)
            if rc < 0:
                if err != EINTR:
                    raise OSError(err, "polling failed")
                if seat.waker.read_fd >= 0:
                    continue
                # Without a descriptor to be woken by, this thread looks by itself.
            if fds[n].revents:
                zq_waker_drain(&seat.waker)
            for h in handles:
                _require_open_while_polled(h)
            if _evaluate(n, polled, fds, False):
                return 0
            if rc == 0 and deadline != ZQ_FOREVER and zq_now_ns() >= deadline:
                return 0
    finally:
        for i in range(enlisted):
            _dismiss_from(<_Handle>handles[i], &waiters[i])
        free(waiters)
        if seat != NULL:
            zq_seat_give_back(seat, True)


cdef list _collect_poll(Py_ssize_t n, PollItem *polled, zq_pollfd *fds):
    cdef Py_ssize_t i
    cdef list ready = []
    for i in range(n):
        if polled[i].found:
            ready.append((
                <int>fds[i].fd if polled[i].socket == NULL
                else <object>polled[i].socket,
                polled[i].found,
            ))
    return ready
