"""A subscriber that does not read costs a few records, and never stops the program."""

import logging
import time

import zmq
from zmq.log import PUBHandler


def main() -> None:
    """Log far more than a sleeping subscriber can take."""
    with zmq.Context() as context:
        publisher = context.socket(zmq.PUB)
        publisher.sndhwm = 100
        publisher.bind("inproc://log")
        sleeper = context.socket(zmq.SUB)
        sleeper.rcvhwm = 100
        sleeper.connect("inproc://log")
        sleeper.subscribe("")
        handler = PUBHandler(publisher)
        log = logging.getLogger("busy")
        log.setLevel(logging.INFO)
        log.addHandler(handler)
        while not sleeper.poll(10):  # until the subscription has arrived
            log.info("is anybody there?")
        while sleeper.poll(10):
            sleeper.recv_multipart()

        start = time.monotonic()
        for number in range(1000):
            log.info("step %d", number)
        print("waited for the sleeper:", time.monotonic() - start > 10)

        kept = 0
        while sleeper.poll(0):
            sleeper.recv_multipart()
            kept += 1
        print("some records were dropped:", handler.dropped > 0)
        print(f"kept or counted as dropped: {kept + handler.dropped} of 1000")
        log.removeHandler(handler)
        handler.close()
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
