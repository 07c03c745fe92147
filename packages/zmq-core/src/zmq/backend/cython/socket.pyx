# The methods of a socket that send and receive.

cdef class Socket(BareSocket):
    """The compiled base of :class:`zmq.Socket`, which documents it."""

    def send(
        self, data, flags=0, bint copy=True, bint track=False, routing_id=None,
        group=None,
    ):
        """Send one message frame.

        :param data: bytes, a :class:`zmq.Frame`, or any contiguous buffer.
        :param flags: ``zmq.DONTWAIT`` not to wait, ``zmq.SNDMORE`` when another frame
            of the same message follows.
        :param copy: False lets libzmq refer to the memory of `data` from
            ``copy_threshold`` bytes on: it must not change until it is sent.
        :param track: return a :class:`zmq.MessageTracker` (with ``copy=False``).
        :param routing_id: the recipient, of SERVER sockets (draft).
        :param group: the group, of RADIO sockets (draft).
        :returns: None, or the tracker.
        :raises TypeError: when `data` is a str, or has no buffer; nothing is sent.
        :raises ValueError: when `track` is set and `data` is an untracked Frame.
        :raises Again: when it would have to wait with ``DONTWAIT``, or has waited for
            ``SNDTIMEO`` ms.
        :raises ZMQError: EFSM, when it is not the turn of a REQ or REP socket;
            EHOSTUNREACH, when a ROUTER with ``ROUTER_MANDATORY`` does not know the
            recipient; ENOTSUP, for a type that cannot send; and others.
        """
        cdef bint blocked = False
        if (
            flags is _no_flags and routing_id is None and group is None
            and copy and _send_small_entered(<PyObject *>self._h, <PyObject *>data)
        ):
            return None
        result = _send_one(
            self, data, _flags(flags), copy, track, routing_id, group, &blocked
        )
        if blocked:
            _raise_again(self, _flags(flags), True)
        return result

    def send_multipart(
        self, msg_parts, flags=0, bint copy=True, bint track=False,
        routing_id=None, group=None,
    ):
        """Send a message of several frames: all of them, or, on an error, none.

        :param msg_parts: an iterable of what :meth:`send` takes as `data`.
        :param flags: ``zmq.DONTWAIT``; ``zmq.SNDMORE`` when more frames follow.
        :param copy: as for :meth:`send`.
        :param track: as for :meth:`send`; the tracker is done when all frames are.
        :param routing_id: the recipient, of SERVER sockets (draft).
        :param group: the group, of RADIO sockets (draft).
        :returns: None, or the tracker.
        :raises TypeError: when a frame cannot be sent; names it by its index.
        :raises IndexError: when there is no frame.
        :raises Again: as for :meth:`send`.
        :raises ZMQError: as for :meth:`send`.
        """
        cdef bint blocked = False
        result = _send_frames(
            self, <PyObject *>msg_parts, _flags(flags), copy, track, routing_id, group,
            &blocked,
        )
        if blocked:
            _raise_again(self, _flags(flags), True)
        return result

    def recv(self, flags=0, bint copy=True, bint track=False):
        """Receive one message frame.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns a :class:`zmq.Frame`, which shares libzmq's memory.
        :param track: give that Frame a tracker.
        :returns: bytes, or a Frame. ``rcvmore`` tells whether another frame follows.
        :raises Again: when there is none with ``DONTWAIT``, or none came within
            ``RCVTIMEO`` ms.
        :raises ZMQError: EFSM, when it is not the turn of a REQ or REP socket; ENOTSUP,
            for a type that cannot receive; and others.
        """
        result = _recv_one(self, _flags(flags), copy, track)
        if result is None:
            _raise_again(self, _flags(flags), False)
        return result

    def recv_multipart(self, flags=0, bint copy=True, bint track=False):
        """Receive a whole message, as the list of its frames.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns :class:`zmq.Frame` objects.
        :param track: give these trackers.
        :returns: a list of bytes, or of Frames.
        :raises Again: as for :meth:`recv`.
        :raises ZMQError: as for :meth:`recv`.
        """
        result = _recv_frames(self, _flags(flags), copy, track)
        if result is None:
            _raise_again(self, _flags(flags), False)
        return result

    def send_many(self, messages, flags=0, bint copy=True):
        """Send many messages in one call.

        Waits, like :meth:`send_multipart`, until the first can be sent, and then sends
        what can be sent without waiting::

            while messages:
                messages = messages[sock.send_many(messages):]

        :param messages: an iterable of messages, each of them a list, or another
            iterable, of frames. All are checked before the first is sent.
        :param flags: ``zmq.DONTWAIT`` not to wait for the first, either.
        :param copy: as for :meth:`send`.
        :returns: how many were sent, each as a whole; 0 only when there are none.
        :raises TypeError: when a frame cannot be sent, or a message is no list of
            frames; nothing is sent.
        :raises IndexError: when a message has no frame; nothing is sent.
        :raises Again: when not even the first can be sent, as for :meth:`send`.
        :raises ZMQError: whatever else libzmq reports of the first. If a later
            message fails, the count sent so far is returned; the error is raised when
            you send the rest again.

        .. versionadded:: 28.0
        """
        cdef bint blocked = False
        sent = _send_burst(self, messages, _burst_flags(flags), copy, &blocked)
        if blocked:
            _raise_again(self, _burst_flags(flags), True)
        return sent

    def recv_many(self, max_messages, flags=0, bint copy=True):
        """Receive many messages in one call.

        Waits, like :meth:`recv_multipart`, for the first, and then takes what is there.

        :param max_messages: how many to receive at most.
        :param flags: ``zmq.DONTWAIT`` not to wait for the first, either.
        :param copy: False returns :class:`zmq.Frame` objects.
        :returns: a list of messages, each of them a list of bytes, or of Frames; never
            empty.
        :raises ValueError: when `max_messages` is less than 1.
        :raises Again: as for :meth:`recv`.
        :raises ZMQError: as for :meth:`recv`.

        .. versionadded:: 28.0
        """
        messages = _recv_burst(self, max_messages, _burst_flags(flags), copy)
        if messages is None:
            _raise_again(self, _burst_flags(flags), False)
        return messages

    def recv_into(self, buffer, /, *, Py_ssize_t nbytes=0, flags=0):
        """Receive one message frame into memory of the caller's.

        :param buffer: a writable, contiguous buffer.
        :param nbytes: bytes to write at most; 0, the default, means its whole size.
        :param flags: ``zmq.DONTWAIT`` not to wait.
        :returns: the size of the frame. When that is more than was to be written, the
            rest of the frame is lost.
        :raises BufferError: when the buffer is read-only, or not contiguous.
        :raises ValueError: when `nbytes` is negative, or larger than the buffer.
        :raises Again: as for :meth:`recv`.

        .. versionadded:: 26.4
        """
        result = _recv_into(self, buffer, nbytes, _flags(flags))
        if result is None:
            _raise_again(self, _flags(flags), False)
        return result

    def poll(self, timeout=None, flags=1):
        """Wait until the socket is ready; :class:`zmq.Poller` waits for several.

        :param timeout: milliseconds; None or a negative number, waits for ever.
        :param flags: a mask of :class:`zmq.PollEvent`; by default ``POLLIN``.
        :returns: the mask of what it is ready for; 0 when the time is over.
        :raises ZMQError: ENOTSOCK, when the socket is closed, also meanwhile.
        """
        return _poll_one(self, _ms_argument(timeout), _int_argument("flags", flags))

    @classmethod
    def _install_fast_methods(cls):
        """Give a subclass methods of its own for its commonest calls.

        Meant for one class, which inherits them from here unchanged.
        """
        _install_all_fast_methods(cls)

    # What asynchronous flavours build upon: the same operations, which say that they
    # would have to wait instead of raising or waiting.

    def _try_send(
        self, data, flags=0, bint copy=True, bint track=False, routing_id=None,
        group=None,
    ):
        """Like ``send(DONTWAIT)``; returns False where that raises Again."""
        cdef bint blocked = False
        result = _send_one(
            self, data, _flags(flags) | ZMQ_DONTWAIT, copy, track, routing_id, group, &blocked
        )
        return False if blocked else result

    def _try_send_multipart(
        self, msg_parts, flags=0, bint copy=True, bint track=False,
        routing_id=None, group=None,
    ):
        """Like ``send_multipart(DONTWAIT)``; returns False where that raises Again."""
        cdef bint blocked = False
        result = _send_frames(
            self, <PyObject *>msg_parts, _flags(flags) | ZMQ_DONTWAIT, copy, track,
            routing_id, group, &blocked,
        )
        return False if blocked else result

    def _try_recv(self, bint copy=True, bint track=False, list kept=None):
        """Like ``recv(DONTWAIT)``; returns None where that raises Again.

        :param kept: a list that gets what is received, too, before a signal handler
            can run.
        """
        _begin_attempt(self)
        return _keep(_recv_one(self, ZMQ_DONTWAIT, copy, track), kept)

    def _try_recv_multipart(self, bint copy=True, bint track=False, list kept=None):
        """Like ``recv_multipart(DONTWAIT)``; returns None where that raises Again.

        :param kept: as for :meth:`_try_recv`.
        """
        _begin_attempt(self)
        return _keep(_recv_frames(self, ZMQ_DONTWAIT, copy, track), kept)

    def _try_recv_into(self, buffer, Py_ssize_t nbytes=0, list kept=None):
        """Like ``recv_into(DONTWAIT)``; returns None where that raises Again.

        :param kept: gets the size of the frame.
        """
        return _keep(_recv_into(self, buffer, nbytes, ZMQ_DONTWAIT), kept)

    def _try_send_many(self, messages, bint copy=True):
        """Like ``send_many(DONTWAIT)``; returns False where that raises Again."""
        cdef bint blocked = False
        sent = _send_burst(self, messages, ZMQ_DONTWAIT, copy, &blocked)
        return False if blocked else sent

    def _try_recv_many(self, max_messages, bint copy=True, list kept=None):
        """Like ``recv_many(DONTWAIT)``; returns None where that raises Again.

        :param kept: as for :meth:`_try_recv`.
        """
        _begin_attempt(self)
        return _keep(_recv_burst(self, max_messages, ZMQ_DONTWAIT, copy), kept)

    def _again(self, flags, bint sending):
        """Return the Again that `send(flags=flags)`, or a receive, would raise now."""
        return _again(self, _int_argument("flags", flags), sending)

    def _order_received(self):
        """Number the message that was received just now, for ``_unrecv_in_order``.

        What had been put back with a number has it again. For several messages, some of
        which had, it is a list.
        """
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return 1
        zq_enter(&section, <void *>h)
        orders = h.orders
        order = h.order
        zq_leave(&section)
        if orders is not None:
            return [each or _next_order(h) for each in orders]
        return order or _next_order(h)

    def _received_part(self):
        """Whether what was received just now is one of several frames of a message.

        :returns: 0, or a number that another receive changes.
        """
        cdef _Handle h = <_Handle>self._h
        return h.taken if h is not None and (h.within or h.more) else 0

    def _undo_recv(self, list frames not None):
        """Put what a ``_try_recv`` has just returned back as it was.

        :param frames: a message, or a part of one.
        """
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _put_back_received(_usable(self), _whole_message(frames))
        finally:
            zq_leave(&section)

    def _unrecv(self, list message not None):
        """Put a message that was received back, ahead of all others.

        :param message: all of its frames, as they were received.
        """
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _put_back(_usable(self), _whole_message(message))
        finally:
            zq_leave(&section)

    def _unrecv_in_order(self, list message not None, order):
        """Put a message back among others that were: before what came after it.

        :param message: all of its frames, as they were received.
        :param order: tells when it was received: the smaller, the earlier.
        """
        cdef zq_section section
        if not isinstance(order, int):
            raise TypeError(f"expected int for order, got: {order!r}")
        zq_enter(&section, <void *>self._h)
        try:
            _put_back_in_order(_usable(self), _whole_message(message), order)
        finally:
            zq_leave(&section)

    def _pass_for(self, int socket_type):
        """Have it known by another type than libzmq's, here and in messages."""
        _usable(self).type = socket_type
