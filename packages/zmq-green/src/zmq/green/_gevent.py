"""What is used of gevent; the one place that imports it."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    #: gevent's hub, its event loop and its watchers have no types of their own.
    Hub = Any
    Watcher = Any
    make_hub: Callable[[], Hub]
    get_hub_if_exists: Callable[[], Hub]
    getcurrent: Callable[[], Any]
    sleep: Callable[[float], None]
    _making: Any
    start_new_thread: Callable[..., int]
    epoll: Callable[[], Any] | None
else:
    try:
        from gevent import get_hub as make_hub
        from gevent import getcurrent as getcurrent
        from gevent import sleep as sleep
        from gevent._hub_local import get_hub_if_exists as get_hub_if_exists
        from gevent.monkey import get_original
    except ModuleNotFoundError as error:
        if error.name != "gevent":
            raise
        raise ImportError(
            'zmq.green needs gevent: pip install "zmq-green[gevent]"', name="gevent"
        ) from error

    # What the system has, also when gevent has put something of its own in its place.
    start_new_thread = get_original("_thread", "start_new_thread")
    try:
        epoll = get_original("select", "epoll")
    except AttributeError:
        epoll = None

    # Reentrant, since a signal's handler may wait for a socket, too.
    _making = get_original("_thread", "RLock")()
    if hasattr(os, "register_at_fork"):
        # The thread that has it may not exist in the child.
        os.register_at_fork(after_in_child=_making._at_fork_reinit)


def get_hub() -> Hub:
    """Return the hub of this thread; make it when there is none yet.

    Hubs are made one at a time. With libuv, gevent has the first one of any thread
    initialise the default loop, which the main thread uses, and takes no lock for it:
    when two threads do that, the loop of the main thread hangs or crashes later.
    """
    hub = get_hub_if_exists()
    if hub is None:
        with _making:
            hub = make_hub()
    return hub
