"""Message frames: one zmq_msg_t each, shared with libzmq and not copied."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import sys
from errno import ENOMEM

from zmq import constants
from zmq.backend import arguments
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import EINVAL, fail, require_draft, size_argument, text_of
from zmq.backend.cffi.labels import property_of, set_group, set_routing_id
from zmq.backend.cffi.lease import Lease, drain, is_lent, lent_bytes, memory_bytes
from zmq.backend.cffi.owned import new_message, view_of
from zmq.backend.tracker import MessageTracker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LARGE = 16384  # from here on a bytes object is lent rather than copied
_DEFAULT_COPY_THRESHOLD = 65536
_SRCFD = int(constants.MessageOption.SRCFD)
_SHARED = int(constants.MessageOption.SHARED)
_MORE = int(constants.MessageOption.MORE)

finished_tracker: MessageTracker = MessageTracker()


def default_threshold() -> int:
    """Return ``zmq.COPY_THRESHOLD``, which programs may assign to."""
    module: Any = sys.modules.get("zmq")
    return getattr(module, "COPY_THRESHOLD", _DEFAULT_COPY_THRESHOLD)


def memory_of(data: Any) -> Any:
    """Return a memoryview of anything that offers a contiguous buffer; to be released.

    :raises TypeError: when it offers none.
    :raises BufferError: when it is not contiguous.
    """
    if isinstance(data, Frame):
        return data.buffer
    view = memoryview(data)
    if not view.contiguous:
        raise BufferError("the buffer is not contiguous")
    return view


def is_exposed(data: Any) -> bool:
    """Whether `data` offers the buffer protocol, which str, for one, does not."""
    if isinstance(data, (bytes, Frame)):
        return True
    try:
        memoryview(data).release()
    except TypeError:
        return False
    except (BufferError, ValueError):
        pass
    return True


def message_bytes(message: Any) -> bytes:
    """Return the content of a message as bytes."""
    size = lib.zmq_msg_size(message)
    if size >= LARGE:
        address = int(ffi.cast("uintptr_t", lib.zmq_msg_data(message)))
        lent = lent_bytes(address, size)
        if lent is not None:
            return lent
    content: bytes = ffi.buffer(lib.zmq_msg_data(message), size)[:]
    return content


class Frame:
    """A message frame: its content without copying, and its properties.

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

    __module__ = "zmq"

    more: bool = False
    tracker: Any = None
    tracker_event: Any = None
    _bytes: Any = None
    _data: Any = None
    _readonly: bool = False
    _awaits_content: bool = False  # the __init__ of a subclass is to give it some
    _message: Any = None

    def __new__(
        cls,
        data: Any = None,
        track: bool = False,
        copy: bool | None = None,
        copy_threshold: int | None = None,
        **_kwargs: Any,
    ) -> Any:
        """Make a frame; further keywords are for subclasses."""
        self = object.__new__(cls)
        object.__setattr__(self, "_message", new_message())
        if cls.__init__ is not Frame.__init__:  # it gives the content to ours
            object.__setattr__(self, "_awaits_content", True)
        else:
            self._make_content(data, track, copy, copy_threshold)
        return self

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self._awaits_content:  # once: there may be views of what was made
            object.__setattr__(self, "_awaits_content", False)
            self._make_content(*args, **kwargs)

    def _make_content(
        self,
        data: Any = None,
        track: bool = False,
        copy: bool | None = None,
        copy_threshold: int | None = None,
        **_kwargs: Any,
    ) -> None:
        put = object.__setattr__
        if data is None:
            if track:
                put(self, "tracker", finished_tracker)
            return
        if isinstance(data, str):
            raise TypeError(
                "Frame data must be bytes or another buffer, not str: encode it first"
            )
        if not is_exposed(data):
            raise TypeError(
                f"a bytes-like object is required, not {type(data).__name__!r}"
            )
        share = not copy
        with memory_of(data) as view:
            size, readonly = view.nbytes, view.readonly
        if copy is None:
            if copy_threshold is None:
                copy_threshold = default_threshold()
            share = size >= size_argument(copy_threshold)
        lease = fill(self._message, data, share)
        if type(data) is bytes:
            put(self, "_bytes", data)
        if share:
            put(self, "_data", data)
            put(self, "_readonly", readonly)
        if track:
            put(self, "tracker_event", lease)
            put(self, "tracker", MessageTracker(lease) if lease else finished_tracker)

    def __reduce__(self) -> Any:
        """Refuse to be pickled."""
        arguments.refuse_to_pickle(self)

    def __copy__(self) -> Frame:
        """Return another frame that shares the content."""
        other: Frame = Frame.__new__(Frame)
        rc = lib.zq_message_copy(other._message, self._message)
        if rc < 0:
            fail(-rc)
        for name in ("_readonly", "_data", "_bytes", "more", "tracker"):
            object.__setattr__(other, name, getattr(self, name))
        object.__setattr__(other, "tracker_event", self.tracker_event)
        return other

    def __buffer__(self, flags: int, /) -> memoryview:
        """Return the content; PyPy, and CPython from 3.12 on, call this."""
        view = self.buffer
        if flags & 1 and view.readonly:
            raise BufferError("Object is not writable.")
        return view

    def __len__(self) -> int:
        return int(lib.zmq_msg_size(self._message))

    def __repr__(self) -> str:
        size = len(self)
        start = ffi.buffer(lib.zmq_msg_data(self._message), min(size, 12))[:]
        summary = f"{start!r}...{_readable(size)}" if size > 12 else repr(start)
        return f"<zmq.Frame({summary})>"

    def __str__(self) -> str:
        return repr(self)

    def __bytes__(self) -> Any:
        return self.bytes

    def __getitem__(self, key: Any) -> Any:
        """Return a message property, such as ``"User-Id"`` or ``"Peer-Address"``."""
        return self.get(key)

    def __setattr__(self, name: str, value: Any) -> None:
        if not hasattr(type(self), name):
            raise AttributeError(f"Frame has no such option: {name.upper()}")
        object.__setattr__(self, name, value)

    @property
    def bytes(self) -> Any:
        """The content as bytes; copied the first time, the same object afterwards."""
        if self._bytes is None:
            object.__setattr__(self, "_bytes", message_bytes(self._message))
        return self._bytes

    @property
    def buffer(self) -> memoryview:
        """The content as a memoryview, not copied."""
        address = lib.zmq_msg_data(self._message)
        view = view_of(address, len(self), self._message)
        if self._readonly or is_lent(int(ffi.cast("uintptr_t", address))):
            return view.toreadonly()
        return view

    @property
    def MORE(self) -> int:  # noqa: N802
        """Whether another frame of the message follows, as an int."""
        return int(self.get(_MORE))

    @property
    def SRCFD(self) -> int:  # noqa: N802
        """The descriptor of the connection it came in by, where libzmq tells it."""
        return _source(self, "SRCFD")

    @property
    def SHARED(self) -> int:  # noqa: N802
        """Whether it may share its memory with other messages, as an int."""
        return int(self.get(_SHARED))

    @property
    def srcfd(self) -> int:
        """The same as ``SRCFD``."""
        return _source(self, "srcfd")

    @property
    def shared(self) -> int:
        """The same as ``SHARED``."""
        return int(self.get(_SHARED))

    @property
    def user_id(self) -> str | None:
        """Who sent it, as the receiver's authenticator names the client, or None.

        The property ``"User-Id"``. Clients can forge it where no authenticator runs.

        .. versionadded:: 28.0
        """
        return property_of(self._message, b"User-Id").decode("utf-8", "replace") or None

    @property
    def peer_key(self) -> Any:
        """The public CURVE key of the client that sent it, 40 bytes of Z85, or None.

        The property ``"Peer-Key"``, set by the authenticators of `zmq.auth`.

        .. versionadded:: 28.0
        """
        return property_of(self._message, b"Peer-Key") or None

    def get(self, option: Any) -> Any:
        """Return an option or a property of the message.

        :param option: a :class:`zmq.MessageOption`, which gives an int; or the name of
            a property, which gives a str: ``"Socket-Type"``, ``"Routing-Id"``,
            ``"User-Id"``, ``"Peer-Address"`` and what the peer's authenticator added.
            ``"routing_id"`` (int) and ``"group"`` (str) are those of draft sockets.
        :raises ZMQError: EINVAL, when the message has no such option or property.
        """
        if isinstance(option, int):
            value = lib.zq_message_get(self._message, option)
            if value < 0:
                fail(-value, f"no message option {option!r}")
            return value
        if option in ("routing_id", "group"):
            return getattr(self, option)
        name = arguments.property_name(option)
        text = lib.zmq_msg_gets(self._message, name)
        if not text:
            fail(EINVAL, f"the message has no property {option!r}")
        return ffi.string(text).decode("utf-8", "replace")

    def set(self, option: Any, value: Any) -> None:
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
        else:
            rc = lib.zq_message_set(self._message, option, value)
            if rc < 0:
                fail(-rc, f"message option {option!r} cannot be set")

    @property
    def routing_id(self) -> int:
        """The routing id, of CLIENT-SERVER messages (draft).

        .. versionadded:: 17.0
        """
        require_draft("CLIENT-SERVER")
        value = lib.zmq_msg_routing_id(self._message)
        if value == 0:
            fail(EINVAL, "the message has no routing id")
        return int(value)

    @routing_id.setter
    def routing_id(self, value: int) -> None:
        set_routing_id(self._message, value)

    @property
    def group(self) -> str:
        """The group, of RADIO-DISH messages (draft).

        .. versionadded:: 17.0
        """
        require_draft("RADIO-DISH")
        found: str = ffi.string(lib.zmq_msg_group(self._message)).decode(
            "utf-8", "replace"
        )
        return found

    @group.setter
    def group(self, value: Any) -> None:
        set_group(self._message, value)


