"""Telling the C part how long a list is."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def tell_length(
    tell: Callable[[Any, int], object], box: Any, things: list[Any]
) -> None:
    """Tell the C part of a socket how many there are.

    A call into C gives up the GIL, so another thread that changes the list at the same
    time may overtake this one, or be overtaken. Whoever is the last to tell has found
    afterwards that it is still true.
    """
    n = len(things)
    tell(box, n)
    while n != len(things):
        n = len(things)
        tell(box, n)
