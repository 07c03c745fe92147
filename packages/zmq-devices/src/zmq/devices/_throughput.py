"""How fast a device is, in words."""

from __future__ import annotations

SIDES = (("->", "frontend"), ("<-", "backend"))


class Meter:
    """Tells what has passed since it was asked the last time.

    :param now: seconds of a clock.
    """

    def __init__(self, now: float) -> None:
        self._then = now
        self._last: dict[str, int] = {}

    def line(self, statistics: dict[str, int], now: float) -> str:
        """Return the throughput of both directions, and what has passed in total.

        :param statistics: those of the device.
        :param now: seconds of the same clock.
        """
        seconds = max(now - self._then, 1e-9)
        rates: list[str] = []
        for arrow, side in SIDES:
            messages, size = (
                (statistics[f"{side}_{unit}"] - self._last.get(f"{side}_{unit}", 0))
                / seconds
                for unit in ("messages", "bytes")
            )
            rates.append(f"{arrow} {messages:,.0f} msg/s {in_bytes(size)}/s")
        self._then, self._last = now, statistics
        return "   ".join([*rates, total(statistics)])


def total(statistics: dict[str, int]) -> str:
    """Say what has passed in both directions."""
    counts = (f"{arrow} {statistics[f'{side}_messages']:,}" for arrow, side in SIDES)
    return f"passed {' '.join(counts)}"


def in_bytes(size: float) -> str:
    """Write a number of bytes with the unit that keeps it short."""
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} GB"
