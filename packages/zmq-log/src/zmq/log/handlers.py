"""The handler that publishes log records on a PUB socket, and its logger."""

from __future__ import annotations

import logging
from typing import Any

import zmq

from ._outlet import Outlet
from ._publisher import BorrowedPublisher, OwnPublisher, Publisher
from ._topic_logger import TopicLogger as TopicLogger
from ._topics import TOPIC_DELIM as TOPIC_DELIM
from ._topics import as_text, build_topic, encode, split_subtopics
from .formatters import LEVELS, LOCATED, default_formatters

__all__ = ["TOPIC_DELIM", "PUBHandler", "TopicLogger"]

TopicLogger.__module__ = __name__


class PUBHandler(logging.Handler):
    """A logging handler that publishes every record to whoever subscribes.

    A record becomes a message of two frames. The first is the topic, joined by dots:
    the root topic, the name of the level, and the subtopics that stood in front of
    ``::`` in the message. The second is the formatted text in UTF-8. So
    ``log.info("disk.sda::full")`` with the root topic ``host`` publishes
    ``host.INFO.disk.sda`` and ``full``.

    The handler never waits for a subscriber. It may be used from many threads, and in
    a forked child, where it binds its address anew once the parent has left it.

    :param interface_or_socket: an address to bind a PUB socket to, which then belongs
        to the handler; or a socket, bound or connected, which stays yours to close.
        Best a PUB.
    :param context: where to make the socket. By default in a context of the handler's
        own, for inproc in `zmq.Context.instance()`.
    :param root_topic: what all topics begin with.
    :param sndhwm: how many messages may wait for each subscriber of the handler's own
        socket.
    :param patience: seconds for which a full queue of one subscriber may keep records
        from all, see `dropped` and `cut_offs`. 0 never lets one stand in the way of
        others.
    :raises zmq.ZMQError: when the address cannot be bound.
    :raises TypeError: when `interface_or_socket` is neither, or `patience` no number.

    .. versionadded:: zmq-log 1.0
        `sndhwm`, `patience`; until then the queue held libzmq's 1,000 messages, and
        nothing was counted.
    """

    formatters: dict[int, logging.Formatter]

    def __init__(
        self,
        interface_or_socket: str | zmq.Socket[Any],
        context: zmq.Context[Any] | None = None,
        root_topic: str = "",
        *,
        sndhwm: int = 10_000,
        patience: float = 1.0,
    ) -> None:
        self._outlet = Outlet(patience)
        self._publisher = _publisher(interface_or_socket, context, sndhwm)
        super().__init__()
        self.setRootTopic(root_topic)
        self.formatters = default_formatters()

    @property
    def ctx(self) -> zmq.Context[Any]:
        """The context of the socket."""
        return self._publisher.context

    @property
    def socket(self) -> zmq.Socket[Any]:
        """The socket that records leave through; assign another one to change it."""
        return self._publisher.socket

    @socket.setter
    def socket(self, socket: zmq.Socket[Any]) -> None:
        publisher = BorrowedPublisher(socket, None)
        # not while another thread sends through the one that is closed
        self.acquire()
        try:
            replaced, self._publisher = self._publisher, publisher
            to_be_closed = replaced.retire()
        finally:
            self.release()
        if to_be_closed:
            replaced.close()

    @property
    def root_topic(self) -> str:
        """What all topics begin with; empty by default."""
        return self._root_topic

    @root_topic.setter
    def root_topic(self, root_topic: str) -> None:
        self.setRootTopic(root_topic)

    @property
    def dropped(self) -> int:
        """How many records nobody got.

        Counted are the records that were not sent, to nobody, because the queue of at
        least one subscriber to their topic was full; those of a forked child while
        it has no socket; and those after `close`. Of a socket that you gave and
        that is not a PUB, those for which it had no room. Not counted are records
        that no one subscribed to, what a subscriber misses while it is cut off (see
        `cut_offs`), and what is lost in queues when a connection breaks.

        .. versionadded:: zmq-log 1.0
        """
        return self._outlet.dropped

    @property
    def cut_offs(self) -> int:
        """How often subscribers were left behind so that the others could go on.

        When a queue has been full for `patience` seconds, libzmq is told to send past
        it: its subscriber misses records, nobody can say how many, until it has read
        half of what waits for it. While this is 0, a subscriber that was there all the
        time has got every record but the `dropped` ones.

        .. versionadded:: zmq-log 1.0
        """
        return self._outlet.cut_offs

    def setRootTopic(self, root_topic: str) -> None:  # noqa: N802 - logging's style
        """Set what all topics begin with.

        :param root_topic: subscribers must subscribe to a beginning of it; empty for
            none, so that topics begin with the level.
        """
        self._root_topic = as_text(root_topic)

    def setFormatter(  # noqa: N802 - logging's name
        self, fmt: logging.Formatter | None, level: int | str = logging.NOTSET
    ) -> None:
        """Set the formatter of one level, or of all.

        :param fmt: the formatter; None restores the default.
        :param level: the level, by number or name; NOTSET sets all levels, custom ones
            included, and forgets what was set for single ones.
        """
        # what knows the names; asking for them directly is deprecated
        number = logging.NullHandler(level).level
        if number != logging.NOTSET:
            self.formatters[number] = fmt or default_formatters().get(number, LOCATED)
            return
        super().setFormatter(fmt)
        self.formatters = dict.fromkeys(LEVELS, fmt) if fmt else default_formatters()

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record, by the formatter of its level."""
        fallback = self.formatter or LOCATED
        return self.formatters.get(record.levelno, fallback).format(record)

    def handle(self, record: logging.LogRecord) -> bool:
        """Publish a record that passes the filters; return whether it does.

        After `close` it is counted as dropped.
        """
        if not self._publisher.retired:
            return super().handle(record)
        # Without the lock. At the end of the program a daemon thread that waits for it
        # may get it and be ended with it, and what objects log as they are collected
        # would wait for ever.
        passed = bool(self.filter(record))
        if passed:
            self._outlet.drop()
        return passed

    def emit(self, record: logging.LogRecord) -> None:
        """Publish a record, or count it as dropped; never wait."""
        try:
            socket = self._publisher.usable()
            if socket is None:
                self._outlet.drop()
                return
            self._outlet.send(socket, self._frames(record))
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """Close the handler, and its socket if it made it.

        What is still queued has one second to leave. A socket that you gave stays
        open. Closing twice does nothing; records that come later are dropped.
        """
        if not self._publisher.retired:
            self._close_publisher()
        super().close()

    def _close_publisher(self) -> None:
        self.acquire()
        try:
            to_be_closed = self._publisher.retire()
        finally:
            self.release()
        # without the lock: others need not wait to have their records dropped
        if to_be_closed:
            self._publisher.close()

    def _frames(self, record: logging.LogRecord) -> tuple[bytes, bytes]:
        subtopics, rest = split_subtopics(record)
        topic = build_topic(self._root_topic, record.levelname, subtopics)
        return topic, encode(self.format(rest))


def _publisher(
    target: str | zmq.Socket[Any], context: zmq.Context[Any] | None, sndhwm: int
) -> Publisher:
    if isinstance(target, zmq.Socket):
        return BorrowedPublisher(target, context)
    if isinstance(target, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        return OwnPublisher(target, context, sndhwm)
    raise TypeError(
        "PUBHandler: interface_or_socket must be an address to bind to or a"
        f" zmq.Socket, not {type(target).__name__}"
    )
