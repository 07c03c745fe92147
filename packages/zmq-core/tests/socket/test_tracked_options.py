"""Options of publishers whose subscribers are waited for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable

import pytest

import zmq

VERBOSITY = [zmq.XPUB_VERBOSE, zmq.XPUB_VERBOSER]
MANUAL = [zmq.XPUB_MANUAL, zmq.XPUB_MANUAL_LAST_VALUE]


def by_attribute(sock: Any, option: Any, value: Any) -> None:
    setattr(sock, option.name.lower(), value)


def by_set(sock: Any, option: Any, value: Any) -> None:
    sock.set(option, value)


def by_setsockopt(sock: Any, option: Any, value: Any) -> None:
    sock.setsockopt(int(option), value)


WAYS = [by_attribute, by_set, by_setsockopt]


@pytest.fixture
def publisher(context: Any) -> Iterator[Callable[..., tuple[Any, str]]]:
    """Make a publisher that is tracked, and tell its address."""

    made: list[Any] = []

    def make(kind: int = zmq.PUB) -> tuple[Any, str]:
        sock = context.socket(kind, track_peers=True)
        made.append(sock)
        sock.bind("tcp://127.0.0.1:0")
        return sock, sock.last_endpoint.decode()

    yield make
    for sock in made:
        sock.close(linger=0)


@pytest.fixture
def subscribe(make_socket: Any) -> Callable[[str, bytes], Any]:
    """Connect a subscriber."""

    def make(address: str, topic: bytes) -> Any:
        sock = make_socket(zmq.SUB, linger=0)
        sock.subscribe(topic)
        sock.connect(address)
        return sock

    return make


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("value", [0, 1])
@pytest.mark.parametrize("option", VERBOSITY)
def test_all_subscriptions_count(publisher, subscribe, wait_for, option, value, way):
    """Also the second to a topic, and when one of several leaves."""
    pub, address = publisher()
    way(pub, option, value)
    subs = [subscribe(address, b"a") for _ in range(2)]
    pub.wait_subscribed(b"a", 2, timeout=20)
    way(pub, option, value)
    subs.pop().close()

    def has_left() -> bool:
        pub.poll(0)
        return str(pub._subscriptions.topics) == "subscriptions to b'a' (1)"

    wait_for(has_left)
    with pytest.raises(zmq.TimedOut, match="1 of 2"):
        pub.wait_subscribed(b"a", 2, timeout=0)


def test_a_default_of_the_context(subscribe):
    with zmq.Context() as context:
        context.setsockopt(zmq.XPUB_VERBOSER, 0)
        with context.socket(zmq.PUB, track_peers=True) as pub:
            pub.bind("tcp://127.0.0.1:0")
            address = pub.last_endpoint.decode()
            subs = [subscribe(address, b"a") for _ in range(2)]
            pub.wait_subscribed(b"a", 2, timeout=20)
            for sub in subs:
                sub.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("option", MANUAL)
def test_subscriptions_that_nobody_could_accept(publisher, subscribe, option, way):
    pub, address = publisher()
    with pytest.raises(zmq.ZMQError, match=f"{option.name}=1.*XPUB") as caught:
        way(pub, option, 1)
    assert caught.value.errno == zmq.ENOTSUP
    if option == zmq.XPUB_MANUAL:  # the other one is a draft
        way(pub, option, 0)
    sub = subscribe(address, b"a")
    pub.wait_subscribed(b"a", timeout=20)
    pub.send(b"a")
    assert sub.recv() == b"a"


@pytest.mark.parametrize(
    ("option", "value"),
    [(zmq.XPUB_NODROP, 1), (zmq.XPUB_WELCOME_MSG, b"a welcome")],
    ids=lambda one: getattr(one, "name", ""),
)
@pytest.mark.parametrize("kind", [zmq.PUB, zmq.XPUB], ids=lambda kind: kind.name)
def test_options_that_change_nothing(publisher, subscribe, kind, option, value):
    pub, address = publisher(kind)
    pub.set(option, value)
    sub = subscribe(address, b"a")
    pub.wait_subscribed(b"a", timeout=20)
    pub.send(b"a")
    if option == zmq.XPUB_WELCOME_MSG:
        assert sub.recv() == value
    assert sub.recv() == b"a"


@pytest.mark.parametrize("value", [0, 1])
def test_subscriptions_among_frames(publisher, make_socket, value):
    """What libzmq takes for a subscription in a message of several frames counts."""
    pub, address = publisher()
    try:
        pub.set(zmq.SocketOption(108), value)  # ONLY_FIRST_SUBSCRIBE, a draft
    except zmq.ZMQError:
        pytest.skip("no ONLY_FIRST_SUBSCRIBE in this libzmq")
    with make_socket(zmq.XSUB, linger=0) as xsub:
        xsub.connect(address)
        xsub.send_multipart([b"\1first", b"\1second"])
        xsub.send(b"\1last")
        pub.wait_subscribed(b"last", timeout=20)
        pub.send(b"second")
        pub.send(b"last")
        reaches = xsub.recv() == b"second"
        assert ("second" in str(pub._subscriptions.topics)) == reaches


@pytest.mark.parametrize("kind", [zmq.PUB, zmq.XPUB], ids=lambda kind: kind.name)
def test_inverted_matching(publisher, subscribe, kind):
    pub, address = publisher(kind)
    pub.invert_matching = 1
    with pytest.raises(zmq.ZMQError, match="INVERT_MATCHING=1") as caught:
        pub.wait_subscribed(b"a", timeout=0)
    assert caught.value.errno == zmq.ENOTSUP
    pub.invert_matching = 0
    sub = subscribe(address, b"a")
    pub.wait_subscribed(b"a", timeout=20)
    sub.close()


def test_errors_are_those_of_libzmq(publisher):
    pub, _ = publisher()
    for option in [*VERBOSITY, *MANUAL[:1]]:
        with pytest.raises(TypeError, match=option.name):
            pub.set(option, b"1")
        with pytest.raises(zmq.ZMQError, match=option.name) as caught:
            pub.set(option, -1)
        assert caught.value.errno == zmq.EINVAL
    with pytest.raises(zmq.ZMQError) as caught:
        pub.set(zmq.SUBSCRIBE, b"a")
    assert caught.value.errno == zmq.EINVAL
    pub.close()
    for option in VERBOSITY:
        with pytest.raises(zmq.ZMQError):
            pub.set(option, 0)
    with pytest.raises(zmq.ZMQError):
        pub.wait_subscribed()
