# A socket without messages: its life, its options, where it is bound and connected to.

cdef class BareSocket:
    """What a compiled :class:`Socket` is apart from its messages.

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
        if isinstance(shadow, BareSocket):
            _shadow_handle(self, <_Handle>(<BareSocket>shadow)._h, shadow)
        elif shadow:
            _shadow_address(self, shadow, context)
        else:
            _create(self, context, _int_argument("socket_type", socket_type))
        self.handle = (<_Handle>self._h).ptr
        cls = type(self)
        self._hooked = cls.get is not BareSocket.get or cls.set is not BareSocket.set

    def __dealloc__(self):
        cdef _Handle h = <_Handle>self._h
        if h is not None and not self._shadow and not _is_closed(h) and not zq_exiting:
            _close_handle(h)

    @property
    def underlying(self):
        """The address of the libzmq socket, as an int; 0 when closed."""
        cdef _Handle h = <_Handle>self._h
        cdef size_t address = 0
        cdef zq_section section
        if h is None:
            return 0
        zq_enter(&section, <void *>h)
        if not h.closed:
            # Whoever asks may use the socket behind our back.
            zq_atomic_store_int(&h.foreign, True)
            address = <size_t>h.ptr
        zq_leave(&section)
        return address

    @property
    def context(self):
        """The :class:`zmq.Context` the socket belongs to."""
        return None if self._h is None else (<_Handle>self._h).context

    @property
    def closed(self):
        """Whether the socket has been closed, here or through a shadow of it."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None or _is_closed(h):
            return True
        if not zq_atomic_peek_int(&h.foreign):
            return False
        zq_enter(&section, <void *>h)
        closed = h.closed != 0 or _is_gone(h)
        zq_leave(&section)
        return closed

    @property
    def _socket_type(self):
        """The type as libzmq numbers it; known of a closed socket, too."""
        return -1 if self._h is None else (<_Handle>self._h).type

    @property
    def _tracemalloc_source(self):
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

    @property
    def _spin(self):
        """For how long, in nanoseconds, a wait polls in a loop before it sleeps."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return 0
        zq_enter(&section, <void *>h)
        spin = h.spin
        zq_leave(&section)
        return spin

    @_spin.setter
    def _spin(self, int64_t value):
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _usable(self).spin = value
        finally:
            zq_leave(&section)

    @property
    def _counts(self):
        """The :class:`Counts` of the socket."""
        if self._h is None:
            _raise_unusable(None)
        return _counts_of(<_Handle>self._h)

    @property
    def _on_full(self):
        """What becomes of a message that would have to wait, see ``zq_on_full``."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return 0
        zq_enter(&section, <void *>h)
        on_full = h.sender.on_full
        zq_leave(&section)
        return on_full

    @_on_full.setter
    def _on_full(self, int value):
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _usable(self).sender.on_full = value
        finally:
            zq_leave(&section)

    def _count_wait(self, bint sending):
        """Count a send, or a receive, that an event loop waits for."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        zq_enter(&section, <void *>h)
        zq_count(h.sender.stats, ZQ_SENDS_WAITED if sending else ZQ_RECEIVES_WAITED, 1)
        zq_leave(&section)

    @property
    def _counting(self):
        """Whether what it does is counted."""
        return self._h is not None and _is_counting(<_Handle>self._h)

    @_counting.setter
    def _counting(self, bint value):
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _set_counting(_usable(self), value)
        finally:
            zq_leave(&section)

    def close(self, linger=None):
        """Close the socket; nothing happens when it is closed already.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        """
        cdef _Handle h = <_Handle>self._h
        if h is None or _is_closed(h):
            return
        if linger is not None:
            _linger(h, _linger_argument(linger))
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
        _with_address(self, "bind", zq_bind, addr)

    def connect(self, addr):
        """Connect to an address; libzmq retries in the background."""
        _with_address(self, "connect", zq_connect, addr)

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

        :param addr: an ``inproc://`` address for a PAIR socket to connect to at once:
            libzmq blocks a call whose event nobody can receive yet. None ends it.
            ``get_monitor_socket`` does all of this.
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

    def _becomes_monitor_of(self, BareSocket other not None):
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

    @property
    def _endpoints(self):
        """Where it is bound and connected: pairs of "bind" or "connect" and the address."""
        cdef _Handle h = <_Handle>self._h
        return [] if h is None or h.endpoints is None else list(h.endpoints)

    @property
    def _has_outside_peers(self):
        """Whether it has been bound or connected to another transport than inproc."""
        cdef _Handle h = <_Handle>self._h
        return h is not None and (h.outside or h.foreign)

    def _lacks_key(self, int option):
        """Whether an option that holds a CURVE key, which nobody may read, is not set."""
        cdef _Handle h
        cdef char key[32]
        cdef size_t size = sizeof(key)
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            h = _usable(self)
            if zmq_getsockopt(h.ptr, option, key, &size) < 0:
                _refuse_get(h, option, last_errno())
        finally:
            zq_leave(&section)
        return key[:32] == bytes(32)

    def _watch(self, callback, int events):
        """Call `callback()` whenever an operation, by whomever, leaves `events`."""
        cdef zq_section section
        zq_enter(&section, <void *>self._h)
        try:
            _add_watcher(_usable(self), callback, events)
        finally:
            zq_leave(&section)

    __reduce__ = _arguments.refuse_to_pickle

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

    def _defer_close(self, callback):
        """Keep libzmq's socket, once closed, until :meth:`_allow_close`.

        Event loops must forget its descriptor before the system gives the number to
        somebody else. `callback()` is called when the socket has been closed, by
        whomever: it is to release it, at once or soon.
        """
        cdef zq_section section
        _require_stack()  # for what is begun with it, and undone where that fails
        zq_enter(&section, <void *>self._h)
        try:
            _defer_close(_usable(self), callback)
        finally:
            zq_leave(&section)

    def _keep_until_freed(self):
        """Have libzmq's socket stay, once closed, until this object is freed."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return
        zq_enter(&section, <void *>h)
        try:
            if not h.closed and self._keeper is None:
                _keep_until_freed(self, h)
        finally:
            zq_leave(&section)

    def _allow_close(self, callback):
        """Undo a :meth:`_defer_close`; no error if there is none."""
        cdef _Handle h = <_Handle>self._h
        cdef zq_section section
        if h is None:
            return
        zq_enter(&section, <void *>h)
        try:
            _allow_close(h, callback)
        finally:
            zq_leave(&section)
