"""Blocking work in a thread, while only the task waits."""

from __future__ import annotations

import math
import threading
from typing import Callable

from zmq.trio._loops import current_loop


async def run_in_thread(function: Callable[[], object]) -> None:
    """Call a function in a thread of its own; raise what it raises.

    A task that is cancelled meanwhile leaves the thread alone.
    """
    loop = current_loop()
    waiter = loop.waiter()
    errors: list[BaseException] = []

    def work() -> None:
        try:
            function()
        except BaseException as error:
            errors.append(error)
        loop.call(waiter.wake)

    threading.Thread(target=work, name="zmq.trio", daemon=True).start()
    while not waiter.woken:
        await waiter.sleep(math.inf)
    if errors:
        raise errors[0]
