"""Integers of other types, such as numpy's, where an int is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import zmq


class Integer:
    """One that is no int."""

    def __init__(self, value: int) -> None:
        self._value = value

    def __index__(self) -> int:
        return int(self._value)


def numpys(value: int) -> Any:
    return pytest.importorskip("numpy").int64(value)


@pytest.fixture(params=[Integer, numpys])
def make(request: pytest.FixtureRequest) -> Callable[[int], Any]:
    """Makes such an integer."""
    return request.param  # type: ignore[no-any-return]


def test_of_contexts_and_sockets(make: Any) -> None:
    with zmq.Context(make(2)) as context:
        assert context.get(make(zmq.IO_THREADS)) == 2
        with context.socket(make(zmq.PULL)) as sock:
            assert sock.type == zmq.PULL
            sock.set(make(zmq.LINGER), 5)
            assert sock.get(make(zmq.LINGER)) == 5
            with sock.get_monitor_socket(make(zmq.Event.LISTENING)):
                sock.disable_monitor()
        with zmq.Socket(context, make(zmq.PUSH)) as sock:
            assert sock.type == zmq.PUSH


def test_of_messages(make: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    flags = make(zmq.DONTWAIT)
    push.send(b"1", make(zmq.SNDMORE))
    push.send(b"2", flags)
    push.send_multipart([b"3", b"4"], flags)
    assert pull.poll(10_000, make(zmq.POLLIN)) == zmq.POLLIN
    assert zmq.zmq_poll([(pull, make(zmq.POLLIN))], 0) == [(pull, zmq.POLLIN)]
    assert pull.recv(flags) == b"1"
    assert pull.recv(flags, copy=False).bytes == b"2"
    assert pull.recv_multipart(flags) == [b"3", b"4"]
    with pytest.raises(zmq.Again):
        pull.recv(flags)
    with pytest.raises(zmq.Again):
        pull.recv_into(bytearray(1), flags=flags)
