"""Asking the user's own code about a client's key."""

from __future__ import annotations

import inspect
import time
from collections.abc import Awaitable
from typing import Callable, Protocol

from .deadline import within


class CredentialsProvider(Protocol):
    """Decides on the keys of clients, from a database for example."""

    def callback(self, domain: str, key: bytes, /) -> bool | Awaitable[bool]:
        """Tell whether a client may enter.

        :param domain: the ``zap_domain`` of the server socket, or ``"*"`` if it has
            none.
        :param key: the client's public key, 40 bytes of Z85.
        :returns: True to let the client in; or an awaitable of that, which may take
            `Authenticator.provider_timeout` seconds. Whatever this raises refuses the
            client. A function that is no coroutine function holds up all other clients
            until it returns.
        """
        ...


async def ask_provider(
    provider: CredentialsProvider,
    timeout: float,
    clock: Callable[[str, float], None],
    domain: str,
    key: bytes,
) -> bool:
    """Ask a provider, synchronous or not, and wait `timeout` seconds at most.

    :param clock: is told the domain, and how many seconds it took.
    :raises DeadlineError: when an asynchronous provider has not answered by then.
    """
    start = time.monotonic()
    try:
        answer = provider.callback(domain, key)
        if not inspect.isawaitable(answer):
            return bool(answer)
        return bool(await within(timeout, answer))
    finally:
        clock(domain, time.monotonic() - start)
