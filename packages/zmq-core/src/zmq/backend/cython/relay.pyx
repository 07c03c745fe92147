# Moving messages from socket to socket without the GIL: the inside of a proxy.
#
# A message is taken as a whole and kept until the target has accepted its first frame;
# so when the loop is stopped meanwhile, the message can go back to where it came from.
# Those that are there are taken together, sent together, and then captured: the thread
# that writes them is woken less often than by one at a time.

cdef enum:
    BURST = 1000               # messages moved one way before the other gets its turn
    SIGNAL_PERIOD = 20000000   # ns between looks for signals while messages flow
    MAX_PROXIED = 4
    MAX_AT_HAND = 32           # messages taken together

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
    # One direction, and the messages that its target was too full for.
    void *source
    void *target
    int source_fd
    int target_fd
    const char *prefix         # frame put before what is captured; NULL for none
    size_t prefix_size
    zmq_msg_t *frames          # `capacity` of them, empty ones after those at hand
    zmq_msg_t *copies
    int capacity
    int ends[MAX_AT_HAND]      # of each message that was taken: where the next begins
    int taken                  # how many messages were
    int passed                 # how many of them are no longer at hand
    bint returned              # Python holds messages that come before the source's
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
    bint interrupted           # a signal handler has raised something
    int error


cdef bint _relay_must_stop(Relay *relay) noexcept nogil:
    cdef int i
    for i in range(relay.n_closed):
        if relay.closed[i][0]:
            return True
    return zq_atomic_load_int(relay.command) == RELAY_STOP


cdef bint _refused(int err) noexcept nogil:
    return err == EAGAIN or err == EINTR


cdef inline bint _any_at_hand(Route *route) noexcept nogil:
    return route.passed < route.taken


cdef inline int _begin_of(Route *route, int message) noexcept nogil:
    """The index of the first frame of a message that was taken, or is to be."""
    return route.ends[message - 1] if message else 0


cdef int _grow(Route *route, int n_frames) noexcept nogil:
    """Make room for more frames after the first ones."""
    cdef int i, capacity = route.capacity * 2 if route.capacity else MAX_AT_HAND
    cdef zmq_msg_t *frames = <zmq_msg_t *>malloc(capacity * sizeof(zmq_msg_t))
    cdef zmq_msg_t *copies = <zmq_msg_t *>malloc(capacity * sizeof(zmq_msg_t))
    if frames == NULL or copies == NULL:
        free(frames)
        free(copies)
        return -1
    # A message may be moved in memory by zmq_msg_move alone.
    for i in range(capacity):
        zmq_msg_init(&frames[i])
        if i < n_frames:
            zmq_msg_move(&frames[i], &route.frames[i])
    free(route.frames)
    free(route.copies)
    route.frames = frames
    route.copies = copies
    route.capacity = capacity
    return 0


cdef int _take(Relay *relay, Route *route) noexcept nogil:
    """Take messages from the source; 1 when there are none, -1 on an error."""
    cdef int rc = 0
    route.taken = route.passed = 0
    while rc == 0 and route.taken < MAX_AT_HAND:
        rc = _take_one(relay, route)
    # An error comes again, once those before it are dealt with.
    return 0 if route.taken else rc


cdef int _take_one(Relay *relay, Route *route) noexcept nogil:
    cdef int begin = _begin_of(route, route.taken), n = begin
    cdef bint more = True
    while more:
        if n == route.capacity and _grow(route, n) < 0:
            relay.error = ENOMEM
            return _drop_frames(route, begin, n)
        while zmq_msg_recv(&route.frames[n], route.source, ZMQ_DONTWAIT) < 0:
            relay.error = last_errno()
            if n == begin and (relay.error == ENOTSUP or relay.error == EFSM):
                # It never has any (PUSH), or not in this state (REQ). The refusal has
                # left the mailbox as it was: EVENTS empties it.
                _read_mailbox(route.source)
                return 1
            if not _refused(relay.error):
                return _drop_frames(route, begin, n)
            if n == begin:
                return 1
            # The frames of a message arrive together: only a signal comes between.
        more = zmq_msg_more(&route.frames[n])
        n += 1
    if relay.swap:
        _swap_ids(&route.frames[begin], n - begin)
    route.ends[route.taken] = n
    route.taken += 1
    return 0


cdef int _drop_frames(Route *route, int begin, int end) noexcept nogil:
    """Forget what has come of a message whose rest will not come; returns -1."""
    cdef int i
    for i in range(begin, end):
        zmq_msg_close(&route.frames[i])
        zmq_msg_init(&route.frames[i])
    return -1


cdef void _read_mailbox(void *socket) noexcept nogil:
    cdef int events
    cdef size_t size = sizeof(events)
    zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size)


