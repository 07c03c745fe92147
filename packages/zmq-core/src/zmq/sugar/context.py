"""The synchronous context."""

from __future__ import annotations

import os
from _thread import allocate_lock
from types import GenericAlias

from zmq._texts import context_option_text, socket_option_text
from zmq.backend import Context as ContextBase
from zmq.backend import Socket as SocketBase
from zmq.backend import zmq_version_info
from zmq.backend.hints import without_hints
from zmq.constants import ContextOption, Errno, SocketOption
from zmq.error import ZMQError, error_for
from zmq.sugar.attrsettr import AttributeSetter
from zmq.sugar.counting import CountingContext
from zmq.sugar.options import SocketOptions
from zmq.sugar.shutdown.closing import warn_unclosed
from zmq.sugar.shutdown.ending import Ending
from zmq.sugar.socket import Socket
from zmq.sugar.subscriptable import Subscriptable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, overload

    from typing_extensions import Self, TypeVar

    SocketT = TypeVar(
        "SocketT", bound="Socket[Any]", default="Socket[bytes]", covariant=True
    )
    OtherT = TypeVar("OtherT", bound="Socket[Any]")

    class _Defaults(SocketOptions):
        """Every socket option, as the default of sockets to be made."""

    class _ContextOption:
        def __init__(self, option: int) -> None: ...
        def __get__(self, instance: object, owner: Any) -> int: ...
        def __set__(self, instance: object, value: int) -> None: ...

else:
    SocketT = None

    class _ContextOption:  # an option of the context as an attribute of it
        __doc__ = property(lambda self: context_option_text(self.option))

        def __init__(self, option):
            self.option = option

        def __get__(self, instance, owner):
            if instance is None:
                return self
            try:
                return instance.get(self.option)
            except ZMQError as error:
                if error.errno != Errno.EINVAL:
                    raise
            raise AttributeError(
                f"{self.option.name} attribute is write-only, or unknown to libzmq"
                f" {'.'.join(map(str, zmq_version_info()))}"
            )

        def __set__(self, instance, value):
            instance.set(self.option, value)

    class _Default:  # a socket option as an attribute of the context
        __doc__ = property(lambda self: socket_option_text(self.option))

        def __init__(self, option):
            self.option = option

        def __get__(self, instance, owner):
            if instance is None:
                return self
            if self.option not in instance.sockopts:
                raise AttributeError(self.option.name)
            return instance.sockopts[self.option]

        def __set__(self, instance, value):
            instance.sockopts[self.option] = value

        def __delete__(self, instance):
            if self.option not in instance.sockopts:
                raise AttributeError(self.option.name)
            del instance.sockopts[self.option]

    class _Defaults:
        """Every socket option, as the default of sockets to be made."""

    for _name, _option in SocketOption.__members__.items():
        _default = _Default(_option)
        setattr(_Defaults, _name, _default)
        setattr(_Defaults, _name.lower(), _default)
    del _name, _option, _default


def _renew_instance_lock() -> None:
    global _instance_lock
    _instance_lock = allocate_lock()


_instance_lock = allocate_lock()
if hasattr(os, "register_at_fork"):
    # The thread that holds it may not exist in the child.
    os.register_at_fork(after_in_child=_renew_instance_lock)


