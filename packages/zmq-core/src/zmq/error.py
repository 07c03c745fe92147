"""The exceptions of zmq.

::

    Exception
    +-- ZMQBaseError
    |   +-- ZMQError              any error code of libzmq without a class of its own
    |   |   +-- Again             EAGAIN: it would have to wait, or has waited too long
    |   |   +-- ContextTerminated ETERM: the context is gone, and the socket with it
    |   |   +-- InterruptedSystemCall (also an InterruptedError)    EINTR
    |   |   +-- HandshakeFailed   EPROTO: a peer refuses, or is refused
    |   |   +-- TimedOut (also a TimeoutError)    ETIMEDOUT: after so many seconds
    |   +-- ZMQBindError          no free port found
    |   +-- NotDone               libzmq still uses a message
    +-- NotImplementedError
    |   +-- ZMQVersionError       the linked libzmq is too old
    +-- RuntimeWarning
        +-- DraftFDWarning        FD of a thread-safe draft socket
"""

from __future__ import annotations

import sys
from errno import EINTR

from zmq.constants import Errno

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Literal, TypeVar

    from zmq._hints import Refusal
    from zmq.utils.leftovers import SocketLeft

    ErrorType = TypeVar("ErrorType", bound="type[ZMQError]")

_EAGAIN = Errno.EAGAIN

_class_of: dict[int, type[ZMQError]] = {}


def _raised_for(errno: int) -> Callable[[ErrorType], ErrorType]:
    """Decorate the one class that stands for an error code."""

    def register(cls: ErrorType) -> ErrorType:
        if errno in _class_of:
            taken = _class_of[errno].__name__
            raise ValueError(f"errno {errno} already raises {taken}")
        _class_of[errno] = cls
        return cls

    return register


def _strerror(errno: int) -> str:
    """Return libzmq's own words for an error code."""
    # The backend imports this module, so it can be asked only afterwards.
    from zmq.backend import strerror

    return strerror(errno)


def explain(name: str, *args: Any) -> str:
    """Return what a function of ``zmq._hints`` says; "" where that cannot be asked.

    It is imported when there is something to explain for the first time. A signal
    handler or an audit hook in the middle of that meets a half of the module, and the
    end of the interpreter none at all. Without a descriptor left no file can be read.

    :param name: the function.
    :param args: what it is called with.
    """
    try:
        from zmq import _hints

        function: Callable[..., str] = getattr(_hints, name)
    except (ImportError, AttributeError):
        return ""
    except OSError as error:
        if error.filename is None:  # a handler's, TimeoutError say
            raise
        return ""
    return function(*args)


class ZMQBaseError(Exception):
    """The base of all exceptions of zmq.

    Catch this to catch them all. Only :exc:`ZMQVersionError`, a
    ``NotImplementedError``, stands apart.
    """


class ZMQError(ZMQBaseError):
    """An operation of libzmq failed with an error code.

    Codes that programs handle apart from failures have classes of their own:
    :exc:`Again`, :exc:`ContextTerminated`. Compare :attr:`errno` with the members of
    :class:`zmq.Errno`, or with the codes of the module ``errno``, such as ``ENOENT``
    and ``EMFILE``, to recognise all others.

    :param errno: the error code; by default the one of the last failed call to libzmq
        in this thread, ``zmq_errno()``. Anything but an int is taken as the message.
    :param msg: what happened; by default libzmq's description of the code.
    :ivar errno: the error code, or None when there is none.
    :ivar strerror: the message, which is also the ``str()`` of the exception.
    """

    errno: int | None = None
    strerror: str

    def __init__(self, errno: int | None = None, msg: str | None = None) -> None:
        if errno is None:
            from zmq.backend import zmq_errno

            errno = zmq_errno()
        # The arguments given are in `args` already, where pickle and copy find them.
        if isinstance(errno, int):  # pyright: ignore[reportUnnecessaryIsInstance]
            self.errno = errno
            self.strerror = msg or _strerror(errno)
        else:
            self.strerror = msg or str(errno)

    def __str__(self) -> str:
        return self.strerror

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class ZMQBindError(ZMQBaseError):
    """``Socket.bind_to_random_port`` found no free port in the tries it was given.

    Any other reason why an address cannot be bound, such as a wrong interface, raises
    :exc:`ZMQError`.
    """


