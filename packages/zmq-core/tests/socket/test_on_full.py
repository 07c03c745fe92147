"""`on_full`: what becomes of messages at the high-water mark, and exact counts."""

from __future__ import annotations

import itertools
import threading

import pytest

import zmq

HWM = 5


@pytest.fixture
def make_pair(make_socket, endpoint):
    """Make a sender with a policy, and receivers that read nothing by themselves."""

    def make(types, on_full, receivers=1, topics=(b"",)):
        sender = make_socket(types[0], sndhwm=HWM, on_full=on_full)
        sender.bind(endpoint("inproc"))
        connected = []
        for i in range(receivers):
            receiver = make_socket(types[1], rcvhwm=HWM)
            if types[1] == zmq.SUB:
                receiver.subscribe(topics[i % len(topics)])
            receiver.connect(sender.last_endpoint.decode())
            connected.append(receiver)
        return sender, *connected

    return make


PUSH, PUB, XPUB = (zmq.PUSH, zmq.PULL), (zmq.PUB, zmq.SUB), (zmq.XPUB, zmq.SUB)
TYPES = pytest.mark.parametrize("types", [PUSH, PUB, XPUB], ids=["push", "pub", "xpub"])
# Of inproc both high-water marks count.
ROOM = 2 * HWM

WAYS = {
    "send": lambda s, x, **k: s.send(x, **k),
    "large": lambda s, x, **k: s.send(x.ljust(100_000), **k),
    "not copied": lambda s, x, **k: s.send(bytearray(x), copy=False, **k),
    "multipart": lambda s, x, **k: s.send_multipart([x, b"body"], **k),
    "burst": lambda s, x, **k: s.send_many([[x]], **k),
    "frame by frame": lambda s, x, **k: [
        s.send(x, zmq.SNDMORE),
        s.send(b"body", zmq.SNDMORE),
        s.send(b"end"),
    ],
}


def received(sock):
    """First frames of all messages that are there."""
    found = []
    while sock.poll(0):
        found.append(int(sock.recv_multipart()[0]))
    return found


@pytest.mark.parametrize("way", WAYS)
@TYPES
def test_drop(make_pair, types, way):
    sender, receiver = make_pair(types, "drop")
    for i in range(50):
        WAYS[way](sender, b"%d" % i)
    assert received(receiver) == [*range(ROOM)]
    assert sender.dropped == 50 - ROOM
    WAYS[way](sender, b"50")
    assert received(receiver) == [50]
    assert sender.dropped == sender.stats().messages_dropped == 50 - ROOM
    assert sender.context.stats().messages_dropped == 0  # it does not count


@pytest.mark.parametrize("way", [way for way in WAYS if way != "frame by frame"])
@TYPES
def test_raise(make_pair, types, way):
    sender, receiver = make_pair(types, "raise")
    refused = 0
    for i in range(50):
        try:
            WAYS[way](sender, b"%d" % i)
        except zmq.Again:
            refused += 1
    assert refused == 50 - ROOM
    assert received(receiver) == [*range(ROOM)]
    assert sender.dropped == 0


@TYPES
def test_raise_in_the_middle_of_a_burst(make_pair, types):
    sender, receiver = make_pair(types, "raise")
    burst = [[b"%d" % i] for i in range(50)]
    assert sender.send_many(burst) == ROOM
    with pytest.raises(zmq.Again):
        sender.send_many(burst[ROOM:])
    assert received(receiver) == [*range(ROOM)]


@pytest.mark.parametrize("way", WAYS)
@TYPES
def test_wait(make_pair, types, way, in_thread):
    sender, receiver = make_pair(types, "wait")

    def send():
        for i in range(100):
            WAYS[way](sender, b"%d" % i)

    sending = in_thread(send)
    for i in range(100):
        assert int(receiver.recv_multipart()[0]) == i
    sending.result()
    assert sender.dropped == 0


@TYPES
def test_waits_no_longer_than_allowed(make_pair, types):
    sender = make_pair(types, "wait")[0]
    for i in range(ROOM):
        sender.send(b"%d" % i)
    with pytest.raises(zmq.Again):
        sender.send(b"x", zmq.DONTWAIT)
    sender.sndtimeo = 10
    with pytest.raises(zmq.Again):
        sender.send_multipart([b"x"])


@pytest.mark.parametrize("types", [PUB, XPUB], ids=["pub", "xpub"])
def test_the_default_of_publishers_is_libzmqs(make_pair, types):
    sender, slow, fast = make_pair(types, None, 2)
    for i in range(50):
        sender.poll(0)  # libzmq learns that there is room by and by only
        sender.send(b"%d" % i)
        assert received(fast) == [i]
    assert received(slow) == [*range(ROOM)]
    assert sender.dropped == 0


@pytest.mark.parametrize("types", [PUB, XPUB], ids=["pub", "xpub"])
def test_one_slow_subscriber_stands_for_all(make_pair, types):
    sender, slow, fast = make_pair(types, "drop", 2)
    for i in range(50):
        sender.send(b"%d" % i)
        assert received(fast) == ([i] if i < ROOM else [])
    assert received(slow) == [*range(ROOM)]
    assert sender.dropped == 50 - ROOM


@pytest.mark.parametrize("types", [PUB, XPUB], ids=["pub", "xpub"])
def test_only_subscribers_of_the_message_count(make_pair, types):
    sender, ones, twos = make_pair(types, "drop", 2, (b"1", b"2"))
    for _ in range(50):
        sender.send(b"1")
    for _ in range(ROOM):
        sender.send(b"2")
    sender.send(b"3")
    assert sender.dropped == 50 - ROOM
    assert received(ones) == [1] * ROOM
    assert received(twos) == [2] * ROOM


