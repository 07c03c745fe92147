# Types of the compiled binding of libzmq. stubtest holds them against the module, and
# tests/test_seam.py the names against the others that list them.

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
    def __init__(self, io_threads: int = 1, shadow: int = 0) -> None: ...
    @property
    def underlying(self) -> int: ...
    @property
    def closed(self) -> bool: ...
    def get(self, option: int) -> int: ...
    def set(self, option: int, optval: int) -> None: ...
    def term(self) -> None: ...

    # private to zmq
    @property
    def _shadow(self) -> bool: ...
    @property
    def _allocation(self) -> object: ...
    @property
    def _abandoned(self) -> bool: ...
    @property
    def _socket_count(self) -> int: ...
    def _shadow_of(self, other: Context) -> None: ...
    def _sockets_to_destroy(self, linger: int | None = None) -> list[Any]: ...

@disjoint_base
class Socket:
    def __init__(
        self,
        context: Context | None = None,
        socket_type: int = 0,
        *,
        shadow: Socket | int = 0,
        copy_threshold: int | None = None,
    ) -> None: ...
    @property
    def underlying(self) -> int: ...
    # None for a shadow of what other code made.
    @property
    def context(self) -> Context | None: ...
    @property
    def closed(self) -> bool: ...
    @property
    def copy_threshold(self) -> int: ...
    @copy_threshold.setter
    def copy_threshold(self, value: int) -> None: ...
    def close(self, linger: int | None = None) -> None: ...
    @overload
    def get(self, option: _IntOption) -> int: ...
    @overload
    def get(self, option: _BytesOption) -> bytes: ...
    @overload
    def get(self, option: int) -> Any: ...
    def set(self, option: int, optval: int | bytes) -> None: ...
    # None here; a context manager in zmq.Socket.
    def bind(self, addr: str) -> object: ...
    def connect(self, addr: str) -> object: ...
    def unbind(self, addr: str | bytes) -> None: ...
    def disconnect(self, addr: str | bytes) -> None: ...
    def monitor(self, addr: str | bytes | None, events: int = 0xFFFF) -> None: ...
    def join(self, group: str | bytes) -> None: ...
    def leave(self, group: str | bytes) -> None: ...
    def poll(self, timeout: float | None = None, flags: int = 1) -> int: ...
    @overload
    def send(
        self,
        data: _Data,
        flags: int = 0,
        copy: bool = True,
        track: Literal[False] = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> None: ...
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
    ) -> None: ...
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
    ) -> int: ...
    # The first overload that fits counts: without `copy` that is the first one. Were it
    # keyword-only in the second, subclasses could not override them by one method.
    @overload
    def recv(  # pyright: ignore[reportOverlappingOverload]
        self, flags: int = 0, copy: Literal[True] = True, track: bool = False
    ) -> bytes: ...
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
    ) -> list[bytes]: ...
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
    ) -> list[list[bytes]]: ...
    @overload
    def recv_many(
        self, max_messages: int, flags: int = 0, copy: Literal[False] = ...
    ) -> list[list[Frame]]: ...
    @overload
    def recv_many(
        self, max_messages: int, flags: int = 0, copy: bool = True
    ) -> list[list[bytes]] | list[list[Frame]]: ...
    def recv_into(
        self, buffer: Buffer, /, *, nbytes: int = 0, flags: int = 0
    ) -> int: ...

    # private to zmq
    @property
    def _shadow(self) -> bool: ...
    @property
    def _socket_type(self) -> int: ...
    @property
    def _allocation(self) -> object: ...
    @property
    def _abandoned(self) -> bool: ...
    def _becomes_monitor_of(self, other: Socket) -> None: ...

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
        self, copy: Literal[True] = True, track: bool = False
    ) -> bytes | None: ...
    @overload
    def _try_recv(self, copy: Literal[False], track: bool = False) -> Frame | None: ...
    @overload
    def _try_recv(
        self, copy: bool = True, track: bool = False
    ) -> bytes | Frame | None: ...
    @overload
    def _try_recv_multipart(
        self, copy: Literal[True] = True, track: bool = False
    ) -> list[bytes] | None: ...
    @overload
    def _try_recv_multipart(
        self, copy: Literal[False], track: bool = False
    ) -> list[Frame] | None: ...
    @overload
    def _try_recv_multipart(
        self, copy: bool = True, track: bool = False
    ) -> list[bytes] | list[Frame] | None: ...
    @overload
    def _try_recv_many(
        self, max_messages: int, copy: Literal[True] = True
    ) -> list[list[bytes]] | None: ...
    @overload
    def _try_recv_many(
        self, max_messages: int, copy: Literal[False]
    ) -> list[list[Frame]] | None: ...
    @overload
    def _try_recv_many(
        self, max_messages: int, copy: bool = True
    ) -> list[list[bytes]] | list[list[Frame]] | None: ...
    def _try_recv_into(self, buffer: Buffer, nbytes: int = 0) -> int | None: ...
    def _lacks_key(self, option: int) -> bool: ...
    def _again(self, flags: int, sending: bool) -> Exception: ...
    def _order_received(self) -> int: ...
    def _unrecv(self, message: list[bytes] | list[Frame]) -> None: ...
    def _unrecv_in_order(
        self, message: list[bytes] | list[Frame], order: int
    ) -> None: ...
    def _watch(self, callback: Callable[[], object], events: int) -> None: ...
    def _unwatch(self, callback: Callable[[], object]) -> None: ...
    @classmethod
    def _hasten(cls) -> None: ...
    def _hold(self, callback: Callable[[], object]) -> None: ...
    def _release(self, callback: Callable[[], object]) -> None: ...

