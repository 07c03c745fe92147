"""Socket options in all their spellings."""

from __future__ import annotations

import pytest

import zmq
from zmq.utils import z85

SPELLINGS = {
    "attribute": (lambda s: s.linger, lambda s, v: setattr(s, "linger", v)),
    "upper": (lambda s: s.LINGER, lambda s, v: setattr(s, "LINGER", v)),
    "get-set": (lambda s: s.get(zmq.LINGER), lambda s, v: s.set(zmq.LINGER, v)),
    "sockopt": (
        lambda s: s.getsockopt(zmq.LINGER),
        lambda s, v: s.setsockopt(zmq.LINGER, v),
    ),
    "number": (lambda s: s.get(17), lambda s, v: s.set(17, v)),
}


@pytest.mark.parametrize("writer", SPELLINGS)
@pytest.mark.parametrize("reader", SPELLINGS)
def test_spellings_of_an_integer(make_socket, reader, writer):
    socket = make_socket(zmq.PUSH)
    get, set_ = SPELLINGS[reader][0], SPELLINGS[writer][1]
    assert get(socket) == -1
    set_(socket, 5)
    assert get(socket) == 5
    assert type(get(socket)) is int


STRING_GETTERS = ["get_string", "getsockopt_string", "getsockopt_unicode"]
STRING_SETTERS = ["set_string", "setsockopt_string", "setsockopt_unicode"]


@pytest.mark.parametrize("getter", STRING_GETTERS)
@pytest.mark.parametrize("setter", STRING_SETTERS)
def test_spellings_of_text(make_socket, getter, setter):
    socket = make_socket(zmq.DEALER)
    getattr(socket, setter)(zmq.IDENTITY, "é")
    assert socket.identity == "é".encode()
    assert getattr(socket, getter)(zmq.IDENTITY) == "é"
    getattr(socket, setter)(zmq.IDENTITY, "é", encoding="latin-1")
    assert socket.identity == b"\xe9"
    assert getattr(socket, getter)(zmq.IDENTITY, "latin-1") == "é"
    with pytest.raises(UnicodeDecodeError):
        getattr(socket, getter)(zmq.IDENTITY)


@pytest.mark.parametrize("setter", STRING_SETTERS)
def test_text_setters_want_text(make_socket, setter):
    with pytest.raises(TypeError):
        getattr(make_socket(zmq.DEALER), setter)(zmq.IDENTITY, b"bytes")


@pytest.mark.parametrize("getter", STRING_GETTERS)
def test_text_getters_want_a_text_option(make_socket, getter):
    with pytest.raises(TypeError):
        getattr(make_socket(zmq.DEALER), getter)(zmq.LINGER)


@pytest.mark.parametrize("name", ["identity", "IDENTITY", "routing_id", "ROUTING_ID"])
def test_spellings_of_bytes(make_socket, name):
    socket = make_socket(zmq.DEALER)
    assert getattr(socket, name) == b""
    setattr(socket, name, b"abc")
    assert socket.get(zmq.ROUTING_ID) == socket.identity == b"abc"


def test_bytes_with_a_nul(make_socket):
    socket = make_socket(zmq.DEALER, identity=b"\x01\x00\x02")
    assert socket.identity == b"\x01\x00\x02"


def test_text_is_refused_with_a_hint(make_socket):
    socket = make_socket(zmq.DEALER)
    with pytest.raises(TypeError, match="string"):
        socket.set(zmq.IDENTITY, "text")
    with pytest.raises(TypeError):
        socket.identity = "text"


# name: value to set, on a DEALER that is not connected
WRITABLE = {
    "affinity": 3,
    "backlog": 50,
    "connect_timeout": 100,
    "handshake_ivl": 1000,
    "heartbeat_ivl": 100,
    "heartbeat_timeout": 100,
    "heartbeat_ttl": 1000,
    "immediate": 1,
    "ipv6": 1,
    "linger": 10,
    "maxmsgsize": 2**40,
    "multicast_hops": 2,
    "multicast_maxtpdu": 1000,
    "plain_password": b"password",
    "plain_server": 1,
    "plain_username": b"name",
    "rate": 50,
    "rcvbuf": 10000,
    "rcvhwm": 5,
    "rcvtimeo": 10,
    "reconnect_ivl": 50,
    "reconnect_ivl_max": 500,
    "recovery_ivl": 500,
    "routing_id": b"me",
    "sndbuf": 10000,
    "sndhwm": 5,
    "sndtimeo": 10,
    "socks_proxy": b"127.0.0.1:1080",
    "tcp_keepalive": 1,
    "tcp_keepalive_cnt": 3,
    "tcp_keepalive_idle": 30,
    "tcp_keepalive_intvl": 5,
    "tcp_maxrt": 100,
    "tos": 8,
    "zap_domain": b"global",
}


