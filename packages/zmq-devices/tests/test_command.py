"""`python -m zmq.devices` as a real process."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Callable

import pytest
from tests.fixtures.sockets import SocketFactory

import zmq

ANY = "tcp://127.0.0.1:*"


class Command:
    """A running command, with what it says of its addresses."""

    def __init__(self, *arguments: str, **popen: Any) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "zmq.devices", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **popen,
        )

    def line(self) -> str:
        return self.process.stdout.readline().rstrip("\n")  # type: ignore[union-attr]

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(number)
        output, errors = self.process.communicate(timeout=20)
        return self.process.returncode, output, errors


@pytest.fixture
def command() -> Iterator[Callable[..., Command]]:
    started: list[Command] = []

    def start(*arguments: str, **popen: Any) -> Command:
        started.append(Command(*arguments, **popen))
        return started[-1]

    yield start
    for running in started:
        running.process.kill()
        running.process.communicate()


def connected(
    make_socket: SocketFactory, address: str, socket_type: int, **options: Any
) -> zmq.Socket[bytes]:
    sock = make_socket(socket_type, linger=0, rcvtimeo=10_000, **options)
    sock.connect(address)
    return sock


def addresses(line: str) -> list[str]:
    return re.findall(r"tcp://[\d.]+:\d+", line)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_queue(command: Any, make_socket: SocketFactory, number: int) -> None:
    running = command("queue", ANY, ANY, "--interval", "0.05")
    line = running.line()
    front, back = addresses(line)
    assert line == f"ROUTER {front} <-> DEALER {back}"
    client = connected(make_socket, front, zmq.REQ)
    worker = connected(make_socket, back, zmq.REP)
    client.send(b"1234567890")
    worker.send(worker.recv() * 2)
    assert client.recv() == b"1234567890" * 2
    while not re.fullmatch(
        r"-> [\d,]+ msg/s \d+\.?\d* k?B/s   <- [\d,]+ msg/s \d+\.?\d* k?B/s   "
        r"passed -> 1 <- 1",
        running.line(),
    ):
        pass
    status, output, errors = running.stop(number)
    assert (status, errors) == (0, "")
    assert output.splitlines()[-1] == "stopped, passed -> 1 <- 1"


@pytest.mark.parametrize("kind", ["forwarder", "SUB/PUB", "xsub/xpub"])
def test_publications(command: Any, make_socket: SocketFactory, kind: str) -> None:
    running = command(kind, ANY, ANY)
    front, back = addresses(running.line())
    publisher = connected(make_socket, front, zmq.XPUB)
    subscriber = connected(make_socket, back, zmq.SUB)
    subscriber.subscribe(b"")
    publisher.recv()  # a subscription has arrived
    for _ in range(1000):
        publisher.send(b"news")
        if subscriber.poll(10):
            break
    assert subscriber.recv() == b"news"
    assert running.stop()[::2] == (0, "")


def test_a_streamer_that_connects(command: Any, make_socket: SocketFactory) -> None:
    senders, receiver = [make_socket(zmq.PUSH) for _ in "12"], make_socket(zmq.PULL)
    receiver.rcvtimeo = 10_000
    for sock in (*senders, receiver):
        sock.bind("tcp://127.0.0.1:0")
    one, other, back = (
        f"connect:{sock.last_endpoint.decode()}" for sock in (*senders, receiver)
    )
    running = command("streamer", f"{one},{other},{ANY}", back, "--hwm", "7")
    assert running.line().count("tcp://") == 4
    for i, sock in enumerate(senders):
        sock.send(b"%d" % i)
    assert {receiver.recv(), receiver.recv()} == {b"0", b"1"}
    assert running.stop()[0] == 0


def test_a_monitored_queue(command: Any, make_socket: SocketFactory) -> None:
    """ROUTER on both sides, and a prefix for each direction."""
    arguments = ("ROUTER/ROUTER", ANY, ANY, "-m", ANY, "--prefix", "<", "<<")
    running = command(*arguments)
    front, back, monitor = addresses(running.line())
    left = connected(make_socket, front, zmq.DEALER, routing_id=b"left")
    right = connected(make_socket, back, zmq.DEALER, routing_id=b"right")
    view = connected(make_socket, monitor, zmq.SUB)
    view.subscribe(b"")
    for _ in range(1000):
        left.send_multipart([b"right", b"?"])
        if view.poll(10):
            break
    left.send_multipart([b"right", b"!"])
    while view.recv_multipart() != [b"<", b"right", b"left", b"!"]:
        pass
    while right.recv_multipart() != [b"left", b"!"]:
        pass
    right.send_multipart([b"left", b"back"])
    assert left.recv_multipart() == [b"right", b"back"]
    assert view.recv_multipart() == [b"<<", b"left", b"right", b"back"]
    assert running.stop()[0] == 0


def test_what_was_passed_on_leaves(command: Any, make_socket: SocketFactory) -> None:
    """The receiver comes after the end has begun, within the time of --linger."""
    receiver = make_socket(zmq.PULL, rcvtimeo=10_000)
    receiver.bind("tcp://127.0.0.1:0")
    address = receiver.last_endpoint.decode()
    receiver.unbind(address)
    running = command(
        "streamer", ANY, f"connect:{address}", "--linger", "20000", "--interval", "0.05"
    )
    sender = connected(make_socket, addresses(running.line())[0], zmq.PUSH)
    sender.send(b"late")
    while not running.line().endswith("passed -> 1 <- 0"):
        pass
    running.process.send_signal(signal.SIGTERM)
    receiver.bind(address)
    assert receiver.recv() == b"late"
    assert running.process.wait(20) == 0


def test_a_second_signal_ends_it_at_once(
    command: Any, make_socket: SocketFactory, closed_port: int
) -> None:
    nobody = f"connect:tcp://127.0.0.1:{closed_port}"
    arguments = ("streamer", ANY, nobody, "--linger", "-1", "--interval", "0.05")
    running = command(*arguments)
    sender = connected(make_socket, addresses(running.line())[0], zmq.PUSH)
    sender.send(b"never")
    while not running.line().endswith("passed -> 1 <- 0"):
        pass
    running.process.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        running.process.wait(0.3)
    assert running.stop()[0] == -signal.SIGTERM


def test_quiet(command: Any, make_socket: SocketFactory) -> None:
    ends = [make_socket(zmq.PUSH), make_socket(zmq.PULL, rcvtimeo=20_000)]
    for end in ends:
        end.bind("tcp://127.0.0.1:0")
    front, back = (f"connect:{end.last_endpoint.decode()}" for end in ends)
    running = command("streamer", front, back, "-q", "--interval", "0.01")
    ends[0].send(b"it runs")
    assert ends[1].recv() == b"it runs"
    assert running.stop() == (0, "", "")


def test_it_goes_on_when_nobody_looks(command: Any, make_socket: SocketFactory) -> None:
    running = command("streamer", ANY, ANY, "--interval", "0.01")
    front, back = addresses(running.line())
    running.process.stdout.close()
    sender = connected(make_socket, front, zmq.PUSH)
    receiver = connected(make_socket, back, zmq.PULL)
    for i in range(20):
        sender.send(b"%d" % i)
        assert receiver.recv() == b"%d" % i
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(20) == 0
    assert running.process.stderr.read() == ""


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["queue", "tcp://nowhere", ANY], 1, r"Invalid argument .*tcp://nowhere"),
        (["queue", ANY, "connect:no-address"], 1, "Invalid argument .*no-address"),
        (["queue", ANY, "odd://x"], 1, "Protocol not supported .*odd://x"),
        (["queue", ANY], 2, "required: backend"),
        (["que", ANY, ANY], 2, "'que' is neither queue, forwarder, streamer nor"),
        (["ROUTER/NONE", ANY, ANY], 2, "'ROUTER/NONE' is neither"),
        (["queue", ANY, ANY, "--interval", "0"], 2, "'0' is no positive number"),
        (["queue", ANY, ANY, "--hwm", "many"], 2, "invalid int value: 'many'"),
        (["queue", ANY, ANY, "--hwm", "-3"], 1, "Invalid argument"),
        (["queue", ANY, ANY, "--hwm", "9999999999999"], 1, "."),
    ],
)
def test_errors(command: Any, arguments: list[str], status: int, words: str) -> None:
    running = command(*arguments)
    output, errors = running.process.communicate(timeout=20)
    assert running.process.returncode == status
    assert output == ""
    assert re.fullmatch(rf"python -m zmq\.devices: .*{words}.*\n", errors)


def test_an_address_in_use(command: Any, make_socket: SocketFactory) -> None:
    holder = make_socket(zmq.PULL)
    holder.bind("tcp://127.0.0.1:0")
    address = holder.last_endpoint.decode()
    running = command("queue", ANY, address)
    output, errors = running.process.communicate(timeout=20)
    assert (running.process.returncode, output) == (1, "")
    # What follows explains it.
    start = f"python -m zmq.devices: Address already in use (addr='{address}'"
    assert errors.startswith(start)
    assert errors.count("\n") == 1


def test_help(command: Any) -> None:
    output, errors = command("--help").process.communicate(timeout=20)
    assert "connect:" in output
    assert errors == ""
