"""Proxies: one loop of our own behind proxy, proxy_steerable and monitored_queue.

Unlike libzmq's it can be steered from any thread without a control socket, is
interrupted by signals, and loses nothing when it ends.
"""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from sys import byteorder

from zmq import constants
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import DONTWAIT, POLLIN, POLLOUT, SNDMORE, fail
from zmq.backend.cffi.frame import wrap
from zmq.backend.cffi.lease import drain
from zmq.backend.cffi.owned import new_proxy
from zmq.backend.cffi.recv import recv_now
from zmq.backend.cffi.returned import next_returned
from zmq.backend.cffi.send import send_one
from zmq.backend.cffi.signals import run_handlers
from zmq.backend.cffi.socket import Socket

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend.cffi.handle import Handle

_RUN, _PAUSE, _STOP = range(3)
_END_STOPPED, _END_SIGNALS, _END_CONTROL, _END_RETURNED, _END_FAILED = range(5)
_REP = int(constants.SocketType.REP)

# What a signal handler raised while the loop could not be left at once.
_raised: list[BaseException] = []


def _keep(_type: Any, error: BaseException, _traceback: Any) -> None:
    _raised.append(error)


@ffi.def_extern(  # type: ignore[untyped-decorator]
    name="zq_run_signals", error=0, onerror=_keep
)
def _run_signals(_context: Any) -> int:
    run_handlers()
    return 1


