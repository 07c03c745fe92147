"""``zmq certs``: CURVE certificates, by zmq.auth."""

from __future__ import annotations

import argparse
import os

from zmq._command.certificates import require_curve
from zmq._command.commands import add_command
from zmq._command.failures import DONE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``certs``."""
    parser = add_command(
        commands,
        "certs",
        _run,
        "make CURVE certificates with metadata, by zmq.auth",
        "They go to the files NAME.key, for the peers, and NAME.key_secret, which the "
        "owner alone can read.",
    )
    parser.add_argument("names", nargs="+", metavar="NAME")
    parser.add_argument(
        "--directory",
        default=".",
        metavar="DIRECTORY",
        help="where the files go; it must exist. By default the current directory",
    )
    parser.add_argument(
        "--metadata",
        type=_pair,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="goes into the secret file; may be repeated",
    )
    parser.add_argument(
        "--overwrite", action="store_true", help="replace files that exist"
    )


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def _run(options: argparse.Namespace) -> int:
    from zmq.auth import create_certificates

    require_curve()
    if not os.path.isdir(options.directory):
        raise UsageError(f"--directory {options.directory}: there is no such directory")
    for name in options.names:
        try:
            written = create_certificates(
                options.directory,
                name,
                dict(options.metadata),
                overwrite=options.overwrite,
            )
        except ValueError as error:
            raise UsageError(str(error)) from error
        print(*written, sep="\n")
    return DONE
