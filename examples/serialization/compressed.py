"""Compress what is worth it, and do not let anybody fill your memory."""

from __future__ import annotations

import zlib

import zmq

WORTH_IT = 200  # bytes; below, the compressed text is hardly shorter
LIMIT = 10_000_000  # bytes that a message may have once it is unpacked


def squeeze(data: bytes) -> list[bytes]:
    """Return a frame that says how, and the data."""
    if len(data) >= WORTH_IT:
        small = zlib.compress(data, level=1)  # fast; higher levels gain little
        if len(small) < len(data):
            return [b"zlib", small]
    return [b"", data]


def unsqueeze(frames: list[bytes]) -> bytes:
    """Return the data again."""
    how, data = frames
    if how == b"":
        return data
    if how != b"zlib":
        raise ValueError(f"compressed in an unknown way: {how!r}")
    unpacker = zlib.decompressobj()
    unpacked = unpacker.decompress(data, LIMIT)
    if not unpacker.eof:
        raise ValueError(f"cut short, or more than {LIMIT:,} bytes when unpacked")
    return unpacked


def main() -> None:
    """Send something short, something long, and a trap."""
    with zmq.Context() as context:
        sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        receiver.bind("inproc://compressed")
        sender.connect("inproc://compressed")
        trap = zlib.compress(bytes(50_000_000))
        for frames in (
            squeeze(b"basil 24.5"),
            squeeze(b"basil 24.5, tomatoes 21.0\n" * 1000),
            [b"zlib", trap],
        ):
            sender.send_multipart(frames)
            try:
                data = receiver.recv_serialized(unsqueeze)
                print(f"{len(data):,} bytes were sent as {len(frames[1]):,}")
            except ValueError as error:
                print(f"{len(frames[1]):,} bytes refused: {error}")
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
