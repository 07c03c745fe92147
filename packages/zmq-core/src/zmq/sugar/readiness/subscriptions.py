"""Waiting for the subscribers of a PUB or XPUB socket.

An XPUB socket receives subscriptions as messages, and when it has received one, what is
sent afterwards reaches the subscriber. A PUB socket that is tracked is an XPUB socket
underneath, whose subscriptions are kept here and not received by anybody else.
"""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from weakref import ref

from zmq.constants import Errno, PollEvent, SocketOption, SocketType
from zmq.error import TimedOut, ZMQError, error_for
from zmq.sugar.readiness.connecting import count_argument
from zmq.sugar.waiting.bells import Bell, Deadline, original
from zmq.sugar.waiting.closedness import closed_while

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, NoReturn

    from typing_extensions import Self

# Seconds after which to look again. A poll tells of a subscription at once, unless
# someone else takes the message first. So other operations with a tracked PUB socket
# leave it to those who wait, and of the threads that wait one polls: it rings for the
# others. What is left are waits of different flavours for one socket, and a signal
# handler that waits above the thread that polls.
_PAUSE = 0.02
_RECEIVING = ("recv", "recv_multipart", "recv_many", "recv_into")
_VERBOSITY = (SocketOption.XPUB_VERBOSE, SocketOption.XPUB_VERBOSER)
_MANUAL = (SocketOption.XPUB_MANUAL, SocketOption.XPUB_MANUAL_LAST_VALUE)


class Topics:
    """How many subscriptions there are to which topic."""

    def __init__(self) -> None:
        self._counts: dict[bytes, int] = {}
        #: Of those who wait: what is called after something was noted, in any thread.
        self.bells: list[Callable[[], object]] = []
        # The call whose thread polls for the others, while it does. A dict, as of two
        # threads that add themselves to it at once only one does.
        self._leader: dict[str, ref[Subscribing]] = {}

    def note(self, messages: Iterable[list[bytes]]) -> None:
        """Take note of what an XPUB socket has received."""
        self._note(messages)
        self.ring()

    def ring(self) -> None:
        """Have all who wait look again."""
        for ring in list(self.bells):
            ring()

    def is_led(self) -> bool:
        """Tell whether a thread polls, and will ring when there is more."""
        leader = self._leader.get("leader")
        # One that a signal handler kept from saying that it is over is gone.
        return leader is not None and leader() is not None

    def lead(self, waiting: Subscribing) -> bool:
        """Tell whether a call is the one that is to poll; until :meth:`follow`."""
        leader = self._leader.setdefault("leader", ref(waiting))()
        if leader is None:
            self._leader["leader"] = ref(waiting)
        return leader is None or leader is waiting

    def follow(self) -> None:
        """Have another one poll."""
        self._leader.pop("leader", None)

    def _note(self, messages: Iterable[list[bytes]]) -> None:
        for message in messages:
            head = message[0]
            if len(message) > 1 or head[:1] not in (b"\0", b"\1"):
                continue  # of the application on the other side
            topic = head[1:]
            n = self._counts.get(topic, 0) + (1 if head[0] else -1)
            if n > 0:
                self._counts[topic] = n
            else:
                self._counts.pop(topic, None)

    def count(self, topic: bytes) -> int:
        """Return to how many subscriptions a message with that topic goes."""
        return sum(n for one, n in self._known() if topic.startswith(one))

    def _known(self) -> Iterable[tuple[bytes, int]]:
        # A copy, made in one step: another thread may take note of more meanwhile.
        return self._counts.copy().items()

    def __str__(self) -> str:
        known = [f"{topic!r} ({n})" for topic, n in self._known()]
        return f"subscriptions to {', '.join(known)}" if known else "no subscription"


