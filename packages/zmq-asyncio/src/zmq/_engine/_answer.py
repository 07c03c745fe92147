"""The futures that asynchronous operations return; some are made done."""

# One engine in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
import sys
import warnings

import zmq
from zmq import backend
from zmq.sugar.waiting.receipt import give_back as give_back
from zmq.sugar.waiting.receipt import order_of as order_of
from zmq.sugar.waiting.receipt import put_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    T = TypeVar("T")
else:
    T = Any = object  # asyncio imports no typing from Python 3.15 on

backend.require_contract(3, "zmq-asyncio")

if TYPE_CHECKING or asyncio._get_running_loop is not getattr(
    asyncio.events, "_py__get_running_loop", None
):
    running_loop = asyncio._get_running_loop
else:
    from zmq._engine._running import running_loop as running_loop


# Whether futures are of Python, as on PyPy, and not of C.
_PURE = asyncio.Future is getattr(asyncio.futures, "_PyFuture", None)

if TYPE_CHECKING or not _PURE or backend.ready_type is not None:

    class Answer(asyncio.Future[T]):
        """An :class:`asyncio.Future` of what an operation returns.

        It is no coroutine, so ``asyncio.create_task`` refuses it, while
        ``ensure_future``, ``gather`` and ``wait`` take it. It cannot be both: ``wait``
        refuses all that looks like a coroutine.
        """

        __slots__ = ()

    def need_finalizer(answer: Answer[Any]) -> None:
        """Do nothing: all have one."""

    def _remember(ready: Ready, sock: Any) -> None:
        ready._socket = sock

else:
    from zmq._engine._bare import Answer as Answer
    from zmq._engine._bare import need_finalizer as need_finalizer
    from zmq._engine._bare import remember as _remember

_Future: Any = asyncio.Future
#: What the ``__del__`` of an answer does last.
finalize: Callable[[Answer[Any]], None] = _Future.__del__


def failed(loop: asyncio.AbstractEventLoop, error: BaseException) -> Answer[Any]:
    """Return a future that has failed."""
    answer: Answer[Any] = Answer(loop=loop)
    answer.set_exception(error)
    return answer


def current_loop() -> asyncio.AbstractEventLoop:
    """Return the loop that runs, or that is to run in this thread."""
    return running_loop() or asyncio.get_event_loop()


