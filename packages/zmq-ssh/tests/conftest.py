"""A real sshd on a random port of loopback, with keys and users of its own."""

from __future__ import annotations

import getpass
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Callable, NamedTuple

import pytest
from tests.fixtures.sockets import SocketFactory
from tests.fixtures.threads import Running
from tests.fixtures.waiting import wait_for

import zmq
from zmq import ssh
from zmq.ssh import Tunnel


def _tool(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if path is None:
        pytest.skip(f"there is no {name}; on Debian: apt-get install openssh-server")
    return path


def _understands(line: str, host_key: Path) -> bool:
    test = [_tool("sshd"), "-t", "-f", os.devnull, "-h", str(host_key), "-o", line]
    return subprocess.run(test, stderr=subprocess.DEVNULL, check=False).returncode == 0


class Keys(NamedTuple):
    """Private keys; each has its public one beside it."""

    host: Path
    plain: Path
    locked: Path
    unlocked: Path
    stranger: Path
    passphrase: str


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Make ed25519 keys: all but the host's and the stranger's are let in."""
    directory = tmp_path_factory.mktemp("keys")
    passphrase = "open the key"

    def make(name: str) -> Path:
        options = ["-q", "-t", "ed25519", "-N", "", "-C", name]
        command = [_tool("ssh-keygen"), *options, "-f", str(directory / name)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
        return directory / name

    made = [make("host"), make("plain"), make("unlocked")]
    # the same key twice, once with a passphrase
    locked = directory / "locked"
    shutil.copy(made[2], locked)
    shutil.copy(f"{made[2]}.pub", f"{locked}.pub")
    change = ["-q", "-p", "-P", "", "-N", passphrase, "-f", str(locked)]
    subprocess.run([_tool("ssh-keygen"), *change], check=True)
    return Keys(made[0], made[1], locked, made[2], make("stranger"), passphrase)


class User(NamedTuple):
    """Somebody who can log in."""

    name: str
    password: str


@pytest.fixture(scope="session")
def user() -> Iterator[User]:
    """A temporary user when we may make one, else ourselves without a password."""
    if os.geteuid() != 0 or shutil.which("useradd") is None:
        yield User(getpass.getuser(), "")
        return
    made = User(f"zmq{secrets.token_hex(4)}", secrets.token_hex(8))
    subprocess.run(["useradd", "-m", "-s", "/bin/sh", made.name], check=True)
    try:
        line = f"{made.name}:{made.password}"
        subprocess.run(["chpasswd"], input=line, text=True, check=True)
        yield made
    finally:
        subprocess.run(["userdel", "-r", made.name], check=True, capture_output=True)


@pytest.fixture(scope="session")
def password(user: User) -> str:
    """The password of the user."""
    if not user.password:
        pytest.skip("only root can make a user with a password")
    return user.password


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Sshd:
    """A running sshd."""

    def __init__(self, directory: Path, keys: Keys, user: User, options: str) -> None:
        self._directory = directory
        self.user = user
        allowed = directory / "authorized_keys"
        names = (keys.plain, keys.locked)
        allowed.write_text("".join(Path(f"{key}.pub").read_text() for key in names))
        allowed.chmod(0o644)
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        self.host_key = keys.host
        self._options = options
        for _ in range(5):
            if self._start():
                break
        else:
            pytest.fail(f"sshd did not start: {self.log()}")

    def _start(self) -> bool:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        config = self._directory / "sshd_config"
        # Clients that fail on purpose must not be shut out (OpenSSH 9.8 and later).
        tolerance = "PerSourcePenalties no"
        if not _understands(tolerance, self.host_key):
            tolerance = ""
        # the first line that sets something wins
        config.write_text(
            f"""{self._options}
Port {self.port}
ListenAddress 127.0.0.1
HostKey {self.host_key}
PidFile none
AuthorizedKeysFile {self._directory / "authorized_keys"}
StrictModes no
UsePAM no
PasswordAuthentication yes
KbdInteractiveAuthentication no
MaxStartups 100
UseDNS no
{tolerance}
"""
        )
        log = str(self._directory / "log")
        command = [_tool("sshd"), "-D", "-f", str(config), "-E", log]
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            wait_for(lambda: _listens(self.port) or self.process.poll() is not None, 20)
        except TimeoutError:
            self.stop()
        return self.process.poll() is None

    @property
    def address(self) -> str:
        """What a client is given."""
        return f"{self.user.name}@127.0.0.1:{self.port}"

    def log(self) -> str:
        """What sshd wrote."""
        path = self._directory / "log"
        return path.read_text() if path.exists() else ""

    def signal(self, number: int) -> None:
        """Send a signal to the server and all its sessions."""
        for pid in [*descendants(self.process.pid), self.process.pid]:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue

    def stop(self) -> None:
        """Kill it with all its sessions."""
        self.signal(signal.SIGKILL)
        self.process.wait()


def descendants(pid: int) -> list[int]:
    """The ids of all processes below one."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    children: dict[int, list[int]] = {}
    for line in listing.stdout.splitlines():
        child, parent = map(int, line.split())
        children.setdefault(parent, []).append(child)
    found, todo = [], [pid]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


SshdFactory = Callable[..., Sshd]
Login = Callable[..., "dict[str, Any]"]


@contextmanager
def running_sshd(keys: Keys, user: User, options: str) -> Iterator[Sshd]:
    """Run a server in a directory that the user can read, unlike those of pytest."""
    with tempfile.TemporaryDirectory(prefix="zmq-sshd") as directory:
        os.chmod(directory, 0o755)
        server = Sshd(Path(directory), keys, user, options)
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def sshd(keys: Keys, user: User) -> Iterator[Sshd]:
    """The server that most tests share."""
    with running_sshd(keys, user, "") as server:
        yield server


class Home:
    """The client's side: known hosts, default keys, configuration, agent."""

    def __init__(self, directory: Path, patch: pytest.MonkeyPatch) -> None:
        self.ssh = directory / ".ssh"
        self.ssh.mkdir(mode=0o700)
        self.known_hosts = self.ssh / "known_hosts"
        self.config = self.ssh / "config"
        self.config.write_text(
            f"UserKnownHostsFile {self.known_hosts}\n"
            "GlobalKnownHostsFile /dev/null\n"
            f"IdentityFile {self.ssh / 'id_ed25519'}\n"
        )
        # ssh takes the home of the password file, and a configuration only as -F
        command = directory / "bin" / "ssh"
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec {_tool("ssh")} -F {self.config} "$@"\n')
        command.chmod(0o755)
        patch.setenv("HOME", str(directory))
        patch.setenv("PATH", f"{command.parent}:{os.environ['PATH']}")
        for name in ("SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY"):
            patch.delenv(name, raising=False)

    def know(self, server: Sshd, key: Path | None = None) -> None:
        """Put the key of a server into known_hosts."""
        public = Path(f"{key or server.host_key}.pub").read_text()
        with self.known_hosts.open("a") as file:
            file.write(f"[127.0.0.1]:{server.port} {public}")

    def use_key(self, key: Path) -> None:
        """Make it the default key."""
        shutil.copy(key, self.ssh / "id_ed25519")
        shutil.copy(f"{key}.pub", self.ssh / "id_ed25519.pub")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sshd: Sshd) -> Home:
    """A home that knows the shared server, and has no key."""
    home = Home(tmp_path, monkeypatch)
    home.know(sshd)
    return home


