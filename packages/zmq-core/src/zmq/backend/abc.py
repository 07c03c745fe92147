"""The contract between a backend and everything above it.

A backend is a module with the names of :data:`~zmq.backend.select.PUBLIC_API`; those of
:data:`~zmq.backend.select.OPTIONAL_API` it may leave out. The protocols here say what
the classes among them do. They are for readers and for type checkers; at run time
nothing inherits from them.

Every name here, private ones included, may be used by the other distributions, and no
other name of a backend may be. :data:`CONTRACT` counts the additions:
:func:`~zmq.backend.select.require_contract` lets a distribution ask for a number.
Within one major version of zmq-core nothing is taken away or changes its meaning.

**Rules that no signature shows**

*Never a wait inside libzmq.* A backend calls libzmq with ``ZMQ_DONTWAIT``, and waits
outside of it on the socket's ``ZMQ_FD`` and on a descriptor that wakes it. So threads
may share a socket, a wait ends when the socket is closed, and Ctrl-C ends it too: after
``EINTR`` signal handlers run, and unless one raises, the wait goes on with what is left
of its time.

*One call at a time.* libzmq's sockets are not thread-safe. The frames of one message
are sent, or received, in one go: nobody else's come in between. No callback runs, and
no object of the user's is looked at, while a socket is kept for one thread. After
anything that may have let others run, the socket is checked anew.

*Notify after every operation.* ``ZMQ_FD`` is edge-triggered: any call into libzmq may
swallow what made it readable, and with that the wake-up of another thread. Therefore a
backend reads ``EVENTS`` after each operation (also after one that found nothing) while
there are waiters or watchers, and wakes those whose events are there. Errors without
an event, ``ETERM`` for one, wake all of them. What a wait enlists for, it looks at once
more after enlisting.

*Callbacks do not fail operations.* What one raises goes to ``sys.unraisablehook``: the
operation that it is told of has been done. But what interrupts the main thread, such as
the KeyboardInterrupt or SystemExit of a signal handler that ran meanwhile, is raised
there once all callbacks have been called.

*Messages put back come first.* They count as ``POLLIN``, in ``EVENTS``, for polls and
for watchers, and are received, in their order, before all that libzmq holds; only the
frames that remain of a message begun earlier come before them. They go with the socket
when it is closed.

*The last one out closes.* ``close()`` marks the socket as closed, for all its shadows,
and wakes all waiters. libzmq's socket is closed by whoever leaves last: the last
waiter, or the last that releases a hold. Until then its descriptor stays valid.

*A fork belongs to its parent.* A socket or context knows in which process it was made.
In a child process using it raises an error that says so; closing it there touches
nothing of the parent's. Buffers on loan, spare descriptors and locks are forgotten.

*Late monitors.* libzmq blocks for ever on an event that nobody receives. A socket that
receives the events of another one ends that monitor before it is closed, and is not
closed in libzmq before the last event has come. A context waits a second for such
sockets before it ends.

*A proxy has its sockets to itself.* While it runs, every use of them but ``close()``
raises ``ENOTSUP``, and whoever waited for one meets that error.

*A proxy gives back what it holds.* Messages that it has taken and not yet passed on
when it ends are put back, in order, into the socket they came from.

*Buffers on loan.* libzmq drops the last reference to a buffer on any thread, one of its
own most often, which must not run Python. It only marks the loan as returned. The
objects are let go later: at the next send, when a message is closed, or when a tracker
is asked. A read-only buffer that comes back within this process stays read-only.

*Nothing is called at exit.* Once the interpreter ends, no thread of libzmq's runs
Python, and sockets that are still open are left as they are.
"""

# At run time these are plain classes, so that typing need not be imported; pyright then
# wants their methods to do something.
# pyright: reportReturnType=false

from __future__ import annotations

from zmq.backend.select import CONTRACT as CONTRACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Literal, Protocol

    from zmq.backend.tracker import Event, MessageTracker

    Callback = Callable[[], object]
else:
    Protocol = object


