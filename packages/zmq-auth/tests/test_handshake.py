"""Real handshakes over tcp, let in and refused, as the client's monitor sees them."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
import zmq.auth
from zmq.auth.loops import pause

ALICE = {"plain_username": b"alice", "plain_password": b"secret"}


def test_null_is_let_in(authenticator, bind, handshake):
    server = bind(zap_domain=b"global")
    assert handshake(server, send=b"hello").accepted
    message = server.recv(copy=False)
    assert (message.bytes, message.get("User-Id")) == (b"hello", "anonymous")


def test_null_without_a_domain_is_not_asked_about(
    authenticator, bind, handshake, records
):
    authenticator.deny("127.0.0.1")
    assert handshake(bind()).accepted
    assert "NULL" not in records


def test_null_from_a_denied_address(authenticator, bind, handshake):
    authenticator.deny("127.0.0.1")
    assert handshake(bind(zap_domain=b"global")).refused


@pytest.mark.parametrize(
    ("address", "accepted"), [("127.0.0.1", True), ("127.0.0.2", False)]
)
def test_null_with_allowed_addresses(authenticator, bind, handshake, address, accepted):
    authenticator.allow(address)
    outcome = handshake(bind(zap_domain=b"global"))
    assert outcome.accepted is accepted
    assert outcome.refused is not accepted


def test_plain_is_let_in(authenticator, bind, handshake):
    authenticator.configure_plain("*", {"alice": "secret"})
    server = bind(plain_server=True, zap_domain=b"global")
    assert handshake(server, send=b"hello", **ALICE).accepted
    assert server.recv(copy=False).get("User-Id") == "alice"


@pytest.mark.parametrize(
    "credentials",
    [
        {"plain_username": b"alice", "plain_password": b"guess"},
        {"plain_username": b"mallory", "plain_password": b"secret"},
        {"plain_username": b"\xff", "plain_password": b"\xff"},
        {},
    ],
    ids=["password", "user", "no text", "nothing"],
)
def test_plain_is_refused(authenticator, bind, handshake, credentials):
    authenticator.configure_plain("*", {"alice": "secret"})
    server = bind(plain_server=True, zap_domain=b"global")
    outcome = handshake(server, **credentials)
    if credentials:
        assert outcome.refused
    else:
        # another mechanism: libzmq does not even ask
        assert not outcome.accepted


def test_plain_from_a_denied_address(authenticator, bind, handshake):
    authenticator.configure_plain("*", {"alice": "secret"})
    authenticator.deny("127.0.0.1")
    assert handshake(bind(plain_server=True, zap_domain=b"global"), **ALICE).refused


def test_plain_goes_by_domain(authenticator, bind, handshake):
    authenticator.configure_plain("one", {"alice": "secret"})
    authenticator.configure_plain("two", {"alice": "other"})
    assert handshake(bind(plain_server=True, zap_domain=b"one"), **ALICE).accepted
    assert handshake(bind(plain_server=True, zap_domain=b"two"), **ALICE).refused
    assert handshake(bind(plain_server=True, zap_domain=b"three"), **ALICE).refused


def test_plain_unconfigured_is_refused(authenticator, bind, handshake):
    assert handshake(bind(plain_server=True, zap_domain=b"global"), **ALICE).refused


def test_curve_directory(authenticator, bind, handshake, make_key, server_key):
    alice, mallory = make_key("alice"), make_key("mallory")
    authenticator.configure_curve("*", alice.file.parent)
    server = bind(**server_key.server_options(b"global"))
    assert handshake(server, send=b"hello", **alice.options(server_key)).accepted
    assert server.recv(copy=False).get("User-Id") == alice.public.decode()
    assert handshake(server, **mallory.options(server_key)).refused


def test_curve_goes_by_domain(authenticator, bind, handshake, make_key, server_key):
    alice, bob = make_key("alice"), make_key("bob")
    authenticator.configure_curve("one", alice.file.parent)
    authenticator.configure_curve("*", bob.file.parent)
    one = bind(**server_key.server_options(b"one"))
    two = bind(**server_key.server_options(b"two"))
    none = bind(**server_key.server_options())
    outcomes = {
        (who.file.stem, domain): handshake(where, **who.options(server_key)).accepted
        for who in (alice, bob)
        for domain, where in {"one": one, "two": two, "": none}.items()
    }
    assert {key for key, accepted in outcomes.items() if accepted} == {
        ("alice", "one"),
        ("bob", "two"),
        ("bob", ""),
    }


def test_curve_allow_any(authenticator, bind, handshake, make_key, server_key):
    alice = make_key("alice")
    authenticator.configure_curve("open", zmq.auth.CURVE_ALLOW_ANY)
    options = alice.options(server_key)
    assert handshake(bind(**server_key.server_options(b"open")), **options).accepted
    assert handshake(bind(**server_key.server_options(b"closed")), **options).refused
    authenticator.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    assert handshake(bind(**server_key.server_options(b"closed")), **options).accepted
    authenticator.allow("127.0.0.2")
    assert handshake(bind(**server_key.server_options(b"open")), **options).refused


def test_curve_unconfigured_is_refused(
    authenticator, bind, handshake, make_key, server_key
):
    server = bind(**server_key.server_options(b"global"))
    assert handshake(server, **make_key("alice").options(server_key)).refused


class Provider:
    """Accepts one key, and remembers what it was asked."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.asked: list[tuple[str, bytes]] = []

    def callback(self, domain: str, key: bytes) -> Any:
        self.asked.append((domain, key))
        return key == self.key


