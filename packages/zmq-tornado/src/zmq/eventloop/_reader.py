"""The part of a stream that reads events, and tells when there is something to do."""

# One class in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import asyncio
from typing import Any

import zmq
from zmq._engine._loops import call_in, state_of
from zmq.eventloop._tornado import IOLoop

_POLLIN, _POLLOUT = int(zmq.POLLIN), int(zmq.POLLOUT)


class StreamReader:
    """Has :meth:`_work` called when something has come that it wants.

    :param socket: the socket.
    :param io_loop: the tornado loop to be called in; by default the current one.
    """

    #: The socket, None once the stream is closed.
    socket: zmq.Socket[Any]
    io_loop: IOLoop

    def __init__(self, socket: zmq.Socket[Any], io_loop: IOLoop | None) -> None:
        self.io_loop = io_loop or IOLoop.current()
        self.socket = socket  # from here on __del__ has something to do
        tornado_loop: Any = self.io_loop
        self._loop: asyncio.AbstractEventLoop = tornado_loop.asyncio_loop
        self._fd = -1
        self._attached = False  # while the loop reads the descriptor
        self._shared = False  # with another stream
        self._terminated = False
        self._watched = 0  # the events that operations on the socket notify of
        self._scheduled = False
        self._working = False

    def closed(self) -> bool:
        """Whether there is no event to come any more."""
        raise NotImplementedError

    def _wanted(self) -> int:
        """Return the events that it waits for."""
        raise NotImplementedError

    def _work(self) -> None:
        """Do all there is to do."""
        raise NotImplementedError

    def _begin_to_read(self) -> None:
        loop: asyncio.AbstractEventLoop = self._loop
        if not loop.is_running() or asyncio._get_running_loop() is loop:
            self._attach()
        else:
            self._schedule()

    def _attach(self) -> None:
        if self._attached or self._terminated:
            return
        self._fd = self.socket.fileno()
        self._attached = True
        try:
            # By tornado, whose IOLoop.close(all_fds=True) then closes the socket.
            self.io_loop.add_handler(self.socket, self._readable, IOLoop.READ)
        except ValueError:  # another stream has the descriptor already
            state_of(self._loop).add_reader(self._fd, self._readable)
            self._shared = True

    def _readable(self, *_: object) -> None:
        if self.closed() or self._working:
            return
        # Looking at the events makes the descriptor unreadable, wanted or not.
        if self._events() & self._wanted():
            self._work()

    def _watch(self, events: int) -> None:
        if events != self._watched:
            if self._watched:
                self.socket._unwatch(self._schedule)
            if events:
                self.socket._watch(self._schedule, events)
            self._watched = events

    def _forget_reader(self) -> None:
        if not self._attached:
            return
        if self._shared:
            state_of(self._loop).remove_reader(self._fd, self._readable)
        elif not self._loop.is_closed():
            self.io_loop.remove_handler(self._fd)
        # Last, so that it is done again where a signal handler has raised meanwhile.
        self._attached = False

    def _schedule(self) -> None:
        if self._scheduled or self._working:
            return
        self._scheduled = True
        if asyncio._get_running_loop() is self._loop:
            self._loop.call_soon(self._work)
        else:
            call_in(self._loop, self._work)

    def _events(self) -> int:
        try:
            return self.socket.events
        except zmq.ZMQError:
            return _POLLIN | _POLLOUT  # the attempts will meet the same error
