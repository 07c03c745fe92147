"""Polling what cannot be polled."""

from __future__ import annotations

import os
import socket as plain
from typing import Any

import pytest
from tests.torture.checks import outcome, refused

import zmq


class FilenoOf:
    """Has a `fileno()` that returns whatever it was given."""

    def __init__(self, fd: object) -> None:
        self.fd = fd

    def fileno(self) -> Any:
        return self.fd


class NoFileno:
    @property
    def fileno(self) -> Any:
        raise RuntimeError("not now")


def kind(value: object) -> str:
    return type(value).__name__


def assert_never_ready(thing: Any, name: str) -> None:
    """Either it is refused by its name, or nothing is ever found there."""
    found = outcome(lambda: poll_one(thing, timeout=20), ValueError, zmq.ZMQError)
    if isinstance(found, Exception):
        assert name in str(found)
    else:
        assert not [event for _, event in found if event & zmq.POLLIN]


RUBBISH: list[Any] = [object(), None, "x", b"x", 1.5]


def poll_one(thing: Any, flags: Any = zmq.POLLIN, timeout: Any = 0) -> Any:
    poller = zmq.Poller()
    poller.register(thing, flags)
    return poller.poll(timeout)


@pytest.mark.parametrize("thing", RUBBISH, ids=kind)
def test_rubbish_in_a_poller(thing: Any) -> None:
    with refused(TypeError, thing):
        poll_one(thing)
    with refused(TypeError, thing):
        zmq.zmq_poll([(thing, zmq.POLLIN)], 0)
    for lists in ([thing], [], []), ([], [thing], []), ([], [], [thing]):
        with refused(TypeError, thing):
            zmq.select(*lists, 0)


def test_unhashable_rubbish() -> None:
    with refused(TypeError):
        poll_one([])
    with refused(TypeError):
        zmq.select([[]], [], [], 0)


@pytest.mark.parametrize("fd", ["x", None, 1.5], ids=repr)
def test_a_fileno_that_is_no_int(fd: Any) -> None:
    with refused((TypeError, ValueError), "int"):
        poll_one(FilenoOf(fd))


def test_an_error_of_fileno_is_passed_on() -> None:
    with refused(RuntimeError, "not now"):
        poll_one(NoFileno())


def test_a_closed_plain_socket() -> None:
    gone = plain.socket()
    gone.close()
    assert_never_ready(gone, "-1")


@pytest.mark.parametrize("fd", [-1, -5])
def test_negative_descriptors_are_never_ready(fd: int) -> None:
    assert_never_ready(fd, str(fd))


def test_a_descriptor_that_is_not_open() -> None:
    assert poll_one(999_999) == [(999_999, zmq.POLLERR)]


@pytest.mark.skipif(os.name != "posix", reason="sockets of Windows may have such ones")
@pytest.mark.parametrize("fd", [1 << 31, 1 << 32, (1 << 32) + 1, -(1 << 31) - 1])
def test_a_descriptor_beyond_an_int(fd: int) -> None:
    for wait in (lambda: poll_one(fd), lambda: zmq.select([fd], [], [], 0.01)):
        with pytest.raises(OverflowError, match=f"descriptor {fd} does not fit"):
            wait()


def test_a_descriptor_beyond_all_numbers() -> None:
    with pytest.raises(OverflowError):
        poll_one(1 << 70)


def test_a_socket_closed_after_it_was_registered(make_socket: Any) -> None:
    poller = zmq.Poller()
    closing, staying = make_socket(zmq.PUSH), make_socket(zmq.PAIR)
    staying.bind("inproc://staying")
    for socket in (closing, staying):
        poller.register(socket, zmq.POLLIN)
    closing.close()
    assert poller.poll(0) == []
    poller.unregister(staying)
    with refused(zmq.ZMQError, errno=zmq.ENOTSOCK):
        poller.poll()
    poller.unregister(closing)
    assert poller.poll(0) == []


