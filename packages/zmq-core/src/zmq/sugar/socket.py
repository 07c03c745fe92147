"""The synchronous socket."""

from __future__ import annotations

from types import GenericAlias
from warnings import warn

from zmq.backend import OptionAttribute
from zmq.backend import Socket as SocketBase
from zmq.backend.hints import without_hints
from zmq.constants import SocketOption, SocketType
from zmq.sugar.addresses import Addresses
from zmq.sugar.attrsettr import AttributeSetter
from zmq.sugar.busy_poll import BusyPolling
from zmq.sugar.counting import CountingSocket
from zmq.sugar.monitoring import Monitoring
from zmq.sugar.on_full import Filling
from zmq.sugar.options import IntOption, SocketOptions
from zmq.sugar.readiness.methods import Readiness
from zmq.sugar.serialize import DEFAULT_PROTOCOL as DEFAULT_PROTOCOL
from zmq.sugar.serialize import Serializing, checked_codec
from zmq.sugar.shutdown.closing import Closing, warn_unclosed
from zmq.sugar.subscriptable import Subscriptable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, overload

    from typing_extensions import Self, TypeVar

    from zmq.backend.cython._core import (
        _BytesOption,  # pyright: ignore[reportPrivateUsage]
        _IntOption,  # pyright: ignore[reportPrivateUsage]
    )
    from zmq.sugar.context import Context
    from zmq.sugar.on_full import OnFull
    from zmq.utils.serialize import Codec

    ReturnT = TypeVar("ReturnT", default=bytes, covariant=True)
else:
    ReturnT = None

    class _TopicOption(OptionAttribute):
        __doc__ = OptionAttribute.__dict__["__doc__"]  # its value may be a str, too

        def __set__(self, instance, value):
            super().__set__(instance, _topic(value))


