"""Where the command prints: a terminal, a file, or a pipe that somebody may close."""

from __future__ import annotations

import os
from typing import TextIO


class Screen:
    """Prints lines, and one more that changes where the output is a terminal.

    :param output: where to, or None for nowhere.
    """

    def __init__(self, output: TextIO | None) -> None:
        self._output = output
        self._width = 0

    def line(self, text: str) -> None:
        """Print a line that stays."""
        self._write(self._over(text) + "\n")
        self._width = 0

    def status(self, text: str) -> None:
        """Print a line that the next one replaces, on a terminal."""
        if self._output is None or not self._output.isatty():
            self.line(text)
            return
        self._write(self._over(text))
        self._width = len(text)

    def _over(self, text: str) -> str:
        return "\r" + text.ljust(self._width) if self._width else text

    def _write(self, text: str) -> None:
        if self._output is None:
            return
        try:
            self._output.write(text)
            self._output.flush()
        except OSError:
            # Messages pass whether or not somebody looks. The interpreter would flush
            # once more in the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._output.fileno())
            self._output = None