class NotDone(ZMQBaseError):  # noqa: N818
    """``MessageTracker.wait`` reached its timeout: libzmq still uses the message.

    Nothing has failed: the message is still to be sent, or still being sent. A send
    that could not even be queued raises :exc:`Again`.
    """


@_raised_for(Errno.EAGAIN)
class Again(ZMQError):  # noqa: N818
    """An operation would have to wait, and must not, or must not any longer.

    Raised with ``zmq.NOBLOCK``, and after the timeouts of the options ``RCVTIMEO`` and
    ``SNDTIMEO``. The socket is as it was before; try again later. The message says
    which it was, of which socket, and what was missing: a message, a peer, or room in
    the queues. The arguments are accepted and ignored.
    """

    #: What it was, see `zmq._hints.Refusal`; or None.
    if TYPE_CHECKING:
        _refusal: Refusal | None
    _refusal = None

    def __init__(
        self,
        errno: int | Literal["ignored"] = "ignored",  # noqa: ARG002
        msg: str = "ignored",  # noqa: ARG002
    ) -> None:
        self.errno: int | None = _EAGAIN

    if TYPE_CHECKING:
        strerror: str
    else:
        # Programs catch it all the time, in loops, and few of them read it: it is
        # written only then.

        @property
        def strerror(self):
            """What would have had to wait, and why."""
            words = self.__dict__.get("strerror") or _strerror(_EAGAIN)
            if self._refusal is None or "strerror" in self.__dict__:
                return words
            hint = explain("again", self._refusal)
            return f"{words} ({hint})" if hint else words

        @strerror.setter
        def strerror(self, value):
            self.__dict__["strerror"] = value


@_raised_for(Errno.ETERM)
class ContextTerminated(ZMQError):  # noqa: N818
    """The context of a socket was terminated, before or during the operation.

    Nothing can be done with the socket any more but close it. A socket that was itself
    closed raises :exc:`ZMQError` with ``ENOTSOCK``. The arguments are accepted and
    ignored.
    """

    def __init__(
        self,
        errno: int | Literal["ignored"] = "ignored",  # noqa: ARG002
        msg: str = "ignored",  # noqa: ARG002
    ) -> None:
        self.errno: int | None = Errno.ETERM
        self.strerror: str = _strerror(Errno.ETERM)


@_raised_for(EINTR)
class InterruptedSystemCall(ZMQError, InterruptedError):  # noqa: N818
    """A signal interrupted a call that cannot be repeated.

    Waiting operations go on after a signal whose handler returned, with the time they
    have left, and pass on what a handler raised (``KeyboardInterrupt``). So this is
    seen only where libzmq gives no chance to go on. The arguments are accepted and
    ignored.
    """

    errno: int | None = EINTR

    def __init__(
        self,
        errno: int | Literal["ignored"] = "ignored",  # noqa: ARG002
        msg: str = "ignored",  # noqa: ARG002
    ) -> None:
        self.errno = EINTR
        self.strerror: str = _strerror(EINTR)  # pyright: ignore[reportIncompatibleVariableOverride]


class HandshakeFailed(ZMQError):  # noqa: N818
    """A peer was reached, but refuses this one, or is refused by it.

    Raised by ``Socket.wait_connected``.

    :param errno: the error code, ``EPROTO``.
    :param msg: what happened.
    :param event: the member of :class:`zmq.Event` that tells it, whose name begins with
        ``HANDSHAKE_FAILED``.
    :param value: what came with the event: an errno, a ``PROTOCOL_ERROR`` member of
        :class:`zmq.Event`, or the status of the ZAP handler, such as 400.
    :param endpoint: the address.
    :ivar event: the event.
    :ivar value: what came with it.
    :ivar endpoint: the address.

    .. versionadded:: 28.0
    """

    def __init__(
        self,
        errno: int | None = None,
        msg: str | None = None,
        event: int = 0,
        value: int = 0,
        endpoint: str = "",
    ) -> None:
        super().__init__(errno, msg)
        self.event = event
        self.value = value
        self.endpoint = endpoint


