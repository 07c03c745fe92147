"""zmq.eventloop.future in tornado's coroutines, and the deprecated names."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from typing import Any

import pytest
from tornado import gen

import zmq
from zmq.eventloop import future


@pytest.fixture
def context() -> Any:
    ctx = future.Context()
    yield ctx
    ctx.destroy(linger=0)


def test_coroutines_of_tornado(io_loop: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    assert isinstance(pull, future.Socket)

    @gen.coroutine
    def exchange() -> Any:
        for i in range(10):
            receiving = pull.recv_multipart()
            yield gen.moment
            yield push.send_multipart([b"%d" % i])
            message = yield receiving
            assert message == [b"%d" % i]
            yield push.send_json(i)
            assert (yield pull.poll(1000)) == zmq.POLLIN
            assert (yield pull.recv_json()) == i
        with pytest.raises(gen.TimeoutError):
            yield gen.with_timeout(io_loop.time() + 0.01, pull.recv())
        return (yield future.Poller().poll(0))

    assert io_loop.run_sync(exchange) == []


async def test_nothing_is_lost_by_timeouts(io_loop: Any, socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(pull.recv(), 0.001)
    await push.send(b"x")
    assert await pull.recv() == b"x"


def test_cancelled_error() -> None:
    assert future.CancelledError is asyncio.CancelledError


def test_io_loop_is_deprecated(io_loop: Any, context: Any) -> None:
    with pytest.warns(DeprecationWarning, match="io_loop"):
        future.Context(io_loop=io_loop).term()
    with pytest.warns(DeprecationWarning, match="io_loop"):
        future.Socket(context, zmq.PULL, io_loop=io_loop).close()


def test_ioloop_is_deprecated() -> None:
    with pytest.warns(DeprecationWarning, match=r"tornado\.ioloop"):
        ioloop = importlib.import_module("zmq.eventloop.ioloop")
    with pytest.warns(DeprecationWarning, match="install"):
        ioloop.install()
    eventloop = importlib.import_module("zmq.eventloop")
    assert ioloop.ZMQIOLoop is ioloop.IOLoop is eventloop.IOLoop


def test_without_tornado() -> None:
    """The error names what to type."""
    code = """
import sys
sys.modules["tornado"] = sys.modules["tornado.ioloop"] = None
import zmq.eventloop
for name in ("zmqstream", "future", "ioloop"):
    try:
        __import__("zmq.eventloop." + name)
    except ImportError as error:
        assert "pip install 'zmq-tornado[tornado]'" in str(error), error
    else:
        sys.exit(name)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
