"""Socket options as attributes: ``sock.linger`` and ``sock.LINGER``."""

from __future__ import annotations

from zmq.backend import OptionAttribute
from zmq.constants import SocketOption

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, overload

    class IntOption:
        """An option whose value is an int; on and off are 1 and 0."""

        def __init__(self, option: int) -> None: ...

        @overload
        def __get__(self, instance: None, owner: Any) -> IntOption: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> int: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: int) -> None: ...

    class BytesOption:
        """An option whose value is a string of bytes."""

        def __init__(self, option: int) -> None: ...

        @overload
        def __get__(self, instance: None, owner: Any) -> BytesOption: ...
        @overload
        def __get__(self, instance: object, owner: Any) -> bytes: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...
        def __set__(self, instance: object, value: bytes) -> None: ...

else:
    IntOption = BytesOption = OptionAttribute


class SocketOptions:
    """Every option of libzmq, under its name in small and in capital letters.

    What libzmq cannot read raises AttributeError, as does setting a misspelt name.
    """

    affinity = AFFINITY = IntOption(SocketOption.AFFINITY)
    routing_id = ROUTING_ID = BytesOption(SocketOption.ROUTING_ID)
    SUBSCRIBE = BytesOption(SocketOption.SUBSCRIBE)
    UNSUBSCRIBE = BytesOption(SocketOption.UNSUBSCRIBE)
    rate = RATE = IntOption(SocketOption.RATE)
    recovery_ivl = RECOVERY_IVL = IntOption(SocketOption.RECOVERY_IVL)
    sndbuf = SNDBUF = IntOption(SocketOption.SNDBUF)
    rcvbuf = RCVBUF = IntOption(SocketOption.RCVBUF)
    rcvmore = RCVMORE = IntOption(SocketOption.RCVMORE)
    fd = FD = IntOption(SocketOption.FD)
    events = EVENTS = IntOption(SocketOption.EVENTS)
    TYPE = IntOption(SocketOption.TYPE)
    linger = LINGER = IntOption(SocketOption.LINGER)
    reconnect_ivl = RECONNECT_IVL = IntOption(SocketOption.RECONNECT_IVL)
    backlog = BACKLOG = IntOption(SocketOption.BACKLOG)
    reconnect_ivl_max = RECONNECT_IVL_MAX = IntOption(SocketOption.RECONNECT_IVL_MAX)
    maxmsgsize = MAXMSGSIZE = IntOption(SocketOption.MAXMSGSIZE)
    sndhwm = SNDHWM = IntOption(SocketOption.SNDHWM)
    rcvhwm = RCVHWM = IntOption(SocketOption.RCVHWM)
    multicast_hops = MULTICAST_HOPS = IntOption(SocketOption.MULTICAST_HOPS)
    rcvtimeo = RCVTIMEO = IntOption(SocketOption.RCVTIMEO)
    sndtimeo = SNDTIMEO = IntOption(SocketOption.SNDTIMEO)
    last_endpoint = LAST_ENDPOINT = BytesOption(SocketOption.LAST_ENDPOINT)
    router_mandatory = ROUTER_MANDATORY = IntOption(SocketOption.ROUTER_MANDATORY)
    tcp_keepalive = TCP_KEEPALIVE = IntOption(SocketOption.TCP_KEEPALIVE)
    tcp_keepalive_cnt = TCP_KEEPALIVE_CNT = IntOption(SocketOption.TCP_KEEPALIVE_CNT)
    tcp_keepalive_idle = TCP_KEEPALIVE_IDLE = IntOption(SocketOption.TCP_KEEPALIVE_IDLE)
    tcp_keepalive_intvl = TCP_KEEPALIVE_INTVL = IntOption(
        SocketOption.TCP_KEEPALIVE_INTVL
    )
    immediate = IMMEDIATE = IntOption(SocketOption.IMMEDIATE)
    xpub_verbose = XPUB_VERBOSE = IntOption(SocketOption.XPUB_VERBOSE)
    router_raw = ROUTER_RAW = IntOption(SocketOption.ROUTER_RAW)
    ipv6 = IPV6 = IntOption(SocketOption.IPV6)
    mechanism = MECHANISM = IntOption(SocketOption.MECHANISM)
    plain_server = PLAIN_SERVER = IntOption(SocketOption.PLAIN_SERVER)
    plain_username = PLAIN_USERNAME = BytesOption(SocketOption.PLAIN_USERNAME)
    plain_password = PLAIN_PASSWORD = BytesOption(SocketOption.PLAIN_PASSWORD)
    curve_server = CURVE_SERVER = IntOption(SocketOption.CURVE_SERVER)
    curve_publickey = CURVE_PUBLICKEY = BytesOption(SocketOption.CURVE_PUBLICKEY)
    curve_secretkey = CURVE_SECRETKEY = BytesOption(SocketOption.CURVE_SECRETKEY)
    curve_serverkey = CURVE_SERVERKEY = BytesOption(SocketOption.CURVE_SERVERKEY)
    probe_router = PROBE_ROUTER = IntOption(SocketOption.PROBE_ROUTER)
    req_correlate = REQ_CORRELATE = IntOption(SocketOption.REQ_CORRELATE)
    req_relaxed = REQ_RELAXED = IntOption(SocketOption.REQ_RELAXED)
    conflate = CONFLATE = IntOption(SocketOption.CONFLATE)
    zap_domain = ZAP_DOMAIN = BytesOption(SocketOption.ZAP_DOMAIN)
    router_handover = ROUTER_HANDOVER = IntOption(SocketOption.ROUTER_HANDOVER)
    tos = TOS = IntOption(SocketOption.TOS)
    connect_routing_id = CONNECT_ROUTING_ID = BytesOption(
        SocketOption.CONNECT_ROUTING_ID
    )
    gssapi_server = GSSAPI_SERVER = IntOption(SocketOption.GSSAPI_SERVER)
    gssapi_principal = GSSAPI_PRINCIPAL = BytesOption(SocketOption.GSSAPI_PRINCIPAL)
    gssapi_service_principal = GSSAPI_SERVICE_PRINCIPAL = BytesOption(
        SocketOption.GSSAPI_SERVICE_PRINCIPAL
    )
    gssapi_plaintext = GSSAPI_PLAINTEXT = IntOption(SocketOption.GSSAPI_PLAINTEXT)
    handshake_ivl = HANDSHAKE_IVL = IntOption(SocketOption.HANDSHAKE_IVL)
    socks_proxy = SOCKS_PROXY = BytesOption(SocketOption.SOCKS_PROXY)
    xpub_nodrop = XPUB_NODROP = IntOption(SocketOption.XPUB_NODROP)
    blocky = BLOCKY = IntOption(SocketOption.BLOCKY)
    xpub_manual = XPUB_MANUAL = IntOption(SocketOption.XPUB_MANUAL)
    xpub_welcome_msg = XPUB_WELCOME_MSG = BytesOption(SocketOption.XPUB_WELCOME_MSG)
    stream_notify = STREAM_NOTIFY = IntOption(SocketOption.STREAM_NOTIFY)
    invert_matching = INVERT_MATCHING = IntOption(SocketOption.INVERT_MATCHING)
    heartbeat_ivl = HEARTBEAT_IVL = IntOption(SocketOption.HEARTBEAT_IVL)
    heartbeat_ttl = HEARTBEAT_TTL = IntOption(SocketOption.HEARTBEAT_TTL)
    heartbeat_timeout = HEARTBEAT_TIMEOUT = IntOption(SocketOption.HEARTBEAT_TIMEOUT)
    xpub_verboser = XPUB_VERBOSER = IntOption(SocketOption.XPUB_VERBOSER)
    connect_timeout = CONNECT_TIMEOUT = IntOption(SocketOption.CONNECT_TIMEOUT)
    tcp_maxrt = TCP_MAXRT = IntOption(SocketOption.TCP_MAXRT)
    thread_safe = THREAD_SAFE = IntOption(SocketOption.THREAD_SAFE)
    multicast_maxtpdu = MULTICAST_MAXTPDU = IntOption(SocketOption.MULTICAST_MAXTPDU)
    vmci_buffer_size = VMCI_BUFFER_SIZE = IntOption(SocketOption.VMCI_BUFFER_SIZE)
    vmci_buffer_min_size = VMCI_BUFFER_MIN_SIZE = IntOption(
        SocketOption.VMCI_BUFFER_MIN_SIZE
    )
    vmci_buffer_max_size = VMCI_BUFFER_MAX_SIZE = IntOption(
        SocketOption.VMCI_BUFFER_MAX_SIZE
    )
    vmci_connect_timeout = VMCI_CONNECT_TIMEOUT = IntOption(
        SocketOption.VMCI_CONNECT_TIMEOUT
    )
    use_fd = USE_FD = IntOption(SocketOption.USE_FD)
    gssapi_principal_nametype = GSSAPI_PRINCIPAL_NAMETYPE = IntOption(
        SocketOption.GSSAPI_PRINCIPAL_NAMETYPE
    )
    gssapi_service_principal_nametype = GSSAPI_SERVICE_PRINCIPAL_NAMETYPE = IntOption(
        SocketOption.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE
    )
    bindtodevice = BINDTODEVICE = BytesOption(SocketOption.BINDTODEVICE)
    identity = IDENTITY = BytesOption(SocketOption.IDENTITY)
    connect_rid = CONNECT_RID = BytesOption(SocketOption.CONNECT_RID)
    tcp_accept_filter = TCP_ACCEPT_FILTER = BytesOption(SocketOption.TCP_ACCEPT_FILTER)
    ipc_filter_pid = IPC_FILTER_PID = IntOption(SocketOption.IPC_FILTER_PID)
    ipc_filter_uid = IPC_FILTER_UID = IntOption(SocketOption.IPC_FILTER_UID)
    ipc_filter_gid = IPC_FILTER_GID = IntOption(SocketOption.IPC_FILTER_GID)
    ipv4only = IPV4ONLY = IntOption(SocketOption.IPV4ONLY)
    delay_attach_on_connect = DELAY_ATTACH_ON_CONNECT = IntOption(
        SocketOption.DELAY_ATTACH_ON_CONNECT
    )
    fail_unroutable = FAIL_UNROUTABLE = IntOption(SocketOption.FAIL_UNROUTABLE)
    router_behavior = ROUTER_BEHAVIOR = IntOption(SocketOption.ROUTER_BEHAVIOR)
    zap_enforce_domain = ZAP_ENFORCE_DOMAIN = IntOption(SocketOption.ZAP_ENFORCE_DOMAIN)
    loopback_fastpath = LOOPBACK_FASTPATH = IntOption(SocketOption.LOOPBACK_FASTPATH)
    metadata = METADATA = BytesOption(SocketOption.METADATA)
    multicast_loop = MULTICAST_LOOP = IntOption(SocketOption.MULTICAST_LOOP)
    router_notify = ROUTER_NOTIFY = IntOption(SocketOption.ROUTER_NOTIFY)
    xpub_manual_last_value = XPUB_MANUAL_LAST_VALUE = IntOption(
        SocketOption.XPUB_MANUAL_LAST_VALUE
    )
    socks_username = SOCKS_USERNAME = BytesOption(SocketOption.SOCKS_USERNAME)
    socks_password = SOCKS_PASSWORD = BytesOption(SocketOption.SOCKS_PASSWORD)
    in_batch_size = IN_BATCH_SIZE = IntOption(SocketOption.IN_BATCH_SIZE)
    out_batch_size = OUT_BATCH_SIZE = IntOption(SocketOption.OUT_BATCH_SIZE)
    wss_key_pem = WSS_KEY_PEM = BytesOption(SocketOption.WSS_KEY_PEM)
    wss_cert_pem = WSS_CERT_PEM = BytesOption(SocketOption.WSS_CERT_PEM)
    wss_trust_pem = WSS_TRUST_PEM = BytesOption(SocketOption.WSS_TRUST_PEM)
    wss_hostname = WSS_HOSTNAME = BytesOption(SocketOption.WSS_HOSTNAME)
    wss_trust_system = WSS_TRUST_SYSTEM = IntOption(SocketOption.WSS_TRUST_SYSTEM)
    only_first_subscribe = ONLY_FIRST_SUBSCRIBE = IntOption(
        SocketOption.ONLY_FIRST_SUBSCRIBE
    )
    reconnect_stop = RECONNECT_STOP = IntOption(SocketOption.RECONNECT_STOP)
    hello_msg = HELLO_MSG = BytesOption(SocketOption.HELLO_MSG)
    disconnect_msg = DISCONNECT_MSG = BytesOption(SocketOption.DISCONNECT_MSG)
    priority = PRIORITY = IntOption(SocketOption.PRIORITY)
    busy_poll = BUSY_POLL = IntOption(SocketOption.BUSY_POLL)
    hiccup_msg = HICCUP_MSG = BytesOption(SocketOption.HICCUP_MSG)
    xsub_verbose_unsubscribe = XSUB_VERBOSE_UNSUBSCRIBE = IntOption(
        SocketOption.XSUB_VERBOSE_UNSUBSCRIBE
    )
    topics_count = TOPICS_COUNT = IntOption(SocketOption.TOPICS_COUNT)
    norm_mode = NORM_MODE = IntOption(SocketOption.NORM_MODE)
    norm_unicast_nack = NORM_UNICAST_NACK = IntOption(SocketOption.NORM_UNICAST_NACK)
    norm_buffer_size = NORM_BUFFER_SIZE = IntOption(SocketOption.NORM_BUFFER_SIZE)
    norm_segment_size = NORM_SEGMENT_SIZE = IntOption(SocketOption.NORM_SEGMENT_SIZE)
    norm_block_size = NORM_BLOCK_SIZE = IntOption(SocketOption.NORM_BLOCK_SIZE)
    norm_num_parity = NORM_NUM_PARITY = IntOption(SocketOption.NORM_NUM_PARITY)
    norm_num_autoparity = NORM_NUM_AUTOPARITY = IntOption(
        SocketOption.NORM_NUM_AUTOPARITY
    )
    norm_push = NORM_PUSH = IntOption(SocketOption.NORM_PUSH)
