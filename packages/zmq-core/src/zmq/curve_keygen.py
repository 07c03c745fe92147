"""Generate a CURVE key pair: ``python -m zmq.curve_keygen``."""

from __future__ import annotations

import argparse
import json
import sys

import zmq
from zmq._command.failures import forget_output
from zmq._command.streams import replace_closed_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Print a key pair.

    :param argv: the arguments of the command, by default ``sys.argv[1:]``.
    :returns: the exit status: 0, or 1 when this libzmq knows no CURVE, or the keys
        cannot be written.
    :raises SystemExit: with status 2 when the arguments are wrong.
    """
    replace_closed_streams()
    parser = _parser()
    options = parser.parse_args(argv)
    if not zmq.has("curve"):
        print(f"libzmq {zmq.zmq_version()} was built without CURVE", file=sys.stderr)
        return 1
    if options.secret is None:
        public, secret = (key.decode() for key in zmq.curve_keypair())
    else:
        secret = options.secret
        try:
            public = zmq.curve_public(secret.encode()).decode()
        except (ValueError, zmq.ZMQError):
            # its value stays out of the message: it may end in a log
            parser.error("the secret key must be 40 characters of Z85")
    try:
        if options.json:
            print(json.dumps({"public": public, "secret": secret}, indent=1))
        else:
            print(f"== CURVE PUBLIC KEY ==\n{public}\n")
            print(f"== CURVE SECRET KEY ==\n{secret}")
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads it
        forget_output()
    except OSError as error:
        print(f"{parser.prog}: {error.strerror}", file=sys.stderr)
        forget_output()
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m zmq.curve_keygen",
        description="Generate a CURVE key pair, in the printable form Z85.",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object")
    parser.add_argument(
        "--secret",
        metavar="KEY",
        help="generate nothing, but compute the public key of this secret key",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
