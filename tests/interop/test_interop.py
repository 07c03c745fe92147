"""Our sockets and those of the PyPI pyzmq, on one wire, in both directions."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import zmq
from tests.interop import peer
from tests.interop.environment import peer_python

pytestmark = pytest.mark.interop


class Theirs:
    """A process that plays its side with the PyPI pyzmq."""

    def __init__(self, python: str) -> None:
        self.process = subprocess.Popen(
            [python, peer.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        )
        self.busy = False
        self.hello = self.read()

    def read(self) -> dict[str, Any]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the peer has ended with status {self.process.wait()}"
        said: dict[str, Any] = json.loads(line)
        assert "error" not in said, said["error"]
        return said

    def start(self, job: dict[str, Any]) -> None:
        assert self.process.stdin
        self.busy = True
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()

    def result(self) -> Any:
        result = self.read()["result"]
        self.busy = False
        return result

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> None:
        if self.busy:
            self.kill()
        else:
            self.process.communicate(timeout=20)


@pytest.fixture(scope="session")
def their_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    return peer_python(tmp_path_factory)


@pytest.fixture(scope="module")
def running() -> Iterator[list[Theirs]]:
    """The one process that plays for most tests."""
    processes: list[Theirs] = []
    yield processes
    for process in processes:
        process.end()


@pytest.fixture
def theirs(their_python: str, running: list[Theirs]) -> Theirs:
    if not running:
        running.append(Theirs(their_python))
    elif running[0].process.poll() is not None or running[0].busy:
        running.pop().kill()  # the test before has failed
        running.append(Theirs(their_python))
    return running[0]


def converse(
    theirs: Theirs, ours: dict[str, Any], other: dict[str, Any], we_bind: bool
) -> tuple[Any, Any]:
    """Play both sides of a conversation; return what became of ours and theirs."""
    if we_bind:
        result = peer.play(
            ours, lambda address: theirs.start({**other, "address": address})
        )
    else:
        theirs.start(other)
        address = theirs.read()["address"]
        result = peer.play({**ours, "address": address}, print)
    return result, theirs.result()


def jobs(
    conversation: str, our_side: int, **both: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    ours = {"conversation": conversation, "side": our_side, **both}
    return ours, {**ours, "side": 1 - our_side}


@pytest.fixture
def bind_to(transport: str, ipc_dir: Path) -> str:
    if transport == "ipc":
        return f"ipc://{ipc_dir}/interop"
    return "tcp://127.0.0.1:0"


BOTH_BIND = pytest.mark.parametrize("we_bind", [True, False], ids=["bind", "connect"])
BOTH_SIDES = pytest.mark.parametrize("our_side", [0, 1], ids=["first", "second"])


def test_the_peer_is_another_binding(theirs: Theirs) -> None:
    assert theirs.hello["version"] != zmq.__version__
    assert theirs.hello["file"] != zmq.__file__
    assert int(theirs.hello["version"].split(".")[0]) < 28


@BOTH_BIND
@BOTH_SIDES
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
@pytest.mark.parametrize(
    "conversation",
    [
        "REQ-REP",
        "REQ-ROUTER",
        "DEALER-REP",
        "DEALER-ROUTER",
        "PUSH-PULL",
        "PAIR-PAIR",
        "PUB-SUB",
        "PUB-XSUB",
        "XPUB-SUB",
        "XPUB-XSUB",
    ],
)
def test_conversation(
    theirs: Theirs, conversation: str, bind_to: str, our_side: int, we_bind: bool
) -> None:
    ours, other = jobs(conversation, our_side, bind=bind_to)
    converse(theirs, ours, other, we_bind)


@BOTH_BIND
@BOTH_SIDES
@pytest.mark.parametrize("conversation", ["STREAM-STREAM", "STREAM-raw"])
def test_stream(
    theirs: Theirs, conversation: str, our_side: int, we_bind: bool
) -> None:
    ours, other = jobs(conversation, our_side, bind="tcp://127.0.0.1:0")
    converse(theirs, ours, other, we_bind)


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    if not zmq.has("curve"):
        pytest.skip("this libzmq was built without CURVE")
    server_public, server_secret = zmq.curve_keypair()
    client_public, client_secret = zmq.curve_keypair()
    return {
        "server_public": server_public.decode(),
        "server_secret": server_secret.decode(),
        "client_public": client_public.decode(),
        "client_secret": client_secret.decode(),
        "expected": server_public.decode(),
    }


# A REQ that is the server of a mechanism drops the connection after the handshake when
# there is a ZAP handler: libzmq's own state machine of REQ takes it for an error.
SECURED = pytest.mark.parametrize(
    ("conversation", "our_side", "we_bind"),
    [
        pytest.param(name, side, bind, id=f"{name}-{side}-{'bind' * bind}")
        for name in (
            *("REQ-REP", "DEALER-ROUTER", "PUSH-PULL"),
            *("PUB-SUB", "XPUB-XSUB", "PAIR-PAIR"),
        )
        for side in (0, 1)
        for bind in (True, False)
        if name != "REQ-REP" or bind == bool(side)
    ],
)


@SECURED
def test_plain(theirs: Theirs, conversation: str, our_side: int, we_bind: bool) -> None:
    ours, other = jobs(
        conversation, our_side, bind="tcp://127.0.0.1:0", mechanism="PLAIN"
    )
    converse(theirs, ours, other, we_bind)


@SECURED
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_curve(
    theirs: Theirs,
    conversation: str,
    our_side: int,
    we_bind: bool,
    bind_to: str,
    keys: dict[str, str],
) -> None:
    ours, other = jobs(
        conversation, our_side, bind=bind_to, mechanism="CURVE", keys=keys
    )
    converse(theirs, ours, other, we_bind)


def handshake(
    theirs: Theirs, we_bind: bool, server: dict[str, Any], client: dict[str, Any]
) -> tuple[str, str]:
    """Return how the handshake went for the server and for the client."""
    common = {"conversation": "handshake", "bind": "tcp://127.0.0.1:0"}
    server = {**common, "side": 1, **server}
    client = {**common, "side": 0, **client}
    if we_bind:
        return converse(theirs, server, client, we_bind)
    ours, other = converse(theirs, client, server, we_bind)
    return other, ours


FAILED = {"no detail", "protocol", "auth"}


@BOTH_BIND
@pytest.mark.parametrize("mechanism", ["NULL", "PLAIN", "CURVE"])
def test_a_good_handshake(
    theirs: Theirs, we_bind: bool, mechanism: str, keys: dict[str, str]
) -> None:
    side = {"mechanism": mechanism, "keys": keys}
    assert handshake(theirs, we_bind, side, side) == ("succeeded", "succeeded")


@BOTH_BIND
def test_a_wrong_password(theirs: Theirs, we_bind: bool) -> None:
    found = handshake(
        theirs,
        we_bind,
        {"mechanism": "PLAIN"},
        {"mechanism": "PLAIN", "password": "wrong"},
    )
    assert found == ("auth", "auth")


@BOTH_BIND
@pytest.mark.parametrize("wrong", ["expected", "client_public"])
def test_wrong_keys(
    theirs: Theirs, we_bind: bool, wrong: str, keys: dict[str, str]
) -> None:
    server, client = handshake(
        theirs,
        we_bind,
        {"mechanism": "CURVE", "keys": keys},
        {
            "mechanism": "CURVE",
            "keys": {**keys, wrong: zmq.curve_keypair()[0].decode()},
        },
    )
    assert server in FAILED
    assert client in FAILED


@BOTH_BIND
@pytest.mark.parametrize(
    ("server", "client"),
    [("NULL", "CURVE"), ("CURVE", "NULL"), ("PLAIN", "NULL"), ("CURVE", "PLAIN")],
)
def test_mechanisms_that_differ(
    theirs: Theirs, we_bind: bool, server: str, client: str, keys: dict[str, str]
) -> None:
    found = handshake(
        theirs,
        we_bind,
        {"mechanism": server, "keys": keys},
        {"mechanism": client, "keys": keys},
    )
    assert set(found) <= FAILED


def test_coroutines(theirs: Theirs) -> None:
    """A server in trio, and their client."""
    trio = pytest.importorskip("trio")
    coroutines = pytest.importorskip("zmq.trio")

    async def serve() -> None:
        async with coroutines.Context() as context, context.socket(zmq.REP) as server:
            server.bind("tcp://127.0.0.1:0")
            address = server.last_endpoint.decode()
            theirs.start({"conversation": "REQ-REP", "side": 0, "address": address})
            with trio.fail_after(20):
                for message in peer.MESSAGES:
                    assert await server.recv_multipart() == message
                    await server.send_multipart(message[::-1])

    trio.run(serve)
    theirs.result()