class ReadyMethods(Answer[Any]):
    """A future that is made done, without what every await calls.

    Most are awaited at once, and dropped. That needs nothing of what a future can do:
    :class:`asyncio.Future` is initialised only when somebody asks for more.

    The result of a receive that nobody looks at goes back to the socket: when it is
    cancelled, as ``gather`` does with all its parts, or dropped.
    """

    __slots__ = ("_made", "_unseen")

    _made: bool
    _unseen: list[Any]  # the message, where it is not the result itself

    if TYPE_CHECKING:
        _socket: zmq.Socket[Any] | None  # while nobody has looked at the result
        _order: int | list[int]  # of that message, among those of its socket
        _value: Any

    def _drop(self) -> None:
        sock = self._socket
        if self._give_back() and not hasattr(self, "_made"):
            warn_never_awaited(sock, self._value, self)

    def _give_back(self) -> bool:
        sock, self._socket = self._socket, None
        assert sock is not None
        received: Any = getattr(self, "_unseen", self._value)
        message = received if isinstance(received, list) else [received]  # pyright: ignore[reportUnknownVariableType]
        return give_back(sock, message, self._order)  # pyright: ignore[reportUnknownArgumentType]

    def result(self) -> Any:
        """Return what the operation returned."""
        if not hasattr(self, "_value"):
            raise asyncio.CancelledError
        sock = getattr(self, "_socket", None)
        try:
            self._socket = None
            return self._value
        except BaseException:  # of a signal handler: nobody has got it
            self._socket = sock
            raise

    def done(self) -> bool:
        """Return True."""
        return True

    def cancelled(self) -> bool:
        """Whether a message was given back."""
        return not hasattr(self, "_value")

    def cancel(self, msg: Any = None) -> bool:  # noqa: ARG002
        """Give back what nobody has looked at; else it is done, and this does nothing.

        :returns: whether a message went back to the socket.
        """
        if getattr(self, "_socket", None) is None or not self._give_back():
            return False
        del self._value
        return True

    def exception(self) -> None:
        """Return None: it has not failed."""
        if not hasattr(self, "_value"):
            raise asyncio.CancelledError

    # All else is done by a real future.

    def _make(self) -> None:
        if not hasattr(self, "_made"):
            self._made = True
            super().__init__(loop=current_loop())
            if hasattr(self, "_value"):
                super().set_result(self._value)
            else:
                super().cancel()

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the event loop it belongs to."""
        self._make()
        return super().get_loop()

    def add_done_callback(self, fn: Any, *, context: Any = None) -> None:
        """Have a function called soon."""
        self._make()
        super().add_done_callback(fn, context=context)

    def remove_done_callback(self, fn: Any) -> int:
        """Return 0: all have been called, or are soon."""
        self._make()
        return super().remove_done_callback(fn)

    def set_result(self, result: Any) -> None:
        """Raise InvalidStateError."""
        self._make()
        super().set_result(result)

    def set_exception(self, exception: Any) -> None:
        """Raise InvalidStateError."""
        self._make()
        super().set_exception(exception)

    def __repr__(self) -> str:
        self._make()
        return super().__repr__()

    # Futures of C have no such attributes for those of Python to set.
    if TYPE_CHECKING or not _PURE:

        @property
        def _loop(self) -> Any:
            return self.get_loop()

        @property
        def _state(self) -> str:  # type: ignore[override]
            return "FINISHED" if hasattr(self, "_value") else "CANCELLED"


if TYPE_CHECKING or backend.ready_type is None:

    class Ready(ReadyMethods):
        """A future that is made done."""

        __slots__ = ("_order", "_socket", "_value")

        def __await__(self) -> Any:
            return self

        __iter__ = __await__

        def __next__(self) -> Any:
            if not hasattr(self, "_value"):
                self.result()  # raises
            end = StopIteration(self._value)
            try:
                raise end
            finally:
                # Last, and not for what a signal handler has raised instead. Before,
                # its name goes: it holds this frame, which holds it and the message.
                given = sys.exc_info()[1] is end
                del end
                if given:
                    self._socket = None

        def __del__(self) -> None:
            if self._socket is not None:
                self._drop()
else:
    Ready = backend.ready_type(ReadyMethods, running_loop)


def make_ready(result: Any) -> Ready:
    """Return a future that is done.

    :param result: its result.
    """
    ready = new_ready()
    ready._value = result
    return ready


def new_ready() -> Ready:
    """Return a future that is done, once it is given its result."""
    ready = Ready.__new__(Ready)
    ready._socket = None
    return ready


def hand_over(
    ready: Ready,
    kept: list[Any],
    sock: Any,
    part: int,
    convert: Callable[[Any], Any] | None = None,
) -> None:
    """Make what was received the result of a future from :func:`new_ready`.

    :param kept: what a ``_try_recv`` of the socket has filled.
    :param part: whether it is a part of a message, as ``_received_part`` tells: that
        can be put back only until something else is received.
    :param convert: what makes the result of it.
    """
    received = kept[0]
    # Before `convert` may receive.
    order = -part if part else order_of(sock)
    # The value first, as make_ready() has it: PyPy sorts attributes that are not always
    # set in the same order, and its compiler takes each such object for a new kind.
    if convert is None:
        ready._value = received
    else:
        ready._value = converted(kept, convert)
        ready._unseen = received if isinstance(received, list) else [received]
    ready._order = order
    _remember(ready, sock)  # last: from now on it gives the message back


def converted(kept: list[Any], convert: Callable[[Any], Any]) -> Any:
    """Return what a function makes of a message.

    What it raises is an error of the message, which does not go back then.
    """
    try:
        return convert(kept[0])
    except Exception:
        kept.clear()
        raise


def take_back(sock: Any, kept: list[Any], ready: Ready | None = None) -> None:
    """Put back what was received, since somebody has interrupted its way to a future.

    :param kept: what a ``_try_recv`` of the socket has filled; is emptied.
    :param ready: the future, which may have got it already.
    """
    if ready is not None:
        ready._socket = None
    put_back(sock, kept)


def warn_never_awaited(sock: Any, received: Any, answer: object) -> None:
    """Warn of a receive whose result nobody asked for, as a missing `await` has it."""
    if sys.is_finalizing():
        return
    if isinstance(received, int):
        operation = "recv_into"
    elif not isinstance(received, list):
        operation = "recv"
    elif received and isinstance(received[0], list):
        operation = "recv_many"
    else:
        operation = "recv_multipart"
    # With tracemalloc, the warning shows where the future was made.
    warnings.warn(
        f"{operation}() of {sock!r} was never awaited: what it received went back to"
        " the socket",
        RuntimeWarning,
        stacklevel=2,
        source=answer,
    )
