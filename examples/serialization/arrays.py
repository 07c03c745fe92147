"""Send numpy arrays, and receive them, without copying their memory."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

import zmq

Sock = "zmq.Socket[bytes]"


def send_array(sock: Sock, array: np.ndarray[Any, Any]) -> zmq.MessageTracker:
    """Lend the memory of an array to libzmq; the tracker tells when it is back."""
    array = np.ascontiguousarray(array)  # copies only what has gaps
    head = {"dtype": array.dtype.str, "shape": array.shape}
    sock.send_json(head, zmq.SNDMORE)
    tracker = sock.send(array, copy=False, track=True)
    assert tracker is not None  # as it was asked for
    return tracker


def recv_array(sock: Sock) -> np.ndarray[Any, Any]:
    """Return an array whose memory is that of the message."""
    head, data = sock.recv_multipart(copy=False)
    description = json.loads(head.bytes)
    array = np.frombuffer(data, dtype=np.dtype(description["dtype"]))
    return array.reshape(description["shape"])


def main() -> None:
    """Send a picture over tcp, and look at what arrives."""
    with zmq.Context() as context:
        sender, receiver = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        port = receiver.bind_to_random_port("tcp://127.0.0.1")
        sender.connect(f"tcp://127.0.0.1:{port}")

        picture = np.zeros((1080, 1920, 3), dtype=np.uint8)
        picture[500, 900] = (255, 128, 0)
        tracker = send_array(sender, picture)
        received = recv_array(receiver)
        print(f"received {received.shape} of {received.dtype}")
        print("the same pixels:", bool((received == picture).all()))
        print("memory of its own:", received.flags.owndata)

        tracker.wait(timeout=5)  # seconds; over tcp, until all has been written
        picture[:] = 0  # libzmq has let go of it
        print("the received pixel is still", received[500, 900].tolist())

        half = send_array(sender, picture[:, ::2])  # every other column: has gaps
        print("half of it:", recv_array(receiver).shape)
        half.wait(timeout=5)
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
