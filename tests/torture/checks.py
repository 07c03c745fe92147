"""Assertions that the tests of bad input and the torture tests share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import pytest

import zmq

T = TypeVar("T")


@contextmanager
def refused(
    error: type[BaseException] | tuple[type[BaseException], ...],
    *names: object,
    errno: int | tuple[int, ...] | None = None,
) -> Iterator[None]:
    """Expect an exception whose message contains the `str()` of every name.

    :param error: its class, or several that will do.
    :param names: what the message must mention, in any case of letters.
    :param errno: which `ZMQError.errno` it must have, or one of several.
    """
    with pytest.raises(error) as caught:
        yield
    if errno is not None and isinstance(caught.value, zmq.ZMQError):
        allowed = errno if isinstance(errno, tuple) else (errno,)
        assert caught.value.errno in allowed, caught.value
    message = str(caught.value)
    missing = [name for name in names if str(name).lower() not in message.lower()]
    assert not missing, f"{message!r} does not name {missing}"


def assert_usable(one: zmq.Socket[bytes], other: zmq.Socket[bytes]) -> None:
    """Send from `one` to `other`: nothing else may be waiting there before it."""
    one.send_multipart([b"still", b"usable"])
    assert other.poll(5000), "the message never arrived"
    assert other.recv_multipart(zmq.DONTWAIT) == [b"still", b"usable"]
    assert not other.poll(0)


def outcome(call: Callable[[], T], *errors: type[Exception]) -> T | Exception:
    """Return what `call` returned, or which of the `errors` it raised."""
    try:
        return call()
    except errors as error:
        return error
