"""What a fork may do with its parent's sockets: nothing; `forking.py scenario`."""

from __future__ import annotations

import copy
import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from common import TIMEOUT, open_fds, system_threads, until

import zmq


def in_child(function: Callable[[], object], leave: str = "_exit") -> None:
    """Run a function in a fork, and raise when it fails or ends by a signal."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        signal.alarm(15)
        status = 1
        try:
            function()
            status = 0
        except BaseException:
            traceback.print_exc()
        if leave == "_exit" or status:
            os._exit(status)
        sys.exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status:
        raise SystemExit(f"the child ended with status {status}")


def refuses(call: Callable[[], object]) -> None:
    """Expect a ZMQError that tells of the fork and names both processes."""
    try:
        call()
    except zmq.ZMQError as error:
        text = str(error)
        assert "fork" in text, text
        assert str(os.getpid()) in text, text
        assert str(os.getppid()) in text, text
    else:
        raise AssertionError("the child could use what is its parent's")


class Pair:
    """Two connected sockets, which must go on working whatever the child does."""

    def __init__(self, transport: str = "tcp") -> None:
        self.context = zmq.Context()
        self.one = self.context.socket(zmq.PAIR)
        self.other = self.context.socket(zmq.PAIR)
        for socket in (self.one, self.other):
            socket.rcvtimeo = socket.sndtimeo = 5000
        address = "tcp://127.0.0.1:0" if transport == "tcp" else "inproc://pair"
        self.one.bind(address)
        self.other.connect(self.one.last_endpoint)
        self.works()

    def works(self) -> None:
        for one, other in ((self.one, self.other), (self.other, self.one)):
            one.send_multipart([b"question", b"x" * 100_000], copy=False)
            assert other.recv_multipart() == [b"question", b"x" * 100_000]

    def end(self) -> None:
        self.works()
        self.one.close()
        self.other.close()
        self.context.term()


def use_everything(pair: Pair) -> None:
    s: Any = pair.one
    poller = zmq.Poller()
    poller.register(s)
    for call in (
        lambda: s.send(b"x"),
        lambda: s.send(b"x" * 100_000, copy=False),
        lambda: s.send_multipart([b"x"]),
        lambda: s.send(b"x", zmq.DONTWAIT),
        lambda: s.recv(),
        lambda: s.recv(zmq.DONTWAIT),
        lambda: s.recv_multipart(),
        lambda: s.recv_into(bytearray(5)),
        lambda: s.poll(0),
        lambda: poller.poll(0),
        lambda: zmq.select([s], [], [], 0),
        lambda: s.get(zmq.LINGER),
        lambda: s.set(zmq.LINGER, 0),
        lambda: s.linger,
        lambda: setattr(s, "linger", 0),
        lambda: s.events,
        lambda: s.fileno(),
        lambda: s.bind("inproc://child"),
        lambda: s.connect("inproc://child"),
        lambda: s.unbind("inproc://child"),
        lambda: s.disconnect("inproc://child"),
        lambda: s.monitor("inproc://monitor"),
        lambda: s.get_monitor_socket(),
        lambda: zmq.Socket.shadow(s).send(b"x"),
        lambda: zmq.proxy(s, pair.other),
        lambda: pair.context.socket(zmq.PUSH),
        lambda: zmq.Socket(pair.context, zmq.PUSH),
        lambda: pair.context.get(zmq.IO_THREADS),
        lambda: pair.context.set(zmq.IO_THREADS, 2),
        lambda: pair.context.max_sockets,
    ):
        refuses(call)


def using() -> None:
    pair = Pair()
    in_child(lambda: use_everything(pair))
    pair.end()


def close_all(pair: Pair) -> None:
    pair.one.close(linger=0)
    pair.other.close()
    assert pair.one.closed
    pair.context.term()
    assert pair.context.closed


def closing() -> None:
    pair = Pair()
    in_child(lambda: close_all(pair))
    pair.works()
    in_child(lambda: pair.context.destroy(linger=0))
    pair.works()
    in_child(lambda: pair.context.term())
    pair.end()


def collecting() -> None:
    pair = Pair()

    def forget() -> None:
        pair.one = pair.other = pair.context = None
        gc.collect()

    in_child(forget)
    pair.works()

    def clear() -> None:
        pair.__dict__.clear()
        gc.collect()

    in_child(clear, "exit")
    pair.works()
    in_child(lambda: None, "exit")
    pair.works()
    in_child(lambda: None, "_exit")
    pair.end()


def own_context() -> None:
    """The child makes its own, while the parent's is about, and after closing that."""
    pair = Pair()

    def child(first: Callable[[], object]) -> None:
        first()
        Pair().end()
        Pair("inproc").end()

    in_child(lambda: child(lambda: None))
    in_child(lambda: child(lambda: close_all(pair)), "exit")
    pair.works()

    def grandchild() -> None:
        own = Pair()
        in_child(lambda: (use_everything(own), Pair().end()))
        refuses(pair.one.recv)
        own.end()

    in_child(grandchild)
    pair.end()


def instance() -> None:
    context = zmq.Context.instance()
    socket = context.socket(zmq.PUSH)

    def child() -> None:
        own = zmq.Context.instance()
        assert own is not context
        assert zmq.Context.instance() is own
        own.socket(zmq.PUSH).close()
        refuses(lambda: context.socket(zmq.PUSH))
        own.term()

    in_child(child)
    in_child(child, "exit")
    assert zmq.Context.instance() is context
    socket.close()
    context.term()


