"""Several threads, each with a hub of its own, or with none."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import gevent
import pytest
from tests.fixtures.steps import collect

import zmq as sync
import zmq.green as zmq
from zmq.green._mailbox import mailbox_of
from zmq.sugar.waiting.channel import Line


def test_a_hub_in_each_of_several_threads(socket_pair: Any, in_thread: Any) -> None:
    """Greenlets of four hubs receive from one socket, and send to another."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    back, forth = socket_pair(zmq.PUSH, zmq.PULL)

    def serve() -> int:
        served = 0

        def greenlet() -> None:
            nonlocal served
            while True:
                message = pull.recv()
                if message == b"end":
                    return
                back.send(message)
                served += 1

        gevent.joinall([gevent.spawn(greenlet) for _ in range(5)], raise_error=True)
        return served

    threads = [in_thread(serve) for _ in range(4)]
    received = set()
    for i in range(400):
        push.send(b"%d" % i)
        if i % 10 == 9:
            received |= {forth.recv() for _ in range(10)}
    for _ in range(20):
        push.send(b"end")
    served = [thread.result() for thread in threads]
    assert received == {b"%d" % i for i in range(400)}
    assert sum(served) == 400


def test_a_hub_and_threads_without(
    socket_pair: Any, in_thread: Any, spawn: Any
) -> None:
    """Synchronous threads on the same socket swallow no event of a greenlet's."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, transport="tcp")
    shadow = sync.Socket(pull)
    stop = threading.Event()
    stolen = []

    def peek() -> None:
        while not stop.is_set():
            if shadow.poll(1):
                with suppress(sync.Again):
                    stolen.append(shadow.recv(sync.NOBLOCK))

    threads = [in_thread(peek) for _ in range(2)]
    received = []
    reader = spawn(lambda: [received.append(m) for m in iter(pull.recv, b"end")])
    for i in range(300):
        push.send(b"%d" % i)
        if i % 3 == 0:
            with gevent.Timeout(5):
                while len(received) + len(stolen) <= i:
                    gevent.sleep(0.0002)
    stop.set()
    for thread in threads:
        thread.result()
    push.send(b"end")
    reader.join(5)
    assert sorted(received + stolen) == sorted(b"%d" % i for i in range(300))


def test_a_hub_that_is_faster_than_who_tells_it(
    in_thread: Any, monkeypatch: Any
) -> None:
    """It may have done what it was told of before the teller goes on."""
    line = Line(mailbox_of(gevent.get_hub()))
    woken: list[Line] = []
    monkeypatch.setattr(Line, "wake", lambda line: woken.append(line))
    monkeypatch.setattr(line._loop, "call", lambda function: function() is None)
    for _ in range(3):
        in_thread(line.told).result()
    assert woken == [line] * 3


def test_closed_by_another_thread(
    make_socket: Any, spawn: Any, until_waiting: Any, in_thread: Any
) -> None:
    pull = make_socket(zmq.PULL)
    waiting = spawn(pull.recv)
    until_waiting(pull)
    in_thread(pull.close).result()
    with pytest.raises(zmq.ZMQError) as caught:
        waiting.get(timeout=5)
    assert caught.value.errno == zmq.ENOTSOCK


@pytest.mark.parametrize("destroyed", [False, True])
def test_a_thread_that_ends_while_its_greenlet_waits(
    context: Any, in_thread: Any, until_waiting: Any, destroyed: bool
) -> None:
    """Nobody is there to be woken; all the same the socket closes, the context ends."""
    pull = context.socket(zmq.PULL)

    def leave() -> None:
        gevent.spawn(pull.recv)
        until_waiting(pull)
        if destroyed:
            gevent.get_hub().destroy(destroy_loop=True)

    in_thread(leave).result()
    pull.close()
    with gevent.Timeout(5):
        context.term()
    assert context.closed
    collect()  # where references are not counted, only this ends the greenlet


@pytest.mark.parametrize("destroyed", [False, True])
def test_hubs_of_ended_threads_are_not_kept(
    make_socket: Any, in_thread: Any, destroyed: bool
) -> None:
    pull = make_socket(zmq.PULL)

    def look() -> None:
        pull.poll(1)
        if destroyed:
            gevent.get_hub().destroy(destroy_loop=True)

    for _ in range(10):
        in_thread(look).result()
    assert len(pull._channels) == 1


def test_threads_that_flood_each_other(socket_pair: Any, in_thread: Any) -> None:
    a, b = socket_pair(zmq.DEALER, zmq.DEALER, sndhwm=10, rcvhwm=10)

    def talk(socket: Any) -> list[int]:
        def send() -> None:
            for i in range(2000):
                socket.send(b"%d" % i)

        sending = gevent.spawn(send)
        received = [int(socket.recv()) for _ in range(2000)]
        sending.get()
        return received

    threads = [in_thread(talk, socket) for socket in (a, b)]
    for thread in threads:
        assert thread.result(20) == list(range(2000))


def test_hubs_are_made_one_at_a_time(
    socket_pair: Any, in_thread: Any, monkeypatch: Any
) -> None:
    """Two that gevent makes at once may break the main thread's, with libuv."""
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    both = threading.Barrier(2)
    met: list[int] = []

    class Loop(gevent.config.loop):  # type: ignore[misc]
        """One that waits a while for another to be made meanwhile."""

        def __init__(self, *args: Any, **options: Any) -> None:
            with suppress(threading.BrokenBarrierError):
                met.append(both.wait(0.2))
            super().__init__(*args, **options)

    monkeypatch.setattr(gevent.config, "loop", Loop)

    def receive() -> Any:
        message = pull.recv()
        gevent.get_hub().destroy()
        return message

    receiving = [in_thread(receive) for _ in range(2)]
    for _ in receiving:
        push.send(b"message")
    assert [receiver.result() for receiver in receiving] == [b"message"] * 2
    assert both.broken
    assert not met
