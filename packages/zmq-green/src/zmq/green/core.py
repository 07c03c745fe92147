"""Sockets and contexts that block only the greenlet."""

from __future__ import annotations

from functools import partial
from operator import index
from time import monotonic

import zmq
from zmq.backend import Socket as SocketBase
from zmq.backend import require_contract
from zmq.backend.hints import without_hints
from zmq.constants import DONTWAIT, POLLIN, SNDMORE, SocketOption
from zmq.green._background import run_in_thread
from zmq.green._channel import channel_of
from zmq.green._gevent import get_hub, get_hub_if_exists, getcurrent
from zmq.green._turns import give_turn
from zmq.green._waiter import Waiter
from zmq.green.tracker import MessageTracker
from zmq.sugar.filling import size_of, try_fill
from zmq.sugar.shutdown.terminating import did_not_end
from zmq.sugar.timeouts import deadline_after, seconds_argument
from zmq.sugar.waiting.receipt import put_back
from zmq.sugar.waiting.steps import check_open, deadline_of, wait_in_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Literal, TypeVar

    from zmq.green._channel import Channel

    T = TypeVar("T")

require_contract(3, "zmq-green")

# Operations of enums take longer than those of ints.
_DONTWAIT, _SNDMORE = int(DONTWAIT), int(SNDMORE)
_POLLIN, _POLLOUT = 1, 2


