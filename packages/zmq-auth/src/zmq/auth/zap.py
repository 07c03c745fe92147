"""The frames of ZAP, the ZeroMQ authentication protocol (RFC 27): pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

ENDPOINT = "inproc://zeromq.zap.01"
"""Where libzmq looks for the handler of a context."""

VERSION = b"1.0"
"""The version of the protocol, the only one there is."""

SUCCESS = b"200"
TEMPORARY_ERROR = b"300"
FAILURE = b"400"
INTERNAL_ERROR = b"500"

STATUS_CODES = frozenset((SUCCESS, TEMPORARY_ERROR, FAILURE, INTERNAL_ERROR))

MAX_TEXT = 255
"""Octets that a status text or a user id may have."""

_FIXED_FRAMES = 6


class ProtocolError(ValueError):
    """A request is not one of RFC 27.

    :param text: what is wrong with it; quotes nothing of the credentials.
    :param request_id: the id to answer with, or None for a message too short to hold
        one.
    """

    def __init__(self, text: str, request_id: bytes | None) -> None:
        super().__init__(text)
        self.text = text
        self.request_id = request_id


@dataclass(frozen=True)
class Request:
    """A request as libzmq sends it for each connection that asks to be let in."""

    request_id: bytes
    """Comes back with the reply."""
    domain: bytes
    """The ``zap_domain`` of the server socket."""
    address: bytes
    """The network address of the client; empty for ipc."""
    identity: bytes
    """The ``routing_id`` of the server socket; most often empty."""
    mechanism: bytes
    """``b"NULL"``, ``b"PLAIN"``, ``b"CURVE"`` or ``b"GSSAPI"``."""
    # kept out of the repr, which may end in a log
    credentials: tuple[bytes, ...] = field(repr=False)
    """Of PLAIN the user name and the password, of CURVE the 32 bytes of the client's
    public key, of GSSAPI the principal; of NULL nothing."""


class RoutedMessage(list[bytes]):
    """The frames of a request that remember the way back, for replies by a ROUTER.

    :param body: the request as a REP socket would receive it.
    :param envelope: what a ROUTER has to send before the reply.
    """

    def __init__(self, body: Sequence[bytes], envelope: Sequence[bytes]) -> None:
        super().__init__(body)
        self.envelope: list[bytes] = list(envelope)


def split_envelope(frames: Sequence[bytes]) -> RoutedMessage:
    """Take the envelope off a message that a ROUTER received.

    :param frames: routing ids, an empty frame, and the request.
    :raises ProtocolError: when no empty frame ends the envelope; no reply is possible
        then.
    """
    try:
        end = list(frames).index(b"", 1) + 1
    except ValueError:
        raise ProtocolError("No empty frame before the request", None) from None
    return RoutedMessage(frames[end:], frames[:end])


def parse_request(frames: Sequence[bytes]) -> Request:
    """Read the frames of a request, the envelope taken off.

    :raises ProtocolError: when frames are missing, or the version is another one.
    """
    if len(frames) < _FIXED_FRAMES:
        raise ProtocolError("Not enough frames", frames[1] if len(frames) > 1 else None)
    if frames[0] != VERSION:
        raise ProtocolError("Invalid version", frames[1])
    _, request_id, domain, address, identity, mechanism = frames[:_FIXED_FRAMES]
    credentials = tuple(frames[_FIXED_FRAMES:])
    return Request(request_id, domain, address, identity, mechanism, credentials)


def build_reply(
    request_id: bytes,
    status: bytes,
    text: bytes,
    user_id: bytes = b"",
    metadata: bytes = b"",
) -> list[bytes]:
    """Make the frames of a reply, without an envelope.

    :param request_id: the id of the request that is answered.
    :param status: `SUCCESS`, `TEMPORARY_ERROR` (the client will try again), `FAILURE`
        (the client is told so) or `INTERNAL_ERROR`.
    :param text: the reason in words, at most 255 octets.
    :param user_id: becomes the ``User-Id`` property of the client's messages; at most
        255 octets, and empty unless the status is `SUCCESS`.
    :param metadata: becomes further properties of the client's messages, see
        `zmq.auth.metadata.encode`; empty unless the status is `SUCCESS`.
    :raises ValueError: when RFC 27 does not allow such a reply.
    """
    if status not in STATUS_CODES:
        raise ValueError(f"{status!r} is no status code of ZAP")
    if user_id and status != SUCCESS:
        raise ValueError(f"a reply of status {status!r} has no user id")
    if metadata and status != SUCCESS:
        raise ValueError(f"a reply of status {status!r} has no metadata")
    for name, value in (("status text", text), ("user id", user_id)):
        if len(value) > MAX_TEXT:
            raise ValueError(
                f"the {name} has {len(value)} octets, {MAX_TEXT} are allowed"
            )
    return [VERSION, request_id, status, text, user_id, metadata]
