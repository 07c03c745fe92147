"""`python -m zmq.log` as a real process."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest
from tests.fixtures.endpoints import EndpointFactory
from tests.fixtures.interrupting import interrupt
from tests.fixtures.sockets import SocketFactory

import zmq

Watch = Callable[..., "Watcher"]


class Watcher:
    """A watcher process, and a publisher that it is connected to."""

    def __init__(
        self, publisher: zmq.Socket[bytes], arguments: tuple[str, ...], **popen: Any
    ) -> None:
        self.publisher = publisher
        address = publisher.last_endpoint.decode()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "zmq.log", *arguments, address],
            stdout=popen.pop("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            **popen,
        )
        # an XPUB hears of each subscription
        topics = max(1, arguments.count("-t"))
        self.subscriptions = {publisher.recv() for _ in range(topics)}

    def stop(self, number: int = signal.SIGINT) -> tuple[str, str]:
        interrupt(self.process, number)
        output, errors = self.process.communicate(timeout=10)
        return output, errors

    def lines(self, *messages: tuple[str, str], stop: int = signal.SIGINT) -> list[str]:
        """Publish messages, and return what the watcher printed of them."""
        for message in messages:
            self.publisher.send_multipart([part.encode() for part in message])
        lines = [self.process.stdout.readline() for _ in messages]
        rest, errors = self.stop(stop)
        assert (rest, errors) == ("", "")
        assert self.process.returncode == 0
        return lines


README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def watch(make_socket: SocketFactory, endpoint: EndpointFactory) -> Iterator[Watch]:
    started = []

    def start(*arguments: str, **popen: Any) -> Watcher:
        publisher = make_socket(zmq.XPUB, rcvtimeo=10_000)
        publisher.bind(endpoint("tcp"))
        watcher = Watcher(publisher, arguments, **popen)
        started.append(watcher.process)
        return watcher

    yield start
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_lines_and_a_quiet_end(watch: Watch, stop: int) -> None:
    assert watch().lines(("r.INFO", "größer\n"), ("x", "y"), stop=stop) == [
        "r.INFO | größer\n",
        "x | y\n",
    ]


def test_what_the_readme_shows(watch: Watch) -> None:
    readme = README.read_text(encoding="utf-8")
    code = readme.split("```python\n")[1].split("```")[0]
    command, *shown = readme.split("```console\n$ ")[1].split("```")[0].splitlines(True)
    watcher = watch(*command.split()[3:-1])
    code = code.replace('"tcp://127.0.0.1:12345"', "publisher")
    names: dict[str, Any] = {"publisher": watcher.publisher}
    root = logging.getLogger()
    level = root.level
    try:
        exec(compile(code, "shop.py", "exec"), names)
        lines = [watcher.process.stdout.readline() for _ in shown]
    finally:
        root.setLevel(level)
        root.removeHandler(names["handler"])
    date = len("2026-11-20 18:30:05")
    assert [line[date:] for line in lines] == [line[date:] for line in shown]


def test_topics(watch: Watch) -> None:
    watcher = watch("-t", "a.", "-t", "b.")
    assert watcher.subscriptions == {b"\1a.", b"\1b."}
    watcher.publisher.send_multipart([b"c.INFO", b"nobody asked"])
    assert watcher.lines(("a.INFO", "1"), ("b.INFO", "2")) == [
        "a.INFO | 1\n",
        "b.INFO | 2\n",
    ]


def test_timestamp_separator_align(watch: Watch) -> None:
    watcher = watch("--timestamp", "--separator", " @ ", "--align")
    first, second = watcher.lines(("WARNING", "x"), ("INFO", "y"))
    date = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"
    assert re.fullmatch(f"{date} WARNING @ x\n", first)
    assert re.fullmatch(f"{date} INFO    @ y\n", second)


def test_date_format(watch: Watch) -> None:
    watcher = watch("--timestamp", "--dateformat", "[100%%]")
    assert watcher.lines(("INFO", "x")) == ["[100%] INFO | x\n"]


def test_json(watch: Watch) -> None:
    plain, rich = watch("--json").lines(
        ("INFO.a", "text\n"), ("ERROR", '{"message": "m", "level": "ERROR"}')
    )
    assert json.loads(plain)["message"] == "text"
    assert json.loads(plain)["topic"] == "INFO.a"
    assert json.loads(rich)["level"] == "ERROR"


def test_no_colour_in_a_pipe_unless_forced(watch: Watch) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_COLOR")}
    assert watch("--color", env=environment).lines(("INFO", "x")) == ["INFO | x\n"]
    forced = {**environment, "FORCE_COLOR": "1"}
    assert watch("--color", env=forced).lines(("INFO", "x")) == [
        "\x1b[32mINFO | x\x1b[0m\n"
    ]


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs pseudo-terminals")
@pytest.mark.parametrize(("no_colour", "begin"), [("", b"\x1b[32m"), ("1", b"INFO")])
def test_colour_on_a_terminal(watch: Watch, no_colour: str, begin: bytes) -> None:
    terminal, other = os.openpty()
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_COLOR")}
    try:
        watcher = watch(
            "--color", stdout=other, env={**environment, "NO_COLOR": no_colour}
        )
        watcher.publisher.send_multipart([b"INFO", b"x"])
        assert os.read(terminal, 100).startswith(begin)
        watcher.stop()
    finally:
        os.close(terminal)
        os.close(other)


def test_an_output_without_the_character(watch: Watch) -> None:
    watcher = watch(env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert watcher.lines(("INFO", "größer")) == ["INFO | gr\\xf6\\xdfer\n"]


def test_odd_messages_do_not_end_it(watch: Watch) -> None:
    watcher = watch()
    watcher.publisher.send_multipart([b"alone"])
    watcher.publisher.send_multipart([b"a", b"b", b"c"])
    watcher.publisher.send_multipart([b"\xff", b"\xff"])
    assert [watcher.process.stdout.readline() for _ in range(3)] == [
        "alone | \n",
        "a | b c\n",
        "\ufffd | \ufffd\n",
    ]
    assert watcher.stop() == ("", "")


def test_a_reader_that_leaves(watch: Watch) -> None:
    watcher = watch()
    watcher.process.stdout.close()
    watcher.process.stdout = None
    while watcher.process.poll() is None:
        watcher.publisher.send_multipart([b"INFO", b"x"])
    assert watcher.process.stderr.read() == ""
    assert watcher.process.returncode == 0


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_an_output_that_is_full(watch: Watch) -> None:
    with open("/dev/full", "w") as full:
        watcher = watch(stdout=full)
    watcher.publisher.send_multipart([b"INFO", b"x"])
    _, errors = watcher.process.communicate(timeout=10)
    assert errors.startswith("cannot write what tcp://")
    assert errors.endswith(": [Errno 28] No space left on device\n")
    assert errors.count("\n") == 1
    assert watcher.process.returncode == 1


@pytest.mark.skipif(os.name != "posix", reason="a shell closes it")
def test_an_output_that_is_closed() -> None:
    watching = f"{sys.executable} -m zmq.log tcp://127.0.0.1:1 >&-"
    done = subprocess.run(["sh", "-c", watching], stderr=subprocess.PIPE, timeout=20)
    assert done.stderr == b"python -m zmq.log: the standard output is closed\n"
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_topic_that_is_no_text(watch: Watch) -> None:
    watcher = watch("-t", os.fsdecode(b"\xff"))
    assert watcher.subscriptions == {b"\1\xff"}
    watcher.publisher.send_multipart([b"\xff", b"x"])
    assert watcher.process.stdout.readline() == "\ufffd | x\n"
    assert watcher.stop() == ("", "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [("nonsense", "nonsense"), ("tcp://127.0.0.1\udcff:5", "tcp://127.0.0.1\\udcff:5")],
)
def test_an_address_that_makes_no_sense(
    run_python: Callable[..., subprocess.CompletedProcess[str]], url: str, shown: str
) -> None:
    done = run_python(
        f"import sys; from zmq.log._watcher import main; sys.exit(main([{url!a}]))",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"cannot watch {shown}: ")
    assert "Traceback" not in done.stderr


def test_help_names_every_option() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zmq.log", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for option in ("--topic", "--json", "--timestamp", "--dateformat", "--separator"):
        assert option in done.stdout
    assert "python -m zmq.log" in done.stdout
