"""The events of all tracked sockets of a context, read by one thread.

libzmq tells of connections only by a monitor, from the moment that one is attached, and
its I/O thread stands still while the events of a monitor cannot be queued. So somebody
has to read them for as long as the socket lives: a thread, one for all tracked sockets
of a context. It has a ROUTER socket, which connects to the PAIR socket that libzmq
binds for each monitor, and learns from the routing id whose events it receives. The
thread ends when there is no tracked socket left, so that it does not keep a context
alive.
"""

# One object in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import os
from errno import EMFILE
from itertools import count

from zmq.backend import Socket as SocketBase
from zmq.backend import strerror
from zmq.constants import Event, SocketOption, SocketType
from zmq.error import ZMQError, error_for
from zmq.sugar.waiting.bells import original

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.sugar.readiness.peers import Peers

#: What the addresses of the monitors begin with.
PREFIX = "inproc://zmq.peers."

_numbers = count(1)
# By the address of the libzmq context.
_journals: dict[int, Journal] = {}
_lock: Any = None  # annotated before a function calls it global, or PyPy refuses


def _renew() -> None:
    global _lock
    _lock = original("RLock")()
    _journals.clear()


_renew()
if hasattr(os, "register_at_fork"):
    # The threads, and whoever has the lock, may not exist in the child.
    os.register_at_fork(after_in_child=_renew)


class Journal:
    """The tracked sockets of one libzmq context."""

    def __init__(self, context: Any) -> None:
        self._address: int = context.underlying
        self._peers: dict[bytes, Peers] = {}
        self._router: Any = SocketBase(context, SocketType.ROUTER)
        self._router.set(SocketOption.RCVHWM, 0)
        self._adding = False
        try:
            self._router.set(SocketOption.LINGER, 0)
            original("start_new_thread")(self._read, (self._router, self._peers))
        except BaseException:
            self._router.close()
            raise

    def add(self, sock: Any, peers: Peers) -> None:
        """Have `peers` be told of the connections of a socket."""
        if self._adding:
            # The id that was set would be taken for another address.
            raise RuntimeError(
                "a socket that is tracked cannot be made in a signal handler, or hook,"
                " that interrupts the making of another one"
            )
        name = b"%d" % next(_numbers)
        address = PREFIX + name.decode()
        self._adding = True
        self._peers[name] = peers
        try:
            SocketBase.monitor(sock, address, Event.ALL)
            self._router.set(SocketOption.CONNECT_ROUTING_ID, name)
            self._router.connect(address)
        except BaseException:
            self._peers.pop(name, None)
            if not self._peers:
                self._router.close()  # which ends the thread
            raise
        finally:
            self._adding = False

    def _retire(self) -> None:
        # Another journal may have its place: of a later context at the address, say.
        if _journals.get(self._address) is self:
            del _journals[self._address]

    def _read(self, router: Any, peers: dict[bytes, Peers]) -> None:
        try:
            while True:
                for name, *event in router.recv_many(1000):
                    one = peers.get(name)
                    if one is not None and one.note(event):
                        del peers[name]
                with _lock:
                    if not peers:
                        self._retire()
                        return
        except ZMQError:
            pass  # the context ends, or is destroyed
        finally:
            with _lock:
                self._retire()
            router.close()
            for one in list(peers.values()):
                one.end()


def track(sock: Any, peers: Peers) -> None:
    """Have `peers` be told of the connections of a socket from now on."""
    context = sock.context
    try:
        with _lock:
            journal = _journals.get(context.underlying)
            if journal is None or journal._router.closed:
                journal = _journals[context.underlying] = Journal(context)
            journal.add(sock, peers)
    except ZMQError as error:
        if error.errno != EMFILE:
            raise
        raise error_for(
            EMFILE,
            f"{strerror(EMFILE)} (track_peers=True: whoever reads the events of"
            " a socket takes one socket more, and another one for each context)",
        ) from None
