"""The Socket: its life, and its methods."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from itertools import count

from zmq import constants
from zmq.backend import arguments
from zmq.backend.cffi import leftovers
from zmq.backend.cffi import monitor as monitors
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.counts import Counting
from zmq.backend.cffi.errors import (
    ENOTSOCK,
    POLLIN,
    POLLOUT,
    address_bytes,
    fail,
    fail_address,
    int_argument,
    linger_argument,
    require_draft,
    size_argument,
)
from zmq.backend.cffi.frame import default_threshold
from zmq.backend.cffi.handle import UNUSABLE
from zmq.backend.cffi.kept import COUNTS_REFERENCES, keep
from zmq.backend.cffi.lease import exiting
from zmq.backend.cffi.making import handle_at, handle_of, make
from zmq.backend.cffi.options import get_option, lacks_key, set_option
from zmq.backend.cffi.receiver import Receiver
from zmq.backend.cffi.returned import whole_message
from zmq.backend.cffi.send import after
from zmq.backend.cffi.sender import Sender
from zmq.backend.cffi.telling import tell_length
from zmq.backend.stack import require_stack
from zmq.error import ZMQError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_TYPE = int(constants.SocketOption.TYPE)
_MOST_ORDER = (1 << 63) - 1
# Of all messages that may have to go back: which was received after which.
_orders = count(1)
_LAST_ENDPOINT = int(constants.SocketOption.LAST_ENDPOINT)
_IMMEDIATE = int(constants.SocketOption.IMMEDIATE)
_BIND, _CONNECT, _UNBIND, _DISCONNECT, _JOIN, _LEAVE = range(6)
# What is said of a socket's address in messages.
_METHODS = ("bind", "connect", "unbind", "disconnect")
_WAYS = ("bound to", "connected to", "unbound from", "disconnected from")
_setattr = object.__setattr__


class Socket(Sender, Receiver, Counting):
    """A socket: what :class:`zmq.Socket` is made of, which documents it."""

    _shadow: bool = False
    _shadowed: Any = None

    def __init__(
        self,
        context: Any = None,
        socket_type: int = 0,
        *,
        shadow: Any = 0,
        copy_threshold: int | None = None,
    ) -> None:
        if self._h is not None:
            return
        if copy_threshold is None:
            copy_threshold = default_threshold()
        _setattr(self, "_copy_threshold", size_argument(copy_threshold))
        if isinstance(shadow, Socket):
            h = handle_of(shadow)
        elif shadow:
            h = handle_at(shadow, context)
        else:
            make(self, context, int_argument("socket_type", socket_type))
            return
        _setattr(self, "_shadow", True)
        _setattr(self, "_shadowed", shadow)
        _setattr(self, "_h", h)
        _setattr(self, "_box", h.box)

    def __del__(self) -> None:
        h = self._h
        if h is not None and not self._shadow and not h.closed and not exiting():
            h.close()

    def __reduce__(self) -> Any:
        """Refuse to be pickled."""
        arguments.refuse_to_pickle(self)

    @property
    def underlying(self) -> int:
        """The address of the libzmq socket, as an int; 0 when closed."""
        h = self._h
        if h is None or h.closed:
            return 0
        h.foreign = True  # whoever asks may use the socket behind our back
        return int(h.pointer)

    @property
    def context(self) -> Any:
        """The :class:`zmq.Context` the socket belongs to."""
        return None if self._h is None else self._h.context

    @property
    def closed(self) -> bool:
        """Whether the socket has been closed, here or through a shadow of it."""
        h = self._h
        if h is None or h.closed:
            return True
        if not h.foreign:
            return False
        value, size = ffi.new("int *"), ffi.new("size_t *", 4)
        rc = lib.zq_get(h.box, _TYPE, value, size)
        # Not ETERM: who destroys a context that was shut down has to close it.
        return bool(rc == -ENOTSOCK)

    @property
    def _socket_type(self) -> int:
        """The type as libzmq numbers it; known of a closed socket, too."""
        return -1 if self._h is None else self._h.type

    def _pass_for(self, socket_type: int) -> None:
        """Have it known by another type than libzmq's, here and in messages."""
        self._usable().type = socket_type

    @property
    def _tracemalloc_source(self) -> object:
        return None if self._h is None else self._h.making

    @property
    def _abandoned(self) -> bool:
        """Whether to leave it alone: a parent process's, or the interpreter ends."""
        h = self._h
        return h is None or h.generation != lib.zq_generation() or exiting()

    @property
    def copy_threshold(self) -> int:
        """Bytes below which ``send(copy=False)`` copies all the same."""
        return self._copy_threshold

    @copy_threshold.setter
    def copy_threshold(self, value: int) -> None:
        _setattr(self, "_copy_threshold", size_argument(value))

    @property
    def _spin(self) -> int:
        """For how long, in nanoseconds, a wait polls in a loop before it sleeps."""
        return 0 if self._h is None else int(self._h.box.spin)

    @_spin.setter
    def _spin(self, value: int) -> None:
        self._usable().box.spin = value

    def close(self, linger: int | None = None) -> None:
        """Close the socket; nothing happens when it is closed already.

        :param linger: milliseconds to keep messages that are not sent yet: sets the
            option ``LINGER`` first. None leaves it as it is.
        """
        h = self._h
        if h is None or h.closed:
            return
        if linger is not None and h.generation == lib.zq_generation():
            h.set_linger(linger_argument(linger))
        h.close()

    def get(self, option: int) -> Any:
        """Return the value of an option.

        :param option: a :class:`zmq.SocketOption`.
        :returns: int or bytes, as the option has it.
        :raises ZMQError: EINVAL, when it is unknown, or write-only.
        """
        return get_option(self._handle(), int_argument("option", option))

    def set(self, option: int, optval: Any) -> None:
        """Set an option. Most take effect for later binds and connects only.

        :param option: a :class:`zmq.SocketOption`.
        :param optval: int or bytes, as the option wants it.
        :raises TypeError: for a value of another type.
        :raises OverflowError: for an int that does not fit.
        :raises ZMQError: EINVAL, for unknown and read-only options and unfit values.
        """
        set_option(self._handle(), int_argument("option", option), optval)

    def bind(self, addr: Any) -> Any:
        """Accept connections at an address."""
        self._with_address(_BIND, addr)

    def connect(self, addr: Any) -> Any:
        """Connect to an address; libzmq retries in the background."""
        self._with_address(_CONNECT, addr)

    def unbind(self, addr: Any) -> None:
        """Undo a bind.

        :param addr: the address, as str or bytes; after a bind to a wildcard port it is
            ``last_endpoint``.
        :raises ZMQError: ENOENT, when the socket is not bound to it.
        """
        self._with_address(_UNBIND, addr)

    def disconnect(self, addr: Any) -> None:
        """Undo a connect.

        :param addr: the address, as str or bytes.
        :raises ZMQError: ENOENT, when the socket is not connected to it.
        """
        self._with_address(_DISCONNECT, addr)

    def _with_address(self, call: int, addr: Any) -> None:
        encoded = address_bytes(addr)
        h = self._usable()

        def refuse(err: int) -> None:
            fail_address(h.type, err, _METHODS[call], addr)

        self._named(call, encoded, refuse)
        h.outside |= not encoded.startswith(b"inproc:")
        place = encoded
        try:
            if call == _BIND:
                # With a wildcard it has another name than the one given.
                place = get_option(h, _LAST_ENDPOINT) or encoded
            elif call == _CONNECT:
                h.has_queues = not h.get_int(_IMMEDIATE)
            elif call == _DISCONNECT:
                h.has_queues = False
        except ZMQError:
            pass  # closed meanwhile: what was done is done
        text = place.decode("utf-8", "replace")
        h.place = f"{_WAYS[call]} {text}"
        leftovers.note_endpoint(h, _METHODS[call], text)

    def _named(self, call: int, name: bytes, refuse: Callable[[int], object]) -> None:
        h = self._usable()
        # A signal interrupts the look at the mailbox that it begins with: nothing is
        # done.
        rc = h.call(lib.zq_named, call, name)
        if rc < 0:
            h.call_back(POLLIN | POLLOUT)
            refuse(-rc)
        if rc:
            after(h, rc)

    def monitor(self, addr: Any, events: int = 0xFFFF) -> None:
        """Publish what happens to the connections of this socket.

        :param addr: an ``inproc://`` address for a PAIR socket to connect to at once:
            libzmq blocks a call whose event nobody can receive yet. None ends it.
            ``get_monitor_socket`` does all of this.
        :param events: a bit mask of :class:`zmq.Event`; by default all.
        """
        encoded = None if addr is None else address_bytes(addr)
        mask = int_argument("events", events)
        h = self._handle()
        rc = UNUSABLE
        while rc == UNUSABLE:
            h.unusable()
            rc = monitors.start(h, encoded, mask)
        if rc < 0:
            fail_address(h.type, -rc, "monitor", addr)
        if h.watchers:
            h.tell_watchers()

    def _becomes_monitor_of(self, other: Socket, /) -> None:
        """Have the monitor of `other` end when this socket is closed."""
        self._usable().monitored = other._usable()

    def join(self, group: Any) -> None:
        """Receive the messages of a group, with a DISH socket (draft).

        :param group: its name, str or bytes.
        """
        self._with_group(_JOIN, group)

    def leave(self, group: Any) -> None:
        """No longer receive the messages of a group, with a DISH socket (draft).

        :param group: its name, str or bytes.
        """
        self._with_group(_LEAVE, group)

    def _with_group(self, call: int, group: Any) -> None:
        name = arguments.group_name(group)
        self._usable()
        require_draft("RADIO-DISH")
        self._named(call, name, lambda err: fail(err, f"group={group!r}"))

    def _lacks_key(self, option: int) -> bool:
        """Whether an option that holds a CURVE key is not set."""
        return lacks_key(self._usable(), option)

    def _order_received(self) -> int | list[int]:
        h = self._h
        if h is None:
            return next(_orders)
        orders, order = h.orders, h.order
        if orders is not None:
            return [next(_orders) if each is None else each for each in orders]
        return next(_orders) if order is None else order

    def _unrecv(self, message: Any, /) -> None:
        frames = whole_message(message)
        self._usable().put_back(frames)

    def _unrecv_in_order(self, message: Any, order: int, /) -> None:
        if not isinstance(order, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(f"expected int for order, got: {order!r}")
        if not -_MOST_ORDER <= order <= _MOST_ORDER:
            raise OverflowError(f"order={order} does not fit 64 bits")
        frames = whole_message(message)
        self._usable().put_back(frames, order)

    def _watch(self, callback: Callable[[], object], events: int) -> None:
        h = self._usable()
        h.watchers.append((callback, events))
        tell_length(lib.zq_count_watchers, h.box, h.watchers)

    def _unwatch(self, callback: Callable[[], object]) -> None:
        h = self._h
        if h is None:
            return
        # Mostly there is one. PyPy would take longer for the loop than for all else.
        entries = list(h.watchers)
        if entries and entries[0][0] == callback:
            h.watchers.remove(entries[0])
        else:
            for entry in entries:
                if entry[0] == callback:
                    h.watchers.remove(entry)
                    break
        tell_length(lib.zq_count_watchers, h.box, h.watchers)

    def _defer_close(self, callback: Callable[[], object]) -> None:
        require_stack()  # for what is begun with it, and undone where that fails
        h = self._usable()
        try:
            h.holders.append(callback)
            tell_length(lib.zq_count_holds, h.box, h.holders)
        except BaseException:  # of a signal handler: its caller does not hold it yet
            h.let_close(callback)
            raise

    def _keep_until_freed(self) -> None:
        h = self._h
        if COUNTS_REFERENCES and h is not None and not h.closed:
            keep(self, h)

    def _allow_close(self, callback: Callable[[], object]) -> None:
        h = self._h
        if h is None:
            return
        try:
            h.let_close(callback)
        except BaseException:  # of a signal handler: nobody would do it later
            h.let_close(callback)
            raise
