"""The device that the command runs."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

import zmq
from zmq.devices._side import Side
from zmq.devices._steering import Steering
from zmq.devices.basedevice import ThreadDevice
from zmq.devices.monitoredqueuedevice import MonitoredQueueBase

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Address:
    """An address, and whether to connect to it instead of binding."""

    text: str
    connect: bool = False


class Broker(MonitoredQueueBase, ThreadDevice):
    """A proxy or, with prefixes, a monitored queue, in a thread.

    :param in_type: the type of the in socket.
    :param out_type: the type of the out socket; ROUTER on both sides is possible.
    :param prefixes: frames put before copies of what came in at either socket.
    :param options: options of all sockets.
    """

    # Terminated in the end, which gives what was passed on the time to leave.
    context_factory: Callable[[], zmq.Context[Any]] = zmq.Context

    def __init__(
        self,
        in_type: int,
        out_type: int,
        prefixes: Sequence[bytes] | None = None,
        options: dict[int, int] | None = None,
    ) -> None:
        super().__init__(in_type, out_type)
        self._in_prefix, self._out_prefix = prefixes or (None, None)
        for side, socket_type in self._sides():
            side.options.extend((options or {}).items())
            if socket_type == zmq.SUB:
                side.options.append((zmq.SUBSCRIBE, b""))

    def _sides(self) -> list[tuple[Side, int]]:
        return [
            (self._in, self.in_type),
            (self._out, self.out_type),
            (self._mon, self.mon_type),
        ]

    def attach(self, *addresses: Sequence[Address]) -> None:
        """Give addresses to the in, the out, and the monitor socket."""
        for (side, _), wanted in zip(self._sides(), addresses):
            for address in wanted:
                (side.connects if address.connect else side.binds).append(address.text)

    def _run_and_remember(self) -> None:
        # Whoever joins tells it; without this, Python would print a traceback.
        with contextlib.suppress(Exception):
            super()._run_and_remember()

    def wait_begun(self) -> None:
        """Wait until the sockets are there, or the device has failed."""
        assert isinstance(self._steering, Steering)
        self._steering.wait_begun()

    def describe(self) -> str:
        """Name the sockets with the addresses that they have come to have."""
        words = [
            " ".join([zmq.SocketType(socket_type).name, *side.bound, *side.connects])
            for side, socket_type in self._sides()
        ]
        line = f"{words[0]} <-> {words[1]}"
        return f"{line}, monitor {words[2]}" if self._mon else line
