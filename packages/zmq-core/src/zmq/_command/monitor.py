"""``zmq monitor``: what happens to the connections of an address."""

from __future__ import annotations

import json
from itertools import count
from typing import TYPE_CHECKING

import zmq
from zmq._command.certificates import add_curve_options
from zmq._command.commands import add_command, add_limits, milliseconds
from zmq._command.failures import DONE, TimedOutError
from zmq._command.sockets import add_type_option, attach_to, opened, type_of
from zmq._command.terminal import rich_console

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from zmq._command.commands import Commands
    from zmq.utils.events import MonitorEvent

_GOOD = zmq.Event.HANDSHAKE_SUCCEEDED | zmq.Event.LISTENING | zmq.Event.ACCEPTED
_BAD = (
    zmq.Event.HANDSHAKE_FAILED_NO_DETAIL
    | zmq.Event.HANDSHAKE_FAILED_PROTOCOL
    | zmq.Event.HANDSHAKE_FAILED_AUTH
    | zmq.Event.DISCONNECTED
    | zmq.Event.BIND_FAILED
    | zmq.Event.ACCEPT_FAILED
    | zmq.Event.CLOSE_FAILED
)
_TYPES = ("dealer", "pull", "push", "sub", "pub", "req", "rep", "router", "pair")


def add_commands(commands: Commands) -> None:
    """Add ``monitor``."""
    parser = add_command(
        commands,
        "monitor",
        _run,
        "connect to an address, and print what happens to the connection",
        "Peers may refuse a type of socket that does not fit theirs: see --type.",
    )
    parser.add_argument("address", metavar="ADDRESS")
    parser.add_argument(
        "--bind", action="store_true", help="bind to the address instead"
    )
    add_type_option(parser, _TYPES)
    add_curve_options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON objects")
    add_limits(parser, "events", "each event")


def _run(options: argparse.Namespace) -> int:
    kind = type_of(options.type)
    with opened(options, kind) as socket, socket.monitor_events() as events:
        attach_to(socket, options.address, bind=options.bind)
        console = rich_console()
        for number in count(1):
            event = events.get(milliseconds(options.timeout))
            if event is None:
                raise TimedOutError(f"no event within {options.timeout:g} s")
            if options.json:
                _print_as_json(event)
            else:
                _print_event(event, console)
            if number == options.count:
                break
    return DONE


def _print_as_json(event: MonitorEvent) -> None:
    value = event.value.name if isinstance(event.value, zmq.Event) else event.value
    fields = {"event": event.event.name, "value": value, "endpoint": event.endpoint}
    print(json.dumps(fields), flush=True)


def _print_event(event: MonitorEvent, console: Console | None) -> None:
    value = event.value.name if isinstance(event.value, zmq.Event) else event.value
    name, rest = str(event.event.name), f" {event.endpoint} value={value}"
    if console is None:
        print(name + rest, flush=True)
    else:
        style = (
            "red" if event.event in _BAD else "green" if event.event in _GOOD else ""
        )
        console.print(name, style=style, end="")
        console.print(rest, markup=False, soft_wrap=True)
