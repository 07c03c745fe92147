"""Which peers of a socket are connected, as far as libzmq tells."""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import os
from errno import EPROTO

from zmq.constants import Event, SecurityMechanism, SocketOption
from zmq.error import HandshakeFailed
from zmq.sugar.waiting.bells import original
from zmq.utils.monitor import parse_monitor_message

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_FAILED = (
    Event.HANDSHAKE_FAILED_NO_DETAIL
    | Event.HANDSHAKE_FAILED_PROTOCOL
    | Event.HANDSHAKE_FAILED_AUTH
)


_CONNECTED = Event.CONNECTED | Event.ACCEPTED

# So many addresses that are in use no more are remembered: their last events come soon.
_GONE = 1000


class Peers:
    """The connections of a tracked socket, told by the thread of its journal.

    :param raw: whether there is no handshake, as with STREAM sockets: who is connected
        is a peer.
    """

    def __init__(self, *, raw: bool = False) -> None:
        self._ready_when: Event = _CONNECTED if raw else Event.HANDSHAKE_SUCCEEDED
        self._failed_when: int = 0 if raw else _FAILED
        self._lock: Any = original("allocate_lock")()
        # By endpoint: how many have completed their handshake, and how many have failed
        # and are yet to be disconnected.
        self._ready: dict[str, int] = {}
        self._failing: dict[str, int] = {}
        # The last failure at an endpoint since a success there.
        self._failures: dict[str, HandshakeFailed] = {}
        # Endpoints that are in use no more, the oldest first. Of what became of their
        # connections events may still come, but none of their end.
        self._gone: dict[str, None] = {}
        #: How many failures there have been.
        self.n_failed: int = 0
        #: Whether there will be no more events.
        self.ended: bool = False
        #: What is called, in the thread, after every event.
        self.bells: list[Callable[[], object]] = []
        #: The monitor of the program's own: gets the events, until it returns False.
        self.forward: Callable[[list[bytes], Event], bool] | None = None

    def endpoints(self) -> list[str]:
        """Return the endpoint of each peer that is connected."""
        with self._lock:
            return [one for one, n in self._ready.items() for _ in range(n)]

    def failed(self) -> list[tuple[str, HandshakeFailed]]:
        """Return the last failure at each endpoint, if no success came after it."""
        with self._lock:
            return list(self._failures.items())

    def forget(self, address: str, kept: Iterable[str]) -> None:
        """Take note that a socket was disconnected, or unbound.

        libzmq then ends the connections, and tells nothing of it.

        :param kept: the addresses that are still in use.
        """
        with self._lock:
            gone = {address}
            if address not in self._ready:
                known = (*self._ready, *self._failing, *self._failures)
                gone |= _meant_by(address, known)
                gone -= set(kept)
            for counts in (self._ready, self._failing, self._failures):
                for one in gone:
                    counts.pop(one, None)
            self._gone.update(dict.fromkeys(gone))
            for old in list(self._gone)[: max(0, len(self._gone) - _GONE)]:
                del self._gone[old]

    def expect(self, address: str) -> None:
        """Take note that a socket is about to be bound, or connected."""
        with self._lock:
            for one in _meant_by(address, self._gone):
                del self._gone[one]

    def note(self, message: list[bytes]) -> bool:
        """Take note of an event; tell whether it was the last one."""
        parsed = parse_monitor_message(message)
        event, value = parsed["event"], parsed["value"]
        endpoint = parsed["endpoint"].decode("utf-8", "replace")
        with self._lock:
            self._count(event, value, endpoint)
        if self.forward is not None and not self.forward(message, event):
            self.forward = None
        if event == Event.MONITOR_STOPPED:
            self.end()
            return True
        self._ring()
        return False

    def _count(self, event: Event, value: int, endpoint: str) -> None:
        if endpoint in self._gone:
            return
        if event & self._ready_when:
            self._ready[endpoint] = self._ready.get(endpoint, 0) + 1
            self._failures.pop(endpoint, None)
        elif event & self._failed_when:
            self._failing[endpoint] = self._failing.get(endpoint, 0) + 1
            self._failures[endpoint] = _failure(event, value, endpoint)
            self.n_failed += 1
        elif event == Event.DISCONNECTED:
            # One that failed is disconnected right after that.
            for known in (self._failing, self._ready):
                if known.get(endpoint):
                    known[endpoint] -= 1
                    if not known[endpoint]:
                        del known[endpoint]
                    break

    def end(self) -> None:
        """Take note that there will be no more events."""
        self.ended = True
        self._ring()

    def _ring(self) -> None:
        for ring in list(self.bells):
            ring()


def _meant_by(address: str, known: Iterable[str]) -> set[str]:
    """Return which of the known addresses one may stand for.

    Of a wildcard libzmq tells the addresses of the connections: they share its port.
    """
    port = _port(address)
    return {one for one in known if one == address or (port and _port(one) == port)}


def _port(address: str) -> str | None:
    """Return the transport and the port of an address, if it has one."""
    transport, _, rest = address.partition("://")
    port = rest.rpartition(":")[2]
    return f"{transport}:{port}" if transport == "tcp" else None


def _failure(event: Event, value: int, endpoint: str) -> HandshakeFailed:
    if event == Event.HANDSHAKE_FAILED_PROTOCOL:
        reason = Event(value).name
    elif event == Event.HANDSHAKE_FAILED_AUTH:
        reason = f"status {value} of the ZAP handler"
    else:
        reason = os.strerror(value)
    text = f"the handshake with {endpoint} has failed: {event.name}, {reason}"
    return HandshakeFailed(EPROTO, text, event, value, endpoint)


def is_worth_raising(sock: Any, error: HandshakeFailed) -> bool:
    """Tell whether a peer refuses, rather than being gone for a moment."""
    if error.event != Event.HANDSHAKE_FAILED_NO_DETAIL:
        return True
    # A server that does not like a key just closes the connection.
    mechanism: int = sock.get(SocketOption.MECHANISM)
    return mechanism != SecurityMechanism.NULL
