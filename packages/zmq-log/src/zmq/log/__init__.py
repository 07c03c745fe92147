"""Log records over ZeroMQ: a handler that publishes them, a watcher that shows them.

Layering: ``_topics``, ``_inheritance``, ``_outlet``, ``formatters`` -> ``_publisher``,
``_topic_logger`` -> ``handlers``; and apart from these, for the command
``python -m zmq.log``: ``_message``, ``_interruption`` -> ``_layout`` -> ``_watcher``
-> ``__main__``.
"""

from __future__ import annotations

from .formatters import JSONFormatter as JSONFormatter
from .handlers import TOPIC_DELIM as TOPIC_DELIM
from .handlers import PUBHandler as PUBHandler
from .handlers import TopicLogger as TopicLogger

__all__ = ["TOPIC_DELIM", "JSONFormatter", "PUBHandler", "TopicLogger"]
