"""Calling into the hub of another thread.

gevent's own ``run_callback_threadsafe`` is not that with libuv: it starts timers.
"""

from __future__ import annotations

import sys
import weakref
from collections import deque

from zmq.green._gevent import get_hub_if_exists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from zmq.green._gevent import Hub

# By ident, those of the system that run: threading knows others when it is patched.
_threads = sys._current_frames  # pyright: ignore[reportPrivateUsage]


class Mailbox:
    """What other threads want a hub to call. To be made in the hub's own thread."""

    def __init__(self, hub: Hub) -> None:
        self._hub = weakref.ref(hub)
        self._calls: deque[Callable[[], None]] = deque()
        self._thread = hub.thread_ident
        # Nothing to stay for: those who wait have watchers of their own.
        self._watcher = hub.loop.async_(ref=False)
        self._watcher.start(self._call_all)

    def is_here(self) -> bool:
        """Whether the hub is the one of this thread."""
        return get_hub_if_exists() is self._hub()

    def call(self, function: Callable[[], None]) -> bool:
        """Have the hub call a function soon; return whether it will.

        It will not when its thread has ended, and left greenlets behind that wait.
        """
        if self._thread not in _threads():
            return False
        self._calls.append(function)
        try:
            self._watcher.send()
        except Exception:
            return False  # the hub has been destroyed
        return True

    def _call_all(self) -> None:
        while self._calls:
            self._calls.popleft()()


_mailboxes: weakref.WeakKeyDictionary[Hub, Mailbox] = weakref.WeakKeyDictionary()


def mailbox_of(hub: Hub) -> Mailbox:
    """Return the mailbox of this thread's hub, made when there is none yet."""
    mailbox = _mailboxes.get(hub)
    if mailbox is None:
        mailbox = _mailboxes[hub] = Mailbox(hub)
    return mailbox
