"""`Poller`: sockets, file descriptors and whatever has one."""

from __future__ import annotations

import os
import time

import pytest

import zmq


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


@pytest.fixture
def poller():
    return zmq.Poller()


def test_nothing_registered(poller):
    assert poller.poll(0) == []
    assert poller.poll(1) == []


def test_events(pair, poller):
    a, b = pair
    poller.register(a)
    assert poller.poll(0) == [(a, zmq.POLLOUT)]
    b.send(b"x")
    assert dict(poller.poll(0)) == {a: zmq.POLLIN | zmq.POLLOUT}
    a.recv()
    assert dict(poller.poll(0)) == {a: zmq.POLLOUT}


def test_events_are_comparable_integers(pair, poller):
    a, _ = pair
    poller.register(a, zmq.POLLOUT)
    ((socket, events),) = poller.poll(0)
    assert socket is a
    assert isinstance(events, int)
    assert events & zmq.POLLOUT
    assert not events & zmq.POLLIN


def test_only_what_was_asked_for(pair, poller):
    a, b = pair
    poller.register(a, zmq.POLLIN)
    assert poller.poll(0) == []
    b.send(b"x")
    assert poller.poll(0) == [(a, zmq.POLLIN)]


def test_registering_again_replaces_the_flags(pair, poller):
    a, _ = pair
    poller.register(a, zmq.POLLIN)
    poller.register(a, zmq.POLLOUT)
    assert poller.poll(0) == [(a, zmq.POLLOUT)]
    assert len(poller.sockets) == 1


def test_modify(pair, poller):
    a, b = pair
    poller.register(a, zmq.POLLIN)
    poller.modify(a, zmq.POLLOUT)
    assert poller.poll(0) == [(a, zmq.POLLOUT)]
    poller.modify(b, zmq.POLLIN)
    assert b in poller


def test_unregister(pair, poller):
    a, b = pair
    poller.register(a)
    poller.register(b)
    poller.unregister(a)
    assert a not in poller
    assert poller.poll(0) == [(b, zmq.POLLOUT)]
    with pytest.raises(KeyError):
        poller.unregister(a)


def test_registering_without_flags_unregisters(pair, poller):
    a, b = pair
    poller.register(a)
    poller.register(b)
    poller.register(a, 0)
    assert a not in poller
    assert [socket for socket, _ in poller.poll(0)] == [b]
    # not being there is no error then
    poller.register(a, 0)


def test_order_survives_unregistering(make_socket, poller):
    sockets = [make_socket(zmq.DEALER) for _ in range(5)]
    for socket in sockets:
        poller.register(socket, zmq.POLLIN)
    poller.unregister(sockets[1])
    expected = [sockets[0], *sockets[2:]]
    assert [socket for socket, _ in poller.sockets] == expected
    poller.modify(sockets[4], zmq.POLLOUT)
    poller.unregister(sockets[0])
    assert poller.sockets[-1] == (sockets[4], zmq.POLLOUT)


def test_contains(pair, poller):
    a, b = pair
    poller.register(a)
    assert a in poller
    assert b not in poller
    assert zmq.Socket(a) not in poller


def test_timeouts_are_milliseconds(pair, poller):
    poller.register(pair[0], zmq.POLLIN)
    for timeout in (30, 30.7):
        before = time.monotonic()
        assert poller.poll(timeout) == []
        assert 0.028 <= time.monotonic() - before < 5
    before = time.monotonic()
    assert poller.poll(timeout=0.5) == []
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("arguments", [(), (None,), (-1,), (-100,)])
def test_waiting_for_ever(pair, poller, in_thread, arguments):
    a, b = pair
    poller.register(a, zmq.POLLIN)
    waiting = in_thread(poller.poll, *arguments)
    b.send(b"x")
    assert waiting.result() == [(a, zmq.POLLIN)]


def test_returns_as_soon_as_there_is_an_event(pair, poller, in_thread):
    a, b = pair
    poller.register(a, zmq.POLLIN)
    waiting = in_thread(poller.poll, 60_000)
    b.send(b"x")
    assert waiting.result(10) == [(a, zmq.POLLIN)]


@pytest.mark.parametrize("bad", ["a", b"1", [1]], ids=repr)
def test_wrong_timeout(pair, poller, bad):
    poller.register(pair[0])
    with pytest.raises(TypeError):
        poller.poll(bad)


