"""Which network addresses may ask to be authenticated."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from threading import Lock
from typing import Any


def normalize(address: str) -> str:
    """Spell an address in the one way it is compared.

    IPv6 is abbreviated, and an IPv4 client that reached an IPv6 socket loses its
    ``::ffff:`` prefix; otherwise denying ``10.0.0.1`` would not stop it there. What is
    not an IP address, such as the peer of an ipc connection, stays as it is.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(parsed)


def _may_match(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return not address or address.startswith(":")  # as libzmq names those over ipc
    return True


class Addresses:
    """Addresses and networks, which do not change.

    :param name: of the argument that they come from, for the errors.
    :param given: ``"127.0.0.1"``, ``"::1"``, ``"10.0.0.0/8"``.
    :raises TypeError: when they are a single str, or hold something else than str.
    :raises ValueError: when one is neither an address nor a network.
    """

    def __init__(self, name: str, given: Iterable[str]) -> None:
        if isinstance(given, (str, bytes)):
            raise TypeError(f"{name} must be a list of addresses, not {given!r} alone")
        if not isinstance(given, Iterable):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"{name} must be a list of addresses, not {given!r}")
        self._single: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for address in given:
            if not isinstance(address, str):  # pyright: ignore[reportUnnecessaryIsInstance]
                raise TypeError(f"{name}: {address!r} is no str")
            try:
                if "/" in address:
                    self._networks.append(ip_network(address))
                else:
                    ip_address(address)
                    self._single.add(normalize(address))
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._single or self._networks)

    def __contains__(self, address: str) -> bool:
        """Whether an address is one of them, or in a network, however it is spelt."""
        normal = normalize(address)
        if normal in self._single:
            return True
        try:
            parsed = ip_address(normal)
        except ValueError:
            return False
        return any(parsed in network for network in self._networks)


class AddressPolicy:
    """Lets in the allowed addresses only, or all but the denied ones."""

    log: Any

    def __init__(self) -> None:
        super().__init__()
        self._allowed: frozenset[str] = frozenset()
        self._denied: frozenset[str] = frozenset()
        # Each call makes a new set from the old one: two threads that both started from
        # the same one would lose what one of them adds.
        self._changing = Lock()

    def allow(self, *addresses: str) -> None:
        """Let in clients from these addresses, and from now on from no others.

        With NULL that is all it takes; the clients of the other mechanisms show their
        credentials as well. Each call adds to the addresses of the earlier ones.

        :param addresses: IP addresses in numbers, such as ``"127.0.0.1"`` or ``"::1"``.
        :raises TypeError: when one of them is no str.
        :raises ValueError: when `deny` was used on this authenticator.
        """
        added = self._addresses("allow", addresses)
        with self._changing:
            if self._denied:
                raise ValueError(
                    "allow() and deny() exclude each other: deny() was used"
                )
            self._allowed = allowed = self._allowed | added
        self.log.debug("allowed addresses: %s", sorted(allowed))

    def deny(self, *addresses: str) -> None:
        """Refuse clients from these addresses, whatever their credentials.

        Each call adds to the addresses of the earlier ones.

        :param addresses: IP addresses in numbers, such as ``"127.0.0.1"`` or ``"::1"``.
        :raises TypeError: when one of them is no str.
        :raises ValueError: when `allow` was used on this authenticator.
        """
        added = self._addresses("deny", addresses)
        with self._changing:
            if self._allowed:
                raise ValueError(
                    "allow() and deny() exclude each other: allow() was used"
                )
            self._denied = denied = self._denied | added
        self.log.debug("denied addresses: %s", sorted(denied))

    def _addresses(self, method: str, given: Iterable[object]) -> frozenset[str]:
        """Return addresses as they are compared; warn of those that match nobody."""
        found: set[str] = set()
        for address in given:
            if not isinstance(address, str):
                raise TypeError(
                    f"{method}() takes addresses that are str, each as an argument of"
                    f" its own, not {address!r}"
                )
            found.add(normalize(address))
            if not _may_match(address):
                self.log.warning(
                    "%s(%r): this is no IP address in numbers, such as 127.0.0.1, and"
                    " matches no client; a DomainPolicy takes networks, too",
                    method,
                    address,
                )
        return frozenset(found)

    def _address_refusal(self, address: str) -> str:
        """Say why a client from `address` is refused, or nothing if it is not."""
        if self._allowed and normalize(address) not in self._allowed:
            return "Address not allowed"
        if normalize(address) in self._denied:
            return "Address denied"
        return ""
