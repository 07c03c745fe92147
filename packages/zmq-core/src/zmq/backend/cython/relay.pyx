# Moving messages from socket to socket without the GIL: the inside of a proxy.
#
# A message is taken as a whole and kept until the target has accepted its first frame;
# so when the loop is stopped meanwhile, the message can go back to where it came from.

cdef enum:
    BURST = 1000               # messages moved one way before the other gets its turn
    SIGNAL_PERIOD = 20000000   # ns between looks for signals while messages flow
    MAX_PROXIED = 4

cdef enum RelayCommand:
    RELAY_RUN
    RELAY_PAUSE
    RELAY_STOP

# Why relay_run came back.
cdef enum RelayEnd:
    END_STOPPED
    END_SIGNALS
    END_CONTROL
    END_RETURNED
    END_FAILED


cdef struct Route:
    # One direction, and the message that its target was too full for.
    void *source
    void *target
    int source_fd
    int target_fd
    const char *prefix         # frame put before what is captured; NULL for none
    size_t prefix_size
    zmq_msg_t *frames          # `capacity` of them, empty ones after those at hand
    zmq_msg_t *copies
    int n_frames               # 0: no message at hand
    bint returned              # Python holds messages that come before the source's
    int capacity
    uint64_t messages
    uint64_t bytes


cdef struct Relay:
    Route routes[2]
    int n_routes
    void *capture
    int capture_fd
    int control_fd             # -1: none
    int waker_fd
    bint swap                  # ROUTER to ROUTER: exchange the two routing ids
    int *command
    bint *closed[MAX_PROXIED]
    int n_closed
    int64_t next_signals
    int error


cdef bint _relay_must_stop(Relay *relay) noexcept nogil:
    cdef int i
    for i in range(relay.n_closed):
        if relay.closed[i][0]:
            return True
    return zq_atomic_load_int(relay.command) == RELAY_STOP


cdef bint _refused(int err) noexcept nogil:
    return err == EAGAIN or err == EINTR


cdef int _grow(Route *route) noexcept nogil:
    cdef int capacity = route.capacity * 2 if route.capacity else 8
    cdef zmq_msg_t *frames = <zmq_msg_t *>malloc(capacity * sizeof(zmq_msg_t))
    cdef zmq_msg_t *copies = <zmq_msg_t *>malloc(capacity * sizeof(zmq_msg_t))
    if frames == NULL or copies == NULL:
        free(frames)
        free(copies)
        return -1
    # A message may be moved in memory by zmq_msg_move alone.
    for i in range(capacity):
        zmq_msg_init(&frames[i])
        if i < route.n_frames:
            zmq_msg_move(&frames[i], &route.frames[i])
    free(route.frames)
    free(route.copies)
    route.frames = frames
    route.copies = copies
    route.capacity = capacity
    return 0


cdef int _take(Relay *relay, Route *route) noexcept nogil:
    """Take a whole message from the source; 1 when there is none, -1 on an error."""
    cdef zmq_msg_t *frame
    cdef bint more = True
    while more:
        if route.n_frames == route.capacity and _grow(route) < 0:
            relay.error = ENOMEM
            return -1
        frame = &route.frames[route.n_frames]
        while zmq_msg_recv(frame, route.source, ZMQ_DONTWAIT) < 0:
            relay.error = last_errno()
            if route.n_frames == 0 and (
                relay.error == ENOTSUP or relay.error == EFSM
            ):
                # It never has any (PUSH), or not in this state (REQ). The refusal has
                # left the mailbox as it was: EVENTS empties it.
                _read_mailbox(route.source)
                return 1
            if not _refused(relay.error):
                return -1
            if route.n_frames == 0:
                return 1
            # The frames of a message arrive together: only a signal comes between.
        more = zmq_msg_more(frame)
        route.n_frames += 1
    if relay.swap:
        _swap_ids(route)
    return 0


cdef void _read_mailbox(void *socket) noexcept nogil:
    cdef int events
    cdef size_t size = sizeof(events)
    zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size)


