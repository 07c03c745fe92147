"""Waiting until a socket has peers, and subscribers."""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend import Socket as SocketBase
from zmq.constants import SocketType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend import Socket as _Base
    from zmq.sugar.readiness.peers import Peers
    from zmq.sugar.readiness.subscriptions import Subscribing, Subscriptions
else:
    _Base = object

_PUB, _XPUB = int(SocketType.PUB), int(SocketType.XPUB)
_STREAM = int(SocketType.STREAM)


class Readiness(_Base):
    """The methods of a socket that wait for peers."""

    # What is known of its peers, and of its subscribers, where it is tracked.
    _peers: Peers | None = None
    _subscriptions: Subscriptions | None = None

    def wait_connected(self, n: int = 1, timeout: float | None = None) -> list[str]:
        """Wait until peers are connected: until their handshakes are complete.

        Peers that were there before count, too. The socket has to be made with
        ``track_peers=True``: libzmq tells nothing of what was before. Peers over inproc
        can always be waited for; they are connected when one of the two is bound.

        :param n: how many peers.
        :param timeout: seconds; None waits for ever.
        :returns: the endpoint of each peer: the address that it was reached at, or, of
            one that has connected to this socket, the address that this one is bound
            to, or that of the host, if that is a wildcard.
        :raises TimedOut: when there are fewer after that time; tells how many.
        :raises HandshakeFailed: when a peer refuses this one, or is refused by it: by
            the wrong keys, or by the ZAP handler.
        :raises RuntimeError: when it was bound or connected, and is not tracked.
        :raises ValueError: when `timeout` is negative.

        .. versionadded:: 28.0
        """
        from zmq.sugar.readiness.connecting import Connecting

        waiting = Connecting(self, n, timeout)
        with waiting:
            return waiting.wait()

    def wait_subscribed(
        self, topic: bytes | str = b"", n: int = 1, timeout: float | None = None
    ) -> None:
        """Wait until subscribers would receive what begins with a topic.

        What is sent then reaches them. An XPUB socket keeps its subscription messages
        to be received; only those that are not received yet count. Of subscriptions to
        the same topic it tells only the first, unless it has the option
        ``XPUB_VERBOSER``. A PUB socket has to be made with ``track_peers=True``; it is
        an XPUB socket to libzmq then, and all of its subscriptions count.

        :param topic: the topic; a str is encoded in UTF-8. The default waits for
            subscriptions to everything.
        :param n: how many subscriptions.
        :param timeout: seconds; None waits for ever.
        :raises TimedOut: when there are fewer after that time; tells which there are.
        :raises RuntimeError: when it is a PUB socket that is not tracked.
        :raises ValueError: when `timeout` is negative.
        :raises ZMQError: ENOTSUP, when it is no publisher, or has the option
            ``INVERT_MATCHING``.

        .. versionadded:: 28.0
        """
        from zmq.sugar.readiness.subscriptions import Subscribing

        waiting = Subscribing(self, topic, n, timeout)
        with waiting:
            until_subscribed(waiting)

    def _type_to_track(self, track_peers: object, shadow: Any, socket_type: int) -> int:
        """Return the type to make a socket of that is tracked."""
        if not isinstance(track_peers, bool):
            raise TypeError(f"track_peers must be True or False, not {track_peers!r}")
        if shadow:
            raise ValueError(
                "track_peers is for new sockets: a shadow cannot be tracked"
            )
        return _XPUB if socket_type == _PUB else socket_type

    def _track(self, socket_type: int) -> None:
        """Track a socket that was just made, as one of that type."""
        try:
            self._track_peers()
            if socket_type == _PUB:
                from zmq.sugar.readiness.subscriptions import Subscriptions

                self._pass_for(_PUB)
                self._subscriptions = Subscriptions(self)
        except BaseException:
            SocketBase.close(self, 0)
            raise

    def _track_peers(self) -> None:
        from zmq.sugar.readiness.journal import track
        from zmq.sugar.readiness.peers import Peers

        peers = Peers(raw=self._socket_type == _STREAM)
        track(self, peers)
        self._peers = peers


def until_subscribed(waiting: Subscribing) -> None:
    """Wait until a call of ``wait_subscribed`` has what it waits for."""
    # Not in the "with", whose end CPython 3.12 to 3.14 skip when a signal handler
    # raises as a loop in it jumps back on a condition.
    while not waiting.look():
        waiting.sleep()
