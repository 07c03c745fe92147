"""PLAIN: users and their passwords."""

from __future__ import annotations

import hmac
import os
from typing import Any

# a key that nobody else knows makes the compared digests unpredictable
_KEY = os.urandom(32)

WRONG_PASSWORD = "Invalid password"  # noqa: S105
"""The reason for which a user that exists is refused."""


def same_secret(given: bytes, expected: bytes) -> bool:
    """Compare two secrets in a time that depends on neither, nor on their lengths."""
    return hmac.compare_digest(
        hmac.digest(_KEY, given, "sha256"), hmac.digest(_KEY, expected, "sha256")
    )


class PlainPolicy:
    """Lets in the clients that know the password of a user."""

    log: Any
    encoding: str
    passwords: dict[str, dict[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.passwords = {}

    def configure_plain(
        self, domain: str = "*", passwords: dict[str, str] | None = None
    ) -> None:
        """Set the users that PLAIN lets into a domain.

        :param domain: the ``zap_domain`` of the server sockets; ``"*"`` (the default)
            stands for all domains that have no passwords of their own.
        :param passwords: from user names to passwords. The dictionary is kept, so that
            changes of it have an effect at once. None (the default) changes nothing.
        :raises TypeError: when they are something else.
        """
        if passwords is None:
            return
        if not hasattr(passwords, "keys"):
            given = type(passwords).__name__  # not what it holds: it may be secret
            raise TypeError(f"passwords must be a mapping of str to str, not {given}")
        self.passwords[domain] = passwords
        self.log.debug("PLAIN: domain %r has %d users", domain, len(passwords))

    def _plain_refusal(self, domain: str, username: bytes, password: bytes) -> str:
        """Say why a user is refused, or nothing; both take the same time."""
        if not self.passwords:
            return "No passwords defined"
        users = self.passwords.get(domain, self.passwords.get("*"))
        if users is None:
            return "Invalid domain"
        try:
            expected = users[username.decode(self.encoding)].encode(self.encoding)
        except (KeyError, UnicodeError):
            same_secret(password, b"")
            return "Invalid username"
        return "" if same_secret(password, expected) else WRONG_PASSWORD
