"""A signal in the middle of a message: it stays whole, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fixtures.processes import run_python

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="preloads a library"),
    pytest.mark.skipif(shutil.which("cc") is None, reason="needs a C compiler"),
]

COMMON = """
    import ctypes, itertools, signal, zmq

    every = ctypes.CDLL(None).eintr_every
    FRAMES = 3002
    interrupted = 0

    class Interrupted(BaseException):
        pass

    def handler(*args):
        global interrupted
        interrupted += 1
        raise Interrupted

    signal.signal(signal.SIGUSR1, handler)

    def message(number, n=FRAMES):
        return [b"%d %d" % (number, i) for i in range(n)]

    def insist(function, *args, **kwargs):
        # until it is not interrupted
        while True:
            try:
                return function(*args, **kwargs)
            except Interrupted:
                pass

    context = zmq.Context()
    context.max_sockets = 1000
    numbers = itertools.count()

    def pair():
        a, b = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        a.sndhwm = b.rcvhwm = 0
        a.bind(f"inproc://{next(numbers)}")
        b.connect(a.last_endpoint)
        return a, b

    def prepared(parts=None):
        # libzmq polls at every 100th frame, until it was interrupted once
        for n in range(2, 60, 6):
            a, b = pair()
            sent = [message(i) if parts is None else parts for i in range(3)]
            for one in sent:
                a.send_multipart(one)
            assert b.poll(5000)
            before = interrupted
            every(n)
            yield b, sent
            every(0)
            assert interrupted > before
            assert not b.poll(0)
