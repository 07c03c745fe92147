"""The event loop that runs here, trio's or asyncio's, and what is asked of either.

Sockets know no event loop: what they need of one is here.
"""

# At run time the protocols are plain classes, as in zmq.backend.abc.
# pyright: reportReturnType=false

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from zmq.sugar.waiting import channel

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator
    from contextlib import AbstractContextManager
    from typing import Protocol, TypeVar

    import zmq
    from zmq.backend import Socket as SocketBase
    from zmq.sugar.waiting.channel import Channel

    T = TypeVar("T")
else:
    Protocol = object


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ValueError:  # something without a specification has its name
        return False


if not (_is_there("trio") or _is_there("anyio")):
    raise ImportError(
        'zmq.trio needs trio, or AnyIO: pip install "zmq-trio[trio]"', name="trio"
    )


class Waiter(channel.Waiter, Protocol):
    """A task that waits."""

    async def sleep(self, deadline: float) -> bool:
        """Let others run until it is woken.

        :param deadline: when to end, by the clock of the loop.
        :returns: whether it was woken, rather than the time over.
        """


class Loop(channel.Loop, Protocol):
    """What runs the tasks of one thread."""

    #: When it last turned, at a checkpoint of a socket, by ``time.monotonic_ns``.
    turned: int

    @property
    def closed_error(self) -> type[zmq.ZMQError]:
        """The error of who uses a closed socket."""

    def time(self) -> float:
        """Return the time by its clock, in seconds."""

    def checkpoint(self) -> Awaitable[None]:
        """Let others run, and raise if the task is cancelled."""

    async def checkpoint_if_cancelled(self) -> None:
        """Raise if the task is cancelled, where the loop can tell."""

    def channel_of(self, socket: SocketBase) -> Channel:
        """Return what tasks of this loop wait for a socket with."""

    def waiter(self, channel: Channel | None = None) -> Waiter:
        """Return this task, to wait for a socket, or whatever else wakes it."""

    async def drive(self, steps: Generator[float, bool, T], waiter: Waiter) -> T:
        """Do an operation in steps; see :mod:`zmq.sugar.waiting.steps`."""

    async def undisturbed(self, function: Callable[..., Awaitable[T]], *args: Any) -> T:
        """Await a coroutine function; Ctrl-C comes only where it lets others run."""

    def attend(self, channel: Channel) -> AbstractContextManager[None]:
        """Listen to a socket's descriptor for who waits for several."""

    def watch_descriptor(
        self, fd: int, events: int, callback: Callable[[], None]
    ) -> AbstractContextManager[None]:
        """Call back when one of `events` may be there, a mask of POLLIN and POLLOUT."""


async def drive(steps: Generator[float, bool, T], waiter: Waiter) -> T:
    """Do an operation in steps; see :mod:`zmq.sugar.waiting.steps`."""
    try:
        end = next(steps)
        while True:
            end = steps.send(await waiter.sleep(end))
    except StopIteration as done:
        result: T = done.value
    finally:
        steps.close()
    return result


async def undisturbed(function: Callable[..., Awaitable[T]], *args: Any) -> T:
    """Await a coroutine function."""
    return await function(*args)


# The functions that tell the loop of either kind, once that has been imported: an
# import statement on every call would take longer than all else.
_find: dict[str, Callable[[], Loop | None]] = {}


def current_loop() -> Loop:
    """Return the loop that runs the task that calls this.

    :raises RuntimeError: when none does.
    """
    if "trio" in sys.modules:
        loop = (_find.get("trio") or _load("trio"))()
        if loop is not None and not _is_hosting_asyncio():
            return loop
    if "asyncio" in sys.modules:
        loop = (_find.get("asyncio") or _load("asyncio"))()
        if loop is not None:
            return loop
    raise RuntimeError("neither trio nor asyncio runs here: await it in one of them")


def _load(name: str) -> Callable[[], Loop | None]:
    if name == "trio":
        from zmq.trio import _on_trio

        _find[name] = _on_trio.current
    else:
        from zmq.trio import _on_asyncio

        _find[name] = _on_asyncio.current
    return _find[name]


def _is_hosting_asyncio() -> bool:
    """Whether this is a task of asyncio's, in a loop that trio runs (trio-asyncio)."""
    asyncio: Any = sys.modules.get("asyncio")
    if asyncio is None or asyncio._get_running_loop() is None:
        return False
    # Or of trio's, as the guest of asyncio: only the libraries themselves know.
    from sniffio import current_async_library

    return current_async_library() == "asyncio"
