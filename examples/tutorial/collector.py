"""Lesson 4: collect the readings of all sensors."""

import zmq

with zmq.Context() as context, context.socket(zmq.PULL) as readings:
    readings.bind("tcp://127.0.0.1:5556")
    print("waiting for sensors")
    try:
        while True:
            reading = readings.recv_json()
            print("reading {n} of the {bed}: {temperature}".format(**reading))
    except KeyboardInterrupt:
        print("the collector rests")