class Subscriptions:
    """Those of a PUB socket that is tracked.

    :param sock: the socket, an XPUB socket to libzmq.
    """

    def __init__(self, sock: Any) -> None:
        self.topics: Topics = Topics()
        self._sock = ref(sock)
        self._reading: Any = original("allocate_lock")()
        for name in _RECEIVING:
            sock.__dict__[name] = _refuse_to_receive
        self._verbose = SocketOption.XPUB_VERBOSER
        try:
            sock.set(self._verbose, 1)
        except ZMQError:  # libzmq before 4.2
            self._verbose = SocketOption.XPUB_VERBOSE
            sock.set(self._verbose, 1)
        sock.__dict__["set"] = self._set
        # Whenever anything is done with the socket: nothing is to pile up.
        sock._watch(self._read_unless_waited_for, PollEvent.POLLIN)

    def _set(self, option: int, optval: int | bytes) -> None:
        """Set an option of the socket, as far as the subscriptions stay known."""
        sock = self._sock()
        if sock is None:
            return  # nobody has it who could call this
        if isinstance(optval, int) and optval >= 0:
            if option in _VERBOSITY:
                # What a PUB socket would do with it nobody could see, and without it
                # libzmq would tell of the first and last subscription to a topic only.
                option, optval = self._verbose, 1
            elif option in _MANUAL and optval:
                name = SocketOption(option).name
                raise error_for(
                    Errno.ENOTSUP,
                    f"option {name}={optval!r}: nobody could accept the subscriptions"
                    " of a PUB socket that is tracked; take an XPUB socket",
                )
        sock.__class__.set(sock, option, optval)

    def _read_unless_waited_for(self) -> None:
        self.read(forced=False)

    def settle(self) -> None:
        """Wait until those who began to read before a thread led have told of it."""
        if self._reading.acquire(timeout=_PAUSE):  # not for ever, in a signal handler
            self._reading.release()

    def read(self, forced: bool) -> None:
        """Take note of the subscriptions that have come.

        :param forced: also where a thread polls, which is woken by what is there.
        """
        sock = self._sock()
        # Not twice at a time, in two threads or one within the other: an end would be
        # counted before its beginning. Who reads goes on until there is nothing left.
        if sock is None or sock.closed or not self._reading.acquire(blocking=False):
            return
        try:
            if forced or not self.topics.is_led():
                self._read_all(sock)
        except ZMQError as error:  # whoever used the socket is told so
            if error.errno not in (Errno.ETERM, Errno.ENOTSOCK):
                raise
        finally:
            self._reading.release()

    # A loop is beside the "try", or "with", whose end must come: CPython 3.12 to 3.14
    # skip that when a signal handler raises as a loop in it jumps back on a condition.
    def _read_all(self, sock: Any) -> None:
        messages = sock._try_recv_many(1000)
        while messages:
            self.topics.note(messages)
            messages = sock._try_recv_many(1000)


