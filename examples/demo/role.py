"""What the processes of the demo share: how each talks to the one that started it.

A process writes one JSON object per line to its standard output. A line on its
standard input tells it to begin, and the end of its standard input to stop. That end
comes by itself when the demo is killed, so nothing stays behind.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable

TIMEOUT = 5000
"""Milliseconds after which a process that waits for a message gives up."""


def announce(**facts: object) -> None:
    """Tell the demo something."""
    print(json.dumps(facts), flush=True)


def wait_for_go() -> None:
    """Wait until the demo says that everybody is there."""
    if not sys.stdin.readline():
        raise SystemExit("the demo ended before it began")


def wait_for_stop() -> None:
    """Wait until the demo says that it is over."""
    sys.stdin.read()


def when_told_to_stop(action: Callable[[], object]) -> None:
    """Call ``action`` in a thread when the demo wants this process to stop."""

    def wait() -> None:
        wait_for_stop()
        action()

    threading.Thread(target=wait, daemon=True).start()
