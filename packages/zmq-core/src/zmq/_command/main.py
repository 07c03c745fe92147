"""The command line as a whole: subcommands, errors, exit status."""

from __future__ import annotations

import argparse
import os
import sys

import zmq
from zmq._command import (
    bench,
    certs,
    completion,
    info,
    keygen,
    log,
    monitor,
    proxy,
    receiving,
    requests,
    sending,
    tunnel,
)
from zmq._command.failures import (
    DONE,
    FAILURE,
    INTERRUPTED,
    TIMEOUT,
    CommandError,
    TimedOutError,
    UsageError,
    forget_output,
)
from zmq._command.streams import replace_closed_streams
from zmq._hints import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main", "make_parser"]

_MODULES = (
    info,
    sending,
    receiving,
    requests,
    monitor,
    proxy,
    bench,
    keygen,
    certs,
    log,
    tunnel,
    completion,
)
_STATUS = """\
exit status: 0 done, 1 failure, 2 mistake in the command line, 3 timeout,
130 Ctrl-C. For info, the exit status is 1 when the installation is damaged.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    :param argv: the arguments of the command, by default ``sys.argv[1:]``.
    :returns: the exit status: 0 when done, 1 after a failure, 3 after a timeout, 130
        after Ctrl-C.
    :raises SystemExit: with status 2 when the arguments are wrong; with 0 after
        ``--help`` and ``--version``.
    """
    replace_closed_streams()
    as_module = os.path.basename(sys.argv[0]) == "__main__.py"
    whole = make_parser("python -m zmq" if as_module else "zmq")
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == [log.NAME]:  # another parser's options
        options = argparse.Namespace(parser=whole, run=log.run, rest=arguments[1:])
    else:
        _check_command(whole, arguments)
        options, unknown = whole.parse_known_args(arguments)
        if unknown:  # said by the subcommand, whose usage helps
            options.parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    parser: argparse.ArgumentParser = options.parser
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        forget_output()
        return DONE
    except UsageError as error:
        parser.error(str(error))
    except (TimedOutError, zmq.Again) as error:
        return _complain(parser, error, TIMEOUT)
    except (CommandError, zmq.ZMQError, OSError, ModuleNotFoundError) as error:
        return _complain(parser, error, FAILURE)
    return status


def _complain(parser: argparse.ArgumentParser, error: Exception, status: int) -> int:
    print(f"{parser.prog}: {_text_of(error)}", file=sys.stderr)
    try:
        sys.stdout.flush()
    except OSError:
        forget_output()
    return status


def _text_of(error: Exception) -> str:
    """Return what an error says, of the system without its "[Errno 2]"."""
    if isinstance(error, zmq.ZMQError) or not isinstance(error, OSError):
        return str(error)
    words = error.strerror or str(error)
    return words if error.filename is None else f"{words}: {error.filename}"


def _check_command(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """Say which command may be meant, as argparse does from Python 3.15 on only."""
    # the options before a command take no values
    name = next((one for one in arguments if not one.startswith("-")), None)
    known = parser.get_default("commands")
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or f": they are {', '.join(known)}"
        parser.error(f"there is no command {name!r}{hint}")


def make_parser(name: str) -> argparse.ArgumentParser:
    """Describe the command line.

    :param name: what the user has called, as messages say it.
    """
    parser = argparse.ArgumentParser(
        prog=name,
        description="ZeroMQ from a shell. Without a command: the report of `info`.",
        epilog=_STATUS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    version = f"zmq {zmq.__version__} (libzmq {zmq.zmq_version()})"
    parser.add_argument("--version", action="version", version=version)
    info.add_options(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    parser.set_defaults(run=info.run, parser=parser, commands=commands.choices)
    for module in _MODULES:
        module.add_commands(commands)
    return parser
