"""The socket of a subcommand: made, connected, waited for, closed."""

from __future__ import annotations

import math
import os
import stat
import sys
import time
from contextlib import contextmanager
from errno import EINVAL, EPROTONOSUPPORT

import zmq
from zmq._command.certificates import add_curve_options, apply_curve_options
from zmq._command.commands import milliseconds
from zmq._command.failures import INTERRUPTED, TimedOutError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Generator, Sequence

# What libzmq says of an address that is a mistake in the command line.
_MISTAKES = (EINVAL, EPROTONOSUPPORT, zmq.Errno.ENOCOMPATPROTO)


def add_connection_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--bind``, ``--connect`` and the keys."""
    for verb in ("bind", "connect"):
        parser.add_argument(
            f"--{verb}",
            action="append",
            default=[],
            metavar="ADDRESS",
            help=f"{verb} to ADDRESS, such as tcp://127.0.0.1:5555; may be repeated",
        )
    add_curve_options(parser)


def add_type_option(parser: argparse.ArgumentParser, types: Sequence[str]) -> None:
    """Add ``--type``; the first of the types is the default."""
    parser.add_argument(
        "--type",
        choices=types,
        default=types[0],
        help=f"the type of the socket, by default {types[0]}",
    )


def type_of(name: str) -> zmq.SocketType:
    """Return the socket type of a name in lower case."""
    return zmq.SocketType[name.upper()]


@contextmanager
def opened(
    options: argparse.Namespace, kind: zmq.SocketType, *, drain: bool = False
) -> Generator[zmq.Socket[bytes], None, None]:
    """Make a socket with the timeout and the keys of the options.

    :param drain: at the end of the block, wait until what was sent has left, for the
        timeout at most. Not for subscribers: libzmq would wait to subscribe again at a
        publisher that has ended.
    """
    context = zmq.Context()
    try:
        socket = context.socket(kind)
        socket.sndtimeo = milliseconds(options.timeout)
        apply_curve_options(socket, options)
        yield socket
        if drain:
            _drain(context, socket, options.timeout)
    finally:
        context.destroy(linger=0)


def attach(socket: zmq.Socket[bytes], options: argparse.Namespace) -> None:
    """Bind and connect to all addresses of the options.

    :raises UsageError: when there is none, or one is no address.
    """
    if not options.bind and not options.connect:
        raise UsageError("--bind or --connect is needed")
    for address in options.bind:
        attach_to(socket, address, bind=True)
    for address in options.connect:
        attach_to(socket, address, bind=False)


def attach_to(socket: zmq.Socket[bytes], address: str, *, bind: bool) -> None:
    """Bind or connect to one address.

    An address that libzmq chooses, such as for port 0, goes to the standard error.
    """
    try:
        if bind:
            socket.bind(address)
        else:
            socket.connect(address)
    except zmq.ZMQError as error:
        if error.errno in _MISTAKES:
            raise UsageError(str(error)) from error
        raise
    last = socket.last_endpoint.rstrip(b"\0").decode()
    if bind and last != address:
        print(f"bound to {last}", file=sys.stderr, flush=True)


def receive(socket: zmq.Socket[bytes], timeout: float | None) -> list[bytes]:
    """Wait for the next message.

    :param timeout: seconds, or None.
    :raises TimedOutError: when none has come.
    :raises BrokenPipeError: when nobody reads the standard output any more.
    """
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    pipe = _output_pipe()
    if pipe is not None:
        poller.register(pipe, zmq.POLLERR)
    ready = dict(poller.poll(milliseconds(timeout)))
    if pipe in ready:
        raise BrokenPipeError
    if not ready:
        raise TimedOutError(f"no message within {timeout:g} s")
    return socket.recv_multipart()


def _output_pipe() -> int | None:
    """Return the descriptor of the standard output, when that is a pipe to poll."""
    try:
        descriptor = sys.stdout.fileno()
        is_pipe = stat.S_ISFIFO(os.fstat(descriptor).st_mode)
    except (OSError, ValueError):
        return None
    return descriptor if is_pipe and os.name == "posix" else None


def _drain(
    context: zmq.Context[zmq.Socket[bytes]],
    socket: zmq.Socket[bytes],
    timeout: float | None,
) -> None:
    """Close, and wait until everything has left."""
    start = time.monotonic()
    try:
        socket.close(linger=milliseconds(timeout))
        # With a timeout, since without one a Ctrl-C of the instant before is not heard.
        context.term(timeout=math.inf)
    except KeyboardInterrupt:
        # The socket is closed, so its linger cannot change: Python would wait again
        # for the context as it ends.
        sys.stdout.flush()
        os._exit(INTERRUPTED)
    # libzmq does not tell whether it has thrown something away, but it does so only
    # when the time is over.
    if timeout and time.monotonic() - start >= timeout:
        raise TimedOutError(f"not everything has left within {timeout:g} s")
