"""Functions of libzmq that belong to no socket."""

from __future__ import annotations

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import EINVAL, fail, int_argument, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PYZMQ_DRAFT_API: bool = bool(lib.ZQ_DRAFT_API)
IPC_PATH_MAX_LEN: int = lib.zq_ipc_path_max()


def zmq_version_info() -> tuple[int, int, int]:
    """Return the version of libzmq in use, as three ints."""
    numbers = ffi.new("int[3]")
    lib.zmq_version(numbers, numbers + 1, numbers + 2)
    return (int(numbers[0]), int(numbers[1]), int(numbers[2]))


def zmq_errno() -> int:
    """Return the error code of the last failed call to libzmq in this thread."""
    return int(lib.zmq_errno())


def strerror(errno: int) -> str:
    """Return libzmq's description of an error code.

    :param errno: the code, a :class:`zmq.Errno` or any ``errno`` of the system.
    """
    return text_of(int_argument("errno", errno))


def has(capability: Any) -> bool:
    """Return whether libzmq was built with a capability.

    :param capability: its name, such as ``"ipc"``, ``"curve"``, ``"gssapi"`` or
        ``"draft"``.

    .. versionadded:: 14.1
    """
    if not isinstance(capability, str):
        raise TypeError(f"expected the name of a capability, got {capability!r}")
    name = capability.encode("utf-8")
    return b"\0" not in name and bool(lib.zmq_has(name))


def curve_keypair() -> tuple[bytes, bytes]:
    """Make a new key pair for CURVE.

    :returns: the public and the secret key, each as 40 bytes of Z85.
    :raises ZMQError: ENOTSUP, when libzmq was built without CURVE.

    .. versionadded:: 14.0
    """
    public_key, secret_key = ffi.new("char[64]"), ffi.new("char[64]")
    rc = lib.zq_curve_keypair(public_key, secret_key)
    if rc < 0:
        fail(-rc, "libzmq was built without CURVE")
    return ffi.unpack(public_key, 40), ffi.unpack(secret_key, 40)


def curve_public(secret_key: Any) -> bytes:
    """Compute the public key that belongs to a secret key.

    :param secret_key: 40 characters of Z85, as bytes or str.
    :returns: the public key, as 40 bytes of Z85.
    :raises ValueError: when `secret_key` has another length, or is no Z85.
    :raises ZMQError: ENOTSUP, when libzmq was built without CURVE.

    .. versionadded:: 17.0
    """
    if not isinstance(secret_key, (str, bytes)):
        raise TypeError(f"expected bytes or str, got {type(secret_key).__name__!r}")
    secret = secret_key.encode("utf-8") if isinstance(secret_key, str) else secret_key
    if len(secret) != 40:
        raise ValueError(f"a CURVE key has 40 characters of Z85, not {len(secret)}")
    public_key = ffi.new("char[64]")
    rc = lib.zq_curve_public(public_key, secret)
    if rc == -EINVAL:
        raise ValueError("the secret key is not in Z85")
    if rc < 0:
        fail(-rc, "libzmq was built without CURVE")
    found: bytes = ffi.unpack(public_key, 40)
    return found