cdef void _swap_ids(Route *route) noexcept nogil:
    # The source has put the sender's id before the recipient's, which the sender wrote.
    cdef zmq_msg_t held
    if route.n_frames >= 2:
        zmq_msg_init(&held)
        zmq_msg_move(&held, &route.frames[0])
        zmq_msg_move(&route.frames[0], &route.frames[1])
        zmq_msg_move(&route.frames[1], &held)
        zmq_msg_close(&held)


cdef int _send_rest(Relay *relay, void *target, zmq_msg_t *frame, bint more) noexcept nogil:
    """Send a frame to who has taken the first one, and so does not refuse."""
    cdef int rc
    while True:
        rc = zmq_msg_send(frame, target, ZMQ_DONTWAIT | (ZMQ_SNDMORE if more else 0))
        if rc >= 0:
            return 0
        relay.error = last_errno()
        if not _refused(relay.error):
            zmq_msg_close(frame)
            zmq_msg_init(frame)
            return -1


cdef int _pass_on(Relay *relay, Route *route) noexcept nogil:
    """Send the message at hand; 1, and it stays at hand, when the target is full."""
    cdef int i, rc, n = route.n_frames
    cdef uint64_t size = 0
    cdef bint failed = False
    for i in range(n):
        size += zmq_msg_size(&route.frames[i])
        if relay.capture != NULL:
            zmq_msg_init(&route.copies[i])
            zmq_msg_copy(&route.copies[i], &route.frames[i])
    rc = zmq_msg_send(
        &route.frames[0], route.target, ZMQ_DONTWAIT | (ZMQ_SNDMORE if n > 1 else 0)
    )
    if rc < 0:
        relay.error = last_errno()
        if relay.capture != NULL:
            for i in range(n):
                zmq_msg_close(&route.copies[i])
        return 1 if _refused(relay.error) else -1
    for i in range(1, n):
        if _send_rest(relay, route.target, &route.frames[i], i < n - 1) < 0:
            failed = True
    route.n_frames = 0
    route.messages += 1
    route.bytes += size
    if relay.capture != NULL and _capture(relay, route, n) < 0:
        failed = True
    return -1 if failed else 0


cdef int _capture(Relay *relay, Route *route, int n) noexcept nogil:
    cdef int i, rc, captured = 0
    if route.prefix != NULL:
        rc = _capture_first(relay, route, NULL, True)
    else:
        rc = _capture_first(relay, route, &route.copies[0], n > 1)
        captured = 1 if rc == 0 else 0
    for i in range(captured, n):
        if rc == 0:
            if _send_rest(relay, relay.capture, &route.copies[i], i < n - 1) < 0:
                rc = -1
        else:
            zmq_msg_close(&route.copies[i])
    return -1 if rc < 0 else 0


cdef inline int _try_capture(
    Relay *relay, Route *route, zmq_msg_t *frame, bint more
) noexcept nogil:
    cdef int flags = ZMQ_DONTWAIT | (ZMQ_SNDMORE if more else 0)
    if frame == NULL:
        return zmq_send(relay.capture, route.prefix, route.prefix_size, flags)
    return zmq_msg_send(frame, relay.capture, flags)


cdef int _capture_first(
    Relay *relay, Route *route, zmq_msg_t *frame, bint more
) noexcept nogil:
    """Wait until the capture takes a frame; 1 when the loop must stop before it has.

    That message has been passed on already, and is then not captured. Without a frame,
    it is the prefix of the route.
    """
    cdef zq_pollfd fds[2]
    while _try_capture(relay, route, frame, more) < 0:
        relay.error = last_errno()
        if not _refused(relay.error):
            return -1
        _read_mailbox(relay.capture)
        if _try_capture(relay, route, frame, more) >= 0:
            return 0
        if _relay_must_stop(relay):
            return 1
        memset(fds, 0, sizeof(fds))
        fds[0].fd = relay.capture_fd
        fds[0].events = POLLIN
        fds[1].fd = relay.waker_fd
        fds[1].events = POLLIN
        if zq_poll_until(fds, 2, ZQ_FOREVER) < 0 and not _relay_signals():
            return 1
    return 0