class AsyncProvider(Provider):
    async def callback(self, domain: str, key: bytes) -> bool:
        await pause(0.001)
        return super().callback(domain, key)


@pytest.mark.parametrize("kind", [Provider, AsyncProvider])
def test_curve_provider(authenticator, bind, handshake, make_key, server_key, kind):
    alice, mallory = make_key("alice"), make_key("mallory")
    provider = kind(alice.public)
    authenticator.configure_curve_callback("*", provider)
    server = bind(**server_key.server_options(b"global"))
    assert handshake(server, **alice.options(server_key)).accepted
    assert handshake(server, **mallory.options(server_key)).refused
    assert handshake(
        bind(**server_key.server_options()), **alice.options(server_key)
    ).accepted
    # a refused client may have tried again in the meantime
    assert [*dict.fromkeys(provider.asked)] == [
        ("global", alice.public),
        ("global", mallory.public),
        ("*", alice.public),
    ]


class Failing:
    def callback(self, domain: str, key: bytes) -> bool:
        raise LookupError("the database is on fire")


class FailingAsync:
    async def callback(self, domain: str, key: bytes) -> bool:
        await pause(0)
        raise LookupError("the database is on fire")


@pytest.mark.parametrize("kind", [Failing, FailingAsync])
def test_a_provider_that_raises_refuses(
    authenticator, bind, handshake, make_key, server_key, records, kind
):
    authenticator.configure_curve_callback("*", kind())
    server = bind(**server_key.server_options(b"global"))
    outcome = handshake(server, **make_key("alice").options(server_key))
    assert outcome == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 500)
    assert "the database is on fire" in records
    # and it lives on
    authenticator.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    assert handshake(server, **make_key("bob").options(server_key)).accepted


class Patient(Provider):
    """Does not answer before it is told to."""

    def __init__(self) -> None:
        super().__init__(b"")
        self.answers = False

    async def callback(self, domain: str, key: bytes) -> bool:
        super().callback(domain, key)
        while not self.answers:
            await pause(0.005)
        return True


def test_a_provider_that_hangs_has_the_client_try_again(
    authenticator, bind, make_socket, monitored, make_key, server_key, records
):
    authenticator.provider_timeout = 0.02
    provider = Patient()
    authenticator.configure_curve_callback("*", provider)
    server = bind(**server_key.server_options(b"global"))
    options = make_key("alice").options(server_key)
    client = make_socket(zmq.PUSH, linger=0, handshake_ivl=1000, **options)
    with monitored(server) as next_outcome:
        client.connect(server.last_endpoint.decode())
        assert next_outcome() == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 300)
        assert "timed out (300)" in records
        provider.answers = True
        while not next_outcome().accepted:
            pass


def test_a_slow_provider_holds_up_nobody_else(
    thread_authenticator, bind, make_socket, handshake, wait_for, make_key, server_key
):
    provider = Patient()
    thread_authenticator.configure_curve_callback("slow", provider)
    thread_authenticator.configure_curve("fast", zmq.auth.CURVE_ALLOW_ANY)
    slow = bind(**server_key.server_options(b"slow"))
    fast = bind(**server_key.server_options(b"fast"))
    options = make_key("alice").options(server_key)
    client = make_socket(zmq.PUSH, linger=0, **options)
    client.connect(slow.last_endpoint.decode())
    wait_for(lambda: provider.asked)
    for _ in range(3):
        assert handshake(fast, **options).accepted
    provider.answers = True
    client.send(b"at last")
    assert slow.recv() == b"at last"


def test_curve_user_id_can_be_overridden(
    thread_authenticator, bind, handshake, make_key, server_key, monkeypatch
):
    alice = make_key("alice")
    names = {alice.public: "älice"}
    monkeypatch.setattr(
        thread_authenticator,
        "curve_user_id",
        lambda key: names[zmq.utils.z85.encode(key)],
    )
    thread_authenticator.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    server = bind(**server_key.server_options(b"global"))
    assert handshake(server, send=b"hello", **alice.options(server_key)).accepted
    assert server.recv(copy=False).get("User-Id") == "älice"
    # no name: refused rather than let in without one
    outcome = handshake(server, **make_key("bob").options(server_key))
    assert outcome == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 500)


def test_over_ipv6_an_ipv4_client_keeps_its_address(
    thread_authenticator, make_socket, handshake
):
    thread_authenticator.deny("127.0.0.1")
    server = make_socket(zmq.PULL, ipv6=True, zap_domain=b"global")
    try:
        server.bind("tcp://[::]:0")
    except zmq.ZMQError as error:
        pytest.skip(f"no IPv6 here: {error}")
    port = server.last_endpoint.decode().rpartition(":")[2]
    assert handshake(f"tcp://127.0.0.1:{port}").refused


def test_over_ipc(thread_authenticator, make_socket, handshake, endpoint):
    thread_authenticator.configure_plain("*", {"alice": "secret"})
    server = make_socket(zmq.PULL, plain_server=True, zap_domain=b"global")
    server.bind(endpoint("ipc"))
    assert handshake(server, **ALICE).accepted
    assert handshake(server, **{**ALICE, "plain_password": b"guess"}).refused
