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

    class PrefixOption(BytesOption):
        """A prefix of messages: also a text, which is encoded as UTF-8."""

        def __set__(self, instance: object, value: str | bytes) -> None: ...

    AskedOption = IntOption

else:
    IntOption = BytesOption = PrefixOption = OptionAttribute

    class AskedOption(OptionAttribute):
        """An option for which a socket may have its own set(): see Subscriptions."""

        __doc__ = OptionAttribute.__dict__["__doc__"]

        def __set__(self, instance, value, /):
            instance.set(self.option, value)


class SocketOptions:
    """Every option of libzmq, under its name in small and in capital letters.

    What libzmq cannot read raises AttributeError, as does setting a misspelt name.
    """

    affinity: IntOption = IntOption(SocketOption.AFFINITY)
    """Which I/O threads serve new connections: bit 0 is the first thread.

    Value: a bit mask; 0 shares them fairly among all. Default: 0. Sockets: all. Since
    libzmq 2.0.
    """
    AFFINITY: IntOption = affinity
    routing_id: BytesOption = BytesOption(SocketOption.ROUTING_ID)
    """The name that a ROUTER at the other end knows this socket by.

    Value: 1 to 255 bytes, the first of which is not zero; must be unique among the
    peers. Default: none: the ROUTER makes one up. Sockets: DEALER, REQ, REP, ROUTER.
    Since libzmq 2.0.
    """
    ROUTING_ID: BytesOption = routing_id
    SUBSCRIBE: PrefixOption = PrefixOption(SocketOption.SUBSCRIBE)
    """Receive the messages that begin with this; setting it again adds another prefix.

    Value: the prefix; b"" is every message. Default: nothing is subscribed. Sockets:
    SUB. Since libzmq 2.0.
    """
    UNSUBSCRIBE: PrefixOption = PrefixOption(SocketOption.UNSUBSCRIBE)
    """Take back one subscription to this prefix.

    Value: the prefix that was subscribed. Default: none. Sockets: SUB. Since libzmq
    2.0.
    """
    rate: IntOption = IntOption(SocketOption.RATE)
    """The most that multicast transports send or receive.

    Value: kilobits per second. Default: 100. Sockets: all, with pgm, epgm and norm.
    Since libzmq 2.0.
    """
    RATE: IntOption = rate
    recovery_ivl: IntOption = IntOption(SocketOption.RECOVERY_IVL)
    """How far back a multicast receiver can ask for lost data; costs memory.

    Value: ms. Default: 10000. Sockets: all, with pgm and epgm. Since libzmq 2.0.
    """
    RECOVERY_IVL: IntOption = recovery_ivl
    sndbuf: IntOption = IntOption(SocketOption.SNDBUF)
    """The size of the operating system's send buffer of each connection.

    Value: bytes; -1 is the system's default. Default: -1. Sockets: all. Since libzmq
    2.0.
    """
    SNDBUF: IntOption = sndbuf
    rcvbuf: IntOption = IntOption(SocketOption.RCVBUF)
    """The size of the operating system's receive buffer of each connection.

    Value: bytes; -1 is the system's default. Default: -1. Sockets: all. Since libzmq
    2.0.
    """
    RCVBUF: IntOption = rcvbuf
    rcvmore: IntOption = IntOption(SocketOption.RCVMORE)
    """Whether another frame of the message just received follows.

    Value: 1 or 0. Default: 0. Sockets: all. Since libzmq 2.0.
    """
    RCVMORE: IntOption = rcvmore
    fd: IntOption = IntOption(SocketOption.FD)
    """The descriptor that event loops watch; it tells that ``events`` may have changed.

    Value: a descriptor, or a SOCKET on Windows; read ``events`` after each wake.
    Default: none. Sockets: all. Since libzmq 2.1.
    """
    FD: IntOption = fd
    events: IntOption = IntOption(SocketOption.EVENTS)
    """What the socket is ready for.

    Value: a mask of :class:`zmq.PollEvent`. Default: none. Sockets: all. Since libzmq
    2.1.
    """
    EVENTS: IntOption = events
    TYPE: IntOption = IntOption(SocketOption.TYPE)
    """The type of the socket.

    Value: a :class:`zmq.SocketType`. Default: as it was made. Sockets: all. Since
    libzmq 2.1.
    """
    linger: IntOption = IntOption(SocketOption.LINGER)
    """How long messages that are not sent yet are kept after the socket closes.

    Value: ms; -1 is for ever, 0 drops them at once. Default: -1, or 0 when the
    context's ``BLOCKY`` is 0. Sockets: all. Since libzmq 2.1.
    """
    LINGER: IntOption = linger
    reconnect_ivl: IntOption = IntOption(SocketOption.RECONNECT_IVL)
    """The time between attempts to connect again.

    Value: ms; -1 does not reconnect. Default: 100. Sockets: all, where they connect.
    Since libzmq 2.1.
    """
    RECONNECT_IVL: IntOption = reconnect_ivl
    backlog: IntOption = IntOption(SocketOption.BACKLOG)
    """How many connections may wait to be accepted.

    Value: connections. Default: 100. Sockets: all, where they bind. Since libzmq 2.1.
    """
    BACKLOG: IntOption = backlog
    reconnect_ivl_max: IntOption = IntOption(SocketOption.RECONNECT_IVL_MAX)
    """The longest time between attempts: it doubles from ``reconnect_ivl`` up to this.

    Value: ms; 0 keeps ``reconnect_ivl``. Default: 0. Sockets: all, where they connect.
    Since libzmq 2.1.
    """
    RECONNECT_IVL_MAX: IntOption = reconnect_ivl_max
    maxmsgsize: IntOption = IntOption(SocketOption.MAXMSGSIZE)
    """The largest message to accept; a peer that sends a larger one is disconnected.

    Value: bytes; -1 is no limit. Default: -1. Sockets: all. Since libzmq 3.2.
    """
    MAXMSGSIZE: IntOption = maxmsgsize
    sndhwm: IntOption = IntOption(SocketOption.SNDHWM)
    """The high-water mark for sending: messages that may wait for each peer.

    Value: messages; 0 is no limit. When it is full, PUB, XPUB, ROUTER, REP and RADIO
    drop messages, and the others wait. Default: 1000. Sockets: all. Since libzmq 3.2.
    """
    SNDHWM: IntOption = sndhwm
    rcvhwm: IntOption = IntOption(SocketOption.RCVHWM)
    """The high-water mark for receiving: messages that may wait from each peer.

    Value: messages; 0 is no limit. Default: 1000. Sockets: all. Since libzmq 3.2.
    """
    RCVHWM: IntOption = rcvhwm
    multicast_hops: IntOption = IntOption(SocketOption.MULTICAST_HOPS)
    """How many routers multicast packets may pass.

    Value: hops. Default: 1, which stays in the local network. Sockets: all, with pgm
    and epgm. Since libzmq 3.2.
    """
    MULTICAST_HOPS: IntOption = multicast_hops
    rcvtimeo: IntOption = IntOption(SocketOption.RCVTIMEO)
    """How long a receive waits before it raises :class:`zmq.Again`.

    Value: ms; -1 is for ever, 0 does not wait. Default: -1. Sockets: all. Since libzmq
    3.2.
    """
    RCVTIMEO: IntOption = rcvtimeo
    sndtimeo: IntOption = IntOption(SocketOption.SNDTIMEO)
    """How long a send waits before it raises :class:`zmq.Again`.

    Value: ms; -1 is for ever, 0 does not wait. Default: -1. Sockets: all. Since libzmq
    3.2.
    """
    SNDTIMEO: IntOption = sndtimeo
    last_endpoint: BytesOption = BytesOption(SocketOption.LAST_ENDPOINT)
    """The last address bound or connected, with the port that a wildcard stood for.

    Value: an address. Default: empty. Sockets: all. Since libzmq 3.2.
    """
    LAST_ENDPOINT: BytesOption = last_endpoint
    router_mandatory: IntOption = IntOption(SocketOption.ROUTER_MANDATORY)
    """Whether a message for an unknown peer is an error.

    Value: 1 raises EHOSTUNREACH, and waits for a peer whose queue is full; 0 drops the
    message in both cases. Default: 0. Sockets: ROUTER. Since libzmq 3.2.
    """
    ROUTER_MANDATORY: IntOption = router_mandatory
    tcp_keepalive: IntOption = IntOption(SocketOption.TCP_KEEPALIVE)
    """Whether the system probes idle TCP connections.

    Value: 1, 0, or -1 for the system's default. Default: -1. Sockets: all, with tcp.
    Since libzmq 3.2.
    """
    TCP_KEEPALIVE: IntOption = tcp_keepalive
    tcp_keepalive_cnt: IntOption = IntOption(SocketOption.TCP_KEEPALIVE_CNT)
    """How many keepalive probes may go unanswered.

    Value: probes; -1 is the system's default. Default: -1. Sockets: all, with tcp.
    Since libzmq 3.2.
    """
    TCP_KEEPALIVE_CNT: IntOption = tcp_keepalive_cnt
    tcp_keepalive_idle: IntOption = IntOption(SocketOption.TCP_KEEPALIVE_IDLE)
    """How long a connection is idle before the first keepalive probe.

    Value: s; -1 is the system's default. Default: -1. Sockets: all, with tcp. Since
    libzmq 3.2.
    """
    TCP_KEEPALIVE_IDLE: IntOption = tcp_keepalive_idle
    tcp_keepalive_intvl: IntOption = IntOption(SocketOption.TCP_KEEPALIVE_INTVL)
    """The time between keepalive probes.

    Value: s; -1 is the system's default. Default: -1. Sockets: all, with tcp. Since
    libzmq 3.2.
    """
    TCP_KEEPALIVE_INTVL: IntOption = tcp_keepalive_intvl
    immediate: IntOption = IntOption(SocketOption.IMMEDIATE)
    """Whether messages wait only for connections that are complete.

    Value: 1 or 0; with 0 they also wait for peers that are not there yet. Default: 0.
    Sockets: all, where they connect. Since libzmq 4.0.
    """
    IMMEDIATE: IntOption = immediate
    xpub_verbose: IntOption = AskedOption(SocketOption.XPUB_VERBOSE)
    """Whether repeated subscriptions are passed on, too.

    Value: 1 or 0. Default: 0. Sockets: XPUB. Since libzmq 3.2.
    """
    XPUB_VERBOSE: IntOption = xpub_verbose
    router_raw: IntOption = IntOption(SocketOption.ROUTER_RAW)
    """Whether the ROUTER speaks plain TCP, as STREAM does, which replaces it.

    Value: 1 or 0. Default: 0. Sockets: ROUTER. Since libzmq 4.0.
    """
    ROUTER_RAW: IntOption = router_raw
    ipv6: IntOption = IntOption(SocketOption.IPV6)
    """Whether IPv6 is used besides IPv4.

    Value: 1 or 0. Default: 0. Sockets: all, with tcp. Since libzmq 4.0.
    """
    IPV6: IntOption = ipv6
    mechanism: IntOption = IntOption(SocketOption.MECHANISM)
    """The security mechanism in use, which follows from the other security options.

    Value: a :class:`zmq.SecurityMechanism`. Default: NULL. Sockets: all. Since libzmq
    4.0.
    """
    MECHANISM: IntOption = mechanism
    plain_server: IntOption = IntOption(SocketOption.PLAIN_SERVER)
    """Whether this socket is the server of PLAIN, and so asks for a password.

    Value: 1 or 0. Default: 0. Sockets: all, with tcp and ipc. Since libzmq 4.0.
    """
    PLAIN_SERVER: IntOption = plain_server
    plain_username: BytesOption = BytesOption(SocketOption.PLAIN_USERNAME)
    """The user name for PLAIN; setting it makes this socket a client.

    Value: a name. Default: none. Sockets: all, with tcp and ipc. Since libzmq 4.0.
    """
    PLAIN_USERNAME: BytesOption = plain_username
    plain_password: BytesOption = BytesOption(SocketOption.PLAIN_PASSWORD)
    """The password for PLAIN, which crosses the network as it is.

    Value: a password. Default: none. Sockets: all, with tcp and ipc. Since libzmq 4.0.
    """
    PLAIN_PASSWORD: BytesOption = plain_password
    curve_server: IntOption = IntOption(SocketOption.CURVE_SERVER)
    """Whether this socket is the server of CURVE, which needs ``curve_secretkey``.

    Value: 1 or 0. Default: 0. Sockets: all, with tcp and ipc. Since libzmq 4.0.
    """
    CURVE_SERVER: IntOption = curve_server
    curve_publickey: BytesOption = BytesOption(SocketOption.CURVE_PUBLICKEY)
    """The public key of a CURVE client.

    Value: 32 bytes, or 40 in Z85. Default: none. Sockets: all, with tcp and ipc. Since
    libzmq 4.0.
    """
    CURVE_PUBLICKEY: BytesOption = curve_publickey
    curve_secretkey: BytesOption = BytesOption(SocketOption.CURVE_SECRETKEY)
    """The secret key of a CURVE client or server.

    Value: 32 bytes, or 40 in Z85. Default: none. Sockets: all, with tcp and ipc. Since
    libzmq 4.0.
    """
    CURVE_SECRETKEY: BytesOption = curve_secretkey
    curve_serverkey: BytesOption = BytesOption(SocketOption.CURVE_SERVERKEY)
    """The public key of the server; setting it makes this socket a CURVE client.

    Value: 32 bytes, or 40 in Z85. Default: none. Sockets: all, with tcp and ipc. Since
    libzmq 4.0.
    """
    CURVE_SERVERKEY: BytesOption = curve_serverkey
    probe_router: IntOption = IntOption(SocketOption.PROBE_ROUTER)
    """Whether an empty message greets each new peer, so that a ROUTER learns of it.

    Value: 1 or 0. Default: 0. Sockets: ROUTER, DEALER, REQ. Since libzmq 4.0.
    """
    PROBE_ROUTER: IntOption = probe_router
    req_correlate: IntOption = IntOption(SocketOption.REQ_CORRELATE)
    """Whether requests carry a number, and replies to other requests are dropped.

    Value: 1 or 0. Default: 0. Sockets: REQ. Since libzmq 4.0.
    """
    REQ_CORRELATE: IntOption = req_correlate
    req_relaxed: IntOption = IntOption(SocketOption.REQ_RELAXED)
    """Whether a new request may be sent before the reply to the last one came.

    Value: 1 or 0; set ``req_correlate`` with it. Default: 0. Sockets: REQ. Since libzmq
    4.0.
    """
    REQ_RELAXED: IntOption = req_relaxed
    conflate: IntOption = IntOption(SocketOption.CONFLATE)
    """Whether only the newest message is kept; not for messages of several frames.

    Value: 1 or 0. A SUB socket with it should subscribe to one topic only: of several
    subscriptions libzmq may send only the last. Default: 0. Sockets: PULL, PUSH, SUB,
    PUB, DEALER. Since libzmq 4.0.
    """
    CONFLATE: IntOption = conflate
    zap_domain: BytesOption = BytesOption(SocketOption.ZAP_DOMAIN)
    """The domain of authentication (ZAP) that this server's clients belong to.

    Value: a name; NULL sockets are authenticated only when they have one. Default:
    none. Sockets: all, with tcp and ipc. Since libzmq 4.0.
    """
    ZAP_DOMAIN: BytesOption = zap_domain
    router_handover: IntOption = IntOption(SocketOption.ROUTER_HANDOVER)
    """Whether a new peer takes over a routing id in use; otherwise it is turned away.

    Value: 1 or 0. Default: 0. Sockets: ROUTER. Since libzmq 4.1.
    """
    ROUTER_HANDOVER: IntOption = router_handover
    tos: IntOption = IntOption(SocketOption.TOS)
    """The type-of-service field of IP packets.

    Value: the value of the field. Default: 0. Sockets: all, with tcp. Since libzmq 4.1.
    """
    TOS: IntOption = tos
    connect_routing_id: BytesOption = BytesOption(SocketOption.CONNECT_ROUTING_ID)
    """The routing id that the next peer connected to will have here.

    Value: 1 to 255 bytes, the first of which is not zero. No other peer of the socket
    may have that id: ``connect`` raises EADDRINUSE where libzmq is built in, as in the
    wheels; any other libzmq aborts the process. Default: none. Sockets: ROUTER, STREAM.
    Since libzmq 4.1.
    """
    CONNECT_ROUTING_ID: BytesOption = connect_routing_id
    gssapi_server: IntOption = IntOption(SocketOption.GSSAPI_SERVER)
    """Whether this socket is the server of GSSAPI (Kerberos).

    Value: 1 or 0. Default: 0. Sockets: all, with tcp. Since libzmq 4.1.
    """
    GSSAPI_SERVER: IntOption = gssapi_server
    gssapi_principal: BytesOption = BytesOption(SocketOption.GSSAPI_PRINCIPAL)
    """The principal whose credentials are used.

    Value: a name. Default: none. Sockets: all, with tcp. Since libzmq 4.1.
    """
    GSSAPI_PRINCIPAL: BytesOption = gssapi_principal
    gssapi_service_principal: BytesOption = BytesOption(
        SocketOption.GSSAPI_SERVICE_PRINCIPAL
    )
    """The principal of the server that a client connects to.

    Value: a name. Default: none. Sockets: all, with tcp. Since libzmq 4.1.
    """
    GSSAPI_SERVICE_PRINCIPAL: BytesOption = gssapi_service_principal
    gssapi_plaintext: IntOption = IntOption(SocketOption.GSSAPI_PLAINTEXT)
    """Whether GSSAPI only authenticates, and does not encrypt.

    Value: 1 or 0. Default: 0. Sockets: all, with tcp. Since libzmq 4.1.
    """
    GSSAPI_PLAINTEXT: IntOption = gssapi_plaintext
    handshake_ivl: IntOption = IntOption(SocketOption.HANDSHAKE_IVL)
    """How long a handshake may take before the connection is closed.

    Value: ms; 0 is for ever. Default: 30000. Sockets: all but STREAM, with tcp and ipc.
    Since libzmq 4.1.
    """
    HANDSHAKE_IVL: IntOption = handshake_ivl
    socks_proxy: BytesOption = BytesOption(SocketOption.SOCKS_PROXY)
    """The SOCKS5 proxy that tcp connections are made through.

    Value: ``host:port``. Default: none. Sockets: all, with tcp. Since libzmq 4.1.
    """
    SOCKS_PROXY: BytesOption = socks_proxy
    xpub_nodrop: IntOption = IntOption(SocketOption.XPUB_NODROP)
    """Whether a send to a full subscriber waits, or raises Again, instead of dropping.

    Value: 1 or 0. Default: 0. Sockets: PUB, XPUB. Since libzmq 4.1.
    """
    XPUB_NODROP: IntOption = xpub_nodrop
    blocky: IntOption = IntOption(SocketOption.BLOCKY)
    """Whether terminating a context waits for messages: an option of contexts.

    Value: 1 or 0; with 0, the ``linger`` of the sockets that are made afterwards is 0.
    Set it by ``context.set(zmq.BLOCKY, 0)``: an attribute of the context would be a
    default for sockets. Default: 1. Sockets: none. Since libzmq 4.2.
    """
    BLOCKY: IntOption = blocky
    xpub_manual: IntOption = AskedOption(SocketOption.XPUB_MANUAL)
    """Whether the program itself subscribes, by ``SUBSCRIBE`` and ``UNSUBSCRIBE``.

    Value: 1 or 0. Default: 0. Sockets: XPUB. Since libzmq 4.2.
    """
    XPUB_MANUAL: IntOption = xpub_manual
    xpub_welcome_msg: BytesOption = BytesOption(SocketOption.XPUB_WELCOME_MSG)
    """A message sent over each new connection; who has subscribed to it gets it.

    Value: a message; empty sends none. The peer must have subscribed to a beginning of
    it before it connects. Default: none. Sockets: XPUB. Since libzmq 4.2.
    """
    XPUB_WELCOME_MSG: BytesOption = xpub_welcome_msg
    stream_notify: IntOption = IntOption(SocketOption.STREAM_NOTIFY)
    """Whether an empty message tells of each connection made and lost.

    Value: 1 or 0. Default: 1. Sockets: STREAM. Since libzmq 4.2.
    """
    STREAM_NOTIFY: IntOption = stream_notify
    invert_matching: IntOption = IntOption(SocketOption.INVERT_MATCHING)
    """Whether messages that match no subscription are passed, instead of those that do.

    Value: 1 or 0; the same at both ends. Default: 0. Sockets: PUB, XPUB, SUB. Since
    libzmq 4.2.
    """
    INVERT_MATCHING: IntOption = invert_matching
    heartbeat_ivl: IntOption = IntOption(SocketOption.HEARTBEAT_IVL)
    """The time between heartbeats (ZMTP pings), which find dead connections.

    Value: ms; 0 sends none. Default: 0. Sockets: all, with tcp and ipc. Since libzmq
    4.2.
    """
    HEARTBEAT_IVL: IntOption = heartbeat_ivl
    heartbeat_ttl: IntOption = IntOption(SocketOption.HEARTBEAT_TTL)
    """How long the peer waits for a heartbeat of ours before it closes the connection.

    Value: ms, in steps of 100; 0 leaves it to the peer. Default: 0. Sockets: all, with
    tcp and ipc. Since libzmq 4.2.
    """
    HEARTBEAT_TTL: IntOption = heartbeat_ttl
    heartbeat_timeout: IntOption = IntOption(SocketOption.HEARTBEAT_TIMEOUT)
    """How long a peer may take to answer a heartbeat.

    Value: ms; -1 is the value of ``heartbeat_ivl``. Default: -1. Sockets: all, with tcp
    and ipc. Since libzmq 4.2.
    """
    HEARTBEAT_TIMEOUT: IntOption = heartbeat_timeout
    xpub_verboser: IntOption = AskedOption(SocketOption.XPUB_VERBOSER)
    """Whether repeated subscriptions and unsubscriptions are passed on, too.

    Value: 1 or 0. Default: 0. Sockets: XPUB. Since libzmq 4.2.
    """
    XPUB_VERBOSER: IntOption = xpub_verboser
    connect_timeout: IntOption = IntOption(SocketOption.CONNECT_TIMEOUT)
    """How long an attempt to connect may take.

    Value: ms; 0 is the system's default. Default: 0. Sockets: all, with tcp. Since
    libzmq 4.2.
    """
    CONNECT_TIMEOUT: IntOption = connect_timeout
    tcp_maxrt: IntOption = IntOption(SocketOption.TCP_MAXRT)
    """How long sent data may stay unacknowledged before TCP gives up.

    Value: ms; 0 is the system's default. Default: 0. Sockets: all, with tcp. Since
    libzmq 4.2.
    """
    TCP_MAXRT: IntOption = tcp_maxrt
    thread_safe: IntOption = IntOption(SocketOption.THREAD_SAFE)
    """Whether libzmq itself lets threads share a socket of this type.

    Value: 1 or 0. Default: 0; 1 for the draft types that are. Sockets: all. Since
    libzmq 4.2.
    """
    THREAD_SAFE: IntOption = thread_safe
    multicast_maxtpdu: IntOption = IntOption(SocketOption.MULTICAST_MAXTPDU)
    """The largest packet of multicast transports.

    Value: bytes. Default: 1500. Sockets: all, with pgm, epgm and norm. Since libzmq
    4.2.
    """
    MULTICAST_MAXTPDU: IntOption = multicast_maxtpdu
    vmci_buffer_size: IntOption = IntOption(SocketOption.VMCI_BUFFER_SIZE)
    """The size of the buffer of VMCI connections.

    Value: bytes. Default: 65546. Sockets: all, with vmci. Since libzmq 4.2.
    """
    VMCI_BUFFER_SIZE: IntOption = vmci_buffer_size
    vmci_buffer_min_size: IntOption = IntOption(SocketOption.VMCI_BUFFER_MIN_SIZE)
    """The smallest size of the buffer of VMCI connections.

    Value: bytes. Default: 128. Sockets: all, with vmci. Since libzmq 4.2.
    """
    VMCI_BUFFER_MIN_SIZE: IntOption = vmci_buffer_min_size
    vmci_buffer_max_size: IntOption = IntOption(SocketOption.VMCI_BUFFER_MAX_SIZE)
    """The largest size of the buffer of VMCI connections.

    Value: bytes. Default: 262144. Sockets: all, with vmci. Since libzmq 4.2.
    """
    VMCI_BUFFER_MAX_SIZE: IntOption = vmci_buffer_max_size
    vmci_connect_timeout: IntOption = IntOption(SocketOption.VMCI_CONNECT_TIMEOUT)
    """How long an attempt to connect by VMCI may take.

    Value: ms; -1 is the system's default. Default: -1. Sockets: all, with vmci. Since
    libzmq 4.2.
    """
    VMCI_CONNECT_TIMEOUT: IntOption = vmci_connect_timeout
    use_fd: IntOption = IntOption(SocketOption.USE_FD)
    """A descriptor that already listens, or is connected, for the next bind or connect.

    Value: a descriptor; -1 makes a new one. Default: -1. Sockets: all, with tcp and
    ipc. Since libzmq 4.2.
    """
    USE_FD: IntOption = use_fd
    gssapi_principal_nametype: IntOption = IntOption(
        SocketOption.GSSAPI_PRINCIPAL_NAMETYPE
    )
    """How ``gssapi_principal`` is to be read.

    Value: 0 host name, 1 user name, 2 Kerberos principal. Default: 0. Sockets: all,
    with tcp. Since libzmq 4.3.
    """
    GSSAPI_PRINCIPAL_NAMETYPE: IntOption = gssapi_principal_nametype
    gssapi_service_principal_nametype: IntOption = IntOption(
        SocketOption.GSSAPI_SERVICE_PRINCIPAL_NAMETYPE
    )
    """How ``gssapi_service_principal`` is to be read.

    Value: 0 host name, 1 user name, 2 Kerberos principal. Default: 0. Sockets: all,
    with tcp. Since libzmq 4.3.
    """
    GSSAPI_SERVICE_PRINCIPAL_NAMETYPE: IntOption = gssapi_service_principal_nametype
    bindtodevice: BytesOption = BytesOption(SocketOption.BINDTODEVICE)
    """The network interface that connections go through; may need privileges.

    Value: the name of an interface. Default: none. Sockets: all, with tcp and udp, on
    Linux. Since libzmq 4.3.
    """
    BINDTODEVICE: BytesOption = bindtodevice
    identity: BytesOption = BytesOption(SocketOption.IDENTITY)
    """The older name of ``routing_id``.

    Value: as there. Default: as there. Sockets: as there. Since libzmq 2.0.
    """
    IDENTITY: BytesOption = identity
    connect_rid: BytesOption = BytesOption(SocketOption.CONNECT_RID)
    """The older name of ``connect_routing_id``.

    Value: as there. Default: as there. Sockets: as there. Since libzmq 4.1.
    """
    CONNECT_RID: BytesOption = connect_rid
    tcp_accept_filter: BytesOption = BytesOption(SocketOption.TCP_ACCEPT_FILTER)
    """Addresses from which connections are accepted (deprecated: use ZAP).

    Value: an IP address or network; setting it adds one. Default: every address.
    Sockets: all, where they bind tcp. Since libzmq 3.2.
    """
    TCP_ACCEPT_FILTER: BytesOption = tcp_accept_filter
    ipc_filter_pid: IntOption = IntOption(SocketOption.IPC_FILTER_PID)
    """A process that may connect by ipc (deprecated: use ZAP).

    Value: a process id; setting it adds one. Default: every process. Sockets: all,
    where they bind ipc. Since libzmq 4.1.
    """
    IPC_FILTER_PID: IntOption = ipc_filter_pid
    ipc_filter_uid: IntOption = IntOption(SocketOption.IPC_FILTER_UID)
    """A user that may connect by ipc (deprecated: use ZAP).

    Value: a user id; setting it adds one. Default: every user. Sockets: all, where they
    bind ipc. Since libzmq 4.1.
    """
    IPC_FILTER_UID: IntOption = ipc_filter_uid
    ipc_filter_gid: IntOption = IntOption(SocketOption.IPC_FILTER_GID)
    """A group that may connect by ipc (deprecated: use ZAP).

    Value: a group id; setting it adds one. Default: every group. Sockets: all, where
    they bind ipc. Since libzmq 4.1.
    """
    IPC_FILTER_GID: IntOption = ipc_filter_gid
    ipv4only: IntOption = IntOption(SocketOption.IPV4ONLY)
    """The reverse of ``ipv6`` (deprecated).

    Value: 1 or 0. Default: 1. Sockets: all, with tcp. Since libzmq 3.2.
    """
    IPV4ONLY: IntOption = ipv4only
    delay_attach_on_connect: IntOption = IntOption(SocketOption.DELAY_ATTACH_ON_CONNECT)
    """The older name of ``immediate``.

    Value: as there. Default: as there. Sockets: as there. Since libzmq 3.2.
    """
    DELAY_ATTACH_ON_CONNECT: IntOption = delay_attach_on_connect
    fail_unroutable: IntOption = IntOption(SocketOption.FAIL_UNROUTABLE)
    """An older name of ``router_mandatory``.

    Value: as there. Default: as there. Sockets: as there. Since libzmq 3.2.
    """
    FAIL_UNROUTABLE: IntOption = fail_unroutable
    router_behavior: IntOption = IntOption(SocketOption.ROUTER_BEHAVIOR)
    """An older name of ``router_mandatory``.

    Value: as there. Default: as there. Sockets: as there. Since libzmq 3.2.
    """
    ROUTER_BEHAVIOR: IntOption = router_behavior
    zap_enforce_domain: IntOption = IntOption(SocketOption.ZAP_ENFORCE_DOMAIN)
    """Whether ZAP needs a domain and a handler, and fails without them.

    Value: 1 or 0. Default: 0. Sockets: all. Since libzmq 4.3 (draft).
    """
    ZAP_ENFORCE_DOMAIN: IntOption = zap_enforce_domain
    loopback_fastpath: IntOption = IntOption(SocketOption.LOOPBACK_FASTPATH)
    """Whether TCP of one host takes Windows' fast path.

    Value: 1 or 0. Default: 0. Sockets: all, with tcp, on Windows. Since libzmq 4.3
    (draft).
    """
    LOOPBACK_FASTPATH: IntOption = loopback_fastpath
    metadata: BytesOption = BytesOption(SocketOption.METADATA)
    """A property to tell peers at the handshake: ``b"X-name:value"``.

    Value: a name that begins with ``X-``, a colon, and the value; setting it adds one.
    Default: none. Sockets: all. Since libzmq 4.3 (draft).
    """
    METADATA: BytesOption = metadata
    multicast_loop: IntOption = IntOption(SocketOption.MULTICAST_LOOP)
    """Whether multicast that this host sends is received by it, too.

    Value: 1 or 0. Default: 1. Sockets: RADIO, with udp; and with pgm and epgm. Since
    libzmq 4.3 (draft).
    """
    MULTICAST_LOOP: IntOption = multicast_loop
    router_notify: IntOption = IntOption(SocketOption.ROUTER_NOTIFY)
    """Whether an empty message tells of each peer that comes or goes.

    Value: a mask of :class:`zmq.RouterNotify`. Default: 0. Sockets: ROUTER. Since
    libzmq 4.3 (draft).
    """
    ROUTER_NOTIFY: IntOption = router_notify
    xpub_manual_last_value: IntOption = AskedOption(SocketOption.XPUB_MANUAL_LAST_VALUE)
    """As ``xpub_manual``; a message goes only to whoever subscribed last.

    Value: 1 or 0. Default: 0. Sockets: XPUB. Since libzmq 4.3 (draft).
    """
    XPUB_MANUAL_LAST_VALUE: IntOption = xpub_manual_last_value
    socks_username: BytesOption = BytesOption(SocketOption.SOCKS_USERNAME)
    """The user name for the SOCKS5 proxy.

    Value: a name. Default: none. Sockets: all, with tcp. Since libzmq 4.3 (draft).
    """
    SOCKS_USERNAME: BytesOption = socks_username
    socks_password: BytesOption = BytesOption(SocketOption.SOCKS_PASSWORD)
    """The password for the SOCKS5 proxy.

    Value: a password. Default: none. Sockets: all, with tcp. Since libzmq 4.3 (draft).
    """
    SOCKS_PASSWORD: BytesOption = socks_password
    in_batch_size: IntOption = IntOption(SocketOption.IN_BATCH_SIZE)
    """How much is read from a connection at once.

    Value: bytes. Default: 8192. Sockets: all. Since libzmq 4.3 (draft).
    """
    IN_BATCH_SIZE: IntOption = in_batch_size
    out_batch_size: IntOption = IntOption(SocketOption.OUT_BATCH_SIZE)
    """How much is written to a connection at once.

    Value: bytes. Default: 8192. Sockets: all. Since libzmq 4.3 (draft).
    """
    OUT_BATCH_SIZE: IntOption = out_batch_size
    wss_key_pem: BytesOption = BytesOption(SocketOption.WSS_KEY_PEM)
    """The secret key of a wss server.

    Value: a key as PEM. Sockets: all, with wss. Since libzmq 4.3 (draft).
    """
    WSS_KEY_PEM: BytesOption = wss_key_pem
    wss_cert_pem: BytesOption = BytesOption(SocketOption.WSS_CERT_PEM)
    """The certificate of a wss server.

    Value: a certificate as PEM. Sockets: all, with wss. Since libzmq 4.3 (draft).
    """
    WSS_CERT_PEM: BytesOption = wss_cert_pem
    wss_trust_pem: BytesOption = BytesOption(SocketOption.WSS_TRUST_PEM)
    """The certificates that a wss client trusts.

    Value: certificates as PEM. Sockets: all, with wss. Since libzmq 4.3 (draft).
    """
    WSS_TRUST_PEM: BytesOption = wss_trust_pem
    wss_hostname: BytesOption = BytesOption(SocketOption.WSS_HOSTNAME)
    """The host name that a wss server's certificate must have.

    Value: a host name. Sockets: all, with wss. Since libzmq 4.3 (draft).
    """
    WSS_HOSTNAME: BytesOption = wss_hostname
    wss_trust_system: IntOption = IntOption(SocketOption.WSS_TRUST_SYSTEM)
    """Whether a wss client trusts the certificates of the system.

    Value: 1 or 0. Sockets: all, with wss. Since libzmq 4.3 (draft).
    """
    WSS_TRUST_SYSTEM: IntOption = wss_trust_system
    only_first_subscribe: IntOption = IntOption(SocketOption.ONLY_FIRST_SUBSCRIBE)
    """Whether only the first frame of a message can be a subscription.

    Value: 1 or 0. Default: 0. Sockets: XPUB, XSUB. Since libzmq 4.3 (draft).
    """
    ONLY_FIRST_SUBSCRIBE: IntOption = only_first_subscribe
    reconnect_stop: IntOption = IntOption(SocketOption.RECONNECT_STOP)
    """When to give up connecting again.

    Value: a mask of :class:`zmq.ReconnectStop`; 0 never does. Default: 0. Sockets: all,
    where they connect. Since libzmq 4.3 (draft).
    """
    RECONNECT_STOP: IntOption = reconnect_stop
    hello_msg: BytesOption = BytesOption(SocketOption.HELLO_MSG)
    """A message that each new peer gets at once.

    Value: a message; empty sends none. Default: none. Sockets: ROUTER, DEALER, CLIENT,
    SERVER, PEER. Since libzmq 4.3 (draft).
    """
    HELLO_MSG: BytesOption = hello_msg
    disconnect_msg: BytesOption = BytesOption(SocketOption.DISCONNECT_MSG)
    """A message that this socket receives when a peer has gone.

    Value: a message; empty is none. Default: none. Sockets: ROUTER, SERVER, PEER. Since
    libzmq 4.3 (draft).
    """
    DISCONNECT_MSG: BytesOption = disconnect_msg
    priority: IntOption = IntOption(SocketOption.PRIORITY)
    """The priority of what the connections send, as SO_PRIORITY.

    Value: the priority. Default: 0. Sockets: all, with tcp, on Linux. Since libzmq 4.3
    (draft).
    """
    PRIORITY: IntOption = priority
    BUSY_POLL: IntOption = IntOption(SocketOption.BUSY_POLL)
    """How long the system polls the network device, as SO_BUSY_POLL.

    Value: microseconds. Sockets: all, with tcp, on Linux. Since libzmq 4.3 (draft).
    """
    hiccup_msg: BytesOption = BytesOption(SocketOption.HICCUP_MSG)
    """A message that this socket receives when its connection broke and is made anew.

    Value: a message; empty is none. Sockets: DEALER, CLIENT, PEER. Since libzmq 4.3
    (draft).
    """
    HICCUP_MSG: BytesOption = hiccup_msg
    xsub_verbose_unsubscribe: IntOption = IntOption(
        SocketOption.XSUB_VERBOSE_UNSUBSCRIBE
    )
    """Whether repeated unsubscriptions are passed on, too.

    Value: 1 or 0. Sockets: XSUB. Since libzmq 4.3 (draft).
    """
    XSUB_VERBOSE_UNSUBSCRIBE: IntOption = xsub_verbose_unsubscribe
    topics_count: IntOption = IntOption(SocketOption.TOPICS_COUNT)
    """How many prefixes are subscribed.

    Value: subscriptions. Sockets: PUB, XPUB, SUB, XSUB. Since libzmq 4.3 (draft).
    """
    TOPICS_COUNT: IntOption = topics_count
    norm_mode: IntOption = IntOption(SocketOption.NORM_MODE)
    """How norm controls congestion.

    Value: a :class:`zmq.NormMode`. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_MODE: IntOption = norm_mode
    norm_unicast_nack: IntOption = IntOption(SocketOption.NORM_UNICAST_NACK)
    """Whether norm receivers ask for lost data by unicast.

    Value: 1 or 0. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_UNICAST_NACK: IntOption = norm_unicast_nack
    norm_buffer_size: IntOption = IntOption(SocketOption.NORM_BUFFER_SIZE)
    """The size of norm's buffer.

    Value: kilobytes. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_BUFFER_SIZE: IntOption = norm_buffer_size
    norm_segment_size: IntOption = IntOption(SocketOption.NORM_SEGMENT_SIZE)
    """The most data in a packet of norm.

    Value: bytes. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_SEGMENT_SIZE: IntOption = norm_segment_size
    norm_block_size: IntOption = IntOption(SocketOption.NORM_BLOCK_SIZE)
    """How many segments are coded together.

    Value: segments. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_BLOCK_SIZE: IntOption = norm_block_size
    norm_num_parity: IntOption = IntOption(SocketOption.NORM_NUM_PARITY)
    """How many parity segments are computed for a block.

    Value: segments. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_NUM_PARITY: IntOption = norm_num_parity
    norm_num_autoparity: IntOption = IntOption(SocketOption.NORM_NUM_AUTOPARITY)
    """How many parity segments are sent unasked.

    Value: segments. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_NUM_AUTOPARITY: IntOption = norm_num_autoparity
    norm_push: IntOption = IntOption(SocketOption.NORM_PUSH)
    """Whether norm's stream is in its push mode.

    Value: 1 or 0. Sockets: all, with norm. Since libzmq 4.3.5 (draft).
    """
    NORM_PUSH: IntOption = norm_push