cdef void _swap_ids(zmq_msg_t *frames, int n) noexcept nogil:
    # The source has put the sender's id before the recipient's, which the sender wrote.
    cdef zmq_msg_t held
    if n >= 2:
        zmq_msg_init(&held)
        zmq_msg_move(&held, &frames[0])
        zmq_msg_move(&frames[0], &frames[1])
        zmq_msg_move(&frames[1], &held)
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
    """Send the messages at hand; 1 when the target is full, and the rest stays at hand.

    Also 1 when the capture was, and the loop must stop.
    """
    cdef int i, rc = 0, captured = 0, first = route.passed
    while rc == 0 and _any_at_hand(route):
        rc = _pass_one(relay, route)
    if relay.capture != NULL:
        for i in range(first, route.passed):
            captured = _capture(relay, route, i, captured)
    return captured if captured else rc


cdef int _pass_one(Relay *relay, Route *route) noexcept nogil:
    cdef int begin = _begin_of(route, route.passed), end = route.ends[route.passed]
    cdef int i, rc
    cdef uint64_t size = 0
    cdef bint failed = False
    for i in range(begin, end):
        size += zmq_msg_size(&route.frames[i])
        if relay.capture != NULL:
            zmq_msg_init(&route.copies[i])
            zmq_msg_copy(&route.copies[i], &route.frames[i])
    rc = zmq_msg_send(
        &route.frames[begin], route.target,
        ZMQ_DONTWAIT | (ZMQ_SNDMORE if end - begin > 1 else 0),
    )
    if rc < 0:
        relay.error = last_errno()
        if relay.capture != NULL:
            _drop_copies(route, begin, end)
        return 1 if _refused(relay.error) else -1
    for i in range(begin + 1, end):
        if _send_rest(relay, route.target, &route.frames[i], i < end - 1) < 0:
            failed = True
    route.passed += 1
    route.messages += 1
    route.bytes += size
    return -1 if failed else 0


cdef int _capture(Relay *relay, Route *route, int message, int failed) noexcept nogil:
    """Send the copy of a message; 1 when the loop must stop before that can be.

    :param failed: what came of the copies before; if not 0, this one is not sent.
    """
    cdef int begin = _begin_of(route, message), end = route.ends[message]
    cdef int rc = failed, i = begin
    if rc == 0 and route.prefix != NULL:
        rc = _capture_first(relay, route, NULL, True)
    elif rc == 0:
        rc = _capture_first(relay, route, &route.copies[i], end - begin > 1)
        if rc == 0:
            i += 1
    while i < end and rc == 0:
        if _send_rest(relay, relay.capture, &route.copies[i], i < end - 1) < 0:
            rc = -1
        i += 1
    _drop_copies(route, i, end)
    return rc


cdef void _drop_copies(Route *route, int begin, int end) noexcept nogil:
    cdef int i
    for i in range(begin, end):
        zmq_msg_close(&route.copies[i])


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
            relay.interrupted = True
            return 1
    return 0


cdef bint _relay_signals() noexcept nogil:
    """Run Python's signal handlers; whether to go on."""
    with gil:
        return _signals_pass()


cdef int _pump(Relay *relay, Route *route) noexcept nogil:
    """Move messages one way; returns how many, or -1 on an error."""
    cdef uint64_t before = route.messages
    cdef int rc = 0
    while rc == 0 and route.messages - before < BURST:
        if not _any_at_hand(route):
            if route.returned:
                break
            rc = _take(relay, route)
        if rc == 0:
            rc = _pass_on(relay, route)
    return -1 if rc < 0 else <int>(route.messages - before)


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
    cdef uint64_t passed
    cdef Route *route
    for i in range(relay.n_routes):
        route = &relay.routes[i]
        if not _any_at_hand(route):
            continue
        before = _events_of(route.target)
        passed = route.messages
        rc = _pass_on(relay, route)
        if rc < 0:
            return -1
        after = _events_of(route.target)
        if route.messages != passed or after & ~before & ZMQ_POLLOUT:
            going = 1
        elif relay.n_routes == 2 and not _any_at_hand(&relay.routes[1 - i]):
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
            fds[n].fd = route.target_fd if _any_at_hand(route) else route.source_fd
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
                if relay.routes[i].returned and not _any_at_hand(&relay.routes[i]):
                    return END_RETURNED
        if relay.interrupted:
            relay.interrupted = False
            return END_SIGNALS
        if moved:
            now = zq_now_ns()
            if now >= relay.next_signals:
                relay.next_signals = now + SIGNAL_PERIOD
                return END_SIGNALS
            continue
        if not paused:
            rc = _retry(relay)
            if rc < 0:
                return END_FAILED
            if rc or relay.interrupted:
                continue
        if _relay_wait(relay, paused) < 0:
            return END_SIGNALS
        if relay.control_fd >= 0:
            return END_CONTROL
