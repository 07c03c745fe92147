"""The feed: publishes what its sensors measure.

The sensors are threads of this process and hand their readings over by inproc; the
subscribers are other processes, connected over tcp and ipc.
"""

from __future__ import annotations

import random
import threading
import time

import zmq

from .role import TIMEOUT, announce, wait_for_go, wait_for_stop

TOPICS = ("weather", "traffic")
END = b"end"


def measure(
    context: zmq.Context[zmq.Socket[bytes]], topic: str, seconds: float
) -> None:
    """Send numbered readings to the publisher for so many seconds."""
    with context.socket(zmq.PUSH) as socket:
        socket.sndtimeo = TIMEOUT
        socket.connect("inproc://readings")
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            reading = f"{random.gauss(20, 5):.3f}".encode()
            socket.send_multipart([topic.encode(), str(number).encode(), reading])
            number += 1
        socket.send_multipart([topic.encode(), END, b""])


def main(local: str, subscribers: str, seconds: str) -> None:
    """Publish until every sensor is done, then tell how much that was."""
    with zmq.Context() as context:
        readings = context.socket(zmq.PULL)
        readings.bind("inproc://readings")
        publisher = context.socket(zmq.XPUB)
        # A full queue stops the feed rather than dropping messages, so that the
        # subscribers can check that nothing is missing.
        publisher.xpub_nodrop = True
        publisher.sndtimeo = publisher.rcvtimeo = readings.rcvtimeo = TIMEOUT
        publisher.bind("tcp://127.0.0.1:*")
        tcp = publisher.last_endpoint.decode()
        publisher.bind(local)
        announce(event="ready", tcp=tcp, local=publisher.last_endpoint.decode())
        wait_for_go()
        # An XPUB socket receives the subscriptions: now nobody can join too late.
        for _ in range(int(subscribers)):
            publisher.recv()
        sensors = [
            threading.Thread(target=measure, args=(context, topic, float(seconds)))
            for topic in TOPICS
        ]
        for sensor in sensors:
            sensor.start()
        published = publish(readings, publisher)
        for sensor in sensors:
            sensor.join()
        # Closing an ipc connection while the other end lags behind can cost it what the
        # kernel still holds for it, so this end stays until everybody has everything.
        wait_for_stop()
        readings.close()
        publisher.close(linger=0)
    announce(event="done", published=published)


def publish(readings: zmq.Socket[bytes], publisher: zmq.Socket[bytes]) -> int:
    """Pass readings on until each sensor has ended; return how many there were."""
    published = 0
    working = len(TOPICS)
    while working:
        message = readings.recv_multipart()
        publisher.send_multipart(message)
        if message[1] == END:
            working -= 1
        else:
            published += 1
    return published
