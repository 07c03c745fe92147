"""The same record in JSON and in MessagePack, through functions of yours."""

from __future__ import annotations

import json
from typing import Any

import msgpack

import zmq

PICTURE = bytes(range(20))
RECORD = {"bed": "basil", "temperature": 24.5, "picture": PICTURE}


def pack(record: Any) -> list[bytes]:
    """Return the frames of a record."""
    return [msgpack.packb(record)]


def unpack(frames: list[bytes]) -> Any:
    """Return the record that the frames hold."""
    (frame,) = frames
    return msgpack.unpackb(frame)


def main() -> None:
    """Send the record, and compare."""
    with zmq.Context() as context:
        sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        receiver.bind("inproc://records")
        sender.connect("inproc://records")

        sender.send_serialized(RECORD, pack)
        print("the same:", receiver.recv_serialized(unpack) == RECORD)

        try:
            sender.send_json(RECORD)
        except TypeError as error:
            print("JSON:", error)
        in_hex = {**RECORD, "picture": PICTURE.hex()}
        print("as JSON, with a picture in hex:", len(json.dumps(in_hex)), "bytes")
        print("as MessagePack:", len(pack(RECORD)[0]), "bytes")

        sender.send(b"\xc1 is no MessagePack")
        try:
            receiver.recv_serialized(unpack)
        except ValueError as error:
            print("refused:", type(error).__name__)
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
