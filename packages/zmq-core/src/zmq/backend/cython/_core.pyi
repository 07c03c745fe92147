# Types of the compiled binding of libzmq. stubtest holds them against the module, and
# tests/backend/test_seam.py the names against the others that list them. The docstrings
# are those of the .pyx files: tools/stub_docstrings.py writes them here, for editors.

import builtins
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal, Protocol, final, overload

from typing_extensions import Buffer, Self, TypeAlias, disjoint_base

from zmq.backend.tracker import Event, MessageTracker
from zmq.constants import SocketOption

# numpy declares the buffers of its arrays for Python 3.12 and later only.
class _Array(Protocol):
    @property
    def __array_interface__(self) -> dict[str, Any]: ...

# What can be sent. Not str, which has no buffer.
_Data: TypeAlias = Buffer | _Array

# What options are, where a checker can see which one it is.
# fmt: off
_BytesOption: TypeAlias = Literal[
    SocketOption.ROUTING_ID, SocketOption.SUBSCRIBE, SocketOption.UNSUBSCRIBE,
    SocketOption.LAST_ENDPOINT, SocketOption.PLAIN_USERNAME,
    SocketOption.PLAIN_PASSWORD, SocketOption.CURVE_PUBLICKEY,
    SocketOption.CURVE_SECRETKEY, SocketOption.CURVE_SERVERKEY, SocketOption.ZAP_DOMAIN,
    SocketOption.CONNECT_ROUTING_ID, SocketOption.GSSAPI_PRINCIPAL,
    SocketOption.GSSAPI_SERVICE_PRINCIPAL, SocketOption.SOCKS_PROXY,
    SocketOption.XPUB_WELCOME_MSG, SocketOption.BINDTODEVICE, SocketOption.IDENTITY,
    SocketOption.CONNECT_RID, SocketOption.TCP_ACCEPT_FILTER, SocketOption.METADATA,
    SocketOption.SOCKS_USERNAME, SocketOption.SOCKS_PASSWORD, SocketOption.WSS_KEY_PEM,
    SocketOption.WSS_CERT_PEM, SocketOption.WSS_TRUST_PEM, SocketOption.WSS_HOSTNAME,
    SocketOption.HELLO_MSG, SocketOption.DISCONNECT_MSG, SocketOption.HICCUP_MSG,
]
_IntOption: TypeAlias = Literal[
    SocketOption.HWM, SocketOption.AFFINITY, SocketOption.RATE,
    SocketOption.RECOVERY_IVL, SocketOption.SNDBUF, SocketOption.RCVBUF,
    SocketOption.RCVMORE, SocketOption.FD, SocketOption.EVENTS, SocketOption.TYPE,
    SocketOption.LINGER, SocketOption.RECONNECT_IVL, SocketOption.BACKLOG,
    SocketOption.RECONNECT_IVL_MAX, SocketOption.MAXMSGSIZE, SocketOption.SNDHWM,
    SocketOption.RCVHWM, SocketOption.MULTICAST_HOPS, SocketOption.RCVTIMEO,
    SocketOption.SNDTIMEO, SocketOption.ROUTER_MANDATORY, SocketOption.TCP_KEEPALIVE,
    SocketOption.TCP_KEEPALIVE_CNT, SocketOption.TCP_KEEPALIVE_IDLE,
    SocketOption.TCP_KEEPALIVE_INTVL, SocketOption.IMMEDIATE, SocketOption.XPUB_VERBOSE,
    SocketOption.ROUTER_RAW, SocketOption.IPV6, SocketOption.MECHANISM,
    SocketOption.PLAIN_SERVER, SocketOption.CURVE_SERVER, SocketOption.PROBE_ROUTER,
    SocketOption.REQ_CORRELATE, SocketOption.REQ_RELAXED, SocketOption.CONFLATE,
    SocketOption.ROUTER_HANDOVER, SocketOption.TOS, SocketOption.GSSAPI_SERVER,
    SocketOption.GSSAPI_PLAINTEXT, SocketOption.HANDSHAKE_IVL, SocketOption.XPUB_NODROP,
    SocketOption.BLOCKY, SocketOption.XPUB_MANUAL, SocketOption.STREAM_NOTIFY,
    SocketOption.INVERT_MATCHING, SocketOption.HEARTBEAT_IVL,
    SocketOption.HEARTBEAT_TTL, SocketOption.HEARTBEAT_TIMEOUT,
    SocketOption.XPUB_VERBOSER, SocketOption.CONNECT_TIMEOUT, SocketOption.TCP_MAXRT,
    SocketOption.THREAD_SAFE, SocketOption.MULTICAST_MAXTPDU,
    SocketOption.VMCI_BUFFER_SIZE, SocketOption.VMCI_BUFFER_MIN_SIZE,
    SocketOption.VMCI_BUFFER_MAX_SIZE, SocketOption.VMCI_CONNECT_TIMEOUT,
    SocketOption.USE_FD, SocketOption.GSSAPI_PRINCIPAL_NAMETYPE,
    SocketOption.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE, SocketOption.IPC_FILTER_PID,
    SocketOption.IPC_FILTER_UID, SocketOption.IPC_FILTER_GID, SocketOption.IPV4ONLY,
    SocketOption.DELAY_ATTACH_ON_CONNECT, SocketOption.FAIL_UNROUTABLE,
    SocketOption.ROUTER_BEHAVIOR, SocketOption.ZAP_ENFORCE_DOMAIN,
    SocketOption.LOOPBACK_FASTPATH, SocketOption.MULTICAST_LOOP,
    SocketOption.ROUTER_NOTIFY, SocketOption.XPUB_MANUAL_LAST_VALUE,
    SocketOption.IN_BATCH_SIZE, SocketOption.OUT_BATCH_SIZE,
    SocketOption.WSS_TRUST_SYSTEM, SocketOption.ONLY_FIRST_SUBSCRIBE,
    SocketOption.RECONNECT_STOP, SocketOption.PRIORITY, SocketOption.BUSY_POLL,
    SocketOption.XSUB_VERBOSE_UNSUBSCRIBE, SocketOption.TOPICS_COUNT,
    SocketOption.NORM_MODE, SocketOption.NORM_UNICAST_NACK,
    SocketOption.NORM_BUFFER_SIZE, SocketOption.NORM_SEGMENT_SIZE,
    SocketOption.NORM_BLOCK_SIZE, SocketOption.NORM_NUM_PARITY,
    SocketOption.NORM_NUM_AUTOPARITY, SocketOption.NORM_PUSH,
]
# fmt: on

