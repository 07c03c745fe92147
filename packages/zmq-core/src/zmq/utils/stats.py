"""What sockets have done, in numbers; see :meth:`zmq.Socket.stats`.

.. versionadded:: 28.0
"""

from __future__ import annotations

from typing import NamedTuple


class SocketStats(NamedTuple):
    """What a socket has done since it began to count.

    A message counts once libzmq has taken it as a whole, which may be long before it
    arrives, or has handed it over as a whole. Bytes are those of its frames.
    """

    messages_sent: int
    """Messages that libzmq has taken."""
    bytes_sent: int
    """Bytes of their frames."""
    messages_received: int
    """Messages that libzmq has handed over."""
    bytes_received: int
    """Bytes of their frames."""
    sends_waited: int
    """Sends that had to wait, for room or for a turn of the event loop."""
    sends_refused: int
    """Sends that raised :class:`zmq.Again`: not to wait at all, or no longer."""
    receives_waited: int
    """Receives that had to wait."""
    receives_refused: int
    """Receives that raised :class:`zmq.Again`."""
    messages_dropped: int
    """Messages dropped by ``on_full="drop"``, see :attr:`zmq.Socket.dropped`."""
    peers: int | None
    """How many peers are connected now, but for those over inproc, if the socket was
    made with ``track_peers=True``; else None."""

    def __str__(self) -> str:
        """Return the numbers in words, those that are 0 left out."""
        return _words(self)


class ContextStats(NamedTuple):
    """What the sockets of a context have done, those that are closed by now included.

    The numbers are the sums of those of :class:`SocketStats`.
    """

    messages_sent: int
    """Messages that libzmq has taken."""
    bytes_sent: int
    """Bytes of their frames."""
    messages_received: int
    """Messages that libzmq has handed over."""
    bytes_received: int
    """Bytes of their frames."""
    sends_waited: int
    """Sends that had to wait."""
    sends_refused: int
    """Sends that raised :class:`zmq.Again`."""
    receives_waited: int
    """Receives that had to wait."""
    receives_refused: int
    """Receives that raised :class:`zmq.Again`."""
    messages_dropped: int
    """Messages dropped by ``on_full="drop"``."""
    sockets_counted: int
    """How many sockets have been counted, open or closed."""

    def __str__(self) -> str:
        """Return the numbers in words, those that are 0 left out."""
        return _words(self)


def _words(stats: SocketStats | ContextStats) -> str:
    words: list[str] = []
    for name, value in stats._asdict().items():
        what, _, how = name.partition("_")
        if what == "messages" and (value or how != "dropped"):
            words.append(f"{how} {_number(value, what)}")
        elif value and what == "bytes":
            words[-1] += f" ({_number(value, what)})"
        elif what == "peers" and value is not None:
            words.append(_number(value, what))
        elif value:
            words.append(f"{how} {_number(value, what)}")
    return ", ".join(words)


def _number(value: int, what: str) -> str:
    return f"{value} {what[:-1] if value == 1 else what}"
