"""`count_stats` and `stats()`: what sockets have done, exactly."""

from __future__ import annotations

import gc
import threading

import pytest

import zmq
from zmq.utils.stats import ContextStats, SocketStats

LARGE = b"x" * 100_000


@pytest.fixture
def pair(socket_pair):
    """Two sockets that count."""
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)
    a.count_stats = b.count_stats = True
    return a, b


def moved(sock):
    """Messages and bytes, sent and received."""
    return sock.stats()[:4]


def test_off_by_default(socket_pair):
    a, b = socket_pair(zmq.PUSH, zmq.PULL)
    assert not a.count_stats
    a.send(b"x")
    b.recv()
    assert a.stats() == b.stats() == SocketStats(*[0] * 9, peers=None)


WAYS_TO_SEND = {
    "small": (lambda s: s.send(b"12345"), 1, 5),
    "empty": (lambda s: s.send(b""), 1, 0),
    "large": (lambda s: s.send(LARGE), 1, len(LARGE)),
    "bytearray": (lambda s: s.send(bytearray(3)), 1, 3),
    "not copied": (lambda s: s.send(bytearray(LARGE), copy=False), 1, len(LARGE)),
    "tracked": (lambda s: s.send(b"12", copy=False, track=True), 1, 2),
    "frame": (lambda s: s.send(zmq.Frame(b"1234")), 1, 4),
    "memory": (lambda s: s.send(memoryview(b"123456")[::1]), 1, 6),
    "string": (lambda s: s.send_string("ü"), 1, 2),
    "multipart": (lambda s: s.send_multipart([b"1", b"", b"345"]), 1, 4),
    "many frames": (lambda s: s.send_multipart([b"12"] * 50), 1, 100),
    "large frames": (lambda s: s.send_multipart([LARGE, b"1"]), 1, len(LARGE) + 1),
    "frames": (lambda s: s.send_multipart([zmq.Frame(b"1"), b"2"], copy=False), 1, 2),
    "burst": (lambda s: s.send_many([[b"1"], [b"2", b"3"]]), 2, 3),
    "try": (lambda s: s.send(b"123", zmq.DONTWAIT), 1, 3),
    "frame by frame": (
        lambda s: [s.send(b"12", zmq.SNDMORE), s.send(b"3")],
        1,
        3,
    ),
    "beginning": (lambda s: s.send(b"12", zmq.SNDMORE), 0, 2),
}


@pytest.mark.parametrize("way", WAYS_TO_SEND)
def test_every_way_to_send(pair, way):
    send, messages, size = WAYS_TO_SEND[way]
    send(pair[0])
    assert moved(pair[0]) == (messages, size, 0, 0)


WAYS_TO_RECEIVE = {
    "recv": ([b"12345"], lambda s: s.recv()),
    "large": ([LARGE], lambda s: s.recv()),
    "not copied": ([b"123"], lambda s: s.recv(copy=False)),
    "try": ([b"123"], lambda s: s.recv(zmq.DONTWAIT)),
    "multipart": ([b"1", b"", b"345"], lambda s: s.recv_multipart()),
    "many frames": ([b"12"] * 50, lambda s: s.recv_multipart()),
    "frames": ([b"12", LARGE], lambda s: s.recv_multipart(copy=False)),
    "frame by frame": ([b"12", b"3"], lambda s: [s.recv(), s.recv()]),
    "into": ([b"12345"], lambda s: s.recv_into(bytearray(5))),
    "into too little": ([b"12345"], lambda s: s.recv_into(bytearray(2))),
    "burst": ([b"12", b"3"], lambda s: s.recv_many(10)),
    "string": ([b"abc"], lambda s: s.recv_string()),
}


@pytest.mark.parametrize("way", WAYS_TO_RECEIVE)
def test_every_way_to_receive(pair, way):
    a, b = pair
    message, receive = WAYS_TO_RECEIVE[way]
    a.send_multipart(message)
    receive(b)
    assert moved(b) == (0, 0, 1, sum(map(len, message)))
    assert moved(a) == (1, sum(map(len, message)), 0, 0)


def test_frames_of_a_message_that_has_not_ended(pair):
    a, b = pair
    a.send_multipart([b"12", b"3"])
    b.recv()
    assert moved(b) == (0, 0, 0, 2)
    b.recv()
    assert moved(b) == (0, 0, 1, 3)


