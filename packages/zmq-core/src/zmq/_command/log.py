"""``zmq log``: what handlers of zmq.log publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq._command.commands import add_command

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from zmq._command.commands import Commands

NAME = "log"


def add_commands(commands: Commands) -> None:
    """Add ``log`` to the list; its options are those of ``python -m zmq.log``."""
    add_command(
        commands, NAME, _run, "show the log records that a zmq.log.PUBHandler publishes"
    )


def run(arguments: Sequence[str]) -> int:
    """Run ``python -m zmq.log`` with these arguments."""
    from zmq.log.__main__ import main

    return main(arguments)


def _run(_: argparse.Namespace) -> int:
    raise AssertionError("main() runs it")
