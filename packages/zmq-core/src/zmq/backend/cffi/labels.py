"""What a message carries besides its content: labels of drafts, and properties."""

from __future__ import annotations

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import fail, require_draft

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_ROUTING_ID = 0xFFFFFFFF


def label(message: Any, routing_id: Any, group: Any) -> None:
    """Set the labels of a message of draft sockets; None leaves one out."""
    if routing_id is not None:
        set_routing_id(message, routing_id)
    if group is not None:
        set_group(message, group)


def set_routing_id(message: Any, routing_id: Any) -> None:
    """Set the peer of a CLIENT-SERVER message."""
    require_draft("CLIENT-SERVER")
    if not isinstance(routing_id, int):
        raise TypeError(f"an integer is required, got {routing_id!r}")
    if not 0 <= routing_id <= _MOST_ROUTING_ID:
        raise OverflowError(f"routing_id={routing_id!r} is out of range")
    rc = lib.zq_message_set_routing_id(message, routing_id)
    if rc < 0:
        fail(-rc, f"routing_id={routing_id!r}")


def set_group(message: Any, group: Any) -> None:
    """Set the group of a RADIO-DISH message."""
    require_draft("RADIO-DISH")
    if not isinstance(group, (str, bytes)):
        raise TypeError(f"expected str or bytes for group, got {group!r}")
    name = group.encode("utf-8") if isinstance(group, str) else group
    rc = lib.zq_message_set_group(message, name)
    if rc < 0:
        fail(-rc, f"group={group!r}")


def property_of(message: Any, name: bytes) -> bytes:
    """Return a property of a received message; empty when it has none."""
    text = lib.zmq_msg_gets(message, name)
    found: bytes = ffi.string(text) if text else b""
    return found
