"""ZeroMQ for gevent: ``import zmq.green as zmq`` is a whole ``zmq``.

Whatever blocks the thread there blocks only the greenlet here: sending, receiving,
polling, proxies, and the end of contexts. It makes no difference whether gevent has
patched the standard library.
"""

from __future__ import annotations

from zmq import AFFINITY as AFFINITY
from zmq import BACKLOG as BACKLOG
from zmq import BINDTODEVICE as BINDTODEVICE
from zmq import BLOCKY as BLOCKY
from zmq import BUSY_POLL as BUSY_POLL
from zmq import CHANNEL as CHANNEL
from zmq import CLIENT as CLIENT
from zmq import CONFLATE as CONFLATE
from zmq import CONNECT_RID as CONNECT_RID
from zmq import CONNECT_ROUTING_ID as CONNECT_ROUTING_ID
from zmq import CONNECT_TIMEOUT as CONNECT_TIMEOUT
from zmq import COPY_THRESHOLD as COPY_THRESHOLD
from zmq import CURVE as CURVE
from zmq import CURVE_PUBLICKEY as CURVE_PUBLICKEY
from zmq import CURVE_SECRETKEY as CURVE_SECRETKEY
from zmq import CURVE_SERVER as CURVE_SERVER
from zmq import CURVE_SERVERKEY as CURVE_SERVERKEY
from zmq import DEALER as DEALER
from zmq import DELAY_ATTACH_ON_CONNECT as DELAY_ATTACH_ON_CONNECT
from zmq import DGRAM as DGRAM
from zmq import DISCONNECT_MSG as DISCONNECT_MSG
from zmq import DISH as DISH
from zmq import DONTWAIT as DONTWAIT
from zmq import DRAFT_API as DRAFT_API
from zmq import EADDRINUSE as EADDRINUSE
from zmq import EADDRNOTAVAIL as EADDRNOTAVAIL
from zmq import EAFNOSUPPORT as EAFNOSUPPORT
from zmq import EAGAIN as EAGAIN
from zmq import ECONNABORTED as ECONNABORTED
from zmq import ECONNREFUSED as ECONNREFUSED
from zmq import ECONNRESET as ECONNRESET
from zmq import EFAULT as EFAULT
from zmq import EFSM as EFSM
from zmq import EHOSTUNREACH as EHOSTUNREACH
from zmq import EINPROGRESS as EINPROGRESS
from zmq import EINVAL as EINVAL
from zmq import EMSGSIZE as EMSGSIZE
from zmq import EMTHREAD as EMTHREAD
from zmq import ENETDOWN as ENETDOWN
from zmq import ENETRESET as ENETRESET
from zmq import ENETUNREACH as ENETUNREACH
from zmq import ENOBUFS as ENOBUFS
from zmq import ENOCOMPATPROTO as ENOCOMPATPROTO
from zmq import ENOTCONN as ENOTCONN
from zmq import ENOTSOCK as ENOTSOCK
from zmq import ENOTSUP as ENOTSUP
from zmq import EPROTONOSUPPORT as EPROTONOSUPPORT
from zmq import ETERM as ETERM
from zmq import ETIMEDOUT as ETIMEDOUT
from zmq import EVENT_ACCEPT_FAILED as EVENT_ACCEPT_FAILED
from zmq import EVENT_ACCEPTED as EVENT_ACCEPTED
from zmq import EVENT_ALL as EVENT_ALL
from zmq import EVENT_ALL_V1 as EVENT_ALL_V1
from zmq import EVENT_ALL_V2 as EVENT_ALL_V2
from zmq import EVENT_BIND_FAILED as EVENT_BIND_FAILED
from zmq import EVENT_CLOSE_FAILED as EVENT_CLOSE_FAILED
from zmq import EVENT_CLOSED as EVENT_CLOSED
from zmq import EVENT_CONNECT_DELAYED as EVENT_CONNECT_DELAYED
from zmq import EVENT_CONNECT_RETRIED as EVENT_CONNECT_RETRIED
from zmq import EVENT_CONNECTED as EVENT_CONNECTED
from zmq import EVENT_DISCONNECTED as EVENT_DISCONNECTED
from zmq import EVENT_HANDSHAKE_FAILED_AUTH as EVENT_HANDSHAKE_FAILED_AUTH
from zmq import EVENT_HANDSHAKE_FAILED_NO_DETAIL as EVENT_HANDSHAKE_FAILED_NO_DETAIL
from zmq import EVENT_HANDSHAKE_FAILED_PROTOCOL as EVENT_HANDSHAKE_FAILED_PROTOCOL
from zmq import EVENT_HANDSHAKE_SUCCEEDED as EVENT_HANDSHAKE_SUCCEEDED
from zmq import EVENT_LISTENING as EVENT_LISTENING
from zmq import EVENT_MONITOR_STOPPED as EVENT_MONITOR_STOPPED
from zmq import EVENT_PIPES_STATS as EVENT_PIPES_STATS
from zmq import EVENTS as EVENTS
from zmq import FAIL_UNROUTABLE as FAIL_UNROUTABLE
from zmq import FD as FD
from zmq import FORWARDER as FORWARDER
from zmq import GATHER as GATHER
from zmq import GSSAPI as GSSAPI
from zmq import GSSAPI_PLAINTEXT as GSSAPI_PLAINTEXT
from zmq import GSSAPI_PRINCIPAL as GSSAPI_PRINCIPAL
from zmq import GSSAPI_PRINCIPAL_NAMETYPE as GSSAPI_PRINCIPAL_NAMETYPE
from zmq import GSSAPI_SERVER as GSSAPI_SERVER
from zmq import GSSAPI_SERVICE_PRINCIPAL as GSSAPI_SERVICE_PRINCIPAL
from zmq import GSSAPI_SERVICE_PRINCIPAL_NAMETYPE as GSSAPI_SERVICE_PRINCIPAL_NAMETYPE
from zmq import HANDSHAKE_IVL as HANDSHAKE_IVL
from zmq import HEARTBEAT_IVL as HEARTBEAT_IVL
from zmq import HEARTBEAT_TIMEOUT as HEARTBEAT_TIMEOUT
from zmq import HEARTBEAT_TTL as HEARTBEAT_TTL
from zmq import HELLO_MSG as HELLO_MSG
from zmq import HICCUP_MSG as HICCUP_MSG
from zmq import HWM as HWM
from zmq import IDENTITY as IDENTITY
from zmq import IMMEDIATE as IMMEDIATE
from zmq import IN_BATCH_SIZE as IN_BATCH_SIZE
from zmq import INVERT_MATCHING as INVERT_MATCHING
from zmq import IO_THREADS as IO_THREADS
from zmq import IPC_FILTER_GID as IPC_FILTER_GID
from zmq import IPC_FILTER_PID as IPC_FILTER_PID
from zmq import IPC_FILTER_UID as IPC_FILTER_UID
from zmq import IPC_PATH_MAX_LEN as IPC_PATH_MAX_LEN
from zmq import IPV4ONLY as IPV4ONLY
from zmq import IPV6 as IPV6
from zmq import LAST_ENDPOINT as LAST_ENDPOINT
from zmq import LINGER as LINGER
from zmq import LOOPBACK_FASTPATH as LOOPBACK_FASTPATH
from zmq import MAX_MSGSZ as MAX_MSGSZ
from zmq import MAX_SOCKETS as MAX_SOCKETS
from zmq import MAXMSGSIZE as MAXMSGSIZE
from zmq import MECHANISM as MECHANISM
from zmq import METADATA as METADATA
from zmq import MORE as MORE
from zmq import MSG_T_SIZE as MSG_T_SIZE
from zmq import MULTICAST_HOPS as MULTICAST_HOPS
from zmq import MULTICAST_LOOP as MULTICAST_LOOP
from zmq import MULTICAST_MAXTPDU as MULTICAST_MAXTPDU
from zmq import NOBLOCK as NOBLOCK
from zmq import NORM_BLOCK_SIZE as NORM_BLOCK_SIZE
from zmq import NORM_BUFFER_SIZE as NORM_BUFFER_SIZE
from zmq import NORM_CC as NORM_CC
from zmq import NORM_CCE as NORM_CCE
from zmq import NORM_CCE_ECNONLY as NORM_CCE_ECNONLY
from zmq import NORM_CCL as NORM_CCL
from zmq import NORM_FIXED as NORM_FIXED
from zmq import NORM_MODE as NORM_MODE
from zmq import NORM_NUM_AUTOPARITY as NORM_NUM_AUTOPARITY
from zmq import NORM_NUM_PARITY as NORM_NUM_PARITY
from zmq import NORM_PUSH as NORM_PUSH
from zmq import NORM_SEGMENT_SIZE as NORM_SEGMENT_SIZE
from zmq import NORM_UNICAST_NACK as NORM_UNICAST_NACK
from zmq import NOTIFY_CONNECT as NOTIFY_CONNECT
from zmq import NOTIFY_DISCONNECT as NOTIFY_DISCONNECT
from zmq import NULL as NULL
from zmq import ONLY_FIRST_SUBSCRIBE as ONLY_FIRST_SUBSCRIBE
from zmq import OUT_BATCH_SIZE as OUT_BATCH_SIZE
from zmq import PAIR as PAIR
from zmq import PEER as PEER
from zmq import PLAIN as PLAIN
from zmq import PLAIN_PASSWORD as PLAIN_PASSWORD
from zmq import PLAIN_SERVER as PLAIN_SERVER
from zmq import PLAIN_USERNAME as PLAIN_USERNAME
from zmq import POLLERR as POLLERR
from zmq import POLLIN as POLLIN
from zmq import POLLOUT as POLLOUT
from zmq import POLLPRI as POLLPRI
from zmq import PRIORITY as PRIORITY
from zmq import PROBE_ROUTER as PROBE_ROUTER
from zmq import PROTOCOL_ERROR_WS_UNSPECIFIED as PROTOCOL_ERROR_WS_UNSPECIFIED
from zmq import PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID as PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID
from zmq import PROTOCOL_ERROR_ZAP_BAD_VERSION as PROTOCOL_ERROR_ZAP_BAD_VERSION
from zmq import (
    PROTOCOL_ERROR_ZAP_INVALID_METADATA as PROTOCOL_ERROR_ZAP_INVALID_METADATA,
)
from zmq import (
    PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE as PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE,
)
from zmq import PROTOCOL_ERROR_ZAP_MALFORMED_REPLY as PROTOCOL_ERROR_ZAP_MALFORMED_REPLY
from zmq import PROTOCOL_ERROR_ZAP_UNSPECIFIED as PROTOCOL_ERROR_ZAP_UNSPECIFIED
from zmq import PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC as PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC
from zmq import (
    PROTOCOL_ERROR_ZMTP_INVALID_METADATA as PROTOCOL_ERROR_ZMTP_INVALID_METADATA,
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE as PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE,
)
from zmq import PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE as PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME as PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME,  # noqa: E501
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH as PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH,
)
from zmq import (
    PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND as PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND,
)
from zmq import PROTOCOL_ERROR_ZMTP_UNSPECIFIED as PROTOCOL_ERROR_ZMTP_UNSPECIFIED
from zmq import PUB as PUB
from zmq import PULL as PULL
from zmq import PUSH as PUSH
from zmq import PYZMQ_DRAFT_API as PYZMQ_DRAFT_API
from zmq import QUEUE as QUEUE
from zmq import RADIO as RADIO
from zmq import RATE as RATE
from zmq import RCVBUF as RCVBUF
from zmq import RCVHWM as RCVHWM
from zmq import RCVMORE as RCVMORE
from zmq import RCVTIMEO as RCVTIMEO
from zmq import RECONNECT_IVL as RECONNECT_IVL
from zmq import RECONNECT_IVL_MAX as RECONNECT_IVL_MAX
from zmq import RECONNECT_STOP as RECONNECT_STOP
from zmq import RECONNECT_STOP_AFTER_DISCONNECT as RECONNECT_STOP_AFTER_DISCONNECT
from zmq import RECONNECT_STOP_CONN_REFUSED as RECONNECT_STOP_CONN_REFUSED
from zmq import RECONNECT_STOP_HANDSHAKE_FAILED as RECONNECT_STOP_HANDSHAKE_FAILED
from zmq import RECOVERY_IVL as RECOVERY_IVL
from zmq import REP as REP
from zmq import REQ as REQ
from zmq import REQ_CORRELATE as REQ_CORRELATE
from zmq import REQ_RELAXED as REQ_RELAXED
from zmq import ROUTER as ROUTER
from zmq import ROUTER_BEHAVIOR as ROUTER_BEHAVIOR
from zmq import ROUTER_HANDOVER as ROUTER_HANDOVER
from zmq import ROUTER_MANDATORY as ROUTER_MANDATORY
from zmq import ROUTER_NOTIFY as ROUTER_NOTIFY
from zmq import ROUTER_RAW as ROUTER_RAW
from zmq import ROUTING_ID as ROUTING_ID
from zmq import SCATTER as SCATTER
from zmq import SERVER as SERVER
from zmq import SHARED as SHARED
from zmq import SNDBUF as SNDBUF
from zmq import SNDHWM as SNDHWM
from zmq import SNDMORE as SNDMORE
from zmq import SNDTIMEO as SNDTIMEO
from zmq import SOCKET_LIMIT as SOCKET_LIMIT
from zmq import SOCKS_PASSWORD as SOCKS_PASSWORD
from zmq import SOCKS_PROXY as SOCKS_PROXY
from zmq import SOCKS_USERNAME as SOCKS_USERNAME
from zmq import SRCFD as SRCFD
from zmq import STREAM as STREAM
from zmq import STREAM_NOTIFY as STREAM_NOTIFY
from zmq import STREAMER as STREAMER
from zmq import SUB as SUB
from zmq import SUBSCRIBE as SUBSCRIBE
from zmq import TCP_ACCEPT_FILTER as TCP_ACCEPT_FILTER
from zmq import TCP_KEEPALIVE as TCP_KEEPALIVE
from zmq import TCP_KEEPALIVE_CNT as TCP_KEEPALIVE_CNT
from zmq import TCP_KEEPALIVE_IDLE as TCP_KEEPALIVE_IDLE
from zmq import TCP_KEEPALIVE_INTVL as TCP_KEEPALIVE_INTVL
from zmq import TCP_MAXRT as TCP_MAXRT
from zmq import THREAD_AFFINITY_CPU_ADD as THREAD_AFFINITY_CPU_ADD
from zmq import THREAD_AFFINITY_CPU_REMOVE as THREAD_AFFINITY_CPU_REMOVE
from zmq import THREAD_NAME_PREFIX as THREAD_NAME_PREFIX
from zmq import THREAD_PRIORITY as THREAD_PRIORITY
from zmq import THREAD_SAFE as THREAD_SAFE
from zmq import THREAD_SCHED_POLICY as THREAD_SCHED_POLICY
from zmq import TOPICS_COUNT as TOPICS_COUNT
from zmq import TOS as TOS
from zmq import TYPE as TYPE
from zmq import UNSUBSCRIBE as UNSUBSCRIBE
from zmq import USE_FD as USE_FD
from zmq import VMCI_BUFFER_MAX_SIZE as VMCI_BUFFER_MAX_SIZE
from zmq import VMCI_BUFFER_MIN_SIZE as VMCI_BUFFER_MIN_SIZE
from zmq import VMCI_BUFFER_SIZE as VMCI_BUFFER_SIZE
from zmq import VMCI_CONNECT_TIMEOUT as VMCI_CONNECT_TIMEOUT
from zmq import WSS_CERT_PEM as WSS_CERT_PEM
from zmq import WSS_HOSTNAME as WSS_HOSTNAME
from zmq import WSS_KEY_PEM as WSS_KEY_PEM
from zmq import WSS_TRUST_PEM as WSS_TRUST_PEM
from zmq import WSS_TRUST_SYSTEM as WSS_TRUST_SYSTEM
from zmq import XPUB as XPUB
from zmq import XPUB_MANUAL as XPUB_MANUAL
from zmq import XPUB_MANUAL_LAST_VALUE as XPUB_MANUAL_LAST_VALUE
from zmq import XPUB_NODROP as XPUB_NODROP
from zmq import XPUB_VERBOSE as XPUB_VERBOSE
from zmq import XPUB_VERBOSER as XPUB_VERBOSER
from zmq import XPUB_WELCOME_MSG as XPUB_WELCOME_MSG
from zmq import XREP as XREP
from zmq import XREQ as XREQ
from zmq import XSUB as XSUB
from zmq import XSUB_VERBOSE_UNSUBSCRIBE as XSUB_VERBOSE_UNSUBSCRIBE
from zmq import ZAP_DOMAIN as ZAP_DOMAIN
from zmq import ZAP_ENFORCE_DOMAIN as ZAP_ENFORCE_DOMAIN
from zmq import Again as Again
from zmq import ContextOption as ContextOption
from zmq import ContextTerminated as ContextTerminated
from zmq import DeviceType as DeviceType
from zmq import DraftFDWarning as DraftFDWarning
from zmq import Errno as Errno
from zmq import Event as Event
from zmq import Flag as Flag
from zmq import Frame as Frame
from zmq import InterruptedSystemCall as InterruptedSystemCall
from zmq import Message as Message
from zmq import MessageOption as MessageOption
from zmq import NormMode as NormMode
from zmq import NotDone as NotDone
from zmq import PollEvent as PollEvent
from zmq import ReconnectStop as ReconnectStop
from zmq import RouterNotify as RouterNotify
from zmq import SecurityMechanism as SecurityMechanism
from zmq import SocketOption as SocketOption
from zmq import SocketType as SocketType
from zmq import Stopwatch as Stopwatch
from zmq import SyncContext as SyncContext
from zmq import SyncSocket as SyncSocket
from zmq import ZMQBaseError as ZMQBaseError
from zmq import ZMQBindError as ZMQBindError
from zmq import ZMQError as ZMQError
from zmq import ZMQVersionError as ZMQVersionError
from zmq import __revision__ as __revision__
from zmq import __version__ as __version__
from zmq import backend as backend
from zmq import constants as constants
from zmq import curve_keypair as curve_keypair
from zmq import curve_public as curve_public
from zmq import error as error
from zmq import get_includes as get_includes
from zmq import get_library_dirs as get_library_dirs
from zmq import has as has
from zmq import pyzmq_version as pyzmq_version
from zmq import pyzmq_version_info as pyzmq_version_info
from zmq import strerror as strerror
from zmq import sugar as sugar
from zmq import utils as utils
from zmq import zmq_errno as zmq_errno
from zmq import zmq_version as zmq_version
from zmq import zmq_version_info as zmq_version_info
from zmq.green.core import Context as Context
from zmq.green.core import Socket as Socket
from zmq.green.device import device as device
from zmq.green.device import proxy as proxy
from zmq.green.device import proxy_steerable as proxy_steerable
from zmq.green.poll import Poller as Poller
from zmq.green.poll import select as select
from zmq.green.poll import zmq_poll as zmq_poll
from zmq.green.tracker import MessageTracker as MessageTracker

__all__ = [
    # of this package
    "Context",
    "Socket",
    "MessageTracker",
    "Poller",
    "select",
    "zmq_poll",
    "device",
    "proxy",
    "proxy_steerable",
    # of zmq
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
    "strerror",
    "zmq_errno",
    # of zmq.sugar
    "Again",
    "ContextTerminated",
    "DraftFDWarning",
    "Frame",
    "InterruptedSystemCall",
    "Message",
    "NotDone",
    "Stopwatch",
    "SyncContext",
    "SyncSocket",
    "ZMQBaseError",
    "ZMQBindError",
    "ZMQError",
    "ZMQVersionError",
    "__revision__",
    "__version__",
    "pyzmq_version",
    "pyzmq_version_info",
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
