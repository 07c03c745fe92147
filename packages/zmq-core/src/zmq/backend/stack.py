"""Room on the stack, for what must not be interrupted by its end."""

from __future__ import annotations

_ENOUGH = 40


def require_stack(frames: int = _ENOUGH) -> None:
    """Raise RecursionError where there is room for less than so many calls.

    To be called before what takes several steps, each of which is undone, or finished,
    by calls that would fail as well: sockets would stay locked, or open for ever.
    """
    if frames > 0:
        require_stack(frames - 1)
