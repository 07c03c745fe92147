"""What blocks blocks only the greenlet."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any, Callable

import gevent
import greenlet
import pytest

import zmq.green as zmq

RECEIVERS: dict[str, tuple[Callable[[Any], Any], Any]] = {
    "recv": (lambda s: s.recv(), b"[1]"),
    "recv, SNDMORE is no flag of it": (lambda s: s.recv(zmq.SNDMORE), b"[1]"),
    "recv(copy=False)": (lambda s: s.recv(copy=False).bytes, b"[1]"),
    "recv_multipart": (lambda s: s.recv_multipart(), [b"[1]"]),
    "recv_multipart(copy=False)": (
        lambda s: [f.bytes for f in s.recv_multipart(copy=False)],
        [b"[1]"],
    ),
    "recv_into": (lambda s: s.recv_into(bytearray(9)), 3),
    "recv_string": (lambda s: s.recv_string(), "[1]"),
    "recv_json": (lambda s: s.recv_json(), [1]),
    "recv_serialized": (lambda s: s.recv_serialized(len), 1),
    "poll": (lambda s: s.poll(), zmq.POLLIN),
    "poll(timeout)": (lambda s: s.poll(5000, zmq.POLLIN | zmq.POLLERR), zmq.POLLIN),
}
SENDERS: dict[str, Callable[[Any], Any]] = {
    "send": lambda s: s.send(b"x"),
    "send(copy=False)": lambda s: s.send(b"x", copy=False),
    "send(SNDMORE)": lambda s: (s.send(b"x", zmq.SNDMORE), s.send(b"y")),
    "send_multipart": lambda s: s.send_multipart([b"x", b"y"]),
    "send_multipart of an iterator": lambda s: s.send_multipart(iter([b"x", b"y"])),
    "send_string": lambda s: s.send_string("x"),
    "send_json": lambda s: s.send_json([]),
    "send_pyobj": lambda s: s.send_pyobj(None),
    "send_serialized": lambda s: s.send_serialized(b"x", lambda m: [m]),
    "poll": lambda s: s.poll(None, zmq.POLLOUT),
}


@pytest.mark.parametrize("name", RECEIVERS)
def test_receiving(
    socket_pair: Any, transport: str, spawn: Any, until_waiting: Any, name: str
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport=transport)
    receive, expected = RECEIVERS[name]
    waiting = spawn(receive, pull)
    until_waiting(pull)
    assert not waiting.ready()
    push.send(b"[1]")
    assert waiting.get(timeout=5) == expected


@pytest.mark.parametrize("name", SENDERS)
def test_sending(socket_pair: Any, spawn: Any, until_waiting: Any, name: str) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=1, rcvhwm=1)
    fill(push)
    waiting = spawn(SENDERS[name], push)
    until_waiting(push)
    assert not waiting.ready()
    with gevent.Timeout(5):
        while not waiting.ready():
            if pull.poll(1):
                pull.recv_multipart()
    waiting.get()


def fill(push: Any) -> int:
    """Send until that would have to wait; return how many it were."""
    sent = 0
    while True:
        try:
            push.send(b"%d" % sent, zmq.NOBLOCK)
        except zmq.Again:
            return sent
        sent += 1


def test_pickles(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    waiting = spawn(pull.recv_pyobj)
    push.send_pyobj({1: (2,)})
    assert waiting.get(timeout=5) == {1: (2,)}


def test_a_frame_and_its_tracker(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    waiting = spawn(pull.recv, 0, False, True)
    tracker = push.send(bytes(100_000), copy=False, track=True)
    frame = waiting.get(timeout=5)
    assert isinstance(frame, zmq.Frame)
    assert isinstance(frame.tracker, zmq.MessageTracker.__base__)
    assert isinstance(tracker, zmq.MessageTracker)


def test_nothing_waits_without_blocking(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=1, rcvhwm=1)
    buffer = bytearray(1)
    for receive in (
        lambda: pull.recv(zmq.NOBLOCK),
        lambda: pull.recv_multipart(zmq.DONTWAIT),
        lambda: pull.recv_into(buffer, flags=zmq.NOBLOCK),
        lambda: pull.recv_json(zmq.NOBLOCK),
    ):
        with pytest.raises(zmq.Again):
            receive()
    fill(push)
    with pytest.raises(zmq.Again):
        push.send(b"", zmq.NOBLOCK | zmq.SNDMORE)
    with pytest.raises(zmq.Again):
        push.send_multipart([b"", b""], zmq.NOBLOCK)
    assert push.poll(0, zmq.POLLOUT) == 0
    assert pull.recv(zmq.NOBLOCK) == b"0"


@pytest.mark.parametrize("flags", [4, 1 << 20])
def test_unknown_flags(socket_pair: Any, flags: int) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    for call in (
        lambda: push.send(b"", flags),
        lambda: push.send_multipart([b""], flags),
        lambda: pull.recv(flags),
        lambda: pull.recv_multipart(flags),
        lambda: pull.recv_into(bytearray(1), flags=flags),
    ):
        with pytest.raises(zmq.ZMQError) as caught:
            call()
        assert caught.value.errno == zmq.EINVAL
    for call in (lambda: push.send(b"", "x"), lambda: pull.recv("x")):
        with pytest.raises(TypeError):
            call()


# ---- time-outs -----------------------------------------------------------------------


@pytest.mark.parametrize("timeout", [0, 1, 40])
def test_rcvtimeo(make_socket: Any, spawn: Any, timeout: int) -> None:
    pull = make_socket(zmq.PULL, rcvtimeo=timeout)
    ticks = []
    spawn(lambda: [ticks.append(gevent.sleep(0.004)) for _ in range(1000)])
    for receive in (
        pull.recv,
        pull.recv_multipart,
        lambda: pull.recv_into(bytearray(1)),
    ):
        started = time.monotonic()
        with pytest.raises(zmq.Again):
            receive()
        assert time.monotonic() - started >= timeout / 1000
    assert timeout < 40 or ticks


@pytest.mark.parametrize("timeout", [0, 1, 40])
def test_sndtimeo(make_socket: Any, timeout: int) -> None:
    push = make_socket(zmq.PUSH, sndtimeo=timeout)
    for send in (push.send, lambda x: push.send_multipart([x])):
        started = time.monotonic()
        with pytest.raises(zmq.Again):
            send(b"x")
        assert time.monotonic() - started >= timeout / 1000


def test_a_message_in_time(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, rcvtimeo=5000)
    waiting = spawn(pull.recv)
    push.send(b"in time")
    assert waiting.get() == b"in time"


@pytest.mark.parametrize("timeout", [1, 40.5])
def test_poll_times_out(make_socket: Any, timeout: float) -> None:
    pull = make_socket(zmq.PULL)
    started = time.monotonic()
    assert pull.poll(timeout) == 0
    assert time.monotonic() - started >= timeout / 1000


def test_a_timeout_of_gevent_loses_nothing(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    for i in range(300):
        if i % 3:
            gevent.spawn_later(0.0005 * (i % 4), push.send, b"%d" % i)
        received = None
        with gevent.Timeout(0.001, False):
            received = pull.recv()
        if i % 3 and received is None:
            received = pull.recv()
        assert received == (b"%d" % i if i % 3 else None)


def test_killing_loses_nothing(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    received = []
    for i in range(200):
        victims = [spawn(lambda: received.append(pull.recv())) for _ in range(3)]
        gevent.sleep(0)
        push.send(b"%d" % i)
        if i % 2:
            gevent.sleep(0)
        gevent.killall(victims)
        if len(received) <= i:
            received.append(pull.recv())
    assert received == [b"%d" % i for i in range(200)]


def test_a_killed_sender_has_sent_nothing(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, sndhwm=1, rcvhwm=1)
    sent = fill(push)
    victims = [spawn(push.send_multipart, [b"never", b"sent"]) for _ in range(3)]
    survivor = spawn(push.send, b"last")
    gevent.killall(victims)
    received = [pull.recv_multipart() for _ in range(sent + 1)]
    survivor.get(timeout=5)
    assert received == [[b"%d" % i] for i in range(sent)] + [[b"last"]]
    assert not pull.poll(5)


# ---- sharing -------------------------------------------------------------------------


def test_those_who_wait_are_served_in_order(
    socket_pair: Any, spawn: Any, until_waiting: Any
) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    greenlets = []
    for i in range(20):
        greenlets.append(spawn(pull.recv))
        until_waiting(pull, i + 1)
    greenlets.pop(7).kill()
    for i in range(19):
        push.send(b"%d" % i)
    assert [g.get(timeout=5) for g in greenlets] == [b"%d" % i for i in range(19)]


def test_one_message_wakes_one_greenlet(
    socket_pair: Any, spawn: Any, until_waiting: Any, monkeypatch: Any
) -> None:
    from zmq.green._waiter import Waiter

    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    greenlets = [spawn(pull.recv) for _ in range(100)]
    until_waiting(pull, 100)
    woken = []
    wake = Waiter.wake
    monkeypatch.setattr(Waiter, "wake", lambda w: (woken.append(w), wake(w)))
    push.send(b"")
    until_waiting(pull, 99)
    assert len(set(woken)) <= 2
    gevent.killall(greenlets)


def test_greenlets_send_and_receive_at_once(socket_pair: Any, spawn: Any) -> None:
    a, b = socket_pair(zmq.DEALER, zmq.DEALER, sndhwm=2, rcvhwm=2, transport="tcp")

    def send(socket: Any, first: int) -> None:
        for i in range(first, first + 100):
            socket.send_multipart([b"%d" % i, b"x"])

    def receive(socket: Any) -> list[int]:
        return [int(socket.recv_multipart()[0]) for _ in range(100)]

    senders = [spawn(send, s, i * 100) for s in (a, b) for i in range(3)]
    receivers = [spawn(receive, s) for s in (a, b) for _ in range(3)]
    gevent.joinall(senders, timeout=10, raise_error=True)
    for each in (receivers[:3], receivers[3:]):
        got = [i for greenlet in each for i in greenlet.get(timeout=5)]
        assert sorted(got) == list(range(300))


def test_a_shadow_of_a_synchronous_socket(endpoint: Any, spawn: Any) -> None:
    import zmq as sync

    with sync.Context() as ctx, ctx.socket(sync.PULL) as pull:
        address = endpoint()
        pull.bind(address)
        green = zmq.Socket(pull)
        also = zmq.Socket.shadow(pull)
        assert isinstance(also, zmq.Socket)
        waiting = [spawn(green.recv), spawn(also.recv)]
        with ctx.socket(sync.PUSH) as push:
            push.connect(address)
            push.send(b"1")
            push.send(b"2")
            assert sorted(g.get(timeout=5) for g in waiting) == [b"1", b"2"]
            monitor = zmq.Socket(push).get_monitor_socket()
            assert type(monitor) is zmq.Socket
            monitor.close()


def test_a_peek_at_events_swallows_nothing(socket_pair: Any, spawn: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport="tcp")
    for i in range(50):
        waiting = spawn(pull.recv)
        push.send(b"%d" % i)
        while not pull.get(zmq.EVENTS) & zmq.POLLIN and not waiting.ready():
            time.sleep(0.0005)
        assert waiting.get(timeout=2) == b"%d" % i


@pytest.fixture
def full_and_free(make_socket: Any, endpoint: Any) -> Any:
    """A ROUTER that refuses what its peer "full" has no space for; and its peers."""
    address = endpoint()
    router = make_socket(zmq.ROUTER, router_mandatory=1, sndhwm=1)
    router.bind(address)
    peers = {}
    for name in (b"full", b"free"):
        peers[name] = make_socket(zmq.DEALER, identity=name, rcvhwm=1)
        peers[name].connect(address)
        peers[name].send(b"")
        router.recv_multipart()
    sent = 0
    with suppress(zmq.Again):
        while True:
            router.send_multipart([b"full", b"%d" % sent], zmq.NOBLOCK)
            sent += 1
    assert router.events & zmq.POLLOUT, "there is space for the other peer"
    return router, peers, sent


@pytest.mark.parametrize("others", [0, 2])
def test_events_that_promise_too_much(
    full_and_free: Any, spawn: Any, until_waiting: Any, others: int
) -> None:
    """Other greenlets run while POLLOUT stands for a peer that is not sent to."""
    router, peers, sent = full_and_free
    waiting = [spawn(router.recv) for _ in range(others)]
    waiting.append(spawn(router.send_multipart, [b"full", b"last"]))
    until_waiting(router, others + 1)
    before = time.process_time()
    gevent.sleep(0.2)
    assert time.process_time() - before < 0.1
    for i in range(sent):
        assert peers[b"full"].recv() == b"%d" % i
    waiting.pop().get(timeout=5)
    assert peers[b"full"].recv() == b"last"


def test_who_cannot_send_lets_others(full_and_free: Any, spawn: Any) -> None:
    router, peers, sent = full_and_free
    with suppress(zmq.Again):
        while True:
            router.send_multipart([b"free", b""], zmq.NOBLOCK)
    first = spawn(router.send_multipart, [b"full", b"first"])
    second = spawn(router.send_multipart, [b"free", b"second"])
    while not second.ready():
        assert peers[b"free"].recv() == b""
        gevent.sleep(0.001)
    assert not first.ready()
    for i in range(sent):
        assert peers[b"full"].recv() == b"%d" % i
    assert peers[b"full"].recv() == b"first"


# ---- closing -------------------------------------------------------------------------


def test_closing_wakes_all(make_socket: Any, spawn: Any, until_waiting: Any) -> None:
    dealer = make_socket(zmq.DEALER)
    waiting = [spawn(dealer.recv) for _ in range(3)]
    waiting += [spawn(dealer.send, b"") for _ in range(3)]
    waiting += [spawn(dealer.poll)]
    until_waiting(dealer, 7)
    dealer.close()
    purposes = ["to receive"] * 3 + ["to send"] * 3 + ["polled"]
    for waiter, purpose in zip(waiting, purposes):
        with pytest.raises(zmq.ZMQError, match=purpose) as caught:
            waiter.get(timeout=5)
        assert caught.value.errno == zmq.ENOTSOCK


def test_a_closed_socket(make_socket: Any) -> None:
    dealer = make_socket(zmq.DEALER)
    dealer.close()
    for call in (dealer.recv, dealer.poll, lambda: dealer.send(b"")):
        with pytest.raises(zmq.ZMQError) as caught:
            call()
        assert caught.value.errno == zmq.ENOTSOCK


def test_the_descriptor_is_forgotten_before_it_is_closed(
    context: Any, socket_pair: Any, spawn: Any, until_waiting: Any
) -> None:
    """The next socket often gets the same one."""
    for _ in range(20):
        old = context.socket(zmq.PULL)
        waiting = spawn(old.recv)
        until_waiting(old)
        old.close()
        push, pull = socket_pair(zmq.PUSH, zmq.PULL)
        receiving = spawn(pull.recv)
        push.send(b"new")
        assert receiving.get(timeout=2) == b"new"
        with pytest.raises(zmq.ZMQError):
            waiting.get()
        push.close()
        pull.close()


def test_nothing_is_left_behind(socket_pair: Any, spawn: Any) -> None:
    """No watcher spins on a readable socket that nobody waits for."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    spawn(pull.recv).kill()
    spawn(pull.poll).kill()
    push.send(b"")
    hub = gevent.get_hub()
    assert [channel.waiting for channel in pull._channels.values()] == [0]
    before = hub.loop.activecnt
    spawn(pull.poll).get()
    assert hub.loop.activecnt == before
    started, used = time.monotonic(), time.process_time()
    gevent.sleep(0.2)
    used = time.process_time() - used
    assert used < (time.monotonic() - started) / 2


