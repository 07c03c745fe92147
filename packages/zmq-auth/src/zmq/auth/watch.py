"""A directory of certificates whose changes take effect by themselves."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Any

from zmq.utils import z85

from .certs import is_public_file, load_certificate
from .loops import pause

# Seconds. Whoever replaces certificates may remove and write them one after the other,
# so a refusal waits until the directory has been left alone for SETTLE, but for no
# longer than PATIENCE. Only a refusal waits.
SETTLE = 0.1
PATIENCE = 1.0
# how often a directory is read for keys that are not there
INTERVAL = 0.05
# some file systems note the time of a change in steps of two seconds
TIME_STEP = 2.0


@dataclass(frozen=True)
class _File:
    """What was last found in a file."""

    signature: tuple[int, int, int]
    changed: float
    read: float
    key: bytes | None

    @property
    def may_have_changed(self) -> bool:
        """Whether a later change could have left the signature alone."""
        return abs(self.read - self.changed) < TIME_STEP


class CertificateWatch:
    """Tells whether a key is in a directory at this moment.

    There is no thread and no timer: the directory is looked at when a client asks. For
    a key that is known, that means to read its file again; for one that is not, to
    read what has changed.

    :param location: the directory; need not exist yet.
    :param domain: named in the log.
    :param log: is told of certificates that come, go, or cannot be read.
    """

    def __init__(self, location: str | os.PathLike[str], domain: str, log: Any) -> None:
        # absolute, so that a later chdir does not lead to another directory
        self._directory = os.path.abspath(location)
        self._domain = domain
        self._log = log
        self._files: dict[str, _File] = {}
        self._quiet = False
        self._scan_start = 0.0
        self.keys: dict[bytes, str] = {}
        """The keys at the last look, and the names of their files."""
        self._scan()

    async def accepts(self, key: bytes) -> bool:
        """Tell whether a key is in the directory; to say no may take a second."""
        name = self.keys.get(key)
        if name is not None and _read_key(self._path(name)) == key:
            return True
        asked = looked = time.monotonic()
        while True:
            if time.monotonic() - self._scan_start >= INTERVAL:
                self._scan()
            # only a look that began after the question can be the ground for a no
            if self._scan_start >= looked:
                if key in self.keys:
                    return True
                if self._quiet or self._scan_start - asked >= PATIENCE:
                    return False
                looked = time.monotonic()
            await pause(INTERVAL / 2)

    def _path(self, name: str) -> str:
        return os.path.join(self._directory, name)

    def _scan(self) -> None:
        """Look at the directory, and read what is new in it."""
        self._scan_start = time.monotonic()
        try:
            changed = os.stat(self._directory).st_mtime
            names = sorted(filter(is_public_file, os.listdir(self._directory)))
        except OSError:
            # perhaps it is being replaced by another one
            self._quiet = False
            names = []
        else:
            self._quiet = _age(changed) >= SETTLE
        self._files = {n: f for n in names if (f := self._look_at(n)) is not None}
        self._publish({f.key: n for n, f in self._files.items() if f.key is not None})

    def _look_at(self, name: str) -> _File | None:
        try:
            status = os.stat(self._path(name))
        except OSError:
            # removed since the directory was listed
            self._quiet = False
            return None
        signature = (status.st_mtime_ns, status.st_size, status.st_ino)
        file = self._files.get(name)
        if file is None or file.signature != signature or file.may_have_changed:
            read = time.time()
            key = _read_key(self._path(name))
            if key is None and (file is None or file.signature != signature):
                self._log.warning(
                    "CURVE: domain %r: no valid public key in %s",
                    self._domain,
                    self._path(name),
                )
            file = _File(signature, status.st_mtime, read, key)
        if _age(file.changed) < (SETTLE if file.key else PATIENCE):
            self._quiet = False
        return file

    def _publish(self, keys: dict[bytes, str]) -> None:
        added, removed = keys.keys() - self.keys.keys(), self.keys.keys() - keys.keys()
        # in place: the authenticator shows this very dictionary as its `certs`
        self.keys.update(keys)
        for key in removed:
            del self.keys[key]
        if added or removed:
            self._log.info(
                "CURVE: domain %r: %d certificates came and %d went in %s",
                self._domain,
                len(added),
                len(removed),
                self._directory,
            )


def _age(changed: float) -> float:
    # a clock that is ahead of ours must not keep a directory unquiet for long
    return abs(time.time() - changed)


def _read_key(path: str) -> bytes | None:
    """Return the public key in a file, or None when there is none that is whole."""
    try:
        key, _ = load_certificate(path)
        return key if len(z85.decode(key)) == 32 else None
    except (OSError, ValueError, KeyError, IndexError):
        return None
