"""What ssh is told when it asks for a secret, and what it is not told."""

from __future__ import annotations

import getpass
import sys

from .errors import AuthenticationError


class Answers:
    """Answers questions for passwords and passphrases.

    The same secret serves for both, as there is one argument for it. But what has
    opened a key is never sent to the server as a password.

    :param server: the server, for messages.
    :param secret: the password or passphrase; None to ask the person at the terminal.
    """

    def __init__(self, server: str, secret: str | None) -> None:
        self._server = server
        self._secret = secret
        self._asked: set[str] = set()
        self._unfit: set[str] = set()
        self._password_sent = False

    def __call__(self, question: str, said: str) -> str:
        """Return what to type at a question; errors quote what was said before it.

        :raises AuthenticationError: when there is nothing to say, or saying it again is
            useless.
        """
        if self._secret is None:
            return self._ask(question, said)
        if "passphrase" in question.lower():
            return self._passphrase(question)
        if "password" in question.lower():
            return self._password(said)
        raise self._error("no answer to what ssh asks", said)

    def _passphrase(self, question: str) -> str:
        assert self._secret is not None
        if question not in self._asked:
            self._asked.add(question)
            return self._secret
        # Asked once more, so it was wrong. Nothing makes ssh go on without this key.
        self._unfit.add(question)
        return ""

    def _password(self, said: str) -> str:
        assert self._secret is not None
        if self._asked - self._unfit:
            raise self._error("the server refused the key, and asks", said)
        if self._password_sent:
            raise self._error("the server refused the password", said)
        self._password_sent = True
        return self._secret

    def _ask(self, question: str, said: str) -> str:
        if not sys.stdin or not sys.stdin.isatty():
            raise self._error("no password or passphrase was given, and ssh asks", said)
        return getpass.getpass(f"{question} ")

    def _error(self, reason: str, said: str) -> AuthenticationError:
        return AuthenticationError(self._server, reason, said)
