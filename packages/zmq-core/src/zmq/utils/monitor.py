"""Reading the messages of a socket monitor."""

from __future__ import annotations

import struct

from zmq.constants import Event

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Any, Protocol, TypedDict, overload

    import zmq

    class _MonitorMessage(TypedDict):
        event: Event
        value: int
        endpoint: bytes

    class _AsyncSocket(Protocol):
        def recv_multipart(self, flags: int = 0) -> Awaitable[list[bytes]]: ...


__all__ = ["parse_monitor_message", "recv_monitor_message"]

# 16 bits of event, 32 bits of value, without padding
_HEAD = struct.Struct("=Hi")


def parse_monitor_message(msg: list[bytes]) -> _MonitorMessage:
    """Decode a message of a socket monitor.

    :param msg: the two frames received from ``Socket.get_monitor_socket()``.
    :returns: ``event``, a :class:`zmq.Event`; ``value``, an int whose meaning depends
        on the event: a file descriptor, an errno, an interval in milliseconds; for
        ``HANDSHAKE_FAILED_PROTOCOL``, one of the ``PROTOCOL_ERROR`` members of
        :class:`zmq.Event`; for ``HANDSHAKE_FAILED_AUTH``, the status of the
        authenticator, such as 400; and ``endpoint``, the address in bytes.
    :raises RuntimeError: when it is no such message.
    """
    if len(msg) != 2 or len(msg[0]) != _HEAD.size:
        raise RuntimeError(f"Invalid event message format: {msg!r}")
    code, value = _HEAD.unpack(msg[0])
    event = Event(code)
    if event == Event.HANDSHAKE_FAILED_PROTOCOL:
        value = Event(value)
    return {"event": event, "value": value, "endpoint": msg[1]}


async def _parse_when_received(receiving: Awaitable[list[bytes]]) -> _MonitorMessage:
    return parse_monitor_message(await receiving)


if TYPE_CHECKING:

    @overload
    def recv_monitor_message(
        socket: zmq.Socket[bytes], flags: int = 0
    ) -> _MonitorMessage: ...

    @overload
    def recv_monitor_message(
        socket: _AsyncSocket, flags: int = 0
    ) -> Awaitable[_MonitorMessage]: ...


def recv_monitor_message(
    socket: Any, flags: int = 0
) -> _MonitorMessage | Awaitable[_MonitorMessage]:
    """Receive and decode the next event of a socket monitor.

    :param socket: what ``Socket.get_monitor_socket()`` returned, synchronous or not.
    :param flags: the flags of the receive, such as ``zmq.NOBLOCK``.
    :returns: as :func:`parse_monitor_message` returns it; from an asynchronous socket
        an awaitable of it.
    :raises Again: when no event has come, with ``zmq.NOBLOCK`` or after ``RCVTIMEO``.
    :raises RuntimeError: when the socket is no monitor's.
    """
    received: list[bytes] | Awaitable[list[bytes]] = socket.recv_multipart(flags)
    if isinstance(received, list):
        return parse_monitor_message(received)
    return _parse_when_received(received)
