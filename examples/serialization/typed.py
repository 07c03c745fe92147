"""Messages with types: msgspec checks what arrives while it decodes."""

from __future__ import annotations

from typing import Union

import msgspec

import zmq


class Reading(msgspec.Struct, tag="reading"):
    """A sensor has measured."""

    bed: str
    temperature: float


class Alarm(msgspec.Struct, tag="alarm"):
    """Somebody has to come."""

    bed: str
    why: str
    urgent: bool = False


encoder = msgspec.msgpack.Encoder()
decoder = msgspec.msgpack.Decoder(Union[Reading, Alarm])


def main() -> None:
    """Send two messages that are right, and one that is wrong."""
    with zmq.Context() as context:
        sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        receiver.bind("inproc://typed")
        sender.connect("inproc://typed")

        sender.send(encoder.encode(Reading("basil", 24.5)))
        sender.send(encoder.encode(Alarm("basil", why="too dry")))
        sender.send(encoder.encode({"type": "reading", "bed": "basil"}))
        for _ in range(3):
            # Decoded from the message's own memory.
            frame = receiver.recv(copy=False)
            try:
                print(decoder.decode(frame.buffer))
            except msgspec.ValidationError as error:
                print("refused:", error)
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
