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

    affinity: IntOption = IntOption(SocketOption.AFFINITY)
    AFFINITY: IntOption = affinity
    routing_id: BytesOption = BytesOption(SocketOption.ROUTING_ID)
    ROUTING_ID: BytesOption = routing_id
    SUBSCRIBE: BytesOption = BytesOption(SocketOption.SUBSCRIBE)
    UNSUBSCRIBE: BytesOption = BytesOption(SocketOption.UNSUBSCRIBE)
    rate: IntOption = IntOption(SocketOption.RATE)
    RATE: IntOption = rate
    recovery_ivl: IntOption = IntOption(SocketOption.RECOVERY_IVL)
    RECOVERY_IVL: IntOption = recovery_ivl
    sndbuf: IntOption = IntOption(SocketOption.SNDBUF)
    SNDBUF: IntOption = sndbuf
    rcvbuf: IntOption = IntOption(SocketOption.RCVBUF)
    RCVBUF: IntOption = rcvbuf
    rcvmore: IntOption = IntOption(SocketOption.RCVMORE)
    RCVMORE: IntOption = rcvmore
    fd: IntOption = IntOption(SocketOption.FD)
    FD: IntOption = fd
    events: IntOption = IntOption(SocketOption.EVENTS)
    EVENTS: IntOption = events
    TYPE: IntOption = IntOption(SocketOption.TYPE)
    linger: IntOption = IntOption(SocketOption.LINGER)
    LINGER: IntOption = linger
    reconnect_ivl: IntOption = IntOption(SocketOption.RECONNECT_IVL)
    RECONNECT_IVL: IntOption = reconnect_ivl
    backlog: IntOption = IntOption(SocketOption.BACKLOG)
    BACKLOG: IntOption = backlog
    reconnect_ivl_max: IntOption = IntOption(SocketOption.RECONNECT_IVL_MAX)
    RECONNECT_IVL_MAX: IntOption = reconnect_ivl_max
    maxmsgsize: IntOption = IntOption(SocketOption.MAXMSGSIZE)
    MAXMSGSIZE: IntOption = maxmsgsize
    sndhwm: IntOption = IntOption(SocketOption.SNDHWM)
    SNDHWM: IntOption = sndhwm
    rcvhwm: IntOption = IntOption(SocketOption.RCVHWM)
    RCVHWM: IntOption = rcvhwm
    multicast_hops: IntOption = IntOption(SocketOption.MULTICAST_HOPS)
    MULTICAST_HOPS: IntOption = multicast_hops
    rcvtimeo: IntOption = IntOption(SocketOption.RCVTIMEO)
    RCVTIMEO: IntOption = rcvtimeo
    sndtimeo: IntOption = IntOption(SocketOption.SNDTIMEO)
    SNDTIMEO: IntOption = sndtimeo
    last_endpoint: BytesOption = BytesOption(SocketOption.LAST_ENDPOINT)
    LAST_ENDPOINT: BytesOption = last_endpoint
    router_mandatory: IntOption = IntOption(SocketOption.ROUTER_MANDATORY)
    ROUTER_MANDATORY: IntOption = router_mandatory
    tcp_keepalive: IntOption = IntOption(SocketOption.TCP_KEEPALIVE)
    TCP_KEEPALIVE: IntOption = tcp_keepalive
    tcp_keepalive_cnt: IntOption = IntOption(SocketOption.TCP_KEEPALIVE_CNT)
    TCP_KEEPALIVE_CNT: IntOption = tcp_keepalive_cnt
    tcp_keepalive_idle: IntOption = IntOption(SocketOption.TCP_KEEPALIVE_IDLE)
    TCP_KEEPALIVE_IDLE: IntOption = tcp_keepalive_idle
    tcp_keepalive_intvl: IntOption = IntOption(SocketOption.TCP_KEEPALIVE_INTVL)
    TCP_KEEPALIVE_INTVL: IntOption = tcp_keepalive_intvl
    immediate: IntOption = IntOption(SocketOption.IMMEDIATE)
    IMMEDIATE: IntOption = immediate
    xpub_verbose: IntOption = IntOption(SocketOption.XPUB_VERBOSE)
    XPUB_VERBOSE: IntOption = xpub_verbose
    router_raw: IntOption = IntOption(SocketOption.ROUTER_RAW)
    ROUTER_RAW: IntOption = router_raw
    ipv6: IntOption = IntOption(SocketOption.IPV6)
    IPV6: IntOption = ipv6
    mechanism: IntOption = IntOption(SocketOption.MECHANISM)
    MECHANISM: IntOption = mechanism
    plain_server: IntOption = IntOption(SocketOption.PLAIN_SERVER)
    PLAIN_SERVER: IntOption = plain_server
    plain_username: BytesOption = BytesOption(SocketOption.PLAIN_USERNAME)
    PLAIN_USERNAME: BytesOption = plain_username
    plain_password: BytesOption = BytesOption(SocketOption.PLAIN_PASSWORD)
    PLAIN_PASSWORD: BytesOption = plain_password
    curve_server: IntOption = IntOption(SocketOption.CURVE_SERVER)
    CURVE_SERVER: IntOption = curve_server
    curve_publickey: BytesOption = BytesOption(SocketOption.CURVE_PUBLICKEY)
    CURVE_PUBLICKEY: BytesOption = curve_publickey
    curve_secretkey: BytesOption = BytesOption(SocketOption.CURVE_SECRETKEY)
    CURVE_SECRETKEY: BytesOption = curve_secretkey
    curve_serverkey: BytesOption = BytesOption(SocketOption.CURVE_SERVERKEY)
    CURVE_SERVERKEY: BytesOption = curve_serverkey
    probe_router: IntOption = IntOption(SocketOption.PROBE_ROUTER)
    PROBE_ROUTER: IntOption = probe_router
    req_correlate: IntOption = IntOption(SocketOption.REQ_CORRELATE)
    REQ_CORRELATE: IntOption = req_correlate
    req_relaxed: IntOption = IntOption(SocketOption.REQ_RELAXED)
    REQ_RELAXED: IntOption = req_relaxed
    conflate: IntOption = IntOption(SocketOption.CONFLATE)
    CONFLATE: IntOption = conflate
    zap_domain: BytesOption = BytesOption(SocketOption.ZAP_DOMAIN)
    ZAP_DOMAIN: BytesOption = zap_domain
    router_handover: IntOption = IntOption(SocketOption.ROUTER_HANDOVER)
    ROUTER_HANDOVER: IntOption = router_handover
    tos: IntOption = IntOption(SocketOption.TOS)
    TOS: IntOption = tos
    connect_routing_id: BytesOption = BytesOption(SocketOption.CONNECT_ROUTING_ID)
    CONNECT_ROUTING_ID: BytesOption = connect_routing_id
    gssapi_server: IntOption = IntOption(SocketOption.GSSAPI_SERVER)
    GSSAPI_SERVER: IntOption = gssapi_server
    gssapi_principal: BytesOption = BytesOption(SocketOption.GSSAPI_PRINCIPAL)
    GSSAPI_PRINCIPAL: BytesOption = gssapi_principal
    gssapi_service_principal: BytesOption = BytesOption(
        SocketOption.GSSAPI_SERVICE_PRINCIPAL
    )
    GSSAPI_SERVICE_PRINCIPAL: BytesOption = gssapi_service_principal
    gssapi_plaintext: IntOption = IntOption(SocketOption.GSSAPI_PLAINTEXT)
    GSSAPI_PLAINTEXT: IntOption = gssapi_plaintext
    handshake_ivl: IntOption = IntOption(SocketOption.HANDSHAKE_IVL)
    HANDSHAKE_IVL: IntOption = handshake_ivl
    socks_proxy: BytesOption = BytesOption(SocketOption.SOCKS_PROXY)
    SOCKS_PROXY: BytesOption = socks_proxy
    xpub_nodrop: IntOption = IntOption(SocketOption.XPUB_NODROP)
    XPUB_NODROP: IntOption = xpub_nodrop
    blocky: IntOption = IntOption(SocketOption.BLOCKY)
    BLOCKY: IntOption = blocky
    xpub_manual: IntOption = IntOption(SocketOption.XPUB_MANUAL)
    XPUB_MANUAL: IntOption = xpub_manual
    xpub_welcome_msg: BytesOption = BytesOption(SocketOption.XPUB_WELCOME_MSG)
    XPUB_WELCOME_MSG: BytesOption = xpub_welcome_msg
    stream_notify: IntOption = IntOption(SocketOption.STREAM_NOTIFY)
    STREAM_NOTIFY: IntOption = stream_notify
    invert_matching: IntOption = IntOption(SocketOption.INVERT_MATCHING)
    INVERT_MATCHING: IntOption = invert_matching
    heartbeat_ivl: IntOption = IntOption(SocketOption.HEARTBEAT_IVL)
    HEARTBEAT_IVL: IntOption = heartbeat_ivl
    heartbeat_ttl: IntOption = IntOption(SocketOption.HEARTBEAT_TTL)
    HEARTBEAT_TTL: IntOption = heartbeat_ttl
    heartbeat_timeout: IntOption = IntOption(SocketOption.HEARTBEAT_TIMEOUT)
    HEARTBEAT_TIMEOUT: IntOption = heartbeat_timeout
    xpub_verboser: IntOption = IntOption(SocketOption.XPUB_VERBOSER)
    XPUB_VERBOSER: IntOption = xpub_verboser
    connect_timeout: IntOption = IntOption(SocketOption.CONNECT_TIMEOUT)
    CONNECT_TIMEOUT: IntOption = connect_timeout
    tcp_maxrt: IntOption = IntOption(SocketOption.TCP_MAXRT)
    TCP_MAXRT: IntOption = tcp_maxrt
    thread_safe: IntOption = IntOption(SocketOption.THREAD_SAFE)
    THREAD_SAFE: IntOption = thread_safe
    multicast_maxtpdu: IntOption = IntOption(SocketOption.MULTICAST_MAXTPDU)
    MULTICAST_MAXTPDU: IntOption = multicast_maxtpdu
    vmci_buffer_size: IntOption = IntOption(SocketOption.VMCI_BUFFER_SIZE)
    VMCI_BUFFER_SIZE: IntOption = vmci_buffer_size
    vmci_buffer_min_size: IntOption = IntOption(SocketOption.VMCI_BUFFER_MIN_SIZE)
    VMCI_BUFFER_MIN_SIZE: IntOption = vmci_buffer_min_size
    vmci_buffer_max_size: IntOption = IntOption(SocketOption.VMCI_BUFFER_MAX_SIZE)
    VMCI_BUFFER_MAX_SIZE: IntOption = vmci_buffer_max_size
    vmci_connect_timeout: IntOption = IntOption(SocketOption.VMCI_CONNECT_TIMEOUT)
    VMCI_CONNECT_TIMEOUT: IntOption = vmci_connect_timeout
    use_fd: IntOption = IntOption(SocketOption.USE_FD)
    USE_FD: IntOption = use_fd
    gssapi_principal_nametype: IntOption = IntOption(
        SocketOption.GSSAPI_PRINCIPAL_NAMETYPE
    )
    GSSAPI_PRINCIPAL_NAMETYPE: IntOption = gssapi_principal_nametype
    gssapi_service_principal_nametype: IntOption = IntOption(
        SocketOption.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE
    )
    GSSAPI_SERVICE_PRINCIPAL_NAMETYPE: IntOption = gssapi_service_principal_nametype
    bindtodevice: BytesOption = BytesOption(SocketOption.BINDTODEVICE)
    BINDTODEVICE: BytesOption = bindtodevice
    identity: BytesOption = BytesOption(SocketOption.IDENTITY)
    IDENTITY: BytesOption = identity
    connect_rid: BytesOption = BytesOption(SocketOption.CONNECT_RID)
    CONNECT_RID: BytesOption = connect_rid
    tcp_accept_filter: BytesOption = BytesOption(SocketOption.TCP_ACCEPT_FILTER)
    TCP_ACCEPT_FILTER: BytesOption = tcp_accept_filter
    ipc_filter_pid: IntOption = IntOption(SocketOption.IPC_FILTER_PID)
    IPC_FILTER_PID: IntOption = ipc_filter_pid
    ipc_filter_uid: IntOption = IntOption(SocketOption.IPC_FILTER_UID)
    IPC_FILTER_UID: IntOption = ipc_filter_uid
    ipc_filter_gid: IntOption = IntOption(SocketOption.IPC_FILTER_GID)
    IPC_FILTER_GID: IntOption = ipc_filter_gid
    ipv4only: IntOption = IntOption(SocketOption.IPV4ONLY)
    IPV4ONLY: IntOption = ipv4only
    delay_attach_on_connect: IntOption = IntOption(SocketOption.DELAY_ATTACH_ON_CONNECT)
    DELAY_ATTACH_ON_CONNECT: IntOption = delay_attach_on_connect
    fail_unroutable: IntOption = IntOption(SocketOption.FAIL_UNROUTABLE)
    FAIL_UNROUTABLE: IntOption = fail_unroutable
    router_behavior: IntOption = IntOption(SocketOption.ROUTER_BEHAVIOR)
    ROUTER_BEHAVIOR: IntOption = router_behavior
    zap_enforce_domain: IntOption = IntOption(SocketOption.ZAP_ENFORCE_DOMAIN)
    ZAP_ENFORCE_DOMAIN: IntOption = zap_enforce_domain
    loopback_fastpath: IntOption = IntOption(SocketOption.LOOPBACK_FASTPATH)
    LOOPBACK_FASTPATH: IntOption = loopback_fastpath
    metadata: BytesOption = BytesOption(SocketOption.METADATA)
    METADATA: BytesOption = metadata
    multicast_loop: IntOption = IntOption(SocketOption.MULTICAST_LOOP)
    MULTICAST_LOOP: IntOption = multicast_loop
    router_notify: IntOption = IntOption(SocketOption.ROUTER_NOTIFY)
    ROUTER_NOTIFY: IntOption = router_notify
    xpub_manual_last_value: IntOption = IntOption(SocketOption.XPUB_MANUAL_LAST_VALUE)
    XPUB_MANUAL_LAST_VALUE: IntOption = xpub_manual_last_value
    socks_username: BytesOption = BytesOption(SocketOption.SOCKS_USERNAME)
    SOCKS_USERNAME: BytesOption = socks_username
    socks_password: BytesOption = BytesOption(SocketOption.SOCKS_PASSWORD)
    SOCKS_PASSWORD: BytesOption = socks_password
    in_batch_size: IntOption = IntOption(SocketOption.IN_BATCH_SIZE)
    IN_BATCH_SIZE: IntOption = in_batch_size
    out_batch_size: IntOption = IntOption(SocketOption.OUT_BATCH_SIZE)
    OUT_BATCH_SIZE: IntOption = out_batch_size
    wss_key_pem: BytesOption = BytesOption(SocketOption.WSS_KEY_PEM)
    WSS_KEY_PEM: BytesOption = wss_key_pem
    wss_cert_pem: BytesOption = BytesOption(SocketOption.WSS_CERT_PEM)
    WSS_CERT_PEM: BytesOption = wss_cert_pem
    wss_trust_pem: BytesOption = BytesOption(SocketOption.WSS_TRUST_PEM)
    WSS_TRUST_PEM: BytesOption = wss_trust_pem
    wss_hostname: BytesOption = BytesOption(SocketOption.WSS_HOSTNAME)
    WSS_HOSTNAME: BytesOption = wss_hostname
    wss_trust_system: IntOption = IntOption(SocketOption.WSS_TRUST_SYSTEM)
    WSS_TRUST_SYSTEM: IntOption = wss_trust_system
    only_first_subscribe: IntOption = IntOption(SocketOption.ONLY_FIRST_SUBSCRIBE)
    ONLY_FIRST_SUBSCRIBE: IntOption = only_first_subscribe
    reconnect_stop: IntOption = IntOption(SocketOption.RECONNECT_STOP)
    RECONNECT_STOP: IntOption = reconnect_stop
    hello_msg: BytesOption = BytesOption(SocketOption.HELLO_MSG)
    HELLO_MSG: BytesOption = hello_msg
    disconnect_msg: BytesOption = BytesOption(SocketOption.DISCONNECT_MSG)
    DISCONNECT_MSG: BytesOption = disconnect_msg
    priority: IntOption = IntOption(SocketOption.PRIORITY)
    PRIORITY: IntOption = priority
    busy_poll: IntOption = IntOption(SocketOption.BUSY_POLL)
    BUSY_POLL: IntOption = busy_poll
    hiccup_msg: BytesOption = BytesOption(SocketOption.HICCUP_MSG)
    HICCUP_MSG: BytesOption = hiccup_msg
    xsub_verbose_unsubscribe: IntOption = IntOption(
        SocketOption.XSUB_VERBOSE_UNSUBSCRIBE
    )
    XSUB_VERBOSE_UNSUBSCRIBE: IntOption = xsub_verbose_unsubscribe
    topics_count: IntOption = IntOption(SocketOption.TOPICS_COUNT)
    TOPICS_COUNT: IntOption = topics_count
    norm_mode: IntOption = IntOption(SocketOption.NORM_MODE)
    NORM_MODE: IntOption = norm_mode
    norm_unicast_nack: IntOption = IntOption(SocketOption.NORM_UNICAST_NACK)
    NORM_UNICAST_NACK: IntOption = norm_unicast_nack
    norm_buffer_size: IntOption = IntOption(SocketOption.NORM_BUFFER_SIZE)
    NORM_BUFFER_SIZE: IntOption = norm_buffer_size
    norm_segment_size: IntOption = IntOption(SocketOption.NORM_SEGMENT_SIZE)
    NORM_SEGMENT_SIZE: IntOption = norm_segment_size
    norm_block_size: IntOption = IntOption(SocketOption.NORM_BLOCK_SIZE)
    NORM_BLOCK_SIZE: IntOption = norm_block_size
    norm_num_parity: IntOption = IntOption(SocketOption.NORM_NUM_PARITY)
    NORM_NUM_PARITY: IntOption = norm_num_parity
    norm_num_autoparity: IntOption = IntOption(SocketOption.NORM_NUM_AUTOPARITY)
    NORM_NUM_AUTOPARITY: IntOption = norm_num_autoparity
    norm_push: IntOption = IntOption(SocketOption.NORM_PUSH)
    NORM_PUSH: IntOption = norm_push
