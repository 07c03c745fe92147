"""Green contexts in place of the synchronous ones, and programs beside the tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Callable

import pytest
from tests.torture.scale import run_program

PROGRAMS = Path(__file__).parent / "programs"
try:
    import gevent
except ImportError:
    # Not skipped here: pytest takes that for an error where it is told this directory.
    collect_ignore_glob = ["test_*.py"]


def pytest_report_header() -> str | None:
    """Tell of what is left out."""
    return "zmq-green: left out, no gevent" if "gevent" not in globals() else None


@pytest.fixture
def context() -> Iterator[Any]:
    """A new green context, destroyed with linger 0 after the test."""
    import zmq.green

    ctx = zmq.green.Context()
    yield ctx
    ctx.destroy(linger=0)


@pytest.fixture
def until_waiting() -> Callable[..., None]:
    """Return when as many as `until_waiting(socket, count)` says wait for a socket."""

    def wait(socket: Any, count: int = 1) -> None:
        def waiting() -> int:
            channels = getattr(socket, "_channels", {})
            return sum(channel.waiting for channel in list(channels.values()))

        with gevent.Timeout(5):
            while waiting() != count:
                gevent.sleep(0.001)

    return wait


@pytest.fixture
def rests() -> Callable[[], bool]:
    """Whether next to no CPU time is used while everybody waits.

    It takes a tenth of a second: in less, what else the process does would count.
    """

    def rests() -> bool:
        before = time.process_time()
        gevent.sleep(0.1)
        return time.process_time() - before < 0.04

    return rests


@pytest.fixture
def fill() -> Callable[..., int]:
    """Send numbers, as `fill(socket, *frames)`, until that would have to wait.

    Returns how many there was space for.
    """
    import zmq

    def fill(socket: Any, *frames: bytes) -> int:
        sent = 0
        with suppress(zmq.Again):
            while True:
                socket.send_multipart([*frames, b"%d" % sent], zmq.NOBLOCK)
                sent += 1
        return sent

    return fill


@pytest.fixture
def spawn() -> Iterator[Callable[..., Any]]:
    """Start `spawn(function, *args)` in a greenlet; what it raises, `get()` does."""
    started = []

    def start(function: Callable[..., Any], *args: Any) -> Any:
        greenlet = gevent.spawn(function, *args)
        started.append(greenlet)
        gevent.sleep(0)
        return greenlet

    yield start
    gevent.killall(started)


@pytest.fixture
def program() -> Callable[..., str]:
    """Run one of the programs beside this file in an interpreter of its own.

    `program("crowd", *args, timeout=50, **environment)` returns what it printed.
    """

    def run(name: str, *args: object, timeout: float = 50, **env: str) -> str:
        options = ("-W", "error")
        done = run_program(
            name, *args, timeout=timeout, directory=PROGRAMS, options=options, env=env
        )
        assert not done.stderr
        return done.stdout

    return run


@pytest.fixture(params=["libev-cext", "libev-cffi", "libuv"])
def loop(request: pytest.FixtureRequest, run_python: Callable[..., Any]) -> str:
    """The event loops of gevent, as GEVENT_LOOP names them."""
    code = "import gevent; gevent.get_hub()"
    probe = run_python(code, env={"GEVENT_LOOP": request.param}, check=False)
    if probe.returncode:
        pytest.skip(f"this gevent has no {request.param}")
    return str(request.param)
