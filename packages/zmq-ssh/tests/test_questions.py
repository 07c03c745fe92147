"""A person at a terminal is asked what ssh asks."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(
    not hasattr(os, "openpty"), reason="needs pseudo-terminals"
)

PROGRAM = """
import sys
from zmq import ssh
server, port, key, paramiko = sys.argv[1:]
try:
    url, tunnel = ssh.open_tunnel(
        f"tcp://127.0.0.1:{port}", server, key or None, None, paramiko == "True", 10
    )
except ssh.TunnelError as error:
    print(type(error).__name__, error)
else:
    with tunnel:
        print("it stands")
print("the end")
"""


class Person:
    """Types at the terminal of a program, and reads what it prints."""

    def __init__(self, *arguments: str) -> None:
        self._terminal, other = os.openpty()
        # a session leader that opens a terminal gets it for its own
        open_it = 'exec "$@" <"$0" >"$0" 2>&1'
        command = [sys.executable, "-c", PROGRAM, *arguments]
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", open_it, os.ttyname(other), *command],
            stdin=other,
            stdout=other,
            stderr=other,
            start_new_session=True,
        )
        os.close(other)
        self.seen = ""

    def read_until(self, text: str) -> None:
        while text not in self.seen:
            self.read_more()

    def read_more(self) -> None:
        ready, _, _ = select.select([self._terminal], [], [], 20)
        assert ready, self.seen
        self.seen += os.read(self._terminal, 4096).decode()

    def answer_all(self, question: str, answer: str, end: str) -> None:
        """Type the same whenever asked, until the end: ssh asks three times."""
        answered = 0
        while end not in self.seen:
            asked = self.seen.count(question)
            if asked > answered and self.seen.endswith(": "):
                answered = asked
                self.type(answer)
            self.read_more()

    def type(self, text: str) -> None:
        os.write(self._terminal, f"{text}\n".encode())

    def leave(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)


@pytest.fixture
def sit_down(home: Any, sshd: Any, paramiko: bool) -> Any:
    people = []

    def start(key: str) -> Person:
        person = Person(sshd.address, str(sshd.port), key, str(paramiko))
        people.append(person)
        return person

    yield start
    for person in people:
        person.leave()


def test_a_passphrase_is_typed(sit_down: Any, keys: Any) -> None:
    person = sit_down(str(keys.locked))
    person.read_until("passphrase")
    person.type(keys.passphrase)
    person.read_until("the end")
    assert "it stands" in person.seen
    assert keys.passphrase not in person.seen


def test_a_password_is_typed(sit_down: Any, password: str) -> None:
    person = sit_down("")
    person.read_until("password")
    person.type(password)
    person.read_until("the end")
    assert "it stands" in person.seen
    assert password not in person.seen


def test_a_wrong_password_is_typed(sit_down: Any, password: str) -> None:
    person = sit_down("")
    person.answer_all("password", "wrong", "the end")
    assert "AuthenticationError" in person.seen
