"""The PyPI pyzmq in another process, as the client and as the server."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

import zmq
import zmq.auth

pytestmark = pytest.mark.interop

CASES = [
    ("null", None, True),
    ("null from a denied address", None, False),
    ("plain", "secret", True),
    ("plain", "guess", False),
    ("curve", "alice", True),
    ("curve", "mallory", False),
    ("curve any", "mallory", True),
]

# Connects clients as told, line by line, and tells what their monitors say.
CLIENT = """
import json, sys, zmq
from zmq.utils.monitor import recv_monitor_message
assert zmq.__version__.startswith("27"), zmq.__version__
context = zmq.Context()
for line in sys.stdin:
    endpoint, options = json.loads(line)
    client = context.socket(zmq.PUSH)
    for name, value in options.items():
        setattr(client, name, value.encode())
    client.linger = 0
    monitor = client.get_monitor_socket(
        zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_HANDSHAKE_FAILED_AUTH
    )
    client.connect(endpoint)
    assert monitor.poll(10000), "no handshake"
    message = recv_monitor_message(monitor)
    print(json.dumps([message["event"], message["value"]]), flush=True)
    client.disable_monitor()
    monitor.close()
    client.close()
"""

# Binds servers with an authenticator of its own, and tells where they are.
SERVER = """
import json, sys, zmq, zmq.auth
from zmq.auth.thread import ThreadAuthenticator
assert zmq.__version__.startswith("27"), zmq.__version__
directory, server_file = sys.argv[1:]
public, secret = zmq.auth.load_certificate(server_file)
servers, endpoints = [], {}
for name in ("open", "denied", "plain", "curve", "any"):
    context = zmq.Context()
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    server = context.socket(zmq.PULL)
    servers.append((authenticator, server))
    if name == "denied":
        authenticator.deny("127.0.0.1")
    if name == "plain":
        authenticator.configure_plain("*", {"alice": "secret"})
        server.plain_server = True
    elif name in ("open", "denied"):
        server.zap_domain = b"global"
    if name in ("curve", "any"):
        authenticator.configure_curve("*", directory if name == "curve" else "*")
        server.curve_server = True
        server.curve_secretkey = secret
    server.bind("tcp://127.0.0.1:0")
    endpoints[name] = server.last_endpoint.decode()
print(json.dumps(endpoints), flush=True)
sys.stdin.read()
for authenticator, server in servers:
    server.close()
    authenticator.stop()
"""


class Peer:
    """A process of the PyPI pyzmq that one talks to in lines of JSON."""

    def __init__(self, python: str, code: str, *args: str) -> None:
        self.process = subprocess.Popen(
            [python, "-c", code, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, what: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the peer has died"
        return json.loads(line)


@contextmanager
def running_peer(python: str, code: str, *args: str) -> Iterator[Peer]:
    peer = Peer(python, code, *args)
    try:
        yield peer
    finally:
        # closes its standard input, at which it ends
        peer.process.communicate(timeout=20)
    assert peer.process.returncode == 0


@pytest.fixture
def keys(make_key: Any) -> dict[str, Any]:
    return {name: make_key(name) for name in ("alice", "mallory")}


def options(case: str, who: str | None, keys: Any, server_key: Any) -> dict[str, bytes]:
    if case == "plain":
        assert who is not None
        return {"plain_username": b"alice", "plain_password": who.encode()}
    if who is not None:
        return dict(keys[who].options(server_key))
    return {}


def test_clients_from_pypi(peer_python, authenticator, bind, keys, server_key, context):
    authenticator.configure_plain("*", {"alice": "secret"})
    authenticator.configure_curve("*", keys["alice"].file.parent)
    authenticator.configure_curve("any", zmq.auth.CURVE_ALLOW_ANY)
    servers = {
        "null": bind(zap_domain=b"global"),
        "plain": bind(plain_server=True),
        "curve": bind(**server_key.server_options()),
        "curve any": bind(**server_key.server_options(b"any")),
    }
    with running_peer(peer_python, CLIENT) as peer:
        for case, who, accepted in CASES:
            if "denied" in case:
                continue
            endpoint = servers[case].last_endpoint.decode()
            told = options(case, who, keys, server_key)
            peer.tell([endpoint, {n: v.decode() for n, v in told.items()}])
            assert peer.hear() == outcome(accepted), case
        authenticator.deny("127.0.0.1")
        peer.tell([servers["null"].last_endpoint.decode(), {}])
        assert peer.hear() == outcome(False)


def outcome(accepted: bool) -> list[int]:
    if accepted:
        return [zmq.EVENT_HANDSHAKE_SUCCEEDED, 0]
    return [zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400]


def test_a_server_from_pypi(peer_python, handshake, keys, server_key):
    """It reads our certificates, and our clients see what its clients see."""
    directory = str(keys["alice"].file.parent)
    server_file = str(server_key.file.with_suffix(".key_secret"))
    names = {"null": "open", "plain": "plain", "curve": "curve", "curve any": "any"}
    with running_peer(peer_python, SERVER, directory, server_file) as peer:
        endpoints = peer.hear()
        for case, who, accepted in CASES:
            endpoint = endpoints["denied" if "denied" in case else names[case]]
            told = options(case, who, keys, server_key)
            assert list(handshake(endpoint, **told)) == outcome(accepted), case


def test_certificates_from_pypi(peer_python, tmp_path):
    """We read what it writes, and the same from what we wrote."""
    code = """
import json, sys, zmq.auth
ours, directory = sys.argv[1:]
public, secret = zmq.auth.create_certificates(directory, "theirs", {"name": "Alice"})
print(json.dumps([
    [key.decode() for key in zmq.auth.load_certificate(secret)],
    [key.decode() for key in zmq.auth.load_certificate(ours + "_secret")],
    [key.decode() for key in zmq.auth.load_certificates(directory)],
]))
"""
    metadata = {"name": "Bob", "organization": "x = y"}
    ours, _ = zmq.auth.create_certificates(tmp_path, "ours", metadata)
    with running_peer(peer_python, code, ours, str(tmp_path)) as peer:
        theirs_pair, our_pair, directory = peer.hear()
    theirs = tmp_path / "theirs.key_secret"
    for file, pair in ((theirs, theirs_pair), (tmp_path / "ours.key_secret", our_pair)):
        assert [k.decode() for k in zmq.auth.load_certificate(file) if k] == pair
    public = [key.decode() for key in zmq.auth.load_certificates(tmp_path)]
    assert sorted(public) == sorted(directory)
