"""What becomes of messages that there is no room for."""

from __future__ import annotations

from zmq.constants import SocketOption, SocketType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Union

    from typing_extensions import TypeAlias

    from zmq.backend import Socket as SocketBase

    OnFull: TypeAlias = Union[Literal["wait", "drop", "raise"], None]
else:
    SocketBase = object

_POLICIES = (None, "wait", "drop", "raise")  # in the order of the backend's numbers
_PUBLISHERS = (SocketType.PUB, SocketType.XPUB)


class Filling(SocketBase):
    """What a PUSH, PUB or XPUB socket does with what it has no room for."""

    @property
    def on_full(self) -> OnFull:
        """What becomes of a message at the high-water mark, of PUSH, PUB and XPUB.

        A PUSH socket is full when no peer has room, or there is none; a PUB or XPUB
        socket when one subscriber that the message is for has none. Then the message

        - ``"wait"``: waits until there is room, for all of those subscribers;
        - ``"drop"``: is dropped, for all of them, and counts in :attr:`dropped`;
        - ``"raise"``: is not sent to anybody, and the send raises :class:`zmq.Again`
          at once.

        With None, the default, libzmq decides: PUSH waits; PUB and XPUB send to those
        that have room, and nobody learns of the others. ``SNDTIMEO`` and ``DONTWAIT``
        limit a wait as ever. It is also an argument: ``context.socket(zmq.PUB,
        on_full="drop")``.

        :raises ValueError: when it is set to something else, or for another type.
        :raises ZMQError: ENOTSOCK, when it is set for a closed socket.

        .. versionadded:: 28.0
        """
        return _POLICIES[self._on_full]  # type: ignore[return-value]  # pyright: ignore[reportReturnType]

    @on_full.setter
    def on_full(self, value: OnFull) -> None:
        if value not in _POLICIES:
            raise ValueError(
                f'on_full={value!r}: it may be "wait", "drop", "raise" or None'
            )
        kind = self._socket_type
        if kind in _PUBLISHERS:
            # First: with the option alone a message waits, and none is lost unseen.
            if value is not None:
                self.set(SocketOption.XPUB_NODROP, 1)
            self._on_full = _POLICIES.index(value)
            if value is None:
                self.set(SocketOption.XPUB_NODROP, 0)
        elif kind == SocketType.PUSH:
            self._on_full = _POLICIES.index(value)
        elif value is not None:
            name = SocketType(kind).name
            raise ValueError(
                f"on_full is for PUSH, PUB and XPUB sockets, not for {name}"
            )

    @property
    def dropped(self) -> int:
        """How many messages were dropped because of ``on_full="drop"``.

        It is always counted, also without :attr:`count_stats`. What libzmq drops by
        itself is not known.

        .. versionadded:: 28.0
        """
        return self._counts.numbers[-1]
