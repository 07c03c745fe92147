"""How long to wait for what no event tells.

With several peers (a ROUTER with ``ROUTER_MANDATORY``, a STREAM, a publisher with
``XPUB_NODROP``) EVENTS may say POLLOUT while a message is refused: they speak of other
peers than this message's. To look again would say the same again. What counts is the
descriptor; and as its news may be swallowed by any call, a look from time to time.
"""

from __future__ import annotations

#: Seconds of the first pause between two attempts, and of the longest one.
SHORTEST, LONGEST = 0.001, 0.02


def longer(pause: float) -> float:
    """Return the pause to make after one of so many seconds; 0 before the first."""
    return min(max(2 * pause, SHORTEST), LONGEST)