def test_what_is_put_back_counts_once(pair):
    a, b = pair
    a.send_multipart([b"1", b"2"])
    for _ in range(3):
        b._unrecv(b.recv_multipart())
    assert b.recv_many(5) == [[b"1", b"2"]]
    assert moved(b) == (0, 0, 1, 2)


@pytest.mark.parametrize(
    "types",
    [(zmq.REQ, zmq.REP), (zmq.DEALER, zmq.ROUTER), (zmq.PUB, zmq.SUB)],
    ids=["req", "dealer", "pub"],
)
def test_types(socket_pair, types):
    a, b = socket_pair(*types)
    a.count_stats = b.count_stats = True
    for _ in range(10):
        a.send_multipart([b"request", b"1"])
        message = b.recv_multipart()
        if types[0] != zmq.PUB:
            b.send_multipart(message)
            a.recv_multipart()
    back = 0 if types[0] == zmq.PUB else 10
    assert moved(a) == (10, 80, back, 8 * back)
    address = len(message) == 3 and len(message[0])
    assert moved(b) == (back, (8 + address) * back, 10, 80 + 10 * address)


def test_waits_and_refusals(pair, in_thread):
    a, b = pair
    b.rcvtimeo = 1
    for receive in (b.recv, b.recv_multipart, lambda: b.recv_into(bytearray(1))):
        with pytest.raises(zmq.Again):
            receive()
        with pytest.raises(zmq.Again):
            b.recv(zmq.DONTWAIT)
    assert b.stats()[4:8] == (0, 0, 3, 6)
    b.rcvtimeo = -1
    waiting = in_thread(b.recv)
    while b.stats().receives_waited < 4:
        assert waiting.alive
    a.send(b"x")
    waiting.result()
    assert b.stats()[2:8] == (1, 1, 0, 0, 4, 6)


def test_waits_and_refusals_of_sends(make_socket):
    sock = make_socket(zmq.PUSH, sndtimeo=1)
    sock.count_stats = True
    for send in (sock.send, lambda x: sock.send_multipart([x, x])):
        with pytest.raises(zmq.Again):
            send(b"x")
        with pytest.raises(zmq.Again):
            sock.send(b"x", zmq.DONTWAIT)
    assert sock.stats()[:8] == (0, 0, 0, 0, 2, 4, 0, 0)


