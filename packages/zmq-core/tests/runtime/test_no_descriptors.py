"""A process that has no descriptor left waits as before, and is told of errors."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits descriptors")

# Threads wait that nobody has waited before: none finds a descriptor kept for it.
COMMON = """
import errno, os, resource, signal, threading, time
import zmq

context = zmq.Context()
a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)
a.bind("inproc://descriptors")
b.connect("inproc://descriptors")
resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")),) * 2)
try:
    while True:
        os.open("/dev/null", os.O_RDONLY)
except OSError as error:
    assert error.errno == errno.EMFILE

outcome = []

def during(wait, act):
    def run():
        try:
            outcome.append(wait())
        except Exception as error:
            outcome.append(error)
    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.05)  # mostly it waits by then, and must not have failed
    assert not outcome, outcome
    act()
    thread.join(30)
    assert not thread.is_alive(), "it was not woken"
    return outcome.pop()
"""

WAITS = {
    "recv": """
assert during(b.recv, lambda: a.send(b"1")) == b"1"
""",
    "closed": """
assert during(b.recv, b.close).errno == zmq.ENOTSOCK
""",
    "closed while polled": """
assert during(lambda: zmq.select([a, b], [], []), b.close).errno == zmq.ENOTSOCK
""",
    "poll": """
assert during(b.poll, lambda: a.send(b"1")) == zmq.POLLIN
poller = zmq.Poller()
poller.register(a, zmq.POLLIN)
poller.register(b, zmq.POLLIN)
b.recv()
assert during(poller.poll, lambda: b.send(b"1")) == [(a, zmq.POLLIN)]
""",
    "timeouts": """
b.rcvtimeo = 30
for wait, result in ((b.recv, zmq.Again), (lambda: b.poll(30), int)):
    begin = time.monotonic()
    try:
        got = wait()
    except zmq.Again as error:
        got = error
    assert isinstance(got, result)
    assert time.monotonic() - begin >= 0.03
""",
    "what others take": """
first = threading.Thread(target=b.recv)
first.start()
assert during(b.recv, lambda: (a.send(b"1"), a.send(b"1"))) == b"1"
first.join(30)
assert not first.is_alive()
""",
    "tracker": """
data = bytearray(100_000)
tracker = a.send(data, copy=False, track=True)
assert during(tracker.wait, b.recv) is None
""",
    "signals": """
class Rang(Exception):
    pass

def ring(*_):
    raise Rang

signal.signal(signal.SIGALRM, ring)
tracker = a.send(bytearray(100_000), copy=False, track=True)
for wait in (a.recv, a.poll, lambda: zmq.select([a], [], []), tracker.wait):
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        wait()
        raise SystemExit("it did not wait")
    except Rang:
        pass
""",
    "errors": """
b.close()
try:
    b.recv()
except zmq.ZMQError as error:
    assert error.errno == zmq.ENOTSOCK
try:
    a.connect("tcp://127.0.0.1")
except zmq.ZMQError as error:
    assert error.errno == zmq.EINVAL
""",
}


@pytest.mark.parametrize("name", WAITS)
def test_waiting(run_python, name: str) -> None:
    run_python(COMMON + WAITS[name] + "os._exit(0)\n")


def test_tracking(run_python) -> None:
    """What it takes is said, and not the address that it uses by itself."""
    run_python("""
import errno, os, resource
import zmq
# Or there is no descriptor for them.
import zmq.sugar.readiness.journal, zmq.sugar.readiness.subscriptions

context = zmq.Context()
# Left open: libzmq gives the descriptor of a closed one back a moment later.
first = context.socket(zmq.PUSH)
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
told = []
for spare in range(10):
    used = len(os.listdir("/proc/self/fd")) - 1
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + spare, hard))
    try:
        context.socket(zmq.PUSH, track_peers=True).close()
        break
    except zmq.ZMQError as error:
        assert error.errno == errno.EMFILE
        told.append(str(error))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
assert 1 < len(told) < 10, told
assert "(PUSH socket)" in told[0], told
assert all("(track_peers=True: " in one for one in told[1:]), told
os._exit(0)
""")
