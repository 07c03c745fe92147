"""Python bindings of ZeroMQ.

Layers, each of which imports only what stands before it: ``constants``, ``error``,
``backend``, ``sugar``, this module; then ``decorators``, ``utils.monitor`` and
``curve_keygen``. What else there is below ``zmq`` comes from other distributions
(``zmq-asyncio``, ``zmq-auth`` ...), and nothing of it is imported here.
"""

from __future__ import annotations

from zmq._portions import explain_absent_parts as _explain_absent_parts
from zmq._portions import portions as _portions

# Editable installs, and installs spread over several directories, have parts of this
# package elsewhere.
__path__ = _portions(__path__, __name__)

try:
    __import__("zmq.sugar")
except ImportError:
    # The installer may be deleting files at this moment: see zmq._mending.
    from zmq._mending import mend_all

    if not mend_all(__path__):
        raise

from zmq.backend import IPC_PATH_MAX_LEN as IPC_PATH_MAX_LEN
from zmq.backend import PYZMQ_DRAFT_API as PYZMQ_DRAFT_API
from zmq.backend import curve_keypair as curve_keypair
from zmq.backend import curve_public as curve_public
from zmq.backend import has as has
from zmq.backend import proxy as proxy
from zmq.backend import proxy_steerable as proxy_steerable
from zmq.backend import strerror as strerror
from zmq.backend import zmq_errno as zmq_errno
from zmq.backend import zmq_poll as zmq_poll
from zmq.constants import AFFINITY as AFFINITY
from zmq.constants import BACKLOG as BACKLOG
from zmq.constants import BINDTODEVICE as BINDTODEVICE
from zmq.constants import BLOCKY as BLOCKY
from zmq.constants import BUSY_POLL as BUSY_POLL
from zmq.constants import CHANNEL as CHANNEL
from zmq.constants import CLIENT as CLIENT
from zmq.constants import CONFLATE as CONFLATE
from zmq.constants import CONNECT_RID as CONNECT_RID
from zmq.constants import CONNECT_ROUTING_ID as CONNECT_ROUTING_ID
from zmq.constants import CONNECT_TIMEOUT as CONNECT_TIMEOUT
from zmq.constants import CURVE as CURVE
from zmq.constants import CURVE_PUBLICKEY as CURVE_PUBLICKEY
from zmq.constants import CURVE_SECRETKEY as CURVE_SECRETKEY
from zmq.constants import CURVE_SERVER as CURVE_SERVER
from zmq.constants import CURVE_SERVERKEY as CURVE_SERVERKEY
from zmq.constants import DEALER as DEALER
from zmq.constants import DELAY_ATTACH_ON_CONNECT as DELAY_ATTACH_ON_CONNECT
from zmq.constants import DGRAM as DGRAM
from zmq.constants import DISCONNECT_MSG as DISCONNECT_MSG
from zmq.constants import DISH as DISH
from zmq.constants import DONTWAIT as DONTWAIT
from zmq.constants import EADDRINUSE as EADDRINUSE
from zmq.constants import EADDRNOTAVAIL as EADDRNOTAVAIL
from zmq.constants import EAFNOSUPPORT as EAFNOSUPPORT
from zmq.constants import EAGAIN as EAGAIN
from zmq.constants import ECONNABORTED as ECONNABORTED
from zmq.constants import ECONNREFUSED as ECONNREFUSED
from zmq.constants import ECONNRESET as ECONNRESET
from zmq.constants import EFAULT as EFAULT
from zmq.constants import EFSM as EFSM
from zmq.constants import EHOSTUNREACH as EHOSTUNREACH
from zmq.constants import EINPROGRESS as EINPROGRESS
from zmq.constants import EINVAL as EINVAL
from zmq.constants import EMSGSIZE as EMSGSIZE
from zmq.constants import EMTHREAD as EMTHREAD
from zmq.constants import ENETDOWN as ENETDOWN
from zmq.constants import ENETRESET as ENETRESET
from zmq.constants import ENETUNREACH as ENETUNREACH
from zmq.constants import ENOBUFS as ENOBUFS
from zmq.constants import ENOCOMPATPROTO as ENOCOMPATPROTO
from zmq.constants import ENOTCONN as ENOTCONN
from zmq.constants import ENOTSOCK as ENOTSOCK
from zmq.constants import ENOTSUP as ENOTSUP
from zmq.constants import EPROTONOSUPPORT as EPROTONOSUPPORT
from zmq.constants import ETERM as ETERM
from zmq.constants import ETIMEDOUT as ETIMEDOUT
from zmq.constants import EVENT_ACCEPT_FAILED as EVENT_ACCEPT_FAILED
from zmq.constants import EVENT_ACCEPTED as EVENT_ACCEPTED
from zmq.constants import EVENT_ALL as EVENT_ALL
from zmq.constants import EVENT_ALL_V1 as EVENT_ALL_V1
from zmq.constants import EVENT_ALL_V2 as EVENT_ALL_V2
from zmq.constants import EVENT_BIND_FAILED as EVENT_BIND_FAILED
from zmq.constants import EVENT_CLOSE_FAILED as EVENT_CLOSE_FAILED
from zmq.constants import EVENT_CLOSED as EVENT_CLOSED
from zmq.constants import EVENT_CONNECT_DELAYED as EVENT_CONNECT_DELAYED
from zmq.constants import EVENT_CONNECT_RETRIED as EVENT_CONNECT_RETRIED
from zmq.constants import EVENT_CONNECTED as EVENT_CONNECTED
from zmq.constants import EVENT_DISCONNECTED as EVENT_DISCONNECTED
from zmq.constants import EVENT_HANDSHAKE_FAILED_AUTH as EVENT_HANDSHAKE_FAILED_AUTH
from zmq.constants import (
    EVENT_HANDSHAKE_FAILED_NO_DETAIL as EVENT_HANDSHAKE_FAILED_NO_DETAIL,
)
from zmq.constants import (
    EVENT_HANDSHAKE_FAILED_PROTOCOL as EVENT_HANDSHAKE_FAILED_PROTOCOL,
)
from zmq.constants import EVENT_HANDSHAKE_SUCCEEDED as EVENT_HANDSHAKE_SUCCEEDED
from zmq.constants import EVENT_LISTENING as EVENT_LISTENING
from zmq.constants import EVENT_MONITOR_STOPPED as EVENT_MONITOR_STOPPED
from zmq.constants import EVENT_PIPES_STATS as EVENT_PIPES_STATS
from zmq.constants import EVENTS as EVENTS
from zmq.constants import FAIL_UNROUTABLE as FAIL_UNROUTABLE
from zmq.constants import FD as FD
from zmq.constants import FORWARDER as FORWARDER
from zmq.constants import GATHER as GATHER
from zmq.constants import GSSAPI as GSSAPI
from zmq.constants import GSSAPI_PLAINTEXT as GSSAPI_PLAINTEXT
from zmq.constants import GSSAPI_PRINCIPAL as GSSAPI_PRINCIPAL
from zmq.constants import GSSAPI_PRINCIPAL_NAMETYPE as GSSAPI_PRINCIPAL_NAMETYPE
from zmq.constants import GSSAPI_SERVER as GSSAPI_SERVER
from zmq.constants import GSSAPI_SERVICE_PRINCIPAL as GSSAPI_SERVICE_PRINCIPAL
from zmq.constants import (
    GSSAPI_SERVICE_PRINCIPAL_NAMETYPE as GSSAPI_SERVICE_PRINCIPAL_NAMETYPE,
)
from zmq.constants import HANDSHAKE_IVL as HANDSHAKE_IVL
from zmq.constants import HEARTBEAT_IVL as HEARTBEAT_IVL
from zmq.constants import HEARTBEAT_TIMEOUT as HEARTBEAT_TIMEOUT
from zmq.constants import HEARTBEAT_TTL as HEARTBEAT_TTL
from zmq.constants import HELLO_MSG as HELLO_MSG
from zmq.constants import HICCUP_MSG as HICCUP_MSG
from zmq.constants import HWM as HWM
from zmq.constants import IDENTITY as IDENTITY
from zmq.constants import IMMEDIATE as IMMEDIATE
from zmq.constants import IN_BATCH_SIZE as IN_BATCH_SIZE
from zmq.constants import INVERT_MATCHING as INVERT_MATCHING
from zmq.constants import IO_THREADS as IO_THREADS
from zmq.constants import IPC_FILTER_GID as IPC_FILTER_GID
from zmq.constants import IPC_FILTER_PID as IPC_FILTER_PID
from zmq.constants import IPC_FILTER_UID as IPC_FILTER_UID
from zmq.constants import IPV4ONLY as IPV4ONLY
from zmq.constants import IPV6 as IPV6
from zmq.constants import LAST_ENDPOINT as LAST_ENDPOINT
from zmq.constants import LINGER as LINGER
from zmq.constants import LOOPBACK_FASTPATH as LOOPBACK_FASTPATH
from zmq.constants import MAX_MSGSZ as MAX_MSGSZ
from zmq.constants import MAX_SOCKETS as MAX_SOCKETS
from zmq.constants import MAXMSGSIZE as MAXMSGSIZE
from zmq.constants import MECHANISM as MECHANISM
from zmq.constants import METADATA as METADATA
from zmq.constants import MORE as MORE
from zmq.constants import MSG_T_SIZE as MSG_T_SIZE
from zmq.constants import MULTICAST_HOPS as MULTICAST_HOPS
from zmq.constants import MULTICAST_LOOP as MULTICAST_LOOP
from zmq.constants import MULTICAST_MAXTPDU as MULTICAST_MAXTPDU
from zmq.constants import NOBLOCK as NOBLOCK
from zmq.constants import NORM_BLOCK_SIZE as NORM_BLOCK_SIZE
from zmq.constants import NORM_BUFFER_SIZE as NORM_BUFFER_SIZE
from zmq.constants import NORM_CC as NORM_CC
from zmq.constants import NORM_CCE as NORM_CCE
from zmq.constants import NORM_CCE_ECNONLY as NORM_CCE_ECNONLY
from zmq.constants import NORM_CCL as NORM_CCL
from zmq.constants import NORM_FIXED as NORM_FIXED
from zmq.constants import NORM_MODE as NORM_MODE
from zmq.constants import NORM_NUM_AUTOPARITY as NORM_NUM_AUTOPARITY
from zmq.constants import NORM_NUM_PARITY as NORM_NUM_PARITY
from zmq.constants import NORM_PUSH as NORM_PUSH
from zmq.constants import NORM_SEGMENT_SIZE as NORM_SEGMENT_SIZE
from zmq.constants import NORM_UNICAST_NACK as NORM_UNICAST_NACK
from zmq.constants import NOTIFY_CONNECT as NOTIFY_CONNECT
from zmq.constants import NOTIFY_DISCONNECT as NOTIFY_DISCONNECT
from zmq.constants import NULL as NULL
from zmq.constants import ONLY_FIRST_SUBSCRIBE as ONLY_FIRST_SUBSCRIBE
from zmq.constants import OUT_BATCH_SIZE as OUT_BATCH_SIZE
from zmq.constants import PAIR as PAIR
from zmq.constants import PEER as PEER
from zmq.constants import PLAIN as PLAIN
from zmq.constants import PLAIN_PASSWORD as PLAIN_PASSWORD
from zmq.constants import PLAIN_SERVER as PLAIN_SERVER
from zmq.constants import PLAIN_USERNAME as PLAIN_USERNAME
from zmq.constants import POLLERR as POLLERR
from zmq.constants import POLLIN as POLLIN
from zmq.constants import POLLOUT as POLLOUT
from zmq.constants import POLLPRI as POLLPRI
from zmq.constants import PRIORITY as PRIORITY
from zmq.constants import PROBE_ROUTER as PROBE_ROUTER
from zmq.constants import PROTOCOL_ERROR_WS_UNSPECIFIED as PROTOCOL_ERROR_WS_UNSPECIFIED
from zmq.constants import (
    PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID as PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZAP_BAD_VERSION as PROTOCOL_ERROR_ZAP_BAD_VERSION,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZAP_INVALID_METADATA as PROTOCOL_ERROR_ZAP_INVALID_METADATA,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE as PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZAP_MALFORMED_REPLY as PROTOCOL_ERROR_ZAP_MALFORMED_REPLY,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZAP_UNSPECIFIED as PROTOCOL_ERROR_ZAP_UNSPECIFIED,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC as PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_INVALID_METADATA as PROTOCOL_ERROR_ZMTP_INVALID_METADATA,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE as PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE as PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME,  # noqa: E501
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH as PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND as PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND,
)
from zmq.constants import (
    PROTOCOL_ERROR_ZMTP_UNSPECIFIED as PROTOCOL_ERROR_ZMTP_UNSPECIFIED,
)
from zmq.constants import PUB as PUB
from zmq.constants import PULL as PULL
from zmq.constants import PUSH as PUSH
from zmq.constants import QUEUE as QUEUE
from zmq.constants import RADIO as RADIO
from zmq.constants import RATE as RATE
from zmq.constants import RCVBUF as RCVBUF
from zmq.constants import RCVHWM as RCVHWM
from zmq.constants import RCVMORE as RCVMORE
from zmq.constants import RCVTIMEO as RCVTIMEO
from zmq.constants import RECONNECT_IVL as RECONNECT_IVL
from zmq.constants import RECONNECT_IVL_MAX as RECONNECT_IVL_MAX
from zmq.constants import RECONNECT_STOP as RECONNECT_STOP
from zmq.constants import (
    RECONNECT_STOP_AFTER_DISCONNECT as RECONNECT_STOP_AFTER_DISCONNECT,
)
from zmq.constants import RECONNECT_STOP_CONN_REFUSED as RECONNECT_STOP_CONN_REFUSED
from zmq.constants import (
    RECONNECT_STOP_HANDSHAKE_FAILED as RECONNECT_STOP_HANDSHAKE_FAILED,
)
from zmq.constants import RECOVERY_IVL as RECOVERY_IVL
from zmq.constants import REP as REP
from zmq.constants import REQ as REQ
from zmq.constants import REQ_CORRELATE as REQ_CORRELATE
from zmq.constants import REQ_RELAXED as REQ_RELAXED
from zmq.constants import ROUTER as ROUTER
from zmq.constants import ROUTER_BEHAVIOR as ROUTER_BEHAVIOR
from zmq.constants import ROUTER_HANDOVER as ROUTER_HANDOVER
from zmq.constants import ROUTER_MANDATORY as ROUTER_MANDATORY
from zmq.constants import ROUTER_NOTIFY as ROUTER_NOTIFY
from zmq.constants import ROUTER_RAW as ROUTER_RAW
from zmq.constants import ROUTING_ID as ROUTING_ID
from zmq.constants import SCATTER as SCATTER
from zmq.constants import SERVER as SERVER
from zmq.constants import SHARED as SHARED
from zmq.constants import SNDBUF as SNDBUF
from zmq.constants import SNDHWM as SNDHWM
from zmq.constants import SNDMORE as SNDMORE
from zmq.constants import SNDTIMEO as SNDTIMEO
from zmq.constants import SOCKET_LIMIT as SOCKET_LIMIT
from zmq.constants import SOCKS_PASSWORD as SOCKS_PASSWORD
from zmq.constants import SOCKS_PROXY as SOCKS_PROXY
from zmq.constants import SOCKS_USERNAME as SOCKS_USERNAME
from zmq.constants import SRCFD as SRCFD
from zmq.constants import STREAM as STREAM
from zmq.constants import STREAM_NOTIFY as STREAM_NOTIFY
from zmq.constants import STREAMER as STREAMER
from zmq.constants import SUB as SUB
from zmq.constants import SUBSCRIBE as SUBSCRIBE
from zmq.constants import TCP_ACCEPT_FILTER as TCP_ACCEPT_FILTER
from zmq.constants import TCP_KEEPALIVE as TCP_KEEPALIVE
from zmq.constants import TCP_KEEPALIVE_CNT as TCP_KEEPALIVE_CNT
from zmq.constants import TCP_KEEPALIVE_IDLE as TCP_KEEPALIVE_IDLE
from zmq.constants import TCP_KEEPALIVE_INTVL as TCP_KEEPALIVE_INTVL
from zmq.constants import TCP_MAXRT as TCP_MAXRT
from zmq.constants import THREAD_AFFINITY_CPU_ADD as THREAD_AFFINITY_CPU_ADD
from zmq.constants import THREAD_AFFINITY_CPU_REMOVE as THREAD_AFFINITY_CPU_REMOVE
from zmq.constants import THREAD_NAME_PREFIX as THREAD_NAME_PREFIX
from zmq.constants import THREAD_PRIORITY as THREAD_PRIORITY
from zmq.constants import THREAD_SAFE as THREAD_SAFE
from zmq.constants import THREAD_SCHED_POLICY as THREAD_SCHED_POLICY
from zmq.constants import TOPICS_COUNT as TOPICS_COUNT
from zmq.constants import TOS as TOS
from zmq.constants import TYPE as TYPE
from zmq.constants import UNSUBSCRIBE as UNSUBSCRIBE
from zmq.constants import USE_FD as USE_FD
from zmq.constants import VMCI_BUFFER_MAX_SIZE as VMCI_BUFFER_MAX_SIZE
from zmq.constants import VMCI_BUFFER_MIN_SIZE as VMCI_BUFFER_MIN_SIZE
from zmq.constants import VMCI_BUFFER_SIZE as VMCI_BUFFER_SIZE
from zmq.constants import VMCI_CONNECT_TIMEOUT as VMCI_CONNECT_TIMEOUT
from zmq.constants import WSS_CERT_PEM as WSS_CERT_PEM
from zmq.constants import WSS_HOSTNAME as WSS_HOSTNAME
from zmq.constants import WSS_KEY_PEM as WSS_KEY_PEM
from zmq.constants import WSS_TRUST_PEM as WSS_TRUST_PEM
from zmq.constants import WSS_TRUST_SYSTEM as WSS_TRUST_SYSTEM
from zmq.constants import XPUB as XPUB
from zmq.constants import XPUB_MANUAL as XPUB_MANUAL
from zmq.constants import XPUB_MANUAL_LAST_VALUE as XPUB_MANUAL_LAST_VALUE
from zmq.constants import XPUB_NODROP as XPUB_NODROP
from zmq.constants import XPUB_VERBOSE as XPUB_VERBOSE
from zmq.constants import XPUB_VERBOSER as XPUB_VERBOSER
from zmq.constants import XPUB_WELCOME_MSG as XPUB_WELCOME_MSG
from zmq.constants import XREP as XREP
from zmq.constants import XREQ as XREQ
from zmq.constants import XSUB as XSUB
from zmq.constants import XSUB_VERBOSE_UNSUBSCRIBE as XSUB_VERBOSE_UNSUBSCRIBE
from zmq.constants import ZAP_DOMAIN as ZAP_DOMAIN
from zmq.constants import ZAP_ENFORCE_DOMAIN as ZAP_ENFORCE_DOMAIN
from zmq.constants import ContextOption as ContextOption
from zmq.constants import DeviceType as DeviceType
from zmq.constants import Errno as Errno
from zmq.constants import Event as Event
from zmq.constants import Flag as Flag
from zmq.constants import MessageOption as MessageOption
from zmq.constants import NormMode as NormMode
from zmq.constants import PollEvent as PollEvent
from zmq.constants import ReconnectStop as ReconnectStop
from zmq.constants import RouterNotify as RouterNotify
from zmq.constants import SecurityMechanism as SecurityMechanism
from zmq.constants import SocketOption as SocketOption
from zmq.constants import SocketType as SocketType
from zmq.sugar import Again as Again
from zmq.sugar import Context as Context
from zmq.sugar import ContextTerminated as ContextTerminated
from zmq.sugar import DraftFDWarning as DraftFDWarning
from zmq.sugar import Frame as Frame
from zmq.sugar import InterruptedSystemCall as InterruptedSystemCall
from zmq.sugar import Message as Message
from zmq.sugar import MessageTracker as MessageTracker
from zmq.sugar import NotDone as NotDone
from zmq.sugar import Poller as Poller
from zmq.sugar import Socket as Socket
from zmq.sugar import Stopwatch as Stopwatch
from zmq.sugar import SyncContext as SyncContext
from zmq.sugar import SyncSocket as SyncSocket
from zmq.sugar import ZMQBaseError as ZMQBaseError
from zmq.sugar import ZMQBindError as ZMQBindError
from zmq.sugar import ZMQError as ZMQError
from zmq.sugar import ZMQVersionError as ZMQVersionError
from zmq.sugar import __revision__ as __revision__
from zmq.sugar import __version__ as __version__
from zmq.sugar import device as device
from zmq.sugar import pyzmq_version as pyzmq_version
from zmq.sugar import pyzmq_version_info as pyzmq_version_info
from zmq.sugar import select as select
from zmq.sugar import zmq_version as zmq_version
from zmq.sugar import zmq_version_info as zmq_version_info