"""


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory):
    """Run code in which system calls are interrupted by `every(n)`."""
    library = tmp_path_factory.mktemp("eintr") / "eintr.so"
    source = Path(__file__).with_name("eintr.c")
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"],
        check=True,
    )

    # After what a sanitizer wants to be first.
    preloaded = f"{os.environ.get('LD_PRELOAD', '')} {library}".strip()

    def run(code: str) -> str:
        return run_python(COMMON + code, env={"LD_PRELOAD": preloaded}).stdout

    return run


@pytest.mark.parametrize("copy", [True, False])
def test_recv_multipart(interrupted, copy):
    interrupted(
        f"""
    for b, sent in prepared():
        for parts in sent:
            got = insist(b.recv_multipart, copy={copy})
            assert [bytes(f) for f in got] == parts
    """
    )


def test_recv_many(interrupted):
    interrupted(
        """
    for b, sent in prepared():
        got = []
        while len(got) < 3:
            got += insist(b.recv_many, 3)
        assert got == sent
    """
    )


ERRORS = ["BaseException", "zmq.Again", "zmq.ZMQError", "MemoryError", "TypeError"]


@pytest.mark.parametrize("error", ERRORS)
def test_recv_many_raises_what_the_handler_does(interrupted, error):
    """Also what looks like an error of its own; nothing is lost by that."""
    interrupted(
        f"""
    class Interrupted({error}):
        pass

    raised = 0
    for b, sent in prepared():
        b._unrecv_in_order([b"first"], 1)
        b._unrecv_in_order([b"second"], 2)
        got = []
        while len(got) < 5:
            try:
                got += b.recv_many(5)
            except Interrupted:
                raised += 1
        assert got == [[b"first"], [b"second"], *sent]
    assert raised == interrupted
    """
    )


@pytest.mark.parametrize("error", ERRORS)
def test_send_many_raises_what_the_handler_does(interrupted, error):
    """The messages before have been sent, whole, and no other has."""
    interrupted(
        f"""
    class Interrupted({error}):
        pass

    a, b = pair()
    burst = [message(i, 10) for i in range(3000)]
    raised = 0
    for _ in range(10):
        sent = None
        every(2)
        try:
            sent = a.send_many(burst)
        except Interrupted:
            raised += 1
        every(0)
        got = []
        while b.poll(0):
            got += b.recv_many(len(burst))
        assert got == burst[: len(got)]
        assert sent in (None, len(got))
    assert raised == interrupted
    assert raised
    """
    )


@pytest.mark.parametrize("error", ERRORS)
def test_a_handler_while_others_are_told(interrupted, error):
    """The message has been sent by then, and is not sent twice."""
    interrupted(
        f"""
    class Interrupted({error}):
        pass

    import time

    a, b = pair()
    a._watch(int, zmq.POLLOUT)
    raised = 0
    for i in range(100):
        time.sleep(0.001)  # libzmq looks into its mailbox once in each
        every(2)  # the second one is for those who are told
        try:
            a.send(b"%d" % i)
        except Interrupted:
            raised += 1
        every(0)
    assert raised == interrupted
    assert raised
    got = [int(m[0]) for m in b.recv_many(100)]
    assert got == list(range(100))
    """
    )


def test_frame_by_frame(interrupted):
    interrupted(
        """
    buffer = bytearray(20)
    for b, sent in prepared():
        for parts in sent:
            for i, frame in enumerate(parts):
                if i % 2:
                    got = insist(b.recv)
                else:
                    got = buffer[: insist(b.recv_into, buffer)]
                assert got == frame, i
                assert b.rcvmore == (i < FRAMES - 1)
    """
    )


def test_large_frames(interrupted):
    interrupted(
        """
    for b, sent in prepared([b"1" * 300_000, *message(0), b"2" * 300_000]):
        for parts in sent:
            assert insist(b.recv_multipart) == parts
    """
    )


@pytest.mark.parametrize("sending", ["send_multipart(parts)", "send_many([parts])"])
def test_send(interrupted, sending):
    # Whoever is interrupted cannot tell whether the message was sent; if so, all of it.
    interrupted(
        f"""
    a, b = pair()
    every(2)
    N = 30_000  # it takes some milliseconds: libzmq looks into its mailbox once in each
    certain = set()
    for number in range(15):
        parts = message(number, N)
        try:
            a.{sending}
            certain.add(number)
        except Interrupted:
            pass
    every(0)
    assert interrupted > 5
    numbers = []
    while b.poll(0):
        got = b.recv_multipart()
        numbers.append(int(got[0].split()[0]))
        assert got == message(numbers[-1], N)
    assert numbers == sorted(set(numbers))
    assert certain <= set(numbers)
    """
    )


def test_send_by_hand(interrupted):
    interrupted(
        """
    def handler(*args):
        global interrupted
        interrupted += 1

    signal.signal(signal.SIGUSR1, handler)
    a, b = pair()
    N = 30_000
    every(2)
    for number in range(5):
        *first, last = message(number, N)
        for frame in first:
            a.send(frame, zmq.SNDMORE)
        a.send(last)
    every(0)
    for number in range(5):
        assert b.recv_multipart() == message(number, N)
    assert interrupted
    """
    )


def test_proxy(interrupted):
    interrupted(
        """
    from threading import Thread

    def receive(d, loop, got):
        for _ in range(3):
            got.append(d.recv_multipart())
        loop.stop()

    ends = [pair() for _ in range(10)]
    for b, sent in prepared():
        c, d = ends.pop()
        loop, got = zmq.backend.ProxyLoop(b, c), []
        receiver = Thread(target=receive, args=(d, loop, got))
        receiver.start()
        insist(loop.run)
        receiver.join()
        assert got == sent
    """
    )


def test_monitor(interrupted):
    interrupted(
        """
    server = context.socket(zmq.PULL)
    monitor = server.get_monitor_socket(zmq.EVENT_LISTENING)
    addresses = []
    for i in range(150):
        server.bind("tcp://127.0.0.1:0")
        addresses.append(server.last_endpoint.rstrip(bytes(1)))
    every(1)
    for address in addresses:
        event, endpoint = insist(monitor.recv_multipart)
        assert int.from_bytes(event[:2], "little") == zmq.EVENT_LISTENING
        assert endpoint == address
    every(0)
    assert interrupted
    """
    )
