"""Terminating a context for no longer than so many seconds.

``zmq_ctx_term`` has no timeout, and cannot be given up. So a thread of its own calls
it, and whoever terminates the context waits for that thread.
"""

# One object in two files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend import Context as ContextBase
from zmq.sugar.timeouts import seconds_argument
from zmq.sugar.waiting.bells import acquire_within, original

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.sugar.context import Context


class Termination:
    """A thread that terminates a context."""

    def __init__(self, ctx: Context[Any]) -> None:
        self._ended: Any = original("allocate_lock")()
        self._ended.acquire()
        self._error: BaseException | None = None
        self.over: bool = False
        original("start_new_thread")(self._terminate, (ctx,))

    def _terminate(self, ctx: Context[Any]) -> None:
        try:
            ContextBase.term(ctx)
        except BaseException as error:
            self._error = error
        finally:
            self.over = True
            self._ended.release()

    def wait(self, timeout: float) -> bool:
        """Wait for the end, or raise its error; False when the time is over first.

        Signal handlers run meanwhile, and what they raise is raised here.
        """
        if not acquire_within(self._ended, timeout):
            return False
        self._ended.release()  # others may wait as well
        if self._error is not None:
            raise self._error
        return True


def terminate_within(ctx: Context[Any], timeout: float) -> None:
    """Terminate a context.

    :param timeout: seconds.
    :raises TimedOut: when it has not ended by then.
    """
    seconds = seconds_argument("timeout", timeout)
    if ctx.closed or ctx._shadow or ctx._abandoned:
        ContextBase.term(ctx)
        return
    # Should two threads begin at once, the second one's waits for the first one's.
    # pyright meets this module twice, here and in the installed wheel.
    keeper: Any = ctx
    termination = keeper._termination
    if termination is None or termination.over:
        termination = keeper._termination = Termination(ctx)
    if not termination.wait(seconds):
        raise did_not_end(ctx, seconds)


def did_not_end(ctx: Context[Any], timeout: float) -> Exception:
    """Return the error that says what keeps a context."""
    from zmq.utils.leftovers import not_ended

    return not_ended(timeout, ctx._sockets_left())
