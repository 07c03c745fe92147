"""Send a large file in pieces, a few at a time, and go on after an interruption.

The receiver asks for pieces by their position, and has at most WINDOW of them under
way: so neither side needs memory for the whole file, and a receiver that was
interrupted asks for the rest only.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from pathlib import Path

import zmq

PIECE = 100_000  # bytes
WINDOW = 8  # pieces under way


def serve(server: zmq.Socket[bytes], path: Path) -> None:
    """Send what is asked for; an empty request ends it."""
    with server, path.open("rb") as file:
        while True:
            client, position = server.recv_multipart()
            if not position:
                break
            file.seek(int(position))
            server.send_multipart([client, position, file.read(PIECE)])


def fetch(client: zmq.Socket[bytes], path: Path, limit: int | None = None) -> int:
    """Append to a file what it has not got yet; return how many pieces that took.

    `limit` breaks it off after so many pieces, as a loss of power would.
    """
    with path.open("ab") as file:
        wanted = file.tell()
        asked = wanted
        pieces = 0
        while True:
            while asked < wanted + WINDOW * PIECE:
                client.send(b"%d" % asked)
                asked += PIECE
            position, data = client.recv_multipart()
            if int(position) != wanted:
                continue  # an answer to an earlier run
            file.write(data)
            wanted += PIECE
            pieces += 1
            if len(data) < PIECE or pieces == limit:
                return pieces


def main() -> None:
    """Fetch a file, break off, and fetch the rest."""
    with tempfile.TemporaryDirectory() as directory, zmq.Context() as context:
        source, copy = Path(directory, "source"), Path(directory, "copy")
        source.write_bytes(os.urandom(3_050_000))
        server = context.socket(zmq.ROUTER)
        port = server.bind_to_random_port("tcp://127.0.0.1")
        thread = threading.Thread(target=serve, args=(server, source))
        thread.start()
        for limit in (10, None):
            with context.socket(zmq.DEALER) as client:
                client.rcvtimeo = 10_000
                client.linger = 0
                client.connect(f"tcp://127.0.0.1:{port}")
                pieces = fetch(client, copy, limit)
                print(f"{pieces} pieces, {copy.stat().st_size:,} bytes are here")
        with context.socket(zmq.DEALER) as client:
            client.connect(f"tcp://127.0.0.1:{port}")
            client.send(b"")
            thread.join()
        same = [hashlib.sha256(p.read_bytes()).digest() for p in (source, copy)]
        print("the same file:", same[0] == same[1])


if __name__ == "__main__":
    main()
