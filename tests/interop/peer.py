"""Both sides of every conversation, for any binding that calls itself zmq.

The tests call `play` for our side. As a program it plays the jobs that come in on
stdin, one JSON object a line, and prints what became of each.
"""

from __future__ import annotations

import json
import socket as plain
import sys
import threading
from typing import Any, Callable

import zmq
from zmq.utils.monitor import recv_monitor_message

TIMEOUT = 10_000
USER, PASSWORD = b"user", b"password"
MESSAGES: list[list[bytes]] = [
    [b""],
    [b"one"],
    [b"", b""],
    [b"a", b"", b"c", bytes(range(256))],
    [b"x" * 255, b"y" * 256],
    [b"large" * 60_000, b"and", b"x" * 70_000],
    [b"%d" % i for i in range(100)],
    [b"last"],
]


def check(found: Any, expected: Any) -> None:
    if found != expected:
        raise AssertionError(f"got {found!r:.300}, expected {expected!r:.300}")


def send(socket: Any, frames: list[bytes], number: int) -> None:
    """Send in one way or the other, with and without copying."""
    if number % 3 == 0:
        socket.send_multipart(frames)
    elif number % 3 == 1:
        socket.send_multipart(frames, copy=False)
    else:
        for frame in frames[:-1]:
            socket.send(frame, zmq.SNDMORE)
        socket.send(frames[-1])


def receive(socket: Any, number: int) -> list[bytes]:
    if number % 2:
        return [frame.bytes for frame in socket.recv_multipart(copy=False)]
    return list(socket.recv_multipart())


# ---- the sides, each a function of its socket ---------------------------------------


def ask(socket: Any) -> None:
    """REQ."""
    for i, message in enumerate(MESSAGES):
        send(socket, message, i)
        check(receive(socket, i), message[::-1])


def answer(socket: Any) -> None:
    """REP."""
    for i, message in enumerate(MESSAGES):
        check(receive(socket, i), message)
        send(socket, message[::-1], i)


def ask_as_dealer(socket: Any) -> None:
    """DEALER, to a REP: all questions at once."""
    for i, message in enumerate(MESSAGES):
        send(socket, [b"", *message], i)
    for i, message in enumerate(MESSAGES):
        check(receive(socket, i), [b"", *message[::-1]])


def answer_as_router(socket: Any) -> None:
    """ROUTER, to a REQ."""
    for i, message in enumerate(MESSAGES):
        sender, empty, *body = receive(socket, i)
        check((empty, body), (b"", message))
        send(socket, [sender, b"", *message[::-1]], i)


def deal(socket: Any) -> None:
    """DEALER, to a ROUTER."""
    for i, message in enumerate(MESSAGES):
        send(socket, message, i)
    for i, message in enumerate(MESSAGES):
        check(receive(socket, i), message[::-1])


def route(socket: Any) -> None:
    """ROUTER, to a DEALER that has a name."""
    for i, message in enumerate(MESSAGES):
        check(receive(socket, i), [b"dealer's name", *message])
    for i, message in enumerate(MESSAGES):
        send(socket, [b"dealer's name", *message[::-1]], i)


def push(socket: Any) -> None:
    for i, message in enumerate(MESSAGES * 3):
        send(socket, message, i)


def pull(socket: Any) -> None:
    for i, message in enumerate(MESSAGES * 3):
        check(receive(socket, i), message)


def pair_first(socket: Any) -> None:
    deal(socket)
    check(socket.recv(), b"end")


def pair_second(socket: Any) -> None:
    for i, message in enumerate(MESSAGES):
        check(receive(socket, i), message)
    for i, message in enumerate(MESSAGES):
        send(socket, message[::-1], i)
    socket.send(b"end")


