# The compiled Socket: its life, and the methods that Python sees.

cdef class Socket:
    """The compiled base of :class:`zmq.Socket`, which documents it.

    Every call into libzmq is made with the GIL held and never waits there, so threads
    may share a socket; waiting is done outside, without the GIL.
    """

    def __init__(
        self, context=None, socket_type=0, *, shadow=0, copy_threshold=None
    ):
        if self._h is not None:
            return
        if copy_threshold is None:
            self._copy_threshold = _default_threshold()
        else:
            self._copy_threshold = copy_threshold
        if isinstance(shadow, Socket):
            _shadow_handle(self, <_Handle>(<Socket>shadow)._h, shadow)
        elif shadow:
            _shadow_address(self, shadow, context)
        else:
            _create(self, context, _int_argument("socket_type", socket_type))
        self.handle = (<_Handle>self._h).ptr
        cls = type(self)
        self._hooked = cls.get is not Socket.get or cls.set is not Socket.set

    def __dealloc__(self):
        cdef _Handle h = <_Handle>self._h
        if h is not None and not self._shadow and not h.closed and not zq_exiting:
            _close_handle(h)

    @property
    def underlying(self):
        """The address of the libzmq socket, as an int; 0 when closed."""
        cdef _Handle h = <_Handle>self._h
        if h is None or h.closed:
            return 0
        h.foreign = True  # whoever asks may use the socket behind our back
        return <size_t>h.ptr

    @property
    def context(self):
        """The :class:`zmq.Context` the socket belongs to."""
        return None if self._h is None else (<_Handle>self._h).context

    @property
    def closed(self):
        """Whether the socket has been closed, here or through a shadow of it."""
        cdef _Handle h = <_Handle>self._h
        cdef size_t size = sizeof(int)
        cdef int value
        cdef zq_section section
        if h is None or h.closed:
            return True
        if not h.foreign:
            return False
        zq_enter(&section, <void *>h)
        closed = h.closed or zmq_getsockopt(h.ptr, ZMQ_TYPE, &value, &size) < 0
        zq_leave(&section)
        return closed

    @property
    def _socket_type(self):
        """The type as libzmq numbers it; known of a closed socket, too."""
        return -1 if self._h is None else (<_Handle>self._h).type

    @property
    def _allocation(self):
        """Something made together with the socket, to ask tracemalloc about.

        Of objects that have a ``__dict__`` some versions of it know nothing.
        """
        return self._h

    @property
    def _abandoned(self):
        """Whether it is not to be closed: a parent process's, or at the very end."""
        cdef _Handle h = <_Handle>self._h
        return h is None or h.generation != zq_fork_generation or zq_exiting

    @property
    def copy_threshold(self):
        """Bytes below which ``send(copy=False)`` copies all the same."""
        return self._copy_threshold

    @copy_threshold.setter
    def copy_threshold(self, value):
        self._copy_threshold = value

    def close(self, linger=None):
        """Close the socket; nothing happens when it is closed already.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        """
        cdef _Handle h = <_Handle>self._h
        if h is None or h.closed:
            return
        if linger is not None:
            _linger(h, _int_argument("linger", linger))
        _close_handle(h)

    def get(self, option):
        """Return the value of an option.

        :param option: a :class:`zmq.SocketOption`.
        :returns: int or bytes, as the option has it.
        :raises ZMQError: EINVAL, when it is unknown, or write-only.
        """
        return _get_option(self, _int_argument("option", option))

    def set(self, option, optval):
        """Set an option. Most take effect for later binds and connects only.

        :param option: a :class:`zmq.SocketOption`.
        :param optval: int or bytes, as the option wants it.
        :raises TypeError: for a value of another type.
        :raises OverflowError: for an int that does not fit.
        :raises ZMQError: EINVAL, for unknown and read-only options and unfit values.
        """
        _set_option(self, _int_argument("option", option), optval)

    def bind(self, addr):
        """Accept connections at an address."""
        _with_address(self, "bind", zmq_bind, addr)

    def connect(self, addr):
        """Connect to an address; libzmq retries in the background."""
        _with_address(self, "connect", zmq_connect, addr)

    def unbind(self, addr):
        """Undo a bind.

        :param addr: the address, as str or bytes; after a bind to a wildcard port it is
            ``last_endpoint``.
        :raises ZMQError: ENOENT, when the socket is not bound to it.
        """
        _with_address(self, "unbind", zmq_unbind, addr)

    def disconnect(self, addr):
        """Undo a connect.

        :param addr: the address, as str or bytes.
        :raises ZMQError: ENOENT, when the socket is not connected to it.
        """
        _with_address(self, "disconnect", zmq_disconnect, addr)

    def monitor(self, addr, events=0xFFFF):
        """Publish what happens to the connections of this socket.

        :param addr: an ``inproc://`` address for a PAIR socket to connect to; None ends
            it. ``get_monitor_socket`` does all of this.
        :param events: a bit mask of :class:`zmq.Event`; by default all.
        """
        cdef bytes c_addr = None if addr is None else _address(addr)
        cdef int mask = _int_argument("events", events)
        cdef _Handle h
        cdef int err
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            h = _usable(self)
            err = _monitor(h, c_addr, mask)
            if err:
                _raise_address(h, err, "monitor", addr)
            _after_operation(h)
        finally:
            zq_leave(&section)

    def _becomes_monitor_of(self, Socket other not None):
        """Have the monitor of `other` end when this socket is closed."""
        (<_Handle>self._h).monitored = _usable(other)

    def join(self, group):
        """Receive the messages of a group, with a DISH socket (draft).

        :param group: its name, str or bytes.
        """
        _with_group(self, zmq_join, group)

    def leave(self, group):
        """No longer receive the messages of a group, with a DISH socket (draft).

        :param group: its name, str or bytes.
        """
        _with_group(self, zmq_leave, group)

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
        :raises ZMQError: whatever else libzmq reports.
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
        :raises ZMQError: whatever else libzmq reports.
        """
        cdef bint blocked = False
        result = _send_frames(
            self, msg_parts, _flags(flags), copy, track, routing_id, group, &blocked
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
        :raises ZMQError: whatever else libzmq reports.
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
        :raises ZMQError: whatever else libzmq reports.
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
        :raises ZMQError: whatever else libzmq reports of the first. Of a later one it
            is reported when that is the first.

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
        :raises ZMQError: whatever else libzmq reports.

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
        """
        return _poll_one(self, _ms_argument(timeout), _int_argument("flags", flags))

    @classmethod
    def _hasten(cls):
        """Give a subclass methods of its own for its commonest calls.

        Meant for one class, which inherits them from here unchanged.
        """
        _give_entries(cls)

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
            self, msg_parts, _flags(flags) | ZMQ_DONTWAIT, copy, track, routing_id, group,
            &blocked,
        )
        return False if blocked else result

    def _try_recv(self, bint copy=True, bint track=False):
        """Like ``recv(DONTWAIT)``; returns None where that raises Again."""
        _forget_order(self)
        return _recv_one(self, ZMQ_DONTWAIT, copy, track)

    def _try_recv_multipart(self, bint copy=True, bint track=False):
        """Like ``recv_multipart(DONTWAIT)``; returns None where that raises Again."""
        _forget_order(self)
        return _recv_frames(self, ZMQ_DONTWAIT, copy, track)

    def _try_recv_into(self, buffer, Py_ssize_t nbytes=0):
        """Like ``recv_into(DONTWAIT)``; returns None where that raises Again."""
        return _recv_into(self, buffer, nbytes, ZMQ_DONTWAIT)

    def _try_send_many(self, messages, bint copy=True):
        """Like ``send_many(DONTWAIT)``; returns False where that raises Again."""
        cdef bint blocked = False
        sent = _send_burst(self, messages, ZMQ_DONTWAIT, copy, &blocked)
        return False if blocked else sent

    def _try_recv_many(self, max_messages, bint copy=True):
        """Like ``recv_many(DONTWAIT)``; returns None where that raises Again."""
        _forget_order(self)
        return _recv_burst(self, max_messages, ZMQ_DONTWAIT, copy)

    def _lacks_key(self, int option):
        """Whether an option that holds a CURVE key, which nobody may read, is not set."""
        cdef _Handle h = _usable(self)
        cdef char key[32]
        cdef size_t size = sizeof(key)
        if zmq_getsockopt(h.ptr, option, key, &size) < 0:
            _refuse_get(h, option, last_errno())
        return key[:32] == bytes(32)

    def _again(self, flags, bint sending):
        """Return the Again that `send(flags=flags)`, or a receive, would raise now."""
        return _again(self, _int_argument("flags", flags), sending)

    def _order_received(self):
        """Number the message that was received just now, for ``_unrecv_in_order``.

        What had been put back with a number has it again.
        """
        cdef _Handle h = <_Handle>self._h
        cdef object order = None if h is None else h.order
        return zq_next_order() if order is None else order

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

    def _watch(self, callback, int events):
        """Call `callback()` whenever an operation, by whomever, leaves `events`."""
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _add_watcher(_usable(self), callback, events)
        finally:
            zq_leave(&section)

    def _unwatch(self, callback):
        """Undo a :meth:`_watch`, also on a closed socket; no error if there is none."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return
        zq_enter(&section, <void *>h)
        try:
            _remove_watcher(h, callback)
        finally:
            zq_leave(&section)

    def _hold(self, callback):
        """Keep libzmq's socket, once closed, until :meth:`_release`.

        Event loops must forget its descriptor before the system gives the number to
        somebody else. `callback()` is called when the socket has been closed, by
        whomever: it is to release it, at once or soon.
        """
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _add_holder(_usable(self), callback)
        finally:
            zq_leave(&section)

    def _release(self, callback):
        """Undo a :meth:`_hold`; no error if there is none."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return
        zq_enter(&section, <void *>h)
        try:
            _remove_holder(h, callback)
        finally:
            zq_leave(&section)


