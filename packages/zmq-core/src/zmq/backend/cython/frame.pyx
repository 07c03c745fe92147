# Message frames: one zmq_msg_t each, shared with libzmq and not copied.

# Here, and not in the function: an import statement, of sys above all, takes longer than
# all else that is done for a new socket.
import sys as _sys

_DEFAULT_COPY_THRESHOLD = 65536

_finished_tracker = _MessageTracker()


cdef Py_ssize_t _default_threshold() except -1:
    # `zmq.COPY_THRESHOLD` is a module attribute that programs may assign to.
    return getattr(_sys.modules.get("zmq"), "COPY_THRESHOLD", _DEFAULT_COPY_THRESHOLD)


cdef inline bint _is_exposed(object data):
    """Whether `data` offers the buffer protocol, which str, for one, does not."""
    return PyBytes_CheckExact(data) or PyObject_CheckBuffer(data)


cdef object _message_bytes(zmq_msg_t *m):
    """The content of a message as bytes, copied unless it is a bytes object already."""
    cdef size_t size = zmq_msg_size(m)
    cdef void *data = zmq_msg_data(m)
    cdef char *target
    if size < LARGE:
        return PyBytes_FromStringAndSize(<char *>data, size)
    if _loans:
        lent = _lent_bytes(m)
        if lent is not None:
            return lent
    result = PyBytes_FromStringAndSize(NULL, size)
    target = PyBytes_AS_STRING(result)
    if size < HUGE:
        memcpy(target, data, size)
    else:
        with nogil:
            memcpy(target, data, size)
    return result


cdef int _init_copy(zmq_msg_t *m, object data) except -1:
    """Make a message that is a copy of any contiguous buffer."""
    cdef Py_buffer view
    cdef int rc
    PyObject_GetBuffer(data, &view, PyBUF_ANY_CONTIGUOUS)
    rc = zmq_msg_init_size(m, view.len)
    if rc == 0:
        if view.len < HUGE:
            memcpy(zmq_msg_data(m), view.buf, view.len)
        else:
            with nogil:
                memcpy(zmq_msg_data(m), view.buf, view.len)
    PyBuffer_Release(&view)
    if rc < 0:
        _raise(last_errno())
    return 0


