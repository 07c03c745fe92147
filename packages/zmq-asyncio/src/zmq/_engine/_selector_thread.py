"""Waiting for descriptors in a thread, for event loops that cannot."""

from __future__ import annotations

import asyncio
import select
import socket
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import TypeAlias

    Handler: TypeAlias = tuple[Callable[..., object], tuple[Any, ...]]


class SelectorThread:
    """Has ``add_reader`` and its like, as a loop has, by way of a thread.

    The Proactor of Windows waits for operations, not for readiness. The thread waits
    with ``select``, tells the loop, and does not look again before the loop has called
    back. It ends with the loop.

    :param loop: the event loop to call back in.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = weakref.ref(loop)
        self._readers: dict[int, Handler] = {}
        self._writers: dict[int, Handler] = {}
        self._lock = threading.Condition()
        self._changed = True
        self._waking, self._woken = socket.socketpair()
        self._waking.setblocking(False)
        self._woken.setblocking(False)
        self._thread = threading.Thread(
            target=self._run, name="zmq selector", daemon=True
        )
        self._thread.start()

    def add_reader(self, fd: int, callback: Callable[..., object], *args: Any) -> None:
        """Call back when a descriptor is readable; replaces the callback before."""
        self._readers[fd] = (callback, args)
        self._wake()

    def add_writer(self, fd: int, callback: Callable[..., object], *args: Any) -> None:
        """Call back when a descriptor is writable; replaces the callback before."""
        self._writers[fd] = (callback, args)
        self._wake()

    def remove_reader(self, fd: int) -> bool:
        """Undo :meth:`add_reader`; whether there was one."""
        return self._remove(self._readers, fd)

    def remove_writer(self, fd: int) -> bool:
        """Undo :meth:`add_writer`; whether there was one."""
        return self._remove(self._writers, fd)

    def _remove(self, handlers: dict[int, Handler], fd: int) -> bool:
        if handlers.pop(fd, None) is None:
            return False
        self._wake()
        return True

    def _wake(self) -> None:
        """Have the thread look anew at what it is to wait for."""
        with self._lock:
            self._changed = True
            self._lock.notify()
        with suppress(OSError):  # full, so it wakes up anyhow
            self._waking.send(b"\0")

    # In the thread

    def _run(self) -> None:
        try:
            while self._wait_for_change():
                ready = self._select()
                loop = self._loop()
                if loop is None or loop.is_closed():
                    return
                if ready is not None:
                    loop.call_soon_threadsafe(self._call_back, *ready)
                del loop
        except RuntimeError:
            pass  # the loop was closed just now
        finally:
            self._waking.close()
            self._woken.close()

    def _wait_for_change(self) -> bool:
        with self._lock:
            while not self._changed:
                # From time to time, as a loop that is closed does not say so.
                self._lock.wait(1.0)
                loop = self._loop()
                if loop is None or loop.is_closed():
                    return False
                del loop
            self._changed = False
        return True

    def _select(self) -> tuple[list[int], list[int]] | None:
        """Wait; returns what is ready, None if what to wait for has changed."""
        readers, writers = list(self._readers), list(self._writers)
        woken = self._woken.fileno()
        try:
            readable, writable, failed = select.select(
                [woken, *readers], writers, writers, 1.0
            )
        except (OSError, ValueError):
            # A descriptor was closed; it is removed at any moment.
            readable, writable, failed = [], [], []
        if woken in readable:
            readable.remove(woken)
            self._drain()
        if not readable and not writable and not failed:
            with self._lock:
                self._changed = True  # the time is over: look at the loop, go on
            return None
        return readable, writable + failed

    def _drain(self) -> None:
        try:
            while self._woken.recv(4096):
                pass
        except OSError:
            pass

    # In the loop

    def _call_back(self, readable: list[int], writable: list[int]) -> None:
        for ready, handlers in (
            (readable, self._readers),
            (writable, self._writers),
        ):
            for fd in ready:
                if fd in handlers:
                    callback, args = handlers[fd]
                    callback(*args)
        self._wake()