@without_hints
class Socket(zmq.Socket[bytes]):
    """A :class:`zmq.Socket` whose waiting blocks only the greenlet.

    Any number of greenlets, in any number of threads, may use it at the same time. A
    greenlet that is killed or timed out while it waits has neither sent nor received.
    ``close()`` wakes all who wait, with an error.
    """

    __module__ = "zmq.green"

    _waited_for_by = "the hub of gevent"
    _by_frames: Any = None  # its own methods are none of a subclass; set below
    _channels: dict[Any, Channel]
    # When other greenlets are to have a turn next, and whether that has to wait for the
    # rest of a message that is sent frame by frame.
    _turn_due = 0.0
    _half_sent = False

    if not TYPE_CHECKING:
        # To type checkers these are those of zmq.Socket, with all their overloads.

        def send(
            self,
            data: Any,
            flags: int = 0,
            copy: bool = True,
            track: bool = False,
            routing_id: int | None = None,
            group: str | None = None,
        ) -> zmq.MessageTracker | None:
            """Send one message frame; see :meth:`zmq.Socket.send`."""
            if monotonic() > self._turn_due and not flags:
                self._give_turn()
            sent = self._try_send(data, flags, copy, track, routing_id, group)
            if sent is False:
                attempt = partial(
                    self._try_send, data, flags, copy, track, routing_id, group
                )
                sent = self._wait_to_send(attempt, flags)
            if flags or self._half_sent:
                self._half_sent = bool(index(flags) & _SNDMORE)
            return None if sent is None else MessageTracker(sent)

        def send_multipart(
            self,
            msg_parts: Iterable[Any],
            flags: int = 0,
            copy: bool = True,
            track: bool = False,
            routing_id: int | None = None,
            group: str | None = None,
        ) -> zmq.MessageTracker | None:
            """Send a whole message; see :meth:`zmq.Socket.send_multipart`."""
            if monotonic() > self._turn_due and not flags:
                self._give_turn()
            if not isinstance(msg_parts, (list, tuple)):
                msg_parts = list(msg_parts)  # an iterator could be read only once
            sent = self._try_send_multipart(
                msg_parts, flags, copy, track, routing_id, group
            )
            if sent is False:
                attempt = partial(
                    self._try_send_multipart,
                    msg_parts, flags, copy, track, routing_id, group,
                )  # fmt: skip
                sent = self._wait_to_send(attempt, flags)
            if flags or self._half_sent:
                self._half_sent = bool(index(flags) & _SNDMORE)
            return None if sent is None else MessageTracker(sent)

        def recv(
            self, flags: int = 0, copy: bool = True, track: bool = False
        ) -> bytes | zmq.Frame:
            """Receive one message frame; see :meth:`zmq.Socket.recv`."""
            if flags and index(flags) != _SNDMORE:
                return super().recv(flags, copy, track)
            if monotonic() > self._turn_due:
                self._give_turn()
            kept: list[Any] = []
            try:
                self._try_recv(copy, track, kept)
                if not kept:
                    self._wait_for(kept, self._try_recv, copy, track)
                return kept[0]
            except BaseException:
                put_back(self, kept)
                raise

        def recv_multipart(
            self, flags: int = 0, copy: bool = True, track: bool = False
        ) -> list[bytes] | list[zmq.Frame]:
            """Receive a whole message; see :meth:`zmq.Socket.recv_multipart`."""
            if flags and index(flags) != _SNDMORE:
                return super().recv_multipart(flags, copy, track)
            if monotonic() > self._turn_due:
                self._give_turn()
            kept: list[Any] = []
            try:
                self._try_recv_multipart(copy, track, kept)
                if not kept:
                    self._wait_for(kept, self._try_recv_multipart, copy, track)
                return kept[0]
            except BaseException:
                put_back(self, kept)
                raise

        def recv_into(self, buffer: Any, /, *, nbytes: int = 0, flags: int = 0) -> int:
            """Receive into memory of the caller's; see :meth:`zmq.Socket.recv_into`."""
            if flags and index(flags) != _SNDMORE:
                return super().recv_into(buffer, nbytes=nbytes, flags=flags)
            if monotonic() > self._turn_due:
                self._give_turn()
            kept: list[Any] = []
            try:
                try_fill(self, buffer, nbytes, kept)
                if not kept:
                    self._wait_for(kept, try_fill, self, buffer, nbytes)
                return size_of(kept[0])
            except BaseException:
                put_back(self, kept)
                raise

        def send_many(
            self,
            messages: Iterable[Iterable[Any]],
            flags: int = 0,
            copy: bool = True,
        ) -> int:
            """Send many messages in one call; see :meth:`zmq.Socket.send_many`."""
            if flags:
                return super().send_many(messages, flags, copy)
            if monotonic() > self._turn_due:
                self._give_turn()
            burst = _as_lists(messages)
            sent = self._try_send_many(burst, copy)
            if sent is False:
                attempt = partial(self._try_send_many, burst, copy)
                return self._wait(attempt, False, _POLLOUT)
            return sent

        def recv_many(
            self, max_messages: int, flags: int = 0, copy: bool = True
        ) -> list[list[bytes]] | list[list[zmq.Frame]]:
            """Receive many messages in one call; see :meth:`zmq.Socket.recv_many`."""
            if flags:
                return super().recv_many(max_messages, flags, copy)
            if monotonic() > self._turn_due:
                self._give_turn()
            kept: list[Any] = []
            try:
                self._try_recv_many(max_messages, copy, kept)
                if not kept:
                    self._wait_for(kept, self._try_recv_many, max_messages, copy)
                return kept[0]
            except BaseException:
                put_back(self, kept)
                raise

        def poll(self, timeout: float | None = None, flags: int = POLLIN) -> int:
            """Wait until the socket is ready; see :meth:`zmq.Socket.poll`."""
            deadline = deadline_after(timeout, monotonic)
            found = super().poll(0, flags)
            if found or timeout == 0:
                return found
            hub = get_hub()
            channel = channel_of(self, hub)
            waiter = Waiter(hub)
            try:
                channel.watch(self, waiter, flags)
                while True:
                    waiter.woken = False
                    found = super().poll(0, flags)
                    if found or not waiter.sleep(deadline):
                        return found
                    check_open(self, "it was polled")
            finally:
                channel.unwatch(self, waiter, flags)

    def wait_connected(self, n: int = 1, timeout: float | None = None) -> list[str]:
        """Wait until peers are connected; see :meth:`zmq.Socket.wait_connected`."""
        from zmq.green._readying import Connecting

        waiting = Connecting(self, n, timeout)
        with waiting:
            return waiting.wait()

    def wait_subscribed(
        self, topic: bytes | str = b"", n: int = 1, timeout: float | None = None
    ) -> None:
        """Wait until there are subscribers; see :meth:`zmq.Socket.wait_subscribed`."""
        from zmq.green._readying import Subscribing
        from zmq.sugar.readiness.methods import until_subscribed

        waiting = Subscribing(self, topic, n, timeout)
        with waiting:
            until_subscribed(waiting)

    def _give_turn(self) -> None:
        # Never between the frames of one message: others could get theirs in between.
        if not self._half_sent and not SocketBase.get(self, SocketOption.RCVMORE):
            self._turn_due = give_turn()

    def _wait_to_send(self, attempt: Callable[[], T], flags: int) -> T:
        if index(flags) & _DONTWAIT:
            raise self._again(flags, True)
        return self._wait(attempt, False, _POLLOUT)

    def _wait_for(
        self, kept: list[Any], attempt: Callable[..., Any], *args: Any
    ) -> None:
        """Wait until the attempt has put into `kept` what it receives.

        Whatever a signal handler raises, and wherever: it is found there.
        """
        self._wait(partial(attempt, *args, kept), None, _POLLIN)

    def _wait(
        self, attempt: Callable[[], T], refused: Literal[False] | None, event: int
    ) -> T:
        """Return what `attempt()` does, once that is not `refused`."""
        deadline = deadline_of(self, event, monotonic)
        hub = get_hub()
        channel = channel_of(self, hub)
        waiter = Waiter(hub)
        steps = wait_in_line(
            self, channel, waiter, event, attempt, refused, deadline, monotonic
        )
        try:
            end = next(steps)
            while True:
                end = steps.send(waiter.sleep(end))
        except StopIteration as done:
            result: T = done.value
        finally:
            steps.close()
        return result