PYZMQ_DRAFT_API: Final[bool]
IPC_PATH_MAX_LEN: Final[int]
__test__: Final[dict[str, str]]  # Cython puts it into every module

@disjoint_base
class Context:
    """The compiled base of :class:`zmq.Context`.

    :param io_threads: number of I/O threads of libzmq.
    :param shadow: the address of a libzmq context to use instead of a new one.
    """
    def __init__(self, io_threads: int = 1, shadow: int = 0) -> None: ...
    @property
    def underlying(self) -> int:
        """The address of the libzmq context, as an int; 0 when terminated."""
    @property
    def closed(self) -> bool:
        """Whether the context has been terminated."""
    def get(self, option: int) -> int:
        """Return the value of a context option, an int.

        :param option: a :class:`zmq.ContextOption`.
        :raises ZMQError: EINVAL, for an unknown option.
        :raises RuntimeError: when the context has been terminated.
        """
    def set(self, option: int, optval: int) -> None:
        """Set a context option.

        :param option: a :class:`zmq.ContextOption`.
        :param optval: an int.
        :raises ZMQError: EINVAL, for an unknown option or an unfit value.
        :raises RuntimeError: when the context has been terminated.
        """
    def term(self) -> None:
        """Wait until all sockets are closed and what they sent has left; then end.

        Whoever waits on one of the sockets gets :class:`zmq.ContextTerminated`. See
        ``LINGER`` for how long messages are kept.
        """

    def shutdown(self) -> None:
        """Wake all who wait on one of the sockets, with :class:`zmq.ContextTerminated`.

        Nothing can be done with the sockets from then on but close them. The context
        is yet to be terminated. Of a shadow nothing happens: only the original ends.
        """

    # private to zmq
    @property
    def _shadow(self) -> bool: ...
    @property
    def _tracemalloc_source(self) -> object: ...
    @property
    def _abandoned(self) -> bool: ...
    @property
    def _ends(self) -> bool: ...
    def _sockets_left(self) -> list[tuple[Any, ...]]: ...
    @property
    def _socket_count(self) -> int: ...
    def _shadow_of(self, other: Context) -> None: ...
    def _sockets_to_destroy(self, linger: int | None = None) -> list[Any]: ...

