"""The command zmq: monitor, proxy and bench as processes of their own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.commands import Start, bound_address
from tests.fixtures.interrupting import interrupt

import zmq


@pytest.fixture
def start(start_zmq: Start) -> Start:
    """Start the command with streams of text."""
    return partial(start_zmq, text=True)


ANY = "tcp://127.0.0.1:0"


def test_monitor_a_listener(start, make_socket) -> None:
    router = make_socket(zmq.ROUTER)
    router.bind(ANY)
    address = router.last_endpoint.decode()
    watching = start("monitor", address)
    seen = []
    while "HANDSHAKE_SUCCEEDED" not in seen:
        name, endpoint, value = watching.stdout.readline().split()
        seen.append(name)
        assert endpoint == address
        assert re.fullmatch(r"value=-?\d+", value)
    assert "CONNECTED" in seen
    router.close(0)
    while "DISCONNECTED" not in seen:
        seen.append(watching.stdout.readline().split()[0])


def test_monitor_as_json(start, closed_port) -> None:
    address = f"tcp://127.0.0.1:{closed_port}"
    watching = start("monitor", "--json", "--count", "3", address)
    out, err = watching.communicate(timeout=20)
    assert (watching.returncode, err) == (0, "")
    events = [json.loads(line) for line in out.splitlines()]
    assert len(events) == 3
    assert all(set(one) == {"event", "value", "endpoint"} for one in events)
    assert "CONNECT_DELAYED" in [one["event"] for one in events]


@pytest.mark.capability("curve")
def test_monitor_a_refused_peer(start, make_socket, tmp_path) -> None:
    """A protocol error is shown by its name."""
    assert start("keygen", str(tmp_path / "me")).wait(20) == 0
    secret = ("--curve-secret", str(tmp_path / "me.key_secret"))
    watching = start("monitor", "--bind", ANY, "--json", *secret)
    address = bound_address(watching)
    make_socket(zmq.DEALER).connect(address)
    event: dict[str, Any] = {"event": ""}
    while event["event"] != "HANDSHAKE_FAILED_PROTOCOL":
        event = json.loads(watching.stdout.readline())
        if event["event"] == "HANDSHAKE_FAILED_NO_DETAIL":
            # The peer has seen first that they do not fit, and is gone.
            make_socket(zmq.DEALER).connect(address)
    assert event["value"] == "PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH"


def test_monitor_with_nothing_to_see(start) -> None:
    watching = start("monitor", "--bind", ANY, "--timeout", "0.05")
    out, err = watching.communicate(timeout=20)
    assert watching.returncode == 3
    assert out.split()[0] == "LISTENING"
    assert err.endswith("monitor: no event within 0.05 s\n")


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_proxy(start, make_socket) -> None:
    proxy = start("proxy", "--type", "streamer", "--rates", *addresses())
    push = make_socket(zmq.PUSH, sndtimeo=20_000)
    pull = make_socket(zmq.PULL, rcvtimeo=20_000)
    push.connect(bound_address(proxy))
    pull.connect(bound_address(proxy))
    push.send_multipart([b"a", b"bc"])
    assert pull.recv_multipart() == [b"a", b"bc"]
    line = "frontend: 0 messages/s"
    while line.startswith("frontend: 0 messages/s"):
        line = proxy.stderr.readline()
    assert re.fullmatch(
        r"frontend: 1 messages/s, 3 bytes/s  backend: 0 messages/s, 0 bytes/s\n", line
    )
    interrupt(proxy)
    assert proxy.wait(20) == 130
    assert "Traceback" not in proxy.stderr.read()


@pytest.mark.skipif(sys.platform != "linux", reason="fills the pipe by /proc")
def test_proxy_whose_rates_nobody_reads(start, wait_for, monkeypatch) -> None:
    """Ctrl-C ends it also while the thread that prints the rates has to wait."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # with it there is no lock
    proxy = start("proxy", "--type", "streamer", "--rates", *addresses())
    while not proxy.stderr.readline().startswith("frontend: 0 messages/s"):
        pass
    full = os.open(f"/proc/{proxy.pid}/fd/2", os.O_WRONLY | os.O_NONBLOCK)
    for size in (4096, 1):
        with contextlib.suppress(BlockingIOError):
            while True:
                os.write(full, b"." * size)
    os.close(full)
    threads = Path(f"/proc/{proxy.pid}/task")
    sleeps_in = [thread.read_text for thread in threads.glob("*/wchan")]
    wait_for(lambda: any("pipe_write" in place() for place in sleeps_in))
    proxy.send_signal(signal.SIGINT)
    assert proxy.wait(20) == 130


def addresses() -> tuple[str, ...]:
    return ("--frontend", ANY, "--backend", ANY)


