"""Tracked sockets: their thread, their end, forks, signals, who waits for them."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import time
import warnings
import weakref

import pytest
from tests.fixtures.sockets import bound
from tests.torture.scale import scaled

import zmq
from zmq.sugar.readiness import journal, subscriptions


@pytest.fixture
def context(keeping_context):
    return keeping_context


def test_one_thread_for_many_sockets(context, wait_for):
    before = threading.active_count()
    native = len(os.listdir("/proc/self/task")) if os.path.isdir("/proc/self") else 0
    first = context.socket(zmq.PUSH, track_peers=True)
    socks = [context.socket(zmq.PUSH, track_peers=True) for _ in range(50)]
    if native:  # those of libzmq are two
        assert len(os.listdir("/proc/self/task")) <= native + 3
    assert threading.active_count() == before
    assert context.underlying in journal._journals
    for sock in (first, *socks):
        sock.close()
    wait_for(lambda: context.underlying not in journal._journals)
    sock, _ = bound(context)
    assert context.underlying in journal._journals
    sock.close()


def test_term_does_not_wait_for_the_thread():
    for _ in range(20):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            context = zmq.Context()
            sock, _ = bound(context)
            sock.close()
            context.term(timeout=20)
            with zmq.Context() as context:
                sock, _ = bound(context)
                sock.close()


@pytest.mark.parametrize("kind", [zmq.PUB, zmq.XPUB])
@pytest.mark.parametrize("how", ["close", "destroy"])
def test_closed_between_a_look_and_a_call(kind, how):
    """As by another thread, just when a wait has seen that the socket is open."""

    class Ending(zmq.Socket):
        end = None

        def get(self, option):
            if option == zmq.EVENTS:
                self._end_first()
            return super().get(option)

        def _try_recv_many(self, *args):
            self._end_first()
            return super()._try_recv_many(*args)

        def _end_first(self):
            end, self.end = self.end, None
            if end is not None:
                end()

    context = zmq.Context()
    sock = context.socket(kind, socket_class=Ending, track_peers=kind == zmq.PUB)
    sock.end = sock.close if how == "close" else context.destroy
    with pytest.raises(zmq.ZMQError) as caught:
        sock.wait_subscribed(timeout=10)
    assert caught.value.errno == (zmq.ENOTSOCK if how == "close" else zmq.ETERM)
    if how == "close":
        assert "while it waited" in str(caught.value)
    context.term(timeout=10)
    assert context.closed


def test_open_sockets_are_named_and_ours_are_not():
    context = zmq.Context()
    sock, address = bound(context)
    with pytest.raises(zmq.TimedOut) as caught:
        context.term(timeout=0)
    assert [left.endpoints for left in caught.value.sockets] == [(("bind", address),)]
    sock.close()
    context.term(timeout=20)


def test_garbage(wait_for):
    """Neither the thread nor what it reads keeps a socket, or its context, alive."""
    context = zmq.Context()
    address = context.underlying
    sock, _ = bound(context, zmq.PUB)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del sock
        gc.collect()
    assert ["zmq.PUB" in str(warning.message) for warning in caught] == [True]
    caught.clear()  # they refer to what the socket was
    wait_for(lambda: address not in journal._journals)

    def is_collected():
        gc.collect()
        return made() is None

    made = weakref.ref(context)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        del context
        wait_for(is_collected)


def test_several_threads_wait(context, in_thread):
    push, address = bound(context)
    waiting = [in_thread(push.wait_connected, n, 20) for n in (1, 2, 3, 3)]
    pulls = []
    for _ in range(3):
        pulls.append(context.socket(zmq.PULL))
        pulls[-1].connect(address)
    assert [len(one.result(20)) >= 1 for one in waiting] == [True] * 4
    for pull in pulls:
        pull.close()


def test_waits_that_end_at_once(in_thread):
    """Each lets go of the socket, which is closed for good when the last one has."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _ in range(scaled(40, 2000)):
            context = zmq.Context()
            push, address = bound(context)
            waiting = [in_thread(push.wait_connected, 3, 20) for _ in range(4)]
            pulls = [context.socket(zmq.PULL) for _ in range(3)]
            for pull in pulls:
                pull.connect(address)
            for one in waiting:
                one.result(20)
            context.destroy(linger=0, timeout=20)
    finally:
        sys.setswitchinterval(interval)


