"""The end of a context."""

from __future__ import annotations

from warnings import warn

from zmq.backend import Socket as SocketBase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend import Context as ContextBase
    from zmq.sugar.shutdown.terminating import Termination
else:
    ContextBase = object


class Ending(ContextBase):
    """The methods of a context that terminate it."""

    # The thread that terminates it, if any.
    _termination: Termination | None = None

    def term(self, timeout: float | None = None) -> None:
        """Wait until all sockets are closed and what they sent has left; then end.

        Whoever waits on one of the sockets gets :class:`zmq.ContextTerminated`. See
        ``LINGER`` for how long messages are kept: that option has to be set before. A
        shadow does not wait: it is closed, and the original goes on.

        :param timeout: seconds after which to give up; None waits for ever. The context
            goes on to end by itself, and this can be called again to wait for that. It
            ends in a thread of its own: 0 begins that, and is too short to see its end.
        :raises TimedOut: when the context has not ended by then: lists the sockets that
            are open, and those that may still have messages to send.
        :raises ValueError: when `timeout` is negative.

        .. versionchanged:: 28.0
            `timeout` was added.
        """
        if timeout is None:
            super().term()
        else:
            from zmq.sugar.shutdown.terminating import terminate_within

            context: Any = self
            terminate_within(context, timeout)

    def destroy(self, linger: int | None = None, timeout: float | None = None) -> None:
        """Close all sockets and terminate the context.

        Threads that wait on one of the sockets get :class:`zmq.ContextTerminated`. A
        shadow closes only the sockets that it has made, and the original goes on.

        :param linger: milliseconds to keep unsent messages: sets the option ``LINGER``
            of each socket first. None leaves it as it is.
        :param timeout: seconds after which to give up, as in :meth:`term`.
        :raises TimedOut: as :meth:`term` does. The sockets are closed.

        .. versionchanged:: 28.0
            `timeout` was added.
        """
        self._destroy(linger, timeout, warned=False)

    def _destroy(
        self, linger: int | None, timeout: float | None = None, *, warned: bool
    ) -> None:
        if self.closed:
            return
        if timeout is not None:
            from zmq.sugar.timeouts import seconds_argument

            seconds_argument("timeout", timeout)  # before anything is closed
        failure: ResourceWarning | None = None
        for sock in self._sockets_to_destroy(linger):
            if sock.closed:
                continue
            # Those of the backend's own class are the library's.
            if warned and type(sock) is not SocketBase:
                try:
                    warn(
                        f"Destroying context with unclosed socket {sock!r}",
                        ResourceWarning,
                        stacklevel=3,
                        source=sock._tracemalloc_source,
                    )
                except ResourceWarning as error:  # where warnings are errors
                    failure = error
            sock.close(linger=linger)
        if timeout is None:
            self.term()
        else:
            self.term(timeout)
        if failure is not None:
            raise failure
