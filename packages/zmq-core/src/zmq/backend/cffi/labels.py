"""What a message carries besides its content: labels of drafts, and properties."""

from __future__ import annotations

from zmq.backend.arguments import group_name, peer
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import fail, require_draft

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def label(message: Any, routing_id: Any, group: Any) -> None:
    """Set the labels of a message of draft sockets; None leaves one out."""
    if routing_id is not None:
        set_routing_id(message, routing_id)
    if group is not None:
        set_group(message, group)


def set_routing_id(message: Any, routing_id: Any) -> None:
    """Set the peer of a CLIENT-SERVER message."""
    require_draft("CLIENT-SERVER")
    rc = lib.zq_message_set_routing_id(message, peer(routing_id))
    if rc < 0:
        fail(-rc, f"routing_id={routing_id!r}")


def set_group(message: Any, group: Any) -> None:
    """Set the group of a RADIO-DISH message."""
    require_draft("RADIO-DISH")
    rc = lib.zq_message_set_group(message, group_name(group))
    if rc < 0:
        fail(-rc, f"group={group!r}")


def property_of(message: Any, name: bytes) -> bytes:
    """Return a property of a received message; empty when it has none."""
    text = lib.zmq_msg_gets(message, name)
    found: bytes = ffi.string(text) if text else b""
    return found