@pytest.mark.parametrize("name", WRITABLE)
def test_writable_options(make_socket, name):
    """Every one can be set and read back, as attribute and by number."""
    socket = make_socket(zmq.DEALER)
    option = zmq.SocketOption[name.upper()]
    default, value = socket.get(option), WRITABLE[name]
    assert type(default) is type(value)
    assert default != value
    setattr(socket, name, value)
    assert getattr(socket, name) == getattr(socket, name.upper()) == value
    assert socket.get(option) == value
    other = make_socket(zmq.DEALER)
    other.set(option, value)
    assert other.get(option) == value


READ_ONLY = {
    "events": (int, 0),
    "fd": (int, None),
    "last_endpoint": (bytes, b""),
    "mechanism": (int, zmq.NULL),
    "rcvmore": (int, 0),
    "thread_safe": (int, 0),
    "TYPE": (int, zmq.DEALER),
}


@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_options(make_socket, name):
    socket = make_socket(zmq.DEALER)
    kind, expected = READ_ONLY[name]
    value = getattr(socket, name)
    assert isinstance(value, kind)
    if expected is not None:
        assert value == expected
    with pytest.raises((AttributeError, zmq.ZMQError)):
        setattr(socket, name, value)
    assert getattr(socket, name) == value


# name: socket type, value
WRITE_ONLY = {
    "subscribe": (zmq.SUB, b"topic"),
    "unsubscribe": (zmq.SUB, b"topic"),
    "router_mandatory": (zmq.ROUTER, 1),
    "router_raw": (zmq.ROUTER, 1),
    "router_handover": (zmq.ROUTER, 1),
    "probe_router": (zmq.DEALER, 1),
    "req_correlate": (zmq.REQ, 1),
    "req_relaxed": (zmq.REQ, 1),
    "xpub_verbose": (zmq.XPUB, 1),
    "xpub_verboser": (zmq.XPUB, 1),
    "xpub_nodrop": (zmq.XPUB, 1),
    "xpub_manual": (zmq.XPUB, 1),
    "xpub_welcome_msg": (zmq.XPUB, b"hello"),
    "connect_routing_id": (zmq.ROUTER, b"peer"),
    "stream_notify": (zmq.STREAM, 0),
}


@pytest.mark.parametrize("name", WRITE_ONLY)
def test_write_only_options(make_socket, name):
    socket_type, value = WRITE_ONLY[name]
    socket = make_socket(socket_type)
    setattr(socket, name, value)
    setattr(socket, name.upper(), value)
    socket.set(zmq.SocketOption[name.upper()], value)
    with pytest.raises(AttributeError, match=r"(?i)write-only"):
        getattr(socket, name.upper())
    if name not in ("subscribe", "unsubscribe"):
        with pytest.raises(AttributeError, match=r"(?i)write-only"):
            getattr(socket, name)
        assert not hasattr(socket, name)


def test_write_only_by_number(make_socket):
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.SUB).get(zmq.SUBSCRIBE)
    assert caught.value.errno == zmq.EINVAL


def test_subscribing_in_every_way(make_socket, endpoint):
    xpub, sub = make_socket(zmq.XPUB, xpub_verbose=1), make_socket(zmq.SUB)
    xpub.bind(endpoint())
    sub.connect(xpub.last_endpoint.decode())
    sub.subscribe("a")
    sub.subscribe(b"b")
    sub.subscribe = b"c"
    sub.SUBSCRIBE = b"d"
    sub.set(zmq.SUBSCRIBE, b"e")
    sub.setsockopt(zmq.SUBSCRIBE, b"f")
    sub.set_string(zmq.SUBSCRIBE, "g")
    sub.subscribe("é")
    sub.subscribe = "h"
    sub.SUBSCRIBE = "i"
    for topic in (*"abcdefg", "é", *"hi"):
        assert xpub.recv() == b"\x01" + topic.encode()
    sub.unsubscribe("a")
    sub.unsubscribe(b"b")
    sub.unsubscribe = b"c"
    sub.UNSUBSCRIBE = b"d"
    sub.set(zmq.UNSUBSCRIBE, b"e")
    sub.setsockopt(zmq.UNSUBSCRIBE, b"f")
    sub.setsockopt_string(zmq.UNSUBSCRIBE, "g")
    sub.unsubscribe("é")
    sub.unsubscribe = "h"
    sub.UNSUBSCRIBE = "i"
    for topic in (*"abcdefg", "é", *"hi"):
        assert xpub.recv() == b"\x00" + topic.encode()
    # the methods are still there after the assignments
    sub.subscribe("again")
    assert xpub.recv() == b"\x01again"


