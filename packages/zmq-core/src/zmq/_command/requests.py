"""``zmq req`` and ``zmq rep``."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import zmq
from zmq._command.commands import add_command, add_limits
from zmq._command.failures import DONE
from zmq._command.messages import add_format_options, from_words, write_message
from zmq._command.sending import outgoing
from zmq._command.sockets import add_connection_options, attach, opened, receive

if TYPE_CHECKING:
    import argparse

    from zmq._command.commands import Commands


def add_commands(commands: Commands) -> None:
    """Add ``req`` and ``rep``."""
    parser = add_command(commands, "req", _req, "send requests, and print the replies")
    parser.add_argument(
        "frames",
        nargs="*",
        metavar="FRAME",
        help="the frames of one request; without, each line of the input is a request",
    )
    _add_options(parser, "requests; the FRAMEs are sent N times", "each reply")
    parser = add_command(commands, "rep", _rep, "print requests, and reply to them")
    parser.add_argument(
        "frames",
        nargs="*",
        metavar="FRAME",
        help="the frames of each reply; without, the request goes back as the reply",
    )
    _add_options(parser, "requests", "each request")


def _add_options(parser: argparse.ArgumentParser, counted: str, awaited: str) -> None:
    add_connection_options(parser)
    add_format_options(parser)
    add_limits(parser, counted, awaited)


def _req(options: argparse.Namespace) -> int:
    requests = outgoing(options)
    with opened(options, zmq.REQ) as socket:
        attach(socket, options)
        for frames in requests:
            socket.send_multipart(frames)
            write_message(receive(socket, options.timeout), options)
    return DONE


def _rep(options: argparse.Namespace) -> int:
    reply = from_words(options.frames, options) if options.frames else None
    with opened(options, zmq.REP, drain=True) as socket:
        attach(socket, options)
        for number in count(1):
            request = receive(socket, options.timeout)
            socket.send_multipart(request if reply is None else reply)
            write_message(request, options)
            if number == options.count:
                break
    return DONE
