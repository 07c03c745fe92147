"""When the demo must be over: at its deadline, or as soon as somebody says so."""

from __future__ import annotations

import signal
import time


class DemoError(Exception):
    """Raised when a process of the demo fails or keeps silent; says which and why."""

    status = 1


class InterruptedDemoError(DemoError):
    """Raised when the demo was told by a signal to end."""

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.status = 128 + number


class Limit:
    """The end of all waiting.

    :param seconds: how long everything may take together.
    """

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds
        self.signal = 0

    def obey(self, *signals: signal.Signals) -> None:
        """Let these signals end the demo.

        They are only remembered here. An exception out of a handler could come while a
        process is being started, which nobody would then end.
        """
        for number in signals:
            signal.signal(number, self._remember)

    def _remember(self, number: int, _: object) -> None:
        self.signal = number

    def check(self) -> None:
        """Raise what ends the demo, if something does.

        :raises InterruptedDemoError: after a signal.
        :raises DemoError: after the deadline.
        """
        if self.signal:
            raise InterruptedDemoError(self.signal)
        if time.monotonic() > self.end:
            raise DemoError("it took too long as a whole")
