"""What paramiko does about the key of a server that it does not know."""

from __future__ import annotations

import os
from typing import Any

from .errors import HostKeyError

VARIABLE = "PYZMQ_PARAMIKO_HOST_KEY_POLICY"
"""Names one of paramiko's policies, for instance ``AutoAdd`` or ``Warning``."""


class Refuse:
    """The default: an unknown server is an error."""

    def __init__(self, server: str) -> None:
        self._server = server

    def missing_host_key(self, _client: object, hostname: str, key: Any) -> None:
        """Raise, naming the key, so that it can be compared and added."""
        raise HostKeyError(
            self._server,
            f"the server's key is not known, no entry for {hostname} in known_hosts;"
            f" it is {key.get_name()} {key.get_base64()}",
        )


def host_key_policy(paramiko: Any, server: str) -> Any:
    """Return the policy that the environment names, else one that refuses.

    :raises ValueError: when the environment names a policy that paramiko does not have.
    """
    name = os.environ.get(VARIABLE, "")
    if name in ("", "Reject", "RejectPolicy"):
        return Refuse(server)
    policy = getattr(paramiko, name if name.endswith("Policy") else f"{name}Policy", "")
    if not (isinstance(policy, type) and hasattr(policy, "missing_host_key")):
        raise ValueError(f"{VARIABLE}={name}: it must be AutoAdd, Warning or Reject")
    return policy()
