"""What type checkers make of everything else. Checked, never run."""

from __future__ import annotations

from typing import Any, Optional

from typing_extensions import assert_type

import zmq
import zmq.devices
from zmq.decorators import context, socket
from zmq.utils import jsonapi, z85
from zmq.utils.monitor import parse_monitor_message, recv_monitor_message

ctx = zmq.Context()
sock = ctx.socket(zmq.PAIR)

poller = zmq.Poller()
poller.register(sock, zmq.POLLIN)
poller.register(3, zmq.POLLIN | zmq.POLLOUT)
poller.modify(sock, zmq.POLLOUT)
poller.unregister(sock)
assert_type(poller.poll(), list[tuple[Any, int]])
assert_type(poller.poll(timeout=1.5), list[tuple[Any, int]])
events: dict[Any, int] = dict(poller.poll(100))
readable, writable, wrong = zmq.select([sock], [sock], [], 0.1)

frame = zmq.Frame(b"x", track=True, copy=False, copy_threshold=0)
assert_type(frame.tracker, Optional[zmq.MessageTracker])
tracker = zmq.MessageTracker(frame)
assert_type(tracker.done, bool)
assert_type(tracker.wait(1.5), None)

assert_type(zmq.has("curve"), bool)
assert_type(zmq.curve_keypair(), tuple[bytes, bytes])
assert_type(zmq.curve_public(b"x" * 40), bytes)
assert_type(zmq.zmq_version(), str)
assert_type(zmq.zmq_version_info(), tuple[int, int, int])
assert_type(zmq.pyzmq_version(), str)
assert_type(zmq.strerror(11), str)
assert_type(zmq.zmq_errno(), int)
assert_type(zmq.get_includes(), list[str])
assert_type(zmq.get_library_dirs(), list[str])
threshold: int = zmq.COPY_THRESHOLD
assert_type(zmq.IPC_PATH_MAX_LEN, int)
zmq.proxy(sock, sock)
zmq.proxy_steerable(sock, sock, None, sock)
zmq.device(zmq.QUEUE, sock, sock)

socket_type: zmq.SocketType = zmq.PUSH
option: zmq.SocketOption = zmq.LINGER
flags: zmq.Flag = zmq.DONTWAIT | zmq.SNDMORE
poll_events: zmq.PollEvent = zmq.POLLIN | zmq.POLLOUT
event: zmq.Event = zmq.EVENT_CONNECTED
number: int = zmq.PUSH
assert_type(zmq.SocketType(8), zmq.SocketType)
name: str = zmq.SocketType["PUSH"].name

# Modules that come with ``import zmq`` need no import of their own.
assert_type(zmq.error.Again(), zmq.Again)
assert_type(zmq.sugar.socket.Socket(ctx, zmq.PAIR), zmq.Socket[bytes])
assert_type(zmq.sugar.context.Context(), zmq.Context[zmq.Socket[bytes]])
assert_type(zmq.sugar.frame.Frame(), zmq.Frame)
assert_type(zmq.sugar.poll.Poller(), zmq.Poller)
assert_type(zmq.sugar.version.zmq_version(), str)
assert_type(zmq.constants.SocketType(8), zmq.SocketType)
assert_type(zmq.backend.zmq_errno(), int)
assert_type(zmq.utils.jsonapi.dumps(1), bytes)
assert_type(zmq.utils.z85.encode(b""), bytes)
assert_type(
    zmq.devices.proxydevice.Proxy(zmq.XSUB, zmq.XPUB, zmq.PUB), zmq.devices.Proxy
)
zmq.rubbish  # type: ignore[attr-defined]  # noqa: B018

try:
    sock.recv(zmq.DONTWAIT)
except zmq.Again as again:
    assert_type(again.errno, Optional[int])
except zmq.ContextTerminated:
    pass
except zmq.ZMQError as error:
    assert_type(error.strerror, str)

assert_type(z85.encode(b"1234"), bytes)
assert_type(z85.decode("abcde"), bytes)
assert_type(jsonapi.dumps([1]), bytes)
message = recv_monitor_message(sock)
parse_monitor_message([b"", b""])


@context(io_threads=2)
@socket(zmq.PUSH)
def decorated(ctx: zmq.Context[Any], push: zmq.Socket[bytes]) -> None: ...
