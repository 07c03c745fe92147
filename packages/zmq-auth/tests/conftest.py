"""Running authenticators, keys, and clients whose handshakes can be watched."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, NamedTuple

import pytest

import zmq
import zmq.auth
from zmq.auth import zap
from zmq.auth.asyncio import AsyncioAuthenticator
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.monitor import recv_monitor_message

PEER_VARIABLES = ("ZMQ_PEER_PYTHON", "ZMQ_TEST_PEER")
HANDSHAKE_EVENTS = (
    zmq.EVENT_HANDSHAKE_SUCCEEDED
    | zmq.EVENT_HANDSHAKE_FAILED_AUTH
    | zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL
    | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    | zmq.EVENT_DISCONNECTED
)


@pytest.fixture(scope="session")
def torture() -> int:
    """How many times the default size the large loops shall have."""
    return int(os.environ.get("ZMQ_TORTURE", "1"))


class Key(NamedTuple):
    """A CURVE key pair, and its files when it has any."""

    public: bytes
    secret: bytes
    file: Path

    def options(self, server: Key) -> dict[str, bytes]:
        """Return the socket options of a client with this key."""
        return {
            "curve_publickey": self.public,
            "curve_secretkey": self.secret,
            "curve_serverkey": server.public,
        }

    def server_options(self, domain: bytes = b"") -> dict[str, Any]:
        """Return the socket options of a server with this key."""
        options = {"curve_server": True, "curve_secretkey": self.secret}
        return {**options, "zap_domain": domain} if domain else options


@pytest.fixture
def make_key(tmp_path: Path) -> Callable[..., Key]:
    """Make a certificate: `make_key("alice")`, in a directory of its own by default."""

    def make(name: str, directory: Path | None = None) -> Key:
        directory = directory or tmp_path / f"only-{name}"
        directory.mkdir(exist_ok=True)
        _, secret_file = zmq.auth.create_certificates(directory, name)
        public, secret = zmq.auth.load_certificate(secret_file)
        assert secret is not None
        return Key(public, secret, directory / f"{name}.key")

    return make


@pytest.fixture
def server_key(make_key: Callable[..., Key]) -> Key:
    """The key of the server."""
    return make_key("server")


class Records(logging.Handler):
    """Keeps what was logged, formatted with tracebacks."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        self.lines.append(self.format(record))

    def __contains__(self, text: str) -> bool:
        return any(text in line for line in self.lines)


@pytest.fixture
def records() -> Records:
    """What the logger of the `log` fixture was told, from DEBUG on."""
    return Records()


@pytest.fixture
def log(records: Records) -> logging.Logger:
    """A logger that belongs to this test alone."""
    logger = logging.Logger("zmq.auth.test", logging.DEBUG)
    logger.addHandler(records)
    return logger


@contextmanager
def _in_thread(
    context: zmq.Context[Any], log: logging.Logger
) -> Iterator[zmq.auth.Authenticator]:
    authenticator = ThreadAuthenticator(context, log=log)
    authenticator.start()
    yield authenticator
    authenticator.stop()


@contextmanager
def _in_asyncio(
    context: zmq.Context[Any], log: logging.Logger
) -> Iterator[zmq.auth.Authenticator]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    async def call(function: Callable[[], None]) -> None:
        function()

    def run(function: Callable[[], None]) -> None:
        asyncio.run_coroutine_threadsafe(call(function), loop).result(10)

    authenticator = AsyncioAuthenticator(context, log=log)
    run(authenticator.start)
    yield authenticator
    run(authenticator.stop)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@contextmanager
def _by_hand(
    context: zmq.Context[Any], log: logging.Logger
) -> Iterator[zmq.auth.Authenticator]:
    authenticator = zmq.auth.Authenticator(context, log=log)
    authenticator.start()
    end = threading.Event()

    async def serve() -> None:
        while not end.is_set():
            if authenticator.zap_socket.poll(20):
                message = authenticator.zap_socket.recv_multipart()
                await authenticator.handle_zap_message(message)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    yield authenticator
    end.set()
    thread.join()
    authenticator.stop()


@contextmanager
def _in_trio(
    context: zmq.Context[Any], log: logging.Logger
) -> Iterator[zmq.auth.Authenticator]:
    trio = pytest.importorskip("trio")
    pytest.importorskip("zmq.trio")
    from zmq.auth.trio import TrioAuthenticator

    running: Future[tuple[zmq.auth.Authenticator, Callable[[], object]]] = Future()

    async def main() -> None:
        end = trio.Event()
        token = trio.lowlevel.current_trio_token()
        async with TrioAuthenticator(context, log=log) as authenticator:
            running.set_result((authenticator, lambda: token.run_sync_soon(end.set)))
            await end.wait()

    def run() -> None:
        try:
            trio.run(main)
        except BaseException as error:
            if running.done():
                raise
            running.set_exception(error)

    thread = threading.Thread(target=run)
    thread.start()
    authenticator, stop = running.result(10)
    yield authenticator
    stop()
    thread.join()


