"""A stopwatch from the days before ``time.monotonic``."""

from __future__ import annotations

from time import monotonic


class Stopwatch:
    """Measure how long something takes, in microseconds.

    .. deprecated:: 26.1
        Use ``time.monotonic``.
    """

    def __init__(self) -> None:
        import warnings

        warnings.warn(
            "zmq.Stopwatch is deprecated: use time.monotonic",
            DeprecationWarning,
            stacklevel=2,
        )
        self._started: float | None = None

    def start(self) -> None:
        """Start to measure, anew if it runs already."""
        self._started = monotonic()

    def stop(self) -> int:
        """Return the microseconds since :meth:`start`; 0 when it was not started."""
        if self._started is None:
            return 0
        elapsed = monotonic() - self._started
        self._started = None
        return int(elapsed * 1e6)
