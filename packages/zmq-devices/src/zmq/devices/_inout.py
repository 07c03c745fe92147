"""What is configured before a device runs: its two sockets."""

from __future__ import annotations

from typing import Any

from zmq.devices._side import Side


class InOut:
    """The in and the out socket of a device, to be made where it runs."""

    def __init__(self) -> None:
        self._in = Side()
        self._out = Side()

    def bind_in(self, addr: str) -> None:
        """Have the in socket bound to an address.

        :param addr: as for :meth:`zmq.Socket.bind`; may be called several times.
        """
        self._in.binds.append(addr)

    def bind_in_to_random_port(self, addr: str, *args: int, **kwargs: int) -> int:
        """Have the in socket bound to a port that is free now.

        :param addr: the address without the port, such as ``tcp://127.0.0.1``; the
            other arguments are those of :meth:`zmq.Socket.bind_to_random_port`.
        :returns: the port.

        .. versionadded:: 18.0
        """
        return self._in.bind_to_random_port(addr, *args, **kwargs)

    def connect_in(self, addr: str) -> None:
        """Have the in socket connected to an address.

        :param addr: as for :meth:`zmq.Socket.connect`; may be called several times.
        """
        self._in.connects.append(addr)

    def setsockopt_in(self, opt: int, value: Any) -> None:
        """Have an option of the in socket set, before it is bound or connected.

        :param opt: a :class:`zmq.SocketOption`.
        :param value: as for :meth:`zmq.Socket.set`.
        """
        self._in.options.append((opt, value))

    def bind_out(self, addr: str) -> None:
        """Have the out socket bound to an address.

        :param addr: as for :meth:`zmq.Socket.bind`; may be called several times.
        """
        self._out.binds.append(addr)

    def bind_out_to_random_port(self, addr: str, *args: int, **kwargs: int) -> int:
        """Have the out socket bound to a port that is free now.

        :param addr: the address without the port, such as ``tcp://127.0.0.1``; the
            other arguments are those of :meth:`zmq.Socket.bind_to_random_port`.
        :returns: the port.

        .. versionadded:: 18.0
        """
        return self._out.bind_to_random_port(addr, *args, **kwargs)

    def connect_out(self, addr: str) -> None:
        """Have the out socket connected to an address.

        :param addr: as for :meth:`zmq.Socket.connect`; may be called several times.
        """
        self._out.connects.append(addr)

    def setsockopt_out(self, opt: int, value: Any) -> None:
        """Have an option of the out socket set, before it is bound or connected.

        :param opt: a :class:`zmq.SocketOption`.
        :param value: as for :meth:`zmq.Socket.set`.
        """
        self._out.options.append((opt, value))