class Context(Protocol):
    """A libzmq context. Made by ``Context(io_threads=1, shadow=0)``."""

    @property
    def underlying(self) -> int:
        """The address of the libzmq context; 0 when terminated."""

    @property
    def closed(self) -> bool:
        """Whether it has been terminated, itself or what it shadows."""

    def get(self, option: int) -> int:
        """Return an option; RuntimeError when terminated."""

    def set(self, option: int, optval: int) -> None:
        """Set an option; RuntimeError when terminated."""

    def term(self) -> None:
        """Wait until all sockets are closed, then end; of two threads one does it."""

    @property
    def _shadow(self) -> bool:
        """Whether another object, or other code, terminates it."""

    @property
    def _tracemalloc_source(self) -> object:
        """Something made together with it, to ask tracemalloc about."""

    @property
    def _abandoned(self) -> bool:
        """Whether to leave it alone: a parent process's, or the interpreter ends."""

    @property
    def _socket_count(self) -> int:
        """How many open sockets were made with this object."""

    def shutdown(self) -> None:
        """Wake all who wait on its sockets, with ETERM; does nothing for a shadow."""

    @property
    def _ends(self) -> bool:
        """Whether it is shut down, destroyed or terminated, or what it shadows is.

        Who waits for a socket that is closed then learns of ETERM.
        """

    def _sockets_left(self) -> list[tuple[Any, ...]]:
        """Return a record of each socket that may keep the context from ending.

        (type, endpoints as of ``Socket._endpoints``, seconds since it was made, seconds
        since it was closed or None, LINGER or None, where it was made or ""). Of closed
        ones those that may linger, as far as they are remembered.
        """

    def _shadow_of(self, other: Any) -> None:
        """Become another object for the libzmq context of `other`."""

    def _sockets_to_destroy(self, linger: int | None = None) -> list[Any]:
        """Return the open sockets; close those whose objects are being collected."""


