"""Lesson 3: publish the temperature of every bed, twice a second."""

import itertools
import json
import math
import time

import zmq

BEDS = {"basil": 24.5, "tomatoes": 21.0}

with zmq.Context() as context, context.socket(zmq.PUB) as news:
    news.bind("tcp://127.0.0.1:5557")
    print("announcing, whether anybody listens or not")
    try:
        for count in itertools.count(1):
            for bed, usual in BEDS.items():
                temperature = round(usual + math.sin(count / 5), 1)
                content = json.dumps({"temperature": temperature})
                news.send_multipart([bed.encode(), content.encode()])
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("no more news")
