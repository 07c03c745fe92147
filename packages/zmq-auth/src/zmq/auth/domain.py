"""The rules of one domain, as a program states them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Union, cast

from zmq.utils import z85

from . import metadata as properties
from .addresses import Addresses
from .answers import Check
from .curve import CURVE_ALLOW_ANY
from .deadline import deadline_argument

MECHANISMS = ("NULL", "PLAIN", "CURVE", "GSSAPI")

_Key = Union[bytes, str]
_Keys = Union[str, "os.PathLike[str]", Iterable[_Key], Mapping[_Key, str], None]


class DomainPolicy:
    """The rules of one domain, for `Authenticator.configure_domain`.

    A client must pass all of them: its address, its mechanism, its password or key, and
    the check. A policy does not change; configure another one for the domain instead.

    :param allow: the only addresses and networks (``"10.0.0.0/8"``) that are let in;
        None for all. Clients over ipc have no address.
    :param deny: addresses and networks that are not let in. A policy with either list
        goes by its own lists, and not by those of `Authenticator.allow` and
        `Authenticator.deny`.
    :param mechanisms: any of ``"NULL"``, ``"PLAIN"``, ``"CURVE"`` and ``"GSSAPI"``.
        By default PLAIN if there are passwords, and CURVE if there are keys; else all
        that the check can decide on; else, without a check, NULL and GSSAPI.
    :param passwords: of PLAIN, from user names to passwords.
    :param keys: the public keys that CURVE lets in, 40 characters of Z85 each. Or a
        mapping from such keys to user ids. Or a directory of certificates, whose
        changes have an effect at once. Or `CURVE_ALLOW_ANY`.
    :param check: a function or coroutine function that is asked last. It gets a
        `Client`, and returns whether to let it in: a bool, `Accept`, `Refuse`, or a
        mapping of properties that its messages shall have; None and an empty mapping
        refuse. If it raises, the client is refused. Coroutine functions run in the
        event loop of the authenticator, other functions in threads, at most 32 at a
        time.
    :param timeout: seconds that the check may take. After that the client is refused
        for now: status 300, on which it comes again.
    :param metadata: properties that the messages of each client shall have, unless the
        check gives others. Give a value here to each property that the program relies
        on: what the authenticator leaves out, a client may set itself.
    :raises TypeError: when an argument is of the wrong type.
    :raises ValueError: when an argument has a wrong value, or they do not go together.

    .. versionadded:: zmq-auth 1.0
    """

    def __init__(
        self,
        *,
        allow: Iterable[str] | None = None,
        deny: Iterable[str] = (),
        mechanisms: Iterable[str] | None = None,
        passwords: Mapping[str, str] | None = None,
        keys: _Keys = None,
        check: Check | None = None,
        timeout: float = 10.0,
        metadata: Mapping[str, str] | None = None,
    ) -> None:
        self.allow: Addresses | None = (
            None if allow is None else Addresses("allow", allow)
        )
        self.deny: Addresses = Addresses("deny", deny)
        self.passwords: Mapping[str, str] | None = None
        if passwords is not None:
            self.passwords = _passwords(passwords)
        self.directory: str | None = None
        self.keys: Mapping[bytes, str | None] | None = None
        if isinstance(keys, (str, os.PathLike)):
            self.directory = os.fspath(keys)
        elif keys is not None:
            self.keys = _keys(keys)
        if check is not None and not callable(check):
            raise TypeError(f"check must be callable, not {check!r}")
        self.check: Check | None = check
        self.timeout: float = deadline_argument("timeout", timeout)
        self.metadata: Mapping[str, str] = properties.check(metadata or {})
        self.mechanisms: tuple[str, ...] = self._mechanisms(mechanisms)

    def __repr__(self) -> str:
        """Name the mechanisms; passwords are kept out."""
        return f"<zmq.auth.DomainPolicy: {', '.join(self.mechanisms)}>"

    @property
    def any_key(self) -> bool:
        """Whether CURVE lets in every client that knows the server's key."""
        return self.directory == CURVE_ALLOW_ANY

    def _mechanisms(self, given: Iterable[str] | None) -> tuple[str, ...]:
        has_keys = self.keys is not None or self.directory is not None
        decided = {"PLAIN": self.passwords is not None, "CURVE": has_keys}
        if given is None:
            found = [name for name, there in decided.items() if there]
            if not found:
                found = list(MECHANISMS) if self.check else ["NULL", "GSSAPI"]
            return tuple(found)
        names = _strings("mechanisms", given)
        for name in names:
            if name not in MECHANISMS:
                raise ValueError(f"mechanisms: {name!r} is none of {MECHANISMS}")
            if not decided.get(name, True) and self.check is None:
                raise ValueError(f"mechanisms: nothing decides on {name} clients")
        for name, there in decided.items():
            if there and name not in names:
                raise ValueError(f"mechanisms lacks {name}, which others refer to")
        return tuple(names)


def _strings(name: str, given: Iterable[str]) -> list[str]:
    if isinstance(given, (str, bytes)):
        raise TypeError(f"{name} must be a list of str, not {given!r} alone")
    if not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"{name} must be a list of str, not {given!r}")
    return list(given)


# no values are quoted below: they are passwords, or may be secret keys by mistake
def _passwords(given: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(given, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            f"passwords must be a mapping of str to str, not {type(given).__name__}"
        )
    for user, password in given.items():
        if not isinstance(user, str) or not isinstance(password, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError("passwords must be a mapping of str to str")
    return dict(given)


def _keys(given: Iterable[_Key]) -> dict[bytes, str | None]:
    if isinstance(given, bytes) or not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(
            "keys must be a directory, a list of keys, or a mapping from keys to user "
            f"ids, not {type(given).__name__}"
        )
    if isinstance(given, Mapping):
        named = cast("Mapping[_Key, str]", given)
        for user in named.values():
            if not isinstance(user, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError("keys must be a mapping from keys to user ids of str")
        return {
            _key(number, key): user for number, (key, user) in enumerate(named.items())
        }
    return {_key(number, key): None for number, key in enumerate(given)}


def _key(number: int, key: _Key) -> bytes:
    if not isinstance(key, (str, bytes)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise TypeError(f"keys: number {number} is no str or bytes")
    try:
        octets = key.encode("ascii") if isinstance(key, str) else bytes(key)
        if len(z85.decode(octets)) == 32:
            return octets
    except ValueError:
        pass
    raise ValueError(f"keys: number {number} is no key of 40 characters of Z85")
