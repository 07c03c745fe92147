"""The command zmq: send, recv, sub, req, rep as processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from errno import EEXIST
from threading import Thread
from typing import Any, Callable

import pytest
from tests.fixtures.commands import Start, bound_address
from tests.fixtures.interrupting import interrupt

import zmq

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.fixture
def run(start_zmq: Start) -> Callable[..., tuple[int, bytes, str]]:
    """Run the command to its end."""

    def run_command(*args: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
        process = start_zmq(*args)
        out, err = process.communicate(stdin, timeout=30)
        return process.returncode, out, err.decode()

    return run_command


@pytest.fixture
def bound(make_socket):
    """Make a bound socket with timeouts, and return it and its address."""

    def make(kind: int, **options: Any) -> tuple[zmq.Socket[bytes], str]:
        socket = make_socket(kind, rcvtimeo=20_000, sndtimeo=20_000, **options)
        socket.bind("tcp://127.0.0.1:0")
        return socket, socket.last_endpoint.decode()

    return make


ANY = "tcp://127.0.0.1:0"


def test_send_the_frames_of_the_command_line(run, bound) -> None:
    pull, address = bound(zmq.PULL)
    assert run("send", "--connect", address, "a", "", "c", "--count", "2")[0] == 0
    assert [pull.recv_multipart() for _ in range(2)] == [[b"a", b"", b"c"]] * 2
    assert not pull.poll(0)


def test_send_more_lines_than_a_queue_has_room_for(run, bound) -> None:
    pull, address = bound(zmq.PULL)
    lines = [b"%d" % number for number in range(5000)]
    process_input = b"\n".join(lines) + b"\n"
    received: list[bytes] = []
    reader = Thread(target=lambda: received.extend(pull.recv() for _ in lines))
    reader.start()
    assert run("send", "--connect", address, stdin=process_input)[0] == 0
    reader.join(20)
    assert received == lines


@pytest.mark.parametrize(
    ("option", "line", "frames"),
    [
        ("--json", b'["a", {"hex": "ff00"}, ""]', [b"a", b"\xff\0", b""]),
        ("--hex", b"61 ff00 -", [b"a", b"\xff\0", b""]),
    ],
)
def test_formats_there_and_back(run, start_zmq, bound, option, line, frames) -> None:
    pull, address = bound(zmq.PULL)
    assert run("send", "--connect", address, option, stdin=line + b"\n")[0] == 0
    assert pull.recv_multipart() == frames
    push, address = bound(zmq.PUSH)
    receiver = start_zmq("recv", "--connect", address, option, "--count", "1")
    push.send_multipart(frames)
    out, err = receiver.communicate(timeout=20)
    assert (receiver.returncode, out.splitlines(), err) == (0, [line], b"")


def test_recv_prints_each_message_at_once(start_zmq, make_socket) -> None:
    receiver = start_zmq("recv", "--bind", ANY, "--count", "2")
    push = make_socket(zmq.PUSH, sndtimeo=20_000)
    push.connect(bound_address(receiver))
    for frames in ([b"\xff", b"b"], [b"last"]):
        push.send_multipart(frames)
        assert receiver.stdout.readline().rstrip(b"\r\n") == b"\t".join(frames)
    assert receiver.wait(20) == 0


def test_sub_takes_its_topics_from_several_publishers(start_zmq, bound) -> None:
    (one, first), (two, second) = bound(zmq.XPUB), bound(zmq.XPUB)
    subscriber = start_zmq(
        "sub", "--connect", first, "--connect", second, "a", "b", "--count", "2"
    )
    for publisher in (one, two):
        assert {publisher.recv(), publisher.recv()} == {b"\1a", b"\1b"}
    one.send(b"c1")
    one.send(b"a1")
    assert subscriber.stdout.readline().strip() == b"a1"
    two.send(b"b2")
    assert subscriber.stdout.readline().strip() == b"b2"
    assert subscriber.wait(20) == 0


def test_sub_ends_although_its_publisher_has(start_zmq, run) -> None:
    """A subscription that waits to be sent again keeps nobody."""
    publisher = start_zmq("send", "--type", "pub", "--bind", ANY, "a", "--count", "2")
    address = bound_address(publisher)
    code, out, err = run("sub", "--connect", address, "--count", "2")
    assert (code, out.split(), err) == (0, [b"a", b"a"], "")
    assert publisher.wait(20) == 0


def test_req_and_rep(start_zmq, run) -> None:
    replier = start_zmq("rep", "--bind", ANY, "--count", "3")
    address = bound_address(replier)
    assert run("req", "--connect", address, "a", "b") == (0, b"a\tb\n", "")
    code, out, _ = run("req", "--connect", address, stdin=b"x\ny\n")
    assert (code, out.split()) == (0, [b"x", b"y"])
    assert replier.wait(20) == 0
    assert replier.stdout.read().split() == [b"a", b"b", b"x", b"y"]


def test_rep_with_a_reply_of_its_own(start_zmq, run) -> None:
    replier = start_zmq("rep", "--bind", ANY, "--count", "1", "pong")
    code, out, _ = run("req", "--connect", bound_address(replier), "ping")
    assert (code, out.strip()) == (0, b"pong")
    assert replier.wait(20) == 0


@pytest.mark.parametrize(
    "args",
    [
        ("recv", "--bind", ANY),
        ("sub", "--bind", ANY),
        ("rep", "--bind", ANY),
        ("send", "--bind", ANY, "x"),
        ("send", "--type", "pub", "--bind", ANY, "x"),
        ("req", "--bind", ANY, "x"),
    ],
)
def test_nobody_in_time(run, args) -> None:
    code, out, err = run(*args, "--timeout", "0.05")
    assert (code, out) == (3, b"")
    last = err.splitlines()[-1]
    assert last.startswith(f"python -m zmq {args[0]}: ")
    assert "0.05 s" in last or "SNDTIMEO=50 ms" in last


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (("send", "x"), "--bind or --connect is needed"),
        (("recv", "--connect", "tcp://localhost"), "a tcp address needs a port"),
        (("recv", "--connect", "tpc://a:1"), "did you mean"),
        (("recv", "--count", "0", "--bind", ANY), "'0' is no number from 1 on"),
        (("recv", "--timeout", "nan", "--bind", ANY), "'nan' is no number of seconds"),
        (("recv", "--timeout", "-1", "--bind", ANY), "'-1' is no number of seconds"),
        (("recv", "--type", "sub", "--bind", ANY), "invalid choice"),
        (("recv", "--json", "--hex", "--bind", ANY), "not allowed with"),
        (("send", "--hex", "abc", "--bind", ANY), "'abc' is no even number"),
        (("send", "--json", '"a"', "--bind", ANY), "is an array of one frame or more"),
        (("send", "--json", "[1]", "--bind", ANY), "a frame in JSON is a string or"),
        (("send", "--json", "[", "--bind", ANY), "this is no JSON"),
        (("nothing",), "there is no command 'nothing': they are info, send, recv"),
        (("--json", "sned"), "there is no command 'sned', did you mean 'send'?"),
        (("send", "--conect", ANY, "x"), "zmq send: error: unrecognized arguments: --"),
    ],
)
def test_mistakes_in_the_command_line(run, args, text) -> None:
    code, out, err = run(*args)
    assert (code, out) == (2, b"")
    assert "Traceback" not in err
    assert err.startswith("usage: python -m zmq")
    assert ": error: " in err
    assert text in err


def test_a_mistake_in_the_input(run, bound) -> None:
    _, address = bound(zmq.PULL)
    code, _, err = run("send", "--connect", address, "--json", stdin=b'["a"]\nb\n')
    assert code == 1
    assert err.startswith("python -m zmq send: line 2 of the input: this is no JSON")


def test_an_address_that_is_taken(run, bound) -> None:
    _, address = bound(zmq.PULL)
    code, _, err = run("recv", "--bind", address)
    assert code == 1
    assert "is bound to it" in err
    assert "Traceback" not in err


@posix
@pytest.mark.parametrize("command", ["recv", "sub", "rep"])
def test_ctrl_c(start_zmq, command) -> None:
    process = start_zmq(command, "--bind", ANY)
    bound_address(process)
    interrupt(process)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"", b"")


@posix
def test_ctrl_c_while_messages_wait_to_leave(start_zmq, bound, wait_for) -> None:
    pull, address = bound(zmq.PULL, rcvhwm=1, rcvbuf=4096)
    sender = start_zmq("send", "--connect", address, "x" * 100_000, "--count", "500")
    assert pull.poll(20_000)
    # All are queued, or wait for room: either way it has something left.
    sender.send_signal(signal.SIGINT)
    out, err = sender.communicate(timeout=20)
    assert (sender.returncode, out, err) == (130, b"", b"")


def test_not_everything_leaves_in_time(run, bound) -> None:
    _, address = bound(zmq.PULL, rcvhwm=1, rcvbuf=4096)
    large = ("x" * 100_000, "--count", "500")
    code, _, err = run("send", "--connect", address, "--timeout", "0.3", *large)
    assert code == 3
    assert err.endswith("send: not everything has left within 0.3 s\n")


@posix
def test_a_pipe_that_closes_ends_the_command(start_zmq) -> None:
    receiver = start_zmq("recv", "--bind", ANY)
    bound_address(receiver)
    receiver.stdout.close()
    assert receiver.wait(20) == 0
    assert receiver.stderr.read() == b""


def test_the_console_script_and_the_version() -> None:
    script = os.path.join(
        os.path.dirname(sys.executable), "zmq.exe" if os.name == "nt" else "zmq"
    )
    done = subprocess.run(
        [script, "--version"], capture_output=True, text=True, timeout=20, check=True
    )
    assert done.stdout == f"zmq {zmq.__version__} (libzmq {zmq.zmq_version()})\n"
    done = subprocess.run(
        [script, "info", "--json"], capture_output=True, text=True, timeout=20
    )
    assert json.loads(done.stdout)["libzmq"]["version"] == zmq.zmq_version()
    assert done.returncode == 0


@pytest.mark.capability("curve")
def test_keys_from_files(start_zmq, run, tmp_path) -> None:
    server, client = str(tmp_path / "server"), str(tmp_path / "client")
    for name in (server, client):
        code, out, _ = run("keygen", name)
        assert code == 0
        assert out.decode().split() == [f"{name}.key", f"{name}.key_secret"]
    replier = start_zmq(
        "rep", "--bind", ANY, "--count", "2", "--curve-secret", f"{server}.key_secret"
    )
    address = bound_address(replier)
    to_server = ("req", "--connect", address, "--curve-server-key", f"{server}.key")
    assert run(*to_server, "anonymous")[:2] == (0, b"anonymous\n")
    named = ("--curve-secret", f"{client}.key_secret", "named")
    assert run(*to_server, *named)[:2] == (0, b"named\n")
    assert replier.wait(20) == 0


@pytest.mark.capability("curve")
def test_a_client_with_the_wrong_key_of_the_server(start_zmq, run, tmp_path) -> None:
    server, other = str(tmp_path / "server"), str(tmp_path / "other")
    for name in (server, other):
        assert run("keygen", name)[0] == 0
    replier = start_zmq("rep", "--bind", ANY, "--curve-secret", f"{server}.key_secret")
    code, out, _ = run(
        *("req", "--connect", bound_address(replier), "--timeout", "0.5", "x"),
        *("--curve-server-key", f"{other}.key"),
    )
    assert (code, out) == (3, b"")


@pytest.mark.capability("curve")
def test_key_files(run, tmp_path) -> None:
    name = str(tmp_path / "me")
    assert run("keygen", name, "--json")[0] == 0
    before = (tmp_path / "me.key_secret").read_text()
    if os.name == "posix":
        assert (tmp_path / "me.key_secret").stat().st_mode & 0o777 == 0o600
    code, out, err = run("keygen", name)
    assert (code, out) == (1, b"")
    assert err == f"python -m zmq keygen: {os.strerror(EEXIST)}: {name}.key_secret\n"
    assert (tmp_path / "me.key_secret").read_text() == before
    (tmp_path / "me.key_secret").unlink()
    assert run("keygen", name)[0] == 1
    assert not (tmp_path / "me.key_secret").exists()
    code, _, err = run("recv", "--bind", ANY, "--curve-secret", f"{name}.key")
    assert code == 2
    assert f"there is no secret key in {name}.key" in err
    assert run("recv", "--bind", ANY, "--curve-secret", f"{name}.none")[0] == 1
    pair = json.loads(run("keygen", "--json")[1])
    assert zmq.curve_public(pair["secret"].encode()) == pair["public"].encode()