def test_several_threads_wait_for_subscribers(context, in_thread, monkeypatch):
    """One of them polls, and tells the others."""
    monkeypatch.setattr(subscriptions, "_PAUSE", 1000)
    pub, address = bound(context, zmq.PUB)
    waiting = [in_thread(pub.wait_subscribed, t, 1, 20) for t in (b"a", b"b", b"a")]
    sub = context.socket(zmq.SUB)
    sub.connect(address)
    sub.subscribe(b"b")
    waiting[1].result(20)
    assert waiting[0].alive
    sub.subscribe(b"a")
    for one in waiting:
        one.result(20)
    sub.close()


def test_others_leave_subscriptions_to_who_waits(context, in_thread, monkeypatch):
    """What a send finds in the socket it does not take from the thread that polls."""
    monkeypatch.setattr(subscriptions, "_PAUSE", 1000)
    pub, address = bound(context, zmq.PUB)
    over = threading.Event()

    def send():
        while not over.is_set():
            pub.send(b"x")

    sending = in_thread(send)
    try:
        with context.socket(zmq.SUB) as sub:
            sub.connect(address)
            for number in range(50):
                waiting = in_thread(pub.wait_subscribed, b"%d." % number, 1, 20)
                sub.subscribe(b"%d." % number)
                waiting.result(20)
    finally:
        over.set()
    sending.result(20)


def test_several_wait_for_subscribers_of_an_xpub(context, in_thread, monkeypatch):
    """One that still waits keeps from the others nothing that it has read."""
    monkeypatch.setattr(subscriptions, "_PAUSE", 1000)
    xpub, address = bound(context, zmq.XPUB)
    waiting = [in_thread(xpub.wait_subscribed, t, 1, 20) for t in (b"a", b"b", b"c")]
    with context.socket(zmq.SUB) as sub:
        sub.connect(address)
        for number, topic in ((1, b"b"), (2, b"c")):
            sub.subscribe(topic)
            waiting[number].result(20)
            assert waiting[0].alive
        sub.unsubscribe(b"b")
        sub.subscribe(b"a")
        waiting[0].result(20)
        got = [xpub.recv() for _ in range(4)]
        assert got == [b"\1b", b"\1c", b"\0b", b"\1a"]
        sub.unsubscribe(b"a")
        assert xpub.recv() == b"\0a"
        with pytest.raises(zmq.TimedOut, match="no subscription"):
            xpub.wait_subscribed(b"a", timeout=0)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such signals")
@pytest.mark.parametrize("method", ["wait_connected", "wait_subscribed"])
def test_a_signal_handler_that_raises(context, method):
    pub, address = bound(context, zmq.XPUB)
    with context.socket(zmq.SUB) as sub:
        sub.subscribe(b"other")
        sub.connect(address)
        pub.wait_connected(timeout=20)
        pub.wait_subscribed(b"other", timeout=20)

        def handler(*_):
            raise KeyError("handled")

        before = signal.signal(signal.SIGALRM, handler)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.05)
            with pytest.raises(KeyError, match="handled"):
                getattr(pub, method)(n=2)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
        assert pub.recv() == b"\1other"


@pytest.mark.forks
@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_in_a_child_process(run_python):
    done = run_python(
        """
        import os, zmq
        context = zmq.Context()
        push = context.socket(zmq.PUSH, track_peers=True)
        push.bind("tcp://127.0.0.1:0")
        if not os.fork():
            with zmq.Context() as own:
                mine = own.socket(zmq.PULL, track_peers=True)
                mine.connect(push_address := "tcp://127.0.0.1:9")
                other = own.socket(zmq.PUSH, track_peers=True)
                other.bind("tcp://127.0.0.1:0")
                mine.connect(other.last_endpoint)
                assert len(mine.wait_connected(timeout=10)) == 1
                mine.close(linger=0)
                other.close(linger=0)
            os._exit(3)
        assert os.waitstatus_to_exitcode(os.wait()[1]) == 3
        pull = context.socket(zmq.PULL)
        pull.connect(push.last_endpoint)
        assert len(push.wait_connected(timeout=10)) == 1
        context.destroy(linger=0, timeout=10)
        """,
        options=("-W", "ignore::DeprecationWarning"),
    )
    assert not done.stderr


