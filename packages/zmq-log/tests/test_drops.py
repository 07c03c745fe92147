"""The handler never waits, and says what it dropped."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import time
from typing import Any, Callable

import pytest
from tests.fixtures.endpoints import EndpointFactory
from tests.fixtures.sockets import SocketFactory, subscribe

import zmq
from zmq.log._outlet import Outlet
from zmq.log.handlers import PUBHandler

Make = Callable[..., PUBHandler]
Subscribed = Callable[..., "zmq.Socket[bytes]"]
MakeLogger = Callable[..., logging.Logger]

FOREVER = 1e9


def drain(subscriber: zmq.Socket[bytes], expected: int) -> list[int]:
    """Receive so many records, and be sure that no other follows."""
    numbers = [int(subscriber.recv_multipart()[1]) for _ in range(expected)]
    assert not subscriber.poll(20)
    return numbers


def log_numbers(logger: logging.Logger, count: int) -> None:
    for number in range(count):
        logger.info("%d", number)


def test_nothing_is_dropped_without_subscribers(
    make_handler: Make, make_logger: MakeLogger
) -> None:
    handler = make_handler(sndhwm=1)
    log_numbers(make_logger(handler), 1000)
    assert (handler.dropped, handler.cut_offs) == (0, 0)


def test_received_plus_dropped_is_all(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler(sndhwm=10, patience=FOREVER)
    one = subscribed(handler, rcvhwm=10)
    two = subscribed(handler, rcvhwm=1000)
    log_numbers(make_logger(handler), 500)
    kept = 500 - handler.dropped
    assert 10 <= kept <= 20
    assert handler.cut_offs == 0
    # every subscriber gets the same records, and none in part
    assert drain(one, kept) == drain(two, kept) == list(range(kept))


def test_a_full_subscriber_does_not_hold_back_the_others_for_long(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler(sndhwm=10, patience=0)
    full = subscribed(handler, rcvhwm=10)
    fast = subscribed(handler, rcvhwm=1000)
    log_numbers(make_logger(handler), 500)
    assert handler.dropped == 0
    assert handler.cut_offs == 1
    assert drain(fast, 500) == list(range(500))
    assert full.recv_multipart() == [b"INFO", b"0\n"]


@pytest.mark.parametrize(("wrong", "error"), [("1", TypeError), (-1, ValueError)])
def test_a_wrong_patience_is_refused_before_anything_is_bound(
    make_handler: Make, wrong: Any, error: type[Exception]
) -> None:
    # Not the same for both: libzmq frees an address only after close() has returned.
    address = f"inproc://patience of {wrong!r}"
    with pytest.raises(error, match="patience"):
        PUBHandler(address, patience=wrong)
    PUBHandler(address).close()


def test_patience_is_counted_in_seconds(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler(sndhwm=1, patience=0.1)
    subscribed(handler, rcvhwm=1)
    logger = make_logger(handler)
    begin = time.monotonic()
    while not handler.cut_offs:
        logger.info("x")
        assert time.monotonic() - begin < 5
    assert time.monotonic() - begin >= 0.1
    assert handler.dropped > 0


def test_a_subscriber_with_room_again_is_forgiven(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    patience = 0.3
    handler = make_handler(sndhwm=2, patience=patience)
    subscriber = subscribed(handler, rcvhwm=2)
    logger = make_logger(handler)
    while not handler.dropped:
        logger.info("1")
    while subscriber.poll(0):
        subscriber.recv_multipart()
    while not subscriber.poll(1):
        logger.info("2")
    # counted from the first drop, it would be over
    time.sleep(patience)
    dropped = handler.dropped
    while handler.dropped == dropped:
        logger.info("3")
        assert handler.cut_offs == 0


def test_the_programs_pub_keeps_its_own_manners(
    make_socket: SocketFactory, make_logger: MakeLogger, endpoint: EndpointFactory
) -> None:
    publisher = make_socket(zmq.PUB, sndhwm=1)
    publisher.bind(endpoint("inproc"))
    subscriber = make_socket(zmq.SUB, rcvhwm=1)
    subscriber.connect(publisher.last_endpoint.decode())
    subscribe(publisher, subscriber)
    handler = PUBHandler(publisher, patience=FOREVER)
    log_numbers(make_logger(handler), 100)
    assert handler.dropped >= 97
    for _ in range(10):
        publisher.send(b"a PUB drops and never refuses", zmq.DONTWAIT)


def test_other_sockets_without_room(
    make_socket: SocketFactory, make_logger: MakeLogger
) -> None:
    handler = PUBHandler(make_socket(zmq.PUSH))
    log_numbers(make_logger(handler), 10)
    assert handler.dropped == 10


READER = """
import sys, zmq
context = zmq.Context()
subscriber = context.socket(zmq.SUB)
subscriber.rcvhwm = 10
subscriber.connect(sys.argv[1])
subscriber.subscribe(b"")
numbers = []
print("ready", flush=True)
while True:
    topic, *rest = subscriber.recv_multipart()
    if topic == b"sync":
        print("sync", flush=True)
    elif topic == b"end":
        break
    else:
        numbers.append(int(rest[0][-8:]))
