"""What ends the command before its work is done, and with which exit status."""

from __future__ import annotations

import os
import sys

DONE = 0
FAILURE = 1
# argparse exits with 2 after a mistake in the command line.
TIMEOUT = 3
INTERRUPTED = 130  # as shells say it: 128 and SIGINT


class UsageError(Exception):
    """A mistake in the command line that argparse cannot see: exit status 2."""


class CommandError(Exception):
    """The work cannot be done: exit status 1."""


class TimedOutError(Exception):
    """Nothing came, or nothing could leave, in time: exit status 3."""


def forget_output() -> None:
    """Have Python flush what nobody reads to nowhere, as it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
