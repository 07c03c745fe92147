"""Messages as text: lines of frames, of JSON, or of hexadecimal digits."""

from __future__ import annotations

import json
import os
import sys

from zmq._command.failures import CommandError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import Any

_EMPTY = "-"  # an empty frame in hexadecimal digits


def add_format_options(parser: argparse.ArgumentParser) -> None:
    """Add ``--json`` and ``--hex``."""
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument(
        "--json",
        action="store_true",
        help="a message is a JSON array of its frames: strings, and "
        '{"hex": "00ff"} for those that are not UTF-8',
    )
    formats.add_argument(
        "--hex",
        action="store_true",
        help="a frame is hexadecimal digits, or - when it is empty",
    )


def from_words(words: list[str], options: argparse.Namespace) -> list[bytes]:
    """Return the message that the arguments of the command line are.

    :raises UsageError: when they are none.
    """
    try:
        if options.json:
            if len(words) != 1:
                raise ValueError("with --json a message is one argument")
            return _from_json(words[0])
        if options.hex:
            return [_from_hex(word) for word in words]
    except ValueError as error:
        raise UsageError(str(error)) from error
    return [os.fsencode(word) for word in words]


def from_input(options: argparse.Namespace) -> Iterator[list[bytes]]:
    """Read a message from each line of the standard input.

    :raises CommandError: when a line is none.
    """
    for number, line in enumerate(sys.stdin.buffer, 1):
        try:
            yield _from_line(line.rstrip(b"\r\n"), options)
        except ValueError as error:
            raise CommandError(f"line {number} of the input: {error}") from error


def write_message(frames: list[bytes], options: argparse.Namespace) -> None:
    """Write a message and the end of a line to the standard output, at once."""
    if options.json:
        line = json.dumps([_to_json(frame) for frame in frames]).encode()
    elif options.hex:
        line = " ".join(frame.hex() or _EMPTY for frame in frames).encode()
    else:
        line = b"\t".join(frames)
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _from_line(line: bytes, options: argparse.Namespace) -> list[bytes]:
    if options.json:
        return _from_json(line.decode())
    if options.hex:
        return [_from_hex(word) for word in line.decode().split()] or [b""]
    return [line]


def _from_hex(word: str) -> bytes:
    if word == _EMPTY:
        return b""
    try:
        return bytes.fromhex(word)
    except ValueError:
        raise ValueError(f"{word!r} is no even number of hexadecimal digits") from None


def _from_json(text: str) -> list[bytes]:
    try:
        message: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is no JSON: {error}") from error
    if not isinstance(message, list) or not message:
        raise ValueError("a message in JSON is an array of one frame or more")
    return [_frame_of(frame) for frame in message]  # pyright: ignore[reportUnknownVariableType]


def _frame_of(frame: Any) -> bytes:
    if isinstance(frame, str):
        return frame.encode()
    if isinstance(frame, dict) and list(frame) == ["hex"]:  # pyright: ignore[reportUnknownArgumentType]
        return _from_hex(str(frame["hex"]))  # pyright: ignore[reportUnknownArgumentType]
    raise ValueError('a frame in JSON is a string or {"hex": "00ff"}')


def _to_json(frame: bytes) -> str | dict[str, str]:
    try:
        return frame.decode()
    except UnicodeDecodeError:
        return {"hex": frame.hex()}
