"""`zmq log`, which is `python -m zmq.log`."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any

import pytest
from tests.fixtures.commands import Start

from zmq.log import PUBHandler


def test_records(start_zmq: Start, make_socket: Any) -> None:
    import zmq

    publisher = make_socket(zmq.PUB)
    publisher.bind("tcp://127.0.0.1:0")
    handler = PUBHandler(publisher)
    logger = logging.Logger("a.logger")
    logger.addHandler(handler)
    watching = start_zmq("log", "--json", publisher.last_endpoint.decode(), text=True)
    seen = threading.Event()

    def publish() -> None:
        while not seen.wait(0.02):
            logger.warning("hello")

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        line = watching.stdout.readline()
    finally:
        seen.set()
        thread.join()
    assert "hello" in json.dumps(json.loads(line))


@pytest.mark.parametrize(
    ("args", "status", "words"),
    [(["--help"], 0, "PUBHandler"), ([], 2, "url"), (["--hlep", "x"], 2, "--hlep")],
)
def test_its_own_options(
    start_zmq: Start, args: list[str], status: int, words: str
) -> None:
    process = start_zmq("log", *args, text=True)
    out, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert words in out + err
    assert (out + err).startswith("usage: python -m zmq log ")
