"""Devices: two sockets, and what passes messages between them."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any, Callable

import zmq
from zmq.backend import ProxyLoop
from zmq.devices._inout import InOut
from zmq.devices._remote import RemoteSteering, serve
from zmq.devices._side import Side
from zmq.devices._steering import Steering
from zmq.sugar.timeouts import seconds_to_wait

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    MakeSocket = Callable[[Side, int], "zmq.Socket[Any]"]


class Device(InOut):
    """Two sockets, and what passes messages between them, both ways.

    The sockets are described by ``bind_in`` and so on, and made where the device runs:
    what is described after the start counts for the next one. :meth:`start` runs the
    device in this thread, that of :class:`ThreadDevice` and :class:`ProcessDevice` in
    the background. A device that has ended may be started again.

    :meth:`stop`, :meth:`pause`, :meth:`resume` and :meth:`statistics` may be called
    from any thread, and before it has started too.

    :param device_type: a :class:`zmq.DeviceType`; makes no difference today.
    :param in_type: the type of the in socket, such as ``zmq.ROUTER``.
    :param out_type: the type of the out socket, such as ``zmq.DEALER``; with a negative
        number, what comes in at the in socket leaves by it too, and ``bind_out`` and
        its like are about that socket.
    :raises TypeError: without the type of a socket.
    """

    #: Makes the context of the sockets. One that a class makes (as in
    #: :class:`ProcessDevice`) is terminated when the device ends.
    context_factory: Callable[[], zmq.Context[Any]] = zmq.Context.instance

    #: Whether a device in the background ends with the program; False keeps the program
    #: running.
    daemon: bool = True

    device_type: int
    in_type: int
    out_type: int

    def __init__(
        self,
        device_type: int = zmq.QUEUE,
        in_type: int | None = None,
        out_type: int | None = None,
    ) -> None:
        super().__init__()
        if in_type is None:
            raise TypeError("in_type must be specified, such as zmq.ROUTER")
        if out_type is None:
            raise TypeError("out_type must be specified, such as zmq.DEALER")
        self.device_type = device_type
        self.in_type = in_type
        self.out_type = out_type
        if out_type < 0:
            self._out = self._in  # what is said of either is said of the one socket
        self._steering: Steering | RemoteSteering = Steering()
        self._failure: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether it was started, and has ended."""
        return self._steering.ended

    # Running

    def start(self) -> None:
        """Run the device in this thread, until it is stopped.

        It also ends when its context is terminated, or one of its sockets is closed.

        :raises Exception: what the device failed with: a :class:`zmq.ZMQError` when an
            address is taken, say.
        """
        self._renew()
        self._run_and_remember()

    def run(self) -> None:
        """Run the device; that its context or its sockets are closed is no error."""
        try:
            self.run_device()
        except zmq.ContextTerminated:
            pass
        except zmq.ZMQError as error:
            if error.errno != zmq.ENOTSOCK:
                raise

    def run_device(self) -> None:
        """Make the sockets, pass messages until stopped, and close the sockets."""
        with contextlib.ExitStack() as stack:
            context = self.context_factory()
            if isinstance(self.context_factory, type):
                stack.enter_context(context)

            def make(side: Side, socket_type: int) -> zmq.Socket[Any]:
                return stack.enter_context(side.make(context, socket_type))

            assert isinstance(self._steering, Steering)
            self._steering.run(self._make_loop(make))

    def _make_loop(self, make: MakeSocket) -> ProxyLoop:
        return ProxyLoop(*self._make_pair(make))

    def _make_pair(self, make: MakeSocket) -> tuple[zmq.Socket[Any], zmq.Socket[Any]]:
        frontend = make(self._in, self.in_type)
        if self.out_type < 0:
            return frontend, frontend
        return frontend, make(self._out, self.out_type)

    def _renew(self) -> None:
        if self._steering.ended:
            self._steering = Steering()
            self._failure = None

    def _run_and_remember(self) -> None:
        steering = self._steering
        assert isinstance(steering, Steering)
        try:
            self.run()
        except BaseException as error:
            self._failure = error
            raise
        finally:
            steering.end()

    def join(self, timeout: float | None = None) -> None:
        """Wait until the device has ended, and raise what it failed with.

        :param timeout: seconds; None waits for ever. :attr:`done` tells whether it has
            ended.
        :raises Exception: the failure, of whatever kind, if there was one.
        """
        seconds = seconds_to_wait(timeout)
        if self._steering.wait(seconds) and self._failure is not None:
            raise self._failure

    # Steering

    def stop(self) -> None:
        """End the device, or, if it was not started yet, as soon as it is.

        What its peers have not sent yet stays with them, and what the device has passed
        on leaves, as long as LINGER allows. :meth:`join` waits for the end.

        .. versionadded:: zmq-devices 1.0
        """
        self._steering.stop()

    def pause(self) -> None:
        """Let messages wait until :meth:`resume`, as if the device were busy.

        .. versionadded:: zmq-devices 1.0
        """
        self._steering.pause()

    def resume(self) -> None:
        """Undo a :meth:`pause`.

        .. versionadded:: zmq-devices 1.0
        """
        self._steering.resume()

    def statistics(self) -> dict[str, int]:
        """Return how much was passed on since the start.

        :returns: ``frontend_messages`` and ``frontend_bytes``, for what came in at the
            in socket, ``backend_messages`` and ``backend_bytes``, for the out socket.

        .. versionadded:: zmq-devices 1.0
        """
        return self._steering.statistics()


