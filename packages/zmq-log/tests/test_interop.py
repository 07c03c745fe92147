"""Handlers and watchers of PyPI's pyzmq understand ours."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import pytest
from tests.fixtures.sockets import SocketFactory

import zmq
from zmq.log import PUBHandler

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(
        "ZMQ_TEST_PEER" not in os.environ,
        reason="ZMQ_TEST_PEER names no Python with PyPI's pyzmq",
    ),
]

PROGRAM = """
import logging, sys, time
from zmq.log.handlers import PUBHandler
handler = PUBHandler(sys.argv[1])
handler.setRootTopic("r")
logger = logging.getLogger()
logger.setLevel(logging.DEBUG)
logger.addHandler(handler)
while True:
    logger.info("a.b::hello %s", "there")
    time.sleep(0.02)
"""


@pytest.mark.parametrize("theirs", ["handler", "watcher"])
def test_watching_the_other(make_socket: SocketFactory, theirs: str) -> None:
    peer = os.environ["ZMQ_TEST_PEER"]
    handling = peer if theirs == "handler" else sys.executable
    watching = peer if theirs == "watcher" else sys.executable
    free = make_socket(zmq.PUB)
    free.bind("tcp://127.0.0.1:0")
    address = free.last_endpoint.decode()
    free.close()
    pipe: dict[str, Any] = {"stdout": subprocess.PIPE, "text": True}
    watch = [watching, "-u", "-m", "zmq.log", "-t", "r.INFO", address]
    handle = [handling, "-c", PROGRAM, address]
    with subprocess.Popen(handle) as program, subprocess.Popen(watch, **pipe) as view:
        try:
            assert view.stdout.readline() == "r.INFO.a.b | hello there\n"
        finally:
            program.kill()
            view.kill()


def test_a_handler_is_a_handler_of_theirs() -> None:
    """Both have what programs use, by the same names."""
    names = [
        "root_topic",
        "setRootTopic",
        "setFormatter",
        "formatters",
        "ctx",
        "socket",
    ]
    code = (
        "from zmq.log.handlers import PUBHandler\n"
        "handler = PUBHandler('inproc://x')\n"
        f"print([name for name in {names!r} if not hasattr(handler, name)])"
    )
    peer = os.environ["ZMQ_TEST_PEER"]
    printed = subprocess.check_output([peer, "-c", code], text=True)
    assert printed == "[]\n"
    handler = PUBHandler("inproc://x")
    assert [name for name in names if not hasattr(handler, name)] == []
    handler.close()
