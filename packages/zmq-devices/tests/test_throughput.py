"""What the command shows."""

from __future__ import annotations

import io
import os

import pytest

from zmq.devices._screen import Screen
from zmq.devices._throughput import Meter, in_bytes, total

STATISTICS = {
    "frontend_messages": 4000,
    "frontend_bytes": 2_500_000,
    "backend_messages": 2,
    "backend_bytes": 9,
}


def test_a_meter_tells_what_is_new() -> None:
    meter = Meter(10.0)
    first = meter.line(STATISTICS, 12.0)
    assert first == "-> 2,000 msg/s 1.2 MB/s   <- 1 msg/s 4 B/s   passed -> 4,000 <- 2"
    later = {**STATISTICS, "backend_messages": 12, "backend_bytes": 10_009}
    second = meter.line(later, 13.0)
    assert second == "-> 0 msg/s 0 B/s   <- 10 msg/s 10.0 kB/s   passed -> 4,000 <- 12"
    assert meter.line(later, 13.0).startswith("-> 0 msg/s")  # no time has passed


def test_total() -> None:
    assert total(STATISTICS) == "passed -> 4,000 <- 2"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (2_345_678, "2.3 MB"),
        (12_345_678_901, "12.3 GB"),
        (5e12, "5,000.0 GB"),
    ],
)
def test_in_bytes(size: float, text: str) -> None:
    assert in_bytes(size) == text


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_one_line_that_changes() -> None:
    output = Terminal()
    screen = Screen(output)
    screen.line("begin")
    screen.status("longer")
    screen.status("short")
    screen.line("end")
    assert output.getvalue() == "begin\nlonger\rshort \rend  \n"


def test_a_file_has_one_line_each() -> None:
    output = io.StringIO()
    screen = Screen(output)
    screen.line("begin")
    screen.status("longer")
    screen.status("short")
    screen.line("end")
    assert output.getvalue() == "begin\nlonger\nshort\nend\n"


def test_screen_without_output() -> None:
    Screen(None).line("nobody reads it")


def test_a_pipe_that_is_closed(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.close(reading)
    with os.fdopen(os.dup(writing), "w") as output:
        screen = Screen(output)
        for _ in range(3):
            screen.status("nobody reads it")
