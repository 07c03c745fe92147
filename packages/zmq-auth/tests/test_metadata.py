"""Properties of messages that the authenticator sets, and that clients try to forge."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

import zmq
import zmq.auth
from zmq.auth import metadata, zap
from zmq.auth.policy import Verdict


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"Role": "cook"},
        {"a": "", "B-_.+9": "äöü\n"},
        {"n" * 255: "v" * 100_000},
    ],
    ids=lambda good: ",".join(good)[:20],
)
def test_what_can_be_carried(good):
    checked = metadata.check(good)
    assert checked == good
    assert checked is not good
    frame = metadata.encode(checked)
    found = {}
    while frame:
        size = frame[0]
        name, frame = frame[1 : 1 + size], frame[1 + size :]
        size = int.from_bytes(frame[:4], "big")
        found[name.decode()], frame = frame[4 : 4 + size].decode(), frame[4 + size :]
    assert found == good


@pytest.mark.parametrize(
    ("bad", "error", "text"),
    [
        (None, TypeError, "mapping"),
        ([("a", "b")], TypeError, "mapping"),
        ({b"a": "b"}, TypeError, "name"),
        ({"a": b"b"}, TypeError, "'a' must be a str"),
        ({"a": 1}, TypeError, "'a' must be a str"),
        ({"": "b"}, ValueError, "1 to 255"),
        ({"n" * 256: "b"}, ValueError, "1 to 255"),
        ({"a b": "b"}, ValueError, "1 to 255"),
        ({"a\n": "b"}, ValueError, "1 to 255"),
        ({"ä": "b"}, ValueError, "1 to 255"),
        ({"a": "b\0c"}, ValueError, "NUL"),
        ({"a": "\ud800"}, ValueError, "surrogates"),
        ({"Role": "b", "role": "c"}, ValueError, "twice"),
        ({"user-ID": "root"}, ValueError, "reserved"),
        ({"Peer-Key": "x"}, ValueError, "reserved"),
        ({"Socket-Type": "DEALER"}, ValueError, "reserved"),
        ({"Identity": "x"}, ValueError, "reserved"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_what_cannot(bad, error, text):
    with pytest.raises(error, match=text):
        metadata.check(bad)


def test_a_value_that_is_too_long(monkeypatch):
    monkeypatch.setattr(metadata, "MAX_VALUE", 4)
    assert metadata.check({"a": "öö"})
    with pytest.raises(ValueError, match="'a' has 5 octets"):
        metadata.check({"a": "ööo"})


def test_only_who_is_let_in_has_metadata():
    with pytest.raises(ValueError, match="no metadata"):
        zap.build_reply(b"1", zap.FAILURE, b"no", metadata=b"\1a\0\0\0\0")


def test_the_key_of_the_sender(authenticator, bind, handshake, make_key, server_key):
    authenticator.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    server = bind(**server_key.server_options(b"house"))
    for name in ("ada", "bob"):
        key = make_key(name)
        assert handshake(server, send=b"hello", **key.options(server_key)).accepted
        frame = server.recv(copy=False)
        assert frame.peer_key == key.public
        assert frame.user_id == frame["Peer-Key"] == key.public.decode()


def test_no_key(authenticator, bind, handshake):
    authenticator.configure_plain("*", {"ada": "secret"})
    server = bind(plain_server=True, zap_domain=b"house")
    credentials = {"plain_username": b"ada", "plain_password": b"secret"}
    assert handshake(server, send=b"hello", **credentials).accepted
    frame = server.recv(copy=False)
    assert (frame.user_id, frame.peer_key) == ("ada", None)


def test_a_decision_with_metadata(thread_authenticator, bind, handshake, monkeypatch):
    async def decide(_request: zap.Request) -> Verdict:
        return Verdict(zap.SUCCESS, "OK", "ada", {"Role": "köchin", "Floor": "2"})

    monkeypatch.setattr(thread_authenticator, "decide", decide)
    server = bind(zap_domain=b"house")
    assert handshake(server, send=b"hello").accepted
    frame = server.recv(copy=False)
    assert (frame["Role"], frame["Floor"], frame.user_id) == ("köchin", "2", "ada")


@pytest.fixture
def forger() -> Iterator[object]:
    """Send a message as a client of NULL that sets properties as it likes."""
    connections = []

    def send(endpoint: bytes, properties: dict[str, str]) -> None:
        host, port = endpoint.decode().removeprefix("tcp://").split(":")
        connection = socket.create_connection((host, int(port)), 10)
        connections.append(connection)
        ready = b"\5READY" + metadata.encode({"Socket-Type": "PUSH", **properties})
        greeting = b"\xff" + bytes(8) + b"\x7f\3\0NULL" + bytes(16 + 1 + 31)
        connection.sendall(greeting + b"\4" + bytes((len(ready),)) + ready)
        received = b""
        while b"READY" not in received:
            received += connection.recv(1000)
        connection.sendall(b"\0\5hello")

    yield send
    for connection in connections:
        connection.close()


FORGED = {"User-Id": "root", "Peer-Key": "k" * 40, "Role": "cook"}


def test_the_authenticator_has_the_last_word(authenticator, bind, forger):
    server = bind(zap_domain=b"house")
    forger(server.last_endpoint, FORGED)
    frame = server.recv(copy=False)
    assert (frame.user_id, frame.peer_key) == ("anonymous", None)
    # what it says nothing of
    assert frame["Role"] == "cook"


def test_where_none_is_asked_clients_may_say_what_they_like(bind, forger):
    """The reason for zap_enforce_domain."""
    server = bind()
    forger(server.last_endpoint, FORGED)
    frame = server.recv(copy=False)
    assert (frame.user_id, frame.peer_key) == ("root", b"k" * 40)