def test_many_sockets(make_socket, endpoint, poller):
    pulls = [make_socket(zmq.PULL) for _ in range(100)]
    pushes = [make_socket(zmq.PUSH) for _ in range(100)]
    for pull, push in zip(pulls, pushes):
        pull.bind(endpoint())
        push.connect(pull.last_endpoint.decode())
        poller.register(pull, zmq.POLLIN)
    assert poller.poll(0) == []
    for chosen in ({3}, {0, 99}, set(range(0, 100, 7))):
        for i in chosen:
            pushes[i].send(b"x")
        assert {pulls.index(s) for s, _ in poller.poll(1000)} == chosen
        for i in chosen:
            pulls[i].recv()
    assert poller.poll(0) == []


def test_event_stays_until_it_was_used(pair, poller):
    """Level-triggered, although libzmq's own descriptor is not."""
    a, b = pair
    poller.register(a, zmq.POLLIN)
    b.send(b"1")
    b.send(b"2")
    for _ in range(3):
        assert poller.poll(1000) == [(a, zmq.POLLIN)]
    a.recv()
    assert poller.poll(1000) == [(a, zmq.POLLIN)]
    a.recv()
    assert poller.poll(0) == []


def test_over_the_network(socket_pair, poller):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, "tcp")
    poller.register(pull, zmq.POLLIN)
    for i in range(20):
        push.send(b"%d" % i)
        assert poller.poll(10_000) == [(pull, zmq.POLLIN)]
        assert pull.recv() == b"%d" % i
        assert poller.poll(0) == []


def test_several_pollers_with_one_socket(pair):
    a, b = pair
    pollers = [zmq.Poller() for _ in range(3)]
    for poller in pollers:
        poller.register(a, zmq.POLLIN)
    b.send(b"x")
    for poller in pollers:
        assert poller.poll(1000) == [(a, zmq.POLLIN)]


def test_raw_file_descriptor(pipe, poller):
    reading, writing = pipe
    poller.register(reading, zmq.POLLIN)
    poller.register(writing, zmq.POLLOUT)
    assert reading in poller
    assert poller.poll(0) == [(writing, zmq.POLLOUT)]
    os.write(writing, b"x")
    assert dict(poller.poll(1000)) == {reading: zmq.POLLIN, writing: zmq.POLLOUT}
    os.read(reading, 1)
    assert poller.poll(0) == [(writing, zmq.POLLOUT)]
    poller.unregister(writing)
    assert poller.poll(0) == []


def test_objects_with_fileno_are_reported_by_number(pipe, tcp_streams, poller):
    one, other = tcp_streams
    with os.fdopen(os.dup(pipe[0]), "rb", buffering=0) as file:
        poller.register(one, zmq.POLLIN)
        poller.register(file, zmq.POLLIN)
        assert one in poller
        assert file in poller
        other.send(b"x")
        os.write(pipe[1], b"y")
        assert dict(poller.poll(1000)) == {
            one.fileno(): zmq.POLLIN,
            file.fileno(): zmq.POLLIN,
        }
        poller.unregister(file)
        poller.unregister(one)


def test_users_class_with_fileno(pipe, poller):
    class Wrapper:
        """Something with a descriptor."""

        def fileno(self):
            return pipe[0]

    wrapper = Wrapper()
    poller.register(wrapper, zmq.POLLIN)
    assert wrapper in poller
    os.write(pipe[1], b"x")
    assert poller.poll(1000) == [(pipe[0], zmq.POLLIN)]


def test_sockets_and_descriptors_together(pair, pipe, poller):
    a, b = pair
    reading, writing = pipe
    poller.register(a, zmq.POLLIN)
    poller.register(reading, zmq.POLLIN)
    assert poller.poll(0) == []
    os.write(writing, b"x")
    assert poller.poll(1000) == [(reading, zmq.POLLIN)]
    b.send(b"x")
    assert dict(poller.poll(1000)) == {a: zmq.POLLIN, reading: zmq.POLLIN}
    os.read(reading, 1)
    assert poller.poll(1000) == [(a, zmq.POLLIN)]


def test_descriptor_wakes_a_wait_for_sockets(pair, pipe, poller, in_thread):
    poller.register(pair[0], zmq.POLLIN)
    poller.register(pipe[0], zmq.POLLIN)
    waiting = in_thread(poller.poll)
    os.write(pipe[1], b"x")
    assert waiting.result() == [(pipe[0], zmq.POLLIN)]