def _refuse_to_receive(*args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG001
    raise error_for(Errno.ENOTSUP, "PUB sockets cannot receive")


class Pending:
    """The subscriptions of an XPUB socket that nobody has received yet.

    All who wait share what one of them reads. The last one that leaves gives it back.
    """

    def __init__(self) -> None:
        self.topics: Topics = Topics()
        self._lock: Any = original("RLock")()
        self._waiting: list[ref[Subscribing]] = []
        self._unread: list[list[Any]] = []

    def enter(self, waiting: Subscribing) -> None:
        """Keep what is read until `waiting` leaves."""
        with self._lock:
            self._waiting.append(ref(waiting))

    def leave(self, waiting: Subscribing, sock: Any) -> None:
        """Give back what was read, unless somebody else still waits."""
        with self._lock:
            self._leave(waiting, sock)

    def _leave(self, waiting: Subscribing, sock: Any) -> None:
        # One that a signal handler kept from entering, or leaving, is gone.
        self._waiting = [one for one in self._waiting if one() not in (None, waiting)]
        if not self._waiting:
            self.topics = Topics()
            # Closed meanwhile, the application never will receive them.
            with suppress(ZMQError):
                while self._unread:
                    sock._unrecv(self._unread.pop())
            self._unread.clear()

    def settle(self) -> None:
        """Wait until those who began to read before a thread led have told of it."""
        with self._lock:
            pass

    def read(self, sock: Any, forced: bool) -> None:
        """Take note of the subscriptions that have come.

        :param forced: also where a thread polls, which is woken by what is there.
        """
        with self._lock:
            if forced or not self.topics.is_led():
                self._read_all(sock)

    def _read_all(self, sock: Any) -> None:
        while self._read_some(sock):
            pass

    def _read_some(self, sock: Any) -> bool:
        kept: list[Any] = []
        try:
            sock._try_recv_many(1000, True, kept)
        finally:  # a signal handler may raise
            for messages in kept:
                self._unread += messages
                self.topics.note(messages)
        return bool(kept)


class Subscribing:
    """One call of ``wait_subscribed``.

    :param sock: the socket.
    :param topic: bytes or str.
    :param n: how many subscriptions to wait for.
    :param timeout: seconds, or None.
    :param clock: what they are counted by.
    :param ring: wakes this one, from any thread; by default a bell of its own.
    """

    def __init__(
        self,
        sock: Any,
        topic: bytes | str,
        n: int,
        timeout: float | None,
        clock: Callable[[], float] = monotonic,
        ring: Callable[[], object] | None = None,
    ) -> None:
        self._sock = sock
        if not isinstance(topic, (bytes, str)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"topic must be bytes or str, got {topic!r}")
        self._topic = topic.encode("utf-8") if isinstance(topic, str) else topic
        self._n = count_argument(n)
        self._deadline = Deadline(timeout, clock)
        self._tracked: Subscriptions | None = sock._subscriptions
        self._pending: Pending | None = None
        if self._tracked is None:
            _require_xpub(sock)
            self._pending = sock.__dict__.setdefault("_pending", Pending())
        _refuse_inverted(sock)
        self._bell = Bell()
        self._ring = self._bell.ring if ring is None else ring
        # Whether it has to read by itself, whoever else polls: it has waited in vain,
        # or has its own way to wait.
        self._forced = ring is not None

    def __enter__(self) -> Self:
        if self._pending is not None:
            self._pending.enter(self)
        self._topics.bells.append(self._ring)
        return self

    def __exit__(self, *exc_info: object) -> None:
        bells = self._topics.bells
        if self._ring in bells:
            bells.remove(self._ring)
        self._topics.ring()  # another one has to poll
        if self._pending is not None:
            self._pending.leave(self, self._sock)

    @property
    def _topics(self) -> Topics:
        known = self._tracked or self._pending
        assert known is not None  # one of them is there
        return known.topics

    def sleep(self) -> None:
        """Wait, in this thread, until there may be more."""
        topics, pause = self._topics, self.pause
        if not topics.lead(self):
            self._forced = not self._bell.wait(pause)
            return
        try:
            (self._pending or self._known).settle()
            # Whoever has read meanwhile has rung.
            if not self._bell.wait(0) and self._sock.poll(pause * 1000):
                self._read(True)
        except ZMQError as error:
            self._raise_closed(error)
            raise
        finally:
            topics.follow()

    @property
    def left(self) -> float | None:
        """The seconds that there are; None for ever."""
        return self._deadline.left

    @property
    def pause(self) -> float:
        """The seconds to wait for the next message, and no longer."""
        left = self._deadline.left
        return _PAUSE if left is None else min(left, _PAUSE)

    def look(self) -> bool:
        """Tell whether there are enough.

        :raises TimedOut: when there are not, and the time is over.
        """
        late = self._deadline.left == 0  # before the look, which may be the last one
        self._raise_closed()
        try:
            self._read(late or self._forced)
        except ZMQError as error:
            self._raise_closed(error)  # by another thread, meanwhile
            raise
        if self._topics.count(self._topic) >= self._n:
            return True
        if late:
            raise self._failed()
        return False

    def _raise_closed(self, error: ZMQError | None = None) -> None:
        if self._sock.closed and (error is None or error.errno == Errno.ENOTSOCK):
            raise closed_while(self._sock, "it waited for subscribers") from None

    def _read(self, forced: bool) -> None:
        if self._pending is not None:
            self._pending.read(self._sock, forced)
            return
        self._sock.get(SocketOption.EVENTS)  # which raises if it is closed, or ends
        self._known.read(forced)

    @property
    def _known(self) -> Subscriptions:
        assert self._tracked is not None  # or there is a Pending
        return self._tracked

    def _failed(self) -> TimedOut:
        text = (
            f"{self._topics.count(self._topic)} of {self._n} subscribers of"
            f" {self._topic!r} came to the {self._sock.type.name} socket within"
            f" timeout={self._deadline.timeout:g} s: it has {self._topics}"
        )
        return TimedOut(Errno.ETIMEDOUT, text)


def _require_xpub(sock: Any) -> None:
    if sock._socket_type == SocketType.PUB:
        raise RuntimeError(
            f"{sock!r} does not tell of its subscribers; make it with"
            " context.socket(zmq.PUB, track_peers=True), or take an XPUB socket"
        )
    if sock._socket_type != SocketType.XPUB:
        raise error_for(
            Errno.ENOTSUP, f"{sock.type.name} sockets have no subscribers to wait for"
        )


def _refuse_inverted(sock: Any) -> None:
    try:
        inverted = sock.get(SocketOption.INVERT_MATCHING)
    except ZMQError as error:
        if error.errno != Errno.EINVAL:  # libzmq before 4.2
            raise
        return
    if inverted:
        raise error_for(
            Errno.ENOTSUP,
            "option INVERT_MATCHING=1: messages go to whoever has not subscribed to"
            " their topics, and libzmq does not tell how many those are",
        )