TYPE_CHECKING = False

DRAFT_API = PYZMQ_DRAFT_API

#: Bytes from which ``send(copy=False)`` does not copy: the default of sockets made
#: after it is assigned to.
COPY_THRESHOLD = 65536

_explain_absent_parts()


def get_includes() -> list[str]:
    """Return the directories to search for headers when compiling against zmq.

    They hold ``zmq.h``, and what Cython modules with ``cimport zmq`` include.
    """
    from os.path import isdir, join

    found = [
        join(directory, *parts)
        for directory in __path__
        for parts in (("include",), ("backend",), ("backend", "cython"))
    ]
    return [directory for directory in found if isdir(directory)]


def get_library_dirs() -> list[str]:
    """Return the directories to search for libzmq when linking against it.

    There are none when libzmq is a part of zmq itself: then it cannot be linked to.
    """
    from os.path import dirname

    from zmq._build_info import LIBRARY

    return [dirname(LIBRARY)] if LIBRARY else []


__all__ = [
    # of this module
    "COPY_THRESHOLD",
    "DRAFT_API",
    "get_includes",
    "get_library_dirs",
    # of zmq.backend
    "IPC_PATH_MAX_LEN",
    "PYZMQ_DRAFT_API",
    "curve_keypair",
    "curve_public",
    "has",
    "proxy",
    "proxy_steerable",
    "strerror",
    "zmq_errno",
    "zmq_poll",
    # of zmq.sugar
    "Again",
    "Context",
    "ContextTerminated",
    "DraftFDWarning",
    "Frame",
    "InterruptedSystemCall",
    "Message",
    "MessageTracker",
    "NotDone",
    "Poller",
    "Socket",
    "Stopwatch",
    "SyncContext",
    "SyncSocket",
    "ZMQBaseError",
    "ZMQBindError",
    "ZMQError",
    "ZMQVersionError",
    "__revision__",
    "__version__",
    "device",
    "pyzmq_version",
    "pyzmq_version_info",
    "select",
    "zmq_version",
    "zmq_version_info",
    # of zmq.constants: the enums
    "SocketType",
    "SocketOption",
    "ContextOption",
    "MessageOption",
    "Flag",
    "PollEvent",
    "Event",
    "RouterNotify",
    "ReconnectStop",
    "NormMode",
    "SecurityMechanism",
    "DeviceType",
    "Errno",
    # of zmq.constants: their members
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
    "MORE",
    "SHARED",
    "SRCFD",
    "DONTWAIT",
    "SNDMORE",
    "NOBLOCK",
    "POLLIN",
    "POLLOUT",
    "POLLERR",
    "POLLPRI",
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
    "NOTIFY_CONNECT",
    "NOTIFY_DISCONNECT",
    "RECONNECT_STOP_CONN_REFUSED",
    "RECONNECT_STOP_HANDSHAKE_FAILED",
    "RECONNECT_STOP_AFTER_DISCONNECT",
    "NORM_FIXED",
    "NORM_CC",
    "NORM_CCL",
    "NORM_CCE",
    "NORM_CCE_ECNONLY",
    "NULL",
    "PLAIN",
    "CURVE",
    "GSSAPI",
    "STREAMER",
    "FORWARDER",
    "QUEUE",
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
