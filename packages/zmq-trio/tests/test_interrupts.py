"""Ctrl-C at every line: nothing is left half done, and it is raised in the end."""

from __future__ import annotations

import gc
import signal
import sys
from typing import Any

import pytest
import trio

import zmq
import zmq.trio
from zmq.sugar.waiting.channel import Channel

PLACES = ("/zmq/trio/", "/zmq/sugar/")
MOST_LINES = 1000


class Interrupter:
    """A trace function that sends SIGINT to this process at a line of ours."""

    def __init__(self, line: int) -> None:
        self.left = line
        self.where = ""

    def __call__(self, frame: Any, event: str, _: Any) -> Any:
        path = frame.f_code.co_filename.replace("\\", "/")
        if not any(place in path for place in PLACES):
            return None
        if event == "line":
            self.left -= 1
            if self.left == 0:
                self.where = f"{path}:{frame.f_lineno}"
                signal.raise_signal(signal.SIGINT)
        return self


def is_interrupt(error: BaseException) -> bool:
    """Whether Ctrl-C ended the run, also from a nursery in it."""
    while not isinstance(error, KeyboardInterrupt):
        parts = getattr(error, "exceptions", ())
        if len(parts) != 1:
            return False
        error = parts[0]
    return True


async def poll(pull: Any, _: Any) -> None:
    await pull.poll(1)


async def poll_by_poller(pull: Any, _: Any) -> None:
    poller = zmq.trio.Poller()
    poller.register(pull, zmq.POLLIN)
    await poller.poll(1)


async def receive(pull: Any, push: Any) -> None:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(pull.recv)
        await trio.lowlevel.checkpoint()
        await push.send(b"")


async def wait_connected(pull: Any, _: Any) -> None:
    with pytest.raises(TimeoutError):
        await pull.wait_connected(2, timeout=0.001)


@pytest.mark.parametrize("action", [poll, poll_by_poller, receive, wait_connected])
@pytest.mark.skipif(
    sys.implementation.name == "pypy", reason="PyPy traces too slowly for each line"
)
def test_at_every_line(action: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted_at(line: int) -> bool:
        context = zmq.trio.Context()
        with context.socket(zmq.PULL) as pull, context.socket(zmq.PUSH) as push:
            pull.bind("inproc://a")
            push.connect("inproc://a")
            interrupter = Interrupter(line)
            before = sys.gettrace()
            gc.disable()  # what is raised in a finalizer is nobody's
            sys.settrace(interrupter)
            try:
                trio.run(action, pull, push)
            except BaseException as error:
                if not interrupter.where or not is_interrupt(error):
                    raise
            else:
                assert not interrupter.where, f"unheard: {interrupter.where}"
            finally:
                sys.settrace(before)
                gc.enable()
            channels: dict[Any, Channel] = pull.__dict__.get("_channels", {})
            assert not any(one.waiting for one in channels.values()), interrupter.where
        try:
            context.term(timeout=5)
        except zmq.ZMQError as error:
            raise AssertionError(interrupter.where) from error
        return bool(interrupter.where)

    line = 1
    while interrupted_at(line):
        line += 1
        assert line < MOST_LINES
    assert line > 20
    assert not capsys.readouterr().err  # where the backend tells what it cannot raise