print(len(numbers), numbers == sorted(numbers), flush=True)
subscriber.close()
context.term()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="needs SIGSTOP")
def test_a_stopped_process_blocks_nobody(endpoint: EndpointFactory) -> None:
    handler = PUBHandler(endpoint("tcp"), sndhwm=100, patience=FOREVER)
    address = handler.socket.last_endpoint.decode()
    payload: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", READER, address], **payload) as reader:
        try:
            assert reader.stdout.readline() == "ready\n"
            while not select_line(reader):
                handler.socket.send_multipart([b"sync"])
            reader.send_signal(signal.SIGSTOP)
            count = log_until_dropped(handler)
            reader.send_signal(signal.SIGCONT)
            end = [b"end"]
            handler.socket.set(zmq.XPUB_NODROP, 1)
            handler.socket.sndtimeo = 10_000
            handler.socket.send_multipart(end)
            lines = [line for line in reader.stdout if line != "sync\n"]
            assert lines == [f"{count - handler.dropped} True\n"]
        finally:
            reader.kill()
            handler.close()


def select_line(process: subprocess.Popen[str]) -> bool:
    """Whether the process has printed something, after ten milliseconds at most."""
    poller = zmq.Poller()
    poller.register(process.stdout, zmq.POLLIN)
    return bool(poller.poll(10))


def log_until_dropped(handler: PUBHandler) -> int:
    """Log until the queues and the buffers of tcp are full; return how many."""
    count = 0
    begin = time.monotonic()
    while handler.dropped < 1000:
        record = logging.LogRecord("n", 20, "f", 1, "%0100000d", (count,), None)
        handler.handle(record)
        count += 1
    assert time.monotonic() - begin < 10
    return count


def test_a_record_of_a_signal_handler_is_counted_too(
    make_socket: SocketFactory, endpoint: EndpointFactory
) -> None:
    """It comes in the middle of another one, which stays a counted one."""
    outlet = Outlet(FOREVER)

    class Interrupted(zmq.Socket[Any]):
        def send_multipart(self, *arguments: Any, **options: Any) -> Any:
            if not interruptions:
                interruptions.append(True)
                outlet.send(self, [b"", b"nested"])
            return super().send_multipart(*arguments, **options)

    interruptions = [True]
    publisher = Interrupted(make_socket(zmq.PAIR).context, zmq.PUB)
    with publisher:
        publisher.sndhwm = 1
        publisher.bind(endpoint("inproc"))
        subscriber = make_socket(zmq.SUB, rcvhwm=1, rcvtimeo=5000)
        subscriber.connect(publisher.last_endpoint.decode())
        subscribe(publisher, subscriber)
        sent = 0
        while not outlet.dropped:
            outlet.send(publisher, [b"", b"x"])
            sent += 1
        interruptions.clear()
        outlet.send(publisher, [b"", b"outer"])
        kept = 0
        while subscriber.poll(20):
            subscriber.recv_multipart()
            kept += 1
        assert kept + outlet.dropped == sent + 2
