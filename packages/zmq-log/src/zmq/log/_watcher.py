"""The command that shows what handlers publish."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Callable, TextIO

import zmq

from ._interruption import Interruption
from ._layout import Layout
from ._message import LogMessage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RECONNECT_MS = 10
"""Milliseconds between two attempts to connect.

With libzmq's 100 to 200, programs that pause for a tenth of a second before their first
record, as the manual advises, would lose it.
"""

Render = Callable[[LogMessage], str]


def parser(program: str) -> argparse.ArgumentParser:
    """Describe the command line."""
    parser = argparse.ArgumentParser(
        prog=program,
        description="Show the log records that a PUBHandler publishes.",
    )
    parser.add_argument(
        "url", help="address of the publisher, as tcp://127.0.0.1:12345"
    )
    parser.add_argument(
        "-t",
        "--topic",
        action="append",
        default=[],
        help="only records whose topic begins so; may be given several times",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="one JSON object per line, for other programs; the other layout"
        " options have no effect on it",
    )
    parser.add_argument(
        "--timestamp", action="store_true", help="begin with the local time of arrival"
    )
    parser.add_argument(
        "--dateformat",
        default="%Y-%m-%d %H:%M:%S",
        help="strftime format for --timestamp (default: 2026-12-31 23:59:59)",
    )
    parser.add_argument(
        "--separator",
        default=" | ",
        help="stands between topic and text (default: '%(default)s')",
    )
    parser.add_argument(
        "--align", action="store_true", help="pad topics to the widest one so far"
    )
    parser.add_argument(
        "--color",
        "--colour",
        dest="colour",
        action="store_true",
        help="colour by level when the output is a terminal, or FORCE_COLOR is set",
    )
    return parser


def main(
    arguments: Sequence[str] | None = None, program: str = "python -m zmq.log"
) -> int:
    """Run the command until it is interrupted; return its exit status.

    :param arguments: by default ``sys.argv[1:]``.
    :param program: what the user has called, as messages say it.
    """
    options = parser(program).parse_args(arguments)
    output: TextIO | None = sys.stdout
    if output is None:
        print(f"{program}: the standard output is closed", file=sys.stderr)
        return 1
    try:
        with (
            Interruption() as signals,
            zmq.Context() as context,
            context.socket(zmq.SUB) as socket,
        ):
            _connect(socket, options.url, options.topic)
            messages = _messages(socket, signals)
            _show(messages, _renderer(options, output), output)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        # the reader has gone
        _give_up_output()
        return 0
    except (zmq.ZMQError, UnicodeError) as error:
        print(f"cannot watch {options.url}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"cannot write what {options.url} says: {error}", file=sys.stderr)
        _give_up_output()
        return 1
    return 0


def _give_up_output() -> None:
    """Spare the interpreter from flushing once more what cannot be written."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _connect(socket: zmq.Socket[bytes], url: str, topics: Sequence[str]) -> None:
    socket.linger = 0
    socket.reconnect_ivl = RECONNECT_MS
    for topic in topics or [""]:
        # as it was typed, even if it is no UTF-8
        socket.subscribe(os.fsencode(topic))
    socket.connect(url)


def _messages(socket: zmq.Socket[bytes], signals: Interruption) -> Iterator[LogMessage]:
    poller = zmq.Poller()
    poller.register(socket, zmq.POLLIN)
    poller.register(signals.fileno(), zmq.POLLIN)
    while True:
        try:
            yield LogMessage.from_frames(socket.recv_multipart(zmq.DONTWAIT))
        except zmq.Again:
            poller.poll()


def _show(messages: Iterator[LogMessage], render: Render, output: TextIO) -> None:
    for message in messages:
        line = render(message) + "\n"
        try:
            output.write(line)
        except UnicodeEncodeError:
            # an output that cannot show every character should not end the watch
            codec = output.encoding
            output.write(line.encode(codec, "backslashreplace").decode(codec))
        output.flush()


def _renderer(options: argparse.Namespace, output: TextIO) -> Render:
    if options.json:
        return lambda message: message.to_json(datetime.now().astimezone())
    layout = Layout(
        options.separator,
        options.dateformat if options.timestamp else None,
        align=options.align,
        colour=options.colour and _shows_colour(output),
    )
    return lambda message: layout.lay_out(message, datetime.now())


def _shows_colour(output: TextIO) -> bool:
    if os.environ.get("FORCE_COLOR"):
        return True
    if os.environ.get("NO_COLOR") or not output.isatty():
        return False
    if sys.platform == "win32":
        # starting a command, even an empty one, makes the console obey sequences
        os.system("")  # noqa: S605, S607
    return True