class BackgroundDevice(Device):
    """The base of devices that run in the background."""

    #: The :class:`threading.Thread` or :class:`multiprocessing.Process`, once started.
    launcher: Any = None

    def start(self) -> None:
        """Start the device in the background, and return at once.

        :raises RuntimeError: when it runs already.
        """
        if self.launcher is not None and not self.done:
            raise RuntimeError(f"this {type(self).__name__} runs already")
        self._renew()
        self.launcher = self._launch()

    def _launch(self) -> threading.Thread | BaseProcess:
        raise NotImplementedError

    def join(self, timeout: float | None = None) -> None:
        """Wait until the device has ended, and raise what it failed with.

        :param timeout: seconds; None waits for ever. :attr:`done` tells whether it has
            ended.
        :raises Exception: the failure, of whatever kind, if there was one.
        :raises RuntimeError: when the device was not started, or its process killed.
        """
        if self.launcher is None:
            raise RuntimeError(f"this {type(self).__name__} was not started")
        super().join(timeout)


class ThreadDevice(BackgroundDevice):
    """A :class:`Device` that runs in a thread."""

    def _launch(self) -> threading.Thread:
        thread = threading.Thread(
            target=self._run_and_remember, daemon=self.daemon, name=type(self).__name__
        )
        thread.start()
        return thread

    def join(self, timeout: float | None = None) -> None:
        """Wait until the thread has ended, and raise what the device failed with.

        :param timeout: seconds; None waits for ever. :attr:`done` tells whether it has
            ended.
        :raises Exception: the failure, of whatever kind, if there was one.
        :raises RuntimeError: when the device was not started.
        """
        if self.launcher is not None:
            self.launcher.join(seconds_to_wait(timeout))
            timeout = 0
        super().join(timeout)


class ProcessDevice(BackgroundDevice):
    """A :class:`Device` that runs in a process, started as `multiprocessing` does.

    Where that is by ``spawn`` or ``forkserver``, the options and the class of the
    device must be things that can be pickled.
    """

    context_factory: Callable[[], zmq.Context[Any]] = zmq.Context

    def _launch(self) -> BaseProcess:
        steering = self._steering
        assert isinstance(steering, Steering)
        self._steering = RemoteSteering(
            self._serve, steering, daemon=self.daemon, name=type(self).__name__
        )
        return self._steering.process

    def _serve(
        self,
        steering: Steering,
        commands: Connection[Any, Any],
        outcome: Connection[Any, Any],
    ) -> None:
        self._steering = steering
        serve(self.run, steering, commands, outcome, self.daemon)

    def join(self, timeout: float | None = None) -> None:
        """Wait until the process has ended, and raise what the device failed with.

        :param timeout: seconds; None waits for ever. :attr:`done` tells whether it has
            ended.
        :raises Exception: the failure, of whatever kind, if there was one.
        :raises RuntimeError: when the device was not started, or its process ended by
            other means than :meth:`stop` and ``launcher.terminate()``.
        """
        remote = self._steering
        if isinstance(remote, RemoteSteering):
            if remote.wait(seconds_to_wait(timeout)):
                self._failure = self._failure or remote.failure()
            timeout = 0
        super().join(timeout)

    def __getstate__(self) -> dict[str, Any]:
        """Return what the process of the device has to know."""
        return {**self.__dict__, "launcher": None, "_steering": None, "_failure": None}


__all__ = ["BackgroundDevice", "Device", "ProcessDevice", "ThreadDevice"]
