"""``zmq tunnel``: a local port that is forwarded through an ssh server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zmq._command.commands import add_command, seconds
from zmq._command.failures import DONE, CommandError, TimedOutError, UsageError

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``tunnel``."""
    parser = add_command(
        commands,
        "tunnel",
        _run,
        "forward a local port through an ssh server, until Ctrl-C, by zmq.ssh",
        "The address to connect to goes to the standard output.",
    )
    parser.add_argument("server", metavar="[USER@]HOST[:PORT]", help="the ssh server")
    parser.add_argument(
        "address", metavar="ADDRESS", help="tcp://HOST:PORT, as seen from the server"
    )
    parser.add_argument("--keyfile", metavar="FILE", help="the private key of the user")
    parser.add_argument(
        "--paramiko",
        action="store_true",
        default=None,
        help="use paramiko, not the ssh command",
    )
    parser.add_argument(
        "--timeout",
        type=seconds,
        default=60,
        metavar="SECONDS",
        help="how long it may take until the tunnel stands; by default 60",
    )
    parser.add_argument(
        "--no-verify",
        action="store_true",
        help="take it that somebody will answer at the address later",
    )


def _run(options: argparse.Namespace) -> int:
    from zmq import ssh

    try:
        url, tunnel = ssh.open_tunnel(
            options.address,
            options.server,
            options.keyfile,
            paramiko=options.paramiko,
            timeout=options.timeout,
            verify=not options.no_verify,
        )
    except ValueError as error:
        raise UsageError(str(error)) from error
    except ssh.TunnelTimeoutError as error:
        raise TimedOutError(str(error)) from error
    except ssh.TunnelError as error:
        raise CommandError(str(error)) from error
    with tunnel:
        print(url, flush=True)
        while tunnel.is_alive():
            tunnel.join(1)  # so that a signal is never waited with for longer
        try:
            tunnel.check()
        except ssh.TunnelError as error:
            raise CommandError(str(error)) from error
    return DONE