@pytest.mark.parametrize(
    ("kind", "front", "back"),
    [("queue", zmq.REQ, zmq.REP), ("forwarder", zmq.PUB, zmq.SUB)],
)
def test_types_of_proxies(start, make_socket, wait_for, kind, front, back) -> None:
    proxy = start("proxy", "--type", kind, *addresses())
    left, right = make_socket(front), make_socket(back, rcvtimeo=20_000)
    left.connect(bound_address(proxy))
    right.connect(bound_address(proxy))
    if kind == "forwarder":
        right.subscribe("")
        wait_for(lambda: left.send(b"x") or right.poll(10), timeout=20)
    else:
        left.send(b"x")
    assert right.recv() == b"x"


def test_bench(start) -> None:
    answering = start("bench", "--bind", ANY, "--timeout", "20")
    common = ("--size", "10", "--count", "1000", "--timeout", "20")
    measuring = start("bench", "--connect", bound_address(answering), "--json", *common)
    out, err = measuring.communicate(timeout=30)
    assert (measuring.returncode, err) == (0, "")
    assert answering.wait(20) == 0
    results = json.loads(out)
    trip, flow = results["round_trip_us"], results["throughput"]
    assert (results["size"], trip["count"], flow["count"]) == (10, 100, 1000)
    order = [trip[name] for name in ("min", "p50", "p90", "p99", "p99.9", "max")]
    assert order == sorted(order)
    assert order[0] > 0
    assert flow["messages_per_s"] > 0


def test_bench_as_text(start) -> None:
    answering = start("bench", "--bind", ANY, "--timeout", "20")
    measuring = start("bench", "--connect", bound_address(answering), "--count", "100")
    out, err = measuring.communicate(timeout=30)
    assert (measuring.returncode, err) == (0, "")
    assert re.search(r"p50 [\d.]+ .*max [\d.]+  \(10 trips\)", out)
    assert re.search(r"\d+ messages/s, [\d.]+ MB/s  \(100 messages\)", out)


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_plot(start, tmp_path, suffix) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / f"times.{suffix}"
    answering = start("bench", "--bind", ANY, "--timeout", "20")
    measuring = start(
        *("bench", "--connect", bound_address(answering), "--count", "100"),
        *("--timeout", "20", "--plot", str(path)),
    )
    out, err = measuring.communicate(timeout=60)
    assert (measuring.returncode, err) == (0, "")
    assert "messages/s" in out
    assert path.read_bytes().startswith((b"<?xml", b"\x89PNG"))


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [
        (("--bind", ANY, "--plot", "x.png"), 2, "the side that connects"),
        (("--connect", ANY, "--plot", "x.nothing"), 2, "x.nothing"),
    ],
)
def test_plot_that_cannot_be(start, args, status, words) -> None:
    pytest.importorskip("matplotlib")
    process = start("bench", *args)
    _, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert words in err


def test_bench_with_something_else(start, make_socket) -> None:
    answering = start("bench", "--bind", ANY, "--timeout", "20")
    pair = make_socket(zmq.PAIR, sndtimeo=20_000)
    pair.connect(bound_address(answering))
    pair.send(b"hello")
    assert answering.wait(20) == 1
    assert "the peer is no `zmq bench --connect`" in answering.stderr.read()


def test_bench_without_a_peer(start) -> None:
    for args in (("--bind", ANY), ("--connect", "tcp://127.0.0.1:1")):
        process = start("bench", *args, "--timeout", "0.05")
        assert process.wait(20) == 3
    assert start("bench").wait(20) == 2


def in_a_terminal(*args: str) -> str:
    """Run the command with a terminal for its output, and return that."""
    import pty
    import subprocess
    import sys

    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "zmq", *args],
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=subprocess.STDOUT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(slave)
    text = b""
    try:
        while chunk := os.read(master, 4096):
            text += chunk
    except OSError:  # how Linux says that nobody has the other end any more
        pass
    os.close(master)
    assert process.wait(20) == 0
    return text.decode()


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_colours_in_a_terminal(make_socket) -> None:
    pytest.importorskip("rich")
    router = make_socket(zmq.ROUTER)
    router.bind(ANY)
    address = router.last_endpoint.decode()
    text = in_a_terminal("monitor", "--count", "3", address)
    assert f"CONNECTED {address}" in text
    assert f"\x1b[32mHANDSHAKE_SUCCEEDED\x1b[0m {address} value=" in text


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_tables_in_a_terminal(start) -> None:
    pytest.importorskip("rich")
    answering = start("bench", "--bind", ANY, "--timeout", "20")
    address = bound_address(answering)
    common = ("--count", "100", "--timeout", "20")
    text = in_a_terminal("bench", "--connect", address, *common)
    assert "100 bytes, libzmq" in text
    assert re.search(r"\u2502 p99 +\u2502 +[\d.]+ \u2502", text)
    assert re.search(r"\u2502 +\d+ +\u2502 +[\d.]+ \u2502", text)