# Cython embeds the signatures of functions, but not those of classes.
@cython.freelist(64)
cdef class Frame:
    """Frame(data=None, track=False, copy=None, copy_threshold=None, **kwargs)
--

    A message frame: its content without copying, and its properties.

    ``Socket.recv(copy=False)`` returns one. ``bytes(frame)`` and ``frame.bytes`` copy
    the content, ``frame.buffer`` and ``memoryview(frame)`` do not.
    ``frame["User-Id"]`` and its like read the properties of a received message.

    :param data: bytes or any contiguous buffer to send; by default an empty frame.
    :param track: make a :class:`MessageTracker`, as attribute ``tracker``.
    :param copy: whether libzmq gets a copy of `data` (True), refers to its memory
        (False), or does so from `copy_threshold` on (None, the default).
    :param copy_threshold: bytes; by default ``zmq.COPY_THRESHOLD``, 65536.
    :raises TypeError: when `data` is a str, or offers no buffer.
    """

    def __cinit__(
        self, data=None, track=False, copy=None, copy_threshold=None, **kwargs
    ):
        if zq_has_own_init(self, Frame):
            # The __init__ of a subclass: it gives the content to the one below.
            zmq_msg_init(&self.zmq_msg)
            self._initialised = self._awaits_content = True
        else:
            _make_content(self, data, track, copy, copy_threshold)

    def __init__(
        self, data=None, track=False, copy=None, copy_threshold=None, **kwargs
    ):
        # Once: there may be views of what was made.
        if self._awaits_content:
            self._awaits_content = False
            try:
                _make_content(self, data, track, copy, copy_threshold)
            except:
                zmq_msg_init(&self.zmq_msg)
                raise

    def __dealloc__(self):
        if self._initialised:
            _drop(&self.zmq_msg)

    __reduce__ = _arguments.refuse_to_pickle

    def __copy__(self):
        """Return another frame that shares the content."""
        cdef Frame other = Frame.__new__(Frame)
        _copy_msg(&other.zmq_msg, self)
        other._readonly = self._readonly
        other._data = self._data
        other._bytes = self._bytes
        other.more = self.more
        other.tracker = self.tracker
        other.tracker_event = self.tracker_event
        return other

    def __getbuffer__(self, Py_buffer *buffer, int flags):
        PyBuffer_FillInfo(
            buffer, self, zmq_msg_data(&self.zmq_msg), zmq_msg_size(&self.zmq_msg),
            self._readonly or _is_lent(&self.zmq_msg), flags,
        )

    def __len__(self):
        return zmq_msg_size(&self.zmq_msg)

    def __repr__(self):
        cdef size_t size = zmq_msg_size(&self.zmq_msg)
        start = PyBytes_FromStringAndSize(
            <char *>zmq_msg_data(&self.zmq_msg), min(size, <size_t>12)
        )
        summary = f"{start!r}...{_readable(size)}" if size > 12 else repr(start)
        return f"<zmq.Frame({summary})>"

    def __str__(self):
        return repr(self)

    def __bytes__(self):
        return self.bytes

    def __getitem__(self, key):
        """Return a message property, such as ``"User-Id"`` or ``"Peer-Address"``."""
        return self.get(key)

    def __setattr__(self, name, value):
        if not hasattr(type(self), name):
            raise AttributeError(f"Frame has no such option: {name.upper()}")
        PyObject_GenericSetAttr(self, name, value)

    @property
    def bytes(self):
        """The content as bytes; copied the first time, the same object afterwards."""
        cdef zq_section section
        zq_enter(&section, <void *>self)
        try:
            if self._bytes is None:
                self._bytes = _message_bytes(&self.zmq_msg)
            return self._bytes
        finally:
            zq_leave(&section)

    @property
    def buffer(self):
        """The content as a memoryview, not copied."""
        # A new one each time: kept, it and the frame would keep one another alive, and
        # with them the memory that was lent to libzmq.
        return memoryview(self)

    @property
    def MORE(self):
        """Whether another frame of the message follows, as an int."""
        return self.get(ZMQ_MORE)

    @property
    def SRCFD(self):
        """The descriptor of the connection it came in by, where libzmq tells it."""
        return _source(self, "SRCFD")

    @property
    def SHARED(self):
        """Whether it may share its memory with other messages, as an int."""
        return self.get(_SHARED)

    @property
    def srcfd(self):
        """The same as ``SRCFD``."""
        return _source(self, "srcfd")

    @property
    def shared(self):
        """The same as ``SHARED``."""
        return self.get(_SHARED)

    @property
    def user_id(self):
        """Who sent it, as the receiver's authenticator names the client, or None.

        The property ``"User-Id"``. Clients can forge it where no authenticator runs.

        .. versionadded:: 28.0
        """
        cdef const char *text = zmq_msg_gets(&self.zmq_msg, b"User-Id")
        if text == NULL or text[0] == 0:
            return None
        return text.decode("utf-8", "replace")

    @property
    def peer_key(self):
        """The public CURVE key of the client that sent it, 40 bytes of Z85, or None.

        The property ``"Peer-Key"``, set by the authenticators of `zmq.auth`.

        .. versionadded:: 28.0
        """
        cdef const char *text = zmq_msg_gets(&self.zmq_msg, b"Peer-Key")
        if text == NULL or text[0] == 0:
            return None
        return PyBytes_FromString(text)

    def get(self, option):
        """Return an option or a property of the message.

        :param option: a :class:`zmq.MessageOption`, which gives an int; or the name of
            a property, which gives a str: ``"Socket-Type"``, ``"Routing-Id"``,
            ``"User-Id"``, ``"Peer-Address"`` and what the peer's authenticator added.
            ``"routing_id"`` (int) and ``"group"`` (str) are those of draft sockets.
        :raises ZMQError: EINVAL, when the message has no such option or property.
        """
        cdef int value
        cdef const char *text
        cdef bytes name
        if isinstance(option, int):
            value = zmq_msg_get(&self.zmq_msg, option)
            if value < 0:
                _raise_with(last_errno(), f"no message option {option!r}")
            return value
        if option == "routing_id":
            return self.routing_id
        if option == "group":
            return self.group
        name = _arguments.property_name(option)
        text = zmq_msg_gets(&self.zmq_msg, name)
        if text == NULL:
            _raise_with(last_errno(), f"the message has no property {option!r}")
        return text.decode("utf-8", "replace")

    def set(self, option, value):
        """Set an option of the message.

        :param option: a :class:`zmq.MessageOption`, ``"routing_id"`` or ``"group"``.
        :param value: an int; a str for ``"group"``.
        :raises ZMQError: EINVAL, when there is no such option, or it cannot be set.
        """
        if option == "routing_id":
            self.routing_id = value
        elif option == "group":
            self.group = value
        elif not isinstance(option, int):
            raise TypeError(f"expected an int, 'routing_id' or 'group', got {option!r}")
        elif zmq_msg_set(&self.zmq_msg, option, value) < 0:
            _raise_with(last_errno(), f"message option {option!r} cannot be set")

    @property
    def routing_id(self):
        """The routing id, of CLIENT-SERVER messages (draft).

        .. versionadded:: 17.0
        """
        cdef uint32_t value
        _require_draft("CLIENT-SERVER")
        value = zmq_msg_routing_id(&self.zmq_msg)
        if value == 0:
            _raise_with(EINVAL, "the message has no routing id")
        return value

    @routing_id.setter
    def routing_id(self, value):
        _set_routing_id(&self.zmq_msg, value)

    @property
    def group(self):
        """The group, of RADIO-DISH messages (draft).

        .. versionadded:: 17.0
        """
        cdef const char *text
        _require_draft("RADIO-DISH")
        text = zmq_msg_group(&self.zmq_msg)
        if text == NULL:
            _raise(last_errno())
        return text.decode("utf-8", "replace")

    @group.setter
    def group(self, value):
        _set_group(&self.zmq_msg, value)


