"""`Socket.monitor_events`: monitoring as a loop that cleans up after itself."""

from __future__ import annotations

import time

import pytest
from tests.fixtures.waiting import wait_for

import zmq


def until(events, wanted):
    """Return the next event of this kind."""
    for event in events:
        if event.event == wanted:
            return event
    raise AssertionError(f"{wanted!r} did not come")


def test_loop(make_socket, endpoint):
    rep, req = make_socket(zmq.REP), make_socket(zmq.REQ)
    with rep.monitor_events() as events:
        rep.bind(endpoint("tcp"))
        address = rep.last_endpoint.decode()
        listening = next(events)
        assert listening.event is zmq.Event.LISTENING
        assert listening.endpoint == address
        req.connect(address)
        accepted = until(events, zmq.EVENT_ACCEPTED)
        assert accepted.value > 0
        until(events, zmq.EVENT_HANDSHAKE_SUCCEEDED)
        req.close(0)
        until(events, zmq.EVENT_DISCONNECTED)


def test_event_is_a_tuple(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    with socket.monitor_events() as events:
        socket.bind(endpoint("tcp"))
        kind, value, address = next(events)
    assert kind == zmq.EVENT_LISTENING
    assert isinstance(value, int)
    assert isinstance(address, str)


def test_chosen_events_only(make_socket, endpoint):
    rep, req = make_socket(zmq.REP), make_socket(zmq.REQ)
    with rep.monitor_events(zmq.EVENT_HANDSHAKE_SUCCEEDED) as events:
        rep.bind(endpoint("tcp"))
        req.connect(rep.last_endpoint.decode())
        assert next(events).event == zmq.EVENT_HANDSHAKE_SUCCEEDED


@pytest.mark.parametrize("mask", [zmq.EVENT_ALL, zmq.EVENT_LISTENING])
def test_loop_ends_when_the_socket_is_closed(context, endpoint, mask):
    socket = context.socket(zmq.PUSH)
    with socket.monitor_events(mask) as events:
        socket.bind(endpoint("tcp"))
        socket.close()
        kinds = [event.event for event in events]
    assert kinds[0] == zmq.EVENT_LISTENING
    assert zmq.EVENT_MONITOR_STOPPED not in kinds


def test_loop_ends_when_the_context_is_destroyed(in_thread, endpoint):
    """Which closes the socket of the monitor, too, under the thread that waits."""
    context = zmq.Context()
    server = context.socket(zmq.PULL)
    with server.monitor_events() as events:
        server.bind(endpoint("tcp"))
        seen = []
        running = in_thread(lambda: seen.extend(events))
        wait_for(lambda: seen)
        context.destroy(linger=0)
        running.result()
        assert next(events, None) is None
        assert events.get(0) is None


def test_with_a_timeout(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    with socket.monitor_events() as events:
        before = time.monotonic()
        assert events.get(20) is None
        assert time.monotonic() - before >= 0.018
        assert events.get(timeout=0) is None
        socket.bind(endpoint("tcp"))
        assert events.get(10_000).event == zmq.EVENT_LISTENING


def test_monitored_again_and_again(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    for _ in range(5):
        with socket.monitor_events() as events, socket.bind(endpoint("tcp")):
            # the end of the previous listener may come first
            until(events, zmq.EVENT_LISTENING)


def test_cleans_up_when_the_block_raises(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    with pytest.raises(ZeroDivisionError), socket.monitor_events():
        1 / 0  # noqa: B018
    with socket.monitor_events() as events:
        socket.bind(endpoint("tcp"))
        assert next(events).event == zmq.EVENT_LISTENING


def test_leaves_nothing_behind():
    """Or the context would wait for it at its end."""
    ctx = zmq.Context()
    for leave_early in (True, False):
        with ctx.socket(zmq.PUSH) as socket, socket.monitor_events() as events:
            socket.bind("tcp://127.0.0.1:0")
            if leave_early:
                continue
            next(events)
    ctx.term()


def test_unread_events_block_nobody(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    with socket.monitor_events():
        for _ in range(50):
            with socket.bind(endpoint("tcp")):
                pass


def test_only_once_at_a_time(make_socket):
    socket = make_socket(zmq.PUSH)
    with socket.monitor_events(), pytest.raises(RuntimeError, match="once"):
        socket.monitor_events().__enter__()
    with socket.get_monitor_socket():
        with pytest.raises(RuntimeError, match="once"):
            socket.monitor_events().__enter__()
        socket.disable_monitor()
    with socket.monitor_events():
        pass


def test_nothing_outside_the_block(make_socket):
    socket = make_socket(zmq.PUSH)
    events = socket.monitor_events()
    assert "not monitoring" in repr(events)
    assert events.get(0) is None
    with events:
        assert "zmq.PUSH" in repr(events)
    assert list(events) == []


def test_closed_socket(context):
    socket = context.socket(zmq.PUSH)
    socket.close()
    with pytest.raises(zmq.ZMQError):
        socket.monitor_events().__enter__()
