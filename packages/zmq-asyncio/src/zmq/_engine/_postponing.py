"""Operations that need not wait, but let the event loop turn before they go on."""

# One engine in several files. The Waiters are Any: pyright meets them twice, here and
# in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq._engine._answer import Answer, finalize, need_finalizer, running_loop

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import Any

    from zmq._engine._typed import TypedSocket
    from zmq._engine._waiting import Sending, Waiting
else:
    Any = object  # asyncio imports no typing from Python 3.15 on


def postpone(waiters: Any, sock: TypedSocket, waiting: Waiting) -> None:
    """Let one who need not wait go on only when the loop has turned."""
    waiting.late = waiting.untried = True
    waiters.listen(sock, waiting.events)
    postponed: Waiting | None = waiting

    def resume() -> None:
        nonlocal postponed
        if postponed is not None:
            postponed.late = False
            # One that nobody awaits gives back what it receives when it is dropped,
            # which has to be before the next one receives.
            postponed = None
        waiters.serve(sock)

    waiters.state.defer(resume)


class PostponedSend(Answer[Any]):
    """The future of a send that only waits for a turn of the loop.

    The queue of the socket has another one, `sending`, to which this one leaves
    everything. When this one is dropped, nobody can await or cancel the send any more.
    Then it is made at once: whoever calls ``sock.send(...)`` without an `await`, and
    goes on with something long, does not keep the message back.
    """

    __slots__ = ("_sending",)

    def __init__(self, sending: Sending) -> None:
        super().__init__(loop=sending.get_loop())
        self._sending = sending
        need_finalizer(self)

    def __await__(self) -> Generator[Any, None, Any]:
        # A generator, whose frame keeps this object while a task awaits it.
        return (yield from self._sending.__await__())

    __iter__ = __await__  # what "yield from" of old-style coroutines uses

    def __del__(self) -> None:
        sending: Sending | None = getattr(self, "_sending", None)
        if (
            sending is not None
            and sending.late
            and not sending.done()
            and sending._queue
            and sending._queue[0] is sending
            and running_loop() is sending.get_loop()
        ):
            sending.late = False
            sending.attempt()
        finalize(self)

    def done(self) -> bool:
        """Whether it has been sent, or cannot be."""
        return self._sending.done()

    def cancelled(self) -> bool:
        """Whether it was cancelled: nothing was sent then."""
        return self._sending.cancelled()

    def cancel(self, msg: Any = None) -> bool:
        """Give up; nothing is sent then.

        :param msg: passed on to the :class:`asyncio.CancelledError`.
        """
        return self._sending.cancel(msg)

    def result(self) -> Any:
        """Return what the send returned, or raise."""
        return self._sending.result()

    def exception(self) -> BaseException | None:
        """Return what was raised."""
        return self._sending.exception()

    def set_result(self, result: Any) -> None:
        """End with a result; nothing is sent then."""
        self._sending.set_result(result)

    def set_exception(self, exception: Any) -> None:
        """End with an exception; nothing is sent then."""
        self._sending.set_exception(exception)

    def add_done_callback(self, fn: Any, *, context: Any = None) -> None:
        """Have a function called when it is done."""
        self._sending.add_done_callback(_Callback(fn, self), context=context)

    def remove_done_callback(self, fn: Any) -> int:
        """Forget a function; returns how often it was there."""
        return self._sending.remove_done_callback(_Callback(fn, self))

    def __repr__(self) -> str:
        return repr(self._sending)


class _Callback:
    """Calls a function with the future that it was added to."""

    __slots__ = ("_answer", "_function")

    def __init__(self, function: Any, answer: PostponedSend) -> None:
        self._function = function
        self._answer = answer

    def __call__(self, _: object) -> None:
        self._function(self._answer)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Callback) and bool(self._function == other._function)

    def __hash__(self) -> int:
        return hash(self._function)
