"""What the torture programs share; on import it limits how long they may run."""

from __future__ import annotations

import asyncio
import faulthandler
import gc
import os
import threading
import time
from collections.abc import Callable
from typing import Any

import zmq
from zmq import _build_info

#: What the bundled libzmq was mended of: patches/ of zmq-core. Empty for the system's.
PATCHES = _build_info.LIBZMQ_PATCHES
GONE = (zmq.ENOTSOCK, zmq.ETERM)

# As for the tests, see tests/fixtures/patience.py.
PATIENCE = float(os.environ.get("ZMQ_TEST_PATIENCE", "1"))

faulthandler.enable()
TIMEOUT = int(float(os.environ.get("TORTURE_TIMEOUT", "60")))
faulthandler.dump_traceback_later(TIMEOUT, exit=True)


class Workers:
    """Threads that must all end, and whose failures are this program's."""

    def __init__(self) -> None:
        self.threads: list[threading.Thread] = []
        self.failures: list[BaseException] = []
        self.ended_by: list[int | None] = []

    def start(self, function: Callable[..., object], *args: Any) -> None:
        """Run `function(*args)` in a thread."""
        thread = threading.Thread(target=self._run, args=(function, args), daemon=True)
        self.threads.append(thread)
        thread.start()

    def _run(self, function: Callable[..., object], args: tuple[Any, ...]) -> None:
        try:
            function(*args)
        except zmq.ZMQError as error:
            self.ended_by.append(error.errno)
            if error.errno not in GONE:
                self.failures.append(error)
        except BaseException as error:
            self.failures.append(error)

    def join(self, seconds: float = 10.0) -> None:
        """Wait for all of them; raise the first failure, or what still hangs."""
        limit = time.monotonic() + seconds * PATIENCE
        for thread in self.threads:
            thread.join(max(0.0, limit - time.monotonic()))
        hanging = [t for t in self.threads if t.is_alive()]
        if hanging:
            faulthandler.dump_traceback(all_threads=True)
            raise SystemExit(f"{len(hanging)} threads hang")
        if self.failures:
            raise self.failures[0]


def rss() -> int:
    """Bytes of memory in use, as the system counts them."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def open_fds() -> int:
    """How many descriptors are open."""
    return len(os.listdir("/proc/self/fd"))


def system_threads() -> int:
    """How many threads the system counts in this process."""
    return len(os.listdir("/proc/self/task"))


def until(condition: Callable[[], object], what: str, seconds: float = 10.0) -> None:
    """Wait for a condition, or end the program naming `what` did not happen."""
    limit = time.monotonic() + seconds * PATIENCE
    while not condition():
        if time.monotonic() > limit:
            raise SystemExit(f"{what} did not happen within {seconds} s")
        time.sleep(0.001)


async def turn_until(
    condition: Callable[[], object], what: str, seconds: float = 10.0
) -> None:
    """Let the event loop turn until a condition holds; see :func:`until`."""
    limit = time.monotonic() + seconds * PATIENCE
    while not condition():
        if time.monotonic() > limit:
            raise SystemExit(f"{what} did not happen within {seconds} s")
        await asyncio.sleep(0)


def require_in_time(limit: float, case: Callable[[], float]) -> None:
    """Raise where a case ends too late.

    :param limit: seconds.
    :param case: returns how many it took.
    """
    limit *= PATIENCE
    late = case()
    assert late <= limit, f"{late} s late"


def collect() -> int:
    """Collect garbage, and count the objects that are left."""
    gc.collect()
    gc.collect()
    return len(gc.get_objects())
