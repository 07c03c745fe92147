"""Listening to the descriptor of a socket in gevent; see zmq.sugar.waiting.channel."""

from __future__ import annotations

from zmq.backend import Socket as SocketBase
from zmq.green._mailbox import mailbox_of
from zmq.sugar.waiting import channel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from zmq.green._gevent import Hub, Watcher

READABLE = 1  # gevent's number for it


class Channel(channel.Channel):
    """What the greenlets of one hub share that wait for one socket."""

    __slots__ = ("_hub_loop", "_io", "_keeps_io")

    def __init__(self, socket: SocketBase, hub: Hub) -> None:
        super().__init__(socket, mailbox_of(hub))
        self._hub_loop = hub.loop  # a hub that is destroyed has none any more
        # libuv has to forget descriptors before they are closed, and its watchers never
        # become garbage.
        self._keeps_io = type(hub.loop).__module__.startswith("gevent.libev")
        self._io: Watcher = None

    def _listen(self, socket: SocketBase) -> None:
        if self._io is None:
            self._io = self._hub_loop.io(self.descriptor(socket), READABLE)
        self._io.start(self.fired)

    def _stop_listening(self, socket: SocketBase) -> None:
        if self._io is not None:
            if not self._hub_loop.ptr:
                # The loop has been destroyed, and its watchers with it. The garbage
                # collector may end a greenlet of it, as PyPy's does: much later.
                self._io = None
            elif self._keeps_io and not socket.closed:
                self._io.stop()
            else:
                self._io.close()
                self._io = None

    def fired(self) -> None:
        """Have the greenlet go on whose turn it is."""
        if self.waiting == 1 and not self._is_draft:
            # Whatever it does next looks into the socket, so nothing has to before.
            self.all()[0].resume()
        else:
            super().fired()


def channel_of(socket: SocketBase, hub: Hub) -> Channel:
    """Return the channel that greenlets of `hub` wait for `socket` with."""
    return channel.channel_of(socket, hub, Channel)