def test_error_events(pipe, poller):
    """The reading end of a pipe whose other end was closed."""
    reading, writing = pipe
    poller.register(reading, zmq.POLLERR)
    assert poller.poll(0) == []
    os.close(writing)
    assert poller.poll(1000) == [(reading, zmq.POLLERR)]


def test_end_of_a_stream(tcp_streams, poller):
    one, other = tcp_streams
    poller.register(one, zmq.POLLIN)
    other.close()
    ((fd, events),) = poller.poll(1000)
    assert fd == one.fileno()
    assert events & zmq.POLLIN


def test_closed_descriptor(pipe, poller):
    os.close(pipe[0])
    poller.register(pipe[0], zmq.POLLIN)
    assert poller.poll(1000) == [(pipe[0], zmq.POLLERR)]


@pytest.mark.parametrize("bad", ["text", None, 3.5, object()], ids=repr)
def test_what_cannot_be_polled(poller, bad):
    with pytest.raises(TypeError):  # noqa: PT012
        poller.register(bad, zmq.POLLIN)
        poller.poll(0)


def test_closed_socket(context, poller):
    # Better than pyzmq 27, which polls descriptor 0 instead.
    socket = context.socket(zmq.PULL)
    poller.register(socket, zmq.POLLIN)
    socket.close()
    assert poller.poll(0) == []
    assert poller.poll(1) == []
    with pytest.raises(zmq.ZMQError) as caught:
        poller.poll()
    assert caught.value.errno == zmq.ENOTSOCK
    assert socket in poller
    poller.unregister(socket)
    assert poller.poll(0) == []


def test_terminated_context(in_thread, poller):
    ctx = zmq.Context()
    socket = ctx.socket(zmq.PULL)
    poller.register(socket, zmq.POLLIN)
    waiting = in_thread(poller.poll, 10_000)
    terminating = in_thread(ctx.term)
    with pytest.raises(zmq.ContextTerminated):  # noqa: PT012
        waiting.result()
        socket.recv(zmq.DONTWAIT)
    socket.close()
    terminating.result()


def test_sockets_property(pair, poller):
    a, b = pair
    assert poller.sockets == []
    poller.register(a, zmq.POLLIN)
    poller.register(b)
    assert poller.sockets == [(a, zmq.POLLIN), (b, zmq.POLLIN | zmq.POLLOUT)]


def test_zmq_poll(pair, pipe):
    a, b = pair
    reading, writing = pipe
    assert zmq.zmq_poll([], 0) == []
    assert zmq.zmq_poll([(a, zmq.POLLIN), (b, zmq.POLLOUT)], 0) == [(b, zmq.POLLOUT)]
    os.write(writing, b"x")
    assert zmq.zmq_poll([(a, zmq.POLLIN), (reading, zmq.POLLIN)]) == [
        (reading, zmq.POLLIN)
    ]
    for bad in ([a], [("x", 1)], [(a, "x")], 3):
        with pytest.raises(TypeError):
            zmq.zmq_poll(bad, 0)


def as_many_as_may_be():
    """Return how many descriptors poll() of the system takes, 10,001 at most."""
    resource = pytest.importorskip("resource")
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 10_001 if limit == resource.RLIM_INFINITY else min(limit, 10_001)


def test_the_list_shrinks_while_it_is_polled(pipe):
    """What is polled is what was in the list at first, whatever `fileno` does to it."""
    reading, writing = pipe
    os.write(writing, b"x")

    class Shrinking:
        def fileno(self):
            items.clear()
            return reading

    many = as_many_as_may_be()
    items = [(Shrinking(), zmq.POLLIN)] + [(reading, zmq.POLLIN)] * (many - 1)
    assert zmq.zmq_poll(items, 0) == [(reading, zmq.POLLIN)] * many
    assert items == []


def test_an_event_mask_that_unregisters(poller, pipe):
    reading, writing = pipe
    os.write(writing, b"x")

    class Mask:
        def __index__(self):
            poller.sockets.clear()
            return int(zmq.POLLIN)

        __int__ = __index__

    many = as_many_as_may_be()
    poller.sockets.extend((reading, Mask()) for _ in range(many))
    assert len(poller.poll(0)) == many
