"""The constants of libzmq: as enums, and under their names in C.

All constants are defined with every libzmq; whether the linked one knows an option or
a socket type shows when it is used. "Draft" marks what needs a libzmq, and a zmq-core,
built with its draft API.
"""

from __future__ import annotations

import errno
import sys
from enum import IntEnum, IntFlag

from zmq._enum import IntConstants
from zmq._texts import (
    TextOfMember,
    context_option_text,
    member_text,
    socket_option_text,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

# libzmq numbers its own errors, and those the platform has no number for, from here.
_HAUSNUMERO = 156384712


def _platform_errno(name: str, offset: int, windows: int) -> int:
    """Return the value libzmq's ``zmq_errno()`` has for an error on this platform."""
    # Python's errno holds the WSAE* numbers on Windows; libzmq reports those of the
    # C runtime.
    code: int = (
        windows
        if sys.platform == "win32"
        else getattr(errno, name, _HAUSNUMERO + offset)
    )
    return code


class SocketType(IntEnum, metaclass=IntConstants):
    """The types of socket: the first argument of :meth:`zmq.Context.socket`."""

    PAIR = 0
    """One peer only, both ways; for two threads that talk over ``inproc``."""
    PUB = 1
    """Sends to every subscriber whose subscription fits, and drops what one cannot keep
    up with. It cannot receive.
    """
    SUB = 2
    """Receives what it has subscribed to, from all publishers. It cannot send, and gets
    nothing without :meth:`zmq.Socket.subscribe`.
    """
    REQ = 3
    """Asks: sends a request, then must receive the reply before it sends again."""
    REP = 4
    """Answers: receives a request, then must send the reply, which goes back to who
    asked.
    """
    DEALER = 5
    """Sends to its peers in turn and receives from all, in any order: REQ without its
    rule of turns.
    """
    ROUTER = 6
    """Knows its peers by name: what it receives begins with the name of the sender, and
    what it sends with that of the recipient.
    """
    PULL = 7
    """Receives tasks from all PUSH peers in turn. It cannot send."""
    PUSH = 8
    """Gives each message to one of its PULL peers, in turn, and waits when none has
    room. It cannot receive.
    """
    XPUB = 9
    """A PUB socket that also receives the subscriptions: a byte 1 or 0, and the topic.
    """
    XSUB = 10
    """A SUB socket that subscribes by sending: a byte 1 or 0, and the topic."""
    STREAM = 11
    """Bytes over plain TCP connections, with peers that do not speak ZeroMQ; the first
    frame names the connection.
    """
    XREQ = DEALER
    """The old name of ``DEALER``."""
    XREP = ROUTER
    """The old name of ``ROUTER``."""
    # since libzmq 4.2, draft
    SERVER = 12
    """Draft, since libzmq 4.2: answers CLIENT peers by their ``routing_id``. Threads
    may share it; one frame per message.
    """
    CLIENT = 13
    """Draft, since libzmq 4.2: talks to SERVER peers, in any order. Threads may share
    it; one frame per message.
    """
    RADIO = 14
    """Draft, since libzmq 4.2: sends to a group, which DISH peers join. It can use
    ``udp``; one frame per message.
    """
    DISH = 15
    """Draft, since libzmq 4.2: receives the messages of the groups that it joins with
    :meth:`zmq.Socket.join`.
    """
    GATHER = 16
    """Draft, since libzmq 4.2: PULL for threads that share it; one frame per message.
    """
    SCATTER = 17
    """Draft, since libzmq 4.2: PUSH for threads that share it; one frame per message.
    """
    DGRAM = 18
    """Draft, since libzmq 4.2: plain UDP datagrams; the first frame is the address of
    the peer.
    """
    PEER = 19
    """Draft, since libzmq 4.3.3: sends to each of its peers by a ``routing_id``.
    Threads may share it; one frame per message.
    """
    CHANNEL = 20
    """Draft, since libzmq 4.3.3: PAIR for threads that share it; one frame per message.
    """


class SocketOption(IntEnum, metaclass=IntConstants):
    """The options that :meth:`zmq.Socket.get` and :meth:`zmq.Socket.set` know."""

    # no option of libzmq any more: stands for SNDHWM and RCVHWM together
    HWM = 1
    AFFINITY = 4
    ROUTING_ID = 5
    SUBSCRIBE = 6
    UNSUBSCRIBE = 7
    RATE = 8
    RECOVERY_IVL = 9
    SNDBUF = 11
    RCVBUF = 12
    RCVMORE = 13
    FD = 14
    EVENTS = 15
    TYPE = 16
    LINGER = 17
    RECONNECT_IVL = 18
    BACKLOG = 19
    RECONNECT_IVL_MAX = 21
    MAXMSGSIZE = 22
    SNDHWM = 23
    RCVHWM = 24
    MULTICAST_HOPS = 25
    RCVTIMEO = 27
    SNDTIMEO = 28
    LAST_ENDPOINT = 32
    ROUTER_MANDATORY = 33
    TCP_KEEPALIVE = 34
    TCP_KEEPALIVE_CNT = 35
    TCP_KEEPALIVE_IDLE = 36
    TCP_KEEPALIVE_INTVL = 37
    IMMEDIATE = 39
    XPUB_VERBOSE = 40
    ROUTER_RAW = 41
    IPV6 = 42
    MECHANISM = 43
    PLAIN_SERVER = 44
    PLAIN_USERNAME = 45
    PLAIN_PASSWORD = 46
    CURVE_SERVER = 47
    CURVE_PUBLICKEY = 48
    CURVE_SECRETKEY = 49
    CURVE_SERVERKEY = 50
    PROBE_ROUTER = 51
    REQ_CORRELATE = 52
    REQ_RELAXED = 53
    CONFLATE = 54
    ZAP_DOMAIN = 55
    ROUTER_HANDOVER = 56
    TOS = 57
    CONNECT_ROUTING_ID = 61
    GSSAPI_SERVER = 62
    GSSAPI_PRINCIPAL = 63
    GSSAPI_SERVICE_PRINCIPAL = 64
    GSSAPI_PLAINTEXT = 65
    HANDSHAKE_IVL = 66
    SOCKS_PROXY = 68
    XPUB_NODROP = 69
    BLOCKY = 70
    XPUB_MANUAL = 71
    XPUB_WELCOME_MSG = 72
    STREAM_NOTIFY = 73
    INVERT_MATCHING = 74
    HEARTBEAT_IVL = 75
    HEARTBEAT_TTL = 76
    HEARTBEAT_TIMEOUT = 77
    XPUB_VERBOSER = 78
    CONNECT_TIMEOUT = 79
    TCP_MAXRT = 80
    THREAD_SAFE = 81
    MULTICAST_MAXTPDU = 84
    VMCI_BUFFER_SIZE = 85
    VMCI_BUFFER_MIN_SIZE = 86
    VMCI_BUFFER_MAX_SIZE = 87
    VMCI_CONNECT_TIMEOUT = 88
    USE_FD = 89
    GSSAPI_PRINCIPAL_NAMETYPE = 90
    GSSAPI_SERVICE_PRINCIPAL_NAMETYPE = 91
    BINDTODEVICE = 92
    # older names, and options libzmq has deprecated
    IDENTITY = ROUTING_ID
    CONNECT_RID = CONNECT_ROUTING_ID
    TCP_ACCEPT_FILTER = 38
    IPC_FILTER_PID = 58
    IPC_FILTER_UID = 59
    IPC_FILTER_GID = 60
    IPV4ONLY = 31
    DELAY_ATTACH_ON_CONNECT = IMMEDIATE
    FAIL_UNROUTABLE = ROUTER_MANDATORY
    ROUTER_BEHAVIOR = ROUTER_MANDATORY
    # draft options when they appeared in libzmq 4.3
    ZAP_ENFORCE_DOMAIN = 93
    LOOPBACK_FASTPATH = 94
    METADATA = 95
    MULTICAST_LOOP = 96
    ROUTER_NOTIFY = 97
    XPUB_MANUAL_LAST_VALUE = 98
    SOCKS_USERNAME = 99
    SOCKS_PASSWORD = 100
    IN_BATCH_SIZE = 101
    OUT_BATCH_SIZE = 102
    WSS_KEY_PEM = 103
    WSS_CERT_PEM = 104
    WSS_TRUST_PEM = 105
    WSS_HOSTNAME = 106
    WSS_TRUST_SYSTEM = 107
    ONLY_FIRST_SUBSCRIBE = 108
    RECONNECT_STOP = 109
    HELLO_MSG = 110
    DISCONNECT_MSG = 111
    PRIORITY = 112
    BUSY_POLL = 113
    HICCUP_MSG = 114
    XSUB_VERBOSE_UNSUBSCRIBE = 115
    TOPICS_COUNT = 116
    NORM_MODE = 117
    NORM_UNICAST_NACK = 118
    NORM_BUFFER_SIZE = 119
    NORM_SEGMENT_SIZE = 120
    NORM_BLOCK_SIZE = 121
    NORM_NUM_PARITY = 122
    NORM_NUM_AUTOPARITY = 123
    NORM_PUSH = 124


type.__setattr__(
    SocketOption, "__doc__", TextOfMember(SocketOption.__doc__, socket_option_text)
)


class ContextOption(IntEnum, metaclass=IntConstants):
    """The options that :meth:`zmq.Context.get` and :meth:`zmq.Context.set` know."""

    IO_THREADS = 1
    MAX_SOCKETS = 2
    SOCKET_LIMIT = 3
    THREAD_PRIORITY = SOCKET_LIMIT
    THREAD_SCHED_POLICY = 4
    MAX_MSGSZ = 5
    MSG_T_SIZE = 6
    THREAD_AFFINITY_CPU_ADD = 7
    THREAD_AFFINITY_CPU_REMOVE = 8
    THREAD_NAME_PREFIX = 9


type.__setattr__(
    ContextOption, "__doc__", TextOfMember(ContextOption.__doc__, context_option_text)
)


class MessageOption(IntEnum, metaclass=IntConstants):
    """The integer properties that :meth:`zmq.Frame.get` knows."""

    MORE = 1
    """1 when another frame of the same message follows, or else 0."""
    SHARED = 3
    """1 when other frames share the memory of this one, or else 0."""
    SRCFD = 2
    """The descriptor of the connection it came by. libzmq 4.3 does not tell it any
    more.
    """


class Flag(IntFlag, metaclass=IntConstants):
    """The flags of a send or receive."""

    DONTWAIT = 1
    """Do not wait: raise :class:`zmq.Again` where one would have to."""
    SNDMORE = 2
    """Another frame of the same message follows."""
    NOBLOCK = DONTWAIT
    """The older name of ``DONTWAIT``."""


class PollEvent(IntFlag, metaclass=IntConstants):
    """What to poll for, and what polling found."""

    POLLIN = 1
    """A message can be received; of a descriptor, it can be read from."""
    POLLOUT = 2
    """A message can be sent; of a descriptor, it can be written to."""
    POLLERR = 4
    """An error, of a descriptor. Sockets of libzmq never have it."""
    POLLPRI = 8
    """Urgent data, of a descriptor. Sockets of libzmq never have it."""


class Event(IntFlag, metaclass=IntConstants):
    """What a socket monitor reports, and the values that come with it.

    The ``PROTOCOL_ERROR`` members are no events: one of them is the value of a
    ``HANDSHAKE_FAILED_PROTOCOL`` event.
    """

    PROTOCOL_ERROR_WS_UNSPECIFIED = 0x30000000
    """The WebSocket peer broke the protocol in a way that libzmq does not name."""
    PROTOCOL_ERROR_ZMTP_UNSPECIFIED = 0x10000000
    """The peer broke ZeroMQ's protocol (ZMTP) in a way that libzmq does not name."""
    PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND = 0x10000001
    """A command came where another one was due."""
    PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE = 0x10000002
    """A CURVE message came with a number that is not higher than the last: it may have
    been replayed.
    """
    PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE = 0x10000003
    """The short-term keys of CURVE could not be exchanged."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED = 0x10000011
    """A command of the handshake is malformed; libzmq does not say which."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE = 0x10000012
    """A CURVE MESSAGE command is malformed, such as too short."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO = 0x10000013
    """The HELLO command, with which a client begins PLAIN and CURVE, is malformed."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE = 0x10000014
    """The INITIATE command, the client's last of a handshake, is malformed."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR = 0x10000015
    """The ERROR command, with which a server refuses, is malformed."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY = 0x10000016
    """The READY command, the last of a handshake, is malformed."""
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME = 0x10000017
    """The WELCOME command, a server's answer to HELLO, is malformed."""
    PROTOCOL_ERROR_ZMTP_INVALID_METADATA = 0x10000018
    """The properties that came with the handshake cannot be read, or the socket types
    do not go together.
    """
    PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC = 0x11000001
    """CURVE could not decrypt: most often the client has a wrong ``CURVE_SERVERKEY``.
    """
    PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH = 0x11000002
    """The sides use different mechanisms, such as NULL here and CURVE there, or both
    are CURVE clients.
    """
    PROTOCOL_ERROR_ZAP_UNSPECIFIED = 0x20000000
    """The authenticator's reply is no reply, in a way that libzmq does not name."""
    PROTOCOL_ERROR_ZAP_MALFORMED_REPLY = 0x20000001
    """The authenticator's reply has the wrong number of frames."""
    PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID = 0x20000002
    """The authenticator's reply is for another request."""
    PROTOCOL_ERROR_ZAP_BAD_VERSION = 0x20000003
    """The authenticator's reply has a version other than 1.0."""
    PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE = 0x20000004
    """The authenticator's status is not 200, 300, 400 or 500."""
    PROTOCOL_ERROR_ZAP_INVALID_METADATA = 0x20000005
    """The metadata in the authenticator's reply cannot be read."""
    CONNECTED = 0x00001
    """The transport is connected; the handshake comes next. Value: the descriptor."""
    CONNECT_DELAYED = 0x00002
    """A connect is under way and waits for its result, as tcp's do. Value: an errno, of
    no interest.
    """
    CONNECT_RETRIED = 0x00004
    """A connect failed, and is tried again. Value: in how many ms."""
    LISTENING = 0x00008
    """The socket is bound. Value: the descriptor."""
    BIND_FAILED = 0x00010
    """It could not be bound. Value: the errno."""
    ACCEPTED = 0x00020
    """A peer has connected; the handshake comes next. Value: the descriptor."""
    ACCEPT_FAILED = 0x00040
    """A peer's connection could not be accepted. Value: the errno, such as EMFILE for
    too many open files.
    """
    CLOSED = 0x00080
    """A connection, or the listening descriptor, was closed on this side. Value: the
    descriptor.
    """
    CLOSE_FAILED = 0x00100
    """A descriptor could not be closed. Value: the errno."""
    DISCONNECTED = 0x00200
    """The peer is gone, or the connection broke. Value: the descriptor."""
    MONITOR_STOPPED = 0x00400
    """Monitoring has ended: the last event of all."""
    HANDSHAKE_FAILED_NO_DETAIL = 0x00800
    """The handshake failed for a reason outside of the protocol, such as a lost
    connection. Value: the errno.
    """
    HANDSHAKE_SUCCEEDED = 0x01000
    """The peers have agreed on everything, and messages can pass."""
    HANDSHAKE_FAILED_PROTOCOL = 0x02000
    """The handshake failed as one side did not keep to the protocol, or the mechanisms
    differ. Value: one of the ``PROTOCOL_ERROR`` members.
    """
    HANDSHAKE_FAILED_AUTH = 0x04000
    """An authenticator refused the connection. Value: its status, 300, 400 or 500."""
    ALL_V1 = 0x0FFFF
    """All events that have one value, which is what monitors report."""
    ALL = ALL_V1
    """The same as ``ALL_V1``: the default of monitors."""
    PIPES_STATS = 0x10000
    """Draft, since libzmq 4.3: how many messages wait in the queues. Values: those to
    be received, and those to be sent.
    """
    ALL_V2 = 0x1FFFF
    """Draft: all events, ``PIPES_STATS`` included."""


class RouterNotify(IntEnum, metaclass=IntConstants):
    """Values of :attr:`SocketOption.ROUTER_NOTIFY` (draft, libzmq 4.3)."""

    CONNECT = 1
    """The ROUTER gets a message with the peer's name and an empty frame when one
    connects.
    """
    DISCONNECT = 2
    """The same, when a peer disconnects."""


class ReconnectStop(IntEnum, metaclass=IntConstants):
    """Values of :attr:`SocketOption.RECONNECT_STOP` (draft, libzmq 4.3.3)."""

    CONN_REFUSED = 1
    """Do not reconnect when the peer refuses the connection, as where nobody listens.
    """
    HANDSHAKE_FAILED = 2
    """Do not reconnect when the handshake fails."""
    AFTER_DISCONNECT = 4
    """Do not reconnect after :meth:`zmq.Socket.disconnect`."""


class NormMode(IntEnum, metaclass=IntConstants):
    """Values of :attr:`SocketOption.NORM_MODE` (draft, libzmq 4.3.5)."""

    FIXED = 0
    """A fixed rate, as ``RATE`` says."""
    CC = 1
    """Congestion control for fairness with TCP; the default."""
    CCL = 2
    """Congestion control that takes losses for random, as in radio networks, and not
    for congestion.
    """
    CCE = 3
    """Congestion control that also reacts to explicit congestion notification (ECN)."""
    CCE_ECNONLY = 4
    """Congestion control by explicit congestion notification (ECN) alone: losses are
    ignored.
    """


class SecurityMechanism(IntEnum, metaclass=IntConstants):
    """Values of :attr:`SocketOption.MECHANISM`."""

    NULL = 0
    """Neither encryption nor proof of who it is; an authenticator may decide by the
    address.
    """
    PLAIN = 1
    """A user name and a password, unencrypted."""
    CURVE = 2
    """Encryption, and keys by which each side proves who it is."""
    GSSAPI = 3
    """Kerberos."""


class DeviceType(IntEnum, metaclass=IntConstants):
    """The first argument of :func:`zmq.device`, which ignores it."""

    STREAMER = 1
    """From PULL to PUSH."""
    FORWARDER = 2
    """From XSUB to XPUB."""
    QUEUE = 3
    """Between ROUTER and DEALER, requests and replies."""


class Errno(IntEnum, metaclass=IntConstants):
    """The error codes of libzmq, with this platform's values."""

    EAGAIN = errno.EAGAIN
    """It would have had to wait, or has waited as long as allowed: :class:`zmq.Again`.
    """
    EFAULT = errno.EFAULT
    """An argument points to no memory. It should not happen in Python."""
    EINVAL = errno.EINVAL
    """An argument makes no sense: an address, an option, its value, a socket type."""
    ENOTSUP = _platform_errno("ENOTSUP", 1, 129)
    """This socket type, or this libzmq, cannot do that; also what is closed in
    asyncio's ``poll``.
    """
    EPROTONOSUPPORT = _platform_errno("EPROTONOSUPPORT", 2, 135)
    """The transport of the address is unknown, or this libzmq was built without it."""
    ENOBUFS = _platform_errno("ENOBUFS", 3, 119)
    """The system has no room for the buffers of a network connection."""
    ENETDOWN = _platform_errno("ENETDOWN", 4, 116)
    """The network is down."""
    EADDRINUSE = _platform_errno("EADDRINUSE", 5, 100)
    """Another socket is bound to that address."""
    EADDRNOTAVAIL = _platform_errno("EADDRNOTAVAIL", 6, 101)
    """No network interface of this host has that address."""
    ECONNREFUSED = _platform_errno("ECONNREFUSED", 7, 107)
    """Nobody listens at that address. An ``inproc`` connect waits for the bind since
    libzmq 4; monitors report it.
    """
    EINPROGRESS = _platform_errno("EINPROGRESS", 8, 112)
    """A connect is under way. Only monitors report it."""
    ENOTSOCK = _platform_errno("ENOTSOCK", 9, 128)
    """The socket is closed."""
    EMSGSIZE = _platform_errno("EMSGSIZE", 10, 115)
    """The message is too long for the transport."""
    EAFNOSUPPORT = _platform_errno("EAFNOSUPPORT", 11, 102)
    """The address is of a family, such as IPv6, that this system does not have."""
    ENETUNREACH = _platform_errno("ENETUNREACH", 12, 118)
    """There is no route to that network."""
    ECONNABORTED = _platform_errno("ECONNABORTED", 13, 106)
    """The connection was given up before it was accepted."""
    ECONNRESET = _platform_errno("ECONNRESET", 14, 108)
    """The peer has cut the connection off; with draft sockets, it is gone."""
    ENOTCONN = _platform_errno("ENOTCONN", 15, 126)
    """The connection is not there any more."""
    ETIMEDOUT = _platform_errno("ETIMEDOUT", 16, 138)
    """The peer did not answer in time."""
    EHOSTUNREACH = _platform_errno("EHOSTUNREACH", 17, 110)
    """There is no way to the peer: a ROUTER with ``ROUTER_MANDATORY`` does not know it.
    """
    ENETRESET = _platform_errno("ENETRESET", 18, 117)
    """The network has cut the connection off."""
    # the errors of libzmq itself
    EFSM = _HAUSNUMERO + 51
    """Not its turn: REQ must receive before it sends again, and REP must receive first.
    """
    ENOCOMPATPROTO = _HAUSNUMERO + 52
    """The socket type cannot use that transport, such as PUSH with ``udp``."""
    ETERM = _HAUSNUMERO + 53
    """The context has been terminated: :class:`zmq.ContextTerminated`."""
    EMTHREAD = _HAUSNUMERO + 54
    """libzmq has no I/O thread to do it: the context has ``io_threads=0``."""


for _enum in (
    SocketType,
    MessageOption,
    Flag,
    PollEvent,
    Event,
    RouterNotify,
    ReconnectStop,
    NormMode,
    SecurityMechanism,
    DeviceType,
    Errno,
):
    type.__setattr__(_enum, "__doc__", TextOfMember(_enum.__doc__, member_text))
del _enum


# What kind of value an option has; all those not listed are C ints. The backends
# choose the C type by these sets, the descriptors of ``zmq.Socket`` the Python type.
_INT64_OPTIONS = frozenset({SocketOption.MAXMSGSIZE})
_UINT64_OPTIONS = frozenset(
    {
        SocketOption.AFFINITY,
        SocketOption.VMCI_BUFFER_SIZE,
        SocketOption.VMCI_BUFFER_MIN_SIZE,
        SocketOption.VMCI_BUFFER_MAX_SIZE,
    }
)
_FD_OPTIONS = frozenset({SocketOption.FD})
_BYTES_OPTIONS = frozenset(
    {
        SocketOption.ROUTING_ID,
        SocketOption.SUBSCRIBE,
        SocketOption.UNSUBSCRIBE,
        SocketOption.LAST_ENDPOINT,
        SocketOption.TCP_ACCEPT_FILTER,
        SocketOption.PLAIN_USERNAME,
        SocketOption.PLAIN_PASSWORD,
        SocketOption.CURVE_PUBLICKEY,
        SocketOption.CURVE_SECRETKEY,
        SocketOption.CURVE_SERVERKEY,
        SocketOption.ZAP_DOMAIN,
        SocketOption.CONNECT_ROUTING_ID,
        SocketOption.GSSAPI_PRINCIPAL,
        SocketOption.GSSAPI_SERVICE_PRINCIPAL,
        SocketOption.SOCKS_PROXY,
        SocketOption.SOCKS_USERNAME,
        SocketOption.SOCKS_PASSWORD,
        SocketOption.XPUB_WELCOME_MSG,
        SocketOption.BINDTODEVICE,
        SocketOption.METADATA,
        SocketOption.WSS_KEY_PEM,
        SocketOption.WSS_CERT_PEM,
        SocketOption.WSS_TRUST_PEM,
        SocketOption.WSS_HOSTNAME,
        SocketOption.HELLO_MSG,
        SocketOption.DISCONNECT_MSG,
        SocketOption.HICCUP_MSG,
    }
)
# Options that libzmq lets nobody read, and those that it lets nobody set.
_WRITE_ONLY_OPTIONS = frozenset(
    {
        SocketOption.SUBSCRIBE,
        SocketOption.UNSUBSCRIBE,
        SocketOption.ROUTER_MANDATORY,
        SocketOption.ROUTER_RAW,
        SocketOption.ROUTER_HANDOVER,
        SocketOption.PROBE_ROUTER,
        SocketOption.CONNECT_ROUTING_ID,
        SocketOption.REQ_CORRELATE,
        SocketOption.REQ_RELAXED,
        SocketOption.XPUB_VERBOSE,
        SocketOption.XPUB_VERBOSER,
        SocketOption.XPUB_NODROP,
        SocketOption.XPUB_MANUAL,
        SocketOption.XPUB_MANUAL_LAST_VALUE,
        SocketOption.XPUB_WELCOME_MSG,
        SocketOption.XSUB_VERBOSE_UNSUBSCRIBE,
        SocketOption.ONLY_FIRST_SUBSCRIBE,
        SocketOption.STREAM_NOTIFY,
        SocketOption.TCP_ACCEPT_FILTER,
        SocketOption.IPC_FILTER_PID,
        SocketOption.IPC_FILTER_UID,
        SocketOption.IPC_FILTER_GID,
        SocketOption.METADATA,
        SocketOption.WSS_KEY_PEM,
        SocketOption.WSS_CERT_PEM,
        SocketOption.WSS_TRUST_PEM,
        SocketOption.WSS_HOSTNAME,
        SocketOption.WSS_TRUST_SYSTEM,
        SocketOption.HELLO_MSG,
        SocketOption.DISCONNECT_MSG,
        SocketOption.HICCUP_MSG,
    }
)
_READ_ONLY_OPTIONS = frozenset(
    {
        SocketOption.RCVMORE,
        SocketOption.FD,
        SocketOption.EVENTS,
        SocketOption.TYPE,
        SocketOption.LAST_ENDPOINT,
        SocketOption.MECHANISM,
        SocketOption.THREAD_SAFE,
        SocketOption.TOPICS_COUNT,
    }
)


# Every member under its name in C, for ``zmq.PAIR``.

PAIR: Final = SocketType.PAIR
PUB: Final = SocketType.PUB
SUB: Final = SocketType.SUB
REQ: Final = SocketType.REQ
REP: Final = SocketType.REP
DEALER: Final = SocketType.DEALER
ROUTER: Final = SocketType.ROUTER
PULL: Final = SocketType.PULL
PUSH: Final = SocketType.PUSH
XPUB: Final = SocketType.XPUB
XSUB: Final = SocketType.XSUB
STREAM: Final = SocketType.STREAM
XREQ: Final = SocketType.XREQ
XREP: Final = SocketType.XREP
SERVER: Final = SocketType.SERVER
CLIENT: Final = SocketType.CLIENT
RADIO: Final = SocketType.RADIO
DISH: Final = SocketType.DISH
GATHER: Final = SocketType.GATHER
SCATTER: Final = SocketType.SCATTER
DGRAM: Final = SocketType.DGRAM
PEER: Final = SocketType.PEER
CHANNEL: Final = SocketType.CHANNEL

HWM: Final = SocketOption.HWM
AFFINITY: Final = SocketOption.AFFINITY
ROUTING_ID: Final = SocketOption.ROUTING_ID
SUBSCRIBE: Final = SocketOption.SUBSCRIBE
UNSUBSCRIBE: Final = SocketOption.UNSUBSCRIBE
RATE: Final = SocketOption.RATE
RECOVERY_IVL: Final = SocketOption.RECOVERY_IVL
SNDBUF: Final = SocketOption.SNDBUF
RCVBUF: Final = SocketOption.RCVBUF
RCVMORE: Final = SocketOption.RCVMORE
FD: Final = SocketOption.FD
EVENTS: Final = SocketOption.EVENTS
TYPE: Final = SocketOption.TYPE
LINGER: Final = SocketOption.LINGER
RECONNECT_IVL: Final = SocketOption.RECONNECT_IVL
BACKLOG: Final = SocketOption.BACKLOG
RECONNECT_IVL_MAX: Final = SocketOption.RECONNECT_IVL_MAX
MAXMSGSIZE: Final = SocketOption.MAXMSGSIZE
SNDHWM: Final = SocketOption.SNDHWM
RCVHWM: Final = SocketOption.RCVHWM
MULTICAST_HOPS: Final = SocketOption.MULTICAST_HOPS
RCVTIMEO: Final = SocketOption.RCVTIMEO
SNDTIMEO: Final = SocketOption.SNDTIMEO
LAST_ENDPOINT: Final = SocketOption.LAST_ENDPOINT
ROUTER_MANDATORY: Final = SocketOption.ROUTER_MANDATORY
TCP_KEEPALIVE: Final = SocketOption.TCP_KEEPALIVE
TCP_KEEPALIVE_CNT: Final = SocketOption.TCP_KEEPALIVE_CNT
TCP_KEEPALIVE_IDLE: Final = SocketOption.TCP_KEEPALIVE_IDLE
TCP_KEEPALIVE_INTVL: Final = SocketOption.TCP_KEEPALIVE_INTVL
IMMEDIATE: Final = SocketOption.IMMEDIATE
XPUB_VERBOSE: Final = SocketOption.XPUB_VERBOSE
ROUTER_RAW: Final = SocketOption.ROUTER_RAW
IPV6: Final = SocketOption.IPV6
MECHANISM: Final = SocketOption.MECHANISM
PLAIN_SERVER: Final = SocketOption.PLAIN_SERVER
PLAIN_USERNAME: Final = SocketOption.PLAIN_USERNAME
PLAIN_PASSWORD: Final = SocketOption.PLAIN_PASSWORD
CURVE_SERVER: Final = SocketOption.CURVE_SERVER
CURVE_PUBLICKEY: Final = SocketOption.CURVE_PUBLICKEY
CURVE_SECRETKEY: Final = SocketOption.CURVE_SECRETKEY
CURVE_SERVERKEY: Final = SocketOption.CURVE_SERVERKEY
PROBE_ROUTER: Final = SocketOption.PROBE_ROUTER
REQ_CORRELATE: Final = SocketOption.REQ_CORRELATE
REQ_RELAXED: Final = SocketOption.REQ_RELAXED
CONFLATE: Final = SocketOption.CONFLATE
ZAP_DOMAIN: Final = SocketOption.ZAP_DOMAIN
ROUTER_HANDOVER: Final = SocketOption.ROUTER_HANDOVER
TOS: Final = SocketOption.TOS
CONNECT_ROUTING_ID: Final = SocketOption.CONNECT_ROUTING_ID
GSSAPI_SERVER: Final = SocketOption.GSSAPI_SERVER
GSSAPI_PRINCIPAL: Final = SocketOption.GSSAPI_PRINCIPAL
GSSAPI_SERVICE_PRINCIPAL: Final = SocketOption.GSSAPI_SERVICE_PRINCIPAL
GSSAPI_PLAINTEXT: Final = SocketOption.GSSAPI_PLAINTEXT
HANDSHAKE_IVL: Final = SocketOption.HANDSHAKE_IVL
SOCKS_PROXY: Final = SocketOption.SOCKS_PROXY
XPUB_NODROP: Final = SocketOption.XPUB_NODROP
BLOCKY: Final = SocketOption.BLOCKY
XPUB_MANUAL: Final = SocketOption.XPUB_MANUAL
XPUB_WELCOME_MSG: Final = SocketOption.XPUB_WELCOME_MSG
STREAM_NOTIFY: Final = SocketOption.STREAM_NOTIFY
INVERT_MATCHING: Final = SocketOption.INVERT_MATCHING
HEARTBEAT_IVL: Final = SocketOption.HEARTBEAT_IVL
HEARTBEAT_TTL: Final = SocketOption.HEARTBEAT_TTL
HEARTBEAT_TIMEOUT: Final = SocketOption.HEARTBEAT_TIMEOUT
XPUB_VERBOSER: Final = SocketOption.XPUB_VERBOSER
CONNECT_TIMEOUT: Final = SocketOption.CONNECT_TIMEOUT
TCP_MAXRT: Final = SocketOption.TCP_MAXRT
THREAD_SAFE: Final = SocketOption.THREAD_SAFE
MULTICAST_MAXTPDU: Final = SocketOption.MULTICAST_MAXTPDU
VMCI_BUFFER_SIZE: Final = SocketOption.VMCI_BUFFER_SIZE
VMCI_BUFFER_MIN_SIZE: Final = SocketOption.VMCI_BUFFER_MIN_SIZE
VMCI_BUFFER_MAX_SIZE: Final = SocketOption.VMCI_BUFFER_MAX_SIZE
VMCI_CONNECT_TIMEOUT: Final = SocketOption.VMCI_CONNECT_TIMEOUT
USE_FD: Final = SocketOption.USE_FD
GSSAPI_PRINCIPAL_NAMETYPE: Final = SocketOption.GSSAPI_PRINCIPAL_NAMETYPE
GSSAPI_SERVICE_PRINCIPAL_NAMETYPE: Final = (
    SocketOption.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE
)
BINDTODEVICE: Final = SocketOption.BINDTODEVICE
IDENTITY: Final = SocketOption.IDENTITY
CONNECT_RID: Final = SocketOption.CONNECT_RID
TCP_ACCEPT_FILTER: Final = SocketOption.TCP_ACCEPT_FILTER
IPC_FILTER_PID: Final = SocketOption.IPC_FILTER_PID
IPC_FILTER_UID: Final = SocketOption.IPC_FILTER_UID
IPC_FILTER_GID: Final = SocketOption.IPC_FILTER_GID
IPV4ONLY: Final = SocketOption.IPV4ONLY
DELAY_ATTACH_ON_CONNECT: Final = SocketOption.DELAY_ATTACH_ON_CONNECT
FAIL_UNROUTABLE: Final = SocketOption.FAIL_UNROUTABLE
ROUTER_BEHAVIOR: Final = SocketOption.ROUTER_BEHAVIOR
ZAP_ENFORCE_DOMAIN: Final = SocketOption.ZAP_ENFORCE_DOMAIN
LOOPBACK_FASTPATH: Final = SocketOption.LOOPBACK_FASTPATH
METADATA: Final = SocketOption.METADATA
MULTICAST_LOOP: Final = SocketOption.MULTICAST_LOOP
ROUTER_NOTIFY: Final = SocketOption.ROUTER_NOTIFY
XPUB_MANUAL_LAST_VALUE: Final = SocketOption.XPUB_MANUAL_LAST_VALUE
SOCKS_USERNAME: Final = SocketOption.SOCKS_USERNAME
SOCKS_PASSWORD: Final = SocketOption.SOCKS_PASSWORD
IN_BATCH_SIZE: Final = SocketOption.IN_BATCH_SIZE
OUT_BATCH_SIZE: Final = SocketOption.OUT_BATCH_SIZE
WSS_KEY_PEM: Final = SocketOption.WSS_KEY_PEM
WSS_CERT_PEM: Final = SocketOption.WSS_CERT_PEM
WSS_TRUST_PEM: Final = SocketOption.WSS_TRUST_PEM
WSS_HOSTNAME: Final = SocketOption.WSS_HOSTNAME
WSS_TRUST_SYSTEM: Final = SocketOption.WSS_TRUST_SYSTEM
ONLY_FIRST_SUBSCRIBE: Final = SocketOption.ONLY_FIRST_SUBSCRIBE
RECONNECT_STOP: Final = SocketOption.RECONNECT_STOP
HELLO_MSG: Final = SocketOption.HELLO_MSG
DISCONNECT_MSG: Final = SocketOption.DISCONNECT_MSG
PRIORITY: Final = SocketOption.PRIORITY
BUSY_POLL: Final = SocketOption.BUSY_POLL
HICCUP_MSG: Final = SocketOption.HICCUP_MSG
XSUB_VERBOSE_UNSUBSCRIBE: Final = SocketOption.XSUB_VERBOSE_UNSUBSCRIBE
TOPICS_COUNT: Final = SocketOption.TOPICS_COUNT
NORM_MODE: Final = SocketOption.NORM_MODE
NORM_UNICAST_NACK: Final = SocketOption.NORM_UNICAST_NACK
NORM_BUFFER_SIZE: Final = SocketOption.NORM_BUFFER_SIZE
NORM_SEGMENT_SIZE: Final = SocketOption.NORM_SEGMENT_SIZE
NORM_BLOCK_SIZE: Final = SocketOption.NORM_BLOCK_SIZE
NORM_NUM_PARITY: Final = SocketOption.NORM_NUM_PARITY
NORM_NUM_AUTOPARITY: Final = SocketOption.NORM_NUM_AUTOPARITY
NORM_PUSH: Final = SocketOption.NORM_PUSH

IO_THREADS: Final = ContextOption.IO_THREADS
MAX_SOCKETS: Final = ContextOption.MAX_SOCKETS
SOCKET_LIMIT: Final = ContextOption.SOCKET_LIMIT
THREAD_PRIORITY: Final = ContextOption.THREAD_PRIORITY
THREAD_SCHED_POLICY: Final = ContextOption.THREAD_SCHED_POLICY
MAX_MSGSZ: Final = ContextOption.MAX_MSGSZ
MSG_T_SIZE: Final = ContextOption.MSG_T_SIZE
THREAD_AFFINITY_CPU_ADD: Final = ContextOption.THREAD_AFFINITY_CPU_ADD
THREAD_AFFINITY_CPU_REMOVE: Final = ContextOption.THREAD_AFFINITY_CPU_REMOVE
THREAD_NAME_PREFIX: Final = ContextOption.THREAD_NAME_PREFIX

MORE: Final = MessageOption.MORE
SHARED: Final = MessageOption.SHARED
SRCFD: Final = MessageOption.SRCFD

DONTWAIT: Final = Flag.DONTWAIT
SNDMORE: Final = Flag.SNDMORE
NOBLOCK: Final = Flag.NOBLOCK

POLLIN: Final = PollEvent.POLLIN
POLLOUT: Final = PollEvent.POLLOUT
POLLERR: Final = PollEvent.POLLERR
POLLPRI: Final = PollEvent.POLLPRI

PROTOCOL_ERROR_WS_UNSPECIFIED: Final = Event.PROTOCOL_ERROR_WS_UNSPECIFIED
PROTOCOL_ERROR_ZMTP_UNSPECIFIED: Final = Event.PROTOCOL_ERROR_ZMTP_UNSPECIFIED
PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND: Final = (
    Event.PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND
)
PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE: Final = Event.PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE
PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE: Final = Event.PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED
)
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE
)
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO
)
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE
)
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR
)
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY
)
PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME
)
PROTOCOL_ERROR_ZMTP_INVALID_METADATA: Final = Event.PROTOCOL_ERROR_ZMTP_INVALID_METADATA
PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC: Final = Event.PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC
PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH: Final = (
    Event.PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH
)
PROTOCOL_ERROR_ZAP_UNSPECIFIED: Final = Event.PROTOCOL_ERROR_ZAP_UNSPECIFIED
PROTOCOL_ERROR_ZAP_MALFORMED_REPLY: Final = Event.PROTOCOL_ERROR_ZAP_MALFORMED_REPLY
PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID: Final = Event.PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID
PROTOCOL_ERROR_ZAP_BAD_VERSION: Final = Event.PROTOCOL_ERROR_ZAP_BAD_VERSION
PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE: Final = (
    Event.PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE
)
PROTOCOL_ERROR_ZAP_INVALID_METADATA: Final = Event.PROTOCOL_ERROR_ZAP_INVALID_METADATA
EVENT_CONNECTED: Final = Event.CONNECTED
EVENT_CONNECT_DELAYED: Final = Event.CONNECT_DELAYED
EVENT_CONNECT_RETRIED: Final = Event.CONNECT_RETRIED
EVENT_LISTENING: Final = Event.LISTENING
EVENT_BIND_FAILED: Final = Event.BIND_FAILED
EVENT_ACCEPTED: Final = Event.ACCEPTED
EVENT_ACCEPT_FAILED: Final = Event.ACCEPT_FAILED
EVENT_CLOSED: Final = Event.CLOSED
EVENT_CLOSE_FAILED: Final = Event.CLOSE_FAILED
EVENT_DISCONNECTED: Final = Event.DISCONNECTED
EVENT_MONITOR_STOPPED: Final = Event.MONITOR_STOPPED
EVENT_HANDSHAKE_FAILED_NO_DETAIL: Final = Event.HANDSHAKE_FAILED_NO_DETAIL
EVENT_HANDSHAKE_SUCCEEDED: Final = Event.HANDSHAKE_SUCCEEDED
EVENT_HANDSHAKE_FAILED_PROTOCOL: Final = Event.HANDSHAKE_FAILED_PROTOCOL
EVENT_HANDSHAKE_FAILED_AUTH: Final = Event.HANDSHAKE_FAILED_AUTH
EVENT_ALL_V1: Final = Event.ALL_V1
EVENT_ALL: Final = Event.ALL
EVENT_PIPES_STATS: Final = Event.PIPES_STATS
EVENT_ALL_V2: Final = Event.ALL_V2

