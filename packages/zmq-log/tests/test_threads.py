"""Many threads share a handler."""

from __future__ import annotations

import json
import logging
import threading
from collections import defaultdict
from typing import Callable

from tests.fixtures.endpoints import EndpointFactory
from tests.fixtures.sockets import SocketFactory, subscribe
from tests.fixtures.threads import Running

import zmq
from zmq.log import JSONFormatter, PUBHandler

THREADS = 8
RECORDS = 10_000


def receive_all(subscriber: zmq.Socket[bytes]) -> dict[str, list[int]]:
    """Receive until the end mark; the numbers of each thread, in order of arrival."""
    numbers = defaultdict(list)
    while True:
        topic, text = subscriber.recv_multipart()
        if topic == b"end":
            return dict(numbers)
        record = json.loads(text)
        assert topic.decode() == f"INFO.{record['thread']}"
        numbers[record["thread"]].append(int(record["message"]))


def test_eight_threads_arrive_whole(
    make_logger: Callable[..., logging.Logger],
    make_socket: SocketFactory,
    endpoint: EndpointFactory,
    in_thread: Callable[..., Running[dict[str, list[int]]]],
) -> None:
    # room for all, even if nothing is read meanwhile, and for the end mark
    handler = PUBHandler(endpoint("tcp"), sndhwm=2 * THREADS * RECORDS)
    handler.setFormatter(JSONFormatter())
    subscriber = make_socket(zmq.SUB, rcvtimeo=10_000)
    subscriber.connect(handler.socket.last_endpoint.decode())
    subscribe(handler.socket, subscriber)
    received = in_thread(receive_all, subscriber)

    logger = make_logger(handler)

    def work(name: str) -> None:
        for number in range(RECORDS):
            logger.info(f"{name}::%d", number)

    names = [f"worker{number}" for number in range(THREADS)]
    threads = [threading.Thread(target=work, args=(name,), name=name) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    handler.socket.send_multipart([b"end", b""])
    try:
        expected = list(range(RECORDS))
        assert received.result(30) == dict.fromkeys(names, expected)
        assert (handler.dropped, handler.cut_offs) == (0, 0)
    finally:
        handler.close()


def test_closing_while_others_log(
    make_logger: Callable[..., logging.Logger], endpoint: EndpointFactory
) -> None:
    handler = PUBHandler(endpoint("tcp"))
    logger = make_logger(handler)
    begun = threading.Barrier(5)

    def work() -> None:
        begun.wait()
        for _ in range(500):
            logger.info("x")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    begun.wait()
    handler.close()
    for thread in threads:
        thread.join()
    assert handler.dropped <= 2000
    assert handler.socket.closed


def test_another_socket_takes_over_between_two_records(
    make_logger: Callable[..., logging.Logger],
    make_socket: SocketFactory,
    endpoint: EndpointFactory,
    in_thread: Callable[..., Running[None]],
) -> None:
    """Not in the middle of one, which would meet a closed socket."""
    handler = PUBHandler(endpoint("tcp"))
    successor = make_socket(zmq.PUB)
    taken_over = threading.Event()
    swapping: list[Running[None]] = []

    def take_over() -> None:
        handler.socket = successor
        taken_over.set()

    class Meanwhile(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            swapping.append(in_thread(take_over))
            taken_over.wait(0.1)
            return super().format(record)

    handler.setFormatter(Meanwhile())
    make_logger(handler).info("x")
    swapping[0].result(10)
    assert handler.socket is successor