def test_a_pub_is_called_one(context):
    """Though it is an XPUB socket to libzmq."""
    pub = context.socket(zmq.PUB, track_peers=True)
    pub.bind("inproc://called")
    with pytest.raises(zmq.TimedOut, match="PUB socket bound to inproc") as caught:
        context.term(timeout=0)
    assert [left.socket_type for left in caught.value.sockets] == [zmq.PUB]
    pub.close()
    for wait in (pub.wait_connected, pub.wait_subscribed, lambda: pub.send(b"")):
        with pytest.raises(zmq.ZMQError, match=r"the PUB socket is closed") as closed:
            wait()
        assert closed.value.errno == zmq.ENOTSOCK
    assert pub.type == zmq.PUB


@pytest.mark.parametrize("wrong", ["yes", 1])
def test_not_a_bool(context, wrong):
    with pytest.raises(TypeError, match="track_peers must be True or False"):
        context.socket(zmq.PUB, track_peers=wrong)


def test_messages_of_the_other_side(context):
    """What an XSUB application sends to a PUB socket is swallowed."""
    pub, address = bound(context, zmq.PUB)
    with context.socket(zmq.XSUB) as xsub:
        xsub.connect(address)
        xsub.send(b"\2hello")
        xsub.send_multipart([b"\2hello", b"again"])
        xsub.send(b"\1topic")
        pub.wait_subscribed(b"topic", timeout=20)
        assert str(pub._subscriptions.topics) == "subscriptions to b'topic' (1)"
        pub.send(b"topic!")
        assert xsub.recv() == b"topic!"


def test_tracked_when_it_is_asked_first(context, in_thread):
    """A socket that is neither bound nor connected yet can be waited for untracked."""
    pub = context.socket(zmq.PUB)
    with pytest.raises(zmq.TimedOut, match="neither bound nor connected"):
        pub.wait_connected(timeout=0)
    pub.bind("tcp://127.0.0.1:0")
    with context.socket(zmq.SUB) as sub:
        sub.connect(pub.last_endpoint.decode())
        assert len(pub.wait_connected(timeout=20)) == 1
    with pytest.raises(RuntimeError, match="track_peers=True"):
        pub.wait_subscribed()


def test_closed_sockets_cannot_be_waited_for(context):
    for track in (False, True):
        sock = context.socket(zmq.PUB, track_peers=track)
        sock.bind("tcp://127.0.0.1:0")
        sock.close()
        with pytest.raises(zmq.ZMQError) as caught:
            sock.wait_connected()
        assert caught.value.errno == zmq.ENOTSOCK
    with pytest.raises(zmq.ZMQError) as caught:
        sock.wait_subscribed()
    assert caught.value.errno == zmq.ENOTSOCK


def test_no_room_for_the_monitor(wait_for):
    """What is begun is undone where libzmq allows no more sockets."""
    context = zmq.Context()
    context.max_sockets = 2
    for _ in range(3):
        with pytest.raises(zmq.ZMQError):
            context.socket(zmq.PUSH, track_peers=True)

    def is_done():
        try:
            context.socket(zmq.PUSH).close()
        except zmq.ZMQError:
            return False
        return True

    wait_for(is_done)  # libzmq closes sockets in a thread of its own
    context.term(timeout=20)


def test_subscribers_that_come_and_go_while_others_send(context, in_thread):
    pub, address = bound(context, zmq.PUB)
    over = threading.Event()

    def send():
        while not over.is_set():
            pub.send(b"x")

    sending = [in_thread(send) for _ in range(2)]
    for _ in range(50):
        with context.socket(zmq.SUB) as sub:
            sub.linger = 0
            sub.connect(address)
            for topic in (b"a", b"b"):
                sub.subscribe(topic)
                sub.unsubscribe(topic)
            sub.subscribe(b"y")
            pub.wait_subscribed(b"y", timeout=20)
    over.set()
    for one in sending:
        one.result(20)
    end = time.monotonic() + 20
    while str(pub._subscriptions.topics) != "no subscription":
        pub.poll(0)
        assert time.monotonic() < end, str(pub._subscriptions.topics)


def test_its_error():
    error = zmq.HandshakeFailed(
        71, "refused", zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400, "x"
    )
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == "refused"
    assert (again.event, again.value, again.endpoint) == (error.event, 400, "x")


def test_shadows_say_whom_to_ask(context):
    sock = context.socket(zmq.PULL, track_peers=True)
    sock.bind("tcp://127.0.0.1:0")
    for shadow in (zmq.Socket(sock), zmq.Socket(shadow=sock.underlying)):
        with pytest.raises(RuntimeError, match=r"is a shadow.*ask the socket"):
            shadow.wait_connected(timeout=0)
