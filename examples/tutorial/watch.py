"""Lesson 3: watch the temperatures of some beds, or of all."""

import json
import sys

import zmq

with zmq.Context() as context, context.socket(zmq.SUB) as news:
    news.connect("tcp://127.0.0.1:5557")
    for bed in sys.argv[1:] or [""]:  # an empty topic stands for all
        news.subscribe(bed)
    try:
        while True:
            topic, content = news.recv_multipart()
            print(topic.decode(), json.loads(content)["temperature"])
    except KeyboardInterrupt:
        print("seen enough")
