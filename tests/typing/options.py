"""What type checkers make of options. Checked, never run."""

from __future__ import annotations

from typing import Any

from typing_extensions import assert_type

import zmq

ctx = zmq.Context()
sock = ctx.socket(zmq.SUB)

assert_type(sock.linger, int)
assert_type(sock.LINGER, int)
assert_type(sock.rcvtimeo, int)
assert_type(sock.hwm, int)
assert_type(sock.identity, bytes)
assert_type(sock.ROUTING_ID, bytes)
assert_type(sock.last_endpoint, bytes)
assert_type(sock.plain_username, bytes)
assert_type(sock.rcvmore, int)
assert_type(sock.events, int)
assert_type(sock.fd, int)
assert_type(sock.mechanism, int)

sock.linger = 0
sock.LINGER = 0
sock.immediate = True
sock.identity = b"me"
sock.hwm = 10
sock.SUBSCRIBE = b"topic"
sock.SUBSCRIBE = "topic"
sock.UNSUBSCRIBE = "topic"
sock.set_hwm(10)
sock.set(zmq.LINGER, 0)
sock.setsockopt(zmq.SUBSCRIBE, b"topic")
sock.set_string(zmq.SUBSCRIBE, "topic", encoding="utf-8")
sock.setsockopt_string(zmq.SUBSCRIBE, "topic")
assert_type(sock.getsockopt_string(zmq.LAST_ENDPOINT), str)

assert_type(ctx.io_threads, int)
assert_type(ctx.max_sockets, int)
assert_type(ctx.linger, int)
ctx.io_threads = 2
ctx.linger = 0
ctx.set(zmq.IO_THREADS, 2)
assert_type(ctx.get(zmq.IO_THREADS), int)
ctx.setsockopt(zmq.LINGER, 0)

frame = sock.recv(copy=False)
assert_type(frame.more, bool)
assert_type(frame.bytes, bytes)
assert_type(bytes(frame), bytes)
assert_type(frame.buffer, memoryview)
assert_type(len(frame), int)
assert_type(frame.group, str)
assert_type(frame.routing_id, int)

# The errors that make descriptors worth having: each must be reported.
sock.linger = "soon"  # type: ignore[assignment]
sock.identity = "text"  # type: ignore[assignment]
sock.SUBSCRIBE = 1  # type: ignore[assignment]
sock.lingr = 0  # type: ignore[attr-defined]
ctx.io_thread = 2  # type: ignore[attr-defined]
sock.recv_multipar()  # type: ignore[attr-defined]
sock.send_string(b"bytes")  # type: ignore[arg-type]
sock.bind(5555)  # type: ignore[arg-type]

# The value of an option has the type that the option has.
assert_type(sock.get(zmq.LINGER), int)
assert_type(sock.get(zmq.IDENTITY), bytes)
assert_type(sock.getsockopt(zmq.FD), int)
assert_type(sock.getsockopt(zmq.SocketOption.LAST_ENDPOINT), bytes)
some_option: int = zmq.LINGER.value
assert_type(sock.get(some_option), Any)
