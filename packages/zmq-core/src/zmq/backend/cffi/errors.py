"""Turning libzmq's error codes into exceptions, and what arguments must be."""

from __future__ import annotations

import sys
from errno import EAGAIN as EAGAIN
from errno import EINTR as EINTR
from errno import EINVAL as EINVAL
from operator import index

from zmq import constants
from zmq.backend.arguments import integer, is_number, whole_milliseconds
from zmq.backend.cffi._native import ffi, lib
from zmq.error import Again, error_for, explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

EFSM = int(constants.Errno.EFSM)
ETERM = int(constants.Errno.ETERM)
EFAULT = int(constants.Errno.EFAULT)
ENOTSOCK = int(constants.Errno.ENOTSOCK)
ENOTSUP = int(constants.Errno.ENOTSUP)
EHOSTUNREACH = int(constants.Errno.EHOSTUNREACH)
DONTWAIT = int(constants.DONTWAIT)
SNDMORE = int(constants.SNDMORE)
POLLIN = int(constants.POLLIN)
POLLOUT = int(constants.POLLOUT)
FOREVER = -1
_NO_WAKER: int = lib.ZQ_NO_WAKER
_NO_WAKER_END: int = lib.ZQ_NO_WAKER_END
_MOST_SIZE = sys.maxsize
_MOST_INT = 0x7FFFFFFF


def text_of(err: int) -> str:
    """Return libzmq's description of an error code."""
    text: bytes = ffi.string(lib.zmq_strerror(err))
    return text.decode("utf-8", "replace")


def fail(err: int, detail: str | None = None) -> NoReturn:
    """Raise the exception class that belongs to an error code."""
    if err == EAGAIN and detail is None:
        raise Again(EAGAIN)
    raise error_for(err, None if detail is None else f"{text_of(err)} ({detail})")


def int_argument(name: str, value: Any) -> int:
    """Check an argument that must be a C int; the error, if any, names it."""
    if not isinstance(value, int):
        value = integer(name, value)
    if not -_MOST_INT - 1 <= value <= _MOST_INT:
        raise OverflowError(f"{name}={value} does not fit a C int")
    return int(value)


def linger_argument(linger: Any) -> int:
    """Convert a time in ms to a C int; a fraction of a ms is left out."""
    if not isinstance(linger, int):
        linger = whole_milliseconds("linger", linger)
    return int_argument("linger", linger)


def size_argument(value: Any) -> int:
    """Check an argument that must be a size; TypeError where it is no int."""
    size = index(value)
    if not -_MOST_SIZE - 1 <= size <= _MOST_SIZE:
        raise OverflowError(f"{size} does not fit a C size")
    return size


