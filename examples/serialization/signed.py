"""Sign messages, so that the receiver sees whether one was changed or repeated."""

from __future__ import annotations

import hashlib
import hmac
import secrets

import zmq


class Signer:
    """Numbers messages and signs them with a key that both sides know."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._count = 0

    def sign(self, *frames: bytes) -> list[bytes]:
        """Return the frames behind their signature and their number."""
        self._count += 1
        rest = [self._count.to_bytes(8, "big"), *frames]
        return [signature(self._key, rest), *rest]


class Verifier:
    """Checks what one signer sends."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._last = 0

    def verify(self, message: list[bytes]) -> list[bytes]:
        """Return the frames that were signed; raise ValueError for any other."""
        given, *rest = message
        # In constant time: how long it takes tells nothing about the right one.
        if not rest or not hmac.compare_digest(given, signature(self._key, rest)):
            raise ValueError("the signature does not fit")
        number = int.from_bytes(rest[0], "big")
        if number <= self._last:
            raise ValueError(f"message {number} was here before")
        self._last = number
        return rest[1:]


def signature(key: bytes, frames: list[bytes]) -> bytes:
    """Return the signature of some frames."""
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for frame in frames:
        # With the lengths: [b"ab", b"c"] and [b"a", b"bc"] are not the same.
        digest.update(len(frame).to_bytes(8, "big") + frame)
    return digest.digest()


def main() -> None:
    """Send an order, and then try what somebody on the way might try."""
    key = secrets.token_bytes(32)
    signer, verifier = Signer(key), Verifier(key)
    with zmq.Context() as context:
        sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        receiver.bind("inproc://orders")
        sender.connect("inproc://orders")

        order = signer.sign(b"water", b"basil")
        for message in (
            order,
            [*order[:3], b"neighbour's garden"],
            order,
            signer.sign(b"water", b"tomatoes"),
        ):
            sender.send_multipart(message)
            try:
                print("done:", verifier.verify(receiver.recv_multipart()))
            except ValueError as error:
                print("refused:", error)
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
