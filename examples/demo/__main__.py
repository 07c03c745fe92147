"""Run the demo: ``python -m examples.demo``, or by its path.

It starts processes of its own, shows what went where and how fast, and ends by itself
after some seconds: with 0 when every message arrived, otherwise with the reason.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from pathlib import Path

if not __package__:
    # Run by its path, this file is in no package; its neighbours are.
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from examples.demo import broker, client, curve, feed, scenes, subscriber, worker
from examples.demo.limit import DemoError, Limit
from examples.demo.report import Report

SECONDS = 25.0
"""How long the demo may take, on the slowest of machines."""
ROLES: dict[str, Callable[..., None]] = {
    "broker": broker.main,
    "worker": worker.main,
    "client": client.main,
    "feed": feed.main,
    "subscriber": subscriber.main,
    "vault": curve.serve,
    "visitor": curve.visit,
}


def run() -> int:
    """Play the scenes one after the other and return the exit status."""
    limit = Limit(SECONDS)
    limit.obey(signal.SIGINT, signal.SIGTERM)
    report = Report(sys.stdout)
    try:
        scenes.play(report, limit)
    except DemoError as error:
        report.failure(str(error))
        return error.status
    return 0


def main(arguments: list[str]) -> int:
    """Be the demo itself, or with a role's name one of its processes."""
    if not arguments:
        return run()
    role, *rest = arguments
    if role not in ROLES:
        print(__doc__, file=sys.stderr)
        return 0 if role in ("-h", "--help") else 2
    ROLES[role](*rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
