"""Tunnels made with paramiko, in threads of this process."""

from __future__ import annotations

import getpass
import socket
import sys
import threading
from typing import TYPE_CHECKING, Any

from ._address import parse_server
from ._command import checked_keyfile
from ._deadline import Deadline
from ._dial import cut_off_at, dial
from ._keepalive import PATIENCE_S, Keepalive
from ._policy import host_key_policy
from ._tunnel import Tunnel
from .errors import (
    AuthenticationError,
    ForwardError,
    HostKeyError,
    PortTakenError,
    TunnelError,
    TunnelTimeoutError,
)
from .forward import ForwardServer, handler_class

if TYPE_CHECKING:
    from ._address import Target

_POLL_S = 0.1


def load_paramiko() -> Any:
    """Return the module, or raise ImportError that names the line to type."""
    paramiko: Any = None
    try:
        # It has no types. A statement: programs that freeze others look for those.
        if not TYPE_CHECKING:
            import paramiko
    except ImportError as error:
        raise ImportError(
            "tunnels with paramiko need paramiko: pip install 'zmq-ssh[paramiko]'"
        ) from error
    return paramiko


class _Server(ForwardServer):
    """Stops serving when the connection to the ssh server is lost."""

    transport: Any
    keepalive: Keepalive

    def service_actions(self) -> None:
        # raised because shutdown() waits for serve_forever(), which calls this
        if self.keepalive.overdue:
            raise ConnectionError(f"no answer for {PATIENCE_S:g} s")
        if not self.transport.is_active():
            raise ConnectionError(self.transport.saved_exception or "it hung up")


class ParamikoTunnel(Tunnel):
    """A tunnel kept up by threads of this process."""

    def __init__(
        self, client: Any, server: str, local_port: int, remote: Target
    ) -> None:
        self._client = client
        transport = client.get_transport()
        handler = handler_class(remote.host, remote.port, transport)
        try:
            self._forward = _Server(("127.0.0.1", local_port), handler)
        except OSError as error:
            raise PortTakenError(
                server, "the local port is taken", str(error)
            ) from error
        self._forward.transport = transport
        self._forward.keepalive = Keepalive(transport)
        self._stands(server, local_port, remote)
        self._thread = threading.Thread(
            target=self._serve, name=f"zmq.ssh tunnel {local_port}", daemon=True
        )
        self._thread.start()

    def join(self, timeout: float | None = None) -> None:
        """Wait until the tunnel has ended, `timeout` seconds at most."""
        if self._thread is not threading.current_thread():
            self._thread.join(timeout)

    def _serve(self) -> None:
        try:
            self._forward.serve_forever(_POLL_S)
        except ConnectionError as error:
            self._release()
            self._ended("the connection to the server was lost", str(error))

    def _take_down(self) -> None:
        self._forward.shutdown()
        self.join()
        self._release()

    def _release(self) -> None:
        # first this, since it wakes the threads that the others wait for
        _close(self._client)
        self._forward.server_close()
        self._forward.keepalive.stop()

    def _abandon(self) -> None:
        self._forward.socket.close()
        self._forward.transport.sock.close()


def make_tunnel(
    local_port: int,
    remote: Target,
    server: str,
    keyfile: str | None,
    password: str | None,
    deadline: Deadline,
    *,
    verify: bool,
) -> ParamikoTunnel:
    """Log in, and return when the tunnel is known to lead somewhere."""
    client = _logged_in(server, keyfile, password, deadline)
    try:
        if verify:
            _verify(client, server, remote, deadline)
        return ParamikoTunnel(client, server, local_port, remote)
    except BaseException:
        _close(client)
        raise


def try_login(server: str, keyfile: str | None, timeout: float) -> bool:
    """Whether login works without a password."""
    try:
        client = _logged_in(server, keyfile, False, Deadline(timeout))
    except AuthenticationError:
        return False
    _close(client)
    return True


def _logged_in(
    server: str, keyfile: str | None, password: str | bool | None, deadline: Deadline
) -> Any:
    secret = password if isinstance(password, str) else None
    try:
        return _connect(server, keyfile, secret, deadline)
    except AuthenticationError:
        if password is not None or not sys.stdin or not sys.stdin.isatty():
            raise
    secret = getpass.getpass(f"password or passphrase for {server}: ")
    return _connect(server, keyfile, secret, Deadline(deadline.seconds))


