"""``zmq monitor``: what happens to the connections of an address."""

from __future__ import annotations

import json
import sys
from itertools import count
from typing import TYPE_CHECKING

import zmq
from zmq._command.certificates import add_curve_options
from zmq._command.commands import add_command, add_limits, milliseconds
from zmq._command.failures import DONE, TimedOutError
from zmq._command.sockets import add_type_option, attach_to, opened, type_of

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands
    from zmq.utils.events import MonitorEvent

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
        for number in count(1):
            event = events.get(milliseconds(options.timeout))
            if event is None:
                raise TimedOutError(f"no event within {options.timeout:g} s")
            _print_event(event, as_json=options.json)
            if number == options.count:
                break
    return DONE


def _print_event(event: MonitorEvent, *, as_json: bool) -> None:
    value = event.value.name if isinstance(event.value, zmq.Event) else event.value
    if as_json:
        fields = {"event": event.event.name, "value": value, "endpoint": event.endpoint}
        print(json.dumps(fields))
    else:
        print(event.event.name, event.endpoint, f"value={value}")
    sys.stdout.flush()
