"""Whole messages by the single frames of subclasses that override ``send`` or ``recv``.

The compiled ``send_multipart`` and ``recv_multipart`` do not come past the methods for
one frame. A subclass that changes these (to log, to encrypt, to count) expects to see
every frame, though, as it did when the one called the other.
"""

from __future__ import annotations

from zmq.backend import Frame
from zmq.constants import Flag

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_between: dict[tuple[type, str], type] = {}


def insert(cls: Any, several: str) -> None:
    """Have ``super().recv_multipart()`` of a subclass call the subclass's own `recv`.

    So it is with `send_multipart` and `send`. The subclass overrides both methods. It
    gets one base more, before :class:`zmq.Socket`, that has the method of this module:
    so other sockets need not look whether they are of such a class.

    :param cls: the subclass.
    :param several: the method to be called by ``super()``: ``send_multipart`` or
        ``recv_multipart``.
    """
    socket = cls._by_frames
    method = globals()[several]
    above: tuple[type, ...] = cls.__mro__[: cls.__mro__.index(socket)]
    if any(vars(base).get(several) is method for base in above):
        return
    between = _between.get((socket, several))
    if between is None:
        between = type(socket.__name__, (socket,), {several: method})
        _between[socket, several] = between
    bases = list(cls.__bases__)
    last = max(i for i, base in enumerate(bases) if issubclass(base, socket))
    # Right there: mixins that stand behind the socket must not come before it.
    kept = [] if bases[last] is socket else [bases[last]]
    bases[last : last + 1] = [*kept, between]
    try:  # noqa: SIM105 -- contextlib takes longer to import than this module
        cls.__bases__ = tuple(bases)
    except TypeError:
        pass  # Python finds no order for these bases: the class stays as it was


def send_multipart(
    self: Any,
    msg_parts: Any,
    flags: int = 0,
    copy: bool = True,
    track: bool = False,
    routing_id: int | None = None,
    group: str | None = None,
) -> Any:
    """Send a message of several frames, each by the ``send`` of this class.

    See :meth:`zmq.Socket.send_multipart`.
    """
    parts = list(msg_parts)
    for number, part in enumerate(parts):
        if not isinstance(part, (bytes, Frame)):
            try:
                memoryview(part).release()
            except TypeError:
                raise TypeError(
                    f"frame {number} ({part!r}) does not support the buffer interface"
                ) from None
    given: dict[str, Any] = {"routing_id": routing_id, "group": group}
    further = {name: value for name, value in given.items() if value is not None}
    for part in parts[:-1]:
        self.send(part, flags | Flag.SNDMORE, copy=copy, track=track, **further)
    return self.send(parts[-1], flags, copy=copy, track=track, **further)


def recv_multipart(
    self: Any, flags: int = 0, copy: bool = True, track: bool = False
) -> Any:
    """Receive a message of several frames, each by the ``recv`` of this class.

    See :meth:`zmq.Socket.recv_multipart`.
    """
    parts = [self.recv(flags, copy=copy, track=track)]
    while self.rcvmore:
        parts.append(self.recv(flags, copy=copy, track=track))
    return parts
