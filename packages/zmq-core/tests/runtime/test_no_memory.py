"""A received message that there is no memory for stays the first to be received."""

from __future__ import annotations

import sys
import sysconfig

import pytest

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="limits its memory"),
    pytest.mark.skipif(
        bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        reason="its allocator reserves addresses ahead: the limit is not met",
    ),
]

COMMON = """
    import resource, zmq

    SIZE = 300_000_000
    context = zmq.Context()
    a, b = context.socket(zmq.PUSH), context.socket(zmq.PULL)
    a.bind("inproc://memory")
    b.connect("inproc://memory")
    big = bytearray(SIZE)

    def limit(more):
        # bytes that may be allocated from here on
        with open("/proc/self/statm") as statm:
            now = int(statm.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + more, resource.RLIM_INFINITY))

    def fails(function, *args, **kwargs):
        limit(SIZE // 4)
        for _ in range(3):
            try:
                function(*args, **kwargs)
            except MemoryError:
                continue
            raise SystemExit("there was memory enough")
        assert b.poll(0)
        limit(4 * SIZE)

    def same(got, expected):
        assert len(got) == len(expected)
        for one, other in zip(got, expected):
            assert len(one) == len(other) and memoryview(one)[:9] == other[:9]
"""

SEND = """
    a.send(big, copy=False)
    a.send_multipart([b"1", big, b"3"], copy=False)
    a.send(b"last")
"""


@pytest.fixture
def limited(run_python):
    """Run code that can limit its memory."""
    return lambda code: run_python(COMMON + SEND + code)


def test_recv(limited):
    limited(
        """
    fails(b.recv)
    same([b.recv()], [big])
    assert b.recv() == b"1"
    fails(b.recv)
    assert b.rcvmore
    same([b.recv()], [big])
    assert b.rcvmore
    assert b.recv() == b"3"
    assert not b.rcvmore
    assert b.recv() == b"last"
    """
    )


def test_recv_multipart(limited):
    limited(
        """
    fails(b.recv_multipart)
    same(b.recv_multipart(), [big])
    fails(b.recv_multipart)
    same(b.recv_multipart(), [b"1", big, b"3"])
    assert b.recv_multipart() == [b"last"]
    """
    )


def test_the_rest_of_a_message(limited):
    limited(
        """
    fails(b.recv_multipart)
    b.recv()
    assert b.recv() == b"1"
    fails(b.recv_multipart)
    same(b.recv_multipart(), [big, b"3"])
    assert b.recv_multipart() == [b"last"]
    """
    )


def test_recv_many_delivers_those_before(run_python):
    run_python(
        COMMON
        + """
    a.send(b"1")
    a.send(b"2")
    a.send(big, copy=False)
    a.send(b"4")
    limit(SIZE // 4)
    assert b.recv_many(10) == [[b"1"], [b"2"]]
    fails(b.recv_many, 10)
    one, other = b.recv_many(10)
    same(one, [big])
    assert other == [b"4"]
    """
    )


def test_what_needs_no_memory_succeeds(limited):
    limited(
        """
    fails(b.recv)
    buffer = bytearray(SIZE)
    limit(SIZE // 4)
    assert len(b.recv(copy=False)) == SIZE
    same(b.recv_multipart(copy=False), [b"1", big, b"3"])
    assert b.recv_into(buffer) == 4
    """
    )
