"""The complete example of the manual's chapter on logging, as two real processes."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = """\
import logging
from time import sleep
from zmq.log.handlers import PUBHandler

from greetings import hello

zmq_log_handler = PUBHandler("tcp://127.0.0.1:12345")
zmq_log_handler.setFormatter(logging.Formatter(fmt="{name} > {message}", style="{"))
zmq_log_handler.setFormatter(
    logging.Formatter(fmt="{name} #{lineno:>3} > {message}", style="{"), logging.DEBUG
)
zmq_log_handler.setRootTopic("greeter")
logger = logging.getLogger()
logger.setLevel(logging.DEBUG)
logger.addHandler(zmq_log_handler)
if __name__ == "__main__":
    sleep(0.1)
    msg_count = 5
    logger.warning("Preparing to greet the world...")
    for i in range(1, msg_count + 1):
        logger.debug("Sending message {} of {}".format(i, msg_count))
        hello.world()
        sleep(1.0)
    logger.info("Done!")
"""

HELLO = """\
import logging
logger = logging.getLogger(__name__)

def world():
    logger.info('hello world!')
"""

SHOWN = """\
greeter.WARNING | root > Preparing to greet the world...
greeter.DEBUG   | root # 21 > Sending message 1 of 5
greeter.INFO    | greetings.hello > hello world!
greeter.DEBUG   | root # 21 > Sending message 2 of 5
greeter.INFO    | greetings.hello > hello world!
greeter.DEBUG   | root # 21 > Sending message 3 of 5
greeter.INFO    | greetings.hello > hello world!
greeter.DEBUG   | root # 21 > Sending message 4 of 5
greeter.INFO    | greetings.hello > hello world!
greeter.DEBUG   | root # 21 > Sending message 5 of 5
greeter.INFO    | greetings.hello > hello world!
greeter.INFO    | root > Done!
"""


@pytest.fixture
def address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"tcp://127.0.0.1:{probe.getsockname()[1]}"


def test_the_watcher_prints_what_the_manual_shows(tmp_path: Path, address: str) -> None:
    (tmp_path / "example.py").write_text(
        EXAMPLE.replace("tcp://127.0.0.1:12345", address)
    )
    (tmp_path / "greetings").mkdir()
    (tmp_path / "greetings" / "hello.py").write_text(HELLO)
    watch = [sys.executable, "-u", "-m", "zmq.log", "-t", "greeter", "--align", address]
    with subprocess.Popen(watch, stdout=subprocess.PIPE, text=True) as watcher:
        try:
            subprocess.run([sys.executable, "example.py"], cwd=tmp_path, check=True)
            shown = "".join(watcher.stdout.readline() for _ in SHOWN.splitlines())
            assert shown == SHOWN
        finally:
            watcher.kill()
