"""Tunnels made by the ssh command of OpenSSH."""

from __future__ import annotations

import secrets
import sys
import time
from typing import TYPE_CHECKING

from ._answers import Answers
from ._command import ssh_command
from ._deadline import Deadline
from ._process import SSHProcess
from ._reasons import OPEN_FAILED, explain
from ._tunnel import Tunnel
from ._verify import answers
from .errors import AuthenticationError, HostKeyError, TunnelTimeoutError

if TYPE_CHECKING:
    from typing_extensions import Self

    from ._address import Target

_STEP_S = 0.02
_HOST_KEY_QUESTION = "(yes/no"


class OpenSSHTunnel(Tunnel, int):
    """A tunnel kept up by a process of ssh; as a number it is the process id.

    So what was written for a function that returned the process id goes on working.
    """

    _process: SSHProcess

    def __new__(
        cls, process: SSHProcess, server: str, local_port: int, remote: Target
    ) -> Self:
        """Hold on to a process that has logged in and listens."""
        self = int.__new__(cls, process.pid)
        self._process = process
        self._stands(server, local_port, remote)
        process.on_end = self._note_end
        if process.ended.is_set():
            self._note_end()
        return self

    @property
    def pid(self) -> int:
        """The id of the ssh process."""
        return int(self)

    def join(self, timeout: float | None = None) -> None:
        """Wait until the process has ended, `timeout` seconds at most."""
        if self._process.ended.wait(timeout):
            # Its thread may be about to: whoever has waited finds it done.
            self._note_end()

    def _note_end(self) -> None:
        self._ended("it has ended", self._process.output.fresh)

    def _take_down(self) -> None:
        self._process.stop()

    def _abandon(self) -> None:
        """Do nothing: the process sees to that itself, also before a tunnel stands."""


def make_tunnel(
    local_port: int,
    remote: Target,
    server: str,
    keyfile: str | None,
    password: str | None,
    deadline: Deadline,
    *,
    verify: bool,
) -> OpenSSHTunnel:
    """Start ssh, and return when its tunnel is known to lead somewhere."""
    process = _logged_in(server, keyfile, password, deadline, (local_port, remote))
    tunnel = OpenSSHTunnel(process, server, local_port, remote)
    try:
        if verify:
            _verify(tunnel, process, deadline)
    except BaseException:
        tunnel.close()
        raise
    return tunnel


def try_login(server: str, keyfile: str | None, timeout: float) -> bool:
    """Whether login works without asking for anything."""
    try:
        _logged_in(server, keyfile, False, Deadline(timeout), None).stop()
    except AuthenticationError:
        return False
    return True


def _logged_in(
    server: str,
    keyfile: str | None,
    password: str | bool | None,
    deadline: Deadline,
    forward: tuple[int, Target] | None,
) -> SSHProcess:
    ask = password is not False and sys.platform != "win32"
    ready = f"zmq-ssh-{secrets.token_hex(8)}"
    command = ssh_command(server, ready, deadline.seconds, keyfile, forward, ask=ask)
    # a program that asks in a window must not be asked when the answer is here
    environment = {"SSH_ASKPASS_REQUIRE": "never"} if password else {}
    secret = password if isinstance(password, str) else None
    process = SSHProcess(command, environment)
    try:
        _converse(process, server, ready, Answers(server, secret), deadline)
    except BaseException:
        process.stop()
        raise
    # what it says from now on is about the tunnel
    process.output.take()
    return process


def _converse(
    process: SSHProcess,
    server: str,
    ready: str,
    answer: Answers,
    deadline: Deadline,
) -> None:
    """Answer what ssh asks until it is ready."""
    while not process.output.wait(ready, _STEP_S):
        said = process.output.fresh
        if _HOST_KEY_QUESTION in said:
            raise HostKeyError(server, "the server's key is not known", said)
        if process.output.ended:
            raise explain(server, process.output.text)
        question = process.question()
        if question:
            began = time.monotonic()
            process.answer(answer(question, said))
            deadline.extend(time.monotonic() - began)
        elif deadline.passed:
            raise TunnelTimeoutError(
                server, f"ssh was not ready within {deadline.seconds:g} s", said
            )


def _verify(tunnel: OpenSSHTunnel, process: SSHProcess, deadline: Deadline) -> None:
    """Raise unless the tunnel leads to somebody."""
    try:
        if answers(tunnel.local_port, deadline):
            return
    except TimeoutError:
        raise TunnelTimeoutError(
            tunnel.server,
            f"no sign of {tunnel.remote} within {deadline.seconds:g} s",
            process.output.fresh,
        ) from None
    except OSError:
        # it does not listen any more, and has said why
        process.ended.wait(1)
    # ssh says it before it hangs up; only our thread may still have to read it
    if process.output.wait(OPEN_FAILED, 0.2) or process.output.ended:
        raise explain(tunnel.server, process.output.fresh)
