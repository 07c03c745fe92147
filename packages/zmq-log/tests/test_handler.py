"""What the handler publishes, and whose socket it uses."""

from __future__ import annotations

import logging
import logging.config
from typing import Any, Callable

import pytest
from tests.fixtures.endpoints import EndpointFactory
from tests.fixtures.sockets import SocketFactory, subscribe

import zmq
from zmq.log.handlers import TOPIC_DELIM, PUBHandler

Make = Callable[..., PUBHandler]
Subscribed = Callable[..., "zmq.Socket[bytes]"]
MakeLogger = Callable[..., logging.Logger]


def test_topic_and_text(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler(root_topic="myprogram")
    subscriber = subscribed(handler)
    make_logger(handler).info("hello %s", "there")
    assert subscriber.recv_multipart() == [b"myprogram.INFO", b"hello there\n"]


def test_subtopics(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler(root_topic="myprogram")
    subscriber = subscribed(handler)
    make_logger(handler).info(TOPIC_DELIM.join(["sub.topic", "hello"]))
    assert subscriber.recv_multipart() == [b"myprogram.INFO.sub.topic", b"hello\n"]


@pytest.mark.parametrize("way", ["made with", "attribute", "method"])
def test_a_root_topic_of_bytes(
    way: str, make_handler: Any, make_logger: Any, subscribed: Any
) -> None:
    handler = make_handler(root_topic=b"r\xc3\xa9" if way == "made with" else "")
    if way == "attribute":
        handler.root_topic = b"r\xc3\xa9"
    elif way == "method":
        handler.setRootTopic(b"r\xc3\xa9")
    assert handler.root_topic == "ré"
    subscriber = subscribed(handler)
    make_logger(handler).info("x")
    assert subscriber.recv_multipart()[0] == "ré.INFO".encode()


@pytest.mark.parametrize("set_it", ["property", "method"])
def test_the_root_topic_can_change(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger, set_it: str
) -> None:
    handler = make_handler()
    assert handler.root_topic == ""
    subscriber = subscribed(handler)
    if set_it == "property":
        handler.root_topic = "foo"
    else:
        handler.setRootTopic("foo")
    assert handler.root_topic == "foo"
    make_logger(handler).info("x")
    assert subscriber.recv_multipart()[0] == b"foo.INFO"


def test_a_subscriber_can_choose_levels(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler(root_topic="r")
    subscriber = subscribed(handler, b"r.ERROR")
    logger = make_logger(handler)
    logger.debug("no")
    logger.error("yes")
    assert subscriber.recv_multipart()[0] == b"r.ERROR"
    assert not subscriber.poll(0)


def test_custom_levels(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler()
    subscriber = subscribed(handler)
    logger = make_logger(handler)
    logger.log(15, "unnamed")
    logging.addLevelName(5, "TRACE")
    try:
        logger.log(5, "named")
    finally:
        logging._levelToName.pop(5)  # logging offers no way to take a name back
        logging._nameToLevel.pop("TRACE")
    assert subscriber.recv_multipart()[0] == b"Level 15"
    topic, text = subscriber.recv_multipart()
    assert topic == b"TRACE"
    assert text.endswith(b" - named\n")


def test_exceptions_and_odd_text(
    make_handler: Make, subscribed: Subscribed, make_logger: MakeLogger
) -> None:
    handler = make_handler()
    subscriber = subscribed(handler)
    logger = make_logger(handler)
    try:
        raise LookupError("gone")
    except LookupError:
        logger.exception("text")
    topic, text = subscriber.recv_multipart()
    assert topic == b"ERROR"
    assert text.endswith(b"LookupError: gone")
    logger.info("\N{EURO SIGN} \udc80 \0")
    assert subscriber.recv_multipart()[1] == b"\xe2\x82\xac \\udc80 \0\n"


def test_a_record_that_cannot_be_formatted_is_handled(
    make_handler: Make, make_logger: MakeLogger
) -> None:
    logger = make_logger(make_handler())
    with pytest.raises(TypeError, match="not all arguments"):
        logger.info("no place", "for this")  # noqa: PLE1205 - the point


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_an_address_is_bound(
    endpoint: EndpointFactory, make_socket: SocketFactory, transport: str
) -> None:
    handler = PUBHandler(endpoint(transport))
    try:
        assert handler.socket.type == zmq.PUB
        assert handler.socket.context is handler.ctx
        assert handler.ctx is not zmq.Context.instance()
        subscriber = make_socket(zmq.SUB, rcvtimeo=5000)
        subscriber.connect(handler.socket.last_endpoint.decode())
        subscribe(handler.socket, subscriber)
        handler.handle(logging.LogRecord("n", 20, "f", 1, "text", (), None))
        assert subscriber.recv_multipart() == [b"INFO", b"text\n"]
    finally:
        handler.close()


def test_an_inproc_address_can_be_reached(endpoint: EndpointFactory) -> None:
    handler = PUBHandler(endpoint("inproc"))
    assert handler.ctx is zmq.Context.instance()
    handler.close()
    assert not zmq.Context.instance().closed


def test_a_private_context_does_not_outlive_a_failed_bind() -> None:
    with pytest.raises(zmq.ZMQError, match="nonsense"):
        PUBHandler("nonsense://x")


def test_closing_closes_what_the_handler_made(endpoint: EndpointFactory) -> None:
    handler = PUBHandler(endpoint("tcp"))
    address = handler.socket.last_endpoint.decode()
    handler.close()
    handler.close()
    assert handler.socket.closed
    assert handler.ctx.closed
    again = PUBHandler(address)
    again.close()


def test_closing_leaves_the_programs_context_alone(
    context: zmq.Context[Any], endpoint: EndpointFactory
) -> None:
    handler = PUBHandler(endpoint("tcp"), context)
    handler.close()
    assert handler.socket.closed
    assert not context.closed


def test_closing_sends_what_is_queued(endpoint: EndpointFactory) -> None:
    handler = PUBHandler(endpoint("tcp"))
    with zmq.Context() as context, context.socket(zmq.SUB) as subscriber:
        subscriber.rcvtimeo = 5000
        subscriber.connect(handler.socket.last_endpoint.decode())
        subscribe(handler.socket, subscriber)
        for number in range(1000):
            handler.handle(logging.LogRecord("n", 20, "f", 1, str(number), (), None))
        handler.close()
        received = [int(subscriber.recv_multipart()[1]) for _ in range(1000)]
    assert received == list(range(1000))


def test_records_after_close_are_counted(
    make_handler: Make, make_logger: MakeLogger
) -> None:
    handler = make_handler()
    logger = make_logger(handler)
    handler.close()
    logger.info("too late")
    assert handler.dropped == 1


@pytest.mark.parametrize("type_", [zmq.PUB, zmq.XPUB])
def test_a_socket_of_the_program(
    make_socket: SocketFactory,
    make_logger: MakeLogger,
    endpoint: EndpointFactory,
    type_: int,
) -> None:
    publisher = make_socket(type_)
    publisher.bind(endpoint("inproc"))
    handler = PUBHandler(publisher)
    assert handler.socket is publisher
    assert handler.ctx is publisher.context
    subscriber = make_socket(zmq.SUB, rcvtimeo=5000)
    subscriber.connect(publisher.last_endpoint.decode())
    subscribe(publisher, subscriber)
    make_logger(handler).info("x")
    assert subscriber.recv_multipart() == [b"INFO", b"x\n"]
    handler.close()
    assert not publisher.closed


def test_a_connected_socket(
    make_socket: SocketFactory, make_logger: MakeLogger, endpoint: EndpointFactory
) -> None:
    collector = make_socket(zmq.SUB, rcvtimeo=5000)
    collector.bind(endpoint("tcp"))
    publisher = make_socket(zmq.PUB)
    publisher.connect(collector.last_endpoint.decode())
    subscribe(publisher, collector)
    make_logger(PUBHandler(publisher)).info("x")
    assert collector.recv_multipart() == [b"INFO", b"x\n"]


def test_a_socket_of_asyncio_needs_no_loop(
    make_socket: SocketFactory, make_logger: MakeLogger, endpoint: EndpointFactory
) -> None:
    asynchronous = pytest.importorskip("zmq.asyncio")
    collector = make_socket(zmq.SUB, rcvtimeo=5000)
    collector.bind(endpoint("tcp"))
    plain = make_socket(zmq.PUB)
    plain.connect(collector.last_endpoint.decode())
    subscribe(plain, collector)
    publisher = asynchronous.Socket.shadow(plain.underlying)
    handler = PUBHandler(publisher)
    assert handler.socket is publisher
    make_logger(handler).info("x")
    assert collector.recv_multipart() == [b"INFO", b"x\n"]


def test_another_socket_can_take_over(
    make_handler: Make, make_socket: SocketFactory, make_logger: MakeLogger
) -> None:
    handler = make_handler()
    made = handler.socket
    publisher = make_socket(zmq.PUB)
    handler.socket = publisher
    assert made.closed
    assert handler.socket is publisher
    make_logger(handler).info("x")


@pytest.mark.parametrize("target", [None, 3, b"inproc://x", object()])
def test_neither_address_nor_socket(target: Any) -> None:
    with pytest.raises(TypeError, match="interface_or_socket must be an address"):
        PUBHandler(target)


def test_dict_config_with_a_socket(
    make_socket: SocketFactory, endpoint: EndpointFactory
) -> None:
    collector = make_socket(zmq.SUB, rcvtimeo=5000)
    collector.bind(endpoint("tcp"))
    publisher = make_socket(zmq.PUB)
    publisher.connect(collector.last_endpoint.decode())
    subscribe(publisher, collector)
    configure(root_topic="foo", interface_or_socket=publisher)
    logging.getLogger("configured").info("x")
    assert collector.recv_multipart() == [b"foo.INFO", b"x\n"]


def test_dict_config_with_an_address_and_formatter(endpoint: EndpointFactory) -> None:
    configure(interface_or_socket=endpoint("tcp"), formatter="json")
    (handler,) = logging.getLogger("configured").handlers
    assert isinstance(handler, PUBHandler)
    assert handler.level == logging.DEBUG
    record = logging.LogRecord("n", 20, "f", 1, "text", (), None)
    assert '"message": "text"' in handler.format(record)
    handler.close()


def configure(**handler: Any) -> None:
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"json": {"()": "zmq.log.JSONFormatter"}},
            "handlers": {
                "zmq": {
                    "class": "zmq.log.handlers.PUBHandler",
                    "level": logging.DEBUG,
                    **handler,
                }
            },
            "loggers": {"configured": {"level": "DEBUG", "handlers": ["zmq"]}},
        }
    )