FLAVOURS = {
    "thread": _in_thread,
    "asyncio": _in_asyncio,
    "trio": _in_trio,
    "by hand": _by_hand,
}


@pytest.fixture(params=FLAVOURS)
def authenticator(
    request: pytest.FixtureRequest, context: zmq.Context[Any], log: logging.Logger
) -> Iterator[zmq.auth.Authenticator]:
    """A running authenticator of the test's context, of each flavour in turn."""
    with FLAVOURS[request.param](context, log) as running:
        yield running


@pytest.fixture
def thread_authenticator(
    context: zmq.Context[Any], log: logging.Logger
) -> Iterator[ThreadAuthenticator]:
    """A running authenticator of the test's context, where one flavour will do."""
    authenticator = ThreadAuthenticator(context, log=log)
    authenticator.start()
    yield authenticator
    authenticator.stop()


@pytest.fixture
def bind(make_socket: Callable[..., zmq.Socket[bytes]]) -> Callable[..., Any]:
    """Bind a server to a tcp port: `bind(zap_domain=b"global")`."""

    def make(**options: Any) -> zmq.Socket[bytes]:
        server = make_socket(zmq.PULL, **options)
        server.bind("tcp://127.0.0.1:0")
        return server

    return make


class Outcome(NamedTuple):
    """What the client's monitor said first about its handshake."""

    event: int
    value: int

    @property
    def accepted(self) -> bool:
        return self.event == zmq.EVENT_HANDSHAKE_SUCCEEDED

    @property
    def refused(self) -> bool:
        """Whether the server's answer was status 400."""
        return self == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400)


@contextmanager
def monitored(socket: zmq.Socket[bytes]) -> Iterator[Callable[[], Outcome]]:
    """Monitor a socket; the function waits for the next outcome of a handshake."""
    monitor = socket.get_monitor_socket(HANDSHAKE_EVENTS)

    def next_outcome() -> Outcome:
        assert monitor.poll(10_000), "no handshake took place"
        message = recv_monitor_message(monitor)
        return Outcome(message["event"], message["value"])

    yield next_outcome
    socket.disable_monitor()
    monitor.close()


@pytest.fixture(name="monitored")
def _monitored() -> Callable[..., Any]:
    """Monitor a socket, see `monitored`."""
    return monitored


@pytest.fixture
def handshake(make_socket: Callable[..., zmq.Socket[bytes]]) -> Callable[..., Outcome]:
    """Connect a new client, and return the outcome of its handshake.

    `handshake(server, send=b"hello", plain_username=b"alice")`
    """

    def connect(
        server: zmq.Socket[bytes] | str, send: bytes = b"", **options: Any
    ) -> Outcome:
        endpoint = server if isinstance(server, str) else server.last_endpoint.decode()
        client = make_socket(zmq.PUSH, **options)
        with monitored(client) as next_outcome:
            client.connect(endpoint)
            outcome = next_outcome()
        if send:
            client.send(send)
        else:
            client.close(linger=0)
        return outcome

    return connect


@pytest.fixture
def ask(make_socket: Callable[..., zmq.Socket[bytes]]) -> Callable[..., list[bytes]]:
    """Send a request to the handler as libzmq would, and return its reply."""

    def ask(*frames: bytes) -> list[bytes]:
        # a new one each time: inproc does not reconnect to a new handler
        with make_socket(zmq.REQ, linger=0) as socket:
            socket.connect(zap.ENDPOINT)
            socket.send_multipart(frames)
            assert socket.poll(10_000), "no reply"
            return socket.recv_multipart()

    return ask


@pytest.fixture(scope="session")
def peer_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python interpreter that has the PyPI pyzmq."""
    for name in PEER_VARIABLES:
        if name in os.environ:
            return os.environ[name]
    directory = tmp_path_factory.mktemp("peer") / "env"
    python = directory / ("Scripts" if os.name == "nt" else "bin") / "python"
    uv = [sys.executable, "-m", "uv"]
    for command in (
        [*uv, "venv", "-q", "--python", sys.executable, str(directory)],
        [*uv, "pip", "install", "-q", "--python", str(python), "pyzmq>=27,<28"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no PyPI pyzmq: {done.stderr.strip()}")
    return str(python)