def _connect(
    server: str, keyfile: str | None, secret: str | None, deadline: Deadline
) -> Any:
    paramiko = load_paramiko()
    user, host, port = parse_server(server)
    arguments = _credentials(paramiko, server, keyfile, secret)
    client = paramiko.SSHClient()
    try:
        client.load_system_host_keys()
        client.set_missing_host_key_policy(host_key_policy(paramiko, server))
        connection = dial(host, port or 22, deadline)
        try:
            with cut_off_at(deadline, connection):
                client.connect(
                    host,
                    port or 22,
                    user or getpass.getuser(),
                    sock=connection,
                    timeout=deadline.left,
                    banner_timeout=deadline.left,
                    auth_timeout=deadline.left,
                    **arguments,
                )
        except BaseException:
            connection.close()
            raise
    except BaseException as error:
        _close(client)
        translated = _translate(paramiko, server, deadline, error)
        if translated is error:
            raise
        raise translated from error
    return client


def _credentials(
    paramiko: Any, server: str, keyfile: str | None, secret: str | None
) -> dict[str, Any]:
    """Return what to log in with.

    What has opened a key is never sent to the server as a password.
    """
    if keyfile is None:
        return {"password": secret}
    path = checked_keyfile(server, keyfile)
    alone: dict[str, Any] = {"look_for_keys": False, "allow_agent": False}
    try:
        return {**alone, "pkey": paramiko.PKey.from_path(path), "password": secret}
    except (TypeError, paramiko.SSHException, ValueError):
        # encrypted, or no key at all
        pass
    try:
        key = paramiko.PKey.from_path(path, (secret or "").encode())
        return {**alone, "pkey": key}
    except (TypeError, paramiko.SSHException, ValueError) as error:
        # the agent may have it unlocked
        if _has_agent(paramiko):
            return {"look_for_keys": False, "password": secret}
        raise AuthenticationError(
            server, f"the key file {keyfile} cannot be opened", str(error)
        ) from error


def _has_agent(paramiko: Any) -> bool:
    """Whether an agent is there and holds keys."""
    agent = paramiko.Agent()
    try:
        return bool(agent.get_keys())
    finally:
        agent.close()


def _translate(
    paramiko: Any, server: str, deadline: Deadline, error: BaseException
) -> BaseException:
    """Return one of our errors for one of paramiko's."""
    said = str(error)
    if isinstance(error, (TunnelError, ValueError, ImportError)):
        return error
    if isinstance(error, paramiko.BadHostKeyException):
        return HostKeyError(server, "the server's key has changed", said)
    if isinstance(error, (socket.timeout, TimeoutError)) or (
        deadline.passed and isinstance(error, Exception)
    ):
        reason = f"no login within {deadline.seconds:g} s"
        return TunnelTimeoutError(server, reason, said)
    if isinstance(error, paramiko.AuthenticationException):
        return AuthenticationError(server, "login failed", said)
    if isinstance(error, paramiko.SSHException):
        # no key, no password, no agent: it does not even try
        nothing = "No authentication methods available" in said
        kind = AuthenticationError if nothing else TunnelError
        return kind(server, "login failed", said)
    if isinstance(error, (OSError, EOFError)):
        return TunnelError(server, "the server cannot be reached", said)
    return error


def _verify(client: Any, server: str, remote: Target, deadline: Deadline) -> None:
    """Raise unless the server can connect to the remote address."""
    paramiko = load_paramiko()
    try:
        channel = client.get_transport().open_channel(
            "direct-tcpip", tuple(remote), ("127.0.0.1", 0), timeout=deadline.left
        )
        channel.close()
    except paramiko.ChannelException as error:
        raise ForwardError(
            server, "the remote address cannot be reached", f"{remote}: {error.text}"
        ) from error
    except (paramiko.SSHException, OSError, EOFError) as error:
        if deadline.passed:
            reason = f"no sign of {remote} within {deadline.seconds:g} s"
            raise TunnelTimeoutError(server, reason, str(error)) from error
        raise TunnelError(server, "the server hung up", str(error)) from error


def _close(client: Any) -> None:
    """Close a connection and wait for its thread."""
    transport = client.get_transport()
    client.close()
    if transport is not None:
        transport.join()