def _as_lists(messages: Any) -> Any:
    # Iterators could be read only once. What is no burst at all is for the core to say.
    if isinstance(messages, (list, tuple, str)) or not hasattr(messages, "__iter__"):
        return messages  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(messages, (bytes, bytearray, memoryview, zmq.Frame)):
        return [
            message if isinstance(message, (list, tuple)) else _parts(message)
            for message in messages
        ]
    return messages  # pyright: ignore[reportUnknownVariableType]


def _parts(message: Any) -> Any:
    return list(message) if hasattr(message, "__next__") else message


# Those of shadows would else be made by the context of what they shadow.
Socket._monitor_socket_class = Socket  # pyright: ignore[reportPrivateUsage]
Socket._by_frames = Socket  # pyright: ignore[reportPrivateUsage]


class Context(zmq.Context[Socket]):
    """A :class:`zmq.Context` whose sockets block only the greenlet, as it does itself.

    ``instance()`` is another one than that of :class:`zmq.Context`.
    """

    __module__ = "zmq.green"

    _socket_class = Socket
    _collected = False

    def term(self, timeout: float | None = None) -> None:
        """Wait until all sockets are closed and what they sent has left; then end.

        Greenlets that wait on one of the sockets get :class:`zmq.ContextTerminated`. A
        greenlet that is killed while it waits leaves the context to end by itself.

        :param timeout: seconds after which to give up; see :meth:`zmq.Context.term`.
        :raises TimedOut: when the context has not ended by then.
        """
        if self.closed or self._collected or getcurrent() is get_hub_if_exists():
            super().term(timeout)
        elif timeout is None:
            run_in_thread(super().term)
        else:
            seconds = seconds_argument("timeout", timeout)
            try:
                run_in_thread(super().term, deadline=monotonic() + seconds)
            except TimeoutError:
                raise did_not_end(self, seconds) from None

    def __del__(self) -> None:
        self._collected = True  # garbage is collected anywhere: no switching there
        super().__del__()


# The names they had in pyzmq.
_Socket = Socket
_Context = Context
