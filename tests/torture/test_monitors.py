"""Monitors are made in several steps: whatever comes between these, there is one."""

from __future__ import annotations

import threading
from typing import Any

import pytest

import zmq
import zmq.utils.monitor
from tests.torture.scale import run_program


@pytest.mark.parametrize(
    "act", ["close_and_term", "close", "destroy", "fail", "ask_too"]
)
def test_a_handler_at_each_bytecode(act: str) -> None:
    run_program("monitor_taken", act)


class Meeting(zmq.Context[Any]):
    """A context that lets another thread run where a monitor is half made."""

    between: Any = None

    def socket(self, *args: Any, **kwargs: Any) -> Any:
        made = super().socket(*args, **kwargs)
        between, self.between = self.between, None
        if between is not None:
            between()
        return made


@pytest.fixture
def half_made() -> Any:
    """Return a function that asks for a monitor, and does something meanwhile.

    It returns the socket, the monitor and what the other thread got, once that ended.
    """
    with Meeting() as context, context.socket(zmq.PULL) as sock:
        others: list[Any] = []

        def ask(other: Any) -> tuple[Any, Any, list[Any]]:
            thread = threading.Thread(target=lambda: others.append(other(sock)))

            def between() -> None:
                thread.start()
                # Where it has to wait, it ends after this thread.
                thread.join(0.2)

            context.between = between
            monitor = sock.get_monitor_socket()
            thread.join(10)
            monitors.append(monitor)
            return sock, monitor, others

        monitors: list[Any] = []
        yield ask
        for monitor in monitors:
            monitor.close()
        context.destroy(linger=0)


def test_two_threads_get_one_monitor(half_made: Any) -> None:
    sock, monitor, others = half_made(lambda sock: sock.get_monitor_socket())
    assert others == [monitor]
    sock.bind("tcp://127.0.0.1:0")
    assert monitor.poll(5000)


def test_a_monitor_is_disabled_while_it_is_made(half_made: Any) -> None:
    sock, monitor, others = half_made(lambda sock: sock.disable_monitor())
    assert others == [None]
    assert monitor.poll(5000)
    event = zmq.utils.monitor.recv_monitor_message(monitor)
    assert event["event"] == zmq.EVENT_MONITOR_STOPPED
    assert sock.get_monitor_socket() is not monitor


def test_events_are_not_shared_by_two_threads(half_made: Any) -> None:
    def iterate(sock: Any) -> str:
        try:
            with sock.monitor_events():
                return "events"
        except RuntimeError as error:
            return str(error)

    sock, monitor, (told,) = half_made(iterate)
    assert "is monitored already" in told
    sock.bind("tcp://127.0.0.1:0")
    assert monitor.poll(5000)
