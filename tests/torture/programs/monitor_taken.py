"""A handler acts at each bytecode of get_monitor_socket(): `monitor_taken.py act`.

A trace function is called where a signal handler could be, in the same thread, but at
every such place, one after the other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

import common

import zmq
from zmq.sugar import context, monitoring, socket

PLACES = {module.__file__ for module in (context, monitoring, socket)}


class HandlerError(Exception):
    """What a handler raises."""


def close_and_term(sock: Any) -> None:
    sock.close(linger=0)
    sock.context.term()


def close(sock: Any) -> None:
    sock.close(linger=0)


def destroy(sock: Any) -> None:
    sock.context.destroy(linger=0)


def fail(sock: Any) -> None:
    raise HandlerError


def ask_too(sock: Any) -> None:
    """Ask for what is being made, or has been made."""
    for ask in (sock.get_monitor_socket, sock.disable_monitor):
        with suppress(RuntimeError):
            ask()


class At:
    """A trace function that acts at the n-th bytecode."""

    def __init__(self, sock: Any, act: Callable[[Any], None], n: int) -> None:
        self.sock = sock
        self.act = act
        self.left = n
        self.acted = False
        self.over = False

    def __call__(self, frame: FrameType, event: str, arg: object) -> Any:
        code = frame.f_code
        if code.co_filename not in PLACES or self.acted or self.over:
            return None
        if code.co_name == "__del__":  # of what an earlier case has left
            return None
        frame.f_trace_opcodes = True  # without lines, 3.13 traces no opcodes either
        if event == "opcode":
            # Once the monitor is there, to be returned, it is the caller's.
            making = frame.f_locals.get("making", frame.f_locals.get("self"))
            self.over = getattr(making, "over", False)
            if self.over:
                return None
            self.left -= 1
            if self.left == 0:
                self.acted = True
                sys.settrace(None)
                self.act(self.sock)
        return self


def case(act: Callable[[Any], None], n: int) -> bool:
    """Act at one bytecode; return whether there was one."""
    ctx = zmq.Context()
    sock = ctx.socket(zmq.PULL)
    at = At(sock, act, n)
    sys.settrace(at)
    monitor = None
    errors: list[Exception] = []
    try:
        monitor = sock.get_monitor_socket()
    except (HandlerError, zmq.ZMQError) as error:
        errors.append(error)
    finally:
        sys.settrace(None)
    for raised in errors:
        if isinstance(raised, zmq.ZMQError):
            assert act not in (fail, ask_too), raised
            assert raised.errno in (*common.GONE, zmq.ENOTSUP, zmq.EFAULT), raised
        else:
            assert act is fail
    if act in (fail, ask_too):
        # The socket works on, and its events block nothing, whoever receives them.
        assert monitor in (None, sock._monitor_socket)
        monitor = sock.get_monitor_socket()
        sock.bind("tcp://127.0.0.1:0")
        assert monitor.poll(5000)
    if monitor is not None:
        monitor.close()
    sock.close()
    with suppress(zmq.ZMQError):
        ctx.term()
    return at.acted


def main(act: str) -> None:
    n = 1
    while case(globals()[act], n):
        n += 1
    assert n > 100, n
    print(f"{n - 1} bytecodes")


if __name__ == "__main__":
    main(sys.argv[1])
