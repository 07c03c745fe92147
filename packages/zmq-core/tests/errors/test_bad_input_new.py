"""Contexts and sockets that cannot be made."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from tests.torture.checks import outcome, refused

import zmq


def kind(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("number", [99, 108, 1000])
def test_unknown_socket_type(context: Any, number: int) -> None:
    for make in (context.socket, lambda k: zmq.Socket(context, k)):
        with refused(zmq.ZMQError, number, "there is no such type", errno=zmq.EINVAL):
            make(number)
    context.socket(zmq.PUSH).close()


@pytest.mark.parametrize("number", [-1, -5])
def test_negative_socket_type(context: Any, number: int) -> None:
    with refused((TypeError, zmq.ZMQError), errno=zmq.EINVAL):
        context.socket(number)


@pytest.mark.parametrize("number", [None, "PUSH", b"x", [], object()], ids=kind)
def test_socket_types_are_ints(context: Any, number: Any) -> None:
    for make in (context.socket, lambda k: zmq.Socket(context, k)):
        with refused(TypeError, "int"):
            make(number)


def test_a_socket_type_that_does_not_fit(context: Any) -> None:
    with pytest.raises(OverflowError):
        context.socket(1 << 40)


@pytest.mark.skipif(zmq.DRAFT_API, reason="this build has the draft API")
def test_a_draft_socket_without_the_draft_api(context: Any) -> None:
    made = outcome(lambda: context.socket(zmq.SERVER), zmq.ZMQError)
    if isinstance(made, zmq.ZMQError):
        assert made.errno == zmq.EINVAL
        assert "SERVER" in str(made)
    else:
        made.close()  # libzmq has them, although the binding was built without


@pytest.mark.parametrize("defaults", [False, True])
def test_what_makes_no_sockets_is_no_socket_class(defaults: bool) -> None:
    class Wrapper:
        def __init__(self) -> None:
            """Take no arguments."""

    nothing: list[Any] = [int, str, object, dict, "PUSH", 5, Wrapper, lambda *_: None]
    with zmq.Context() as ctx:
        if defaults:
            ctx.linger = 0
        for wrong in nothing:
            with pytest.raises(TypeError) as caught:
                ctx.socket(zmq.PUSH, socket_class=wrong)
            assert str(caught.value).startswith(f"socket_class={wrong!r} cannot make")
        assert "socket" not in repr(ctx)


def test_an_error_of_a_socket_class_stays_as_it_is(context: Any) -> None:
    class Picky(zmq.Socket[bytes]):
        def __init__(self, *args: Any) -> None:
            raise TypeError("not today")

    with pytest.raises(TypeError, match=r"^not today$"):
        context.socket(zmq.PUSH, Picky)


def test_no_socket_for_the_defaults() -> None:
    """The error is that of the option, and not of closing what has no `close`."""
    with zmq.Context() as ctx:
        ctx.linger = 0
        with pytest.raises(AttributeError, match="'str' object has no attribute 'set'"):
            ctx.socket(zmq.PUSH, socket_class=lambda *_: "x")


@pytest.mark.parametrize("arguments", [(), (None,), (None, zmq.PUSH)], ids=str)
def test_a_socket_needs_a_context(arguments: Any) -> None:
    with refused(TypeError, "context"):
        zmq.Socket(*arguments)


@pytest.mark.parametrize("rubbish", [5, "x", object(), 1.5], ids=kind)
def test_rubbish_is_no_context(rubbish: Any) -> None:
    with refused(TypeError, "context"):
        zmq.Socket(rubbish, zmq.PUSH)


def test_a_socket_of_a_terminated_context() -> None:
    context = zmq.Context()
    context.term()
    with refused(zmq.ZMQError):
        zmq.Socket(context, zmq.PUSH)


def test_unknown_keywords(context: Any) -> None:
    with refused(TypeError, "bogus"):
        zmq.Socket(context, zmq.PUSH, bogus=1)
    with refused(TypeError, "bogus"):
        context.socket(zmq.PUSH, bogus=1)
    with refused(TypeError, "bogus"):
        zmq.Context(bogus=1)


@pytest.mark.parametrize("rubbish", ["x", b"x", 1.5, object()], ids=kind)
def test_shadowing_rubbish(rubbish: Any) -> None:
    for shadow in (zmq.Socket.shadow, zmq.Context.shadow):
        with refused((TypeError, ValueError)):
            shadow(rubbish)


@pytest.mark.parametrize("nothing", [None, 0])
def test_shadowing_nothing_is_no_socket(nothing: Any) -> None:
    with refused((TypeError, ValueError, zmq.ZMQError)):
        zmq.Socket.shadow(nothing)


@pytest.mark.parametrize("threads", [-1, -(1 << 31)])
def test_a_negative_number_of_io_threads(threads: int) -> None:
    with refused(zmq.ZMQError, "io_threads", threads, errno=zmq.EINVAL):
        zmq.Context(threads)
    with refused(zmq.ZMQError, "io_threads", threads, errno=zmq.EINVAL):
        zmq.Context(io_threads=threads)


@pytest.mark.parametrize("threads", [1 << 31, 1 << 40, 1 << 70, -(1 << 40)])
def test_too_many_io_threads(threads: int) -> None:
    with pytest.raises(OverflowError):
        zmq.Context(threads)


@pytest.mark.parametrize("threads", ["2", b"2", None, [], object()], ids=kind)
def test_io_threads_of_another_type(threads: Any) -> None:
    with refused(TypeError, "int"):
        zmq.Context(threads)
    with refused(TypeError, "int"):
        zmq.Context(io_threads=threads)


def test_more_sockets_than_the_limit(context: Any) -> None:
    small = zmq.Context()
    small.max_sockets = 2
    sockets = [small.socket(zmq.PUSH) for _ in range(2)]
    try:
        with refused(zmq.ZMQError, "PUSH", errno=24):
            sockets.append(small.socket(zmq.PUSH))
        sockets.pop().close()
    finally:
        small.destroy(linger=0)


EXHAUST = """
import resource, time, zmq
context = zmq.Context()
spare = context.socket(zmq.PAIR)
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
sockets = []
try:
    for _ in range(100):
        sockets.append(context.socket(zmq.PUSH))
except zmq.ZMQError as error:
    print("refused", error.errno, error)
for socket in sockets:
    socket.close()
limit = time.monotonic() + 10
while True:  # the reaper closes them, a little later
    try:
        context.socket(zmq.PUSH).close()
        break
    except zmq.ZMQError:
        assert time.monotonic() < limit
spare.close()
context.term()
print("ended")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits to set there")
def test_no_descriptor_is_left() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EXHAUST],
        capture_output=True,
        text=True,
        timeout=20,
        env=dict(os.environ),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "refused 24" in done.stdout
    assert done.stdout.endswith("ended\n")