class Socket(Protocol):
    """A libzmq socket.

    Made by ``Socket(context, socket_type, *, shadow=0, copy_threshold=None)``: `shadow`
    is a Socket, or an address; all that shadow a socket made here share its state.
    Subclasses have a ``__dict__``. A subclass that overrides ``get`` or ``set`` has
    them called for options that are read or set as attributes, too.
    """

    @property
    def underlying(self) -> int:
        """The address of the libzmq socket; 0 when closed.

        Who asks may use the socket unseen: from then on nothing is remembered about
        its events.
        """

    @property
    def context(self) -> Any:
        """The Context; None for a shadow of what other code made without one."""

    @property
    def closed(self) -> bool:
        """Whether it has been closed, here, through a shadow, or by other code."""

    @property
    def copy_threshold(self) -> int: ...
    @copy_threshold.setter
    def copy_threshold(self, value: int) -> None: ...
    def close(self, linger: int | None = None) -> None: ...
    def get(self, option: int) -> Any: ...
    def set(self, option: int, optval: int | bytes) -> None: ...
    def bind(self, addr: str) -> object: ...
    def connect(self, addr: str) -> object: ...
    def unbind(self, addr: str | bytes) -> None: ...
    def disconnect(self, addr: str | bytes) -> None: ...
    def monitor(self, addr: str | bytes | None, events: int = 0xFFFF) -> None: ...
    def join(self, group: str | bytes) -> None: ...
    def leave(self, group: str | bytes) -> None: ...
    def poll(self, timeout: float | None = None, flags: int = 1) -> int: ...
    def send(
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> Any: ...
    def send_multipart(
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> Any: ...
    def send_many(
        self, messages: Iterable[Iterable[Any]], flags: int = 0, copy: bool = True
    ) -> Any: ...
    def recv(self, flags: int = 0, copy: bool = True, track: bool = False) -> Any: ...
    def recv_multipart(
        self, flags: int = 0, copy: bool = True, track: bool = False
    ) -> Any: ...
    def recv_many(
        self, max_messages: int, flags: int = 0, copy: bool = True
    ) -> Any: ...
    def recv_into(self, buffer: Any, /, *, nbytes: int = 0, flags: int = 0) -> Any: ...

    @property
    def _spin(self) -> int:
        """For how long, in nanoseconds, a wait polls in a loop before it sleeps."""

    @_spin.setter
    def _spin(self, value: int) -> None: ...
    @property
    def _counting(self) -> bool:
        """Whether what the socket does is counted; not for a closed one to begin."""

    @_counting.setter
    def _counting(self, value: bool) -> None: ...
    @property
    def _on_full(self) -> int:
        """What becomes of a message that would have to wait.

        0 or 1: it waits. 2: it is dropped as a whole, counts as dropped, and the send
        succeeds. 3: the send raises Again at once, ``_try_send`` and its like, too.
        """

    @_on_full.setter
    def _on_full(self, value: int) -> None: ...
    def _count_wait(self, sending: bool) -> None:
        """Count a send, or a receive, that an event loop waits for; if it counts."""

    @property
    def _counts(self) -> Counts:
        """What was counted, see :class:`Counts`."""

    @property
    def _shadow(self) -> bool:
        """Whether this object borrows the socket: freeing it does not close that."""

    @property
    def _socket_type(self) -> int:
        """The type as libzmq numbers it, also of a closed socket."""

    def _pass_for(self, socket_type: int) -> None:
        """Have it known by another type than libzmq's, here and in messages."""

    @property
    def _tracemalloc_source(self) -> object:
        """Something made together with it, to ask tracemalloc about."""

    @property
    def _abandoned(self) -> bool:
        """Whether to leave it alone: a parent process's, or the interpreter ends."""

    @property
    def _endpoints(self) -> list[tuple[str, str]]:
        """Where it is bound and connected: pairs of the method and the address."""

    @property
    def _has_outside_peers(self) -> bool:
        """Whether it was ever bound or connected to another transport than inproc.

        Also true of a socket that other code may have bound or connected.
        """

    def _becomes_monitor_of(self, other: Any, /) -> None:
        """End the monitor of `other` when this socket, its receiver, is closed."""

    # What flavours with an event loop build upon. None of them waits, or raises Again.

    def _try_send(
        self,
        data: Any,
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker | Literal[False] | None:
        """Like ``send``; False, and nothing is sent, where that would wait."""

    def _try_send_multipart(
        self,
        msg_parts: Iterable[Any],
        flags: int = 0,
        copy: bool = True,
        track: bool = False,
        routing_id: int | None = None,
        group: str | None = None,
    ) -> MessageTracker | Literal[False] | None:
        """Like ``send_multipart``; False, and nothing sent, where that would wait."""

    def _try_send_many(
        self, messages: Iterable[Iterable[Any]], copy: bool = True
    ) -> int | Literal[False]:
        """Like ``send_many``; False, and nothing is sent, where that would wait."""

    def _try_recv(
        self,
        copy: bool = True,
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> Any:
        """Like ``recv``; None where that would wait.

        A signal handler may raise before a caller has what is returned. What is
        received is therefore put into `kept`, an empty list, where that is given:
        with it when a handler runs, or an exception comes out, the message is either
        on the socket still or in the list.
        """

    def _try_recv_multipart(
        self,
        copy: bool = True,
        track: bool = False,
        kept: list[Any] | None = None,
    ) -> Any:
        """Like ``recv_multipart``; None where that would wait. See ``_try_recv``."""

    def _try_recv_many(
        self, max_messages: int, copy: bool = True, kept: list[Any] | None = None
    ) -> Any:
        """Like ``recv_many``; None where that would wait. See ``_try_recv``."""

    def _try_recv_into(
        self, buffer: Any, nbytes: int = 0, kept: list[Any] | None = None
    ) -> int | None:
        """Like ``recv_into``; None where that would wait, and nothing is written.

        What `kept` gets is the size of the frame.
        """

    def _received_part(self) -> int:
        """Tell whether what a ``_try_recv`` has just returned is one of several frames.

        Of others of the same message, before it or after it. If so, it returns a
        number, which another receive of the socket changes.
        """

    def _undo_recv(self, frames: Any, /) -> None:
        """Put the frames that a ``_try_recv`` has just returned back as they were.

        A part of a message goes back, too: what is left of that comes after it.
        """

    def _again(self, flags: int, sending: bool) -> Exception:
        """Return the Again that a send, or a receive, with `flags` would raise now.

        It tells by its `_refusal` what was met, see ``zmq._hints``.
        """

    def _lacks_key(self, option: int) -> bool:
        """Tell whether an option that holds a CURVE key is not set."""

    def _unrecv(self, message: Any, /) -> None:
        """Put a message, the list of all its frames, back ahead of all others."""

    def _order_received(self) -> int | list[int]:
        """Number the message that a ``_try_recv`` or the like has just returned.

        What was put back with a number has that number still. Of several messages, some
        of which had one, a list tells that of each. May be missing: then every message
        has a new one.
        """

    def _unrecv_in_order(self, message: Any, order: int, /) -> None:
        """Put a message back among those put back: before what was received after it.

        `order` tells when it was received; of two messages the smaller one was earlier.
        """

    def _watch(self, callback: Callback, events: int) -> None:
        """Call back after every operation, by whomever, that leaves one of `events`.

        It is called by the thread that made the operation, which holds no lock then.
        """

    def _unwatch(self, callback: Callback) -> None:
        """Undo one ``_watch``, also of a closed socket; no error if there is none."""

    def _defer_close(self, callback: Callback) -> None:
        """Have libzmq's socket stay, once closed, until ``_allow_close``.

        Event loops must forget a descriptor before the system gives its number away.
        `callback` is called when the socket is closed, by whomever.
        """

    def _keep_until_freed(self) -> None:
        """Have libzmq's socket stay, once closed, until this object is freed.

        For ``__del__``: of a cycle of garbage, another object may destroy the context
        afterwards. What ends the context closes the socket for good, with the LINGER
        of ``destroy``. On PyPy it does nothing: an object is finalized there before
        what it refers to. Does nothing for a closed socket, and raises no error then.
        """

    def _allow_close(self, callback: Callback) -> None:
        """Undo one ``_defer_close``; no error if there is none."""


class Counts(Protocol):
    """The numbers of a socket, which outlive it. Those of one socket are equal.

    A message counts when libzmq has taken all of it, or has handed over its last frame;
    one that is put back is not counted again. Of other calls those count that have to
    wait, and those for which ``_again`` is asked for the Again that they raise.
    """

    @property
    def numbers(self) -> tuple[int, ...]:
        """Messages sent, their bytes, received, their bytes, then calls.

        Sends that waited, sends refused, receives that waited, receives refused. Last
        the messages dropped, which are always counted.
        """

    @property
    def final(self) -> bool:
        """Whether the socket is closed for good: they change no more."""


class Frame(Protocol):
    """A message frame, shared with libzmq.

    Made by ``Frame(data=None, track=False, copy=None, copy_threshold=None, **kwargs)``;
    further keywords are for subclasses. ``memoryview(frame)`` gives its memory, where
    the interpreter lets the backend's classes offer it; ``buffer`` always does.
    """

    more: bool
    tracker: MessageTracker | None
    tracker_event: Event | None

    def __len__(self) -> int: ...
    def __bytes__(self) -> bytes: ...
    def __copy__(self) -> Any: ...
    def __getitem__(self, key: Any) -> Any: ...
    @property
    def bytes(self) -> Any: ...
    @property
    def buffer(self) -> memoryview: ...
    @property
    def user_id(self) -> str | None: ...
    @property
    def peer_key(self) -> Any: ...
    def get(self, option: Any) -> Any: ...
    def set(self, option: Any, value: Any) -> None: ...


class ProxyLoop(Protocol):
    """Moves messages between sockets, by the rules above, until it is told to stop.

    Made by ``ProxyLoop(frontend, backend, capture=None, control=None, in_prefix=None,
    out_prefix=None, swap_ids=False)``. All but ``run`` may be called by any thread at
    any time, before ``run`` and after it as well.
    """

    @property
    def paused(self) -> bool: ...
    def run(self) -> None: ...
    def stop(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def statistics(self) -> dict[str, int]: ...


class OptionAttribute(Protocol):
    """A socket option as a data descriptor; subclasses override ``__set__``."""

    @property
    def option(self) -> int: ...
    def __get__(self, instance: Any, owner: type | None = None, /) -> Any: ...
    def __set__(self, instance: Any, value: Any, /) -> None: ...
    def __delete__(self, instance: Any, /) -> None: ...
