"""Signals that another thread gets, while the main thread waits for a lock."""

import math
import signal
import threading
import time

import pytest

import zmq

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "pthread_kill"), reason="no such signals"
)


class HeardError(Exception):
    pass


def term(context, sock):
    context.term(timeout=40)


def term_for_ever(context, sock):
    context.term(timeout=math.inf)


def wait_connected(context, sock):
    sock.wait_connected(timeout=40)


def wait_connected_for_ever(context, sock):
    sock.wait_connected()


@pytest.mark.parametrize(
    "wait", [term, term_for_ever, wait_connected, wait_connected_for_ever]
)
def test_signal(wait, in_thread):
    context = zmq.Context()
    sock = context.socket(zmq.PULL)
    over = threading.Event()

    def hear(number, frame):
        # Not before the wait has begun: it would be heard there by any thread.
        if frame.f_code.co_name == "acquire_within":
            raise HeardError

    def send_signals():
        while not over.wait(0.02):
            signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, hear)
    sending = in_thread(send_signals)
    begin = time.monotonic()
    try:
        with pytest.raises(HeardError):
            wait(context, sock)
        assert time.monotonic() - begin < 20
    finally:
        over.set()
        sending.result(10)
        signal.signal(signal.SIGUSR1, before)
        sock.close()
        context.term(timeout=10)
