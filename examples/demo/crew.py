"""The processes of a scene: started, listened to, and ended whatever happens."""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .limit import DemoError, Limit

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 10.0
"""Seconds that any one thing may take."""
GRACE = 2.0
"""Seconds that a process has for ending before it is killed."""
LAST_WORDS = 12
"""Lines of a failed process's errors that are worth showing."""


class Member:
    """One process, and what it announces."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name = name
        # Errors go to a file: a pipe that nobody reads would block the process.
        self.errors = tempfile.TemporaryFile("w+b")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "examples.demo", *arguments],
            cwd=ROOT,
            # Ctrl-C is for the demo alone, which then ends its processes.
            start_new_session=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            encoding="utf-8",
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def go(self) -> None:
        """Tell the process to begin."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write("go\n")
            self.process.stdin.flush()
        except OSError as error:
            raise self.failure() from error

    def stop(self) -> None:
        """Tell the process to end; it may announce something before it does."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.close()
        except OSError as error:
            raise self.failure() from error

    def failure(self) -> DemoError:
        """Return an error with the process's own last words."""
        try:
            end = f"ended with status {self.process.wait(GRACE)}"
        except subprocess.TimeoutExpired:
            end = "says nothing any more, but goes on"
        self.errors.seek(0)
        words = self.errors.read().decode(errors="replace").strip().splitlines()
        return DemoError("\n".join([f"{self.name} {end}", *words[-LAST_WORDS:]]))

    def discard(self, deadline: float) -> None:
        """End the process, at ``deadline`` by force, and release everything of it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        # It may have gone before it read what was written to it.
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.reader.join()
        self.process.stdout.close()
        self.errors.close()


class Crew:
    """All processes of a scene.

    :param limit: what ends the waiting for any of them.
    """

    def __init__(self, limit: Limit) -> None:
        self.limit = limit
        self.members: list[Member] = []

    def start(self, name: str, *arguments: str) -> Member:
        """Start a process in the role that the first argument names."""
        member = Member(name, *arguments)
        self.members.append(member)
        return member

    def expect(self, member: Member, event: str) -> dict[str, Any]:
        """Wait until a process announces an event, and return what it says.

        :raises DemoError: when it takes too long, or any process fails meanwhile.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            self.limit.check()
            try:
                line = member.lines.get(timeout=0.05)
            except queue.Empty:
                self._check()
                if time.monotonic() > deadline:
                    raise DemoError(
                        f"{member.name} did not say {event!r} in time"
                    ) from None
                continue
            if line is None:
                raise member.failure()
            facts: dict[str, Any] = json.loads(line)
            if facts.pop("event") == event:
                return facts

    def _check(self) -> None:
        for member in self.members:
            if member.process.poll():
                raise member.failure()

    def finish(self, member: Member) -> dict[str, Any]:
        """Tell a process to end and return the sum it draws."""
        member.stop()
        facts = self.expect(member, "done")
        if member.process.wait(PATIENCE):
            raise member.failure()
        return facts

    def disband(self, grace: float) -> None:
        """End all processes, giving them so many seconds to do so themselves."""
        deadline = time.monotonic() + grace
        for member in self.members:
            member.discard(deadline)


@contextlib.contextmanager
def assemble(limit: Limit) -> Iterator[Crew]:
    """Yield a crew, none of which is left when the block is."""
    crew = Crew(limit)
    try:
        yield crew
    except BaseException:
        # After an error, they would only wait for each other.
        crew.disband(0.0)
        raise
    crew.disband(GRACE)
