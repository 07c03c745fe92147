"""Reliable request: ask again when no reply comes, and give up in the end.

A REQ socket that waits for a lost reply waits for ever. With two options it may ask
again, and tells late replies to old requests from the reply to this one.
"""

import threading

import zmq


class NoReplyError(Exception):
    """The server has not answered any of the attempts."""


def request(
    context: "zmq.Context[zmq.Socket[bytes]]",
    url: str,
    data: bytes,
    timeout: int = 1000,
    attempts: int = 3,
) -> bytes:
    """Return the reply; wait `timeout` milliseconds for each of the attempts."""
    with context.socket(zmq.REQ) as client:
        client.linger = 0  # a request that nobody wants need not be sent any more
        client.req_relaxed = True
        client.req_correlate = True
        client.connect(url)
        for attempt in range(1, attempts + 1):
            client.send(data)
            if client.poll(timeout):
                return client.recv()
            print(f"no reply to attempt {attempt}")
        raise NoReplyError(f"{url} did not answer {attempts} requests")


def forgetful_server(server: "zmq.Socket[bytes]") -> None:
    """Lose the first request, and answer the second."""
    with server:
        server.recv_multipart()
        client, number, empty, data = server.recv_multipart()
        server.send_multipart([client, number, empty, data.upper()])


def main() -> None:
    """Ask a server that loses a request, and one that is not there."""
    with zmq.Context() as context:
        server = context.socket(zmq.ROUTER)
        port = server.bind_to_random_port("tcp://127.0.0.1")
        thread = threading.Thread(target=forgetful_server, args=(server,))
        thread.start()
        print(request(context, f"tcp://127.0.0.1:{port}", b"hello", 200).decode())
        thread.join()
        try:
            request(context, f"tcp://127.0.0.1:{port}", b"hello", 50, 2)
        except NoReplyError as error:
            print("gave up:", str(error).partition(" ")[2])


if __name__ == "__main__":
    main()
