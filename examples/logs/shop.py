"""A program that publishes its log; watch it from another terminal."""

import itertools
import logging
import time

import till

from zmq.log import PUBHandler

handler = PUBHandler("tcp://127.0.0.1:5558", root_topic="shop")
handler.setFormatter(logging.Formatter("{name}: {message}", style="{"))
handler.setFormatter(
    logging.Formatter("{name}, line {lineno}: {message}", style="{"), logging.DEBUG
)
logging.basicConfig(level=logging.DEBUG, handlers=[handler])

log = logging.getLogger("shop")
log.info("open")
try:
    for customer in itertools.count(1):
        time.sleep(0.4)  # until somebody comes in
        log.debug("customer %d", customer)
        till.pay(customer)
except KeyboardInterrupt:
    log.info("closed")
