"""Lesson 1: send a name, print the greeting."""

import sys

import zmq

with zmq.Context() as context, context.socket(zmq.REQ) as client:
    client.connect("tcp://127.0.0.1:5555")
    for name in sys.argv[1:]:
        client.send_string(name)
        print(client.recv_string())
