"""What programs for older versions of pyzmq name, and zmq does not need."""

from __future__ import annotations

import asyncio
from typing import Any
from warnings import warn

__all__ = ["ProactorSelectorThreadWarning", "ZMQEventLoop", "install"]


class ProactorSelectorThreadWarning(RuntimeWarning):
    """Is never issued: on a Proactor loop a thread of our own waits for sockets."""

    __module__ = "zmq.asyncio"


class ZMQEventLoop(asyncio.SelectorEventLoop):
    """Deprecated: an ordinary event loop, as zmq needs none of its own.

    :param selector: the selector to use.
    """

    __module__ = "zmq.asyncio"

    def __init__(self, selector: Any = None) -> None:
        _warn()
        super().__init__(selector)


def install() -> None:
    """Do nothing; deprecated, as zmq needs no event loop of its own."""
    _warn()


install.__module__ = "zmq.asyncio"


def _warn() -> None:
    warn(
        "ZMQEventLoop and zmq.asyncio.install are deprecated: zmq needs no event loop"
        " of its own",
        DeprecationWarning,
        stacklevel=3,
    )


def warn_of_loop(sock: object) -> None:
    """Warn whoever makes a socket with an argument that names its event loop."""
    warn(
        f"the argument io_loop of {type(sock).__name__} has no effect: the loop that"
        " runs is used",
        DeprecationWarning,
        stacklevel=3,
    )
