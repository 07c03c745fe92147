"""CLIENT and SERVER: many requests under way, and sockets that threads may share."""

import threading

import zmq


def serve(server: "zmq.Socket[bytes]") -> None:
    """Answer out of order, by the routing ids of the questions; end at "stop"."""
    waiting = []
    while True:
        frame = server.recv(copy=False)
        if frame.bytes == b"stop":
            break
        waiting.append(frame)
        if len(waiting) == 3:
            for question in reversed(waiting):
                server.send(question.bytes.upper(), routing_id=question.routing_id)
            waiting.clear()


def main() -> None:
    """Ask three questions with two clients, and then collect the answers."""
    with zmq.Context() as context:
        server = context.socket(zmq.SERVER)
        port = server.bind_to_random_port("tcp://127.0.0.1")
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        ada, bob = context.socket(zmq.CLIENT), context.socket(zmq.CLIENT)
        for client in (ada, bob):
            client.connect(f"tcp://127.0.0.1:{port}")
        ada.send(b"one")
        ada.send(b"two")  # no need to wait for the first answer
        bob.send(b"three")
        print("bob gets", bob.recv())
        print("ada gets", sorted([ada.recv(), ada.recv()]))
        bob.send(b"stop")
        thread.join()
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
