"""Which event loop runs in this thread, where asyncio finds it in Python, as on PyPy.

asyncio's own function asks the system each time which process this is. That takes
longer than all else that an answer at once needs.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

_local: Any = asyncio.events._running_loop  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
_pid = os.getpid()


def running_loop() -> Any:
    """Return the loop that runs in this thread, or None."""
    loop, pid = _local.loop_pid
    return loop if pid == _pid else None


def _notice_fork() -> None:
    global _pid
    _pid = os.getpid()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_notice_fork)
