# Operations that need no waiting, answered by futures that are done.
#
# Nothing is known of event loops here: those who are have a class of futures, a function
# that tells which loop runs, and methods for all that is not simply there.

cdef extern from "ready_future.h":
    object zq_make_ready_type(object base)
    object zq_make_ready(object value, PyObject *socket, long long order)
    void zq_set_running_loop(object function)
    bint zq_runs_in(PyObject *loop) except -1


def ready_type(cls, running_loop):
    """Return the class of the futures that :class:`EagerSocket` objects make done.

    It is a subclass with the attributes ``_value``, ``_socket`` and ``_order``, and
    with what an await needs.

    :param cls: a class of futures, with a method ``_drop``, to be called when the
        result of a receive was never looked at, and ``result``, which raises what there
        is to raise when there is no ``_value``.
    :param running_loop: returns the event loop that runs in this thread, or None.
    """
    if not isinstance(cls, type) or not callable(running_loop):
        raise TypeError(
            f"a class and a function are required, not {cls!r} and {running_loop!r}"
        )
    made = zq_make_ready_type(cls)
    zq_set_running_loop(running_loop)
    return made


cdef class TurnClock:
    """Tells for how long an event loop has been kept from turning.

    `since` is when that began, in nanoseconds; `turning`, whether the loop has been
    asked to say when it turns.
    """

    cdef public int64_t since
    cdef public bint turning

    def within(self, int64_t budget):
        """Whether less than `budget` nanoseconds have passed."""
        return zq_now_ns() - self.since < budget

    def start(self):
        """Begin to measure."""
        self.since = zq_now_ns()
        self.turning = True


cdef class EagerSocket(Socket):
    """A socket whose operations return futures: at once, where nothing has to wait.

    What has to wait is for the methods of the subclass named ``_slow_send`` and so on,
    which take the same arguments. Those that receive are called with ``tried=True``
    after an attempt, see ``_refused``. Errors are for its ``_failed(error)``, which
    returns a future: an attempt that has failed is not repeated, since libzmq may have
    taken the message before a signal handler, say, raised.
    """

    cdef public object _loop          # the event loop it is used in
    cdef public TurnClock _clock      # of that loop
    cdef public int64_t _budget       # nanoseconds
    cdef public object _receiving     # who waits; newcomers come after them
    cdef public object _sending

    @property
    def _refused(self):
        """Whether the last thing done with the socket was to receive in vain.

        What has come since then its descriptor tells. A caller that has just received
        in vain need not do so again, once it listens, for fear of what others may have
        done meanwhile.
        """
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return False
        zq_enter(&section, <void *>h)
        refused = (
            h.known_events == REFUSED and _is_free(<PyObject *>h) and not h.foreign
            and h.returned is None
        )
        zq_leave(&section)
        return refused

    def send(
        self, data, flags=0, bint copy=True, bint track=False, routing_id=None,
        group=None,
    ):
        """Send one message frame; see :meth:`zmq.Socket.send`.

        :returns: a future of None, or of the tracker. When it is cancelled before it
            is done, nothing has been sent.
        """
        cdef bint blocked = False
        if _may_send(self):
            try:
                if (
                    flags is _no_flags and not track and routing_id is None
                    and group is None
                    and _send_small_entered(<PyObject *>self._h, <PyObject *>data)
                ):
                    return zq_make_ready(None, NULL, 0)
                result = _send_one(
                    self, data, _flags(flags) | ZMQ_DONTWAIT, copy, track, routing_id,
                    group, &blocked,
                )
            except Exception as error:
                return self._failed(error)
            if not blocked:
                return zq_make_ready(result, NULL, 0)
        return self._slow_send(
            data, flags, copy, track, routing_id=routing_id, group=group
        )

    def send_multipart(
        self, msg_parts, flags=0, bint copy=True, bint track=False, routing_id=None,
        group=None,
    ):
        """Send a message of several frames; see :meth:`zmq.Socket.send_multipart`.

        :returns: a future of None, or of the tracker. When it is cancelled before it
            is done, nothing has been sent.
        """
        cdef bint blocked = False
        if not isinstance(msg_parts, (list, tuple)):
            msg_parts = list(msg_parts)  # an iterator could be read only once
        if _may_send(self):
            try:
                result = _send_frames(
                    self, <PyObject *>msg_parts, _flags(flags) | ZMQ_DONTWAIT, copy,
                    track, routing_id, group, &blocked,
                )
            except Exception as error:
                return self._failed(error)
            if not blocked:
                return zq_make_ready(result, NULL, 0)
        return self._slow_send_multipart(
            msg_parts, flags, copy, track, routing_id=routing_id, group=group
        )

    def recv(self, flags=0, bint copy=True, bint track=False):
        """Receive one message frame; see :meth:`zmq.Socket.recv`.

        :returns: a future of bytes, or of a Frame. When it is cancelled before it is
            done, nothing has been received.
        """
        if flags == 0 and _may_receive(self):
            try:
                ready = _recv_ready(self, copy, track, True)
            except Exception as error:
                return self._failed(error)
            if ready is not None:
                return ready
            return self._slow_recv(flags, copy, track, tried=True)
        return self._slow_recv(flags, copy, track)

    def recv_multipart(self, flags=0, bint copy=True, bint track=False):
        """Receive a whole message; see :meth:`zmq.Socket.recv_multipart`.

        :returns: a future of a list of bytes, or of Frames. When it is cancelled before
            it is done, nothing has been received.
        """
        if flags == 0 and _may_receive(self):
            try:
                ready = _recv_ready(self, copy, track, False)
            except Exception as error:
                return self._failed(error)
            if ready is not None:
                return ready
            return self._slow_recv_multipart(flags, copy, track, tried=True)
        return self._slow_recv_multipart(flags, copy, track)


cdef object _recv_ready(EagerSocket s, bint copy, bint track, bint one):
    """Receive a message, or one frame, as a future that is done; None if it must wait."""
    cdef _Handle h = <_Handle>s._h
    cdef long long order
    cdef bint part = False
    cdef zq_section section
    if not ZQ_HAS_GIL and one and copy and not track:
        result = _recv_at_once(<PyObject *>h, &order)
        if result is not None:
            return zq_make_ready(result, <PyObject *>s, order or _next_order(h))
    zq_enter(&section, <void *>h)
    try:
        h.order = 0
        h.orders = None
        if one:
            result = _recv_one_inside(s, ZMQ_DONTWAIT, copy, track)
            part = h.within or h.more
        else:
            result = _recv_frames_inside(s, ZMQ_DONTWAIT, copy, track)
        # A part of a message can be put back only until something else is received.
        order = -<long long>h.taken if part else h.order
        # Unless others have been told, or it waits on a poller, with edges of its own.
        if result is None and h.known_events == UNKNOWN and h.type < ZMQ_FIRST_DRAFT:
            h.known_events = REFUSED
    finally:
        zq_leave(&section)
    if result is None:
        return None
    return zq_make_ready(result, <PyObject *>s, order or _next_order(h))


cdef inline bint _in_time(EagerSocket s):
    # Of a closed socket the slow way tells.
    return (
        s._clock is not None and s._h is not None and not _is_closed(<_Handle>s._h)
        and zq_now_ns() - s._clock.since < s._budget
        and zq_runs_in(<PyObject *>s._loop)
    )


cdef inline bint _may_send(EagerSocket s):
    return _in_time(s) and len(s._sending) == 0


cdef inline bint _may_receive(EagerSocket s):
    return _in_time(s) and len(s._receiving) == 0
