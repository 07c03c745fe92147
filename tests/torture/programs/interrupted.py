"""Wait in one call until a signal comes: `interrupted.py call`.

Says "waiting" before it waits, and afterwards when KeyboardInterrupt came, on the
clock that all processes share; then shows that the sockets can still be used.

With `aside` as well the signal goes to another thread, which sends it to itself when
a line is written to the program.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from closing import WAITS, full_sender, quiet_receiver
from common import until

import zmq

Socket = Any
left_behind: list[Any] = []


def usable(socket: Socket) -> None:
    """Move a message through a socket that was interrupted while it waited."""
    if socket.type == zmq.PUSH:
        with socket.context.socket(zmq.PULL) as pull:
            pull.bind("inproc://usable")
            socket.connect("inproc://usable")
            assert pull.poll(0) == 0
            socket.send(b"after")
            assert pull.poll(5000)
            assert pull.recv() in (b"after", b"x")
            socket.disconnect("inproc://usable")
    else:
        with socket.context.socket(zmq.PUSH) as push:
            push.connect(socket.last_endpoint)
            push.send(b"after")
            assert socket.poll(5000)
            assert socket.recv() == b"after"


def call_term(context: Any) -> None:
    """Terminate a context whose socket is still open."""
    socket = context.socket(zmq.PAIR)
    announce_interrupt(context.term)
    assert not context.closed
    socket.close()


def call_destroy(_: Any) -> None:
    """Destroy a context that waits for a message nobody takes."""
    own = zmq.Context()
    left_behind.append(own)  # collecting it would wait once more
    push = own.socket(zmq.PUSH)
    push.connect("tcp://127.0.0.1:9")
    push.send(b"x")
    announce_interrupt(own.destroy)
    assert push.closed
    assert not own.closed


def call_tracker(context: Any) -> None:
    push = context.socket(zmq.PUSH)
    push.linger = 0
    push.connect("tcp://127.0.0.1:9")
    tracker = push.send(b"x" * 99_999, copy=False, track=True)
    announce_interrupt(tracker.wait)
    assert not tracker.done
    push.close()


def call_monitor(context: Any) -> None:
    from zmq.utils.monitor import recv_monitor_message

    socket = context.socket(zmq.PAIR)
    monitor = socket.get_monitor_socket()
    announce_interrupt(lambda: recv_monitor_message(monitor))
    socket.disable_monitor()
    monitor.close()
    socket.close()


def call_beside_busy_thread(context: Any) -> None:
    """Wait in recv while another thread wants the interpreter all the time."""
    stop = threading.Event()

    def spin() -> None:
        while not stop.is_set():
            sum(range(100))

    busy = threading.Thread(target=spin)
    busy.start()
    socket = quiet_receiver(context)
    try:
        announce_interrupt(socket.recv)
    finally:
        stop.set()
        busy.join()
    usable(socket)
    socket.close()


def call_beside_waiting_threads(context: Any) -> None:
    """Wait in recv beside threads that wait for the same socket."""
    socket = quiet_receiver(context)
    done = []

    def wait() -> None:
        try:
            socket.recv()
        except zmq.ZMQError:
            done.append(1)

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    announce_interrupt(socket.recv)
    socket.close()
    until(lambda: len(done) == 3, "the end of the threads")


def call_capture(context: Any) -> None:
    """Run a proxy that has more to pass on than its capture takes."""
    frontend, backend, capture = (
        context.socket(kind) for kind in (zmq.PULL, zmq.PUSH, zmq.PUSH)
    )
    sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    for socket, peer, address in (
        (frontend, sender, "inproc://front"),
        (backend, receiver, "inproc://back"),
    ):
        socket.bind(address)
        peer.connect(address)
    for i in range(100):
        sender.send(b"%d" % i)
    announce_interrupt(lambda: zmq.proxy(frontend, backend, capture))
    for i in range(100):  # what was not passed on is still there
        received = receiver if receiver.poll(0) else frontend
        assert received.recv() == b"%d" % i
    for socket in (frontend, backend, capture, sender, receiver):
        socket.close()


OTHERS = {
    "capture": call_capture,
    "term": call_term,
    "destroy": call_destroy,
    "tracker": call_tracker,
    "monitor": call_monitor,
    "busy_thread": call_beside_busy_thread,
    "waiting_threads": call_beside_waiting_threads,
}


def interrupt_aside() -> None:
    sys.stdin.readline()
    signal.pthread_kill(threading.get_ident(), signal.SIGINT)


def announce_interrupt(call: Callable[[], object]) -> None:
    if "aside" in sys.argv:
        threading.Thread(target=interrupt_aside).start()
    print("waiting", flush=True)
    try:
        call()
    except KeyboardInterrupt:
        print("interrupted", time.monotonic(), flush=True)
    else:
        raise SystemExit("the wait ended by itself")


def main(name: str) -> None:
    context = zmq.Context()
    if name in OTHERS:
        OTHERS[name](context)
    else:
        make, wait = WAITS[name]
        socket = make(context)
        announce_interrupt(lambda: wait(socket))
        usable(socket)
        socket.close()
    context.destroy(linger=0)
    print("usable", flush=True)


if __name__ == "__main__":
    assert full_sender
    main(sys.argv[1])