def blocked_threads() -> None:
    """Fork while threads wait in recv, send, poll and term."""
    pair = Pair()
    full = pair.context.socket(zmq.PUSH)
    full.linger = 0
    full.sndhwm = 1
    full.connect("tcp://127.0.0.1:9")
    full.send(b"x")
    pair.one.rcvtimeo = -1
    got: list[bytes] = []
    ended: list[int | None] = []

    def wait(call: Callable[[], Any]) -> None:
        try:
            got.append(call())
        except zmq.ZMQError as error:
            ended.append(error.errno)

    ids: list[int] = []

    def note_and_wait(call: Callable[[], Any]) -> None:
        ids.append(threading.get_native_id())
        wait(call)

    calls = [pair.one.recv, pair.one.recv, lambda: full.send(b"y"), full.poll]
    threads = [
        threading.Thread(target=note_and_wait, args=[call], daemon=True)
        for call in calls
    ]
    for thread in threads:
        thread.start()
    until(lambda: len(ids) == 4, "the start of the threads")

    def child() -> None:
        refuses(lambda: pair.one.send(b"x"))
        refuses(lambda: full.send(b"x"))
        close_all(pair)
        full.close()
        Pair().end()

    for leave in ("_exit", "exit"):
        in_child(child, leave)
    pair.other.send(b"1")
    pair.other.send(b"2")
    until(lambda: sorted(got) == [b"1", b"2"], "what the blocked threads wait for")
    full.close()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert ended == [zmq.ENOTSOCK] * 2
    pair.one.rcvtimeo = 5000
    pair.end()


def work_in_pool(number: int) -> tuple[int, bool]:
    with zmq.Context() as context, context.socket(zmq.PUSH) as push:
        push.linger = 0
        return number, not push.closed


def pools() -> None:
    """The fork start method of multiprocessing, with sockets open and closed again."""
    pair = Pair()
    method = multiprocessing.get_context("fork")
    with method.Pool(2) as pool:
        assert pool.map(work_in_pool, range(6)) == [(i, True) for i in range(6)]
    pair.works()
    process = method.Process(target=use_everything, args=(pair,))
    # the process is a child of this one, and its parent is named
    process.start()
    process.join(20)
    assert process.exitcode == 0, process.exitcode
    process = method.Process(target=close_all, args=(pair,))
    process.start()
    process.join(20)
    assert process.exitcode == 0, process.exitcode
    pair.end()


def messages_on_the_way() -> None:
    """Lent buffers, frames and trackers of the parent are harmless in the child."""
    pair = Pair()
    data = bytearray(200_000)
    tracker = pair.one.send(data, copy=False, track=True)
    frame = zmq.Frame(bytearray(b"x" * 100_000), copy=False, track=True)
    pair.one.send(frame, copy=False)

    def child() -> None:
        with suppress(zmq.NotDone):
            tracker.wait(0.01)
        assert frame.bytes == b"x" * 100_000
        again = copy.copy(frame)
        del again
        gc.collect()
        Pair().end()

    in_child(child)
    in_child(child, "exit")
    assert pair.other.recv() == bytes(200_000)
    assert pair.other.recv() == b"x" * 100_000
    tracker.wait(5)
    pair.end()


def storm() -> None:
    """Many forks while threads send and receive at full speed."""
    pair = Pair()
    stop = threading.Event()
    counts = [0, 0]

    def send() -> None:
        while not stop.is_set():
            pair.one.send_multipart([b"x", b"y" * 70_000], copy=False)
            counts[0] += 1
        pair.one.send(b"end")

    def receive() -> None:
        while pair.other.recv_multipart() != [b"end"]:
            counts[1] += 1

    threads = [threading.Thread(target=f, daemon=True) for f in (send, receive)]
    for thread in threads:
        thread.start()

    def child() -> None:
        refuses(lambda: pair.one.send(b"x"))
        Pair("inproc").end()

    for i in range(int(sys.argv[2]) if len(sys.argv) > 2 else 10):
        in_child(child, "exit" if i % 2 else "_exit")
    stop.set()
    for thread in threads:
        thread.join(10)
        assert not thread.is_alive()
    assert counts[0] == counts[1] > 0
    pair.end()


OWN_PAIRS = 3


def descriptors() -> None:
    """Neither side leaks, and the child gets no thread of libzmq's."""
    without = system_threads()
    Pair().end()
    before = open_fds()
    pair = Pair()

    def child() -> None:
        assert system_threads() == 1
        close_all(pair)
        # its own context takes descriptors and gives them all back; what a wait is
        # woken by is kept for the next one, which may be the first that has to wait
        Pair().end()
        own_before = open_fds()
        for _ in range(OWN_PAIRS):
            Pair().end()
        until(lambda: open_fds() < own_before + OWN_PAIRS, "the child's descriptors")

    in_child(child)
    pair.end()
    until(lambda: open_fds() == before, "the parent's descriptors")
    until(lambda: system_threads() <= without, "the end of libzmq's threads")


SCENARIOS = {
    f.__name__: f
    for f in (
        using,
        closing,
        collecting,
        own_context,
        instance,
        blocked_threads,
        pools,
        messages_on_the_way,
        storm,
        descriptors,
    )
}

if __name__ == "__main__":
    # The thread of this watchdog does not exist in forks, whose exit waits for it.
    faulthandler.cancel_dump_traceback_later()
    faulthandler.register(signal.SIGALRM, all_threads=True, chain=True)
    signal.alarm(TIMEOUT)
    SCENARIOS[sys.argv[1]]()
