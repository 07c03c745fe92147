"""Which network addresses may ask to be authenticated."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address
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
        :raises ValueError: when `deny` was used on this authenticator.
        """
        added = frozenset(map(normalize, addresses))
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
        :raises ValueError: when `allow` was used on this authenticator.
        """
        added = frozenset(map(normalize, addresses))
        with self._changing:
            if self._allowed:
                raise ValueError(
                    "allow() and deny() exclude each other: allow() was used"
                )
            self._denied = denied = self._denied | added
        self.log.debug("denied addresses: %s", sorted(denied))

    def _address_refusal(self, address: str) -> str:
        """Say why a client from `address` is refused, or nothing if it is not."""
        if self._allowed and normalize(address) not in self._allowed:
            return "Address not allowed"
        if normalize(address) in self._denied:
            return "Address denied"
        return ""
