# Functions of libzmq that belong to no socket.

PYZMQ_DRAFT_API = bool(ZQ_DRAFT_API)
IPC_PATH_MAX_LEN = zq_ipc_path_max()


def zmq_version_info():
    """Return the version of libzmq in use, as three ints."""
    cdef int major, minor, patch
    zmq_version(&major, &minor, &patch)
    return (major, minor, patch)


def zmq_errno():
    """Return the error code of the last failed call to libzmq in this thread."""
    return last_errno()


def strerror(int errno):
    """Return libzmq's description of an error code.

    :param errno: the code, a :class:`zmq.Errno` or any ``errno`` of the system.
    """
    return _strerror(errno)


def has(capability):
    """Return whether libzmq was built with a capability.

    :param capability: its name, such as ``"ipc"``, ``"curve"``, ``"gssapi"`` or
        ``"draft"``.

    .. versionadded:: 14.1
    """
    if not isinstance(capability, str):
        raise TypeError(f"expected the name of a capability, got {capability!r}")
    cdef bytes name = capability.encode("utf-8")
    return b"\0" not in name and bool(zmq_has(name))


def curve_keypair():
    """Make a new key pair for CURVE.

    :returns: the public and the secret key, each as 40 bytes of Z85.
    :raises ZMQError: ENOTSUP, when libzmq was built without CURVE.

    .. versionadded:: 14.0
    """
    cdef char public_key[64]
    cdef char secret_key[64]
    if zmq_curve_keypair(public_key, secret_key) < 0:
        _raise_with(last_errno(), "libzmq was built without CURVE")
    return public_key[:40], secret_key[:40]


def curve_public(secret_key):
    """Compute the public key that belongs to a secret key.

    :param secret_key: 40 characters of Z85, as bytes or str.
    :returns: the public key, as 40 bytes of Z85.
    :raises ValueError: when `secret_key` has another length, or is no Z85.
    :raises ZMQError: ENOTSUP, when libzmq was built without CURVE.

    .. versionadded:: 17.0
    """
    cdef char public_key[64]
    cdef bytes secret
    if isinstance(secret_key, str):
        secret = secret_key.encode("utf-8")
    elif isinstance(secret_key, bytes):
        secret = secret_key
    else:
        raise TypeError(f"expected bytes or str, got {type(secret_key).__name__!r}")
    if len(secret) != 40:
        raise ValueError(f"a CURVE key has 40 characters of Z85, not {len(secret)}")
    if zmq_curve_public(public_key, secret) < 0:
        if last_errno() == EINVAL:
            raise ValueError("the secret key is not in Z85")
        _raise_with(last_errno(), "libzmq was built without CURVE")
    return public_key[:40]


def _on_exit():
    zq_leases_stop_asking()


import atexit as _atexit

_atexit.register(_on_exit)
