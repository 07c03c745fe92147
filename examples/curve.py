"""Encrypt a connection: the client must know the server's public key."""

import zmq


def main() -> None:
    """Exchange a secret that nobody on the way can read."""
    server_public, server_secret = zmq.curve_keypair()
    client_public, client_secret = zmq.curve_keypair()
    context = zmq.Context()
    with (
        context,
        context.socket(zmq.PULL) as server,
        context.socket(zmq.PUSH) as client,
    ):
        server.curve_server = True
        server.curve_secretkey = server_secret
        port = server.bind_to_random_port("tcp://127.0.0.1")

        client.curve_publickey = client_public
        client.curve_secretkey = client_secret
        client.curve_serverkey = server_public
        client.connect(f"tcp://127.0.0.1:{port}")
        client.send(b"the cake is in the cupboard")

        server.rcvtimeo = 5000
        frame = server.recv(copy=False)
        print(f"received: {frame.bytes.decode()}")
        print(f"from {frame['Peer-Address']}, encrypted with CURVE")


if __name__ == "__main__":
    main()
