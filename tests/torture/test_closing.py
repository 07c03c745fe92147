"""Sockets and contexts taken away from those who wait on them, in every wait."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
from tests.torture.scale import run_program, scaled

CALLS = [
    "recv",
    "recv_frame",
    "recv_multipart",
    "recv_into",
    "recv_json",
    "recv_shadow",
    "send",
    "send_large",
    "send_multipart",
    "poll",
    "pollout",
    "poller",
    "poller_fd",
    "poller_many",
    "select",
    "zmq_poll",
    "proxy",
    "proxy_steerable",
    "monitored_queue",
]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("call", CALLS)
def test_a_wait_ends_with_its_socket(call: str) -> None:
    run_program("closing", call, scaled(3, 200))


@pytest.mark.timeout(3600)
def test_a_context_ended_by_several_threads() -> None:
    run_program("ending", scaled(40, 2000))


@pytest.mark.parametrize("events", [zmq.EVENT_ALL, zmq.EVENT_CONNECTED])
@pytest.mark.parametrize("read", [True, False])
def test_a_disabled_monitor_does_not_delay_the_end(
    deadline: Any, events: int, read: bool
) -> None:
    context = zmq.Context()
    socket = context.socket(zmq.PAIR)
    monitor = socket.get_monitor_socket(events)
    socket.disable_monitor()
    if read:
        while monitor.poll(0):
            monitor.recv_multipart()
    monitor.close()
    socket.close()
    limit = deadline(0.5)
    context.term()
    assert not limit.passed