@final
class Counts:
    """The numbers of a socket, also after it was closed."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    @property
    def numbers(self) -> tuple[int, ...]:
        """A tuple, in the order of ``zq_stat``; then the messages dropped."""
    @property
    def final(self) -> bool:
        """Whether the socket is closed for good: they change no more."""

@disjoint_base
class BareSocket:
    """What a compiled :class:`Socket` is apart from its messages.

    Every call into libzmq is made with the GIL held and never waits there, so threads
    may share a socket; waiting is done outside, without the GIL.
    """
    def __init__(
        self,
        context: Context | None = None,
        socket_type: int = 0,
        *,
        shadow: Socket | int = 0,
        copy_threshold: int | None = None,
    ) -> None: ...
    @property
    def underlying(self) -> int:
        """The address of the libzmq socket, as an int; 0 when closed."""
    # None for a shadow of what other code made.
    @property
    def context(self) -> Context | None:
        """The :class:`zmq.Context` the socket belongs to."""
    @property
    def closed(self) -> bool:
        """Whether the socket has been closed, here or through a shadow of it."""
    @property
    def copy_threshold(self) -> int:
        """Bytes below which ``send(copy=False)`` copies all the same."""
    @copy_threshold.setter
    def copy_threshold(self, value: int) -> None: ...
    @property
    def _spin(self) -> int:
        """For how long, in nanoseconds, a wait polls in a loop before it sleeps."""
    @_spin.setter
    def _spin(self, value: int) -> None: ...
    @property
    def _counts(self) -> Counts:
        """The :class:`Counts` of the socket."""
    @property
    def _on_full(self) -> int:
        """What becomes of a message that would have to wait, see ``zq_on_full``."""
    @_on_full.setter
    def _on_full(self, value: int) -> None: ...
    def _count_wait(self, sending: bool) -> None:
        """Count a send, or a receive, that an event loop waits for."""
    @property
    def _counting(self) -> bool:
        """Whether what it does is counted."""
    @_counting.setter
    def _counting(self, value: bool) -> None: ...
    def close(self, linger: int | None = None) -> None:
        """Close the socket; nothing happens when it is closed already.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        """
    @overload
    def get(self, option: _IntOption) -> int:
        """Return the value of an option.

        :param option: a :class:`zmq.SocketOption`.
        :returns: int or bytes, as the option has it.
        :raises ZMQError: EINVAL, when it is unknown, or write-only.
        """
    @overload
    def get(self, option: _BytesOption) -> bytes: ...
    @overload
    def get(self, option: int) -> Any: ...
    def set(self, option: int, optval: int | bytes) -> None:
        """Set an option. Most take effect for later binds and connects only.

        :param option: a :class:`zmq.SocketOption`.
        :param optval: int or bytes, as the option wants it.
        :raises TypeError: for a value of another type.
        :raises OverflowError: for an int that does not fit.
        :raises ZMQError: EINVAL, for unknown and read-only options and unfit values.
        """
    # None here; a context manager in zmq.Socket.
    def bind(self, addr: str) -> object:
        """Accept connections at an address."""
    def connect(self, addr: str) -> object:
        """Connect to an address; libzmq retries in the background."""
    def unbind(self, addr: str | bytes) -> None:
        """Undo a bind.

        :param addr: the address, as str or bytes; after a bind to a wildcard port it is
            ``last_endpoint``.
        :raises ZMQError: ENOENT, when the socket is not bound to it.
        """
    def disconnect(self, addr: str | bytes) -> None:
        """Undo a connect.

        :param addr: the address, as str or bytes.
        :raises ZMQError: ENOENT, when the socket is not connected to it.
        """
    def monitor(self, addr: str | bytes | None, events: int = 0xFFFF) -> None:
        """Publish what happens to the connections of this socket.

        :param addr: an ``inproc://`` address for a PAIR socket to connect to at once:
            libzmq blocks a call whose event nobody can receive yet. None ends it.
            ``get_monitor_socket`` does all of this.
        :param events: a bit mask of :class:`zmq.Event`; by default all.
        """
    def join(self, group: str | bytes) -> None:
        """Receive the messages of a group, with a DISH socket (draft).

        :param group: its name, str or bytes.
        """
    def leave(self, group: str | bytes) -> None:
        """No longer receive the messages of a group, with a DISH socket (draft).

        :param group: its name, str or bytes.
        """

    # private to zmq
    @property
    def _shadow(self) -> bool: ...
    @property
    def _socket_type(self) -> int: ...
    @property
    def _tracemalloc_source(self) -> object: ...
    @property
    def _abandoned(self) -> bool: ...
    def _keep_until_freed(self) -> None: ...
    def _becomes_monitor_of(self, other: BareSocket) -> None: ...
    @property
    def _endpoints(self) -> list[tuple[str, str]]: ...
    @property
    def _has_outside_peers(self) -> bool: ...
    def _lacks_key(self, option: int) -> bool: ...
    def _watch(self, callback: Callable[[], object], events: int) -> None: ...
    def _unwatch(self, callback: Callable[[], object]) -> None: ...
    def _defer_close(self, callback: Callable[[], object]) -> None: ...
    def _allow_close(self, callback: Callable[[], object]) -> None: ...

class Socket(BareSocket):
    """The compiled base of :class:`zmq.Socket`, which documents it."""
    @overload
    def send(
        self,
        data: _Data,
        flags: int = 0,
        copy: bool = True,
        track: Literal[False] = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> None:
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
    @overload
    def send(
        self,
        data: _Data,
        flags: int = 0,
        *,
        copy: Literal[False],
        track: Literal[True],
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker: ...
    @overload
    def send(
        self,
        data: _Data,
        flags: int,
        copy: Literal[False],
        track: Literal[True],
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker: ...
    @overload
    def send(
        self,
        data: _Data,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker | None: ...
    @overload
    def send_multipart(
        self,
        msg_parts: Iterable[_Data],
        flags: int = 0,
        copy: bool = True,
        track: Literal[False] = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> None:
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
    @overload
    def send_multipart(
        self,
        msg_parts: Iterable[_Data],
        flags: int = 0,
        *,
        copy: Literal[False],
        track: Literal[True],
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker: ...
    @overload
    def send_multipart(
        self,
        msg_parts: Iterable[_Data],
        flags: int,
        copy: Literal[False],
        track: Literal[True],
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker: ...
    @overload
    def send_multipart(
        self,
        msg_parts: Iterable[_Data],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker | None: ...
    def send_many(
        self,
        messages: Iterable[Iterable[_Data]],
        flags: int = 0,
        copy: bool = True,
    ) -> int:
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
    # The first overload that fits counts: without `copy` that is the first one. Were it
    # keyword-only in the second, subclasses could not override them by one method.
    @overload
    def recv(  # pyright: ignore[reportOverlappingOverload]
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> bytes:
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
    @overload
    def recv(
        self, flags: int = 0, copy: Literal[False] = ..., track: bool = False
    ) -> Frame: ...
    @overload
    def recv(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> bytes | Frame: ...
    @overload
    def recv_multipart(  # pyright: ignore[reportOverlappingOverload]
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> list[bytes]:
        """Receive a whole message, as the list of its frames.

        :param flags: ``zmq.DONTWAIT`` not to wait.
        :param copy: False returns :class:`zmq.Frame` objects.
        :param track: give these trackers.
        :returns: a list of bytes, or of Frames.
        :raises Again: as for :meth:`recv`.
        :raises ZMQError: as for :meth:`recv`.
        """
    @overload
    def recv_multipart(
        self, flags: int = 0, copy: Literal[False] = ..., track: bool = False
    ) -> list[Frame]: ...
    @overload
    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> list[bytes] | list[Frame]: ...
    @overload
    def recv_many(  # pyright: ignore[reportOverlappingOverload]
        self, max_messages: int, flags: int = 0, copy: Literal[True] = True
    ) -> list[list[bytes]]:
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
    @overload
    def recv_many(
        self, max_messages: int, flags: int = 0, copy: Literal[False] = ...
    ) -> list[list[Frame]]: ...
    @overload
    def recv_many(
        self, max_messages: int, flags: int = 0, copy: bool = True
    ) -> list[list[bytes]] | list[list[Frame]]: ...
    def recv_into(self, buffer: Buffer, /, *, nbytes: int = 0, flags: int = 0) -> int:
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
    def poll(self, timeout: float | None = None, flags: int = 1) -> int:
        """Wait until the socket is ready; :class:`zmq.Poller` waits for several.

        :param timeout: milliseconds; None or a negative number, waits for ever.
        :param flags: a mask of :class:`zmq.PollEvent`; by default ``POLLIN``.
        :returns: the mask of what it is ready for; 0 when the time is over.
        :raises ZMQError: ENOTSOCK, when the socket is closed, also meanwhile.
        """

    # private to zmq
    @classmethod
    def _install_fast_methods(cls) -> None: ...

    # For asynchronous flavours: False, or None, stands for Again.
    def _try_send(
        self,
        data: _Data,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker | Literal[False] | None: ...
    def _try_send_multipart(
        self,
        msg_parts: Iterable[_Data],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker | Literal[False] | None: ...
    def _try_send_many(
        self, messages: Iterable[Iterable[_Data]], copy: bool = True
    ) -> int | Literal[False]: ...
    @overload
    def _try_recv(
        self,
        copy: Literal[True] = True,
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> bytes | None: ...
    @overload
    def _try_recv(
        self,
        copy: Literal[False],
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> Frame | None: ...
    @overload
    def _try_recv(
        self, copy: bool = True, track: bool = False, kept: list[Any] | None = None
    ) -> bytes | Frame | None: ...
    @overload
    def _try_recv_multipart(
        self,
        copy: Literal[True] = True,
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> list[bytes] | None: ...
    @overload
    def _try_recv_multipart(
        self,
        copy: Literal[False],
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> list[Frame] | None: ...
    @overload
    def _try_recv_multipart(
        self, copy: bool = True, track: bool = False, kept: list[Any] | None = None
    ) -> list[bytes] | list[Frame] | None: ...
    @overload
    def _try_recv_many(
        self,
        max_messages: int,
        copy: Literal[True] = True,
        kept: list[Any] | None = None,
    ) -> list[list[bytes]] | None: ...
    @overload
    def _try_recv_many(
        self, max_messages: int, copy: Literal[False], kept: list[Any] | None = None
    ) -> list[list[Frame]] | None: ...
    @overload
    def _try_recv_many(
        self, max_messages: int, copy: bool = True, kept: list[Any] | None = None
    ) -> list[list[bytes]] | list[list[Frame]] | None: ...
    def _try_recv_into(
        self, buffer: Buffer, nbytes: int = 0, kept: list[Any] | None = None
    ) -> int | None: ...
    def _again(self, flags: int, sending: bool) -> Exception: ...
    def _order_received(self) -> int | list[int]: ...
    def _received_part(self) -> int: ...
    def _undo_recv(self, frames: list[bytes] | list[Frame]) -> None: ...
    def _unrecv(self, message: list[bytes] | list[Frame]) -> None: ...
    def _unrecv_in_order(
        self, message: list[bytes] | list[Frame], order: int
    ) -> None: ...
    def _pass_for(self, socket_type: int) -> None: ...

@disjoint_base
class EagerSocket(Socket):
    """A socket whose operations return futures: at once, where nothing has to wait.

    What has to wait is for the methods of the subclass named ``_slow_send`` and so on,
    which take the same arguments. Those that receive are called with ``tried=True``
    after an attempt, see ``_refused``. Errors are for its ``_failed(error)``, which
    returns a future: an attempt that has failed is not repeated, since libzmq may have
    taken the message before a signal handler, say, raised.
    """

    _loop: Any
    _clock: TurnClock | None
    _budget: int
    _receiving: Any
    _sending: Any
    @property
    def _refused(self) -> bool:
        """Whether the last thing done with the socket was to receive in vain.

        What has come since then its descriptor tells. A caller that has just received
        in vain need not do so again, once it listens, for fear of what others may have
        done meanwhile.
        """

    def send(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        data: _Data,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> Any:
        """Send one message frame; see :meth:`zmq.Socket.send`.

        :returns: a future of None, or of the tracker. When it is cancelled before it
            is done, nothing has been sent.
        """
    def send_multipart(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        msg_parts: Iterable[_Data],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> Any:
        """Send a message of several frames; see :meth:`zmq.Socket.send_multipart`.

        :returns: a future of None, or of the tracker. When it is cancelled before it
            is done, nothing has been sent.
        """
    def recv(self, flags: int = 0, copy: bool = True, track: bool = False) -> Any:
        """Receive one message frame; see :meth:`zmq.Socket.recv`.

        :returns: a future of bytes, or of a Frame. When it is cancelled before it is
            done, nothing has been received.
        """
    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Any:
        """Receive a whole message; see :meth:`zmq.Socket.recv_multipart`.

        :returns: a future of a list of bytes, or of Frames. When it is cancelled before
            it is done, nothing has been received.
        """

@disjoint_base
class TurnClock:
    """Tells for how long an event loop has been kept from turning.

    `since` is when that began, in nanoseconds; `turning`, whether the loop has been
    asked to say when it turns.
    """

    since: int
    turning: bool
    def within(self, budget: int) -> bool:
        """Whether less than `budget` nanoseconds have passed."""
    def start(self) -> None:
        """Begin to measure."""

def ready_type(cls: type, running_loop: Callable[[], object]) -> Any:
    """Return the class of the futures that :class:`EagerSocket` objects make done.

    It is a subclass with the attributes ``_value``, ``_socket`` and ``_order``, and
    with what an await needs.

    :param cls: a class of futures, with a method ``_drop``, to be called when the
        result of a receive was never looked at, and ``result``, which raises what there
        is to raise when there is no ``_value``.
    :param running_loop: returns the event loop that runs in this thread, or None.
    """

# A base, since stubtest looks for it in Frame, which has it from Python 3.12 on only.
class _Exporter:
    def __buffer__(self, flags: int, /) -> memoryview: ...

@disjoint_base
class Frame(_Exporter):
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

    more: bool
    """Whether another frame of the same message follows."""
    tracker: MessageTracker | None
    """Tells when libzmq is done with the content; None unless ``track=True``."""
    tracker_event: Event | None
    """What the tracker waits for; None when the content was copied."""
    def __new__(cls, *args: Any, **kwargs: Any) -> Self: ...
    def __init__(
        self,
        data: _Data | None = None,
        track: bool = False,
        copy: bool | None = None,
        copy_threshold: int | None = None,
        **kwargs: Any,
    ) -> None: ...
    def __bytes__(self) -> builtins.bytes: ...
    def __copy__(self) -> Frame: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, key: int) -> int: ...
    @overload
    def __getitem__(self, key: str | builtins.bytes) -> str: ...
    @property
    def bytes(self) -> builtins.bytes:
        """The content as bytes; copied the first time, the same object afterwards."""
    @property
    def buffer(self) -> memoryview:
        """The content as a memoryview, not copied."""
    @property
    def MORE(self) -> int:  # noqa: N802
        """Whether another frame of the message follows, as an int."""
    @property
    def SHARED(self) -> int:  # noqa: N802
        """Whether it may share its memory with other messages, as an int."""
    @property
    def SRCFD(self) -> int:  # noqa: N802
        """The descriptor of the connection it came in by, where libzmq tells it."""
    @property
    def shared(self) -> int:
        """The same as ``SHARED``."""
    @property
    def srcfd(self) -> int:
        """The same as ``SRCFD``."""
    @property
    def user_id(self) -> str | None:
        """Who sent it, as the receiver's authenticator names the client, or None.

        The property ``"User-Id"``. Clients can forge it where no authenticator runs.

        .. versionadded:: 28.0
        """
    @property
    def peer_key(self) -> builtins.bytes | None:
        """The public CURVE key of the client that sent it, 40 bytes of Z85, or None.

        The property ``"Peer-Key"``, set by the authenticators of `zmq.auth`.

        .. versionadded:: 28.0
        """
    @property
    def routing_id(self) -> int:
        """The routing id, of CLIENT-SERVER messages (draft).

        .. versionadded:: 17.0
        """
    @routing_id.setter
    def routing_id(self, value: int) -> None: ...
    @property
    def group(self) -> str:
        """The group, of RADIO-DISH messages (draft).

        .. versionadded:: 17.0
        """
    @group.setter
    def group(self, value: str) -> None: ...
    @overload
    def get(self, option: int) -> int:
        """Return an option or a property of the message.

        :param option: a :class:`zmq.MessageOption`, which gives an int; or the name of
            a property, which gives a str: ``"Socket-Type"``, ``"Routing-Id"``,
            ``"User-Id"``, ``"Peer-Address"`` and what the peer's authenticator added.
            ``"routing_id"`` (int) and ``"group"`` (str) are those of draft sockets.
        :raises ZMQError: EINVAL, when the message has no such option or property.
        """
    @overload
    def get(self, option: str | builtins.bytes) -> str: ...
    @overload
    def set(self, option: int | Literal["routing_id"], value: int) -> None:
        """Set an option of the message.

        :param option: a :class:`zmq.MessageOption`, ``"routing_id"`` or ``"group"``.
        :param value: an int; a str for ``"group"``.
        :raises ZMQError: EINVAL, when there is no such option, or it cannot be set.
        """
    @overload
    def set(self, option: Literal["group"], value: str | builtins.bytes) -> None: ...

Message = Frame

@final
class Lease:
    """A Python buffer lent to libzmq, and the event of its return."""
    def is_set(self) -> bool:
        """Whether libzmq has given the buffer back."""
    def wait(self, timeout: float | None = None) -> bool:
        """Wait until libzmq has given the buffer back.

        :param timeout: seconds; None waits for ever.
        :returns: whether it came back in time.
        """

@disjoint_base
class OptionAttribute:
    """A socket option as an attribute of :class:`zmq.Socket`: a data descriptor.

    :param option: the :class:`zmq.SocketOption`.
    """
    def __init__(self, option: int) -> None: ...
    @property
    def option(self) -> int: ...
    def __get__(self, instance: Socket | None, owner: type | None = None, /) -> Any: ...
    def __set__(self, instance: Socket, value: Any, /) -> None: ...
    def __delete__(self, instance: Socket, /) -> None: ...

@disjoint_base
class ProxyLoop:
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
    def __init__(
        self,
        frontend: Socket,
        backend: Socket,
        capture: Socket | None = None,
        control: Socket | None = None,
        in_prefix: bytes | None = None,
        out_prefix: bytes | None = None,
        swap_ids: bool = False,
    ) -> None: ...
    @property
    def paused(self) -> bool:
        """Whether it was told to pause."""
    def run(self) -> None:
        """Run until :meth:`stop`, an error, or a signal handler that raises.

        :raises ContextTerminated: when the context of the sockets is terminated.
        :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
        """
    def stop(self) -> None:
        """Make :meth:`run` return; if it has not begun yet, as soon as it does."""
    def pause(self) -> None:
        """Leave messages where they are until :meth:`resume`."""
    def resume(self) -> None:
        """Undo a :meth:`pause`."""
    def statistics(self) -> dict[str, int]:
        """Return what has been moved so far, as a dict of ints.

        Its keys are ``frontend_messages`` and ``frontend_bytes``, for what came in at
        the frontend, and ``backend_messages`` and ``backend_bytes`` likewise.
        """

def zmq_poll(
    sockets: Iterable[tuple[Any, int]], timeout: float | None = -1
) -> list[tuple[Any, int]]:
    """Wait until one of several sockets or descriptors is ready.

    :param sockets: pairs of a socket (or an int descriptor, or an object with
        ``fileno()``) and the :class:`zmq.PollEvent` mask to wait for.
    :param timeout: milliseconds; a negative number or None waits for ever.
    :returns: a list of pairs, of those that are ready only: the socket, or the int
        descriptor, and the mask of what it is ready for.
    :raises ZMQError: ENOTSOCK, when all that is left to wait for is closed, without a
        timeout; and when a socket is closed meanwhile. Beside others, and with a
        timeout, sockets that are closed already are never ready.
    """

def proxy(frontend: Socket, backend: Socket, capture: Socket | None = None) -> None:
    """Pass messages between two sockets, both ways, until the context is terminated.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message (PUB, DEALER, PUSH or
        PAIR); by default none.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.

    .. versionadded:: 13.0
    """

def proxy_steerable(
    frontend: Socket,
    backend: Socket,
    capture: Socket | None = None,
    control: Socket | None = None,
) -> None:
    """Pass messages between two sockets, as a control socket commands.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message; by default none.
    :param control: a PAIR, PULL, SUB or REP socket that receives ``PAUSE``, ``RESUME``,
        ``TERMINATE``, or ``STATISTICS``, which is answered by eight 64 bit numbers.
    :returns: after ``TERMINATE``.
    :raises ContextTerminated: when the context is terminated before.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.

    .. versionadded:: 18.0
    """

def monitored_queue(
    in_socket: Socket,
    out_socket: Socket,
    mon_socket: Socket,
    in_prefix: bytes = b"in",
    out_prefix: bytes = b"out",
) -> None:
    """Pass messages between two sockets and publish a copy of each, with a prefix.

    :param in_socket: the socket of one side.
    :param out_socket: the socket of the other side. When both are ROUTER, the first two
        frames of every message, the routing ids, are exchanged.
    :param mon_socket: the socket that gets the copies.
    :param in_prefix: frame put before copies of what came in at `in_socket`.
    :param out_prefix: frame put before copies of what came in at `out_socket`.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
    """

def buffers_lent() -> int:
    """Return how many buffers, sent without a copy, libzmq has not given back yet."""

def zmq_version_info() -> tuple[int, int, int]:
    """Return the version of libzmq in use, as three ints."""

def zmq_errno() -> int:
    """Return the error code of the last failed call to libzmq in this thread."""

def strerror(errno: int) -> str:
    """Return libzmq's description of an error code.

    :param errno: the code, a :class:`zmq.Errno` or any ``errno`` of the system.
    """

def has(capability: str) -> bool:
    """Return whether libzmq was built with a capability.

    :param capability: its name, such as ``"ipc"``, ``"curve"``, ``"gssapi"`` or
        ``"draft"``.

    .. versionadded:: 14.1
    """

def curve_keypair() -> tuple[bytes, bytes]:
    """Make a new key pair for CURVE.

    :returns: the public and the secret key, each as 40 bytes of Z85.
    :raises ZMQError: ENOTSUP, when libzmq was built without CURVE.

    .. versionadded:: 14.0
    """

def curve_public(secret_key: bytes | str) -> bytes:
    """Compute the public key that belongs to a secret key.

    :param secret_key: 40 characters of Z85, as bytes or str.
    :returns: the public key, as 40 bytes of Z85.
    :raises ValueError: when `secret_key` has another length, or is no Z85.
    :raises ZMQError: ENOTSUP, when libzmq was built without CURVE.

    .. versionadded:: 17.0
    """
