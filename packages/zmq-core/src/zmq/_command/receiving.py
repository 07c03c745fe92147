"""``zmq recv`` and ``zmq sub``."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import zmq
from zmq._command.commands import add_command, add_limits
from zmq._command.failures import DONE
from zmq._command.messages import add_format_options, from_words, write_message
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

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``recv`` and ``sub``."""
    parser = add_command(commands, "recv", _recv, "print the messages that arrive")
    _add_options(parser)
    add_type_option(parser, ("pull", "dealer", "pair", "router"))
    parser = add_command(
        commands, "sub", _sub, "subscribe, and print the messages that arrive"
    )
    parser.add_argument(
        "topics",
        nargs="*",
        metavar="TOPIC",
        help="how the messages begin that are wanted; by default all are",
    )
    _add_options(parser)


def _add_options(parser: argparse.ArgumentParser) -> None:
    add_connection_options(parser)
    add_format_options(parser)
    add_limits(parser, "messages", "each message")


def _recv(options: argparse.Namespace) -> int:
    with opened(options, type_of(options.type)) as socket:
        attach(socket, options)
        return _print_messages(socket, options)


def _sub(options: argparse.Namespace) -> int:
    topics = [_topic(word, options) for word in options.topics or [""]]
    with opened(options, zmq.SUB) as socket:
        for topic in topics:
            socket.subscribe(topic)
        attach(socket, options)
        return _print_messages(socket, options)


def _topic(word: str, options: argparse.Namespace) -> bytes:
    if options.json or not word:
        return word.encode(errors="surrogateescape")
    return from_words([word], options)[0]


def _print_messages(socket: zmq.Socket[bytes], options: argparse.Namespace) -> int:
    for number in count(1):
        write_message(receive(socket, options.timeout), options)
        if number == options.count:
            break
    return DONE
