"""What a check of the user's own is asked, and what it may answer."""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Callable, Union

from . import metadata
from .verdict import Verdict, accept, refuse, refuse_for_now

_NO_REASON = "Refused by the check"


@dataclass(frozen=True)
class Client:
    """A client that wants to come in, as a check of `DomainPolicy` sees it.

    .. versionadded:: zmq-auth 1.0
    """

    domain: str
    """The ``zap_domain`` of the server socket."""
    address: str
    """Its network address; empty for ipc."""
    mechanism: str
    """``"NULL"``, ``"PLAIN"``, ``"CURVE"`` or ``"GSSAPI"``."""
    user_id: str
    """What `zmq.Frame.user_id` will be, if the answer gives no other."""
    peer_key: bytes | None
    """The public key of a CURVE client, 40 bytes of Z85."""
    # kept out of the repr, which may end in a log
    password: bytes | None = field(repr=False)
    """The password of a PLAIN client, if the check has to look at it: where the policy
    has no passwords."""


@dataclass(frozen=True)
class Accept:
    """The answer of a check that lets a client in.

    .. versionadded:: zmq-auth 1.0
    """

    user_id: str | None = None
    """The name of the user; None leaves it as it is in `Client`."""
    metadata: Mapping[str, str] = field(default_factory=dict[str, str])
    """Further properties of its messages: ``frame["Role"]``. Names have letters, digits
    and any of ``-_.+``, values no NUL; names that libzmq uses itself are reserved."""


@dataclass(frozen=True)
class Refuse:
    """The answer of a check that does not let a client in.

    .. versionadded:: zmq-auth 1.0
    """

    reason: str = _NO_REASON
    """For the log and the metrics, not for the client; better one of a few."""
    temporary: bool = False
    """Whether the client is to come again by itself, after its ``handshake_ivl``."""


Answer = Union[bool, None, Accept, Refuse, Mapping[str, str]]
Check = Callable[[Client], Union[Answer, Awaitable[Answer]]]


def verdict_on(answer: object, client: Client, defaults: Mapping[str, str]) -> Verdict:
    """Make a verdict of what a check has returned.

    :param answer: True, `Accept`, or a mapping, which are properties, lets in; False,
        None, `Refuse`, or a mapping that is empty does not.
    :param client: whom the check was asked about.
    :param defaults: properties that the answer may replace.
    :raises TypeError: when it is anything else.
    :raises ValueError: when the properties cannot be carried.
    """
    if isinstance(answer, Refuse):
        verdict = refuse_for_now if answer.temporary else refuse
        return verdict(str(answer.reason) or _NO_REASON, client.user_id)
    if isinstance(answer, Mapping) and answer:
        answer = Accept(metadata=answer)  # pyright: ignore[reportUnknownArgumentType]
    elif answer is True:
        answer = Accept()
    if isinstance(answer, Accept):
        user_id = client.user_id if answer.user_id is None else answer.user_id
        if not isinstance(user_id, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"user_id must be a str, not {type(user_id).__name__}")
        own = metadata.check(answer.metadata)
        return accept(user_id, metadata.check(_replaced(defaults, own)))
    if answer is False or answer is None or isinstance(answer, Mapping):
        return refuse(_NO_REASON, client.user_id)
    raise TypeError(
        "a check must return a bool, Accept, Refuse or a mapping, not "
        f"{type(answer).__name__}"
    )


def _replaced(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    names = {name.lower() for name in new}
    kept = {name: value for name, value in old.items() if name.lower() not in names}
    return {**kept, **new}