def ms_argument(timeout: Any) -> float:
    """Check a timeout in ms; None, like every negative number, waits for ever."""
    number: float = -1.0 if timeout is None else timeout
    if not isinstance(number, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
        if not is_number(timeout):
            raise TypeError(f"timeout must be a number of ms, or None, got {timeout!r}")
        number = float(timeout)
    if number != number:
        raise ValueError("timeout must be a number of ms, or None, got nan")
    return max(-1.0, number)


def deadline_in_ms(timeout: float) -> int:
    """Return the deadline of a timeout in ms; a negative one never comes."""
    if timeout < 0:
        return FOREVER
    return int(lib.zq_now_ns()) + int(min(timeout, 1e12) * 1e6)


def flags_argument(flags: Any) -> int:
    """Check the flags of a send or receive."""
    value = int_argument("flags", flags)
    if value & ~3:
        fail(EINVAL, f"flags={value:#x}: only zmq.DONTWAIT and zmq.SNDMORE are known")
    return value


def type_name(socket_type: int) -> str:
    """Return the name of a type of socket."""
    try:
        return constants.SocketType(socket_type).name
    except ValueError:
        return str(socket_type)


# What to do about a state error, which libzmq reports without a word of why.
STATE_HINTS = {
    (3, "send"): "a REQ socket must recv() the reply before it sends again",
    (3, "recv"): "a REQ socket must send() a request before it can recv()",
    (4, "send"): "a REP socket must recv() a request before it can send()",
    (4, "recv"): "a REP socket must send() its reply before it receives again",
}


FIRST_DRAFT = int(constants.SocketType.SERVER)
# What these draft types cannot do, with the draft API or without.
_ONE_WAY = {
    (int(constants.SocketType.RADIO), "recv"),
    (int(constants.SocketType.SCATTER), "recv"),
    (int(constants.SocketType.DISH), "send"),
    (int(constants.SocketType.GATHER), "send"),
}

LOST_PLACE = (
    "the server went away just as a request began; with REQ_CORRELATE the socket cannot"
    " go on from there: close it, and make another"
)


def hint_of(err: int, operation: str, kind: int) -> str | None:
    """Return why an operation failed, beyond libzmq's words for the error code.

    :param operation: ``send``, ``recv`` or ``poll``.
    :param kind: the type of the socket.
    """
    if err == EFSM:
        return STATE_HINTS.get((kind, operation))
    if err == ENOTSUP and (operation == "poll" or _cannot_wait(kind, operation)):
        return explain("without_drafts", kind) or None
    if err == ENOTSUP:
        return f"{type_name(kind)} sockets cannot {operation}()"
    if err == EHOSTUNREACH:
        return explain("unreachable", kind) or None
    return None


def _cannot_wait(kind: int, operation: str) -> bool:
    """Whether an operation of a draft type is possible, but not the wait for it."""
    is_draft = kind >= FIRST_DRAFT and not lib.ZQ_DRAFT_API
    return is_draft and (kind, operation) not in _ONE_WAY


def raise_forked(what: str, pid: int) -> NoReturn:
    """Say that an object is a parent process's."""
    fail(
        ENOTSOCK if what == "Socket" else EFAULT,
        f"this {what} belongs to process {pid}, of which this process,"
        f" {lib.zq_getpid()}, is a fork: make a new {what} here",
    )


def require_draft(feature: str) -> None:
    """Raise where the draft API is not there."""
    if not lib.ZQ_DRAFT_API:
        raise RuntimeError(
            f"{feature} needs libzmq and zmq-core to be built with the draft API"
        )


def address_bytes(addr: Any) -> bytes:
    """Check an address."""
    if isinstance(addr, str):
        encoded = addr.encode("utf-8")
    elif isinstance(addr, bytes):
        encoded = addr
    else:
        raise TypeError(
            f"Expected addr to be str, got addr={addr!r} ({type(addr).__name__})"
        )
    if b"\0" in encoded:
        fail(EINVAL, f"addr={addr!r} contains a NUL")
    return encoded


def check_waker(code: int) -> None:
    """Raise the error that a result tells of where there is nothing to wait with."""
    if _NO_WAKER <= code < _NO_WAKER_END:
        raise OSError(code - _NO_WAKER, "nothing left to wait with")


def fail_address(kind: int, err: int, method: str, addr: Any) -> NoReturn:
    """Raise what bind, connect or their undoing failed with; names the address."""
    if addr is None:  # a monitor was to end
        fail(err)
    text = addr.decode("utf-8", "replace") if isinstance(addr, bytes) else addr
    detail = f"addr={text!r}"
    if isinstance(text, str) and text.startswith("ipc://"):
        length = len(text.encode("utf-8")) - len("ipc://")
        most = int(lib.zq_ipc_path_max())
        if length > most:
            detail = (
                f"{detail}: the ipc path has {length} bytes, more than the"
                f" zmq.IPC_PATH_MAX_LEN = {most} of this system"
            )
            fail(err, detail)
    hint = explain("address", method, text, err, kind)
    fail(err, f"{detail}: {hint}" if hint else detail)


def is_of_handler(error: BaseException) -> bool:
    """Whether code of others than this package has raised an error: a signal handler.

    What that raises is no error of the operation in which it came.
    """
    trace = error.__traceback__
    while trace is not None:
        if not trace.tb_frame.f_globals.get("__name__", "").startswith("zmq."):
            return True
        trace = trace.tb_next
    return False
