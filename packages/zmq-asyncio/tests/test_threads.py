"""Sockets that several threads have to do with, each with an event loop of its own."""

from __future__ import annotations

import asyncio
import gc
import queue
import threading
from collections.abc import Callable, Coroutine
from typing import Any

import zmq
import zmq.asyncio

LOOPS = 4


class WatchfulLoop(asyncio.SelectorEventLoop):
    """Takes down which threads change its descriptors."""

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.added: set[int] = set()
        super().__init__()

    def add_reader(self, fd: Any, callback: Any, *args: Any) -> None:
        self.threads.add(threading.get_ident())
        self.added.add(fd)
        super().add_reader(fd, callback, *args)

    def remove_reader(self, fd: Any) -> Any:
        self.threads.add(threading.get_ident())
        self.added.discard(fd)
        return super().remove_reader(fd)


class LoopThread:
    """A loop that runs in a thread."""

    def __init__(self) -> None:
        self.loop = WatchfulLoop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine there, and return what it does."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(20)

    def end(self) -> None:
        """Stop it; only its own thread has touched it."""
        self.run(asyncio.sleep(0))  # what others have asked it for is done before
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        assert not self.thread.is_alive()
        assert self.loop.threads <= {self.thread.ident}
        self.loop.close()


async def receive_late(sock: Any, wake: Callable[[], object]) -> Any:
    """Receive what comes only when the socket is waited for."""
    receiving = sock.recv()
    wake()
    return await asyncio.wait_for(receiving, 10)


def test_moved_while_the_other_loop_runs(pair: Any) -> None:
    """The loop that a socket has left forgets its descriptor, in its own thread."""
    push, pull = pair
    plain = zmq.Socket(push)
    threads = [LoopThread(), LoopThread()]
    for i in range(20):
        thread = threads[i % 2]

        def wake(data: bytes = b"%d" % i) -> None:
            plain.send(data)

        assert thread.run(receive_late(pull, wake)) == b"%d" % i
    for thread in threads:
        thread.run(asyncio.sleep(0))
    assert sum(len(thread.loop.added) for thread in threads) == 1
    pull.close()
    for thread in threads:
        thread.end()
        assert not thread.loop.added


def test_moved_from_a_loop_that_is_closed_meanwhile(pair: Any) -> None:
    """What it was asked for is done all the same: the socket can be closed."""
    push, pull = pair
    plain = zmq.Socket(push)
    threads = [LoopThread(), LoopThread()]
    assert threads[0].run(receive_late(pull, lambda: plain.send(b"0"))) == b"0"
    stopped = threads[0].loop

    async def stop() -> None:
        stopped.stop()
        # It ends with this turn; what comes from now on it never calls.
        moved = threading.Thread(
            target=threads[1].run,
            args=(receive_late(pull, lambda: plain.send(b"1")),),
        )
        moved.start()
        moved.join()

    asyncio.run_coroutine_threadsafe(stop(), stopped)
    threads[0].thread.join(20)
    stopped.close()
    pull.close()
    threads[1].end()
    # The context fixture waits for the socket to be closed for good.


def test_polled_in_a_loop_that_is_closed_meanwhile(pair: Any) -> None:
    """A poll that its loop cannot end any more does not keep the socket open."""
    _, pull = pair
    thread = LoopThread()
    poller = zmq.asyncio.Poller()
    poller.register(pull, zmq.POLLIN)
    polls = []

    async def poll_and_stop() -> None:
        polls.append(poller.poll())
        thread.loop.stop()
        # It ends with this turn: it never hears of this.
        closing = threading.Thread(target=pull.close)
        closing.start()
        closing.join()

    asyncio.run_coroutine_threadsafe(poll_and_stop(), thread.loop)
    thread.thread.join(20)
    assert not polls[0].done()
    thread.loop.close()
    # The context fixture waits for the socket to be closed for good.


def test_dropped_in_another_thread(context: Any, endpoint: Any) -> None:
    """Whatever thread collects it: its loop forgets the descriptor by itself."""
    thread = LoopThread()
    address = endpoint("tcp")

    async def leave() -> list[Any]:
        pull = context.socket(zmq.PULL)
        pull.bind(address)
        pull.recv().cancel()
        return [pull]

    left = thread.run(leave())
    assert thread.loop.added
    # It is dropped before it was closed, as programs do by mistake.
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        left.clear()
        gc.collect()
        thread.run(asyncio.sleep(0))
    assert not thread.loop.added
    thread.end()


def test_news_while_the_loop_looks(context: Any, in_thread: Any) -> None:
    """What another thread does just after the look at the events is not lost."""

    class Socket(zmq.asyncio.Socket):
        armed = False

        def get(self, option: int) -> Any:
            found = super().get(option)
            if option == zmq.EVENTS and self.armed:
                self.armed = False
                in_thread(other._unrecv, [b"x"]).result()
            return found

    async def main() -> Any:
        receiving = asyncio.ensure_future(sock.recv())
        await asyncio.sleep(0)
        sock.armed = True
        peer.connect(sock.last_endpoint)  # has the loop look
        return await asyncio.wait_for(receiving, 10)

    sock: Any = context.socket(zmq.PULL, socket_class=Socket)
    sock.bind("tcp://127.0.0.1:0")
    other = zmq.Socket(sock)
    peer = zmq.Context.shadow(context).socket(zmq.PUSH)
    assert asyncio.run(main()) == b"x"
    assert not sock.armed
    peer.close()
    sock.close()


def test_handed_from_loop_to_loop(context: Any, torture: int, in_thread: Any) -> None:
    """Sockets go around among loops of several threads; every message arrives once."""
    rounds = 40 * torture
    idle: queue.Queue[Any] = queue.Queue()
    received: list[list[bytes]] = [[] for _ in range(LOOPS)]
    plain = zmq.Context.shadow(context)
    senders = []
    for i in range(LOOPS):
        pull, push = context.socket(zmq.PULL), plain.socket(zmq.PUSH)
        pull.rcvhwm = push.sndhwm = 0
        pull.bind(f"inproc://handed-{i}")
        push.connect(f"inproc://handed-{i}")
        idle.put(pull)
        senders.append(push)

    async def work(mine: list[bytes]) -> None:
        while True:
            pull = await asyncio.get_running_loop().run_in_executor(None, idle.get)
            if pull is None:
                return
            for _ in range(3):
                mine.append(await asyncio.wait_for(pull.recv(), 20))
            if not mine[-1].endswith(b"end"):
                idle.put(pull)
            else:
                pull.close()

    def send(number: int) -> None:
        for i in range(3 * rounds - 1):
            senders[number].send(b"%d-%d" % (number, i))
        senders[number].send(b"%d-end" % number)

    workers = [in_thread(asyncio.run, work(mine)) for mine in received]
    for i in range(LOOPS):
        in_thread(send, i)
    total = LOOPS * 3 * rounds
    deadline = threading.Event()
    for _ in range(6000):
        if sum(map(len, received)) == total:
            break
        assert any(worker.alive for worker in workers)
        deadline.wait(0.01)
    for _ in range(LOOPS):
        idle.put(None)
    for worker in workers:
        worker.result(20)
    assert sorted(m for mine in received for m in mine) == sorted(
        [b"%d-%d" % (i, n) for i in range(LOOPS) for n in range(3 * rounds - 1)]
        + [b"%d-end" % i for i in range(LOOPS)]
    )
    for push in senders:
        push.close()
