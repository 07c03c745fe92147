"""What errors say: the beginner's mistakes, each with the words that explain it."""

from __future__ import annotations

import os
import pickle
import re
import sys
from types import ModuleType
from typing import Any

import pytest

import zmq


def words_of(call: Any, *args: Any, error: type[Exception] = zmq.ZMQError) -> str:
    with pytest.raises(error) as caught:
        call(*args)
    return str(caught.value)


# ---- Again ---------------------------------------------------------------------------


def test_again_without_a_message(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    pull.bind("tcp://127.0.0.1:0")
    endpoint = pull.last_endpoint.decode()
    why = f"(PULL socket bound to {endpoint}: no message"
    now = f"Resource temporarily unavailable {why} now, and DONTWAIT says not to wait)"
    for receive in (
        pull.recv,
        pull.recv_multipart,
        lambda flags: pull.recv_many(3, flags),
        lambda flags: pull.recv_into(bytearray(9), flags=flags),
        lambda flags: pull.recv(flags, copy=False),
    ):
        assert words_of(receive, zmq.DONTWAIT, error=zmq.Again) == now
    pull.rcvtimeo = 20
    for receive in (pull.recv, pull.recv_multipart, lambda: pull.recv_many(3)):
        words = words_of(receive, error=zmq.Again)
        assert words == f"Resource temporarily unavailable {why} within RCVTIMEO=20 ms)"


def test_again_without_a_peer(make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    words = words_of(push.send, b"", zmq.DONTWAIT)
    assert "PUSH socket, neither bound nor connected: there is no peer now" in words
    push.bind("inproc://nobody")
    for send in (push.send, lambda data: push.send_multipart([data])):
        push.sndtimeo = 15
        words = words_of(send, b"")
        assert "PUSH socket bound to inproc://nobody: no peer is connected" in words
        assert "within SNDTIMEO=15 ms" in words
    push.unbind("inproc://nobody")
    assert "unbound from inproc://nobody" in words_of(push.send, b"", zmq.DONTWAIT)


def test_again_for_a_full_queue(make_socket: Any) -> None:
    push = make_socket(zmq.PUSH, sndhwm=2)
    push.connect("tcp://127.0.0.1:9")
    words = words_of(lambda: [push.send(b"", zmq.DONTWAIT) for _ in range(3)])
    assert "connected to tcp://127.0.0.1:9: the queue to each peer is full" in words
    assert "SNDHWM" in words


def test_again_of_a_router_and_a_publisher(make_socket: Any) -> None:
    router = make_socket(zmq.ROUTER, sndhwm=1, router_mandatory=1)
    dealer = make_socket(zmq.DEALER, rcvhwm=1, routing_id=b"peer")
    router.bind("inproc://router")
    dealer.connect("inproc://router")
    message = [b"peer", b""]
    words = words_of(
        lambda: [router.send_multipart(message, zmq.DONTWAIT) for _ in range(99)]
    )
    assert "ROUTER socket bound to inproc://router: the queue to that peer" in words
    pub = make_socket(zmq.PUB, sndhwm=1, xpub_nodrop=1)
    sub = make_socket(zmq.SUB, rcvhwm=1, subscribe=b"")
    pub.bind("inproc://pub")
    sub.connect("inproc://pub")
    words = words_of(lambda: [pub.send(b"", zmq.DONTWAIT) for _ in range(99)])
    assert "the queue to a subscriber is full" in words


def test_again_travels(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    pull.bind("inproc://here")
    with pytest.raises(zmq.Again) as caught:
        pull.recv(zmq.DONTWAIT)
    error = caught.value
    twin = pickle.loads(pickle.dumps(error))
    assert str(twin) == str(error) == error.strerror
    assert "inproc://here" in repr(error)
    assert error.args == (zmq.EAGAIN,)
    error.strerror = "other words"
    assert str(error) == "other words"


def test_again_of_a_shadow_of_other_code(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    assert pull.underlying  # somebody else may bind it
    assert "used by other code" in words_of(pull.recv, zmq.DONTWAIT)


# ---- closed sockets ------------------------------------------------------------------


def test_a_closed_socket_says_so(context: Any) -> None:
    socket = context.socket(zmq.PULL)
    socket.close()
    words = os.strerror(zmq.ENOTSOCK)  # each libc has its own
    assert words_of(socket.recv) == f"{words} (the PULL socket is closed)"


def test_where_a_socket_was_closed(run_python: Any) -> None:
    run_python(
        """
        import zmq

        def close_it(socket):
            socket.close()

        with zmq.Context() as context:
            first, second = context.socket(zmq.PULL), context.socket(zmq.PUSH)
            close_it(first)
            with second: pass  # in one line, as Python 3.9 names the last one
            for socket, line in (first, 5), (second, 10):
                try:
                    socket.poll()
                except zmq.ZMQError as error:
                    end = f"is closed: close() was called at <string>:{line})"
                    assert str(error).endswith(end), error
                else:
                    raise AssertionError
        """,
        options=("-X", "tracemalloc=5"),
    )


# ---- addresses -----------------------------------------------------------------------

ADDRESSES = [
    ("bind", "tcp:/x", "begins with its transport and ://"),
    ("bind", "tcp:/127.0.0.1:5555", "did you mean 'tcp://127.0.0.1:5555'?"),
    ("bind", "127.0.0.1:5555", "did you mean 'tcp://127.0.0.1:5555'?"),
    ("connect", "localhost", "such as tcp://127.0.0.1:5555"),
    ("bind", "tcp://127.0.0.1", "a tcp address needs a port, or 0 for any"),
    ("connect", "tcp://localhost", "a tcp address needs a port: tcp://localhost:5555"),
    ("connect", "tcp://*", "* is for bind()"),
    ("connect", "tcp://*:5555", "needs the name or the address of one host"),
    ("connect", "tcp://127.0.0.1:*", "needs the port of the peer"),
    # Later libzmq asks for the address of a host's name.
    *(
        [("bind", "tcp://localhost:5555", "for localhost, tcp://127.0.0.1:5555")]
        if zmq.zmq_version_info() < (4, 3, 5)
        else []
    ),
    ("bind", "tcp://some.host:5555", "takes the name of a network interface"),
    ("bind", "tcp://192.0.2.1:5555", "no network interface of this host has"),
    ("bind", "tcp://[::1]:5555", "socket.ipv6 = True"),
    ("bind", "tcp://127.0.0.1:port", "'port' is no port"),
    ("bind", "tcp://127.0.0.1:99999", "'99999' is no port"),
    ("connect", "tcp://localhost:65536", "'65536' is no port"),
    ("connect", "tcp://127.0.0.1:5555/x", "'5555/x' is no port"),
    ("connect", "tcp://127.0.0.1:5555 ", "there are spaces around it"),
    ("bind", "ipc:///no/such/place/x", "there is no directory '/no/such/place'"),
    ("bind", "ipc://", "ipc:// needs a name behind it"),
    ("bind", "tpc://127.0.0.1:5", "did you mean 'tcp://127.0.0.1:5'?"),
    ("connect", "http://127.0.0.1:5", "knows no transport 'http'"),
    ("bind", "udp://127.0.0.1:5", "PUSH sockets cannot use udp"),
    ("unbind", "tcp://127.0.0.1:5", "is not bound to it"),
    ("disconnect", "tcp://127.0.0.1:5", "is not connected to it"),
]


@pytest.mark.parametrize(("method", "address", "hint"), ADDRESSES)
def test_an_address(make_socket: Any, method: str, address: str, hint: str) -> None:
    words = words_of(getattr(make_socket(zmq.PUSH), method), address)
    assert f"(addr={address!r}: " in words
    assert hint in words


def test_an_address_in_use(make_socket: Any, ipc_dir: Any) -> None:
    one, other = make_socket(zmq.PUSH), make_socket(zmq.PUSH)
    one.bind("tcp://127.0.0.1:0")
    assert "another socket" in words_of(other.bind, one.last_endpoint.decode())
    assert "something else" in words_of(other.bind, f"ipc://{ipc_dir}")


def test_an_address_with_a_space(make_socket: Any) -> None:
    words = words_of(make_socket(zmq.PUSH).connect, "tcp://some host:5")
    assert "(addr='tcp://some host:5': there is a space in it)" in words


# ---- arguments and options -----------------------------------------------------------


def test_a_string_for_an_int_option(make_socket: Any) -> None:
    push = make_socket(zmq.PUSH)
    words = words_of(setattr, push, "linger", "5", error=TypeError)
    assert words == "expected int for option LINGER, got the string: '5'"
    words = words_of(setattr, push, "routing_id", "5", error=TypeError)
    assert "setsockopt_string" in words


@pytest.mark.parametrize("data", [b"ab", "ab", bytearray(b"ab")], ids=repr)
def test_one_frame_for_a_list(make_socket: Any, data: Any) -> None:
    words = words_of(make_socket(zmq.PUSH).send_multipart, data, error=TypeError)
    assert "not a list of frames" in words
    assert "send_multipart([data])" in words


def test_a_str_for_a_frame(make_socket: Any) -> None:
    words = words_of(make_socket(zmq.PUSH).send_multipart, ["a"], error=TypeError)
    assert "Frame 0 ('a')" in words
    assert "text.encode()" in words


@pytest.mark.parametrize(
    ("name", "meant"),
    [("lingr", "linger"), ("RCVTIMEOUT", "RCVTIMEO"), ("subscibe", "subscribe")],
)
def test_a_misspelt_option(make_socket: Any, name: str, meant: str) -> None:
    words = words_of(setattr, make_socket(zmq.SUB), name, 1, error=AttributeError)
    assert "no such option" in words
    assert f"did you mean '{meant.lower()}'?" in words.lower()


def test_what_is_like_no_option(context: Any) -> None:
    words = words_of(setattr, context, "zzzzzz", 1, error=AttributeError)
    assert words == "Context has no such option: ZZZZZZ"


def test_an_attribute_that_a_subclass_does_not_name(context: Any) -> None:
    class Mine(zmq.Socket[bytes]):
        named = 0

    with context.socket(zmq.PUSH, Mine) as sock:
        sock.named = 1
        words = words_of(setattr, sock, "qqq", 1, error=AttributeError)
    assert words == (
        "Mine has no such option: QQQ; for an attribute of its own, write qqq = ... or"
        " qqq: ... in the body of class Mine"
    )


@pytest.mark.skipif(
    sys.version_info < (3, 10) or sys.implementation.name != "cpython",
    reason="this Python proposes no names",
)
@pytest.mark.parametrize(
    ("read", "meant"),
    [("context.io_thread", "io_threads"), ("context.socket(zmq.PUB).lingr", "linger")],
)
def test_a_misspelt_option_that_is_read(run_python: Any, read: str, meant: str) -> None:
    """Python proposes a name, as long as a class has fewer than 750 of them."""
    program = f"import zmq\nwith zmq.Context() as context:\n    {read}\n"
    error = run_python(program, check=False).stderr
    # "Did you mean: 'linger'?"; since Python 3.15 "Did you mean '.linger' instead".
    assert re.search(rf"Did you mean:? '\.?{meant}'", error)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("LINGER", "; use the constant zmq.LINGER"),
        ("zmq.linger", "; use the constant zmq.LINGER"),
        ("ZMQ_LINGER", "; use the constant zmq.LINGER"),
        ("IO_THREADS", "; use the constant zmq.IO_THREADS"),
        ("lingr", ", did you mean 'zmq.LINGER'?"),
        ("nothing of the kind", ""),
        (b"LINGER", ""),
    ],
)
def test_a_str_for_a_constant(make_socket: Any, value: Any, hint: str) -> None:
    push = make_socket(zmq.PUSH)
    expected = f"an integer is required for option, got {value!r}{hint}"
    for call in (push.get, push.getsockopt, push.context.get):
        assert words_of(call, value, error=TypeError) == expected
    assert words_of(push.set, value, 0, error=TypeError) == expected


def test_a_str_for_a_socket_type(context: Any) -> None:
    words = words_of(context.socket, "PUSH", error=TypeError)
    assert words.endswith("socket_type, got 'PUSH'; use the constant zmq.PUSH")


# ---- CURVE without keys --------------------------------------------------------------

KEYS = {
    "server": ({"curve_server": 1}, "CURVE server without a secret key"),
    "serverkey": ({"own": True}, "CURVE client without the key of its server"),
    "own keys": ({"curve_serverkey": True}, "CURVE client without keys of its own"),
}


@pytest.mark.skipif(not zmq.has("curve"), reason="this libzmq has no CURVE")
@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("method", ["bind", "connect"])
def test_curve_without_keys(make_socket: Any, method: str, name: str) -> None:
    options, words = KEYS[name]
    public, secret = zmq.curve_keypair()
    socket = make_socket(zmq.PULL)
    for option, value in options.items():
        if option == "own":
            socket.curve_publickey, socket.curve_secretkey = public, secret
        else:
            setattr(socket, option, public if value is True else value)
    address = "tcp://127.0.0.1:0" if method == "bind" else "tcp://127.0.0.1:9"
    with pytest.warns(RuntimeWarning, match=f"{method}.. of a {words}") as caught:
        getattr(socket, method)(address)
    assert [warning.filename for warning in caught] == [__file__]


@pytest.mark.skipif(not zmq.has("curve"), reason="this libzmq has no CURVE")
def test_curve_with_keys(make_socket: Any) -> None:
    public, secret = zmq.curve_keypair()
    server = make_socket(zmq.PULL, curve_server=1, curve_secretkey=secret)
    client = make_socket(zmq.PUSH, curve_serverkey=public)
    client.curve_publickey, client.curve_secretkey = zmq.curve_keypair()
    server.bind("tcp://127.0.0.1:0")
    client.connect(server.last_endpoint.decode())
    client.send(b"whole")
    assert server.poll(10_000)
    assert server.recv() == b"whole"


# ---- Without an explanation ----------------------------------------------------------


@pytest.mark.parametrize("half", [ModuleType("zmq._hints"), None])
def test_while_the_explanations_are_being_imported(
    make_socket: Any, monkeypatch: pytest.MonkeyPatch, half: ModuleType | None
) -> None:
    """A signal handler in the middle of that sees half of the module, or none."""
    monkeypatch.setitem(sys.modules, "zmq._hints", half)
    if half is None:
        monkeypatch.delattr(zmq, "_hints", raising=False)
    else:
        monkeypatch.setattr(zmq, "_hints", half, raising=False)
    pull = make_socket(zmq.PULL)
    assert words_of(pull.recv, zmq.DONTWAIT) == "Resource temporarily unavailable"
    assert "addr='nonsense'" in words_of(pull.bind, "nonsense")
    words = words_of(setattr, pull, "nonsense", 1, error=AttributeError)
    assert words == "Socket has no such option: NONSENSE"
    pull.close()
    assert "the PULL socket is closed" in words_of(pull.recv)


# ---- Draft types ---------------------------------------------------------------------


@pytest.mark.skipif(zmq.DRAFT_API, reason="with the draft API it can wait")
def test_waiting_for_a_draft_socket_names_what_is_missing(make_socket: Any) -> None:
    gather = make_socket(zmq.GATHER, rcvtimeo=1000)
    gather.bind("inproc://gather")
    with make_socket(zmq.SCATTER) as scatter:
        scatter.connect("inproc://gather")
        scatter.send(b"x")
        assert gather.recv() == b"x"
    poller = zmq.Poller()
    poller.register(gather, zmq.POLLIN)
    for wait in (gather.recv, lambda: gather.poll(10), lambda: poller.poll(10)):
        words = words_of(wait)
        assert "wait for a GATHER socket" in words
        assert "draft API" in words
