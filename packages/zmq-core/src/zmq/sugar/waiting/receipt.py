"""What was received, and must not be lost on its way to who asked for it.

A signal handler that raises may come between any two steps of Python. What a
``_try_recv`` has put into a list, its ``kept``, can then go back to the socket.
"""

from __future__ import annotations

from contextlib import suppress

from zmq.backend import Socket
from zmq.error import ZMQError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

if TYPE_CHECKING or hasattr(Socket, "_order_received"):
    #: Numbers the message that a socket has received just now, or each of several.
    order_of: Callable[[Any], int | list[int]] = Socket._order_received
else:  # a backend that keeps no numbers
    from itertools import count

    next_order = count(1).__next__

    def order_of(sock):  # noqa: ARG001, D103
        return next_order()


def put_back(sock: Any, kept: list[Any]) -> None:
    """Put back what was received just now: its way to the caller was interrupted.

    :param kept: what a ``_try_recv`` of the socket, or such, has filled; is emptied.
    """
    if not kept:
        return
    received = kept.pop()
    if isinstance(received, int):
        return  # by recv_into: only its size is known
    frames: list[Any] = received if isinstance(received, list) else [received]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(frames[0], list):
        orders = order_of(sock)
        later = orders[1:] if isinstance(orders, list) else orders
        give_back(sock, frames[1:], later)
        frames = frames[0]  # pyright: ignore[reportUnknownVariableType]
    with suppress(ZMQError):  # closed meanwhile
        sock._undo_recv(frames)


def give_back(sock: Any, received: list[Any], order: int | list[int]) -> bool:
    """Give a message, or many of them, back to the socket, at any time.

    :param order: tells when they were received, see :data:`order_of`. For a part of a
        message, minus what ``_received_part`` has said of it: that goes back only
        while nothing else has been received.
    :returns: False for a part that cannot go back any more.
    """
    if not received or isinstance(received[0], int):
        return True  # by recv_into, in an array in Fortran's order: only its size
    messages = received if isinstance(received[0], list) else [received]
    orders = order if isinstance(order, list) else [order] * len(messages)
    try:
        if orders[0] < 0:
            if sock._received_part() != -orders[0]:
                return False
            sock._undo_recv(received)
            return True
        for message, number in zip(messages, orders):
            sock._unrecv_in_order(message, number)
    except ZMQError:
        pass  # closed meanwhile
    return True
