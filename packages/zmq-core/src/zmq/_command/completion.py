"""``zmq completion``: what a shell needs to complete the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq._command.commands import add_command
from zmq._command.failures import DONE, CommandError
from zmq._pip import install_line

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``completion``."""
    parser = add_command(
        commands,
        "completion",
        _run,
        "print what a shell needs to complete this command",
        "It needs the package shtab.",
    )
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh"))


def _run(options: argparse.Namespace) -> int:
    try:
        import shtab
    except ImportError:
        line = install_line(["shtab"])
        raise CommandError(
            f"completion needs the package shtab. Run\n\n    {line}\n"
        ) from None
    from zmq._command.main import make_parser

    print(shtab.complete(make_parser("zmq"), options.shell))
    return DONE
