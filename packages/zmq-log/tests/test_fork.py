"""A forked child logs on: it binds anew when it can, and never hangs."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Callable

import pytest
from tests.fixtures.endpoints import EndpointFactory
from tests.fixtures.processes import Result

from zmq.log._inheritance import is_served

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs os.fork")

Run = Callable[..., Result]

# The programs fork with libzmq's threads running, which newer Pythons warn about.
PRELUDE = '''
import logging, os, select, sys, time, traceback, warnings, zmq
from zmq.log.handlers import PUBHandler
warnings.filterwarnings("ignore", "This process .* is multi-threaded")
logger = logging.getLogger()
logger.setLevel(logging.DEBUG)

def subscribe(address):
    subscriber = zmq.Context.instance().socket(zmq.SUB)
    subscriber.reconnect_ivl = 10
    subscriber.rcvtimeo = 10_000
    subscriber.linger = 0
    subscriber.subscribe(b"")
    subscriber.connect(address)
    return subscriber

def log_until(subscriber, text):
    while not subscriber.poll(10):
        logger.info(text)
    assert subscriber.recv_multipart() == [b"INFO", text.encode() + b"\\n"]

def publish():
    """Publish at an address that can be bound again: one with its port in it."""
    handler = PUBHandler(sys.argv[1])
    address = handler.socket.last_endpoint.decode()
    if address != sys.argv[1]:
        handler.close()
        handler = PUBHandler(address)
    logger.addHandler(handler)
    return handler, address

def fork(function):
    pid = os.fork()
    if pid:
        return pid
    try:
        function()
    except Exception:
        traceback.print_exc()
        os._exit(1)
    sys.exit(0)  # as programs do: exit handlers run in the child too
'''

PARENT_STAYS = """
handler, address = publish()
subscriber = subscribe(address)
log_until(subscriber, "parent")

def child():
    for _ in range(3):
        logger.info("child")
    assert handler.dropped == 3, handler.dropped
    assert handler.socket is not None

status = os.waitpid(fork(child), 0)[1]
assert status == 0, status
while subscriber.poll(20):
    assert subscriber.recv_multipart() == [b"INFO", b"parent\\n"]
late = subscribe(address)
log_until(late, "still here")
assert handler.dropped == 0
late.close()
subscriber.close()
"""


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_the_parent_keeps_its_address(
    run_python: Run, endpoint: EndpointFactory, transport: str
) -> None:
    done = run_python(PRELUDE + PARENT_STAYS, endpoint(transport))
    assert done.stderr == ""


PARENT_GOES = """
handler, address = publish()
watcher = subscribe(address)
log_until(watcher, "parent")
stopping, stop = os.pipe()
tried, trying = os.pipe()

def daemon():
    os.close(stop)
    logger.info("daemon")  # while the address is still the parent's
    os.write(trying, b"x")
    while not select.select([stopping], [], [], 0.01)[0]:
        logger.info("daemon")
    assert handler.dropped >= 1

def parent():
    fork(daemon)

if os.waitpid(fork(parent), 0)[1]:
    raise SystemExit("the child failed")
os.read(tried, 1)
handler.close()
# a watcher that was connected to the parent goes over to the daemon
while watcher.recv_multipart() != [b"INFO", b"daemon\\n"]:
    pass
os.close(stop)
watcher.close()
"""


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_a_daemon_takes_the_address_over(
    run_python: Run, endpoint: EndpointFactory, transport: str
) -> None:
    done = run_python(PRELUDE + PARENT_GOES, endpoint(transport))
    assert done.stderr == ""


WILDCARD = """
handler = PUBHandler("tcp://127.0.0.1:*")
logger.addHandler(handler)
parents = handler.socket.last_endpoint

def child():
    logger.info("x")
    assert handler.socket.last_endpoint != parents
    subscriber = subscribe(handler.socket.last_endpoint.decode())
    log_until(subscriber, "child")
    subscriber.close()

assert os.waitpid(fork(child), 0)[1] == 0
"""


def test_a_wildcard_gives_the_child_an_address_of_its_own(run_python: Run) -> None:
    assert run_python(PRELUDE + WILDCARD).stderr == ""


BORROWED = """
context = zmq.Context()
publisher = context.socket(zmq.PUB)
publisher.bind("tcp://127.0.0.1:0")
handler = PUBHandler(publisher)
logger.addHandler(handler)

def child():
    logger.info("x")
    assert handler.dropped == 1
    own = zmq.Context().socket(zmq.PUB)
    own.bind("tcp://127.0.0.1:0")
    handler.socket = own
    subscriber = subscribe(own.last_endpoint.decode())
    log_until(subscriber, "child")
    subscriber.close()
    own.close()

assert os.waitpid(fork(child), 0)[1] == 0
assert not publisher.closed
publisher.close()
context.term()
"""


def test_a_socket_of_the_program_is_not_used_in_the_child(run_python: Run) -> None:
    assert run_python(PRELUDE + BORROWED).stderr == ""


def test_a_look_at_an_ipc_path_never_waits(ipc_dir: Path) -> None:
    """Not even for a process that listens and has stopped to accept."""
    path = str(ipc_dir / "log")
    assert not is_served(f"ipc://{path}")
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(path)
        assert not is_served(f"ipc://{path}")
        listener.listen(0)
        with suppress(BlockingIOError):
            while True:
                waiting = stack.enter_context(socket.socket(socket.AF_UNIX))
                waiting.setblocking(False)
                waiting.connect(path)
        assert is_served(f"ipc://{path}")


DATAGRAMS = """
import socket
handler = PUBHandler("tcp://127.0.0.1:*")
logger.addHandler(handler)
port = int(handler.socket.last_endpoint.rpartition(b":")[2])
datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
datagrams.bind(("127.0.0.1", port))

def child():
    logger.info("x")
    datagrams.sendto(b"still there", ("127.0.0.1", port))
    assert datagrams.recv(20) == b"still there"

assert os.waitpid(fork(child), 0)[1] == 0
datagrams.close()
handler.close()
"""


def test_datagrams_of_the_same_number_are_left_alone(run_python: Run) -> None:
    assert run_python(PRELUDE + DATAGRAMS).stderr == ""
