"""Ctrl-C on Windows, and nothing elsewhere."""

from __future__ import annotations

import signal
import sys
from typing import Any

import pytest

import zmq
from zmq.utils.win32 import allow_interrupt

elsewhere = pytest.mark.skipif(sys.platform == "win32", reason="Windows does it")


@elsewhere
def test_elsewhere_nothing_happens() -> None:
    before = signal.getsignal(signal.SIGINT)
    called = []
    with allow_interrupt(lambda: called.append(1)) as value:
        assert value is None
        assert signal.getsignal(signal.SIGINT) is before
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert not called


def test_it_can_be_entered_again() -> None:
    interrupt = allow_interrupt()
    for _ in range(2):
        with interrupt:
            pass


def test_an_exception_goes_through() -> None:
    with pytest.raises(KeyError), allow_interrupt():
        raise KeyError


@pytest.mark.skipif(sys.platform != "win32", reason="needs a Windows console")
def test_ctrl_c_ends_a_wait(context: Any, socket_pair: Any) -> None:
    a, b = socket_pair(zmq.PAIR, zmq.PAIR)

    def stop() -> None:
        b.send(b"stop")

    def wait() -> None:
        signal.raise_signal(signal.SIGINT)
        a.poll(10_000)

    with pytest.raises(KeyboardInterrupt), allow_interrupt(stop):
        wait()
