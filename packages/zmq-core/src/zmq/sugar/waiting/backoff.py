"""Back-off when EVENTS reports POLLOUT for another peer.

With several peers (a ROUTER with ``ROUTER_MANDATORY``, a STREAM, a publisher with
``XPUB_NODROP``) EVENTS may say POLLOUT while a message is refused: it speaks of other
peers than this message's. Looking at it again would say the same. What counts is the
descriptor; and as any call into the socket may clear that, the message is tried again
after a pause, too. The compiled sockets do the same in C.
"""

from __future__ import annotations

#: Seconds of the first pause between two attempts, and of the longest one.
SHORTEST, LONGEST = 0.001, 0.02


def longer(pause: float) -> float:
    """Return the pause to make after one of so many seconds; 0 before the first."""
    return min(max(2 * pause, SHORTEST), LONGEST)
