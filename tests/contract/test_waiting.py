"""How a socket waits: by itself, or by an event loop."""

from __future__ import annotations

from typing import Any

import pytest

import zmq


async def test_busy_poll_is_for_threads_that_wait(
    flavour: Any, make_socket: Any
) -> None:
    sock = make_socket(zmq.PULL)
    if flavour.name == "sync":
        sock.busy_poll = 50
        assert sock.busy_poll == 50
        return
    with pytest.raises(zmq.ZMQError, match="that waits for this socket") as error:
        sock.busy_poll = 50
    assert error.value.errno == zmq.ENOTSUP
    sock.busy_poll = 0
    assert sock.busy_poll == 0
