"""What the demo prints: coloured on a terminal, plain in a log."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

import zmq

BOLD, DIM, GREEN, RED, CYAN = "1", "2", "32", "31", "36"


class Report:
    """Prints the headings and the tables of the scenes.

    :param stream: where to; colours are used when it is a terminal, unless the
        environment has ``NO_COLOR``.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.colours = stream.isatty() and "NO_COLOR" not in os.environ
        self.started = time.monotonic()
        self.scene = 0

    def title(self) -> None:
        """Print what is running on what."""
        self._line()
        self._line(self._style("ZeroMQ in Python, live", BOLD))
        self._line(
            self._style(
                f"pyzmq {zmq.pyzmq_version()}, libzmq {zmq.zmq_version()}, "
                f"{platform.python_implementation()} {platform.python_version()}, "
                f"{os.cpu_count()} processors",
                DIM,
            )
        )

    def heading(self, text: str) -> None:
        """Print the name of a scene."""
        self.scene += 1
        self._line()
        self._line(self._style(f"{self.scene}. {text}", BOLD, CYAN))

    def broker(
        self,
        clients: Mapping[str, str],
        workers: Mapping[str, str],
        results: Mapping[str, Mapping[str, Any]],
        passed: Mapping[str, int],
    ) -> None:
        """Print which client was answered by which workers, and how fast."""
        self._line()
        pairs = zip(clients.items(), workers.items())
        for number, ((client, over), (worker, to)) in enumerate(pairs):
            middle = "[ broker ]" if number == 1 else "|        |"
            self._line(f"{client} {_arrow(over)} {middle} {_arrow(to)} {worker}")
        self._line()
        self._row("", *workers, "requests", "median", "99 % below")
        for client, result in results.items():
            counts = [result["workers"].get(worker, 0) for worker in workers]
            median, most = result["median"], result["slowest_percent"]
            figures = (f"{value * 1e6:,.0f} us" for value in (median, most))
            self._row(client, *map(_count, (*counts, sum(counts))), *figures)
        total = sum(sum(result["workers"].values()) for result in results.values())
        seconds = max(result["seconds"] for result in results.values())
        self._result(
            f"{total:,} requests answered and checked, {total / seconds:,.0f} a second",
            f"{passed['messages']:,} messages went through the broker",
        )

    def feed(
        self,
        topics: Sequence[str],
        subscribers: Mapping[str, tuple[str, str]],
        results: Mapping[str, Mapping[str, Any]],
        published: int,
    ) -> None:
        """Print which subscriber received how much of which topic."""
        self._line()
        pairs = zip([*topics, ""], subscribers.items())
        for number, (topic, (name, (over, wanted))) in enumerate(pairs):
            sensor = f"{topic:8} {_arrow('inproc')}" if topic else " " * 21
            middle = "[  feed  ]" if number == 1 else "|        |"
            self._line(f"{sensor} {middle} {_arrow(over)} {name} ({wanted})")
        self._line()
        self._row("", *topics, "per second", "MB/s")
        for name, result in results.items():
            counts = [result["received"].get(topic, 0) for topic in topics]
            rate = sum(counts) / result["seconds"]
            speed = result["bytes"] / result["seconds"] / 1e6
            self._row(name, *map(_count, counts), _count(rate), f"{speed:.1f}")
        received = sum(sum(result["received"].values()) for result in results.values())
        self._result(
            f"{published:,} readings published",
            f"{received:,} delivered, in order and without a gap",
        )

    def curve(self, public_key: str, welcome: Mapping[str, Any]) -> None:
        """Print what the visitor with the key could do and the other could not."""
        self._line()
        speed = welcome["bytes"] / welcome["seconds"] / 1e6
        answers = f"{welcome['blocks']:,} blocks of 256 kB there and back"
        self._line(f"friend   {_arrow('tcp')} |        |  {answers}")
        self._line("stranger --tcp----X   [ vault  ]  no handshake, so no answer")
        self._line()
        self._line(self._style(f"public key of the vault: {public_key}", DIM))
        self._result(f"{speed:,.0f} MB encrypted and decrypted a second")

    def success(self) -> None:
        """Print that all went well."""
        self._line()
        seconds = time.monotonic() - self.started
        text = f"Everything sent has arrived. The demo took {seconds:.1f} s."
        self._line(self._style(text, BOLD, GREEN))
        self._line()

    def failure(self, reason: str) -> None:
        """Print why the demo ends early."""
        first, *rest = reason.splitlines()
        self._line()
        self._line(self._style(f"The demo failed: {first}", BOLD, RED))
        for line in rest:
            self._line(f"  {line}")

    def _result(self, *texts: str) -> None:
        self._line()
        for text in texts:
            self._line(self._style(f"=> {text}", GREEN))

    def _row(self, name: str, *cells: str) -> None:
        line = f"{name:12}" + "".join(f"{cell:>12}" for cell in cells)
        self._line(line if name else self._style(line, DIM))

    def _line(self, text: str = "") -> None:
        indent = "  " if text else ""
        print(f"{indent}{text}", file=self.stream, flush=True)

    def _style(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colours else text


def _arrow(transport: str) -> str:
    return f"--{transport:-<8}->"


def _count(number: float) -> str:
    return f"{number:,.0f}"
