"""What ssh is told when it asks, without any ssh."""

from __future__ import annotations

import sys

import pytest

from zmq.ssh import AuthenticationError, ForwardError, HostKeyError, TunnelError
from zmq.ssh._answers import Answers
from zmq.ssh._reasons import explain
from zmq.ssh.errors import PortTakenError, TunnelTimeoutError

KEY = "Enter passphrase for key '/a':"
OTHER = "Enter passphrase for key '/b':"
PASSWORD = "me@host's password:"


def asked(*questions: str, secret: str = "secret") -> list[str]:
    answers = Answers("me@host", secret)
    return [answers(question, f"... {question}") for question in questions]


def test_a_passphrase_opens_a_key() -> None:
    assert asked(KEY) == ["secret"]


def test_a_password_is_sent_once() -> None:
    assert asked(PASSWORD) == ["secret"]
    with pytest.raises(AuthenticationError, match="refused the password"):
        asked(PASSWORD, PASSWORD)


def test_what_opens_no_key_may_be_the_password() -> None:
    questions = (KEY, KEY, OTHER, OTHER, PASSWORD)
    assert asked(*questions) == ["secret", "", "secret", "", "secret"]


def test_what_opened_a_key_is_not_sent_as_a_password() -> None:
    with pytest.raises(AuthenticationError, match="refused the key"):
        asked(KEY, PASSWORD)
    with pytest.raises(AuthenticationError, match="refused the key"):
        asked(KEY, KEY, OTHER, PASSWORD)


def test_other_questions_have_no_answer() -> None:
    with pytest.raises(AuthenticationError, match="Verification code"):
        asked("Verification code:")


def test_without_a_terminal_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(AuthenticationError, match="me@host's password"):
        Answers("me@host", None)(PASSWORD, PASSWORD)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Host key verification failed.", HostKeyError),
        ("me@host: Permission denied (publickey,password).", AuthenticationError),
        ("Received disconnect: Too many authentication failures", AuthenticationError),
        ("channel_setup_fwd_listener_tcpip: cannot listen to port: 1", PortTakenError),
        ("channel 2: open failed: connect failed: Connection refused", ForwardError),
        ("channel 2: open failed: connect failed: Connection timed out", ForwardError),
        ("Connection timed out during banner exchange", TunnelTimeoutError),
        ("ssh: Could not resolve hostname x: Name or service not known", TunnelError),
        ("", TunnelError),
    ],
)
def test_words_have_their_errors(said: str, kind: type[TunnelError]) -> None:
    error = explain("me@host", said)
    assert type(error) is kind
    assert error.output == said
    assert str(error).startswith("tunnel through me@host: ")
    assert said in str(error)