def test_push_without_a_peer_is_full(make_socket):
    push = make_socket(zmq.PUSH, on_full="drop")
    tracker = push.send(b"x" * 100_000, copy=False, track=True)
    assert tracker.done
    assert push.dropped == 1
    push.on_full = "raise"
    with pytest.raises(zmq.Again):
        push.send(b"x")
    assert push.dropped == 1


def test_push_turns_to_who_has_room(make_pair):
    push, a, b = make_pair(PUSH, "drop", 2)
    for i in range(50):
        push.send(b"%d" % i)
    assert push.dropped == 50 - 2 * ROOM
    got = sorted(received(a) + received(b))
    assert got == [*range(2 * ROOM)]


def test_over_tcp_nothing_is_lost_uncounted(make_socket):
    """What was not dropped arrives."""
    push, pull = make_socket(zmq.PUSH, sndhwm=HWM), make_socket(zmq.PULL, rcvhwm=HWM)
    push.on_full = "drop"
    port = push.bind_to_random_port("tcp://127.0.0.1")
    pull.connect(f"tcp://127.0.0.1:{port}")
    body = bytes(200_000)
    for i in range(200):
        push.send_multipart([b"%d" % i, body])
    assert push.dropped
    pull.rcvtimeo = 10_000
    got = [int(pull.recv_multipart()[0]) for _ in range(200 - push.dropped)]
    assert got == sorted(set(got))
    assert not pull.poll(50)


@pytest.mark.parametrize("types", [PUSH, PUB], ids=["push", "pub"])
def test_threads_share_a_socket(make_pair, types):
    """Each message was sent or dropped, also without a GIL."""
    sender, receiver = make_pair(types, "drop")
    sender.count_stats = True
    each, threads = 2000, 4

    def send():
        for i in range(each):
            sender.send(b"1") if i % 2 else sender.send_multipart([b"1", b"2"])

    running = [threading.Thread(target=send) for _ in range(threads)]
    for thread in running:
        thread.start()
    got = 0
    while any(thread.is_alive() for thread in running):
        got += len(received(receiver))
    for thread in running:
        thread.join()
    got += len(received(receiver))
    stats = sender.stats()
    assert stats.messages_sent == got
    assert stats.messages_sent + stats.messages_dropped == each * threads
    assert sender.context.stats().messages_dropped == stats.messages_dropped


def test_what_is_dropped_frame_by_frame_is_not_sent(make_pair):
    push, pull = make_pair(PUSH, "drop")
    push.count_stats = True
    for i in range(50):
        WAYS["frame by frame"](push, b"%d" % i)
    assert push.stats()[:2] == (ROOM, sum(len(b"%d" % i) + 7 for i in range(ROOM)))
    assert push.dropped == 50 - ROOM
    assert received(pull) == [*range(ROOM)]


def test_a_proxy_drops(make_socket, make_pair, endpoint, in_thread):
    pull, feed = make_socket(zmq.PULL), make_socket(zmq.PUSH)
    pull.bind(endpoint("inproc"))
    feed.connect(pull.last_endpoint.decode())
    pub, sub = make_pair(PUB, "drop")
    loop = zmq.backend.ProxyLoop(pull, pub)
    running = in_thread(loop.run)
    for i in range(50):
        feed.send_multipart([b"%d" % i, b"body"])
    while pub.dropped < 50 - ROOM:
        assert running.alive
    loop.stop()
    running.result()
    assert pub.dropped == 50 - ROOM
    assert received(sub) == [*range(ROOM)]


@pytest.mark.parametrize(
    ("first", "second"),
    [*itertools.permutations([None, "wait", "drop", "raise"], 2)],
)
def test_it_can_be_changed(make_pair, first, second):
    pub, sub = make_pair(PUB, first)
    assert pub.on_full == first
    pub.on_full = second
    assert pub.on_full == second
    pub.sndtimeo = 0
    refused = 0
    for i in range(50):
        try:
            pub.send(b"%d" % i)
        except zmq.Again:
            refused += 1
    assert received(sub) == [*range(ROOM)]
    assert refused == (0 if second in (None, "drop") else 50 - ROOM)
    assert pub.dropped == (50 - ROOM if second == "drop" else 0)


@pytest.mark.parametrize("kind", [zmq.PAIR, zmq.DEALER, zmq.PULL, zmq.ROUTER])
def test_not_for_other_types(context, kind):
    with pytest.raises(ValueError, match="on_full is for PUSH, PUB and XPUB sockets"):
        context.socket(kind, on_full="drop")
    with context.socket(kind) as sock:
        sock.on_full = None
        assert sock.on_full is None


@pytest.mark.parametrize("value", ["", "Drop", b"drop", 1, True, ["drop"]])
def test_refuses_other_values(make_socket, value):
    sock = make_socket(zmq.PUSH)
    with pytest.raises(ValueError, match="on_full="):
        sock.on_full = value
    assert sock.on_full is None


def test_of_a_closed_socket(make_socket):
    for kind in zmq.PUSH, zmq.PUB:
        sock = make_socket(kind)
        sock.close()
        with pytest.raises(zmq.ZMQError) as error:
            sock.on_full = "drop"
        assert error.value.errno == zmq.ENOTSOCK


def test_shadows_share_it(make_socket):
    push = make_socket(zmq.PUSH, on_full="drop")
    with zmq.Socket.shadow(push) as shadow:
        assert shadow.on_full == "drop"
        shadow.send(b"x")
    assert push.dropped == 1
