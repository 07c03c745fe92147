"""Timeouts as arguments: what is none is refused by name."""

from __future__ import annotations

import _thread
import math

from zmq.backend.arguments import is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


# Some of the system's calls count the milliseconds in a C int.
_LONGEST = min(_thread.TIMEOUT_MAX, 2_000_000)


def _number(value: Any) -> float | None:
    """Return what is a number as an int or float; else None."""
    if isinstance(value, (int, float)):
        return value
    return float(value) if is_number(value) else None


def duration_argument(name: str, value: Any, unit: str) -> float:
    """Check how long something may take.

    :param unit: what it is counted in, "ms" say, for the message.
    :raises TypeError: when it is no number.
    :raises ValueError: when it is negative, or not a number ("nan").
    """
    duration = None if isinstance(value, bool) else _number(value)
    if duration is None:
        raise TypeError(f"{name} must be a number of {unit}, got {value!r}")
    if not duration >= 0:
        raise ValueError(f"{name}={value!r} must not be negative")
    return duration


def seconds_argument(name: str, value: Any) -> float:
    """Check a number of seconds, at most as many as a thread can wait."""
    seconds = duration_argument(name, value, "seconds, or None")
    return float(min(seconds, _thread.TIMEOUT_MAX))


def seconds_to_wait(timeout: Any) -> float | None:
    """Check a number of seconds, as ``threading`` has it: a negative one is none.

    :raises TypeError: when it is no number.
    :raises ValueError: when it is not a number ("nan").
    """
    if timeout is None:
        return None
    number = _number(timeout)
    if number is None:
        raise TypeError(
            f"timeout must be a number of seconds, or None, got {timeout!r}"
        )
    if number != number:
        raise ValueError("timeout must be a number of seconds, or None, got nan")
    return float(min(max(number, 0), _LONGEST))


def milliseconds_argument(timeout: Any) -> float | None:
    """Check a timeout in ms; None, and every negative number, waits for ever.

    :raises TypeError: when it is no number.
    :raises ValueError: when it is not a number ("nan").
    """
    if timeout is None or type(timeout) is int:
        return timeout
    number = _number(timeout)
    if number is None:
        raise TypeError(f"timeout must be a number of ms, or None, got {timeout!r}")
    if number != number:
        raise ValueError("timeout must be a number of ms, or None, got nan")
    return number


def deadline_after(milliseconds: float | None, clock: Callable[[], float]) -> float:
    """Return when a timeout is over; None, and every negative number, never is.

    :param clock: what tells the time in seconds.
    """
    timeout = milliseconds_argument(milliseconds)
    if timeout is None or timeout < 0:
        return math.inf
    return clock() + timeout / 1000
