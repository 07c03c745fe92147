"""Signal handlers that close, terminate, fork, or use the socket, in every wait."""

from __future__ import annotations

import sys

import pytest

from tests.torture.scale import run_program, scaled
from tests.torture.test_closing import CALLS


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("call", [*CALLS, "term", "monitor", "capture"])
def test_a_handler_takes_away_what_its_thread_waits_for(call: str) -> None:
    done = run_program("taken_by_handler", call, scaled(1, 50))
    assert done.stdout == "done\n"


USED = [
    "recv",
    "recv_frame",
    "recv_multipart",
    "recv_into",
    "recv_many",
    "recv_shadow",
    "poll",
    "poller",
    "poller_fd",
    "poller_many",
    "select",
    "zmq_poll",
    "send",
    "send_multipart",
    "send_lent",
    "send_many",
    "send_shadow",
    "pollout",
    "poller_out",
]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("call", USED)
def test_a_handler_uses_the_socket_its_thread_waits_with(call: str) -> None:
    done = run_program("used_by_handler", call, scaled(1, 50))
    assert done.stdout == "done\n"
