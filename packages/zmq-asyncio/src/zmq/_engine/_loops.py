"""What the sockets of one event loop share: its readers, and whose turn it is."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import weakref
from collections import deque
from typing import TYPE_CHECKING, Any

from zmq._engine._answer import running_loop
from zmq._engine._eager import TurnClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    T = TypeVar("T")

Loop = asyncio.AbstractEventLoop


class LoopState:
    """The readers of a loop, and a clock that tells how long it has not turned.

    One descriptor may be waited for by several: shadows of a socket, and pollers. The
    loop knows only one callback for each.
    """

    __slots__ = ("_deferred", "_loop", "_readers", "_selector", "clock", "listeners")

    def __init__(self, loop: Loop) -> None:
        # Whoever waits refers to the loop; this must not, or no loop was ever freed.
        self._loop = weakref.ref(loop)
        self._readers: dict[int, list[Callable[[], object]]] = {}
        self._selector: Any = None
        self._deferred: deque[Callable[[], object]] = deque()
        self.clock = TurnClock()
        #: Sockets that are waited for: they must not be collected as garbage.
        self.listeners: set[object] = set()

    # Descriptors

    @property
    def selector(self) -> Any:
        """What has ``add_reader`` and its like: the loop, or a thread in its place."""
        if self._selector is None:
            loop = self._loop()
            assert loop is not None
            if can_select(loop):
                return loop
            from zmq._engine._selector_thread import SelectorThread

            self._selector = SelectorThread(loop)
        return self._selector

    def add_reader(self, fd: int, callback: Callable[[], object]) -> None:
        """Call `callback()` whenever `fd` is readable.

        If it raises, :meth:`remove_reader` is to be called.
        """
        callbacks = self._readers.get(fd)
        if callbacks is None:
            self._readers[fd] = [callback]
            self.selector.add_reader(fd, callback)
            return
        if len(callbacks) == 1:
            self.selector.add_reader(fd, self._fire, fd)
        callbacks.append(callback)

    def remove_reader(self, fd: int, callback: Callable[[], object]) -> None:
        """Undo one :meth:`add_reader`; no error if there is none."""
        callbacks = self._readers.get(fd)
        if callbacks is None or callback not in callbacks:
            return
        callbacks.remove(callback)
        if callbacks:
            return
        del self._readers[fd]
        loop = self._loop()
        if loop is not None and not loop.is_closed():
            self.selector.remove_reader(fd)

    def _fire(self, fd: int) -> None:
        for callback in tuple(self._readers.get(fd, ())):
            callback()

    # Turns

    def may_answer(self, budget: int) -> bool:
        """Whether an answer may be given at once, or should come through the loop.

        :param budget: nanoseconds for which answers may keep the loop from turning.
        """
        clock = self.clock
        if clock.within(budget):
            return True
        if clock.turning:
            return False
        # Perhaps the loop has turned all the time: this call will tell.
        loop = self._loop()
        assert loop is not None
        # Before the clock is started: where it raises, nobody would say that it turns.
        loop.call_soon(self._turn)
        clock.start()
        return budget > 0

    def defer(self, callback: Callable[[], object]) -> None:
        """Call back after the loop has turned; `may_answer` has said no."""
        self._deferred.append(callback)

    def _turn(self) -> None:
        loop = self._loop()
        assert loop is not None
        try:
            if self._deferred:
                deferred = self._deferred.copy()
                # The first goes on first, and uses up the budget: each time another.
                deferred.rotate(-1)
                # After the tasks that this turn wakes, which the next one runs, or they
                # had to wait once more.
                loop.call_soon(loop.call_soon, self._call_all, deferred)
                self._deferred.clear()
            self.clock.turning = False
        except BaseException:  # of a signal handler: nobody else says that it turns
            loop.call_soon(self._turn)
            raise

    def _call_all(self, callbacks: deque[Callable[[], object]]) -> None:
        try:
            _call_each(callbacks)
        except BaseException:  # of a signal handler: those that are left, soon
            loop = self._loop()
            assert loop is not None
            loop.call_soon(self._call_all, callbacks)
            raise


class WeakCallback:
    """Calls a function with an object, which it does not keep alive."""

    __slots__ = ("_function", "_ref")

    def __init__(self, obj: T, function: Callable[[T], object]) -> None:
        self._ref = weakref.ref(obj)
        self._function: Callable[[Any], object] = function

    def __call__(self) -> None:
        obj = self._ref()
        if obj is not None:
            self._function(obj)


def wake(loop: Loop) -> None:
    """Have a loop turn that may sleep underneath this call.

    A handler made by ``signal.signal`` interrupts the sleep, but Python goes on with it
    afterwards, whatever the handler has scheduled.
    """
    if loop.is_running():
        loop.call_soon_threadsafe(_nothing)


def _nothing() -> None:
    pass


def call_in(loop: Loop, callback: Callable[..., object], *args: object) -> bool:
    """Have a loop call back soon, from any thread; False when it has been closed."""
    try:
        loop.call_soon_threadsafe(callback, *args)
    except RuntimeError:
        if not loop.is_closed():
            raise
        return False
    return True


def runs_elsewhere(loop: Loop) -> bool:
    """Whether a loop runs in another thread, where alone its futures may be touched."""
    return loop.is_running() and running_loop() is not loop


def call_where_it_runs(
    loop: Loop, function: Callable[..., object], *args: object
) -> None:
    """Call a function in the thread in which a loop runs; here, where it does not."""
    call = _Call(function, args)
    if not runs_elsewhere(loop) or not call_in(loop, call):
        call()


class _Call:
    """A call that a loop is to make; made as well when the loop is closed before."""

    __slots__ = ("_args", "_function")

    def __init__(
        self, function: Callable[..., object], args: tuple[object, ...]
    ) -> None:
        self._function: Callable[..., object] | None = function
        self._args = args

    def __call__(self) -> None:
        function, self._function = self._function, None
        if function is not None:
            try:
                function(*self._args)
            except BaseException:
                self._function = function  # of a signal handler: once more, at the end
                raise

    def __del__(self) -> None:
        # Loops that are closed drop what they have not called yet. Where a handler has
        # interrupted __init__, its caller sees to it.
        if hasattr(self, "_args"):
            self()


def can_select(loop: Loop) -> bool:
    """Whether a loop can wait for descriptors; the Proactor of Windows cannot."""
    method = getattr(type(loop), "add_reader", None)
    return method not in (None, asyncio.AbstractEventLoop.add_reader)


_NAME = "_zmq_state"
# Those of loops that take no attributes.
_states: weakref.WeakKeyDictionary[Loop, LoopState] = weakref.WeakKeyDictionary()


def state_of(loop: Loop) -> LoopState:
    """Return the state of a loop, made when there is none yet."""
    # An attribute of the loop, to which sockets that are waited for refer: so both are
    # garbage when the loop is. A dictionary of ours would keep them for ever.
    state: LoopState | None = getattr(loop, _NAME, None) or _states.get(loop)
    if state is None:
        state = LoopState(loop)
        try:
            setattr(loop, _NAME, state)
        except AttributeError:
            _states[loop] = state
    return state


def _call_each(callbacks: deque[Callable[[], object]]) -> None:
    # Not in the "try": CPython 3.12 and 3.13 skip its "except" when a signal handler
    # raises as a loop in it jumps back on a condition.
    while callbacks:
        callbacks[0]()
        callbacks.popleft()
