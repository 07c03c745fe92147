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
            _running.add(self)

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
            _running.discard(self)
            os.close(self.output.fd)
            self.ended.set()
        self.on_end()


# The terminals of all processes, of which a forked child has copies.
_running: set[SSHProcess] = set()


def _abandon_all() -> None:
    for process in _running:
        process.abandon()
    _running.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_abandon_all)

_KILL = signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL

# A session leader gets a terminal for its own by opening one. Done by a shell that then
# becomes ssh, this needs no fork of a process that has threads.
_OPEN_TERMINAL = 'exec "$@" <"$0" >"$0" 2>&1'

# What this program ignores or blocks, as under nohup, ssh would ignore, too, and stay
# when the program is killed. Neither a shell nor `subprocess` can undo that; the env of
# GNU can.
_UNDO = "env --default-signal=HUP,TERM"
_HEED_SIGNALS = f'{_UNDO} true 2>/dev/null && set -- {_UNDO} "$@"; '


if sys.platform != "win32":

    def _is_deaf() -> bool:
        """Whether this thread ignores or blocks what should end ssh."""
        ending = (signal.SIGHUP, signal.SIGTERM)
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        return any(
            number in blocked or signal.getsignal(number) is signal.SIG_IGN
            for number in ending
        )

    def _on_terminal(
        command: list[str], env: dict[str, str]
    ) -> tuple[subprocess.Popen[bytes], int]:
        script = (_HEED_SIGNALS if _is_deaf() else "") + _OPEN_TERMINAL
        ours, theirs = os.openpty()
        try:
            popen = subprocess.Popen(  # noqa: S603 - the command comes as arguments
                ["/bin/sh", "-c", script, os.ttyname(theirs), *command],
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