@pytest.fixture
def make_sshd(keys: Keys, user: User, home: Home) -> Iterator[SshdFactory]:
    """Start a server, known at home: `make_sshd("AllowTcpForwarding no")`."""
    with ExitStack() as stack:

        def make(options: str = "") -> Sshd:
            server = stack.enter_context(running_sshd(keys, user, options))
            home.know(server)
            return server

        yield make


@pytest.fixture(params=[False, True], ids=["openssh", "paramiko"])
def paramiko(request: pytest.FixtureRequest) -> bool:
    """Whether to use paramiko: each implementation in turn."""
    if request.param:
        pytest.importorskip("paramiko")
    return bool(request.param)


@pytest.fixture
def login(home: Home, sshd: Sshd, keys: Keys, paramiko: bool) -> Login:
    """Make the arguments of `open_tunnel` that log in to the shared server.

    A test names only those that it is about: `login(keyfile=None)`.
    """

    def login(**others: Any) -> dict[str, Any]:
        usual = {"server": sshd.address, "keyfile": str(keys.plain), "timeout": 10}
        return {**usual, "paramiko": paramiko, **others}

    return login


@pytest.fixture
def make_tunnel(paramiko: bool) -> Callable[..., Tunnel]:
    """`openssh_tunnel` or `paramiko_tunnel`, which begin at a given port."""
    return ssh.paramiko_tunnel if paramiko else ssh.openssh_tunnel


@pytest.fixture
def echo(
    make_socket: SocketFactory, in_thread: Callable[..., Running[None]]
) -> Iterator[Callable[..., str]]:
    """Start a zmq service that sends everything back; returns its address."""
    stopping = threading.Event()

    def serve(service: zmq.Socket[bytes]) -> None:
        while not stopping.is_set():
            if service.poll(20):
                service.send_multipart(service.recv_multipart())

    def start(host: str = "127.0.0.1") -> str:
        service = make_socket(zmq.REP)
        service.bind(f"tcp://{host}:0")
        in_thread(serve, service)
        return service.last_endpoint.decode()

    yield start
    stopping.set()


@pytest.fixture
def client(make_socket: SocketFactory) -> zmq.Socket[bytes]:
    """A socket that asks such a service."""
    return make_socket(zmq.REQ, rcvtimeo=20_000, sndtimeo=20_000, linger=0)


@pytest.fixture
def ask(client: zmq.Socket[bytes]) -> Callable[..., bytes]:
    """Send a message to the service; returns the answer."""

    def ask(message: bytes = b"hello") -> bytes:
        client.send(message)
        return client.recv()

    return ask


@pytest.fixture
def listens() -> Callable[[int], bool]:
    """Whether somebody listens on a local port."""
    return _listens


@pytest.fixture
def nothing_is_left() -> Iterator[None]:
    """No thread and no process of a tunnel is there after a test."""
    yield
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if "zmq.ssh" in name or "paramiko" in name]
    processes = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())],
        capture_output=True,
        text=True,
    )
    assert "LocalCommand" not in processes.stdout
