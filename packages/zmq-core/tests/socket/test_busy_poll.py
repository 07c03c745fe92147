"""`busy_poll`: looking for news, for a while, before a wait sleeps."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.fixtures.waiting import Deadline

import zmq

LONG = 1e8  # microseconds: longer than any test


@pytest.fixture
def pair(socket_pair):
    return socket_pair(zmq.PAIR, zmq.PAIR)


def test_sleeps_at_once_by_default(make_socket):
    assert make_socket(zmq.PULL).busy_poll == 0


@pytest.mark.parametrize("value", [50, 0.5, 0, 1e9])
def test_keeps_a_number(make_socket, value):
    sock = make_socket(zmq.PULL)
    sock.busy_poll = value
    assert sock.busy_poll == value
    with zmq.Socket.shadow(sock) as shadow:
        assert shadow.busy_poll == value


@pytest.mark.parametrize("value", [-1, -0.1, 1.1e9, float("nan"), float("inf")])
def test_refuses_what_is_no_duration(make_socket, value):
    sock = make_socket(zmq.PULL)
    sock.busy_poll = 10
    with pytest.raises(ValueError, match="busy_poll"):
        sock.busy_poll = value
    assert sock.busy_poll == 10


@pytest.mark.parametrize("value", [Decimal(50), Fraction(50), 50.0])
def test_takes_numbers_of_all_kinds(make_socket, value):
    sock = make_socket(zmq.PULL)
    sock.busy_poll = value
    assert sock.busy_poll == 50


@pytest.mark.parametrize("value", ["50", None, b"5", 1j, True])
def test_refuses_what_is_no_number(make_socket, value):
    with pytest.raises(TypeError, match="busy_poll must be a number of microseconds"):
        make_socket(zmq.PULL).busy_poll = value


def test_of_a_closed_socket(make_socket):
    sock = make_socket(zmq.PULL)
    sock.close()
    with pytest.raises(zmq.ZMQError) as error:
        sock.busy_poll = 10
    assert error.value.errno == zmq.ENOTSOCK


def waits_in_vain(sock, way):
    """Wait for as long as rcvtimeo says."""
    if way == "recv":
        with pytest.raises(zmq.Again):
            sock.recv()
    elif way == "recv_multipart":
        with pytest.raises(zmq.Again):
            sock.recv_multipart()
    elif way == "poll":
        assert sock.poll(sock.rcvtimeo) == 0
    else:
        assert zmq.zmq_poll([(sock, zmq.POLLIN), (0, 0)], sock.rcvtimeo) == []


WAYS = ["recv", "recv_multipart", "poll", "zmq_poll"]


@pytest.mark.parametrize("way", WAYS)
def test_uses_a_processor_while_it_waits(pair, way):
    sock = pair[1]
    sock.rcvtimeo = 20
    sock.busy_poll = LONG
    deadline = Deadline(20)
    used = time.thread_time()
    while time.thread_time() - used < 0.03:
        deadline.check("the use of a processor")
        waits_in_vain(sock, way)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("busy", [0, 1000])
def test_sleeps_afterwards(pair, way, busy):
    sock = pair[1]
    sock.rcvtimeo = 200
    sock.busy_poll = busy
    used, start = time.thread_time(), time.monotonic()
    waits_in_vain(sock, way)
    assert time.monotonic() - start >= 0.199
    assert time.thread_time() - used < 0.1


@pytest.mark.parametrize("transport", ["inproc", "tcp"])
@pytest.mark.parametrize("busy", [20, LONG])
def test_round_trips(make_socket, endpoint, in_thread, transport, busy):
    req, rep = make_socket(zmq.REQ), make_socket(zmq.REP)
    req.busy_poll = rep.busy_poll = busy
    rep.bind(endpoint(transport))
    req.connect(rep.last_endpoint.decode())

    def answer():
        for _ in range(200):
            rep.send(rep.recv())

    answering = in_thread(answer)
    for i in range(200):
        req.send(b"%d" % i)
        assert req.recv() == b"%d" % i
    answering.result()


def test_sends_at_the_high_water_mark(make_socket, endpoint, in_thread):
    push, pull = make_socket(zmq.PUSH, sndhwm=2), make_socket(zmq.PULL, rcvhwm=2)
    push.busy_poll = LONG
    push.bind(endpoint("inproc"))
    pull.connect(push.last_endpoint.decode())
    sending = in_thread(lambda: [push.send(b"%d" % i) for i in range(100)])
    assert [pull.recv() for _ in range(100)] == [b"%d" % i for i in range(100)]
    sending.result()


def test_others_run_and_use_the_socket(pair, in_thread):
    a, b = pair
    b.busy_poll = LONG
    waiting = in_thread(b.recv)
    for i in range(500):
        b.send(b"%d" % i)
        assert a.recv() == b"%d" % i
    assert waiting.alive
    a.send(b"end")
    assert waiting.result() == b"end"


def waiting_thread(in_thread, sock, way):
    """Start a thread, and see it wait."""
    began = threading.Event()

    def wait():
        began.set()
        with pytest.raises(zmq.ZMQError) as error:
            sock.recv() if way == "recv" else zmq.zmq_poll([(sock, zmq.POLLIN)], -1)
        return error.value.errno

    waiting = in_thread(wait)
    assert began.wait(10)
    return waiting


@pytest.mark.parametrize("way", ["recv", "zmq_poll"])
def test_close_ends_it(make_socket, in_thread, way):
    sock = make_socket(zmq.PULL)
    sock.busy_poll = LONG
    waiting = waiting_thread(in_thread, sock, way)
    sock.close()
    assert waiting.result() == zmq.ENOTSOCK


def test_the_end_of_the_context_ends_it(in_thread):
    context = zmq.Context()
    sock = context.socket(zmq.PULL)
    sock.busy_poll = LONG
    waiting = waiting_thread(in_thread, sock, "recv")
    terminating = in_thread(context.term)
    assert waiting.result() == zmq.ETERM
    sock.close()
    terminating.result()


def test_what_is_put_back_ends_it(pair, in_thread):
    b = pair[1]
    b.busy_poll = LONG
    waiting = in_thread(b.recv)
    b._unrecv([b"again"])
    assert waiting.result() == b"again"


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself a signal")
@pytest.mark.parametrize("way", ["recv", "poll", "zmq_poll"])
def test_handlers_of_signals_run(pair, in_thread, way):
    sock = pair[1]
    sock.rcvtimeo = 20_000
    sock.busy_poll = LONG

    class StopWaitingError(Exception):
        pass

    def handler(*_):
        raise StopWaitingError

    before = signal.signal(signal.SIGUSR1, handler)
    try:
        timer = threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR1))
        timer.start()
        start = time.monotonic()
        with pytest.raises(StopWaitingError):
            waits_in_vain(sock, way)
        assert time.monotonic() - start < 10
        timer.join()
    finally:
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.skipif(sys.platform == "win32", reason="sends itself a signal")
def test_goes_on_after_a_handler(pair, in_thread):
    a, b = pair
    b.busy_poll = LONG
    before = signal.signal(signal.SIGUSR1, lambda *_: a.send(b"from the handler"))
    try:
        timer = threading.Timer(0.02, os.kill, (os.getpid(), signal.SIGUSR1))
        timer.start()
        assert b.recv() == b"from the handler"
        timer.join()
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_several_threads_on_one_socket(pair, in_thread):
    """One of them has the socket to itself, until another one wants it."""
    a, b = pair
    b.busy_poll = LONG
    got = []

    def take():
        while (message := b.recv()) != b"end":
            got.append(message)

    waiting = [in_thread(take) for _ in range(3)]
    for i in range(500):
        a.send(b"%d" % i)
        if i % 50 == 0:
            assert b.get(zmq.TYPE) == zmq.PAIR
            b.send(b"aside")
            assert a.recv() == b"aside"
    for _ in waiting:
        a.send(b"end")
    for thread in waiting:
        thread.result()
    assert sorted(got, key=int) == [b"%d" % i for i in range(500)]


def test_what_is_there_is_received_in_order(pair):
    """Also after a receive that had to wait, which makes the next one begin to spin."""
    a, b = pair
    b.busy_poll = 1000
    b.rcvtimeo = 0
    with pytest.raises(zmq.Again):
        b.recv()
    for size in (0, 10, 100_000):
        a.send_multipart([b"one", bytes(size), b"three"])
        a.send(b"four")
        assert [b.recv() for _ in range(4)] == [b"one", bytes(size), b"three", b"four"]
        assert not b.rcvmore
        with pytest.raises(zmq.Again):
            b.recv()
        a.send_multipart([b"five", b"six"])
        assert b.recv_multipart() == [b"five", b"six"]
        with pytest.raises(zmq.Again):
            b.recv()
    a.send(b"seven")
    b.busy_poll = 0
    assert b.recv() == b"seven"


def test_what_was_put_back_comes_first(pair):
    a, b = pair
    b.busy_poll = 1000
    b.rcvtimeo = 1
    with pytest.raises(zmq.Again):
        b.recv()
    a.send(b"second")
    b._unrecv([b"first"])
    assert [b.recv(), b.recv()] == [b"first", b"second"]


def test_waits_are_counted(pair):
    a, b = pair
    b.busy_poll = 1000
    b.rcvtimeo = 1
    b.count_stats = True
    with pytest.raises(zmq.Again):
        b.recv()
    before = b.stats()
    a.send(b"one")
    b.recv()
    after = b.stats()
    assert before.receives_waited == before.receives_refused == 1
    assert after.messages_received == before.messages_received + 1
    assert after.receives_waited == before.receives_waited
