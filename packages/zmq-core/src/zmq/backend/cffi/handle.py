"""The state of one libzmq socket, common to the Socket and all its shadows."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import os
import sys
from time import monotonic

from zmq import constants
from zmq.backend.arguments import interrupts
from zmq.backend.cffi import leftovers, monitor
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import (
    DONTWAIT,
    EAGAIN,
    EFSM,
    ENOTSOCK,
    ENOTSUP,
    ETERM,
    FOREVER,
    LOST_PLACE,
    POLLIN,
    POLLOUT,
    check_waker,
    deadline_in_ms,
    fail,
    hint_of,
    int_argument,
    is_of_handler,
    raise_forked,
    type_name,
)
from zmq.backend.cffi.owned import new_box
from zmq.backend.cffi.signals import interrupted
from zmq.backend.cffi.telling import tell_length
from zmq.backend.stack import require_stack
from zmq.error import Again, ZMQError, explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    Callback = Callable[[], object]

UNUSABLE: int = lib.ZQ_UNUSABLE
PUT_BACK: int = lib.ZQ_PUT_BACK
TELL_FIRST: int = lib.ZQ_TELL_FIRST
CLOSED: int = lib.ZQ_CLOSED
_RCVTIMEO = int(constants.SocketOption.RCVTIMEO)
_SNDTIMEO = int(constants.SocketOption.SNDTIMEO)

lib.zq_box_prepare()

# By address, so that whatever shadows a socket of ours shares its state.
open_handles: dict[int, Handle] = {}
# Those that are closed, and wait for the last one who uses them to leave.
closing_handles: set[Handle] = set()


class Handle:
    """What is known of a socket besides its box, see box.h."""

    def __init__(self, socket_type: int) -> None:
        self.box: Any = new_box()
        self.pointer: int = 0  # the address of libzmq's socket
        self.type: int = socket_type
        self.generation: int = lib.zq_generation()
        self.pid: int = os.getpid()
        self.closed: bool = False
        self.counting: bool = False  # what it does is counted
        self.on_full: int = 0  # what becomes of what would have to wait
        self.foreign: bool = False  # made by other code, which may use it unseen
        self.watchers: list[tuple[Callback, int]] = []
        self.holders: list[Callback] = []
        # See returned.py.
        self.returned: list[tuple[int | None, list[Any]]] = []
        self.partial: list[Any] = []  # frames still to come of one of those
        self.order: int | None = None  # of what was received last, if it was put back
        self.orders: list[int | None] | None = None  # of each of a burst, if some were
        self.monitor: bytes | None = None  # where it is monitored
        self.monitored: Handle | None = None  # the socket that this is the monitor of
        self.owner: Any = None  # weak reference to the Socket that made it
        self.context: Any = None
        self.place: str | None = None  # where it is bound or connected, for messages
        self.has_queues: bool = False  # connected: there is one for an absent peer
        self.closing: object = None  # made when it was closed, for tracemalloc
        self.endpoints: list[tuple[str, str]] = []  # (way, address), those in effect
        self.outside: bool = False  # was bound or connected to another than inproc
        self.made: float = monotonic()
        # Of objects with a __dict__, as this is one, tracemalloc does not always know.
        self.making: object = object()

    def found(self) -> None:
        """Make it known by the address of its socket, which its box has by now."""
        self.pointer = int(ffi.cast("uintptr_t", self.box.ptr))
        open_handles[self.pointer] = self

    def unusable(self) -> None:
        """Say why the socket cannot be used; return when it can, after all."""
        if self.closed:
            hint = explain("closed", self.type, self.closing)
            fail(ENOTSOCK, hint or f"the {type_name(self.type)} socket is closed")
        if not self.is_of_this_process():
            raise_forked("Socket", self.pid)
        if self.box.busy:
            fail(ENOTSUP, "the socket is in use by a proxy, close() is all it can do")

    def is_of_this_process(self) -> bool:
        """Whether no fork lies between its making and now."""
        return bool(self.generation == lib.zq_generation())

    def closed_while(self, what: str) -> NoReturn:
        """Tell one who waited for the socket why that was closed."""
        if self.context is not None and self.context._ends:
            fail(ETERM)
        fail(ENOTSOCK, f"the socket was closed while {what}")

    # Notifying

    def tell_watchers(self) -> None:
        """Look at EVENTS, and call back whoever watches for one of them."""
        # The operation has succeeded: what others have to know is no error of it.
        try:
            events = self.look()
        except ZMQError as error:
            if is_of_handler(error):
                raise
            return
        self.call_back(events)

    def call_back(self, events: int) -> None:
        """Call back whoever watches for one of these events."""
        _call_all([callback for callback, wanted in self.watchers if wanted & events])

    def tell_everybody(self) -> None:
        """Wake all, for what no event says."""
        lib.zq_wake_all(self.box, POLLIN | POLLOUT)
        self.call_back(POLLIN | POLLOUT)

    def look(self) -> int:
        """Return EVENTS; whoever waits for one of them is woken."""
        events: int = lib.zq_look(self.box)
        while events < 0:
            if events == UNUSABLE:
                self.unusable()
            elif not interrupted(events):
                self.call_back(POLLIN | POLLOUT)
                fail(-events)
            events = lib.zq_look(self.box)
        return events

    def look_and_tell(self) -> int:
        """Return EVENTS; whoever waits or watches for one of them is told."""
        events = self.look()
        if self.watchers:
            self.call_back(events)
        return events

    def failed(self, code: int, operation: str) -> None:
        """Deal with the negative result of a send or receive; return to try again."""
        if code == UNUSABLE:
            self.unusable()
            return
        check_waker(code)
        if code == CLOSED:
            self.closed_while(f"it waited to {operation}")
        if interrupted(code):
            return
        err = -code
        self.call_back(POLLIN | POLLOUT)
        hint = hint_of(err, operation, self.type)
        if err == EFSM and lib.zq_lost_place(self.box):
            hint = LOST_PLACE
        fail(err, hint)

    def again(self, flags: int, sending: bool) -> Exception:
        """Return the Again of what would have to wait, or has waited too long."""
        timeout = -2 if sending and self.on_full == lib.ZQ_FULL_RAISE else -1
        if timeout == -1 and not flags & DONTWAIT and not self.closed:
            value, size = ffi.new("int *", -1), ffi.new("size_t *", 4)
            lib.zq_get(self.box, _SNDTIMEO if sending else _RCVTIMEO, value, size)
            timeout = int(value[0])
        if self.counting:
            refused = lib.ZQ_SENDS_REFUSED if sending else lib.ZQ_RECEIVES_REFUSED
            lib.zq_count_one(self.box, refused)
        error: Any = Again(EAGAIN)
        # It is not read, for most of the time: strerror makes words of it.
        place = self.place
        if place is None:
            place = "used by other code, too" if self.foreign else ""
        error._refusal = (self.type, place, sending, timeout, self.has_queues)
        return error  # type: ignore[no-any-return]

    # Waiting

    def wait(self, events: int, deadline: int, purpose: str) -> bool:
        """Wait until one of `events` may have come; False when the deadline has."""
        # What no event says is waited for in vain again and again: that sleeps.
        spin = self.box.spin if events else 0
        spin_end = ffi.new("int64_t *", lib.zq_spin_end(spin, deadline))
        try:
            while True:
                rc = lib.zq_wait(self.box, events, spin_end, deadline)
                if not interrupted(rc):
                    break
            check_waker(rc)
            if rc == -ENOTSUP:
                self.failed(rc, "poll")
            if rc < 0:
                raise OSError(-rc, "waiting for a socket failed")
        finally:
            if self.closed:
                self.close_if_last()
        if self.closed:
            self.closed_while(f"it {purpose}")
        return bool(rc)

    def deadline_by_option(self, option: int) -> int:
        """Return when RCVTIMEO or SNDTIMEO, in milliseconds, will have passed."""
        timeout = self.get_int(option)
        return FOREVER if timeout < 0 else deadline_in_ms(timeout)

    def call(self, function: Any, *arguments: Any) -> int:
        """Call a function of the C part, again when a signal has interrupted it."""
        while True:
            rc: int = function(self.box, *arguments)
            if rc == UNUSABLE:
                self.unusable()
            elif not interrupted(rc):
                return rc

    def get_int(self, option: int) -> int:
        """Return an int option."""
        value, size = ffi.new("int *"), ffi.new("size_t *", 4)
        rc = self.call(lib.zq_get, option, value, size)
        if rc < 0:
            if rc == -ETERM:
                self.tell_everybody()
            fail(-rc)
        return int(value[0])

    # Messages put back, see returned.py.

    def put_back(self, frames: list[Any], order: int | None = None) -> None:
        """Put a message back: ahead of all, or of those that were received later."""
        if self.closed or self.box.busy:
            self.unusable()
        place = 0
        if order is not None:
            for known, _ in self.returned:
                if known is None or known > order:
                    break
                place += 1
        self.returned.insert(place, (order, frames))
        self.mark_returned()
        # Last, as whoever is called may receive.
        self.call_back_readable()

    def call_back_readable(self) -> None:
        """Call back whoever watches for messages."""
        if self.watchers:
            self.call_back(POLLIN)

    def mark_returned(self) -> None:
        """Tell the box whether there are messages put back."""
        lib.zq_mark_returned(self.box, bool(self.returned or self.partial))

    # The end

    def set_linger(self, linger: int) -> None:
        """Set LINGER, where that can be done; also of one that is closed, but held."""
        lib.zq_linger(self.box, linger)

    def close(self) -> None:
        """Close, once the last thread that waits on the socket has left."""
        if self.closed:
            return
        require_stack()
        monitored = self.monitored
        ours = self.is_of_this_process()
        if (
            ours
            and monitored is not None
            and not monitored.closed
            and not monitored.box.busy
            and monitored.monitor is not None
        ):
            monitor.start(monitored, None, 0)
        if self.closed:
            return
        if ours:
            leftovers.note_lingering(self)
        self.closing = object()  # here: tracemalloc remembers few callers
        try:
            self._end(ours)
        except BaseException:  # of a signal handler: another close() would do nothing
            self._end(ours)
            raise

    def _end(self, ours: bool) -> None:
        """Take each step of the end, which may be taken twice."""
        self.closed = True
        if open_handles.get(self.pointer) is self:
            # Else a first time did so, and another socket may be at the address.
            del open_handles[self.pointer]
        lib.zq_mark_closed(self.box)
        if not ours:
            return
        self.returned = []
        self.partial = []
        closing_handles.add(self)
        self.close_if_last()
        _call_all(list(self.holders))

    def let_close(self, callback: Callback) -> None:
        """Hold it for a callback no longer."""
        if callback in self.holders:
            self.holders.remove(callback)
        tell_length(lib.zq_count_holds, self.box, self.holders)
        if self.closed:
            self.close_if_last()

    def close_if_last(self) -> None:
        """Close libzmq's socket if nobody is left who waits on it or holds it."""
        late_in = ffi.NULL
        if self.monitored is not None and self.context is not None:
            late_in = self.context._shared
        if lib.zq_close_if_last(self.box, late_in):
            closing_handles.discard(self)
            self.monitored = None


