"""CURVE: the client knows the server's public key, and nobody between can read."""

import zmq


def main() -> None:
    """Exchange a secret."""
    server_public, server_secret = zmq.curve_keypair()
    client_public, client_secret = zmq.curve_keypair()
    with zmq.Context() as context:
        server = context.socket(zmq.REP)
        server.curve_server = True
        server.curve_secretkey = server_secret
        port = server.bind_to_random_port("tcp://127.0.0.1")

        client = context.socket(zmq.REQ)
        client.curve_serverkey = server_public
        client.curve_publickey = client_public
        client.curve_secretkey = client_secret
        client.connect(f"tcp://127.0.0.1:{port}")

        client.send(b"where is the cake?")
        frame = server.recv(copy=False)
        print(f"{frame['Peer-Address']} asks: {frame.bytes.decode()}")
        server.send(b"in the cupboard")
        print("the answer:", client.recv().decode())
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
