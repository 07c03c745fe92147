"""Sending to subscribers without waiting for them, and counting what that costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import zmq
from zmq.sugar.timeouts import duration_argument

if TYPE_CHECKING:
    from collections.abc import Sequence


class Outlet:
    """Sends through a socket that is never waited for.

    A PUB socket drops what does not fit into the queue of a subscriber and tells
    nobody. With XPUB_NODROP it refuses the message instead, for all subscribers; so it
    can be counted, but one stopped subscriber would keep everything from the others.
    Hence both: refuse and count at first, and when the same queue is still full after
    `patience`, send past it. libzmq then leaves that subscriber out until it has read
    half of its queue, and cannot say how much it missed.

    :param patience: seconds for which a full queue may hold back the others.
    :raises TypeError: when it is no number.
    :raises ValueError: when it is negative.
    """

    def __init__(self, patience: float) -> None:
        self.patience = duration_argument("patience", patience, "seconds")
        self.dropped = 0
        self.cut_offs = 0
        self._depth = 0
        self._full_topic = b""
        self._full_since: float | None = None

    def drop(self) -> None:
        """Count a message that could not be sent at all."""
        self.dropped += 1

    def send(self, socket: zmq.Socket[Any], frames: Sequence[bytes]) -> None:
        """Send one message or count it as dropped; the topic is its first frame."""
        if socket.type != zmq.PUB:
            self._send_or_drop(socket, frames)
            return
        self._depth += 1
        try:
            socket.set(zmq.XPUB_NODROP, 1)
            full = not self._sent(socket, frames)
        finally:
            self._depth -= 1
            # The program may use its socket for other things than logging. But the
            # record of a signal handler may have come in between.
            if self._depth == 0:
                socket.set(zmq.XPUB_NODROP, 0)
        if not full:
            self._note_room(frames[0])
        elif self._keeps_waiting(frames[0]):
            self.drop()
        else:
            self._cut_off(socket, frames)

    @staticmethod
    def _sent(socket: zmq.Socket[Any], frames: Sequence[bytes]) -> bool:
        try:
            socket.send_multipart(frames, zmq.DONTWAIT)
        except zmq.Again:
            return False
        return True

    def _send_or_drop(self, socket: zmq.Socket[Any], frames: Sequence[bytes]) -> None:
        if not self._sent(socket, frames):
            self.drop()

    def _note_room(self, topic: bytes) -> None:
        # Room for another topic proves nothing: the full queue may not take that one.
        if topic == self._full_topic:
            self._full_since = None

    def _keeps_waiting(self, topic: bytes) -> bool:
        now = time.monotonic()
        if self._full_since is None:
            self._full_topic, self._full_since = topic, now
        return now - self._full_since < self.patience

    def _cut_off(self, socket: zmq.Socket[Any], frames: Sequence[bytes]) -> None:
        self._full_since = None
        self.cut_offs += 1
        self._send_or_drop(socket, frames)
