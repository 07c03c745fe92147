"""The fast path: compiled where the backend has it, and in Python where not."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from time import monotonic_ns

from zmq import backend
from zmq._engine._answer import (
    hand_over,
    make_ready,
    new_ready,
    running_loop,
    take_back,
)

__all__ = ["EagerSocket", "TurnClock"]

TYPE_CHECKING = False
if TYPE_CHECKING or backend.EagerSocket is not None:
    from zmq.backend import EagerSocket, TurnClock
else:

    class TurnClock:
        """Tells for how long an event loop has been kept from turning."""

        __slots__ = ("since", "turning", "unseen", "watched")

        def __init__(self):
            self.since = 0
            self.turning = False
            # The last answer with a message, and whether it is looked for: see _bare.
            self.unseen = [None]
            self.watched = False

        def within(self, budget):
            return monotonic_ns() - self.since < budget

        def start(self):
            self.since = monotonic_ns()
            self.turning = True

    class EagerSocket:
        """A socket whose operations return futures: at once, where nothing waits.

        All else is for the ``_slow_`` methods of the subclass. An attempt that has
        failed is not repeated: a signal handler may have raised after libzmq was done.
        """

        _loop = _clock = None
        _receiving = _sending = ()
        _budget = 0
        # Whether the last thing done was to receive in vain, where the backend knows.
        _refused = getattr(backend.Socket, "_refused", False)

        def _in_time(self):
            clock = self._clock
            return (
                clock is not None
                and monotonic_ns() - clock.since < self._budget
                and running_loop() is self._loop
                and not self.closed  # which the slow way tells
            )

        def send(
            self,
            data,
            flags=0,
            copy=True,
            track=False,
            routing_id=None,
            group=None,
        ):
            if not self._sending and self._in_time():
                try:
                    sent = self._try_send(data, flags, copy, track, routing_id, group)
                    if sent is not False:
                        return make_ready(sent)
                except Exception as error:
                    return self._failed(error)
            return self._slow_send(
                data, flags, copy, track, routing_id=routing_id, group=group
            )

        def send_multipart(
            self,
            msg_parts,
            flags=0,
            copy=True,
            track=False,
            routing_id=None,
            group=None,
        ):
            if not isinstance(msg_parts, (list, tuple)):
                msg_parts = list(msg_parts)  # an iterator could be read only once
            if not self._sending and self._in_time():
                try:
                    sent = self._try_send_multipart(
                        msg_parts, flags, copy, track, routing_id, group
                    )
                    if sent is not False:
                        return make_ready(sent)
                except Exception as error:
                    return self._failed(error)
            return self._slow_send_multipart(
                msg_parts, flags, copy, track, routing_id=routing_id, group=group
            )

        def recv(self, flags=0, copy=True, track=False):
            if flags == 0 and not self._receiving and self._in_time():
                kept = []
                ready = new_ready()
                try:
                    self._try_recv(copy, track, kept)
                    if kept:
                        hand_over(ready, kept, self, self._received_part())
                        return ready
                    return self._slow_recv(flags, copy, track, tried=True)
                except BaseException as error:
                    take_back(self, kept, ready)
                    if isinstance(error, Exception):
                        return self._failed(error)
                    raise
            return self._slow_recv(flags, copy, track)

        def recv_multipart(self, flags=0, copy=True, track=False):
            if flags == 0 and not self._receiving and self._in_time():
                kept = []
                ready = new_ready()
                try:
                    self._try_recv_multipart(copy, track, kept)
                    if kept:
                        hand_over(ready, kept, self, False)
                        return ready
                    return self._slow_recv_multipart(flags, copy, track, tried=True)
                except BaseException as error:
                    take_back(self, kept, ready)
                    if isinstance(error, Exception):
                        return self._failed(error)
                    raise
            return self._slow_recv_multipart(flags, copy, track)
