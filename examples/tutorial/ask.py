"""Lesson 2: ask the keeper for the temperature of a bed, but not for ever."""

import sys

import zmq

with zmq.Context() as context, context.socket(zmq.REQ) as keeper:
    keeper.linger = 0  # when this program ends, do not keep a question for later
    keeper.rcvtimeo = 2000  # wait two seconds for the answer, not for ever
    keeper.connect("tcp://127.0.0.1:5555")
    keeper.send_json({"bed": sys.argv[1]})
    try:
        answer = keeper.recv_json()
    except zmq.Again:
        sys.exit("no answer within two seconds: is the keeper in?")

if "error" in answer:
    sys.exit(answer["error"])
print(f"{answer['bed']}: {answer['temperature']} degrees")