class HandleUser:
    """What has a Handle, once it is initialised: the parts of a Socket."""

    _h: Any = None
    _box: Any = ffi.NULL  # of the Handle

    def _usable(self) -> Handle:
        """Return the Handle; raise where the socket cannot be used."""
        h = self._handle()
        h.unusable()
        return h

    def _handle(self) -> Handle:
        """Return the Handle; who uses it checks it."""
        h: Handle | None = self._h
        if h is None:
            fail(ENOTSOCK, "Socket.__init__ was never called")
        return h

    @property
    def _endpoints(self) -> list[tuple[str, str]]:
        """Where it is bound and connected: pairs of the method and the address."""
        return [] if self._h is None else list(self._h.endpoints)

    @property
    def _has_outside_peers(self) -> bool:
        """Whether it has been bound or connected to another transport than inproc."""
        return self._h is not None and (self._h.outside or self._h.foreign)

    def _again(self, flags: Any, sending: bool) -> Exception:
        """Return the Again that `send(flags=flags)`, or a receive, would raise now."""
        return self._handle().again(int_argument("flags", flags), sending)


def _call_all(callbacks: list[Callback]) -> None:
    interruption: BaseException | None = None
    for callback in callbacks:
        try:
            callback()
        except BaseException as error:
            if interrupts(error):
                interruption = error
                continue
            # The operation that it is told of has been done: this is no error of that.
            cause = (type(error), error, error.__traceback__, None, callback)
            made: Any = getattr(sys, "UnraisableHookArgs", _UnraisableHookArgs)
            sys.unraisablehook(made(cause))
    if interruption is not None:
        raise interruption


class _UnraisableHookArgs:
    """What sys.unraisablehook takes, where sys has no class for it."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        (
            self.exc_type,
            self.exc_value,
            self.exc_traceback,
            self.err_msg,
            self.object,
        ) = values
