"""Lesson 1: greet everybody who sends a name."""

import zmq

with zmq.Context() as context, context.socket(zmq.REP) as server:
    server.bind("tcp://127.0.0.1:5555")
    print("waiting for names")
    while True:
        name = server.recv_string()
        print(f"{name} says hello")
        server.send_string(f"Hello, {name}!")
