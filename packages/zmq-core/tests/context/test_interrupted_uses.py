"""A signal handler raises at any step: a context has no socket left to wait for."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest
from tests.fixtures.steps import collect, each_step, where_interrupted

import zmq
import zmq.backend

pytestmark = [
    pytest.mark.skipif(
        not zmq.backend.selected.endswith(".cffi"),
        reason="making and closing a socket is one step where it is compiled",
    ),
    # Of what the interrupted code leaves unclosed, and drops.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:[Uu]nclosed:ResourceWarning"),
]


def make_and_close(context: Any) -> None:
    context.socket(zmq.PAIR).close()


def monitor(context: Any) -> None:
    with context.socket(zmq.PAIR) as sock:
        sock.get_monitor_socket()
        sock.bind("inproc://monitored")
        sock.disable_monitor()


def receiver_of_events(context: Any) -> None:
    with context.socket(zmq.PAIR) as sock:
        sock.bind("tcp://127.0.0.1:*")
        events = sock.get_monitor_socket()
        events.close()


@pytest.mark.parametrize("use", [make_and_close, monitor, receiver_of_events])
def test_at_each_step(use: Callable[[Any], None]) -> None:
    stride = 1 if use is make_and_close else 31
    if sys.implementation.name == "pypy":  # which traces slowly
        stride *= 47
    for step in each_step(stride):
        context = zmq.Context()

        def call(context: Any = context) -> None:
            use(context)

        where = where_interrupted(step, call, ["zmq/backend/cffi/", "zmq/sugar/"])
        collect()
        try:
            context.term(timeout=5)
        except zmq.TimedOut as error:
            raise AssertionError(f"raised in {where}, step {step}") from error
        if where is None:
            assert step > stride
            return


def test_an_end_that_is_taken_twice(context: Any) -> None:
    """A socket that another thread has made there meanwhile stays known."""
    from zmq.backend.cffi.handle import open_handles

    sock, other = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
    ended = sock._h
    sock.close()
    open_handles[ended.pointer] = other._h  # as if it had the same address
    try:
        ended._end(True)
        assert open_handles[ended.pointer] is other._h
    finally:
        open_handles.pop(ended.pointer, None)
