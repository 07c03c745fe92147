# Proxies: one loop of our own behind proxy, proxy_steerable and monitored_queue. Its
# inside, which needs no GIL, is native/relay.c.
#
# Unlike libzmq's it can be steered from any thread without a control socket, is
# interrupted by signals, and loses nothing when it ends.

cdef class ProxyLoop:
    """Moves messages between sockets until it is told to stop.

    :param frontend: the socket on one side.
    :param backend: the socket on the other side; may be the same.
    :param capture: a socket that gets a copy of every message, or None.
    :param control: a socket to receive ``PAUSE``, ``RESUME``, ``TERMINATE`` and
        ``STATISTICS`` from, or None.
    :param in_prefix: bytes put before what is captured from the frontend, or None.
    :param out_prefix: bytes put before what is captured from the backend, or None.
    :param swap_ids: exchange the first two frames of every message, for ROUTER-ROUTER.

    :meth:`run` runs it in this thread, without the GIL; the other methods may be called
    from any thread, at any time.
    """
    cdef object __weakref__
    cdef zq_relay relay
    cdef int command
    cdef bint running
    cdef object sockets
    cdef list handles          # of the sockets, each once
    cdef zq_waiter waiters[ZQ_MAX_RELAYED]
    cdef object signal_error   # raised by a handler when run could not be left at once
    cdef bytes in_prefix, out_prefix
    cdef object capture, control
    cdef zq_seat *seat

    def __init__(
        self, Socket frontend not None, Socket backend not None, Socket capture=None,
        Socket control=None, in_prefix=None, out_prefix=None, bint swap_ids=False,
    ):
        self.capture = capture
        self.control = control
        self.in_prefix = in_prefix
        self.out_prefix = out_prefix
        self.relay.swap = swap_ids
        sockets = [frontend, backend]
        for extra in (capture, control):
            if extra is not None:
                sockets.append(extra)
        for socket in sockets:
            _usable(<Socket>socket)
        self.sockets = sockets

    def __dealloc__(self):
        zq_relay_free(&self.relay)

    def stop(self):
        """Make :meth:`run` return; if it has not begun yet, as soon as it does."""
        self._command(ZQ_RELAY_STOP)

    def pause(self):
        """Leave messages where they are until :meth:`resume`."""
        if zq_atomic_load_int(&self.command) != ZQ_RELAY_STOP:
            self._command(ZQ_RELAY_PAUSE)

    def resume(self):
        """Undo a :meth:`pause`."""
        if zq_atomic_load_int(&self.command) != ZQ_RELAY_STOP:
            self._command(ZQ_RELAY_RUN)

    cdef int _command(self, int command) except -1:
        cdef zq_section section
        zq_atomic_store_int(&self.command, command)
        zq_enter(&section, <void *>self)
        if self.seat != NULL:
            zq_wake(&self.seat.waker)
        zq_leave(&section)
        return 0

    @property
    def paused(self):
        """Whether it was told to pause."""
        return zq_atomic_load_int(&self.command) == ZQ_RELAY_PAUSE

    def statistics(self):
        """Return what has been moved so far, as a dict of ints.

        Its keys are ``frontend_messages`` and ``frontend_bytes``, for what came in at
        the frontend, and ``backend_messages`` and ``backend_bytes`` likewise.
        """
        return {
            "frontend_messages": self.relay.routes[0].messages,
            "frontend_bytes": self.relay.routes[0].bytes,
            "backend_messages": self.relay.routes[1].messages,
            "backend_bytes": self.relay.routes[1].bytes,
        }

    def run(self):
        """Run until :meth:`stop`, an error, or a signal handler that raises.

        :raises ContextTerminated: when the context of the sockets is terminated.
        :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
        """
        cdef list handles = []
        cdef list claimed = []
        cdef _Handle h
        cdef int i, enlisted = 0
        for socket in self.sockets:
            h = _usable(<Socket>socket)
            if h not in handles:
                handles.append(h)
        self._begin(handles)
        try:
            self._prepare(handles)
            self.relay.waker_fd = <int>self.seat.waker.read_fd
            for h in handles:
                _enlist_in(h, &self.waiters[enlisted], &self.seat.waker, 0)
                enlisted += 1
            for h in handles:
                _claim(h, "a proxy")
                claimed.append(h)
                # Those who wait for it look again, and find it taken.
                _tell_everybody_of(h)
            self._run(handles)
        finally:
            # Callbacks run as messages are put back, and may raise: the sockets are free
            # again all the same.
            try:
                self._put_back_at_hand(handles)
            finally:
                for h in claimed:
                    _give_up_claim(h)
                for i in range(enlisted):
                    _dismiss_from(<_Handle>handles[i], &self.waiters[i])
                self._end()

    cdef int _begin(self, list handles) except -1:
        cdef zq_section section
        zq_enter(&section, <void *>self)
        try:
            if self.running:
                raise RuntimeError("this proxy runs already")
            self.seat = _borrow_seat()
            self.running = True
            self.handles = handles
        finally:
            zq_leave(&section)
        return 0

    cdef int _end(self) except -1:
        cdef zq_section section
        cdef zq_seat *seat
        zq_enter(&section, <void *>self)
        seat = self.seat
        self.seat = NULL
        self.running = False
        zq_leave(&section)
        zq_seat_give_back(seat, True)
        return 0

    cdef int _prepare(self, list handles) except -1:
        cdef zq_relay *relay = &self.relay
        cdef _Handle front = <_Handle>(<Socket>self.sockets[0])._h
        cdef _Handle back = <_Handle>(<Socket>self.sockets[1])._h
        cdef _Handle h
        cdef int i
        relay.command = &self.command
        relay.signals = &_run_handlers_of
        relay.signals_context = <void *>self
        relay.next_signals = 0
        relay.n_routes = 1 if front is back else 2
        self._prepare_route(0, front, back, self.in_prefix)
        self._prepare_route(1, back, front, self.out_prefix)
        relay.capture = NULL
        if self.capture is not None:
            h = <_Handle>(<Socket>self.capture)._h
            relay.capture = h.ptr
            relay.capture_sender = &h.sender
            relay.capture_fd = _fd_of_usable(h)
        relay.control_fd = -1
        if self.control is not None:
            relay.control_fd = _fd_of_usable(
                <_Handle>(<Socket>self.control)._h
            )
        relay.n_closed = len(handles)
        for i, h in enumerate(handles):
            relay.closed[i] = &h.closed
        return 0

    cdef int _prepare_route(
        self, int i, _Handle source, _Handle target, bytes prefix
    ) except -1:
        cdef zq_route *route = &self.relay.routes[i]
        route.source = source.ptr
        route.target = target.ptr
        route.sender = &target.sender
        route.source_fd = _fd_of_usable(source)
        route.target_fd = _fd_of_usable(target)
        route.prefix = NULL
        if prefix is not None:
            route.prefix = PyBytes_AS_STRING(prefix)
            route.prefix_size = PyBytes_GET_SIZE(prefix)
        return 0

    cdef int _run(self, list handles) except -1:
        cdef int end
        cdef _Handle h
        if self.control is not None:
            _obey_control(self)
        self.relay.routes[0].returned = self.relay.routes[1].returned = False
        self._take_returned(handles)
        while True:
            PyErr_CheckSignals()
            self._refuse_in_child()
            _begin_sleep(handles)
            with nogil:
                end = zq_relay_run(&self.relay)
            _end_sleep(handles)
            if self.signal_error is not None:
                error, self.signal_error = self.signal_error, None
                raise error
            self._refuse_in_child()
            zq_waker_drain(&self.seat.waker)
            if zq_leases_any():
                _drain_returned()
            if end == ZQ_END_FAILED:
                _raise(self.relay.error)
            if end == ZQ_END_RETURNED:
                self._take_returned(handles)
            # While messages never cease to come in, the loop never sleeps, and so does
            # not learn of commands.
            if end != ZQ_END_STOPPED and self.control is not None:
                _obey_control(self)
            if end == ZQ_END_STOPPED:
                for h in handles:
                    if _is_closed(h):
                        _raise_closed_while(h, "a proxy was running")
                # What a handler raises must not take the place of a stop that is obeyed:
                # who then runs the proxy again would wait for another one.
                PyErr_CheckSignals()
                self.command = ZQ_RELAY_RUN
                return 0

    cdef int _refuse_in_child(self) except -1:
        # A signal handler may fork.
        if self.seat.generation != zq_fork_generation:
            _raise_forked("Socket", (<_Handle>self.handles[0]).pid)
        return 0

    cdef int _take_returned(self, list handles) except -1:
        """Put the next message that had been put back at hand of its route."""
        cdef int i
        cdef _Handle h
        cdef zq_route *route
        for i in range(self.relay.n_routes):
            route = &self.relay.routes[i]
            for h in handles:
                if h.ptr == route.source and h.returned is not None:
                    if not zq_relay_at_hand(route):
                        self._take_frames(route, _next_returned_of(h))
                    route.returned = h.returned is not None
        return 0

    cdef int _take_frames(self, zq_route *route, list frames) except -1:
        cdef zq_frame *given = zq_relay_give(route, <int>PyList_GET_SIZE(frames))
        cdef int i
        if given == NULL:
            raise MemoryError("no memory for the frames of a message")
        for i, frame in enumerate(frames):
            _copy_msg(&given[i].msg, <Frame>frame)
        zq_relay_given(&self.relay, route)
        return 0

    cdef list _last_at_hand(self, zq_route *route):
        """The frames of the last message at hand, which no longer is."""
        cdef list frames = []
        cdef Frame frame
        cdef int i, n
        cdef zq_frame *taken = zq_relay_last(&self.relay, route, &n)
        for i in range(n):
            frame = _wrap(&taken[i].msg, False)
            frame.more = i < n - 1
            frames.append(frame)
        return frames

    cdef int _put_back_at_hand(self, list handles) except -1:
        cdef zq_route *route = &self.relay.routes[0]
        cdef _Handle h
        if not zq_relay_at_hand(route):
            route = &self.relay.routes[1]
        if not zq_relay_at_hand(route):
            return 0
        try:
            frames = self._last_at_hand(route)  # the oldest one last: it comes first again
            for h in handles:
                if h.ptr == route.source and not _is_closed(h):
                    _put_back_in(h, frames)
        finally:
            # Even if a callback has raised: what is left here would be lost.
            self._put_back_at_hand(handles)
        return 0

    cdef bint _run_signal_handlers(self) noexcept:
        """Run them while the sockets are in use; whether they may be used further."""
        cdef _Handle h
        cdef bint usable = True
        try:
            _end_sleep(self.handles)
            PyErr_CheckSignals()
        except BaseException as error:
            self.signal_error = error
            usable = False
        _begin_sleep(self.handles)
        for h in self.handles:
            usable = usable and not _is_closed(h) and h.generation == zq_fork_generation
        return usable


cdef int _run_handlers_of(void *loop) noexcept nogil:
    """Run Python's signal handlers; whether to go on."""
    with gil:
        return (<ProxyLoop><PyObject *>loop)._run_signal_handlers()
