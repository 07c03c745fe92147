"""Contexts, and what is waited for when they end; and messages that are tracked."""

from __future__ import annotations

import gc
import time
from typing import Any, Callable

import gevent
import pytest
from tests.fixtures.processes import Result

import zmq as sync
import zmq.green as zmq


def test_what_it_makes(context: Any) -> None:
    with context.socket(zmq.PUSH) as socket:
        assert type(socket) is zmq.Socket
        assert repr(socket).startswith("<zmq.green.Socket(zmq.PUSH) at ")
    assert repr(context).startswith("<zmq.green.Context(")


def test_the_instance_is_another_one() -> None:
    instance = zmq.Context.instance()
    assert instance is zmq.Context.instance()
    assert instance is not sync.Context.instance()
    sync.Context.instance().term()
    instance.term()


def test_the_two_kinds_meet_in_one_context(endpoint: Any, spawn: Any) -> None:
    with sync.Context() as ctx:
        green = zmq.Context(ctx)
        with ctx.socket(sync.PUSH) as push, green.socket(zmq.PULL) as pull:
            pull.bind(endpoint())
            waiting = spawn(pull.recv)
            push.connect(pull.last_endpoint)
            push.send(b"hello")
            assert waiting.get(timeout=5) == b"hello"


def test_term_waits_for_the_sockets(
    make_socket: Any, context: Any, spawn: Any, until_waiting: Any
) -> None:
    pull = make_socket(zmq.PULL)
    receiving = spawn(pull.recv)
    until_waiting(pull)
    ending = spawn(context.term)
    with pytest.raises(zmq.ContextTerminated):
        receiving.get(timeout=5)
    assert not ending.ready()
    pull.close()
    ending.get(timeout=5)
    assert context.closed


def test_a_killed_term_goes_on(context: Any, spawn: Any, wait_for: Any) -> None:
    pull = context.socket(zmq.PULL)
    with gevent.Timeout(0.02, False):
        context.term()
    assert not context.closed
    pull.close()
    wait_for(lambda: context.closed)


def test_destroy_wakes_all(
    make_socket: Any, context: Any, spawn: Any, until_waiting: Any
) -> None:
    pull = make_socket(zmq.PULL)
    receiving = spawn(pull.recv)
    until_waiting(pull)
    context.destroy(linger=0)
    with pytest.raises(zmq.ZMQError):
        receiving.get(timeout=5)


def test_linger(context: Any, endpoint: Any, spawn: Any) -> None:
    """What was sent has left before it ends, while the others run."""
    with zmq.Context() as other, other.socket(zmq.PULL) as pull:
        pull.bind(endpoint("tcp"))
        push = context.socket(zmq.PUSH)
        push.connect(pull.last_endpoint)
        for _ in range(100):
            push.send(bytes(10_000))
        push.close(linger=-1)
        ending = spawn(context.term)
        for _ in range(100):
            pull.recv()
        ending.get(timeout=5)


def test_garbage(run_python: Callable[..., Result]) -> None:
    """A context that is forgotten ends at once, wherever that is."""
    done = run_python(
        """
        import gc, warnings, gevent, zmq.green as zmq
        warnings.simplefilter("ignore")
        context = zmq.Context()
        ran = gevent.spawn(lambda: None)
        del context
        gc.collect()
        assert not ran.ready(), "it has switched"
        zmq.Context().socket(zmq.PUSH)
        """
    )
    assert not done.stderr


def test_at_the_end_of_the_program(run_python: Callable[..., Result]) -> None:
    done = run_python(
        """
        import gevent, zmq.green as zmq
        zmq.Context.instance()
        pull = zmq.Context.instance().socket(zmq.PULL)
        waiting = gevent.spawn(pull.recv)
        other = zmq.Context()
        front, back = other.socket(zmq.PULL), other.socket(zmq.PUSH)
        front.bind("inproc://front")
        back.bind("inproc://back")
        passing = gevent.spawn(zmq.proxy, front, back)
        sender, receiver = other.socket(zmq.PUSH), other.socket(zmq.PULL)
        sender.connect("inproc://front")
        receiver.connect("inproc://back")
        sender.send(b"through")
        with gevent.Timeout(5):
            assert receiver.recv() == b"through"
        assert not waiting.ready() and not passing.ready()
        """,
        options=("-W", "ignore"),
    )
    assert not done.stderr


def test_after_a_fork(run_python: Callable[..., Result]) -> None:
    done = run_python(
        """
        import os, sys, gevent, zmq.green as zmq
        pull = zmq.Context.instance().socket(zmq.PULL)
        waiting = gevent.spawn(pull.recv)
        gevent.sleep(0)
        pid = gevent.os.fork()
        if not pid:
            try:
                pull.recv()
            except zmq.ZMQError as error:
                assert str(os.getppid()) in str(error), error
            context = zmq.Context.instance()
            assert context is not pull.context
            a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
            a.bind("inproc://child")
            b.connect("inproc://child")
            receiving = gevent.spawn(b.recv)
            gevent.sleep(0)
            a.send(b"child")
            assert receiving.get(timeout=5) == b"child"
            os._exit(7)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
        assert not waiting.ready()
        with zmq.Context.instance().socket(zmq.PUSH) as push:
            pull.bind("inproc://parent")
            push.connect("inproc://parent")
            push.send(b"parent")
            assert waiting.get(timeout=5) == b"parent"
        zmq.Context.instance().destroy()
        """,
    )
    assert not done.stderr


def test_a_tracker_blocks_only_the_greenlet(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    data = bytearray(100_000)
    tracker = push.send(data, copy=False, track=True)
    with pytest.raises(zmq.NotDone):
        tracker.wait(0)
    with pytest.raises(zmq.NotDone):
        tracker.wait(0.01)
    with gevent.Timeout(0.01, False):
        tracker.wait()
    assert not tracker.done
    gevent.spawn_later(0.01, pull.recv)
    tracker.wait()
    assert tracker.done
    tracker.wait()


def test_a_tracker_of_several(socket_pair: Any) -> None:
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    parts = [bytearray(100_000), b"small"]
    whole = zmq.MessageTracker(
        push.send_multipart(parts, copy=False, track=True),
        push.send(parts[0], copy=False, track=True),
    )
    started = time.monotonic()
    gevent.spawn_later(0.01, pull.recv_multipart)
    gevent.spawn_later(0.02, pull.recv)
    whole.wait(5)
    assert whole.done
    assert time.monotonic() - started >= 0.02
    gc.collect()
