"""The one context of a process, `Context.instance()`."""

from __future__ import annotations

import threading

import pytest

import zmq


@pytest.fixture(autouse=True)
def _no_instance_left():
    yield
    zmq.Context.instance().term()


def test_same_object_every_time():
    assert zmq.Context.instance() is zmq.Context.instance()


def test_io_threads_count_for_the_first_call_only():
    first = zmq.Context.instance(io_threads=3)
    assert first.io_threads == 3
    assert zmq.Context.instance(io_threads=5) is first
    assert first.io_threads == 3


@pytest.mark.parametrize("end", ["term", "destroy"])
def test_new_one_after_the_old_has_ended(end):
    old = zmq.Context.instance()
    getattr(old, end)()
    new = zmq.Context.instance()
    assert new is not old
    assert not new.closed


def test_usable_like_any_context():
    ctx = zmq.Context.instance()
    with ctx.socket(zmq.PUSH) as a, ctx.socket(zmq.PULL) as b:
        a.bind("inproc://instance")
        b.connect("inproc://instance")
        a.send(b"x")
        assert b.recv() == b"x"


def test_constructor_makes_others(context):
    assert context is not zmq.Context.instance()
    assert context.underlying != zmq.Context.instance().underlying


def test_threads_agree_on_one():
    barrier = threading.Barrier(8)
    seen: list[zmq.Context] = []

    def get() -> None:
        barrier.wait()
        seen.append(zmq.Context.instance())

    for _ in range(20):
        zmq.Context.instance().term()
        seen.clear()
        threads = [threading.Thread(target=get) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 8
        assert len(set(seen)) == 1


class Mine(zmq.Context):
    """A subclass, with an instance of its own."""

    _instance = None


class Heir(zmq.Context):
    """A subclass that says nothing about instances."""


def test_subclass_with_its_own_instance():
    mine = Mine.instance()
    try:
        assert type(mine) is Mine
        assert mine is Mine.instance()
        assert mine is not zmq.Context.instance()
    finally:
        mine.term()


def test_subclass_never_gets_the_instance_of_its_base():
    # Better than pyzmq 27, where who asks first decides the type for both.
    base = zmq.Context.instance()
    heir = Heir.instance()
    try:
        assert type(heir) is Heir
        assert heir is Heir.instance()
        assert zmq.Context.instance() is base
    finally:
        heir.term()
    assert not base.closed


@pytest.mark.forks
@pytest.mark.skipif("not hasattr(__import__('os'), 'fork')")
def test_new_one_after_fork(run_python):
    done = run_python(
        """
        import os, zmq
        parent = zmq.Context.instance()
        with parent.socket(zmq.PUSH) as push:
            push.bind("inproc://before-fork")
        pid = os.fork()
        if not pid:
            child = zmq.Context.instance()
            ok = child is not parent and child is zmq.Context.instance()
            with child.socket(zmq.PAIR) as a, child.socket(zmq.PAIR) as b:
                port = a.bind_to_random_port("tcp://127.0.0.1")
                b.connect(f"tcp://127.0.0.1:{port}")
                a.send(b"x")
                ok = ok and b.recv() == b"x"
            child.term()
            os._exit(0 if ok else 1)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        assert zmq.Context.instance() is parent and not parent.closed
        parent.term()
        print("child", status)
        """
    )
    assert done.stdout == "child 0\n"
