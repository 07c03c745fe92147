"""``zmq send``."""

from __future__ import annotations

from itertools import islice, repeat
from typing import TYPE_CHECKING

import zmq
from zmq._command.commands import add_command, add_limits
from zmq._command.failures import DONE
from zmq._command.messages import add_format_options, from_input, from_words
from zmq._command.sockets import (
    add_connection_options,
    add_type_option,
    attach,
    opened,
    receive,
    type_of,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``send``."""
    parser = add_command(
        commands,
        "send",
        run,
        "send messages",
        "It waits for a peer; as pub, for the first subscriber.",
    )
    parser.add_argument(
        "frames",
        nargs="*",
        metavar="FRAME",
        help="the frames of one message; without, each line of the input is a message",
    )
    add_connection_options(parser)
    add_type_option(parser, ("push", "pub", "dealer", "pair"))
    add_format_options(parser)
    add_limits(parser, "messages; the FRAMEs are sent N times", "a peer with room")


def run(options: argparse.Namespace) -> int:
    """Send what the options say."""
    messages = outgoing(options)
    if options.type == "pub":
        return _publish(messages, options)
    with opened(options, type_of(options.type), drain=True) as socket:
        # Else a message to nobody would count as sent as soon as it is queued.
        socket.immediate = True
        attach(socket, options)
        for frames in messages:
            socket.send_multipart(frames)
    return DONE


def outgoing(options: argparse.Namespace) -> Iterator[list[bytes]]:
    """Return the messages that the arguments or the input are."""
    if options.frames:
        return repeat(from_words(options.frames, options), options.count or 1)
    return islice(from_input(options), options.count)


def _publish(messages: Iterator[list[bytes]], options: argparse.Namespace) -> int:
    # An XPUB hears of its subscribers, and can wait for a slow one.
    with opened(options, zmq.XPUB, drain=True) as socket:
        socket.xpub_nodrop = True
        attach(socket, options)
        receive(socket, options.timeout)
        for frames in messages:
            socket.send_multipart(frames)
    return DONE
