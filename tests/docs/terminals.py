"""Terminals: what a page shows of them is run, and has to look as it is shown."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.fixtures.waiting import wait_for

BLOCK = re.compile(
    r"(?ms)^```{code-block} console\n:caption: (Terminal \d)\n(:class: varies\n)?"
    r"\n?(.*?)^```$"
)
PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")
PATIENCE = 15  # seconds for the next line


@dataclass
class Terminal:
    """One program at a time, and what it has printed.

    Ports are exchanged as in the programs. In what is shown, ``$ `` begins a command,
    ``^C`` is Ctrl-C, and ``...`` stands for any number of lines.
    """

    directory: Path
    ports: dict[str, int] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    lines: list[str] = field(default_factory=list)
    reader: threading.Thread | None = None

    def show(self, text: str, varies: bool) -> None:
        """Do what the text shows; raise AssertionError where it looks different."""
        skip = interrupted = False
        for line in text.splitlines():
            if line.startswith("$ "):
                self.finish(skip)
                self.start(line[2:])
                interrupted = False
            elif line == "^C":
                assert self.process is not None
                self.process.send_signal(signal.SIGINT)
                interrupted = True
            elif line == "...":
                skip = True
                continue
            else:
                self.expect(line, skip, varies)
            skip = False
        if interrupted:
            self.finish(skip)

    def start(self, command: str) -> None:
        """Start a command."""
        words = shlex.split(exchanged(command, self.ports))
        assert words[0] == "python", command
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-W", "error", *words[1:]],
            cwd=self.directory,
            env={**os.environ, "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self.read, args=(self.process,))
        self.reader.start()

    def read(self, process: subprocess.Popen[str]) -> None:
        """Take what the program prints, until its end."""
        assert process.stdout is not None
        with process.stdout as output:
            for line in output:
                self.lines.append(line.rstrip("\n"))

    def expect(self, line: str, skip: bool, varies: bool) -> None:
        """Wait for a line; numbers may be others where they vary."""
        wanted = re.sub(r"\d+(\.\d+)?", "#", line) if varies else line
        while True:
            wait_for(lambda: self.lines or self.ended, PATIENCE)
            assert self.lines, f"the program has ended before {line!r}"
            found = self.lines.pop(0)
            if varies:
                found = re.sub(r"\d+(\.\d+)?", "#", found)
            if found == wanted:
                return
            assert skip, f"{found!r} instead of {wanted!r}"

    @property
    def ended(self) -> bool:
        """Whether all that the program will ever print has been read."""
        return self.reader is None or not self.reader.is_alive()

    def finish(self, skip: bool) -> None:
        """Wait for the end of the program; the page shows all its lines, or ``...``."""
        if self.process is None:
            return
        self.process.wait(PATIENCE)
        assert self.reader is not None
        self.reader.join()
        if skip:
            self.lines.clear()
        assert self.lines == []

    def close(self) -> None:
        """End a program that is still running."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.reader is not None
            self.reader.join()
            self.process = None


def exchanged(text: str, ports: dict[str, int]) -> str:
    """Return the text with the ports that are free on this machine."""
    return PORT.sub(lambda match: str(ports[match[0]]), text)


def shown(page: Path) -> list[tuple[str, bool, str]]:
    """Return the terminals of a page: name, whether numbers vary, and the text."""
    text = page.read_text(encoding="utf-8")
    return [(name, bool(varies), body) for name, varies, body in BLOCK.findall(text)]