cdef int _add_watcher(_Handle h, callback, int events) except -1:
    if h.watchers is None:
        h.watchers = []
    h.watchers.append((callback, events))
    h.attention += 1
    return 0


cdef int _remove_watcher(_Handle h, callback) except -1:
    if h.watchers is None:
        return 0
    for entry in h.watchers:
        if entry[0] == callback:
            h.watchers.remove(entry)
            h.attention -= 1
            break
    if not h.watchers:
        h.watchers = None
    return 0


cdef int _add_holder(_Handle h, callback) except -1:
    if h.holders is None:
        h.holders = []
    h.holders.append(callback)
    return 0


cdef int _remove_holder(_Handle h, callback) except -1:
    if h.holders is None or callback not in h.holders:
        return 0
    h.holders.remove(callback)
    if h.holders:
        return 0
    h.holders = None
    return _close_when_unused(h)


cdef int _create(Socket self, context, int socket_type) except -1:
    cdef _Handle h = _Handle.__new__(_Handle)
    cdef Context ctx, original
    cdef zq_section section
    cdef int err
    if not isinstance(context, Context):
        raise TypeError(f"context must be a zmq.Context, got {context!r}")
    ctx = <Context>context
    if ctx._late_monitors:
        _close_late_monitors(ctx, False)
    original = _original(ctx)
    zq_enter(&section, <void *>original)
    try:
        h.ptr = zmq_socket(_context_handle(ctx), socket_type)
        err = last_errno()
    finally:
        zq_leave(&section)
    if h.ptr == NULL:
        _raise_with(err, f"{_type_name(socket_type)} socket")
    h.type = socket_type
    zq_sender_init(&h.sender, socket_type)
    h.pid = ctx._pid
    h.context = ctx
    h.owner = _weak_reference(self)
    _open_handles[<size_t>h.ptr] = h
    self._h = h
    return 0


cdef int _shadow_handle(Socket self, _Handle h, shadowed) except -1:
    if h is None or h.closed:
        _raise_with(ENOTSOCK, f"{shadowed!r} cannot be shadowed")
    self._h = h
    self._shadow = True
    self._shadowed = shadowed
    return 0


cdef int _shadow_address(Socket self, size_t address, context) except -1:
    cdef _Handle h = <_Handle>_open_handles.get(address)
    cdef size_t size = sizeof(int)
    self._shadow = True
    if h is None:
        h = _Handle.__new__(_Handle)
        h.ptr = <void *>address
        h.pid = zq_getpid()
        h.foreign = True
        h.address = "of other code"
        if zmq_getsockopt(h.ptr, ZMQ_TYPE, &h.type, &size) < 0:
            h.ptr = NULL
            _raise_with(last_errno(), f"no socket at address {address:#x}")
        zq_sender_init(&h.sender, h.type)
        if isinstance(context, Context):
            h.context = <Context>context
    self._h = h
    return 0