cdef bint _relay_signals() noexcept nogil:
    """Run Python's signal handlers; whether to go on."""
    with gil:
        return _signals_pass()


cdef int _pump(Relay *relay, Route *route) noexcept nogil:
    """Move messages one way; returns how many, or -1 on an error."""
    cdef int moved = 0, rc
    while moved < BURST:
        if route.n_frames == 0:
            if route.returned:
                return moved
            rc = _take(relay, route)
            if rc:
                return -1 if rc < 0 else moved
        rc = _pass_on(relay, route)
        if rc:
            return -1 if rc < 0 else moved
        moved += 1
    return moved


cdef bint _any_at_hand(Relay *relay) noexcept nogil:
    return relay.routes[0].n_frames != 0 or relay.routes[1].n_frames != 0


cdef int _events_of(void *socket) noexcept nogil:
    cdef int events = 0
    cdef size_t size = sizeof(events)
    zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size)
    return events


cdef int _retry(Relay *relay) noexcept nogil:
    """Try once more what is at hand; whether the loop has to go on, -1 on an error.

    Each of these calls reads a mailbox, and so may swallow what would have ended the
    sleep to come. Therefore the last one is a look at what that has brought.
    """
    cdef int i, before, after, rc, going = 0
    cdef Route *route
    for i in range(relay.n_routes):
        route = &relay.routes[i]
        if route.n_frames == 0:
            continue
        before = _events_of(route.target)
        rc = _pass_on(relay, route)
        if rc < 0:
            return -1
        after = _events_of(route.target)
        if rc == 0 or after & ~before & ZMQ_POLLOUT:
            going = 1
        elif relay.n_routes == 2 and relay.routes[1 - i].n_frames == 0:
            going |= (after & ZMQ_POLLIN) != 0  # the target is the other one's source
    return going


cdef int _relay_wait(Relay *relay, bint paused) noexcept nogil:
    """Sleep until something may be moved; returns poll's result."""
    cdef zq_pollfd fds[6]
    cdef int i, n = 0
    cdef Route *route
    memset(fds, 0, sizeof(fds))
    fds[n].fd = relay.waker_fd
    n += 1
    if relay.control_fd >= 0:
        fds[n].fd = relay.control_fd
        n += 1
    if not paused:
        # Only sockets whose mailbox was just emptied, or this would not sleep: the
        # source of a route without a message, the target of one that has one.
        for i in range(relay.n_routes):
            route = &relay.routes[i]
            fds[n].fd = route.target_fd if route.n_frames else route.source_fd
            n += 1
    for i in range(n):
        fds[i].events = POLLIN
    return zq_poll_until(fds, n, ZQ_FOREVER)


cdef int _relay_run(Relay *relay) noexcept nogil:
    """Move messages until there is something that needs the GIL; a RelayEnd."""
    cdef int i, rc, moved
    cdef bint paused
    cdef int64_t now
    while True:
        if _relay_must_stop(relay):
            return END_STOPPED
        paused = zq_atomic_load_int(relay.command) == RELAY_PAUSE
        moved = 0
        if not paused:
            for i in range(relay.n_routes):
                rc = _pump(relay, &relay.routes[i])
                if rc < 0:
                    return END_FAILED
                moved += rc
                if relay.routes[i].returned and relay.routes[i].n_frames == 0:
                    return END_RETURNED
        if moved:
            now = zq_now_ns()
            if now >= relay.next_signals:
                relay.next_signals = now + SIGNAL_PERIOD
                return END_SIGNALS
            continue
        if not paused and _any_at_hand(relay):
            rc = _retry(relay)
            if rc < 0:
                return END_FAILED
            if rc:
                continue
        if _relay_wait(relay, paused) < 0:
            return END_SIGNALS
        if relay.control_fd >= 0:
            return END_CONTROL
