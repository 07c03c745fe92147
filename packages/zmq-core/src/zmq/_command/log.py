"""``zmq log``: what handlers of zmq.log publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq._command.commands import add_command

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands

NAME = "log"


def add_commands(commands: Commands) -> None:
    """Add ``log`` to the list; its options are those of ``python -m zmq.log``."""
    add_command(
        commands, NAME, run, "show the log records that a zmq.log.PUBHandler publishes"
    )


def run(options: argparse.Namespace) -> int:
    """Run ``python -m zmq.log``; its arguments are in ``options.rest``."""
    from zmq.log.__main__ import main

    return main(options.rest, f"{options.parser.prog} {NAME}")
