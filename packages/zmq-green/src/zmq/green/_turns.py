"""Turns: a socket that is always ready must not keep the other greenlets waiting."""

from __future__ import annotations

import weakref
from time import monotonic
from typing import NamedTuple

from zmq.green._gevent import get_hub, getcurrent, sleep
from zmq.green._waiter import shortest_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.green._gevent import Hub

#: Seconds after which it is looked at whether others have run. At the second look, when
#: they have not since the first, they are let.
BUDGET = 0.005


class _Look(NamedTuple):
    """When the loop of a hub was last looked at."""

    #: When to look next, by the monotonic clock.
    due: float
    #: How often the loop had turned.
    turns: int


_looks: weakref.WeakKeyDictionary[Hub, _Look] = weakref.WeakKeyDictionary()


def give_turn() -> float:
    """Let other greenlets run, if they have not for too long.

    :returns: when to call this again, by the monotonic clock.
    """
    hub = get_hub()
    last = _looks.get(hub)
    if last is not None:
        if monotonic() < last.due:
            return last.due
        if last.turns == _turns(hub) and getcurrent() is not hub:
            # gevent lets 50 sleep(0) pass before it looks at timers and descriptors.
            sleep(shortest_time(hub))
    due = monotonic() + BUDGET
    _looks[hub] = _Look(due, _turns(hub))
    return due


def _turns(hub: Hub) -> int:
    # Only libev counts them. With libuv, every look lets others run.
    turns: int = hub.loop.iteration
    return turns