class ProxyLoop:
    """Moves messages between sockets until it is told to stop.

    :param frontend: the socket on one side.
    :param backend: the socket on the other side; may be the same.
    :param capture: a socket that gets a copy of every message, or None.
    :param control: a socket to receive ``PAUSE``, ``RESUME``, ``TERMINATE`` and
        ``STATISTICS`` from, or None.
    :param in_prefix: bytes put before what is captured from the frontend, or None.
    :param out_prefix: bytes put before what is captured from the backend, or None.
    :param swap_ids: exchange the first two frames of every message, for ROUTER-ROUTER.

    :meth:`run` runs it in this thread; the other methods may be called from any thread,
    at any time.
    """

    def __init__(
        self,
        frontend: Any,
        backend: Any,
        capture: Any = None,
        control: Any = None,
        in_prefix: Any = None,
        out_prefix: Any = None,
        swap_ids: bool = False,
    ) -> None:
        self._sockets: list[Socket] = [
            required("frontend", frontend),
            required("backend", backend),
        ]
        for name, sock in (("capture", capture), ("control", control)):
            if sock is not None:
                self._sockets.append(required(name, sock))
        for sock in self._sockets:
            sock._usable()
        self._capture = capture
        self._control = control
        for prefix in (in_prefix, out_prefix):
            if prefix is not None and not isinstance(prefix, bytes):
                raise TypeError(f"a prefix must be bytes, got {prefix!r}")
        self._prefixes = (in_prefix, out_prefix)
        self._kept: Any = None
        self._command = ffi.new("int *", _RUN)
        self._proxy = new_proxy()
        self._relay = ffi.addressof(self._proxy, "relay")
        self._relay.swap = bool(swap_ids)
        self._running: Any = None

    def stop(self) -> None:
        """Make :meth:`run` return; if it has not begun yet, as soon as it does."""
        self._order(_STOP)

    def pause(self) -> None:
        """Leave messages where they are until :meth:`resume`."""
        if self._command[0] != _STOP:
            self._order(_PAUSE)

    def resume(self) -> None:
        """Undo a :meth:`pause`."""
        if self._command[0] != _STOP:
            self._order(_RUN)

    def _order(self, command: int) -> None:
        self._command[0] = command
        lib.zq_proxy_wake(self._proxy)

    @property
    def paused(self) -> bool:
        """Whether it was told to pause."""
        return bool(self._command[0] == _PAUSE)

    def statistics(self) -> dict[str, int]:
        """Return what has been moved so far, as a dict of ints.

        Its keys are ``frontend_messages`` and ``frontend_bytes``, for what came in at
        the frontend, and ``backend_messages`` and ``backend_bytes`` likewise.
        """
        front, back = self._relay.routes[0], self._relay.routes[1]
        return {
            "frontend_messages": int(front.messages),
            "frontend_bytes": int(front.bytes),
            "backend_messages": int(back.messages),
            "backend_bytes": int(back.bytes),
        }

    def run(self) -> None:
        """Run until :meth:`stop`, an error, or a signal handler that raises.

        :raises ContextTerminated: when the context of the sockets is terminated.
        :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
        """
        if self._running is not None:
            raise RuntimeError("this proxy runs already")
        handles: list[Handle] = []
        for sock in self._sockets:
            h = sock._usable()
            if h not in handles:
                handles.append(h)
                _find_fd(h)
        run = ffi.new("int *")  # tells this run from that of another thread
        try:
            try:
                self._take(handles, run)
                self._prepare(handles)
                self._move(handles)
            finally:
                self._leave(handles, run)
        except BaseException:
            # A signal handler may have interrupted that: nobody would do it later.
            self._leave(handles, run)
            raise

    def _take(self, handles: list[Handle], run: Any) -> None:
        # First: of two threads that come here at once, one gets them.
        for h in handles:
            while not lib.zq_claim(h.box, run):
                h.unusable()
            h.call_back(POLLIN | POLLOUT)
        self._running = run
        err = lib.zq_proxy_sit(self._proxy)
        if err:
            raise OSError(err, "nothing left to wait with")

    def _leave(self, handles: list[Handle], run: Any) -> None:
        """Let go of the sockets that a run has, which may be done twice."""
        try:
            if self._running is run:
                self._put_back_at_hand(handles)
        finally:
            for h in handles:
                lib.zq_unclaim(h.box, run)
                if h.closed:
                    h.close_if_last()
            if self._running is run:
                self._running = None

    def _prepare(self, handles: list[Handle]) -> None:
        relay = self._relay
        self._proxy.n = len(handles)
        self._proxy.boxes = [h.box for h in handles]
        self._proxy.handlers = lib.zq_run_signals
        front, back = self._sockets[0]._handle(), self._sockets[1]._handle()
        relay.command = self._command
        relay.next_signals = 0
        relay.n_routes = 1 if front is back else 2
        relay.capture = ffi.NULL
        self._kept = []
        for i, (source, target) in enumerate(((front, back), (back, front))):
            route = relay.routes[i]
            route.source = source.box.ptr
            route.target = target.box.ptr
            route.source_fd = source.box.fd
            route.target_fd = target.box.fd
            route.sender = ffi.addressof(target.box, "sender")
            route.prefix = ffi.NULL
            prefix = self._prefixes[i]
            if prefix is not None:
                kept = ffi.from_buffer(prefix)
                self._kept.append(kept)
                route.prefix = kept
                route.prefix_size = len(prefix)
        if self._capture is not None:
            h = self._capture._handle()
            relay.capture = h.box.ptr
            relay.capture_fd = h.box.fd
            relay.capture_sender = ffi.addressof(h.box, "sender")
        relay.control_fd = -1
        if self._control is not None:
            relay.control_fd = self._control._handle().box.fd
        relay.n_closed = len(handles)
        for i, h in enumerate(handles):
            relay.closed[i] = ffi.addressof(h.box, "closed")

    def _move(self, handles: list[Handle]) -> None:
        relay = self._relay
        if self._control is not None:
            self._obey_control()
        relay.routes[0].returned = relay.routes[1].returned = 0
        self._take_returned(handles)
        while True:
            end = lib.zq_proxy_run(self._proxy)
            if _raised:
                raise _raised.pop()
            if not handles[0].is_of_this_process():  # a signal handler has forked
                handles[0].unusable()
            lib.zq_waker_drain(self._proxy.waker)
            drain()
            if end == _END_FAILED:
                fail(relay.error)
            if end == _END_RETURNED:
                self._take_returned(handles)
            # While messages never cease to come in, the loop never sleeps, and so does
            # not learn of commands.
            if end != _END_STOPPED and self._control is not None:
                self._obey_control()
            if end == _END_STOPPED:
                for h in handles:
                    if h.closed:
                        h.closed_while("a proxy was running")
                self._command[0] = _RUN
                return

    def _take_returned(self, handles: list[Handle]) -> None:
        """Put the next message that had been put back at hand of its route."""
        for i in range(self._relay.n_routes):
            route = ffi.addressof(self._relay.routes[i])
            for h in handles:
                if h.box.ptr == route.source and (h.returned or h.partial):
                    if not lib.zq_relay_at_hand(route):
                        self._give(route, next_returned(h))
                    route.returned = bool(h.returned)

    def _give(self, route: Any, frames: list[Any]) -> None:
        first = lib.zq_relay_give(route, len(frames))
        if not first:
            raise MemoryError("no memory for the frames of a message")
        for i, frame in enumerate(frames):
            lib.zmq_msg_copy(ffi.addressof(first[i], "msg"), frame._message)
        lib.zq_relay_given(self._relay, route)

    def _put_back_at_hand(self, handles: list[Handle]) -> None:
        n = ffi.new("int *")
        for i in range(2):
            route = ffi.addressof(self._relay.routes[i])
            while lib.zq_relay_at_hand(route):  # the oldest last: it comes first again
                first = lib.zq_relay_last(self._relay, route, n)
                frames = [
                    wrap(ffi.addressof(first[j], "msg"), False) for j in range(n[0])
                ]
                for frame in frames:
                    frame.more = frame is not frames[-1]
                for h in handles:
                    mine = not h.closed and h.is_of_this_process()
                    if h.box.ptr == route.source and mine:
                        h.returned.insert(0, (None, frames))
                        h.mark_returned()
                        h.call_back(POLLIN)

    def _obey_control(self) -> None:
        h = self._control._h
        while not h.closed:
            word = self._alone(h, lambda: recv_now(h))
            if word is None:
                # After its refusal it has looked at EVENTS, for others that may wait,
                # and so swallowed what a command that has just come would end the
                # sleep with.
                if self._alone(h, h.look) & 1:
                    continue
                return
            if word == b"STATISTICS":
                self._report(h)
                continue
            if word == b"PAUSE":
                self.pause()
            elif word == b"RESUME":
                self.resume()
            elif word in (b"TERMINATE", b"KILL"):
                self.stop()
            if h.type == _REP:
                self._reply(h, b"", 0)

    def _alone(self, h: Handle, use: Any) -> Any:
        """Use a socket that this proxy has to itself."""
        busy = h.box.busy
        lib.zq_mark_busy(h.box, 0)
        try:
            return use()
        finally:
            lib.zq_mark_busy(h.box, busy)

    def _report(self, h: Handle) -> None:
        numbers = self.statistics()
        front = [numbers["frontend_messages"], numbers["frontend_bytes"]]
        back = [numbers["backend_messages"], numbers["backend_bytes"]]
        # As zmq_proxy_steerable has it: received and sent, first by the frontend.
        all_numbers = [*front, *back, *back, *front]
        for i, number in enumerate(all_numbers):
            self._reply(h, number.to_bytes(8, byteorder), SNDMORE if i < 7 else 0)

    def _reply(self, h: Handle, content: bytes, flags: int) -> None:
        # Where it would wait, nobody is there to read it.
        self._alone(h, lambda: send_one(h, content, flags | DONTWAIT, True, False, 0))


def _find_fd(h: Handle) -> None:
    """Have the box of a socket know its descriptor."""
    fd: int = lib.zq_fd(h.box)
    while fd < 0:
        h.failed(fd, "poll")
        fd = lib.zq_fd(h.box)


def required(name: str, sock: Any) -> Socket:
    """Return a Socket; TypeError, with the name of the argument, for anything else."""
    if not isinstance(sock, Socket):
        raise TypeError(
            f"Argument '{name}' has incorrect type (expected a zmq.Socket,"
            f" got {type(sock).__name__})"
        )
    return sock