def test_a_closed_socket_beside_a_ready_one(socket_pair: Any, make_socket: Any) -> None:
    one, other = socket_pair(zmq.PAIR, zmq.PAIR)
    one.send(b"x")
    closed = make_socket(zmq.PUSH)
    closed.close()
    things = [closed, other]
    assert zmq.select(things, things, things) == ([other], [other], [])
    assert other.recv() == b"x"
    with refused(zmq.ZMQError, errno=zmq.ENOTSOCK):
        zmq.select([closed], [], [])


def test_a_poller_that_does_not_know_the_socket(make_socket: Any) -> None:
    with refused(KeyError, "PUSH"):
        zmq.Poller().unregister(make_socket(zmq.PUSH))
    with refused(KeyError, "object"):
        zmq.Poller().unregister(object())


@pytest.mark.parametrize("flags", ["x", b"x", [1], object()], ids=kind)
def test_flags_of_another_type(make_socket: Any, flags: Any) -> None:
    socket = make_socket(zmq.PUSH)
    with refused(TypeError, "int"):
        poll_one(socket, flags)
    with refused(TypeError, "int"):
        socket.poll(0, flags)
    with pytest.raises(OverflowError):
        socket.poll(0, 1 << 40)


@pytest.mark.parametrize("flags", ["x", "", b"x", [1], [], object()], ids=kind)
def test_a_poller_refuses_flags_at_once(make_socket: Any, flags: Any) -> None:
    socket = make_socket(zmq.PUSH)
    poller = zmq.Poller()
    for change in (poller.register, poller.modify):
        with pytest.raises(TypeError, match="flags must be a mask of zmq"):
            change(socket, flags)
    assert socket not in poller
    poller.register(socket, zmq.POLLIN)
    for change in (poller.register, poller.modify):
        with pytest.raises(TypeError, match="flags must be a mask of zmq"):
            change(socket, flags)
    assert poller.sockets == [(socket, zmq.POLLIN)]


def test_flags_that_are_numbers(socket_pair: Any) -> None:
    one, _ = socket_pair(zmq.PAIR, zmq.PAIR)
    poller = zmq.Poller()
    for flags in (zmq.PollEvent.POLLOUT, 2, 2.0, True | 2):
        poller.register(one, flags)
        assert poller.poll(0) == [(one, zmq.POLLOUT)]
    poller.modify(one, None)  # type: ignore[arg-type]
    assert one not in poller


@pytest.mark.parametrize("timeout", ["x", b"x", [], object()], ids=kind)
def test_timeouts_of_another_type(make_socket: Any, timeout: Any) -> None:
    socket = make_socket(zmq.PUSH)
    with pytest.raises(TypeError) as caught:
        poll_one(socket, timeout=timeout)
    assert str(caught.value)
    for call in (
        lambda: socket.poll(timeout),
        lambda: zmq.select([socket], [], [], timeout),
        lambda: zmq.zmq_poll([(socket, zmq.POLLIN)], timeout),
    ):
        with pytest.raises(TypeError):
            call()


def test_a_timeout_that_is_not_a_number(make_socket: Any) -> None:
    socket = make_socket(zmq.PUSH)
    with refused(ValueError, "nan"):
        poll_one(socket, timeout=float("nan"))
    with refused(ValueError, "nan"):
        socket.poll(float("nan"))


@pytest.mark.parametrize("lists", [(None, [], []), (5, [], []), ([], [], None)])
def test_select_needs_sequences(lists: Any) -> None:
    with pytest.raises(TypeError):
        zmq.select(*lists, 0)


@pytest.mark.parametrize("sockets", [None, 5, [1], [(1,)], [(1, 2, 3)]], ids=repr)
def test_zmq_poll_needs_pairs(sockets: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        zmq.zmq_poll(sockets, 0)


def test_zmq_poll_names_flags_that_are_none(make_socket: Any) -> None:
    socket = make_socket(zmq.PUSH)
    with pytest.raises(TypeError, match="an integer is required for flags, got 'x'"):
        zmq.zmq_poll([(socket, zmq.POLLIN), (socket, "x")], 0)  # type: ignore[list-item]
    with pytest.raises(OverflowError, match="flags=4294967296 does not fit"):
        zmq.zmq_poll([(socket, 1 << 32)], 0)
