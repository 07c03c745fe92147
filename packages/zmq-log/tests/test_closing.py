"""Closing a handler while others log."""

from __future__ import annotations

from typing import Any, Callable

import pytest
from tests.fixtures.sockets import SocketFactory, subscribe
from tests.fixtures.threads import Running

import zmq
from zmq.log import PUBHandler

MEGABYTE = "x" * 1_000_000
RECORDS = 30


@pytest.mark.parametrize("way", ["close", "replace"])
def test_nobody_waits_for_what_is_still_queued(
    way: str,
    make_logger: Callable[..., Any],
    make_socket: SocketFactory,
    in_thread: Callable[..., Running[None]],
) -> None:
    handler = PUBHandler("tcp://127.0.0.1:0")
    # it reads one record, so that closing takes the second that the others may take
    subscriber = make_socket(zmq.SUB, rcvhwm=1, rcvbuf=10_000, rcvtimeo=10_000)
    subscriber.connect(handler.socket.last_endpoint.decode())
    subscribe(handler.socket, subscriber)
    logger = make_logger(handler)
    for _ in range(RECORDS):
        logger.info(MEGABYTE)
    borrowed = make_socket(zmq.PUB)

    def let_go() -> None:
        if way == "close":
            handler.close()
        else:
            handler.socket = borrowed

    former = handler.socket
    closing = in_thread(let_go)
    while handler.dropped == 0 and handler.socket is former:
        logger.info("nobody hears this, or everybody")
    logger.info("one more")
    assert closing.alive
    closing.result()


def test_an_exit_while_a_thread_logs(run_python: Callable[..., str]) -> None:
    """The thread ends as it waits to log, and takes no lock with it."""
    run_python("""
import builtins, itertools, logging, threading
from zmq.log import PUBHandler

log = logging.getLogger()
log.addHandler(PUBHandler("tcp://127.0.0.1:0"))

class Last:
    def __del__(self):
        log.error("as the last")

busy = threading.Event()

def run():
    for number in itertools.count():
        log.error("again")
        if number == 100:
            busy.set()

builtins.last = Last()
threading.Thread(target=run, daemon=True).start()
assert busy.wait(20)
""")