@without_hints
class Context(
    _Defaults,
    Ending,
    CountingContext,
    ContextBase,
    AttributeSetter,
    Subscriptable[SocketT],
):
    """A container for sockets; owns the I/O threads and the ``inproc`` namespace.

    ::

        with zmq.Context() as ctx:
            sock = ctx.socket(zmq.PUSH)

    One per process is enough: :meth:`instance`. At the end of a ``with`` block, and
    when it is garbage collected, its sockets are closed and it is terminated. Both wait
    for messages that are not sent yet, as :meth:`term` does. Threads may share it.

    Socket options set as attributes are the defaults of the sockets that it makes from
    then on: ``ctx.linger = 0``.

    :param io_threads: number of I/O threads; 1 does for about a gigabyte per second.
        Or a context to shadow.
    :param shadow: a context to shadow: both are then the same libzmq context. Or the
        address of one. Only the original terminates it.

    .. versionchanged:: 25
        Contexts can be shadowed by passing another context.
    """

    __module__ = "zmq"

    io_threads: _ContextOption = _ContextOption(ContextOption.IO_THREADS)
    """How many I/O threads libzmq runs, from the first socket on; by default 1."""
    IO_THREADS: _ContextOption = io_threads
    max_sockets: _ContextOption = _ContextOption(ContextOption.MAX_SOCKETS)
    """How many sockets there can be at once; by default 1023."""
    MAX_SOCKETS: _ContextOption = max_sockets
    socket_limit: _ContextOption = _ContextOption(ContextOption.SOCKET_LIMIT)
    """Read: the highest value that ``max_sockets`` can have. Set, under the name
    ``thread_priority``: the scheduling priority of the I/O threads, by default the
    system's. libzmq gives both the same number.
    """
    SOCKET_LIMIT: _ContextOption = socket_limit
    thread_priority: _ContextOption = _ContextOption(ContextOption.THREAD_PRIORITY)
    """Read: the highest value that ``max_sockets`` can have. Set, under the name
    ``thread_priority``: the scheduling priority of the I/O threads, by default the
    system's. libzmq gives both the same number.
    """
    THREAD_PRIORITY: _ContextOption = thread_priority
    thread_sched_policy: _ContextOption = _ContextOption(
        ContextOption.THREAD_SCHED_POLICY
    )
    """The scheduling policy of the I/O threads; by default the system's."""
    THREAD_SCHED_POLICY: _ContextOption = thread_sched_policy
    max_msgsz: _ContextOption = _ContextOption(ContextOption.MAX_MSGSZ)
    """The size of the largest message to send, in bytes; by default 2147483647."""
    MAX_MSGSZ: _ContextOption = max_msgsz
    msg_t_size: _ContextOption = _ContextOption(ContextOption.MSG_T_SIZE)
    """The size of libzmq's ``zmq_msg_t``, in bytes; read-only."""
    MSG_T_SIZE: _ContextOption = msg_t_size
    thread_affinity_cpu_add: _ContextOption = _ContextOption(
        ContextOption.THREAD_AFFINITY_CPU_ADD
    )
    """A processor that the I/O threads may run on; setting it adds one."""
    THREAD_AFFINITY_CPU_ADD: _ContextOption = thread_affinity_cpu_add
    thread_affinity_cpu_remove: _ContextOption = _ContextOption(
        ContextOption.THREAD_AFFINITY_CPU_REMOVE
    )
    """A processor to take back from ``thread_affinity_cpu_add``."""
    THREAD_AFFINITY_CPU_REMOVE: _ContextOption = thread_affinity_cpu_remove
    thread_name_prefix: _ContextOption = _ContextOption(
        ContextOption.THREAD_NAME_PREFIX
    )
    """A number that the names of the I/O threads begin with; by default 0."""
    THREAD_NAME_PREFIX: _ContextOption = thread_name_prefix

    #: The defaults of sockets to be made, by :class:`zmq.SocketOption`.
    sockopts: dict[int, Any] = {}  # noqa: RUF012 -- one per instance: see __init__

    # What `socket` makes; subclasses choose another class.
    _socket_class: Callable[..., Any] = Socket

    _instance: Any = None
    _instance_pid = 0

    def __init__(
        self,
        io_threads: int | Context[Any] = 1,
        shadow: Context[Any] | int = 0,
    ) -> None:
        if isinstance(io_threads, ContextBase):
            shadow, io_threads = io_threads, 1
        self.sockopts = {}
        if isinstance(shadow, ContextBase):
            self._shadow_of(shadow)
        elif shadow:
            from zmq.utils.interop import cast_int_addr

            super().__init__(io_threads, cast_int_addr(shadow))
        else:
            super().__init__(io_threads)

    @classmethod
    def shadow(cls, address: int | Context[Any]) -> Self:
        """Return another object for a libzmq context that exists already.

        :param address: a :class:`zmq.Context`, or the address of a libzmq context, as
            an int or an FFI pointer.

        .. versionadded:: 14.1
        """
        return cls(shadow=address)

    @classmethod
    def shadow_pyczmq(cls, ctx: Any) -> Self:
        """Return a context that shadows the one of a pyczmq ``zctx_t``.

        :param ctx: the FFI pointer to the ``zctx_t``.

        .. versionadded:: 14.1
        """
        from pyczmq import zctx  # type: ignore[import-not-found]

        from zmq.utils.interop import cast_int_addr

        address = cast_int_addr(zctx.underlying(ctx))  # pyright: ignore[reportUnknownMemberType]
        return cls(shadow=address)

    @classmethod
    def instance(cls, io_threads: int = 1) -> Self:
        """Return the context of this process, made when there is none yet.

        Subclasses have one each. After a fork, and after the context was terminated,
        it is a new one. Threads may call it at the same time.

        :param io_threads: number of I/O threads, when it is made now.
        """
        with _instance_lock:
            existing = cls.__dict__.get("_instance")
            pid = os.getpid()
            if existing is None or cls._instance_pid != pid or existing.closed:
                existing = cls(io_threads=io_threads)
                cls._instance = existing
                cls._instance_pid = pid
            return existing

    def __copy__(self, memo: Any = None) -> Self:
        """Return a shadow: a context cannot be doubled."""
        return type(self).shadow(self)

    __deepcopy__ = __copy__

    def __enter__(self) -> Self:
        """Destroy the context at the end of a ``with`` block."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._destroy(None, warned=True)

    def __del__(self) -> None:
        if self._shadow or self.closed or self._abandoned:
            return
        try:
            warn_unclosed("context", self)
        finally:  # warnings may be errors
            self._destroy(None, warned=True)

    def __repr__(self) -> str:
        cls = type(self)
        n = self._socket_count
        sockets = f"{n} socket{'' if n == 1 else 's'}" if n else ""
        state = " closed" if self.closed else ""
        return (
            f"<{cls.__module__}.{cls.__qualname__}({sockets}) at {id(self):#x}{state}>"
        )

    if TYPE_CHECKING:

        @overload
        def socket(
            self,
            socket_type: int,
            socket_class: Callable[..., OtherT],
            **kwargs: Any,
        ) -> OtherT: ...
        @overload
        def socket(
            self, socket_type: int, socket_class: None = None, **kwargs: Any
        ) -> SocketT: ...
        @overload
        def socket(
            self,
            socket_type: int,
            socket_class: Callable[..., Any] | None,
            **kwargs: Any,
        ) -> Any: ...

    def socket(
        self,
        socket_type: int,
        socket_class: Callable[..., Any] | None = None,
        **kwargs: Any,
    ) -> Any:
        """Make a socket.

        :param socket_type: a :class:`zmq.SocketType`.
        :param socket_class: the class to make it of, or another callable that returns a
            socket; by default the class of the context.
        :param kwargs: further arguments of the class.
        :returns: the socket; close it before the context ends, or let the context do
            so: see :meth:`destroy`.
        :raises TypeError: when `socket_class` makes no sockets.
        :raises ZMQError: ENOTSUP, when the context has been terminated; EMFILE, when
            there are ``max_sockets`` already; EINVAL, when libzmq does not know the
            type.

        .. versionchanged:: 25
            `socket_class` was added.
        """
        if self.closed:
            raise error_for(Errno.ENOTSUP, "the context has been terminated")
        make = socket_class if socket_class is not None else self._socket_class
        try:
            # Handing over no kwargs takes longer than looking whether there are any.
            sock: Any = (
                make(self, socket_type, **kwargs) if kwargs else make(self, socket_type)
            )
        except TypeError as error:
            if _is_socket_class(make):
                raise
            raise _no_socket_class(make, str(error)) from error
        if sock is None:
            raise _no_socket_class(make, "it returned None")
        if self.sockopts:
            try:
                self._apply_defaults(sock)
            except BaseException:
                if hasattr(sock, "close"):
                    sock.close(linger=0)
                raise
        return sock

    def _apply_defaults(self, sock: Any) -> None:
        # A copy: another thread may set one meanwhile.
        for option, value in list(self.sockopts.items()):
            try:  # noqa: SIM105 -- contextlib takes longer to import than this module
                sock.set(option, value)
            except ZMQError:
                pass  # not every option is one of every type of socket

    def setsockopt(self, opt: int, value: Any) -> None:
        """Set the default of a socket option, for sockets to be made.

        :param opt: a :class:`zmq.SocketOption`.
        :param value: what ``Socket.set`` takes.
        """
        self.sockopts[opt] = value

    def getsockopt(self, opt: int) -> str | bytes | int:
        """Return the default of a socket option.

        :param opt: a :class:`zmq.SocketOption`.
        :raises KeyError: when no default was set.
        """
        default: str | bytes | int = self.sockopts[opt]
        return default


def _is_socket_class(make: object) -> bool:
    return isinstance(make, type) and issubclass(make, SocketBase)


def _no_socket_class(make: object, reason: str) -> TypeError:
    return TypeError(
        f"socket_class={make!r} cannot make a socket of a context and a type: {reason}"
    )


if TYPE_CHECKING:
    SyncContext = Context[Socket[bytes]]
else:
    SyncContext = GenericAlias(Context, GenericAlias(Socket, bytes))
