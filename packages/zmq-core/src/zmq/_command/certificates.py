"""The CURVE keys of a socket, from files such as those of zmq.auth."""

from __future__ import annotations

import re

import zmq
from zmq._command.failures import CommandError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

_KEY = re.compile(r'(?m)^\s*(public|secret)-key\s*=\s*"([^"\n]{40})"\s*$')


def add_curve_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that name files of keys."""
    group = parser.add_argument_group("encryption with CURVE")
    group.add_argument(
        "--curve-server-key",
        metavar="FILE",
        help="be a client of the server whose public key is in FILE",
    )
    group.add_argument(
        "--curve-secret",
        metavar="FILE",
        help="the keys of this side; without --curve-server-key, it is the server. "
        "A client without this option makes keys of its own",
    )


def apply_curve_options(socket: zmq.Socket[bytes], options: argparse.Namespace) -> None:
    """Give a socket the keys that the options name.

    :raises UsageError: when a file has not the key that is needed.
    :raises CommandError: when this libzmq knows no CURVE.
    :raises OSError: when a file cannot be read.
    """
    if options.curve_server_key is None and options.curve_secret is None:
        return
    require_curve()
    if options.curve_secret is not None:
        public, secret = _pair(options.curve_secret)
    else:
        public, secret = zmq.curve_keypair()
    socket.curve_publickey, socket.curve_secretkey = public, secret
    if options.curve_server_key is None:
        socket.curve_server = True
    else:
        socket.curve_serverkey = _key(options.curve_server_key, "public")


def require_curve() -> None:
    """Raise CommandError when this libzmq knows no CURVE."""
    if not zmq.has("curve"):
        raise CommandError(f"libzmq {zmq.zmq_version()} was built without CURVE")


def _pair(path: str) -> tuple[bytes, bytes]:
    secret = _key(path, "secret")
    try:
        return zmq.curve_public(secret), secret
    except (ValueError, zmq.ZMQError):
        # its value stays out of the message: it may end in a log
        raise UsageError(
            f"the secret key in {path} is not 40 characters of Z85"
        ) from None


def _key(path: str, which: str) -> bytes:
    with open(path, encoding="utf-8", errors="replace") as file:
        keys = dict(_KEY.findall(file.read()))
    if which not in keys:
        raise UsageError(f"there is no {which} key in {path}")
    return str(keys[which]).encode()
