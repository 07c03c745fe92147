"""An authenticator that runs in a thread of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import uuid
from concurrent.futures import Future
from threading import RLock, Thread, current_thread
from typing import Any

import zmq
import zmq.asyncio

from .server import ConcurrentAuthenticator

__all__ = ["AuthenticationThread", "ThreadAuthenticator"]

_TERMINATE = b"TERMINATE"
_PATIENCE = 1.0  # seconds


class AuthenticationThread(Thread):
    """The thread of a `ThreadAuthenticator`; a daemon, which ends with the process.

    :param authenticator: whose requests it answers.
    :param pipe: a bound asynchronous PAIR socket, closed by the thread at its end. A
        message on it ends the thread.
    """

    def __init__(
        self, authenticator: ThreadAuthenticator, pipe: zmq.asyncio.Socket
    ) -> None:
        super().__init__(name="zmq.auth", daemon=True)
        self.authenticator = authenticator
        self.pipe = pipe
        self.ready: Future[None] = Future()
        """Done when the thread answers requests; has the error if it cannot."""
        self._told: asyncio.Task[None]

    def run(self) -> None:
        """Answer requests until told to stop, or until the context ends."""
        try:
            self._run()
        except BaseException as error:
            if self.ready.done():
                raise
            self.ready.set_exception(error)

    def _run(self) -> None:
        # asyncio.run() would wait for checks that ignore that they are cancelled, and
        # stop() for this thread
        loop = asyncio.new_event_loop()
        try:
            loop.run_until_complete(self._main())
        finally:
            loop.run_until_complete(self._end_tasks())
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.close()

    async def _end_tasks(self) -> None:
        """End what the user's code has left behind, as far as it lets us."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        if tasks and (await asyncio.wait(tasks, timeout=_PATIENCE))[1]:
            self.authenticator.log.error("gave up a task that ignores its cancellation")

    def cancel(self) -> None:
        """End the thread without the pipe; callable from other threads."""
        # the loop is closed when the thread has just ended by itself
        with contextlib.suppress(RuntimeError):
            self._told.get_loop().call_soon_threadsafe(self._told.cancel)

    async def _main(self) -> None:
        try:
            told, served = await self._until_told()
        finally:
            # also where a check has raised what ends the event loop
            self.pipe.close(linger=0)
        if told is not None:
            # nobody waits in stop(), and Context.term() would wait for that socket
            self.authenticator._close_pipe()  # pyright: ignore[reportPrivateUsage]
        if isinstance(served, Exception):
            raise served
        await self.authenticator._finish()  # pyright: ignore[reportPrivateUsage]

    async def _until_told(self) -> tuple[BaseException | None, BaseException | None]:
        """Answer requests; returns how the waiting and the answering have ended."""
        serve = asyncio.ensure_future(self.authenticator._serve())  # pyright: ignore[reportPrivateUsage]
        self._told = asyncio.ensure_future(self._wait_for_stop())
        self.ready.set_result(None)
        tasks = {serve, self._told}
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        return await asyncio.gather(self._told, serve, return_exceptions=True)

    async def _wait_for_stop(self) -> None:
        await self.pipe.recv()


class ThreadAuthenticator(ConcurrentAuthenticator):
    """Decide which clients may connect, in a background thread.

    It can be configured from any thread, at any time. Credentials providers are called
    in the background thread.

    :param context: the context of the server sockets; by default the global one,
        ``zmq.Context.instance()``. Terminating the context stops the thread.
    :param encoding: of domains, user names, passwords and user ids.
    :param log: gets refusals as warnings; by default the logger ``zmq.auth``.
    """

    def __init__(
        self,
        context: zmq.Context[Any] | None = None,
        encoding: str = "utf-8",
        log: Any = None,
    ) -> None:
        super().__init__(context, encoding, log)
        self.pipe: zmq.Socket[Any] | None = None
        self.pipe_endpoint: str = ""
        self.thread: AuthenticationThread | None = None
        # Threads that start and stop it do so one after the other: each would stop the
        # thread of another one, or wait for it for ever.
        self._changes = RLock()
        self._pid = os.getpid()

    def start(self) -> None:
        """Start the thread, and return when it answers.

        :raises zmq.ZMQError: when the context has an authenticator already
            (``EADDRINUSE``).
        """
        with self._alone():
            super().start()
            try:
                self.thread = self._start_thread()
            except BaseException:
                self.stop()
                raise

    def stop(self) -> None:
        """Stop the thread, wait for its end, and close the sockets.

        Close the server sockets first, see `Authenticator.stop`. In the thread itself,
        as by a check that is a coroutine function, or by a provider, it returns at
        once, and the thread ends when that lets it.
        """
        with self._alone():
            thread = self.thread
            if thread is not None and thread is current_thread():
                thread.cancel()
                return
            if thread is not None:
                self._tell_to_stop(thread)
                thread.join()
                self.thread = None
            self._close_pipe()
            self.pipe = None
            super().stop()

    def is_alive(self) -> bool:
        """Tell whether the thread is running."""
        return self.thread is not None and self.thread.is_alive()

    def _alone(self) -> contextlib.AbstractContextManager[Any]:
        """Wait until no other thread starts or stops it."""
        if self.thread is current_thread():
            # another one may wait for this thread
            return contextlib.nullcontext()
        if self._pid != os.getpid():
            # a fork: the thread that has the lock may not exist here
            self._pid, self._changes = os.getpid(), RLock()
        return self._changes

    def _start_thread(self) -> AuthenticationThread:
        far_end: zmq.asyncio.Socket = self.context.socket(
            zmq.PAIR, socket_class=zmq.asyncio.Socket
        )
        try:
            self._open_pipe(far_end)
            thread = AuthenticationThread(self, far_end)
            thread.start()
            thread.ready.result()
        except BaseException:
            # only a thread that has come to run does that itself
            far_end.close(linger=0)
            raise
        return thread

    def _open_pipe(self, far_end: zmq.asyncio.Socket) -> None:
        # a new one each time: libzmq frees the address of a closed socket later
        self.pipe_endpoint = f"inproc://zmq.auth.thread.{uuid.uuid4().hex}"
        far_end.bind(self.pipe_endpoint)
        self.pipe = self.context.socket(zmq.PAIR, socket_class=zmq.Socket)
        self.pipe.connect(self.pipe_endpoint)

    def _close_pipe(self) -> None:
        pipe = self.pipe
        if pipe is not None:
            pipe.close(linger=0)

    def _tell_to_stop(self, thread: AuthenticationThread) -> None:
        try:
            pipe = self.pipe
            if pipe is not None:
                pipe.send(_TERMINATE, zmq.DONTWAIT)
        except zmq.ZMQError:
            # the context was destroyed, and the pipe with it
            thread.cancel()
