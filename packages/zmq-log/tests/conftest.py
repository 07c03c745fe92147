"""Fixtures for handlers, their subscribers, and loggers that nobody else uses."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from typing import Any, Callable

import pytest
from tests.fixtures.sockets import SocketFactory, subscribe

import zmq
from zmq.log.handlers import PUBHandler


@pytest.fixture
def make_handler(
    context: zmq.Context[zmq.Socket[bytes]],
) -> Iterator[Callable[..., PUBHandler]]:
    """Make a handler bound to an inproc address of the test's context."""
    handlers = []

    def make(target: Any = None, **options: Any) -> PUBHandler:
        target = target or f"inproc://{uuid.uuid4().hex}"
        handler = PUBHandler(target, context, **options)
        handlers.append(handler)
        return handler

    yield make
    for handler in handlers:
        handler.close()


@pytest.fixture
def subscribed(
    make_socket: SocketFactory,
) -> Callable[..., zmq.Socket[bytes]]:
    """Connect a subscriber to the socket of a handler; the subscription is there."""
    earlier: list[zmq.Socket[bytes]] = []

    def make(handler: PUBHandler, topic: bytes = b"", **options: Any) -> Any:
        subscriber = make_socket(zmq.SUB, rcvtimeo=5000, **options)
        subscriber.connect(handler.socket.last_endpoint.decode())
        subscribe(handler.socket, subscriber, topic)
        for other in earlier:
            # what `subscribe` probed with went to them too
            while other.poll(20):
                other.recv()
        earlier.append(subscriber)
        return subscriber

    return make


@pytest.fixture
def make_logger() -> Iterator[Callable[..., logging.Logger]]:
    """Make a logger of DEBUG and above that only the given handler hears."""
    made = []

    def make(handler: logging.Handler, name: str = "") -> logging.Logger:
        logger = logging.getLogger(name or f"test.{uuid.uuid4().hex}")
        logger.setLevel(1)
        logger.propagate = False
        logger.addHandler(handler)
        made.append((logger, handler))
        return logger

    yield make
    for logger, handler in made:
        logger.removeHandler(handler)


@pytest.fixture(autouse=True)
def errors_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise what a handler would only print."""

    def raise_it(self: logging.Handler, record: logging.LogRecord) -> None:
        raise  # noqa: PLE0704 - called inside an except block

    monkeypatch.setattr(PUBHandler, "handleError", raise_it)