def test_threads_share_a_socket(socket_pair):
    """Exact whatever the threads do, also without a GIL."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    push.count_stats = pull.count_stats = True
    each, threads = 3000, 4

    def send():
        for i in range(each):
            push.send(b"1") if i % 2 else push.send_multipart([b"1", b"2"])

    def receive():
        for _ in range(each):
            pull.recv_multipart()

    running = [threading.Thread(target=f) for f in [send, receive] * threads]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    messages = each * threads
    assert moved(push) == (messages, messages * 3 // 2, 0, 0)
    assert moved(pull) == (0, 0, messages, messages * 3 // 2)


def test_proxies_count_for_their_sockets(make_socket, endpoint, in_thread):
    front, back = make_socket(zmq.ROUTER), make_socket(zmq.DEALER)
    capture = make_socket(zmq.PUSH)
    req, rep, seen = make_socket(zmq.REQ), make_socket(zmq.REP), make_socket(zmq.PULL)
    for bound, connected in (front, req), (back, rep), (capture, seen):
        bound.bind(endpoint("inproc"))
        connected.connect(bound.last_endpoint.decode())
    for sock in (front, back, capture):
        sock.count_stats = True
    loop = zmq.backend.ProxyLoop(front, back, capture)
    running = in_thread(loop.run)
    for _ in range(20):
        req.send(b"12")
        rep.send(rep.recv())
        assert req.recv() == b"12"
    loop.stop()
    running.result()
    size = 20 * (5 + 2)  # with the address that a ROUTER gives
    assert moved(front) == (20, size, 20, size)
    assert moved(back) == (20, size, 20, size)
    assert moved(capture) == (40, 2 * size, 0, 0)


def test_switching(socket_pair):
    a, b = socket_pair(zmq.PUSH, zmq.PULL)
    for on in (False, True, False, True):
        a.count_stats = b.count_stats = on
        for _ in range(3):
            a.send(b"12")
            b.recv()
    assert moved(a) == (6, 12, 0, 0)
    assert moved(b) == (0, 0, 6, 12)
    assert a.context.stats()[:4] == (6, 12, 6, 12)


def test_keyword(context):
    with context.socket(zmq.PUSH, count_stats=True) as sock:
        assert sock.count_stats
        with zmq.Socket.shadow(sock) as shadow:
            assert shadow.count_stats
            shadow.bind("inproc://shadowed")
    with context.socket(zmq.PUSH) as sock:
        assert not sock.count_stats


@pytest.mark.parametrize("value", [1, None, "yes"])
def test_refuses_what_is_no_bool(make_socket, value):
    with pytest.raises(TypeError, match="count_stats must be True or False"):
        make_socket(zmq.PUSH).count_stats = value


def test_a_wrong_keyword_leaves_no_socket(context):
    with pytest.raises(TypeError, match="count_stats must be True or False"):
        context.socket(zmq.PUSH, count_stats="yes")
    assert repr(context).startswith("<zmq.Context()")


def test_a_closed_socket_keeps_its_numbers(pair):
    a = pair[0]
    a.send(b"123")
    a.close()
    assert moved(a) == (1, 3, 0, 0)
    with pytest.raises(zmq.ZMQError) as error:
        a.count_stats = False
    assert error.value.errno == zmq.ENOTSOCK


def test_a_context_sums(context, endpoint):
    assert context.stats() == ContextStats(*[0] * len(ContextStats._fields))
    pull = context.socket(zmq.PULL, count_stats=True)
    pull.bind(endpoint("inproc"))
    for i in range(50):
        with context.socket(zmq.PUSH, count_stats=True) as push:
            push.connect(pull.last_endpoint.decode())
            push.send(b"12")
            pull.recv()
        if i % 2:
            # collected rather than closed
            push = context.socket(zmq.PUSH, count_stats=True)
            push.connect(pull.last_endpoint.decode())
            push.send(b"3")
            pull.recv()
            push.close()
            del push
            gc.collect()
        n = i + 1 + (i + 1) // 2
        size = 2 * (i + 1) + (i + 1) // 2
        assert context.stats()[:4] == (n, size, n, size)
    assert context.stats().sockets_counted == 76
    assert len(context._tally._open) <= 50
    pull.close()
    assert context.stats()[:4] == (75, 125, 75, 125)


def test_peers(context, make_socket, deadline):
    push = context.socket(zmq.PUSH, track_peers=True, count_stats=True)
    port = push.bind_to_random_port("tcp://127.0.0.1")
    assert push.stats().peers == 0
    pulls = [make_socket(zmq.PULL) for _ in range(3)]
    for pull in pulls:
        pull.connect(f"tcp://127.0.0.1:{port}")
    push.wait_connected(3, timeout=10)
    assert push.stats().peers == 3
    assert zmq.describe(push).endswith(", 3 peers")
    pulls[0].close()
    end = deadline(10)
    while push.stats().peers != 2:
        end.check("the end of a connection")
    push.close()


def test_describe(context, endpoint):
    push = context.socket(zmq.PUSH)
    pull = context.socket(zmq.PULL, count_stats=True)
    assert zmq.describe(push) == "PUSH unconnected"
    address = endpoint("inproc")
    pull.bind(address)
    push.connect(address)
    assert zmq.describe(push) == f"PUSH connected to {address}"
    push.count_stats = True
    push.send(b"12")
    pull.recv()
    with pytest.raises(zmq.Again):
        pull.recv(zmq.DONTWAIT)
    assert zmq.describe(push) == (
        f"PUSH connected to {address}: sent 1 message (2 bytes), received 0 messages"
    )
    assert zmq.describe(pull) == (
        f"PULL bound to {address}: sent 0 messages, received 1 message (2 bytes),"
        " refused 1 receive"
    )
    assert zmq.describe(context) == (
        "context with 2 sockets: sent 1 message (2 bytes), received 1 message"
        " (2 bytes), refused 1 receive, counted 2 sockets"
    )
    push.close()
    assert zmq.describe(push) == (
        "PUSH closed: sent 1 message (2 bytes), received 0 messages"
    )
    pull.close()
    context.term()
    assert zmq.describe(context).startswith("context terminated: sent 1 message")


@pytest.mark.parametrize("thing", [None, 5, zmq.Socket, b"tcp://127.0.0.1:5555"])
def test_describe_wants_a_socket(thing):
    with pytest.raises(TypeError, match=r"expected a zmq\.Socket or a zmq\.Context"):
        zmq.describe(thing)