@without_hints
class Socket(
    SocketOptions,
    Serializing,
    Monitoring,
    BusyPolling,
    Closing,
    Readiness,
    Addresses,
    CountingSocket,
    Filling,
    SocketBase,
    AttributeSetter,
    Subscriptable[ReturnT],
):
    """A ZeroMQ socket.

    ::

        with zmq.Context() as ctx, ctx.socket(zmq.REQ) as sock:
            sock.connect("tcp://localhost:5555")
            sock.send(b"hello")
            reply = sock.recv()

    Options are attributes: ``sock.linger = 0``. Threads may share a socket: each
    message is sent and received as a whole, and closing it wakes all who wait on it.
    What is done with a closed socket raises :class:`zmq.ZMQError` with ENOTSOCK; when
    its context was terminated, :class:`zmq.ContextTerminated`.

    :param ctx_or_socket: the :class:`zmq.Context` it belongs to, or another socket
        to shadow: both are then the same libzmq socket.
    :param socket_type: a :class:`zmq.SocketType`.
    :param shadow: a socket to shadow, or the address of a libzmq socket.
    :param copy_threshold: bytes from which ``send(copy=False)`` does not copy; by
        default ``zmq.COPY_THRESHOLD``.
    :param codec: for :meth:`send_object` and :meth:`recv_object`. New in 28.0.
    :param track_peers: follow connections from the start, for :meth:`wait_connected`,
        and, with a PUB socket, :meth:`wait_subscribed`. New in 28.0.
    :param count_stats: count what it does, see :meth:`stats`. New in 28.0.
    :param on_full: ``"wait"``, ``"drop"`` or ``"raise"``, see :attr:`on_full`. New in
        28.0.
    :raises TypeError: when there is neither a context nor a socket.
    :raises ZMQError: EINVAL, when libzmq does not know the type; EMFILE, when there
        are too many sockets.
    """

    __module__ = "zmq"

    #: The class whose subclasses may override `send` or `recv`, and then have it called
    #: for each frame of a longer message as well; None where methods are awaited.
    _by_frames: Any = None

    if TYPE_CHECKING:

        @property
        def context(self) -> Context[Any] | Any:
            """The :class:`zmq.Context` the socket belongs to.

            None for a shadow of a socket that other code made.
            """

    def __init__(
        self,
        ctx_or_socket: Context[Any] | Socket[Any] | None = None,
        socket_type: int = 0,
        *,
        shadow: Socket[Any] | int = 0,
        copy_threshold: int | None = None,
        codec: Codec[Any] | None = None,
        track_peers: bool = False,
        count_stats: bool = False,
        on_full: OnFull = None,
    ) -> None:
        if isinstance(ctx_or_socket, SocketBase):
            shadow, ctx_or_socket = ctx_or_socket, None
        shadows = True
        if isinstance(shadow, SocketBase):
            pass
        elif shadow:
            from zmq.utils.interop import cast_int_addr

            shadow = cast_int_addr(shadow)
        elif ctx_or_socket is None:
            raise TypeError("context must be specified")
        else:
            shadows = False
        if codec is not None:
            checked_codec(codec)
        kind = socket_type
        if track_peers:
            # A PUB socket does not tell of subscriptions, an XPUB socket does.
            kind = self._type_to_track(track_peers, shadow, socket_type)
        # By its name: super() would look through a dozen classes for it. And for the
        # names of arguments a dict is made.
        if shadows or copy_threshold is not None:
            SocketBase.__init__(
                self, ctx_or_socket, kind, shadow=shadow, copy_threshold=copy_threshold
            )
        else:
            SocketBase.__init__(self, ctx_or_socket, kind)
        if track_peers:
            self._track(socket_type)
        if codec is not None:
            self.codec: Codec[Any] | None = codec
        if count_stats or on_full is not None:
            self._set_up(count_stats, on_full)

    def _set_up(self, count_stats: bool, on_full: OnFull) -> None:
        try:
            if count_stats:
                self.count_stats = count_stats
            if on_full is not None:
                self.on_full = on_full
        except BaseException:
            if not self._shadow:
                SocketBase.close(self, 0)  # nobody else gets it
            raise

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let what a subclass makes of one frame hold for messages of several."""
        super().__init_subclass__(**kwargs)
        for one, several in ("send", "send_multipart"), ("recv", "recv_multipart"):
            if _overrides(cls, one):
                from zmq.sugar import framewise

                if _overrides(cls, several):
                    framewise.insert(cls, several)
                else:
                    setattr(cls, several, getattr(framewise, several))

    @classmethod
    def shadow(cls, address: int | Socket[Any]) -> Self:
        """Return another object for a libzmq socket that exists already.

        :param address: a :class:`zmq.Socket`, or the address of a libzmq socket, as an
            int or an FFI pointer.

        .. versionadded:: 14.1
        """
        return cls(shadow=address)

    def __copy__(self, memo: Any = None) -> Self:
        """Return a shadow: a socket cannot be doubled."""
        return type(self).shadow(self)

    __deepcopy__ = __copy__

    def __enter__(self) -> Self:
        """Close the socket at the end of a ``with`` block."""
        return self

    def __exit__(self, *args: object, **kwargs: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if self.closed or self._shadow or self._abandoned:
            return
        try:
            warn_unclosed("socket", self)
            # Not reached where warnings are errors: who has the traceback has this
            # object, and would keep the socket open.
            self._keep_until_freed()
        finally:
            self.close()

    def __repr__(self) -> str:
        cls = type(self)
        kind = self._socket_type
        name = f"zmq.{SocketType(kind).name}" if kind in _TYPES else kind
        state = " closed" if self.closed else ""
        return f"<{cls.__module__}.{cls.__qualname__}({name}) at {id(self):#x}{state}>"

    @property
    def type(self) -> SocketType:
        """The :class:`zmq.SocketType` of the socket, also when it is closed."""
        return SocketType(self._socket_type)

    @property
    def socket_type(self) -> SocketType:
        """The former name of :attr:`type`.

        .. deprecated:: 26
        """
        warn(
            "Socket.socket_type is deprecated: use Socket.type",
            DeprecationWarning,
            stacklevel=2,
        )
        return SocketType(self._socket_type)

    def fileno(self) -> int:
        """Return the descriptor of the socket, for event loops; see ``FD``.

        It is edge-triggered: readable when something may have changed. Look at
        ``events`` then, and after every operation, until there are none left.

        .. versionadded:: 17.0
        """
        return self.fd

    # Options

    if TYPE_CHECKING:

        @overload
        def getsockopt(self, option: _IntOption) -> int: ...
        @overload
        def getsockopt(self, option: _BytesOption) -> bytes: ...
        @overload
        def getsockopt(self, option: int) -> Any: ...

    def getsockopt(self, option: int) -> Any:
        """Return the value of an option; the same as :meth:`get`."""
        return self.get(option)

    def setsockopt(self, option: int, optval: int | bytes) -> None:
        """Set an option; the same as :meth:`set`."""
        self.set(option, optval)

    def get_string(self, option: int, encoding: str = "utf-8") -> str:
        """Return the value of an option that holds text.

        :param option: a :class:`zmq.SocketOption` whose value is bytes.
        :param encoding: how the text is encoded.
        :raises TypeError: when the value is an int.
        """
        value = self.get(option)
        if not isinstance(value, bytes):
            raise TypeError(f"option {_option_name(option)} is an int, not a string")
        return value.decode(encoding)

    def set_string(self, option: int, optval: str, encoding: str = "utf-8") -> None:
        """Set an option that holds text.

        :param option: a :class:`zmq.SocketOption` whose value is bytes.
        :param optval: the text.
        :param encoding: how to encode it.
        :raises TypeError: when `optval` is not a str.
        """
        if not isinstance(optval, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(
                f"option {_option_name(option)}: str expected, got {optval!r}"
            )
        self.set(option, optval.encode(encoding))

    getsockopt_string = get_string
    setsockopt_string = set_string
    getsockopt_unicode = get_string
    setsockopt_unicode = set_string

    def subscribe(self, topic: str | bytes) -> None:
        """Receive messages that begin with a topic, with a SUB socket.

        :param topic: the topic; a str is encoded in UTF-8.

        .. versionadded:: 15.3
        """
        self.set(SocketOption.SUBSCRIBE, _topic(topic))

    def unsubscribe(self, topic: str | bytes) -> None:
        """Undo one :meth:`subscribe` to a topic.

        :param topic: the topic; a str is encoded in UTF-8.

        .. versionadded:: 15.3
        """
        self.set(SocketOption.UNSUBSCRIBE, _topic(topic))

    if not TYPE_CHECKING:
        # Both are in use: sub.subscribe("topic") and sub.subscribe = "topic". They stay
        # plain functions, as tools that copy signatures know nothing else.
        _methods_of_options = {"subscribe": subscribe, "unsubscribe": unsubscribe}
        SUBSCRIBE = _TopicOption(SocketOption.SUBSCRIBE)
        UNSUBSCRIBE = _TopicOption(SocketOption.UNSUBSCRIBE)

    def get_hwm(self) -> int:
        """Return the high-water mark: messages that may wait to be sent, per peer."""
        return self.sndhwm

    def set_hwm(self, value: int) -> None:
        """Set both high-water marks, for later binds and connects.

        :param value: messages that may wait to be sent, and to be received, per peer;
            0 for any number.
        """
        self.sndhwm = value
        self.rcvhwm = value

    if TYPE_CHECKING:
        hwm: IntOption = IntOption(SocketOption.HWM)
        HWM: IntOption = hwm
    else:
        hwm = HWM = property(get_hwm, set_hwm, None, "Both high-water marks.")


def _overrides(cls: Any, name: str) -> bool:
    base = cls._by_frames
    return base is not None and getattr(cls, name) is not getattr(base, name)


Socket._by_frames = Socket  # pyright: ignore[reportPrivateUsage]
if hasattr(SocketBase, "_install_fast_methods"):  # not every backend can
    Socket._install_fast_methods()

_TYPES = frozenset(SocketType)


def _topic(topic: str | bytes) -> bytes:
    return topic.encode("utf-8") if isinstance(topic, str) else topic


def _option_name(option: int) -> str:
    try:
        return SocketOption(option).name
    except ValueError:
        return str(option)


if TYPE_CHECKING:
    SyncSocket = Socket[bytes]
else:
    SyncSocket = GenericAlias(Socket, bytes)
