"""``zmq info``: what a bug report should say about the installation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from zmq._command.commands import add_command
from zmq._command.failures import DONE, FAILURE
from zmq._report import collect, render

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``info``."""
    parser = add_command(
        commands,
        "info",
        run,
        "report versions, capabilities and the state of the installation",
        "The exit status is 1 when the installation is damaged.",
    )
    add_options(parser)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument(
        "--json", action="store_true", help="print the report as a JSON object"
    )


def run(options: argparse.Namespace) -> int:
    """Print the report."""
    report = collect()
    print(json.dumps(report, indent=2) if options.json else render(report))
    return FAILURE if report["problems"] else DONE
