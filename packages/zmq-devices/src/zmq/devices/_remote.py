"""Steering a device that runs in another process, through pipes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Callable

from zmq.devices._steering import NOTHING, Steering

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    Serve = Callable[[Steering, "Connection[Any, Any]", "Connection[Any, Any]"], None]

#: An exception of a size that fits in a pipe, which nobody may read for a while.
MAX_PICKLED = 10_000


class RemoteSteering:
    """Steers one run of a device in a process of its own: the part of the parent.

    :param serve: runs the device, and gets the two pipes to its parent.
    :param steering: what was asked of the device so far.
    :param options: those of :class:`multiprocessing.Process`.
    """

    def __init__(self, serve: Serve, steering: Steering, **options: Any) -> None:
        self._commands, commands = multiprocessing.Pipe()
        self._outcome, outcome = multiprocessing.Pipe(duplex=False)
        self.process: BaseProcess = multiprocessing.Process(
            target=serve, args=(steering, commands, outcome), **options
        )
        self._last = NOTHING
        self._failure: BaseException | None = None
        self._collected = False
        # Reentrant, for signal handlers that steer.
        self._sending = threading.RLock()
        self._receiving = threading.RLock()
        self._reaping = threading.RLock()
        # With the child's ends left open here, its death would go unnoticed.
        with commands, outcome:
            self.process.start()

    @property
    def ended(self) -> bool:
        """Whether the process has ended."""
        # Of two threads that reap a process at the same time, one learns nothing.
        with self._reaping:
            return self.process.exitcode is not None

    def stop(self) -> None:
        """End the loop of the device."""
        self._tell("stop")

    def pause(self) -> None:
        """Have messages wait."""
        self._tell("pause")

    def resume(self) -> None:
        """Undo a pause."""
        self._tell("resume")

    def _tell(self, command: str) -> None:
        with self._sending, contextlib.suppress(OSError):  # it has ended
            self._commands.send(command)

    def statistics(self) -> dict[str, int]:
        """Ask for the figures; of a device that has ended, the last ones."""
        with self._receiving:
            if not self._collected and not self.ended:
                self._tell("statistics")
                wait([self._commands, self._outcome, self.process.sentinel])
                with contextlib.suppress(EOFError, OSError):
                    if self._commands.poll():
                        self._last = self._commands.recv()
            self._collect()
            return dict(self._last)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the process has ended, at most `timeout` seconds."""
        # The sentinel is for those who wait: of a process of a fork server, it is not
        # ready for a moment once the exit code was read from it.
        if not self.ended:
            deadline = None if timeout is None else time.monotonic() + timeout
            wait([self._outcome, self.process.sentinel], timeout)
            self._collect()
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if wait([self.process.sentinel], left):
                # It becomes ready a moment before the process can be reaped.
                with self._reaping:
                    self.process.join()
        return self.ended

    def failure(self) -> BaseException | None:
        """Return what made an ended device fail, if anything did."""
        self._collect()
        if self._collected or not self.ended:
            return self._failure
        code = self.process.exitcode or 0
        if code == -signal.SIGTERM:
            return None  # what Process.terminate() is meant to do
        how = f"was killed by signal {-code}" if code < 0 else f"exited with {code}"
        return RuntimeError(f"the process of the device {how}")

    def _collect(self) -> None:
        with self._receiving, contextlib.suppress(EOFError, OSError):
            if not self._collected and self._outcome.poll():
                self._failure, self._last = self._outcome.recv()
                self._collected = True


def serve(
    run: Callable[[], None],
    steering: Steering,
    commands: Connection[Any, Any],
    outcome: Connection[Any, Any],
    daemon: bool,
) -> None:
    """Run a device in this process, and obey its parent.

    :param run: runs the device.
    :param steering: what steers it here.
    :param commands: brings the names of methods of `steering`, and takes answers.
    :param outcome: takes the failure, if any, and the figures, in the end.
    :param daemon: whether it ends with its parent.
    """
    if daemon:
        # Ctrl-C reaches the whole group of processes; the parent ends this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(
        target=obey, args=(steering, commands, daemon), daemon=True
    ).start()
    failure = None
    try:
        run()
    except BaseException as error:
        failure = sendable(error)
        raise
    finally:
        with contextlib.suppress(OSError):  # nobody is there to know
            outcome.send((failure, steering.statistics()))


def obey(steering: Steering, commands: Connection[Any, Any], daemon: bool) -> None:
    """Do what the parent says as long as it knows the device, and end with it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    with contextlib.suppress(EOFError, OSError):
        while commands in wait([commands, parent.sentinel]):
            answer = getattr(steering, commands.recv())()
            if answer is not None:
                commands.send(answer)
    parent.join()
    if daemon:
        os._exit(1)  # the parent was killed before it could end its daemons


def sendable(error: BaseException) -> BaseException:
    """Return an exception that survives the way to another process."""
    try:
        pickled = pickle.dumps(error)
        pickle.loads(pickled)  # noqa: S301 - our own
    except Exception:
        pickled = b""
    if pickled and len(pickled) < MAX_PICKLED:
        return error
    return RuntimeError(f"{type(error).__name__}: {error}"[:MAX_PICKLED])