def test_a_socket_is_garbage_like_any_other(context: Any) -> None:
    socket = context.socket(zmq.PULL)
    socket.poll(1)
    with pytest.warns(ResourceWarning, match="Unclosed socket <zmq.green.Socket"):
        del socket


def test_a_callback_of_the_hub_may_not_wait(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    caught: list[BaseException] = []

    def receive() -> None:
        try:
            pull.recv()
        except BaseException as error:
            caught.append(error)

    gevent.get_hub().loop.run_callback(receive)
    gevent.sleep(0.01)
    assert [type(error).__name__ for error in caught] == ["BlockingSwitchOutError"]
    assert [channel.waiting for channel in pull._channels.values()] == [0]


def test_what_a_bare_greenlet_raises_is_not_swallowed(
    socket_pair: Any, until_waiting: Any, monkeypatch: Any
) -> None:
    """It goes to the hub, which is its parent, also by way of what has woken it."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    hub = gevent.get_hub()
    raised: list[Any] = []
    monkeypatch.setattr(hub, "handle_error", lambda *args: raised.append(args[2]))

    def receive() -> None:
        pull.recv()
        raise zmq.ZMQError(zmq.EINVAL, "after it was woken")

    hub.loop.run_callback(greenlet.greenlet(receive, hub).switch)
    until_waiting(pull)
    push.send(b"")
    until_waiting(pull, 0)
    gevent.sleep(0)
    assert [str(error) for error in raised] == ["after it was woken"]
