"""Fixtures shared by the tests of every distribution."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

# importlib mode leaves sys.path alone, and the plugins live beside this file
sys.path.insert(0, str(Path(__file__).parent))

# Started in the background by a shell, Ctrl-C is ignored, here and in every child.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins = [
    "tests.fixtures.backends",
    "tests.fixtures.commands",
    "tests.fixtures.distributions",
    "tests.fixtures.endpoints",
    "tests.fixtures.gil",
    "tests.fixtures.markers",
    "tests.fixtures.processes",
    "tests.fixtures.sockets",
    "tests.fixtures.threads",
    "tests.fixtures.waiting",
    "tests.fixtures.watchdog",
]
