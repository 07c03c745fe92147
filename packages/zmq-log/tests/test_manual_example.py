"""The complete example of the manual's chapter on logging, as two real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.fixtures.sockets import SocketFactory

import zmq

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


def show(directory: Path, publisher: zmq.Socket[bytes]) -> str:
    """Start the watcher, then the example; return what the watcher prints."""
    publisher.bind("tcp://127.0.0.1:0")
    address = publisher.last_endpoint.decode()
    example = EXAMPLE.replace("tcp://127.0.0.1:12345", address)
    (directory / "example.py").write_text(example)
    watch = [sys.executable, "-m", "zmq.log", "-t", "greeter", "--align", address]
    with subprocess.Popen(watch, stdout=subprocess.PIPE, text=True) as watcher:
        try:
            # it runs and has connected; now it waits for the example at this address
            assert publisher.recv() == b"\1greeter"
            publisher.close()
            subprocess.run([sys.executable, "example.py"], cwd=directory, check=True)
            lines = []
            while not lines or "Done!" not in lines[-1]:
                lines.append(watcher.stdout.readline())
            return "".join(lines)
        finally:
            watcher.kill()


def test_the_watcher_prints_what_the_manual_shows(
    tmp_path: Path, make_socket: SocketFactory
) -> None:
    (tmp_path / "greetings").mkdir()
    (tmp_path / "greetings" / "hello.py").write_text(HELLO)
    shown = show(tmp_path, make_socket(zmq.XPUB, rcvtimeo=20_000))
    if "Preparing" not in shown:
        # The example waits a tenth of a second for subscribers, which the manual calls
        # a simplistic workaround: a busy machine may need more.
        shown = show(tmp_path, make_socket(zmq.XPUB, rcvtimeo=20_000))
    assert shown == SHOWN
