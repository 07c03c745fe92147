"""``zmq proxy``: pass messages on between two addresses."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import zmq
from zmq._command.commands import add_command
from zmq._command.failures import DONE
from zmq._command.sockets import attach_to
from zmq.backend import ProxyLoop

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands

_TYPES = {
    "queue": (zmq.ROUTER, zmq.DEALER),
    "forwarder": (zmq.XSUB, zmq.XPUB),
    "streamer": (zmq.PULL, zmq.PUSH),
}


def add_commands(commands: Commands) -> None:
    """Add ``proxy``."""
    parser = add_command(
        commands, "proxy", _run, "pass messages on between two addresses, until Ctrl-C"
    )
    parser.add_argument(
        "--type",
        choices=_TYPES,
        default="queue",
        help="queue (the default): requests from the frontend, replies from the "
        "backend; forwarder: publishers at the frontend, subscribers at the backend; "
        "streamer: PUSH at the frontend, PULL at the backend",
    )
    for side in ("frontend", "backend"):
        parser.add_argument(
            f"--{side}", required=True, metavar="ADDRESS", help=f"bind the {side} to it"
        )
    parser.add_argument(
        "--rates",
        action="store_true",
        help="print each second how much has passed, to the standard error",
    )


def _run(options: argparse.Namespace) -> int:
    context = zmq.Context()
    ended = threading.Event()
    try:
        frontend, backend = (context.socket(kind) for kind in _TYPES[options.type])
        attach_to(frontend, options.frontend, bind=True)
        attach_to(backend, options.backend, bind=True)
        loop = ProxyLoop(frontend, backend)
        if options.rates:
            threading.Thread(
                target=_print_rates,
                args=(loop, ended, sys.stderr.fileno()),
                daemon=True,
            ).start()
        loop.run()
    finally:
        ended.set()
        context.destroy(linger=0)
    return DONE


def _print_rates(loop: ProxyLoop, ended: threading.Event, descriptor: int) -> None:
    before = loop.statistics()
    while not ended.wait(1):
        now = loop.statistics()
        new = {name: now[name] - before[name] for name in now}
        before = now
        line = "  ".join(
            f"{side}: {new[f'{side}_messages']} messages/s, "
            f"{new[f'{side}_bytes']} bytes/s"
            for side in ("frontend", "backend")
        )
        # Not by print: this thread would hold the lock of sys.stderr while it writes.
        # Python, which flushes that as it ends, would wait for ever or abort.
        try:
            os.write(descriptor, f"{line}\n".encode())
        except OSError:  # nobody reads it any more
            return
