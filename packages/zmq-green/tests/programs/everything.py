"""All that blocks, in one program: `everything.py none|before|after|late`.

The argument says when gevent patches the standard library: never, before zmq is
imported, after that, or after sockets have been made.
"""

from __future__ import annotations

import sys

when = sys.argv[1]

from gevent import monkey  # noqa: E402

if when == "before":
    monkey.patch_all()

import threading  # noqa: E402
import time  # noqa: E402

import gevent  # noqa: E402

import zmq.green as zmq  # noqa: E402

if when == "after":
    monkey.patch_all()


def main() -> None:
    context = zmq.Context()
    a, b = context.socket(zmq.DEALER), context.socket(zmq.DEALER)
    port = a.bind_to_random_port("tcp://127.0.0.1")
    b.connect(f"tcp://127.0.0.1:{port}")
    if when == "late":
        monkey.patch_all()
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        while True:
            gevent.sleep(0.001)
            ticks += 1

    ticking = gevent.spawn(tick)
    gevent.sleep(0.005)

    def beside(function: object, *args: object) -> object:
        """Call it in a greenlet; others must have run before it ends."""
        before = ticks
        outcome = []

        def run() -> None:
            # what a greenlet raises is printed as well
            try:
                outcome.append(function(*args))  # type: ignore[operator]
            except zmq.ZMQError as error:
                outcome.append(error)

        gevent.spawn(run).join(timeout=10)
        result = outcome[0]
        assert ticks > before, f"{function} blocked the thread"
        return result

    def later(*args: object) -> None:
        gevent.spawn_later(0.01, *args)  # type: ignore[arg-type]

    later(a.send, b"1")
    assert beside(b.recv) == b"1"
    later(a.send_multipart, [b"1", b"2"])
    assert beside(b.recv_multipart) == [b"1", b"2"]
    later(a.send_json, [3])
    assert beside(b.recv_json) == [3]
    later(a.send, b"4")
    assert beside(b.poll) == zmq.POLLIN
    poller = zmq.Poller()
    poller.register(b, zmq.POLLIN)
    assert b.recv() == b"4"
    later(a.send, b"5")
    assert beside(poller.poll) == [(b, zmq.POLLIN)]
    assert zmq.select([b], [a], []) == ([b], [a], [])
    assert b.recv() == b"5"
    b.rcvtimeo = 10
    assert isinstance(beside(b.recv), zmq.Again)
    b.rcvtimeo = -1
    data = bytearray(200_000)
    tracker = a.send(data, copy=False, track=True)
    assert tracker is not None
    later(b.recv)
    tracker.wait(10)

    front, back, control, pilot = (context.socket(zmq.PAIR) for _ in range(4))
    one, two = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    for i, (here, there) in enumerate(((front, one), (back, two), (control, pilot))):
        here.bind(f"inproc://{i}")
        there.connect(f"inproc://{i}")
    later(one.send, b"6")
    later(pilot.send, b"TERMINATE")
    beside(zmq.proxy_steerable, front, back, None, control)
    proxying = gevent.spawn(zmq.proxy, front, back)
    two.send(b"7")
    assert one.recv() == b"7"
    proxying.kill()

    # Python's own threads: real ones, or greenlets in their place
    receiving = []
    thread = threading.Thread(target=lambda: receiving.append(b.recv()))
    thread.start()
    time.sleep(0.01)
    a.send(b"8")
    thread.join(10)
    assert receiving == [b"8"]

    monitor = a.get_monitor_socket()
    later(b.close)
    beside(monitor.recv_multipart)
    monitor.close()
    waiting = gevent.spawn(a.recv)
    gevent.sleep(0.001)
    waiting.kill()
    for socket in (a, b, front, back, control, pilot, one):
        socket.close(linger=0)
    later(two.close)
    beside(context.term)
    ticking.kill()
    print("done")


main()
