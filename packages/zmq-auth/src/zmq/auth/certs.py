"""CURVE certificates: files that hold a public key, or a key pair."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Generator, Mapping
from datetime import datetime, timezone
from errno import ENOENT

import zmq

PUBLIC_SUFFIX = ".key"
SECRET_SUFFIX = ".key_secret"  # noqa: S105 - a file name

# 0600 has to hold from the creation on: a chmod afterwards leaves a gap to open it
_SECRET_MODE = 0o600
_PUBLIC_MODE = 0o666

_KEYS = frozenset(("public-key", "secret-key"))

_PUBLIC_HEAD = """\
#   ZeroMQ CURVE public certificate, generated {time} by zmq-auth
#   Give it to the peers, in a way that tells them it really comes from you.
"""
_PRIVATE_HEAD = """\
#   ZeroMQ CURVE **secret** certificate, generated {time} by zmq-auth
#   Keep it to yourself: whoever can read it can pass for you.
"""


def create_certificates(
    key_dir: str | os.PathLike[str],
    name: str | os.PathLike[str],
    metadata: dict[str, str] | None = None,
    *,
    overwrite: bool = True,
) -> tuple[str, str]:
    """Make a key pair and write it to two files.

    :param key_dir: an existing directory.
    :param name: what the files are called, without a suffix. It is joined to `key_dir`
        as a path: ``../a`` and ``/a`` lead out of the directory. A name that comes from
        others must be checked before.
    :param metadata: names and values, without line breaks, that the secret file shall
        contain. None (the default) for none.
    :param overwrite: whether existing files of that name are replaced, each at once, so
        that nobody ever reads half a file. True by default, as programs that make their
        keys at each start rely on it. New in zmq-auth 1.0.
    :returns: the paths of the public and of the secret file, ``name.key`` and
        ``name.key_secret`` in `key_dir`. The secret file can be read and written by its
        owner only.
    :raises FileExistsError: when one of the files is there already and `overwrite` is
        False.
    :raises FileNotFoundError: when there is no directory `key_dir`.
    :raises ValueError: when the metadata cannot be written in this format.
    """
    if not os.path.exists(key_dir or os.curdir):
        # or the error would name a file that nobody has heard of
        raise FileNotFoundError(ENOENT, os.strerror(ENOENT), os.fspath(key_dir))
    path = os.path.join(key_dir, name)
    public_file = path + PUBLIC_SUFFIX
    secret_file = path + SECRET_SUFFIX
    public_key, secret_key = zmq.curve_keypair()
    time = datetime.now(timezone.utc).isoformat(sep=" ", timespec="seconds")
    public_text = _PUBLIC_HEAD.format(time=time) + _format({}, public_key)
    secret_text = _PRIVATE_HEAD.format(time=time) + _format(
        metadata or {}, public_key, secret_key
    )
    if overwrite:
        with (
            _replacement(secret_file, secret_text, _SECRET_MODE) as new_secret,
            _replacement(public_file, public_text, _PUBLIC_MODE) as new_public,
        ):
            # When both could be written: old and new halves are no pair.
            os.replace(new_secret, secret_file)
            os.replace(new_public, public_file)
        return public_file, secret_file
    _write_new(secret_file, secret_text, _SECRET_MODE)
    try:
        _write_new(public_file, public_text, _PUBLIC_MODE)
    except BaseException:
        os.unlink(secret_file)
        raise
    return public_file, secret_file


def load_certificate(filename: str | os.PathLike[str]) -> tuple[bytes, bytes | None]:
    """Read a certificate.

    :param filename: a public or a secret certificate.
    :returns: the public and the secret key in Z85, as `zmq.CURVE_PUBLICKEY` and the
        other options take them; the secret key is None when the file has none.
    :raises OSError: when the file cannot be read.
    :raises ValueError: when there is no public key in it.
    """
    if not os.path.isfile(filename):
        raise OSError(f"Invalid certificate file: {os.fspath(filename)}")
    with open(filename, encoding="utf-8") as file:
        try:
            keys = _parse(file.read())
        except UnicodeDecodeError:
            # its text would quote the file
            keys = {}
    if "public-key" not in keys:
        raise ValueError(f"No public key found in {os.fspath(filename)}")
    return keys["public-key"], keys.get("secret-key")


def load_certificates(directory: str | os.PathLike[str] = ".") -> dict[bytes, bool]:
    """Read the public keys of all certificates in a directory.

    :param directory: where the files ``*.key`` are; by default the working directory.
    :returns: the keys in Z85, each with the value True.
    :raises OSError: when the directory or a certificate cannot be read.
    :raises ValueError: when there is no public key in a certificate.
    """
    if not os.path.isdir(directory):
        raise OSError(f"Invalid certificate directory: {os.fspath(directory)}")
    names = sorted(name for name in os.listdir(directory) if is_public_file(name))
    return {load_certificate(os.path.join(directory, n))[0]: True for n in names}


def is_public_file(name: str) -> bool:
    """Tell whether a directory's file of this name is a public certificate."""
    return name.endswith(PUBLIC_SUFFIX) and not name.startswith(".")


def _parse(text: str) -> dict[str, bytes]:
    values: dict[str, bytes] = {}
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            values[name.strip()] = value.strip(" \t'\"").encode("utf-8")
    return values


def _format(
    metadata: Mapping[str, str], public_key: bytes, secret_key: bytes | None = None
) -> str:
    lines = ["", "metadata"]
    for name, value in metadata.items():
        line = f"    {name} = {value}"
        # a reader must find this name and no key
        if list(_parse(line)) != [name] or name in _KEYS or line.splitlines() != [line]:
            raise ValueError(
                f"metadata {name!r} cannot be written as a line of its own"
            )
        lines.append(line)
    lines += ["curve", f'    public-key = "{public_key.decode("ascii")}"']
    if secret_key is not None:
        lines.append(f'    secret-key = "{secret_key.decode("ascii")}"')
    return "\n".join([*lines, ""])


def _write_new(path: str, text: str, mode: int) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with open(fd, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            # or a power cut may leave an empty file under the name of the old one
            os.fsync(fd)
    except BaseException:
        os.unlink(path)
        raise


@contextlib.contextmanager
def _replacement(path: str, text: str, mode: int) -> Generator[str]:
    """Write a file that may take the place of another, and is gone if it does not."""
    directory, name = os.path.split(path)
    # a dot in front hides the half-written file from load_certificates
    temporary = os.path.join(directory, f".{name}.{secrets.token_hex(8)}")
    _write_new(temporary, text, mode)
    try:
        yield temporary
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
