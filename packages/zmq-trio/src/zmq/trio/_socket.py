"""The socket whose blocking methods are coroutine functions."""

# Coroutine functions, where those of the synchronous socket are functions.
# pyright: reportIncompatibleMethodOverride=false

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from operator import index
from time import monotonic_ns
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import zmq
from zmq.backend import Socket as SocketBase
from zmq.backend import require_contract
from zmq.backend.hints import without_hints
from zmq.error import ZMQError
from zmq.sugar.filling import size_of, try_fill
from zmq.sugar.timeouts import deadline_after, duration_argument
from zmq.sugar.waiting.receipt import put_back
from zmq.sugar.waiting.steps import check_open, deadline_of, wait_in_line
from zmq.trio._closing import Closing, error_of
from zmq.trio._loops import current_loop
from zmq.trio._readiness import Readiness
from zmq.trio._serializing import Serializing
from zmq.utils.events import AsyncMonitorEvents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Literal

    from typing_extensions import Self

    from zmq.sugar.waiting.channel import Channel
    from zmq.trio._loops import Loop

require_contract(3, "zmq-trio")

# Operations of enums take longer than those of ints.
_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)
_DONTWAIT, _SNDMORE = int(zmq.DONTWAIT), int(zmq.SNDMORE)
_RECEIVING = _DONTWAIT | _SNDMORE  # the flags that are known there
_RCVMORE = int(zmq.RCVMORE)
_get = SocketBase.get
_NONE: Mapping[Any, Any] = MappingProxyType({})