NOTIFY_CONNECT: Final = RouterNotify.CONNECT
NOTIFY_DISCONNECT: Final = RouterNotify.DISCONNECT

RECONNECT_STOP_CONN_REFUSED: Final = ReconnectStop.CONN_REFUSED
RECONNECT_STOP_HANDSHAKE_FAILED: Final = ReconnectStop.HANDSHAKE_FAILED
RECONNECT_STOP_AFTER_DISCONNECT: Final = ReconnectStop.AFTER_DISCONNECT

NORM_FIXED: Final = NormMode.FIXED
NORM_CC: Final = NormMode.CC
NORM_CCL: Final = NormMode.CCL
NORM_CCE: Final = NormMode.CCE
NORM_CCE_ECNONLY: Final = NormMode.CCE_ECNONLY

NULL: Final = SecurityMechanism.NULL
PLAIN: Final = SecurityMechanism.PLAIN
CURVE: Final = SecurityMechanism.CURVE
GSSAPI: Final = SecurityMechanism.GSSAPI

STREAMER: Final = DeviceType.STREAMER
FORWARDER: Final = DeviceType.FORWARDER
QUEUE: Final = DeviceType.QUEUE

EAGAIN: Final = Errno.EAGAIN
EFAULT: Final = Errno.EFAULT
EINVAL: Final = Errno.EINVAL
ENOTSUP: Final = Errno.ENOTSUP
EPROTONOSUPPORT: Final = Errno.EPROTONOSUPPORT
ENOBUFS: Final = Errno.ENOBUFS
ENETDOWN: Final = Errno.ENETDOWN
EADDRINUSE: Final = Errno.EADDRINUSE
EADDRNOTAVAIL: Final = Errno.EADDRNOTAVAIL
ECONNREFUSED: Final = Errno.ECONNREFUSED
EINPROGRESS: Final = Errno.EINPROGRESS
ENOTSOCK: Final = Errno.ENOTSOCK
EMSGSIZE: Final = Errno.EMSGSIZE
EAFNOSUPPORT: Final = Errno.EAFNOSUPPORT
ENETUNREACH: Final = Errno.ENETUNREACH
ECONNABORTED: Final = Errno.ECONNABORTED
ECONNRESET: Final = Errno.ECONNRESET
ENOTCONN: Final = Errno.ENOTCONN
ETIMEDOUT: Final = Errno.ETIMEDOUT
EHOSTUNREACH: Final = Errno.EHOSTUNREACH
ENETRESET: Final = Errno.ENETRESET
EFSM: Final = Errno.EFSM
ENOCOMPATPROTO: Final = Errno.ENOCOMPATPROTO
ETERM: Final = Errno.ETERM
EMTHREAD: Final = Errno.EMTHREAD

