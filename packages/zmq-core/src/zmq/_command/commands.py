"""Describing a subcommand."""

from __future__ import annotations

import argparse
import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Callable

    Run = Callable[[argparse.Namespace], int]
    # The class is generic in the stubs alone, and has no public name.
    Commands = argparse._SubParsersAction[  # pyright: ignore[reportPrivateUsage]
        argparse.ArgumentParser
    ]


def add_command(
    commands: Commands, name: str, run: Run, summary: str, description: str = ""
) -> argparse.ArgumentParser:
    """Add a subcommand, and return its parser for more options.

    :param run: what does the work, and returns the exit status.
    :param summary: the line in the list of all commands.
    :param description: what its own help says besides.
    """
    parser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}. {description}",
        allow_abbrev=False,
    )
    parser.set_defaults(run=run, parser=parser)
    return parser


def add_limits(parser: argparse.ArgumentParser, counted: str, awaited: str) -> None:
    """Add ``--count`` and ``--timeout``.

    :param counted: what is counted, as "end after N ...".
    :param awaited: what has to come in time.
    """
    parser.add_argument(
        "--count", type=positive, metavar="N", help=f"end after N {counted}"
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        metavar="SECONDS",
        help=f"how long to wait for {awaited}; for ever by default",
    )


def positive(text: str) -> int:
    """Return a number from 1 on."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 on")
    return number


def seconds(text: str) -> float:
    """Return a time that libzmq can wait for."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    # libzmq counts milliseconds in an int of 32 bits.
    if not 0 <= number < 2_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return number


def milliseconds(timeout: float | None) -> int:
    """Return a timeout as libzmq takes it; -1 for none.

    :param timeout: seconds, or None.
    """
    return -1 if timeout is None else math.ceil(timeout * 1000)
