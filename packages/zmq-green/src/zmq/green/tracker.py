"""Following messages until libzmq has done with them, as a greenlet."""

from __future__ import annotations

from functools import partial

import zmq
from zmq.green._background import run_in_thread
from zmq.green._gevent import get_hub_if_exists, getcurrent


class MessageTracker(zmq.MessageTracker):
    """A :class:`zmq.MessageTracker` whose waiting blocks only the greenlet."""

    __module__ = "zmq.green"

    def wait(self, timeout: float | None = -1) -> None:
        """Wait until everything that is watched is done.

        :param timeout: seconds; a negative number, the default, or None waits for ever.
        :raises NotDone: when the time is over before.
        """
        wait = partial(super().wait, timeout)
        if self.done or timeout == 0 or getcurrent() is get_hub_if_exists():
            wait()
        else:
            run_in_thread(wait)
