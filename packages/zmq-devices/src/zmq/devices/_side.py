"""What one socket of a device will be: it is made where the device runs."""

from __future__ import annotations

import contextlib
import threading
import time
import weakref
from typing import Any

import zmq
from zmq.devices._reservation import Reservation

#: Seconds that a port found free before may take to become free again.
PATIENCE = 2.0


_choosing = threading.Lock()
# Those of all devices, by port.
_reservations: weakref.WeakValueDictionary[int, Reservation] = (
    weakref.WeakValueDictionary()
)


class Side:
    """The options and the addresses of a socket to be made."""

    def __init__(self) -> None:
        self.options: list[tuple[int, Any]] = []
        self.binds: list[str] = []
        self.connects: list[str] = []
        #: Where the socket is bound, once it is made.
        self.bound: list[str] = []
        #: What `bind_to_random_port` has chosen.
        self.reservations: list[Reservation] = []

    def __bool__(self) -> bool:
        """Whether there is anybody to talk to."""
        return bool(self.binds or self.connects)

    def bind_to_random_port(self, addr: str, *args: int, **kwargs: int) -> int:
        """Find a free port for a later bind, and return it."""
        # Within a range the port is held only when the probe has let go of it. Where
        # the system chooses, it chooses one that nobody has listened at: somebody who
        # connects to it early cannot come upon another socket there.
        same_port = bool(args or kwargs)
        with _choosing:
            while True:
                reservation = Reservation(_probe(addr, *args, **kwargs), same_port)
                if not reservation.lost:
                    break
            _reservations[reservation.port] = reservation
        self.reservations.append(reservation)
        self.binds.append(f"{addr}:{reservation.port}")
        return reservation.port

    def make(self, context: zmq.Context[Any], socket_type: int) -> zmq.Socket[Any]:
        """Make the socket: first its options, then its addresses."""
        sock: zmq.Socket[Any] = context.socket(socket_type)
        try:
            for option, value in self.options:
                sock.set(option, value)
            self.bound = [_bind(sock, addr) for addr in self.binds]
            for addr in self.connects:
                sock.connect(addr)
        except BaseException:
            sock.close(linger=0)
            raise
        return sock


def _probe(addr: str, *args: int, **kwargs: int) -> str:
    """Return where a socket can be bound, at a port that no device of ours has."""
    with zmq.Context() as context, contextlib.ExitStack() as probes:
        while True:
            probe = probes.enter_context(context.socket(zmq.PUSH))
            port = probe.bind_to_random_port(addr, *args, **kwargs)
            # One that awaits its bind may look free. Its probe stays until the end, so
            # the next one cannot find it again.
            if port not in _reservations:
                return probe.last_endpoint.decode()


def _bind(sock: zmq.Socket[Any], addr: str) -> str:
    # Ports are closed in the background: that of the device that ran before this one,
    # or of the probe that found it free.
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            sock.bind(addr)
        except zmq.ZMQError as error:
            if error.errno != zmq.EADDRINUSE or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return sock.last_endpoint.decode()
