"""Socket options: which C type each has, and the attributes that stand for them."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq import constants
from zmq._texts import TextOfMember, socket_option_text
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import EFAULT, EINVAL, ETERM, fail
from zmq.error import DraftFDWarning, ZMQError, explain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from zmq.backend.cffi.handle import Handle

_INT64 = frozenset(map(int, constants._INT64_OPTIONS))
_UINT64 = frozenset(map(int, constants._UINT64_OPTIONS))
_BYTES = frozenset(map(int, constants._BYTES_OPTIONS))
_FD = frozenset(map(int, constants._FD_OPTIONS))
_EVENTS = int(constants.SocketOption.EVENTS)
_RCVMORE = int(constants.SocketOption.RCVMORE)
_ROUTING_ID = int(constants.SocketOption.ROUTING_ID)
_TIMEOUTS = (
    int(constants.SocketOption.RCVTIMEO),
    int(constants.SocketOption.SNDTIMEO),
)
_LEAST = -(1 << 31)
_FIRST_DRAFT = int(constants.SocketType.SERVER)
_MOST_TEXT = 4096


def option_name(option: int) -> str:
    """Return the name of a socket option."""
    try:
        return constants.SocketOption(option).name
    except ValueError:
        return str(option)


def _refuse(h: Handle, err: int, detail: str) -> NoReturn:
    if err == ETERM:
        h.tell_everybody()
        fail(ETERM)
    fail(err, detail)


def _read(h: Handle, option: int, value: Any, size: int) -> int:
    """Read an option into `value`; returns its size."""
    length = ffi.new("size_t *", size)
    rc = h.call(lib.zq_get, option, value, length)
    if rc < 0:
        _refuse(h, -rc, f"option {option_name(option)} cannot be read")
    return int(length[0])


def get_option(h: Handle, option: int) -> Any:
    """Return the value of an option; raises ZMQError where libzmq refuses."""
    if option in _TIMEOUTS:  # those are asked for before each wait
        ms = lib.zq_timeout(h.box, option)
        if ms >= _LEAST:
            return int(ms)
    h.unusable()
    if option == _EVENTS:
        return h.look_and_tell()
    if option == _RCVMORE:
        more = 1 if h.partial else int(lib.zq_more(h.box))
        if more >= 0:
            return more
    if option in _BYTES:
        text = ffi.new("char[]", _MOST_TEXT)
        size = _read(h, option, text, _MOST_TEXT)
        # Routing ids are binary; all the others are C strings.
        if size and option != _ROUTING_ID and text[size - 1] == b"\0":
            size -= 1
        return ffi.unpack(text, size) if size else b""
    if option in _INT64 or option in _UINT64:
        kind = "int64_t *" if option in _INT64 else "uint64_t *"
        wide = ffi.new(kind)
        _read(h, option, wide, 8)
        return int(wide[0])
    if option in _FD and h.type >= _FIRST_DRAFT:
        return _draft_fd(h)
    value = ffi.new("int *")
    _read(h, option, value, 4)
    return int(value[0])


def lacks_key(h: Handle, option: int) -> bool:
    """Whether an option that holds a CURVE key is not set."""
    key = ffi.new("char[32]")
    _read(h, option, key, 32)
    return bool(ffi.buffer(key)[:] == bytes(32))


def _draft_fd(h: Handle) -> int:
    import warnings

    fd = lib.zq_fd(h.box)
    if fd < 0:
        fail(-fd)
    warnings.warn(DraftFDWarning(), stacklevel=3)
    return int(fd)


_MASK = (1 << 64) - 1
_RANGES = {
    "int *": (-(1 << 31), (1 << 31) - 1),
    "int64_t *": (-(1 << 63), (1 << 63) - 1),
    "uint64_t *": (-(1 << 63), (1 << 64) - 1),
}


def set_option(h: Handle, option: int, value: Any) -> None:
    """Set an option."""
    h.unusable()
    name = option_name(option)
    if isinstance(value, str) and option in _BYTES:
        raise TypeError(
            f"option {name} takes no str: unicode not allowed, use setsockopt_string"
        )
    kind = "int *"
    if option in _BYTES:
        if not isinstance(value, bytes):
            raise TypeError(f"expected bytes for option {name}, got: {value!r}")
        stored: Any = ffi.from_buffer(value)
        size = len(value)
        # It may be a password or a secret key: it is not repeated here.
        detail = f"option {name}"
        kind = ""
    else:
        if not isinstance(value, int):
            got = "got the string" if isinstance(value, str) else "got"
            raise TypeError(f"expected int for option {name}, {got}: {value!r}")
        if option in _INT64:
            kind = "int64_t *"
        elif option in _UINT64:
            kind = "uint64_t *"
        least, most = _RANGES[kind]
        if not least <= value <= most:
            raise OverflowError(f"{value} does not fit option {name}")
        if kind == "uint64_t *":
            value &= _MASK  # -1 sets all bits
        stored = ffi.new(kind, int(value))
        size = 4 if kind == "int *" else 8
        detail = f"option {name}={value!r}"
    rc = h.call(lib.zq_set, option, stored, size, kind == "int *")
    if rc < 0:
        hint = explain("option", option, value, h.type) if rc == -EINVAL else ""
        _refuse(h, -rc, f"{detail}: {hint}" if hint else detail)
    if rc and h.watchers:
        h.tell_watchers()


class OptionAttribute:
    """A socket option as an attribute of :class:`zmq.Socket`: a data descriptor.

    :param option: the :class:`zmq.SocketOption`.
    """

    if not TYPE_CHECKING:  # checkers take every __doc__ for a str
        __doc__ = TextOfMember(__doc__, socket_option_text, "option")
    option: int = 0

    def __init__(self, option: int) -> None:
        self.option = int(option)

    def __get__(self, instance: Any, owner: type | None = None, /) -> Any:
        """Return the value; AttributeError where it cannot be read."""
        if instance is None:
            return self
        try:
            return instance.get(self.option)
        except ZMQError as error:
            if error.errno not in (EINVAL, EFAULT):
                raise
            name = option_name(self.option)
        from zmq.backend.cffi.functions import zmq_version_info

        raise AttributeError(
            f"{name} attribute is write-only, or unknown to libzmq"
            f" {'.'.join(map(str, zmq_version_info()))}"
        )

    def __set__(self, instance: Any, value: Any, /) -> None:
        instance.set(self.option, value)

    def __delete__(self, instance: Any, /) -> None:
        raise AttributeError(f"option {option_name(self.option)} cannot be deleted")

    def __repr__(self) -> str:
        return f"<socket option {option_name(self.option)}>"


__all__ = ["OptionAttribute", "get_option", "lacks_key", "option_name", "set_option"]
