"""A signal handler raises at any step of a proxy: its sockets are free again."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest
from tests.fixtures.steps import each_step, where_interrupted, where_meanwhile

import zmq
import zmq.backend
from zmq.backend import ProxyLoop

pytestmark = pytest.mark.skipif(
    not zmq.backend.selected.endswith(".cffi"),
    reason="a proxy takes its sockets in one step where it is compiled",
)
PLACES = ["zmq/backend/cffi/"]
STRIDE = 37 if sys.implementation.name == "pypy" else 1  # PyPy traces slowly


@pytest.fixture
def sockets(socket_pair: Any) -> Any:
    """A socket that sends, the two of a proxy, and one that receives."""
    sender, frontend = socket_pair(zmq.PAIR, zmq.PAIR)
    receiver, backend = socket_pair(zmq.PAIR, zmq.PAIR)
    return sender, frontend, backend, receiver


def test_each_step(sockets: Any) -> None:
    sender, frontend, backend, _ = sockets
    for step in each_step(STRIDE):
        sender.send(b"%d" % step)
        loop = ProxyLoop(frontend, backend)
        loop.stop()
        where = where_interrupted(step, loop.run, PLACES)
        assert frontend.recv(zmq.DONTWAIT) == b"%d" % step, where
        assert backend.poll(0) == 0
        loop.stop()
        loop.run()
        if where is None:
            assert step > 50
            return


@pytest.mark.parametrize("same", [True, False], ids=["same", "another"])
def test_another_thread_at_each_step(sockets: Any, same: bool) -> None:
    """Of two threads one gets the sockets, and the other one an error that says so."""
    _, frontend, backend, _ = sockets
    for step in each_step(STRIDE):
        loop = ProxyLoop(frontend, backend)
        other = loop if same else ProxyLoop(backend, frontend)
        found: list[str] = []

        def run(loop: Any, found: list[str] = found) -> None:
            loop.stop()
            try:
                loop.run()
                found.append("ran")
            except (zmq.ZMQError, RuntimeError) as error:
                found.append(str(error))

        def meanwhile(loop: Any = loop, other: Any = other, run: Any = run) -> None:
            thread = threading.Thread(target=run, args=(other,))
            thread.start()
            thread.join(10)
            assert not thread.is_alive()
            loop.stop()  # which that run may have used up

        def first(loop: Any = loop, run: Any = run) -> None:
            run(loop)

        where = where_meanwhile(step, first, PLACES, meanwhile)
        assert frontend.poll(0) == backend.poll(0) == 0
        if where is None:
            assert found == ["ran"]
            return
        assert found.count("ran") >= 1, (where, found)
        for text in found:
            assert (
                text == "ran" or "in use by a proxy" in text or "runs already" in text
            )