def publish(socket: Any) -> None:
    """PUB: everything again and again, until the subscriber has gone."""
    monitor = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    for _ in range(TIMEOUT // 5):
        socket.send(b"topic:begin")
        for i, message in enumerate(MESSAGES):
            send(socket, [b"noise", b"nobody wants it"], i)
            send(socket, [b"topic", *message], i)
        socket.send(b"topic:end")
        if monitor.poll(5):
            break
    else:
        raise AssertionError("the subscriber never left")
    socket.disable_monitor()
    monitor.close()


def take_published(socket: Any) -> None:
    """SUB and XSUB."""
    while receive(socket, 0) != [b"topic:begin"]:
        pass
    for i, message in enumerate(MESSAGES):
        check(receive(socket, i), [b"topic", *message])
    check(receive(socket, 0), [b"topic:end"])


def publish_when_asked(socket: Any) -> None:
    """XPUB."""
    check(socket.recv(), b"\x01topic")
    socket.send(b"topic:begin")
    for i, message in enumerate(MESSAGES):
        send(socket, [b"noise", b"nobody wants it"], i)
        send(socket, [b"topic", *message], i)
    socket.send(b"topic:end")
    check(socket.recv(), b"\x00topic")


def subscribe_and_leave(socket: Any) -> None:
    """SUB and XSUB, to an XPUB."""
    take_published(socket)
    if socket.type == zmq.SUB:
        socket.unsubscribe(b"topic")
    else:
        socket.send(b"\x00topic")


def stream_speaks(socket: Any) -> None:
    """STREAM, which sends first."""
    peer, nothing = socket.recv_multipart()
    check(nothing, b"")
    socket.send_multipart([peer, b"hello"])
    read = b""
    while read != b"olleh" + b"x" * 50_000:
        _, data = socket.recv_multipart()
        read += data
    socket.send_multipart([peer, b""])  # ends the connection


def stream_listens(socket: Any) -> None:
    peer, nothing = socket.recv_multipart()
    check(nothing, b"")
    read = b""
    while read != b"hello":
        read += socket.recv_multipart()[1]
    socket.send_multipart([peer, b"olleh"])
    socket.send_multipart([peer, b"x" * 50_000])
    check(socket.recv_multipart(), [peer, b""])


def raw(connection: plain.socket) -> None:
    """A plain TCP connection, to a STREAM that sends first."""
    read = b""
    while read != b"hello":
        read += connection.recv(100)
    connection.sendall(b"olleh" + b"x" * 50_000)
    check(connection.recv(100), b"")


def shake_hands(monitor: Any) -> str:
    """DEALER and ROUTER: tell how the first handshake went."""
    event = recv_monitor_message(monitor)["event"]
    return {
        zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL: "no detail",
        zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL: "protocol",
        zmq.EVENT_HANDSHAKE_FAILED_AUTH: "auth",
        zmq.EVENT_HANDSHAKE_SUCCEEDED: "succeeded",
    }[event]


Side = Callable[[Any], Any]
CONVERSATIONS: dict[str, tuple[tuple[str, Side], tuple[str, Side]]] = {
    "REQ-REP": (("REQ", ask), ("REP", answer)),
    "REQ-ROUTER": (("REQ", ask), ("ROUTER", answer_as_router)),
    "DEALER-REP": (("DEALER", ask_as_dealer), ("REP", answer)),
    "DEALER-ROUTER": (("DEALER", deal), ("ROUTER", route)),
    "PUSH-PULL": (("PUSH", push), ("PULL", pull)),
    "PAIR-PAIR": (("PAIR", pair_first), ("PAIR", pair_second)),
    "PUB-SUB": (("PUB", publish), ("SUB", take_published)),
    "PUB-XSUB": (("PUB", publish), ("XSUB", take_published)),
    "XPUB-SUB": (("XPUB", publish_when_asked), ("SUB", subscribe_and_leave)),
    "XPUB-XSUB": (("XPUB", publish_when_asked), ("XSUB", subscribe_and_leave)),
    "STREAM-STREAM": (("STREAM", stream_speaks), ("STREAM", stream_listens)),
    "STREAM-raw": (("STREAM", stream_speaks), ("raw", raw)),
    "handshake": (("DEALER", shake_hands), ("ROUTER", shake_hands)),
}


# ---- security -----------------------------------------------------------------------


class Doorman(threading.Thread):
    """A small ZAP handler: one user, or every key."""

    def __init__(self, context: Any) -> None:
        super().__init__(daemon=True)
        self.socket = context.socket(zmq.REP)
        self.socket.linger = 0
        self.socket.bind("inproc://zeromq.zap.01")
        self.start()

    def run(self) -> None:
        try:
            while True:
                self.reply(self.socket.recv_multipart())
        except zmq.ZMQError:
            self.socket.close()

    def reply(self, request: list[bytes]) -> None:
        version, number, _, _, _, mechanism, *credentials = request
        good = mechanism == b"CURVE" or credentials == [USER, PASSWORD]
        self.socket.send_multipart(
            [
                version,
                number,
                b"200" if good else b"400",
                b"OK" if good else b"go away",
                USER if good else b"",
                b"",
            ]
        )


def secure(socket: Any, job: dict[str, Any]) -> None:
    """Set the options of a mechanism; the binding side is its server."""
    mechanism = job.get("mechanism", "NULL")
    server = "address" not in job
    if mechanism == "PLAIN" and server:
        socket.plain_server = True
        socket.zap_domain = b"global"
        Doorman(socket.context)  # leaves when the context is terminated
    elif mechanism == "PLAIN":
        socket.plain_username = USER
        socket.plain_password = job.get("password", PASSWORD.decode()).encode()
    elif mechanism == "CURVE":
        keys = {name: value.encode() for name, value in job["keys"].items()}
        role = "server" if server else "client"
        socket.curve_publickey = keys[f"{role}_public"]
        socket.curve_secretkey = keys[f"{role}_secret"]
        if server:
            socket.curve_server = True
        else:
            socket.curve_serverkey = keys["expected"]


# ---- playing ------------------------------------------------------------------------


def play(job: dict[str, Any], bound: Callable[[str], object]) -> Any:
    """Play one side of a conversation.

    :param job: `conversation` and `side` (0 or 1); `address` to connect to, or `bind`
        for one to bind to; `mechanism`, and `keys` or `password` for it.
    :param bound: called with the address that was bound.
    """
    kind, side = CONVERSATIONS[job["conversation"]][job["side"]]
    if kind == "raw":
        return play_raw(job, side, bound)
    context = zmq.Context()
    socket = context.socket(getattr(zmq, kind))
    try:
        return play_on(socket, job, side, bound)
    finally:
        socket.close()
        context.term()


def play_on(socket: Any, job: dict[str, Any], side: Side, bound: Any) -> Any:
    socket.linger = socket.rcvtimeo = socket.sndtimeo = TIMEOUT
    secure(socket, job)
    if side is deal:
        socket.routing_id = b"dealer's name"
    if socket.type in (zmq.SUB, zmq.XSUB):
        # what it still has to say, nobody may be there any more to hear
        socket.linger = 100
    if socket.type == zmq.SUB:
        socket.subscribe(b"topic")
    if side is shake_hands:
        return watch_handshake(socket, job, bound)
    start(socket, job, bound)
    if socket.type == zmq.XSUB:
        socket.send(b"\x01topic")
    result = side(socket)
    mechanism = {0: "NULL", 1: "PLAIN", 2: "CURVE"}[socket.mechanism]
    check(mechanism, job.get("mechanism", "NULL"))
    return result


def start(socket: Any, job: dict[str, Any], bound: Callable[[str], object]) -> None:
    if "address" in job:
        socket.connect(job["address"])
    else:
        socket.bind(job["bind"])
        bound(socket.last_endpoint.decode())


def watch_handshake(socket: Any, job: dict[str, Any], bound: Any) -> str:
    socket.linger = 0
    monitor = socket.get_monitor_socket(
        zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
        | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
        | zmq.EVENT_HANDSHAKE_FAILED_AUTH
        | zmq.EVENT_HANDSHAKE_SUCCEEDED
    )
    monitor.rcvtimeo = TIMEOUT
    start(socket, job, bound)
    try:
        return shake_hands(monitor)
    finally:
        socket.disable_monitor()
        monitor.close()


def play_raw(job: dict[str, Any], side: Side, bound: Callable[[str], object]) -> Any:
    if "address" in job:
        host, port = job["address"].split("//")[1].split(":")
        with plain.create_connection((host, int(port)), TIMEOUT / 1000) as connection:
            return side(connection)
    with plain.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(TIMEOUT / 1000)
        bound(f"tcp://127.0.0.1:{listener.getsockname()[1]}")
        with listener.accept()[0] as connection:
            connection.settimeout(TIMEOUT / 1000)
            return side(connection)


def say(**values: Any) -> None:
    print(json.dumps(values), flush=True)


def main() -> None:
    say(version=zmq.__version__, libzmq=zmq.zmq_version(), file=zmq.__file__)
    for line in sys.stdin:
        try:
            say(result=play(json.loads(line), lambda address: say(address=address)))
        except Exception as error:
            say(error=f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
