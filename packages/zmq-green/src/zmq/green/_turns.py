"""Turns: a socket that is always ready must not keep the other greenlets waiting."""

from __future__ import annotations

import weakref
from time import monotonic

from zmq.green._gevent import get_hub, getcurrent, sleep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.green._gevent import Hub

#: Seconds for which operations that need not wait may follow one another.
BUDGET = 0.01

# By hub, when the others are to have a turn next.
_due: weakref.WeakKeyDictionary[Hub, float] = weakref.WeakKeyDictionary()


def give_turn() -> float:
    """Let other greenlets run, if they have not for too long.

    :returns: when to call this again, by the monotonic clock.
    """
    hub = get_hub()
    due = _due.get(hub)
    if due is not None and monotonic() < due:
        return due
    if due is not None and getcurrent() is not hub:
        # Of sleep(0), gevent lets 50 pass before it looks at descriptors and timers.
        sleep(1e-6)
    due = _due[hub] = monotonic() + BUDGET
    return due
