"""How late threads wake, compared with how late the machine is.

A control thread is woken through a pipe by the same event. Only what is later than it
is a wake-up that was missed.
"""

from __future__ import annotations

import os
import threading
import time

LIMIT = 0.050
MISSED = 0.500


class Lateness:
    """How late wake-ups were, beyond the lateness of the machine.

    A machine that is busy is late now and then, also with the I/O threads, which the
    control does not measure. A wake-up that is missed is later than that, and one kind
    of wake-up that is always late is so in every round.
    """

    def __init__(self, missed: float = MISSED) -> None:
        self.missed = missed
        self.all: list[float] = []

    def note(self, seconds: float, what: str) -> None:
        self.all.append(seconds)
        late = sum(one > LIMIT for one in self.all)
        if seconds > self.missed or late > 5 + len(self.all) / 100:
            raise SystemExit(
                f"{what} woke {seconds * 1000:.1f} ms late, {late} of {len(self.all)}"
                f" more than {LIMIT * 1000:.0f} ms late"
            )

    def __str__(self) -> str:
        late = sum(one > LIMIT for one in self.all)
        return (
            f"{len(self.all)} wake-ups, at worst {max(self.all) * 1000:.1f} ms late,"
            f" {late} of them more than {LIMIT * 1000:.0f} ms"
        )


class Control:
    """How late the machine is with a thread that waits for a pipe."""

    def __init__(self) -> None:
        self.reading, self.writing = os.pipe()
        self.started = self.lateness = 0.0
        self.woken = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while os.read(self.reading, 1) != b"q":
            self.lateness = time.monotonic() - self.started
            self.woken.set()

    def burst(self) -> None:
        self.woken.clear()
        self.started = time.monotonic()
        os.write(self.writing, b"x")

    def end(self) -> None:
        os.write(self.writing, b"q")
        self.thread.join()