@_raised_for(Errno.ETIMEDOUT)
class TimedOut(ZMQError, TimeoutError):  # noqa: N818
    """What a call waited for has not come within its `timeout`, in seconds.

    Raised by ``Context.term`` and ``destroy``, by ``Socket.close`` with `flush`, and by
    ``Socket.wait_connected`` and ``wait_subscribed``.
    The message says what is missing. A send or receive that would have to wait raises
    :exc:`Again`.

    :param errno: ignored.
    :param msg: what is missing.
    :param sockets: the sockets that keep a context from ending.
    :ivar sockets: the same, a list of :class:`zmq.utils.leftovers.SocketLeft`.

    .. versionadded:: 28.0
    """

    errno: int | None = Errno.ETIMEDOUT
    if TYPE_CHECKING:
        sockets: list[SocketLeft]

    def __init__(
        self,
        errno: int | None = Errno.ETIMEDOUT,  # noqa: ARG002
        msg: str | None = None,
        sockets: Iterable[SocketLeft] = (),
    ) -> None:
        self.errno = Errno.ETIMEDOUT
        self.strerror: str = msg or _strerror(Errno.ETIMEDOUT)  # pyright: ignore[reportIncompatibleVariableOverride]
        self.sockets = list(sockets)

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the message come along when this is pickled."""
        return type(self), (self.errno, self.strerror, self.sockets)


class ZMQVersionError(NotImplementedError):
    """The linked libzmq is too old for what was asked.

    What a libzmq of the right version was built without (drafts, CURVE) raises
    :exc:`ZMQError` instead.

    :param min_version: the first version of libzmq that has the feature.
    :param msg: the name of the feature.
    :ivar min_version: the version that is needed.
    :ivar version: the version that is there.
    """

    min_version: str
    version: str

    def __init__(self, min_version: str, msg: str = "Feature") -> None:
        from zmq.backend import zmq_version_info

        self.msg = msg
        self.min_version = min_version
        self.version = ".".join(map(str, zmq_version_info()))

    def __str__(self) -> str:
        return f"{self.msg} requires libzmq >= {self.min_version}, have {self.version}"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"


class DraftFDWarning(RuntimeWarning):
    """``FD`` was read from a thread-safe draft socket, which has none in libzmq.

    What is returned instead is an experiment, and goes away when libzmq offers an fd
    of its own. Silence it with
    ``warnings.simplefilter("ignore", zmq.error.DraftFDWarning)``.

    :param msg: another text.
    """

    def __init__(self, msg: str = "") -> None:
        super().__init__(
            msg
            or "thread-safe draft sockets have no FD in libzmq: the one returned stands"
            " in for it, is experimental, and may go away. To silence this warning:"
            " warnings.simplefilter('ignore', zmq.error.DraftFDWarning)"
        )


def error_for(errno: int, msg: str | None = None) -> ZMQError:
    """Return, but do not raise, the right exception for an error code of libzmq.

    :param errno: the error code.
    :param msg: what happened, in place of libzmq's description of the code.
    """
    cls: Any = _class_of.get(errno, ZMQError)
    # Programs know errors of libzmq by `error.args[0]`, too.
    error: ZMQError = cls(errno)
    if msg:
        error.strerror = msg
    return error


__all__ = [
    "Again",
    "ContextTerminated",
    "DraftFDWarning",
    "HandshakeFailed",
    "InterruptedSystemCall",
    "NotDone",
    "TimedOut",
    "ZMQBaseError",
    "ZMQBindError",
    "ZMQError",
    "ZMQVersionError",
]

if sys.version_info < (3, 10):  # typing.get_type_hints() cannot evaluate these there
    for _class in (ZMQError, InterruptedSystemCall, TimedOut):
        _class.__annotations__ = {}
    del _class