@disjoint_base
class EagerSocket(Socket):
    _loop: Any
    _clock: TurnClock | None
    _budget: int
    _receiving: Any
    _sending: Any
    def send(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        data: _Data,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> Any: ...
    def send_multipart(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        msg_parts: Iterable[_Data],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> Any: ...
    def recv(self, flags: int = 0, copy: bool = True, track: bool = False) -> Any: ...
    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Any: ...

@disjoint_base
class TurnClock:
    since: int
    turning: bool
    def within(self, budget: int) -> bool: ...
    def start(self) -> None: ...

def next_order() -> int: ...
def adopt_ready_type(cls: type, running_loop: Callable[[], object]) -> None: ...

# A base, since stubtest looks for it in Frame, which has it from Python 3.12 on only.
class _Exporter:
    def __buffer__(self, flags: int, /) -> memoryview: ...

@disjoint_base
class Frame(_Exporter):
    more: bool
    tracker: MessageTracker | None
    tracker_event: Event | None
    def __new__(
        cls,
        data: _Data | None = None,
        track: bool = False,
        copy: bool | None = None,
        copy_threshold: int | None = None,
        **kwargs: Any,
    ) -> Self: ...
    def __bytes__(self) -> builtins.bytes: ...
    def __copy__(self) -> Frame: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, key: int) -> int: ...
    @overload
    def __getitem__(self, key: str | builtins.bytes) -> str: ...
    @property
    def bytes(self) -> builtins.bytes: ...
    @property
    def buffer(self) -> memoryview: ...
    @property
    def MORE(self) -> int: ...  # noqa: N802
    @property
    def SHARED(self) -> int: ...  # noqa: N802
    @property
    def SRCFD(self) -> int: ...  # noqa: N802
    @property
    def shared(self) -> int: ...
    @property
    def srcfd(self) -> int: ...
    @property
    def routing_id(self) -> int: ...
    @routing_id.setter
    def routing_id(self, value: int) -> None: ...
    @property
    def group(self) -> str: ...
    @group.setter
    def group(self, value: str) -> None: ...
    @overload
    def get(self, option: int) -> int: ...
    @overload
    def get(self, option: str | builtins.bytes) -> str: ...
    @overload
    def set(self, option: int | Literal["routing_id"], value: int) -> None: ...
    @overload
    def set(self, option: Literal["group"], value: str | builtins.bytes) -> None: ...

Message = Frame

@final
class Lease:
    def is_set(self) -> bool: ...
    def wait(self, timeout: float | None = None) -> bool: ...

@disjoint_base
class OptionAttribute:
    def __init__(self, option: int) -> None: ...
    @property
    def option(self) -> int: ...
    def __get__(self, instance: Socket | None, owner: type | None = None, /) -> Any: ...
    def __set__(self, instance: Socket, value: Any, /) -> None: ...
    def __delete__(self, instance: Socket, /) -> None: ...

@disjoint_base
class ProxyLoop:
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
    def paused(self) -> bool: ...
    def run(self) -> None: ...
    def stop(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def statistics(self) -> dict[str, int]: ...

def zmq_poll(
    sockets: Iterable[tuple[Any, int]], timeout: float | None = -1
) -> list[tuple[Any, int]]: ...
def proxy(frontend: Socket, backend: Socket, capture: Socket | None = None) -> None: ...
def proxy_steerable(
    frontend: Socket,
    backend: Socket,
    capture: Socket | None = None,
    control: Socket | None = None,
) -> None: ...
def monitored_queue(
    in_socket: Socket,
    out_socket: Socket,
    mon_socket: Socket,
    in_prefix: bytes = b"in",
    out_prefix: bytes = b"out",
) -> None: ...
def buffers_lent() -> int: ...
def zmq_version_info() -> tuple[int, int, int]: ...
def zmq_errno() -> int: ...
def strerror(errno: int) -> str: ...
def has(capability: str) -> bool: ...
def curve_keypair() -> tuple[bytes, bytes]: ...
def curve_public(secret_key: bytes | str) -> bytes: ...
