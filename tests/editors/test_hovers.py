"""What an editor shows of zmq: text, types, units. Run by `run.py typing`."""

from __future__ import annotations

import shutil
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.language_server import LanguageServer

COMMAND = shutil.which("pyright-langserver", path=sysconfig.get_path("scripts"))

pytestmark = pytest.mark.skipif(
    COMMAND is None, reason="there is no language server: run.py typing installs one"
)

BEGIN = """\
import zmq
import zmq.asyncio
import zmq.auth
import zmq.devices
import zmq.green
from zmq.auth.thread import ThreadAuthenticator
from zmq.eventloop.zmqstream import ZMQStream
from zmq.log.handlers import PUBHandler

sock = zmq.Context().socket(zmq.PUSH)
"""

# An expression, and what is shown at its last word.
SHOWN = {
    "sock.send": ["data: _Data", "-> None", "Send one message frame", ":param copy:"],
    "sock.recv": ["-> bytes", "Receive one message frame", "RCVTIMEO"],
    "sock.poll": ["timeout: float | None", "-> int", "milliseconds"],
    "sock.send_multipart": ["msg_parts: Iterable", "MessageTracker"],
    "sock.linger": ["linger: int", "Value: ms", "Default: -1", "Since libzmq 2.1"],
    "sock.sndhwm": ["sndhwm: int", "Value: messages"],
    "sock.curve_secretkey": ["curve_secretkey: bytes", "Z85"],
    "zmq.LINGER": ["SocketOption.LINGER"],
    "zmq.SocketOption.LINGER": ["SocketOption.LINGER"],
    "zmq.Context().term": ["-> None", "LINGER"],
    "zmq.Poller().register": ["flags: int", ":param"],
    "zmq.curve_keypair": ["tuple[bytes, bytes]", "Z85"],
    "zmq.Again": ["class Again"],
    "zmq.proxy": ["frontend", "backend", "capture"],
    "zmq.asyncio.Context().socket(zmq.PULL).recv": ["Answer[bytes]", "a future of"],
    "zmq.asyncio.Context().socket(zmq.PULL).poll": ["Answer[int]", "milliseconds"],
    "zmq.green.Context": ["class Context", "greenlet"],
    "ZMQStream(sock).on_recv": ["callback: (list[bytes]) -> Any", ":param callback:"],
    "ThreadAuthenticator().allow": ["*addresses: str", "ValueError"],
    "zmq.auth.create_certificates": ["overwrite: bool = True", "tuple[str, str]"],
    "zmq.devices.ThreadProxy": ["class ThreadProxy", "in_type: int"],
    "zmq.devices.ThreadProxy(1, 2).connect_in": ["addr: str", "-> None"],
    "PUBHandler": ["class PUBHandler", "root_topic: str", "publishes every record"],
}


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a line for each expression."""
    path: Path = tmp_path_factory.mktemp("editor") / "program.py"
    path.write_text(BEGIN + "\n".join([*SHOWN, "sock."]), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def server(program: Path) -> Iterator[LanguageServer]:
    """A language server that knows the packages of this interpreter."""
    assert COMMAND is not None
    server = LanguageServer([COMMAND, "--stdio"], program.parent, sys.executable)
    server.open(program)
    yield server
    server.close()


@pytest.mark.parametrize("expression", SHOWN)
def test_hover(server: LanguageServer, program: Path, expression: str) -> None:
    line = program.read_text(encoding="utf-8").splitlines().index(expression)
    shown = server.hover(program, line, len(expression) - 1)
    for text in SHOWN[expression]:
        assert text in shown
    assert "Unknown" not in shown


def test_completion(server: LanguageServer, program: Path) -> None:
    line = len(program.read_text(encoding="utf-8").splitlines()) - 1
    offered = server.complete(program, line, len("sock."))
    assert {"send", "recv_multipart", "linger", "sndhwm", "monitor"} <= set(offered)