cdef int _set_routing_id(zmq_msg_t *m, object routing_id) except -1:
    _require_draft("CLIENT-SERVER")
    if zmq_msg_set_routing_id(m, _arguments.peer(routing_id)) < 0:
        _raise_with(last_errno(), f"routing_id={routing_id!r}")
    return 0


cdef int _set_group(zmq_msg_t *m, object group) except -1:
    cdef bytes name
    _require_draft("RADIO-DISH")
    name = _arguments.group_name(group)
    if zmq_msg_set_group(m, name) < 0:
        _raise_with(last_errno(), f"group={group!r}")
    return 0


cdef int _copy_msg(zmq_msg_t *target, Frame frame) except -1:
    """Share the content of a frame; libzmq counts that in the frame."""
    cdef zq_section section
    cdef int rc
    zq_enter(&section, <void *>frame)
    rc = zmq_msg_copy(target, &frame.zmq_msg)
    zq_leave(&section)
    if rc < 0:
        _raise(last_errno())
    return 0


cdef int _SRCFD = _constants.MessageOption.SRCFD
cdef int _SHARED = _constants.MessageOption.SHARED


cdef int _source(Frame frame, str name) except? -1:
    cdef int fd = zmq_msg_get(&frame.zmq_msg, _SRCFD)
    if fd < 0:  # most messages, and those that were not received
        raise AttributeError(f"this Frame has no {name}: {_strerror(last_errno())}")
    return fd


cdef str _readable(size_t size):
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size}{unit}"
        size //= 1000
    return f"{size}GB"


cdef int _require_draft(str feature) except -1:
    if not ZQ_DRAFT_API:
        raise RuntimeError(
            f"{feature} needs libzmq and zmq-core to be built with the draft API"
        )
    return 0


cdef Py_ssize_t _buffer_size(object data) except -1:
    cdef Py_buffer view
    cdef Py_ssize_t size
    if PyBytes_CheckExact(data):
        return PyBytes_GET_SIZE(data)
    PyObject_GetBuffer(data, &view, PyBUF_ANY_CONTIGUOUS)
    size = view.len
    PyBuffer_Release(&view)
    return size


cdef Frame _wrap(zmq_msg_t *m, bint track):
    """Move a received message into a new Frame."""
    cdef Frame frame = Frame.__new__(Frame)
    zmq_msg_move(&frame.zmq_msg, m)
    frame.more = zmq_msg_more(&frame.zmq_msg)
    if track:
        frame.tracker = _finished_tracker
    return frame


cdef extern from "Python.h":
    ctypedef struct PyTypeObject:
        const char *tp_name

# Where users know it from: of a compiled class `__module__` is a part of this name.
(<PyTypeObject *>Frame).tp_name = b"zmq.Frame"

Message = Frame
