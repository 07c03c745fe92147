"""What blocks blocks only the greenlet."""

from __future__ import annotations

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
def test_sending(
    socket_pair: Any, spawn: Any, until_waiting: Any, fill: Any, name: str
) -> None:
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


def test_nothing_waits_without_blocking(socket_pair: Any, fill: Any) -> None:
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


def test_a_callback_of_the_hub_may_not_wait(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    caught: list[BaseException] = []

    def receive() -> None:
        try:
            pull.recv()
        except BaseException as error:
            caught.append(error)

    gevent.get_hub().loop.run_callback(receive)
    gevent.sleep(0)
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