__all__ = [
    # SocketType
    "SocketType",
    "PAIR",
    "PUB",
    "SUB",
    "REQ",
    "REP",
    "DEALER",
    "ROUTER",
    "PULL",
    "PUSH",
    "XPUB",
    "XSUB",
    "STREAM",
    "XREQ",
    "XREP",
    "SERVER",
    "CLIENT",
    "RADIO",
    "DISH",
    "GATHER",
    "SCATTER",
    "DGRAM",
    "PEER",
    "CHANNEL",
    # SocketOption
    "SocketOption",
    "HWM",
    "AFFINITY",
    "ROUTING_ID",
    "SUBSCRIBE",
    "UNSUBSCRIBE",
    "RATE",
    "RECOVERY_IVL",
    "SNDBUF",
    "RCVBUF",
    "RCVMORE",
    "FD",
    "EVENTS",
    "TYPE",
    "LINGER",
    "RECONNECT_IVL",
    "BACKLOG",
    "RECONNECT_IVL_MAX",
    "MAXMSGSIZE",
    "SNDHWM",
    "RCVHWM",
    "MULTICAST_HOPS",
    "RCVTIMEO",
    "SNDTIMEO",
    "LAST_ENDPOINT",
    "ROUTER_MANDATORY",
    "TCP_KEEPALIVE",
    "TCP_KEEPALIVE_CNT",
    "TCP_KEEPALIVE_IDLE",
    "TCP_KEEPALIVE_INTVL",
    "IMMEDIATE",
    "XPUB_VERBOSE",
    "ROUTER_RAW",
    "IPV6",
    "MECHANISM",
    "PLAIN_SERVER",
    "PLAIN_USERNAME",
    "PLAIN_PASSWORD",
    "CURVE_SERVER",
    "CURVE_PUBLICKEY",
    "CURVE_SECRETKEY",
    "CURVE_SERVERKEY",
    "PROBE_ROUTER",
    "REQ_CORRELATE",
    "REQ_RELAXED",
    "CONFLATE",
    "ZAP_DOMAIN",
    "ROUTER_HANDOVER",
    "TOS",
    "CONNECT_ROUTING_ID",
    "GSSAPI_SERVER",
    "GSSAPI_PRINCIPAL",
    "GSSAPI_SERVICE_PRINCIPAL",
    "GSSAPI_PLAINTEXT",
    "HANDSHAKE_IVL",
    "SOCKS_PROXY",
    "XPUB_NODROP",
    "BLOCKY",
    "XPUB_MANUAL",
    "XPUB_WELCOME_MSG",
    "STREAM_NOTIFY",
    "INVERT_MATCHING",
    "HEARTBEAT_IVL",
    "HEARTBEAT_TTL",
    "HEARTBEAT_TIMEOUT",
    "XPUB_VERBOSER",
    "CONNECT_TIMEOUT",
    "TCP_MAXRT",
    "THREAD_SAFE",
    "MULTICAST_MAXTPDU",
    "VMCI_BUFFER_SIZE",
    "VMCI_BUFFER_MIN_SIZE",
    "VMCI_BUFFER_MAX_SIZE",
    "VMCI_CONNECT_TIMEOUT",
    "USE_FD",
    "GSSAPI_PRINCIPAL_NAMETYPE",
    "GSSAPI_SERVICE_PRINCIPAL_NAMETYPE",
    "BINDTODEVICE",
    "IDENTITY",
    "CONNECT_RID",
    "TCP_ACCEPT_FILTER",
    "IPC_FILTER_PID",
    "IPC_FILTER_UID",
    "IPC_FILTER_GID",
    "IPV4ONLY",
    "DELAY_ATTACH_ON_CONNECT",
    "FAIL_UNROUTABLE",
    "ROUTER_BEHAVIOR",
    "ZAP_ENFORCE_DOMAIN",
    "LOOPBACK_FASTPATH",
    "METADATA",
    "MULTICAST_LOOP",
    "ROUTER_NOTIFY",
    "XPUB_MANUAL_LAST_VALUE",
    "SOCKS_USERNAME",
    "SOCKS_PASSWORD",
    "IN_BATCH_SIZE",
    "OUT_BATCH_SIZE",
    "WSS_KEY_PEM",
    "WSS_CERT_PEM",
    "WSS_TRUST_PEM",
    "WSS_HOSTNAME",
    "WSS_TRUST_SYSTEM",
    "ONLY_FIRST_SUBSCRIBE",
    "RECONNECT_STOP",
    "HELLO_MSG",
    "DISCONNECT_MSG",
    "PRIORITY",
    "BUSY_POLL",
    "HICCUP_MSG",
    "XSUB_VERBOSE_UNSUBSCRIBE",
    "TOPICS_COUNT",
    "NORM_MODE",
    "NORM_UNICAST_NACK",
    "NORM_BUFFER_SIZE",
    "NORM_SEGMENT_SIZE",
    "NORM_BLOCK_SIZE",
    "NORM_NUM_PARITY",
    "NORM_NUM_AUTOPARITY",
    "NORM_PUSH",
    # ContextOption
    "ContextOption",
    "IO_THREADS",
    "MAX_SOCKETS",
    "SOCKET_LIMIT",
    "THREAD_PRIORITY",
    "THREAD_SCHED_POLICY",
    "MAX_MSGSZ",
    "MSG_T_SIZE",
    "THREAD_AFFINITY_CPU_ADD",
    "THREAD_AFFINITY_CPU_REMOVE",
    "THREAD_NAME_PREFIX",
    # MessageOption
    "MessageOption",
    "MORE",
    "SHARED",
    "SRCFD",
    # Flag
    "Flag",
    "DONTWAIT",
    "SNDMORE",
    "NOBLOCK",
    # PollEvent
    "PollEvent",
    "POLLIN",
    "POLLOUT",
    "POLLERR",
    "POLLPRI",
    # Event
    "Event",
    "PROTOCOL_ERROR_WS_UNSPECIFIED",
    "PROTOCOL_ERROR_ZMTP_UNSPECIFIED",
    "PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND",
    "PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE",
    "PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY",
    "PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME",
    "PROTOCOL_ERROR_ZMTP_INVALID_METADATA",
    "PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC",
    "PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH",
    "PROTOCOL_ERROR_ZAP_UNSPECIFIED",
    "PROTOCOL_ERROR_ZAP_MALFORMED_REPLY",
    "PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID",
    "PROTOCOL_ERROR_ZAP_BAD_VERSION",
    "PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE",
    "PROTOCOL_ERROR_ZAP_INVALID_METADATA",
    "EVENT_CONNECTED",
    "EVENT_CONNECT_DELAYED",
    "EVENT_CONNECT_RETRIED",
    "EVENT_LISTENING",
    "EVENT_BIND_FAILED",
    "EVENT_ACCEPTED",
    "EVENT_ACCEPT_FAILED",
    "EVENT_CLOSED",
    "EVENT_CLOSE_FAILED",
    "EVENT_DISCONNECTED",
    "EVENT_MONITOR_STOPPED",
    "EVENT_HANDSHAKE_FAILED_NO_DETAIL",
    "EVENT_HANDSHAKE_SUCCEEDED",
    "EVENT_HANDSHAKE_FAILED_PROTOCOL",
    "EVENT_HANDSHAKE_FAILED_AUTH",
    "EVENT_ALL_V1",
    "EVENT_ALL",
    "EVENT_PIPES_STATS",
    "EVENT_ALL_V2",
    # RouterNotify
    "RouterNotify",
    "NOTIFY_CONNECT",
    "NOTIFY_DISCONNECT",
    # ReconnectStop
    "ReconnectStop",
    "RECONNECT_STOP_CONN_REFUSED",
    "RECONNECT_STOP_HANDSHAKE_FAILED",
    "RECONNECT_STOP_AFTER_DISCONNECT",
    # NormMode
    "NormMode",
    "NORM_FIXED",
    "NORM_CC",
    "NORM_CCL",
    "NORM_CCE",
    "NORM_CCE_ECNONLY",
    # SecurityMechanism
    "SecurityMechanism",
    "NULL",
    "PLAIN",
    "CURVE",
    "GSSAPI",
    # DeviceType
    "DeviceType",
    "STREAMER",
    "FORWARDER",
    "QUEUE",
    # Errno
    "Errno",
    "EAGAIN",
    "EFAULT",
    "EINVAL",
    "ENOTSUP",
    "EPROTONOSUPPORT",
    "ENOBUFS",
    "ENETDOWN",
    "EADDRINUSE",
    "EADDRNOTAVAIL",
    "ECONNREFUSED",
    "EINPROGRESS",
    "ENOTSOCK",
    "EMSGSIZE",
    "EAFNOSUPPORT",
    "ENETUNREACH",
    "ECONNABORTED",
    "ECONNRESET",
    "ENOTCONN",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "ENETRESET",
    "EFSM",
    "ENOCOMPATPROTO",
    "ETERM",
    "EMTHREAD",
]
