"""A process of ssh, on a terminal of its own where there are terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Callable

from ._output import Output

_PATIENCE_S = 2.0
_AGAIN_S = 0.1


class SSHProcess:
    """A running ssh, and what it says.

    On POSIX it is the first process of a session of its own, and its terminal is ours:
    there it asks its questions, and when this program is killed the terminal hangs
    up and ssh ends too.

    :param command: the command line.
    :param environment: variables added to the current ones.
    """

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.ended: threading.Event = threading.Event()
        self._terminal = threading.Lock()
        self.on_end: Callable[[], None] = lambda: None
        env = {**os.environ, **environment}
        if sys.platform == "win32":
            self._popen = subprocess.Popen(  # noqa: S603 - a list, and no shell
                command,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )
            assert self._popen.stdout is not None
            fd = os.dup(self._popen.stdout.fileno())
            self._popen.stdout.close()
        else:
            self._popen, fd = _on_terminal(command, env)
        # It reads at once: ssh may end, and call `_finish`, before this returns.
        with self._terminal:
            self.output: Output = Output(fd, self._finish)

    @property
    def pid(self) -> int:
        """The process id."""
        return self._popen.pid

    def question(self) -> str:
        """Return what ssh asks for and waits to read unseen; empty if it does not."""
        if sys.platform == "win32":
            return ""
        import termios

        with self._terminal:
            if self.ended.is_set():
                return ""
            echoes = termios.tcgetattr(self.output.fd)[3] & termios.ECHO
        return "" if echoes else self.output.fresh.rpartition("\n")[2].strip()

    def answer(self, text: str) -> None:
        """Type a line."""
        self.output.take()
        # the number of a closed terminal may soon stand for something else
        with self._terminal:
            if not self.ended.is_set():
                os.write(self.output.fd, text.encode() + b"\n")

    def stop(self) -> None:
        """End it and whatever it started; return when all is gone."""
        give_up = time.monotonic() + _PATIENCE_S
        while not self.ended.is_set():
            # More than once: ssh misses a signal that comes just before it waits.
            late = time.monotonic() > give_up
            self._signal(_KILL if late else signal.SIGTERM)
            self.ended.wait(_PATIENCE_S if late else _AGAIN_S)
        self.output.join()

    def abandon(self) -> None:
        """Close this process's copy of the terminal, after a fork."""
        if not self.ended.is_set():
            os.close(self.output.fd)

    def _signal(self, number: int) -> None:
        try:
            if sys.platform == "win32":
                self._popen.terminate()
            else:
                os.killpg(self.pid, number)
        except (ProcessLookupError, PermissionError):
            # it has just ended
            return

    def _finish(self) -> None:
        # Whoever ignores the end of its terminal is not left behind either.
        try:
            self._popen.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._signal(_KILL)
            self._popen.wait()
        with self._terminal:
            os.close(self.output.fd)
            self.ended.set()
        self.on_end()


_KILL = signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL

# A session leader gets a terminal for its own by opening one. Done by a shell that then
# becomes ssh, this needs no fork of a process that has threads.
_OPEN_TERMINAL = 'exec "$@" <"$0" >"$0" 2>&1'


if sys.platform != "win32":

    def _on_terminal(
        command: list[str], env: dict[str, str]
    ) -> tuple[subprocess.Popen[bytes], int]:
        ours, theirs = os.openpty()
        try:
            popen = subprocess.Popen(  # noqa: S603 - the command comes as arguments
                ["/bin/sh", "-c", _OPEN_TERMINAL, os.ttyname(theirs), *command],
                env=env,
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
                start_new_session=True,
            )
        except BaseException:
            os.close(ours)
            raise
        finally:
            # The process has copies; once it has ended, reading ours ends as well.
            os.close(theirs)
        return popen, ours