@without_hints
class Socket(Closing, Readiness, Serializing, zmq.Socket[bytes]):
    """A socket whose blocking methods are coroutine functions; see :class:`zmq.Socket`.

    Each call is a checkpoint: it lets other tasks run, and raises when the task is
    cancelled. A call that is cancelled has sent nothing, and taken nothing off the
    socket; one that has taken a message returns it. Only the further frames of a
    message that is sent, or received, frame by frame come without a checkpoint, so
    that those of another task's do not get between them.

    Any number of tasks, in any number of threads, may use a socket at the same time.
    Those who wait are served in the order they came. ``close()`` wakes all who wait,
    with a :exc:`zmq.ZMQError` (ENOTSOCK) that is trio's, or AnyIO's,
    ``ClosedResourceError`` as well.
    """

    __module__ = "zmq.trio"

    _waited_for_by = "the event loop"
    _by_frames = None
    #: Who waits in each loop, once somebody has; see zmq.sugar.waiting.channel.
    _channels: Mapping[Loop, Channel] = _NONE
    _budget: float = 0  # in nanoseconds
    _half_sent = False

    @property
    def turn_budget(self) -> float:
        """Milliseconds for which calls that need not wait do not let others run.

        0, the default, keeps trio's rule: every call lets other tasks run. With more,
        only the first one after that time does. Cancellation is looked for by all of
        them (on asyncio, by those that let others run).
        """
        return self._budget / 1e6

    @turn_budget.setter
    def turn_budget(self, milliseconds: float) -> None:
        self._budget = duration_argument("turn_budget", milliseconds, "ms") * 1e6

    # Sending

    async def send(  # type: ignore[override]
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> zmq.MessageTracker | None:
        """Send one message frame; see :meth:`zmq.Socket.send`."""
        tracker: zmq.MessageTracker | None = await self._operate(
            _POLLOUT, flags, False, self._try_send,
            data, flags, copy, track, routing_id, group,
        )  # fmt: skip
        if flags or self._half_sent:
            self._half_sent = bool(index(flags) & _SNDMORE)
        return tracker

    async def send_multipart(  # type: ignore[override]
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> zmq.MessageTracker | None:
        """Send a whole message; see :meth:`zmq.Socket.send_multipart`."""
        if not isinstance(msg_parts, (list, tuple)):
            msg_parts = list(msg_parts)  # an iterator could be read only once
        tracker: zmq.MessageTracker | None = await self._operate(
            _POLLOUT, flags, False, self._try_send_multipart,
            msg_parts, flags, copy, track, routing_id, group,
        )  # fmt: skip
        if flags or self._half_sent:
            self._half_sent = bool(index(flags) & _SNDMORE)
        return tracker

    async def send_many(  # type: ignore[override]
        self, messages: Iterable[Iterable[Any]], flags: int = 0, copy: bool = True
    ) -> int:
        """Send many messages in one call; see :meth:`zmq.Socket.send_many`.

        :returns: how many were sent. When it is cancelled, none was.
        """
        burst: Any = messages
        if not isinstance(messages, (list, tuple, bytes, str)):
            burst = list(messages)  # an iterator could be read only once
        if flags != 0 and _is_more(flags, _DONTWAIT):
            super().send_many(burst, flags | _DONTWAIT)  # which refuses it
        sent: int = await self._operate(
            _POLLOUT, flags, False, self._try_send_many, burst, copy
        )
        return sent

    # Receiving

    if not TYPE_CHECKING:
        # To type checkers these have overloads: see _typed.

        async def recv(
            self, flags: int = 0, copy: bool = True, track: bool = False
        ) -> bytes | zmq.Frame:
            """Receive one message frame; see :meth:`zmq.Socket.recv`."""
            if flags != 0 and _is_more(flags, _RECEIVING):
                super().recv(flags | _DONTWAIT)  # which refuses it
            kept: list[Any] = []
            try:
                await self._operate(
                    _POLLIN, flags, None, self._try_recv, copy, track, kept
                )
                return kept[0]
            except BaseException:  # of a signal handler, perhaps
                put_back(self, kept)
                raise

        async def recv_multipart(
            self, flags: int = 0, copy: bool = True, track: bool = False
        ) -> list[bytes] | list[zmq.Frame]:
            """Receive a whole message; see :meth:`zmq.Socket.recv_multipart`."""
            if flags != 0 and _is_more(flags, _RECEIVING):
                super().recv_multipart(flags | _DONTWAIT)
            kept: list[Any] = []
            try:
                await self._operate(
                    _POLLIN, flags, None, self._try_recv_multipart, copy, track, kept
                )
                return kept[0]
            except BaseException:  # of a signal handler, perhaps
                put_back(self, kept)
                raise

        async def recv_many(
            self, max_messages: int, flags: int = 0, copy: bool = True
        ) -> list[list[bytes]] | list[list[zmq.Frame]]:
            """Receive many messages in one call; see :meth:`zmq.Socket.recv_many`."""
            if flags != 0 and _is_more(flags, _DONTWAIT):
                super().recv_many(max_messages, flags | _DONTWAIT)
            kept: list[Any] = []
            try:
                await self._operate(
                    _POLLIN, flags, None, self._try_recv_many, max_messages, copy, kept
                )
                return kept[0]
            except BaseException:  # of a signal handler, perhaps
                put_back(self, kept)
                raise

    async def recv_into(  # type: ignore[override]
        self, buffer: Any, /, *, nbytes: int = 0, flags: int = 0
    ) -> int:
        """Receive one message frame into memory; see :meth:`zmq.Socket.recv_into`.

        :returns: the size of the frame. When it is cancelled, nothing has been written.
        """
        if flags != 0 and _is_more(flags, _RECEIVING):
            super().recv_into(buffer, nbytes=nbytes, flags=flags | _DONTWAIT)
        kept: list[Any] = []
        try:
            await self._operate(
                _POLLIN, flags, None, try_fill, self, buffer, nbytes, kept
            )
            return size_of(kept[0])
        except BaseException:
            put_back(self, kept)
            raise

    def __aiter__(self) -> Self:
        """Iterate over the messages, lists of frames, until the socket is closed."""
        return self

    async def __anext__(self) -> list[bytes]:
        try:
            return await self.recv_multipart()
        except zmq.ZMQError:
            if self.closed:
                raise StopAsyncIteration from None
            raise

    # Waiting

    async def _operate(
        self,
        event: int,
        flags: int,
        refused: Literal[False] | None,
        attempt: Callable[..., Any],
        *args: Any,
    ) -> Any:
        """Return what the attempt does, when it is this task's turn.

        :param refused: what the attempt returns where it would have to wait.
        """
        loop = current_loop()
        try:
            # The rest of a message that is begun is there, and nobody else's.
            if not (self._half_sent if event == _POLLOUT else _get(self, _RCVMORE)):
                if not self._budget:
                    await loop.checkpoint()
                elif monotonic_ns() - loop.turned < self._budget:
                    await loop.checkpoint_if_cancelled()
                else:
                    await loop.checkpoint()
                    loop.turned = monotonic_ns()
                channel = self._channels.get(loop) if self._channels else None
                if channel is not None and channel.is_awaited(event):
                    return await self._wait(loop, event, flags, refused, attempt, args)
            result = attempt(*args)
            if result is not refused:
                return result
            return await self._wait(loop, event, flags, refused, attempt, args)
        except ZMQError as error:
            if self.closed:
                # Also where it was seen before this was a checkpoint: who tries again
                # and again must not keep the others from running.
                await loop.checkpoint()
            raise error_of(self, loop, error) from None

    async def _wait(
        self,
        loop: Loop,
        event: int,
        flags: int,
        refused: Literal[False] | None,
        attempt: Callable[..., Any],
        args: tuple[Any, ...],
    ) -> Any:
        if flags & _DONTWAIT:
            raise self._again(flags, event == _POLLOUT)
        deadline = deadline_of(self, event, loop.time)
        channel = loop.channel_of(self)
        waiter = loop.waiter(channel)
        steps = wait_in_line(
            self, channel, waiter, event, partial(attempt, *args), refused,
            deadline, loop.time,
        )  # fmt: skip
        result = await loop.drive(steps, waiter)
        if self._budget:
            loop.turned = monotonic_ns()
        return result

    async def poll(  # type: ignore[override]
        self, timeout: float | None = None, flags: int = _POLLIN
    ) -> int:
        """Wait until the socket is ready; see :meth:`zmq.Socket.poll`.

        :param timeout: milliseconds; None, or a negative number, waits for ever.
        :returns: the mask of what it is ready for; 0 when the time is over.
        """
        loop = current_loop()
        deadline = deadline_after(timeout, loop.time)
        await loop.checkpoint()
        try:
            found = SocketBase.poll(self, 0, flags)
            if found or timeout == 0:
                return found
            return await loop.undisturbed(self._wait_for_events, loop, flags, deadline)
        except ZMQError as error:
            raise error_of(self, loop, error) from None

    async def _wait_for_events(self, loop: Loop, flags: int, deadline: float) -> int:
        channel = loop.channel_of(self)
        waiter = loop.waiter(channel)
        try:
            channel.watch(self, waiter, flags)
            while True:
                waiter.woken = False
                found = SocketBase.poll(self, 0, flags)
                if found or not await waiter.sleep(deadline):
                    return found
                check_open(self, "it was polled")
        finally:
            channel.unwatch(self, waiter, flags)

    # Monitoring

    def monitor_events(self, events: int = zmq.Event.ALL) -> AsyncMonitorEvents:  # type: ignore[override]
        """Iterate over what happens to the connections.

        :param events: a mask of :class:`zmq.Event`; by default all.
        :returns: an asynchronous context manager, that gives an iterator of
            :class:`zmq.utils.events.MonitorEvent`.
        :raises RuntimeError: on entry, when the socket is monitored already.
        """
        return AsyncMonitorEvents(self, events)


def _is_more(flags: Any, known: int) -> bool:
    """Return whether there are flags besides those that are known."""
    try:
        return bool(flags & ~known)
    except TypeError:
        raise TypeError(f"an integer is required for flags, got {flags!r}") from None


# Those of shadows would else be made by the context of what they shadow.
Socket._monitor_socket_class = Socket  # pyright: ignore[reportPrivateUsage]
