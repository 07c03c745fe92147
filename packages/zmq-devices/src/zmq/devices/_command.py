"""The command that runs a proxy or a monitored queue."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import zmq
from zmq.devices._broker import Address, Broker
from zmq.devices._screen import Screen
from zmq.devices._throughput import Meter, total

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from typing import NoReturn

PROGRAM = "python -m zmq.devices"
KINDS = {
    "queue": (zmq.ROUTER, zmq.DEALER),
    "forwarder": (zmq.XSUB, zmq.XPUB),
    "streamer": (zmq.PULL, zmq.PUSH),
}
EXAMPLES = """
An address is bound, or with "connect:" before it, connected; several are separated by
commas. The first socket is the one that requests, publications or work come in at.

  %(prog)s queue 'tcp://*:5559' 'tcp://*:5560'
  %(prog)s forwarder connect:tcp://feed:6000,connect:tcp://feed2:6000 'tcp://*:6001'
  %(prog)s ROUTER/ROUTER 'tcp://*:5559' 'tcp://*:5560' -m 'tcp://*:5561' --prefix in out
"""


class Parser(argparse.ArgumentParser):
    """Says in one line what is wrong."""

    def error(self, message: str) -> NoReturn:
        """End the program with a message."""
        self.exit(2, f"{self.prog}: {message} (--help explains)\n")


def parser() -> Parser:
    """Describe the command line."""
    parser = Parser(
        prog=PROGRAM,
        description="Pass messages between two sockets, and show how many.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "kind",
        type=kind,
        help="queue (ROUTER/DEALER), forwarder (XSUB/XPUB), streamer (PULL/PUSH), or"
        " the types of both sockets, such as SUB/PUB",
    )
    parser.add_argument(
        "frontend", type=addresses, help="where the first socket is bound or connected"
    )
    parser.add_argument(
        "backend", type=addresses, help="where the second socket is bound or connected"
    )
    parser.add_argument(
        "-m",
        "--monitor",
        type=addresses,
        default=[],
        metavar="ADDRESS",
        help="publish a copy of each message there",
    )
    parser.add_argument(
        "--prefix",
        nargs=2,
        type=os.fsencode,
        metavar=("IN", "OUT"),
        help="frame before copies of what came in at the first and the second socket:"
        " a monitored queue",
    )
    parser.add_argument(
        "--hwm",
        type=int,
        metavar="N",
        help="messages that each socket holds for each peer (default: 1000)",
    )
    parser.add_argument(
        "--linger",
        type=int,
        default=1000,
        metavar="MS",
        help="milliseconds that what was passed on has to leave in the end"
        " (default: %(default)s; -1: for ever)",
    )
    parser.add_argument(
        "--interval",
        type=seconds,
        default=1.0,
        metavar="S",
        help="seconds between two looks at the throughput (default: %(default)s)",
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="print nothing but errors"
    )
    return parser


def kind(text: str) -> tuple[int, int]:
    """Read the types of the sockets."""
    if text in KINDS:
        return KINDS[text]
    with contextlib.suppress(KeyError, ValueError):
        first, second = text.upper().split("/")
        return zmq.SocketType[first], zmq.SocketType[second]
    raise argparse.ArgumentTypeError(
        f"{text!r} is neither {', '.join(KINDS)} nor two socket types as ROUTER/DEALER"
    )


def addresses(text: str) -> list[Address]:
    """Read addresses, separated by commas."""
    return [
        Address(address[len("connect:") :], connect=True)
        if address.startswith("connect:")
        else Address(address)
        for address in text.split(",")
    ]


def seconds(text: str) -> float:
    """Read a positive number of seconds."""
    with contextlib.suppress(ValueError):
        if float(text) > 0:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no positive number of seconds")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command until it is interrupted; return its exit status."""
    options = parser().parse_args(arguments)
    wanted: dict[int, int] = {zmq.LINGER: options.linger}
    if options.hwm is not None:
        wanted.update({zmq.SNDHWM: options.hwm, zmq.RCVHWM: options.hwm})
    in_type, out_type = options.kind
    broker = Broker(in_type, out_type, options.prefix, wanted)
    broker.attach(options.frontend, options.backend, options.monitor)
    with stopped_by_signals(broker):
        broker.start()
        try:
            watch(
                broker, Screen(None if options.quiet else sys.stdout), options.interval
            )
        except (zmq.ZMQBaseError, OverflowError) as error:
            print(f"{PROGRAM}: {error}", file=sys.stderr)
            return 1
    return 0


@contextlib.contextmanager
def stopped_by_signals(broker: Broker) -> Generator[None]:
    """Have Ctrl-C and SIGTERM stop the device; a second one ends the program."""

    def stop(signum: int, _frame: object) -> None:
        signal.signal(signum, signal.SIG_DFL)
        broker.stop()

    signals = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(signum, stop) for signum in signals]
    try:
        yield
    finally:
        for signum, handler in zip(signals, former):
            signal.signal(signum, handler)


def watch(broker: Broker, screen: Screen, interval: float) -> None:
    """Show the throughput until the device has ended, and raise what it failed with."""
    broker.wait_begun()
    if not broker.done:
        screen.line(broker.describe())
    meter = Meter(time.monotonic())
    while not broker.done:
        broker.join(interval)
        if not broker.done:
            screen.status(meter.line(broker.statistics(), time.monotonic()))
    broker.join()
    screen.line(f"stopped, {total(broker.statistics())}")
