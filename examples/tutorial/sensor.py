"""Lesson 4: the sensor of one bed measures, and hands in what it finds."""

import itertools
import math
import sys
import time

import zmq

bed, usual = sys.argv[1], float(sys.argv[2])

with zmq.Context() as context, context.socket(zmq.PUSH) as readings:
    readings.linger = 1000  # at the end, wait a second for the last readings to leave
    readings.connect("tcp://127.0.0.1:5556")
    print(f"the sensor of the {bed} measures")
    try:
        for count in itertools.count(1):
            temperature = round(usual + math.sin(count / 5), 1)
            readings.send_json({"bed": bed, "n": count, "temperature": temperature})
            time.sleep(0.5)
    except KeyboardInterrupt:
        print(f"the sensor of the {bed} is switched off")
