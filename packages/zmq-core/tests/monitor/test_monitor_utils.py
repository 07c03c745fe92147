"""Reading socket monitors, synchronous or not."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Awaitable
from typing import Any

import pytest

import zmq
from zmq.utils.monitor import parse_monitor_message, recv_monitor_message


def frames(event: int, value: int, endpoint: bytes = b"tcp://a:1") -> list[bytes]:
    return [struct.pack("=Hi", event, value), endpoint]


def test_an_event() -> None:
    parsed = parse_monitor_message(frames(zmq.EVENT_LISTENING, 7))
    assert parsed == {"event": 8, "value": 7, "endpoint": b"tcp://a:1"}
    assert parsed["event"] is zmq.Event.LISTENING
    assert list(parsed) == ["event", "value", "endpoint"]


def test_a_protocol_error_is_named() -> None:
    code = zmq.PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND
    parsed = parse_monitor_message(frames(zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL, code))
    assert parsed["value"] is code


def test_events_and_values_nobody_has_heard_of() -> None:
    parsed = parse_monitor_message(frames(0x8000, -1))
    assert parsed["event"] == 0x8000
    assert parsed["value"] == -1
    parsed = parse_monitor_message(frames(zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL, 5))
    assert parsed["value"] == 5


@pytest.mark.parametrize(
    "message", [[], [b""], [b"123456"], [b"12345", b"e"], [b"123456", b"e", b""]]
)
def test_what_is_no_event(message: Any) -> None:
    with pytest.raises(RuntimeError, match="Invalid event message format"):
        parse_monitor_message(message)


def events_until(monitor: Any, last: int) -> list[Any]:
    received = []
    while not received or received[-1]["event"] != last:
        received.append(recv_monitor_message(monitor))
    return received


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_the_events_of_a_connection(
    make_socket: Any, endpoint: Any, transport: str
) -> None:
    bound, connected = make_socket(zmq.PULL), make_socket(zmq.PUSH)
    with bound.get_monitor_socket() as monitor:
        monitor.rcvtimeo = 10_000
        bound.bind(endpoint(transport))
        connected.connect(bound.last_endpoint.decode())
        seen = events_until(monitor, zmq.EVENT_HANDSHAKE_SUCCEEDED)
        bound.disable_monitor()
    assert [event["event"] for event in seen] == [
        zmq.EVENT_LISTENING,
        zmq.EVENT_ACCEPTED,
        zmq.EVENT_HANDSHAKE_SUCCEEDED,
    ]
    assert seen[0]["endpoint"] == bound.last_endpoint.rstrip(b"\0")
    assert all(isinstance(event["event"], zmq.Event) for event in seen)


def test_no_event_yet(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    with pull.get_monitor_socket() as monitor:
        with pytest.raises(zmq.Again):
            recv_monitor_message(monitor, zmq.NOBLOCK)
        pull.disable_monitor()


class AwaitableSocket(zmq.Socket[Any]):
    """An asynchronous socket: it receives in a thread of the event loop."""

    def recv_multipart(self, *args: Any, **kwargs: Any) -> Any:
        loop = asyncio.get_running_loop()
        receive = super().recv_multipart
        return loop.run_in_executor(None, lambda: receive(*args, **kwargs))


def test_an_asynchronous_socket(make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)

    async def first_event(monitor: Any) -> Any:
        receiving = recv_monitor_message(monitor)
        assert isinstance(receiving, Awaitable)
        pull.bind("tcp://127.0.0.1:0")
        return await asyncio.wait_for(receiving, 10)

    with pull.get_monitor_socket() as owner:
        owner.rcvtimeo = 10_000
        event = asyncio.run(first_event(AwaitableSocket.shadow(owner)))
        pull.disable_monitor()
    assert event["event"] is zmq.Event.LISTENING
    assert event["endpoint"] == pull.last_endpoint.rstrip(b"\0")


def test_asyncio_is_not_imported(run_python: Any) -> None:
    run_python(
        """
        import sys
        import zmq.utils.monitor
        assert "asyncio" not in sys.modules
        """
    )
