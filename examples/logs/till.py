"""The till of the shop. It logs as any module does, and knows nothing of sockets."""

import logging

log = logging.getLogger(__name__)


def pay(customer: int) -> None:
    """Take the money of a customer."""
    if customer % 4 == 0:
        log.warning("paper::the roll is nearly empty")
    log.info("customer %d has paid", customer)
