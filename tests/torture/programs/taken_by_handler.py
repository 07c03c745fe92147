"""A handler takes away what its thread waits for: `taken_by_handler.py call rounds`.

The wait underneath a signal handler has to end with an error within a second, without
a touch of what is gone; a child that the handler forks gets an error, and the parent
waits on.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import common
from closing import WAITS, is_asleep
from common import GONE

import zmq

Socket = Any
LIMIT = 1.0


class Context(zmq.Context[Any]):
    """A context that keeps its sockets, so that a handler can close them."""

    made: list[Socket] = []  # noqa: RUF012 -- one per instance

    def __init__(self) -> None:
        super().__init__()
        self.made = []

    def socket(self, *args: Any, **kwargs: Any) -> Any:
        made = super().socket(*args, **kwargs)
        self.made.append(made)
        return made


def close_all(context: Context) -> None:
    for socket in context.made:
        socket.close(linger=0)


def close_and_term(context: Context) -> None:
    close_all(context)
    context.term()
    assert context.closed


def destroy(context: Context) -> None:
    context.destroy(linger=0)
    assert context.closed


def in_finalizer(context: Context) -> None:
    class Closing:
        def __del__(self) -> None:
            close_and_term(context)

    Closing()
    if sys.implementation.name == "pypy":
        gc.collect()  # references are not counted there


def beside_others(context: Context) -> None:
    """Close what another thread waits for, too."""
    ends: list[int | None] = []
    native_ids: list[int] = []

    def wait(socket: Socket) -> None:
        native_ids.append(threading.get_native_id())
        try:
            socket.poll(None, 0)
        except zmq.ZMQError as error:
            ends.append(error.errno)

    # What a proxy uses nobody else can wait for.
    waited = [s for s in context.made if not is_taken(s)]
    threads = [threading.Thread(target=wait, args=[s], daemon=True) for s in waited]
    for thread in threads:
        thread.start()
    common.until(lambda: len(native_ids) == len(threads), "the start of threads")
    common.until(lambda: is_asleep(*native_ids), "the threads waiting")
    close_and_term(context)
    for thread in threads:
        thread.join(10)
    assert len(ends) == len(threads)


def is_taken(socket: Socket) -> bool:
    try:
        socket.get(zmq.TYPE)
    except zmq.ZMQError:
        return True
    return False


child = False


def fork(context: Context) -> None:
    """Have a child return into the wait; then take everything away in the parent."""
    global child
    pid = os.fork()
    if not pid:
        child = True
        signal.alarm(5)  # the thread that limits the parent does not exist here
        return
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, status
    # What wakes the parent must still wake it, and nobody else.
    thread = threading.Thread(target=destroy, args=[context], daemon=True)
    thread.start()


ACTS = {
    act.__name__: act
    for act in (close_all, close_and_term, destroy, in_finalizer, beside_others, fork)
}


def wait_in_term(socket: Socket) -> object:
    socket.context.term()  # the handler has ended it, or it ends itself
    raise zmq.ContextTerminated


def wait_for_monitor(socket: Socket) -> object:
    from zmq.utils.monitor import recv_monitor_message

    monitor = socket.get_monitor_socket()
    while True:
        # The end of the monitored socket may be told before the monitor is closed.
        event = recv_monitor_message(monitor)
        assert event["event"] == zmq.Event.MONITOR_STOPPED, event


def wait_for_capture(socket: Socket) -> object:
    context = socket.context
    frontend, backend, capture = map(context.socket, (zmq.PULL, zmq.PUSH, zmq.PUSH))
    sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    frontend.bind("inproc://front")
    sender.connect("inproc://front")
    backend.bind("inproc://back")
    receiver.connect("inproc://back")
    for _ in range(100):
        sender.send(b"x")
    return zmq.proxy(frontend, backend, capture)


def plain(context: Any) -> Socket:
    return context.socket(zmq.DEALER)


ALL = {
    **WAITS,
    "term": (plain, wait_in_term),
    "monitor": (plain, wait_for_monitor),
    "capture": (plain, wait_for_capture),
}


def one_round(call: str, act: Callable[[Context], None]) -> None:
    context = Context()
    make, wait = ALL[call]
    socket = make(context)
    main = threading.main_thread().ident
    native_id = threading.get_native_id()
    handled: list[float] = []

    def handler(*_: object) -> None:
        handled.append(time.monotonic())
        act(context)

    def interrupt() -> None:
        common.until(lambda: is_asleep(native_id), "the main thread waiting")
        time.sleep(0.005)
        assert main is not None
        signal.pthread_kill(main, signal.SIGUSR1)

    signal.signal(signal.SIGUSR1, handler)
    thread = threading.Thread(target=interrupt, daemon=True)
    thread.start()
    try:
        wait(socket)
    except zmq.ZMQError as error:
        errno: int | None = error.errno
    else:
        errno = None
    if child:
        os._exit(0 if errno == zmq.ENOTSOCK or call == "term" else 1)
    late = time.monotonic() - handled[0]
    assert errno in GONE, (call, act.__name__, errno)
    assert late < LIMIT, f"{call}, {act.__name__}: ended {late} s late"
    thread.join()
    context.destroy(linger=0)
    for made in context.made:
        made.close()


def main(call: str, rounds: int) -> None:
    for _ in range(rounds):
        for act in ACTS.values():
            one_round(call, act)
    print("done")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