@pytest.mark.parametrize("bad", [3, None, ["a"]], ids=repr)
def test_topics_are_text_or_bytes(make_socket, bad):
    sub = make_socket(zmq.SUB)
    with pytest.raises(TypeError):
        sub.subscribe(bad)
    with pytest.raises(TypeError):
        sub.unsubscribe(bad)


def test_subscribing_is_for_subscribers(make_socket):
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.PUSH).subscribe("a")
    assert caught.value.errno == zmq.EINVAL


def test_high_water_mark(make_socket):
    socket = make_socket(zmq.DEALER)
    assert socket.hwm == socket.get_hwm() == 1000
    socket.hwm = 5
    assert socket.sndhwm == socket.rcvhwm == socket.hwm == 5
    socket.set_hwm(6)
    assert socket.sndhwm == socket.rcvhwm == socket.get_hwm() == 6
    socket.sndhwm = 7
    socket.rcvhwm = 8
    assert socket.hwm == 7
    with pytest.raises(TypeError):
        socket.hwm = "many"
    with pytest.raises(zmq.ZMQError):
        socket.hwm = -1


def test_misspelt_names(make_socket):
    socket = make_socket(zmq.PUSH)
    for name in ("lingr", "LINGR", "sndhmw"):
        with pytest.raises(AttributeError, match=f"(?i){name}"):
            setattr(socket, name, 3)
        with pytest.raises(AttributeError, match=f"(?i){name}"):
            getattr(socket, name)
        assert not hasattr(socket, name)


def test_unknown_numbers(make_socket):
    socket = make_socket(zmq.PUSH)
    for operation in (lambda: socket.get(9999), lambda: socket.set(9999, 1)):
        with pytest.raises(zmq.ZMQError) as caught:
            operation()
        assert caught.value.errno == zmq.EINVAL


def test_wrong_values_leave_the_option_alone(make_socket):
    socket = make_socket(zmq.PUSH)
    for bad in ("3", b"3", None, 3.5, [3]):
        with pytest.raises(TypeError):
            socket.linger = bad
    for bad in (2**31, 2**70, -(2**40)):
        with pytest.raises(OverflowError):
            socket.linger = bad
    with pytest.raises(zmq.ZMQError):
        socket.linger = -5
    assert socket.linger == -1


def test_booleans_are_integers(make_socket):
    socket = make_socket(zmq.PUSH, immediate=True)
    assert socket.immediate == 1
    socket.immediate = False
    assert socket.immediate == 0


def test_enums_are_integers(make_socket):
    socket = make_socket(zmq.PUSH)
    socket.set(zmq.SocketOption.LINGER, 4)
    assert socket.get(zmq.SocketOption.LINGER) == socket.get(int(zmq.LINGER)) == 4


@pytest.mark.capability("curve")
def test_curve_keys(make_socket):
    public, secret = zmq.curve_keypair()
    socket = make_socket(zmq.PUSH)
    socket.curve_publickey = public
    socket.curve_secretkey = secret
    socket.curve_serverkey = public
    assert socket.mechanism == zmq.CURVE
    socket.curve_server = 1
    assert socket.curve_server == 1
    # raw keys of 32 bytes do as well
    socket.curve_publickey = z85.decode(public)


def test_listed_by_dir(make_socket):
    names = dir(make_socket(zmq.PUSH))
    assert "send" in names
    assert "LINGER" in names


# HWM is no option of libzmq: the attribute stands for SNDHWM and RCVHWM
@pytest.mark.parametrize(
    "option",
    [option for option in zmq.SocketOption if option.name != "HWM"],
    ids=lambda option: option.name,
)
@pytest.mark.parametrize("socket_type", [zmq.DEALER, zmq.SUB, zmq.XPUB, zmq.STREAM])
def test_attribute_and_get_agree_on_every_option(make_socket, socket_type, option):
    socket = make_socket(socket_type)
    try:
        value = socket.get(option)
    except zmq.ZMQError as error:
        # what this libzmq, or its build, or a socket of this type does not know
        if error.errno != zmq.EINVAL:
            raise
        with pytest.raises(AttributeError):
            getattr(socket, option.name)
    else:
        assert type(value) in (int, bytes)
        assert getattr(socket, option.name) == value


@pytest.mark.parametrize("option", zmq.SocketOption, ids=lambda option: option.name)
def test_no_option_takes_a_value_of_another_kind(make_socket, option):
    """Neither None nor a list is a value of any option."""
    socket = make_socket(zmq.DEALER)
    for bad in (None, [1], 1.5):
        with pytest.raises(TypeError):
            socket.set(option, bad)