def fill(message: Any, data: Any, share: bool) -> Lease | None:
    """Make an initialised, empty message carry `data`: a copy of it, or its memory."""
    drain()
    if share:
        return Lease(data, message)
    if type(data) is bytes:
        _write(message, data, len(data))
        return None
    with memory_of(data) as view:
        _write(message, view if view.c_contiguous else memory_bytes(view), view.nbytes)
    return None


def _write(message: Any, content: Any, size: int) -> None:
    if lib.zmq_msg_init_size(message, size) < 0:
        lib.zmq_msg_init(message)
        fail(ENOMEM)
    if size:
        ffi.memmove(lib.zmq_msg_data(message), content, size)


def wrap(message: Any, track: bool) -> Frame:
    """Move a received message into a new Frame."""
    frame: Frame = Frame.__new__(Frame)
    move_into(frame, message, track)
    return frame


def move_into(frame: Frame, message: Any, track: bool) -> None:
    """Move a received message into an empty Frame."""
    put = object.__setattr__
    lib.zmq_msg_move(frame._message, message)
    put(frame, "more", bool(lib.zmq_msg_more(frame._message)))
    if track:
        put(frame, "tracker", finished_tracker)


def _source(frame: Frame, name: str) -> int:
    fd = lib.zq_message_get(frame._message, _SRCFD)
    if fd < 0:  # most messages, and those that were not received
        raise AttributeError(f"this Frame has no {name}: {text_of(-fd)}")
    return int(fd)


def _readable(size: int) -> str:
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size}{unit}"
        size //= 1000
    return f"{size}GB"


Message = Frame
