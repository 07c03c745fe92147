"""What type checkers make of `zmq.Socket`. Checked, never run."""

from __future__ import annotations

from typing import Any, Optional, Union

from typing_extensions import assert_type

import zmq

ctx = zmq.Context()
sock = ctx.socket(zmq.PUSH)
flag = bool(input())

assert_type(sock, zmq.Socket[bytes])
assert_type(zmq.Socket(ctx, zmq.PUSH), zmq.Socket[bytes])
assert_type(zmq.Socket.shadow(sock), zmq.Socket[bytes])

assert_type(sock.recv(), bytes)
assert_type(sock.recv(zmq.DONTWAIT), bytes)
assert_type(sock.recv(copy=True), bytes)
assert_type(sock.recv(0, True), bytes)
assert_type(sock.recv(copy=False), zmq.Frame)
assert_type(sock.recv(copy=False, track=True), zmq.Frame)
assert_type(sock.recv(copy=flag), Union[bytes, zmq.Frame])
assert_type(sock.recv_into(bytearray(10), nbytes=5, flags=zmq.DONTWAIT), int)

assert_type(sock.recv_multipart(), list[bytes])
assert_type(sock.recv_multipart(zmq.DONTWAIT), list[bytes])
assert_type(sock.recv_multipart(copy=True), list[bytes])
assert_type(sock.recv_multipart(copy=False), list[zmq.Frame])
assert_type(sock.recv_multipart(copy=flag), Union[list[bytes], list[zmq.Frame]])

assert_type(sock.send(b"x"), None)
assert_type(sock.send(b"x", zmq.DONTWAIT, copy=False), None)
assert_type(sock.send(b"x", track=False), None)
assert_type(sock.send(b"x", copy=False, track=True), zmq.MessageTracker)
assert_type(sock.send(b"x", track=flag), Optional[zmq.MessageTracker])
sock.send(bytearray(1))
sock.send(memoryview(b"x"))
sock.send(zmq.Frame(b"x"))
sock.send(b"x", routing_id=3, group="g")

assert_type(sock.send_multipart([b"1", b"2"]), None)
assert_type(
    sock.send_multipart([b"1", zmq.Frame()], copy=False, track=True), zmq.MessageTracker
)
assert_type(sock.send_multipart([b"1"], track=flag), Optional[zmq.MessageTracker])
sock.send_multipart((b"1", bytearray(b"2"), memoryview(b"3")))

assert_type(sock.recv_string(), str)
assert_type(sock.recv_string(zmq.DONTWAIT, "latin-1"), str)
assert_type(sock.recv_pyobj(), Any)
sock.send_string("x", zmq.SNDMORE, encoding="latin-1")
sock.send_json({"a": [1, None]}, sort_keys=True)
sock.recv_json(parse_float=str)
sock.send_pyobj(object(), protocol=4)


def serialize(number: int) -> list[bytes]:
    return [b"%d" % number]


def deserialize(frames: list[bytes]) -> int:
    return int(frames[0])


sock.send_serialized(3, serialize)
assert_type(sock.recv_serialized(deserialize), int)

assert_type(sock.closed, bool)
assert_type(sock.underlying, int)
assert_type(sock.copy_threshold, int)
assert_type(sock.type, zmq.SocketType)
assert_type(sock.fileno(), int)
assert_type(sock.poll(), int)
assert_type(sock.poll(0.5, zmq.POLLIN | zmq.POLLOUT), int)
assert_type(sock.bind_to_random_port("tcp://*", 1, 2, 3), int)
assert_type(sock.get_string(zmq.IDENTITY), str)
assert_type(sock.get_hwm(), int)
assert_type(sock.close(), None)
sock.close(linger=0)
sock.close(flush=1.5)
assert_type(sock.wait_connected(), list[str])
assert_type(sock.wait_connected(n=2, timeout=1.5), list[str])
assert_type(sock.wait_subscribed("topic", timeout=1), None)
assert_type(sock.wait_subscribed(b"topic", 2), None)
ctx.socket(zmq.PUB, track_peers=True)

with sock as same:
    assert_type(same, zmq.Socket[bytes])
with sock.bind("tcp://127.0.0.1:0") as bound:
    assert_type(bound, zmq.Socket[bytes])
with sock.connect("inproc://x") as connected:
    assert_type(connected, zmq.Socket[bytes])
sock.unbind("inproc://x")
sock.disconnect(b"inproc://x")

assert_type(sock.get_monitor_socket(), zmq.Socket[bytes])
sock.monitor(None)
sock.disable_monitor()
sock.subscribe("topic")
sock.unsubscribe(b"topic")
sock.join("group")
sock.leave("group")


def generic(socket: zmq.Socket[Any]) -> None:
    socket.send(b"x")


def synchronous(socket: zmq.SyncSocket) -> bytes:
    return socket.recv()


generic(sock)
synchronous(sock)


class Mine(zmq.Socket[bytes]):
    """A subclass."""

    note: str = ""


mine = Mine(ctx, zmq.PUSH)
assert_type(mine.note, str)
assert_type(mine.recv(), bytes)
with mine as same_mine:
    assert_type(same_mine, Mine)
assert_type(Mine.shadow(sock.underlying), Mine)


class Counting(zmq.Socket[bytes]):
    """One method can override the overloads of receiving."""

    def recv(self, flags: int = 0, copy: bool = True, track: bool = False) -> Any:
        return super().recv(flags, copy, track)

    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> list[Any]:
        return super().recv_multipart(flags, copy, track)


assert_type(sock.recv_many(10), list[list[bytes]])
assert_type(sock.recv_many(10, copy=False), list[list[zmq.Frame]])
assert_type(sock.recv_many(10, 0, False), list[list[zmq.Frame]])
assert_type(sock.send_many([[b"1", b"2"], (b"3",)]), int)

# What cannot be sent is reported.
sock.send("text")  # type: ignore[call-overload]
sock.send_multipart([b"bytes", "text"])  # type: ignore[list-item]
sock.send_multipart(b"bytes")  # type: ignore[arg-type]
sock.send_many([b"bytes"])  # type: ignore[list-item]
