"""Waiting for the peers of a socket; the flavours wait in their own ways."""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from time import monotonic

from zmq.constants import Errno, SocketType
from zmq.error import ContextTerminated, TimedOut
from zmq.sugar.bound import inproc_bells
from zmq.sugar.readiness.peers import Peers, is_worth_raising
from zmq.sugar.waiting.bells import Bell, Deadline
from zmq.sugar.waiting.closedness import closed_while

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typing_extensions import Self


def count_argument(n: Any) -> int:
    """Check how many are waited for."""
    if isinstance(n, bool) or not isinstance(n, int):
        raise TypeError(f"n must be an int, got {n!r}")
    if n < 1:
        raise ValueError(f"n={n} must be at least 1")
    return n


class Connecting:
    """One call of ``wait_connected``.

    :param sock: the socket.
    :param n: how many peers to wait for.
    :param timeout: seconds, or None.
    :param clock: what they are counted by.
    """

    def __init__(
        self,
        sock: Any,
        n: int,
        timeout: float | None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._sock = sock
        self._n = count_argument(n)
        self._deadline = Deadline(timeout, clock)
        self._bell: Any = None
        self._peers = self._known_peers()
        self._n_failed = self._peers.n_failed

    def _make_bell(self) -> Any:
        """Return what wakes this one up; a flavour has its own."""
        return Bell()

    def _known_peers(self) -> Peers:
        sock = self._sock
        peers: Peers | None = sock._peers
        if peers is not None:
            return peers
        if sock.closed:
            raise closed_while(sock, "it waited for peers")
        if sock._has_outside_peers:
            kind = SocketType(sock._socket_type).name
            if sock._shadow:
                raise RuntimeError(
                    f"{sock!r} is a shadow, which does not know its peers; ask the"
                    f" socket that context.socket(zmq.{kind}, track_peers=True) makes"
                )
            raise RuntimeError(
                f"{sock!r} was bound or connected before its peers were tracked, so"
                " that they are not known; make it with"
                f" context.socket(zmq.{kind}, track_peers=True)"
            )
        if sock._endpoints:
            return Peers()  # over inproc only
        sock._track_peers()
        return sock._peers  # type: ignore[no-any-return]

    def __enter__(self) -> Self:
        self._bell = self._make_bell()
        ring = self._bell.ring
        try:
            self._sock._defer_close(self._closed)
            self._peers.bells.append(ring)
            inproc_bells.append(ring)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *exc_info: object) -> None:
        ring = self._bell.ring
        for bells in (inproc_bells, self._peers.bells):
            if ring in bells:
                bells.remove(ring)
        self._sock._allow_close(self._closed)

    def _closed(self) -> None:
        """Be told that the socket was closed.

        It is not kept until the wait has ended: whoever destroys the context in an
        event loop would wait for that, and the loop for it.
        """
        self._sock._allow_close(self._closed)
        self._bell.ring()

    def wait(self) -> list[str]:
        """Return the endpoints when there are enough."""
        found = self.look()
        while found is None:
            self._bell.wait(self._deadline.left)
            found = self.look()
        return found

    async def wait_in_loop(self) -> list[str]:
        """Do the same where the bell's waiting is to be awaited."""
        found = self.look()
        while found is None:
            await self._bell.wait(self._deadline.left)
            found = self.look()
        return found

    def look(self) -> list[str] | None:
        """Return the endpoints if there are enough.

        :raises TimedOut: when there are not, and the time is over.
        """
        sock = self._sock
        late = self._deadline.left == 0  # before the look, which may be the last one
        if sock.closed:
            raise closed_while(sock, "it waited for peers")
        found = self._peers.endpoints() + inproc_peers(sock)
        if len(found) >= self._n:
            return found
        if self._peers.ended or sock.context._ends:
            raise ContextTerminated
        self._raise_failure()
        if late:
            raise self._failed(found)
        return None

    def _raise_failure(self) -> None:
        peers, sock = self._peers, self._sock
        ways = {way for way, _ in sock._endpoints}
        connected = [address for way, address in sock._endpoints if way == "connect"]
        for endpoint, error in peers.failed():
            # Of one that this socket connects to it has to be told also when it was
            # before the call, as libzmq does not try again. Strangers of long ago are
            # no reason to give up. Bound to a wildcard, a socket has other addresses
            # than its own: those of the connections.
            is_new = peers.n_failed > self._n_failed
            is_ours = endpoint in connected or "bind" not in ways
            if (is_new or is_ours) and is_worth_raising(sock, error):
                raise error

    def _failed(self, found: list[str]) -> TimedOut:
        sock = self._sock
        places = ", ".join(f"{way} {address}" for way, address in sock._endpoints)
        text = (
            f"{len(found)} of {self._n} peers connected to the {sock.type.name} socket"
            f" within timeout={self._deadline.timeout:g} s"
        )
        if not places:
            return TimedOut(
                Errno.ETIMEDOUT, f"{text}: it is neither bound nor connected"
            )
        text = f"{text}: it has {', '.join(found) or 'none'}, of {places}"
        failures = "".join(f"; {error}" for _, error in self._peers.failed())
        return TimedOut(Errno.ETIMEDOUT, text + failures)


def inproc_peers(sock: Any) -> list[str]:
    """Return an endpoint for each peer over inproc: of these libzmq tells nothing."""
    ours = [one for one in sock._endpoints if one[1].startswith("inproc:")]
    if not ours:
        return []
    # All endpoints of the context, this socket's among them.
    theirs = [
        one for _, endpoints, _, closed, *_ in sock.context._sockets_left()
        for one in endpoints
        if closed is None
    ]  # fmt: skip
    return [
        address
        for way, address in ours
        for _ in range(theirs.count(("connect" if way == "bind" else "bind", address)))
    ]
