"""The distributions of zmq that are installed, as their metadata describe them."""

from __future__ import annotations

import csv
import hashlib
import importlib.metadata
import json
import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

OURS = (
    "pyzmq",
    "zmq-core",
    "zmq-asyncio",
    "zmq-tornado",
    "zmq-green",
    "zmq-trio",
    "zmq-auth",
    "zmq-devices",
    "zmq-log",
    "zmq-ssh",
)
# the first pyzmq that holds no code of its own
_FIRST_META = (28,)

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(;.*)?")
_SPECIFIER = re.compile(r"(~=|==|!=|<=|>=|<|>)\s*([0-9][0-9.]*)")


@dataclass(frozen=True)
class Installed:
    """A distribution that is installed."""

    distribution: importlib.metadata.Distribution
    name: str

    @property
    def version(self) -> str:
        """The version."""
        return self.distribution.version

    @property
    def location(self) -> str:
        """The directory it is installed in."""
        return os.path.realpath(str(self.distribution.locate_file("")))

    @property
    def metadata(self) -> str:
        """The directory of its metadata."""
        return str(getattr(self.distribution, "_path", ""))

    @cached_property
    def installer(self) -> str:
        """The program that installed it, or "" when it left no name."""
        return (self.distribution.read_text("INSTALLER") or "").strip()

    @cached_property
    def editable(self) -> bool:
        """Whether it is used from its sources."""
        url = json.loads(self.distribution.read_text("direct_url.json") or "{}")
        return bool(url.get("dir_info", {}).get("editable"))

    @cached_property
    def record(self) -> dict[str, str]:
        """The files it has brought and their hashes, "" where none was noted.

        What Python compiles by itself is left out. ``Distribution.files`` will not do:
        since Python 3.12 it leaves out the files that are missing.
        """
        text = self.distribution.read_text("RECORD") or ""
        rows = [row for row in csv.reader(text.splitlines()) if row]
        return {row[0]: row[1] for row in rows if not row[0].endswith(".pyc")}

    @property
    def zmq_paths(self) -> frozenset[str]:
        """Its files inside the package zmq."""
        return frozenset(path for path in self.record if path.startswith("zmq/"))

    @property
    def is_monolith(self) -> bool:
        """Whether it is the pyzmq from before it was divided."""
        return self.name == "pyzmq" and release(self.version) < _FIRST_META

    def requirements(self) -> Iterator[tuple[str, str]]:
        """Name and version specifiers of each of ours that it needs."""
        for requirement in self.distribution.requires or ():
            match = _REQUIREMENT.match(requirement)
            # a marker speaks of an extra, or of a platform: neither must be there
            if match and not match[3] and normalized(match[1]) in OURS:
                yield normalized(match[1]), match[2].strip()

    def damage(self) -> tuple[list[str], list[str]]:
        """Return the files that are missing, and those that are not as installed."""
        missing: list[str] = []
        changed: list[str] = []
        for path, noted in self.record.items():
            # Scripts are elsewhere after `pip install --target` than is noted.
            if path.startswith(".."):
                continue
            try:
                with open(str(self.distribution.locate_file(path)), "rb") as file:
                    content = file.read()
            except FileNotFoundError:
                missing.append(path)
                continue
            algorithm, _, expected = noted.partition("=")
            # what installers generate (scripts, metadata) they may also rewrite
            if algorithm == "sha256" and PurePosixPath(path).parts[0] == "zmq":
                digest = urlsafe_b64encode(hashlib.sha256(content).digest())
                if digest.decode().rstrip("=") != expected:
                    changed.append(path)
        return missing, changed


def find_installed(path: list[str]) -> list[Installed]:
    """Find what has to do with the package zmq, in the order of import.

    :param path: directories, such as ``sys.path``.
    """
    found: dict[tuple[str, str, str], Installed] = {}
    for distribution in importlib.metadata.distributions(path=path):
        name = _name(distribution)
        if name is None:
            continue
        installed = Installed(distribution, normalized(name))
        # So pip names what it is about to delete, and leaves it when it is killed.
        if os.path.basename(installed.metadata).startswith("~"):
            continue
        if installed.name in OURS or installed.zmq_paths:
            # The path may hold a directory twice, such as lib64, a link to lib.
            key = (installed.location, installed.name, installed.version)
            found.setdefault(key, installed)
    return list(found.values())


def unfinished(site: str) -> dict[str, str]:
    """Find the metadata that an installer was killed over, and what it was installing.

    With such metadata, pip refuses to install or remove that distribution.

    :param site: a directory of packages.
    """
    found: dict[str, str] = {}
    for entry in os.listdir(site) if os.path.isdir(site) else ():
        name, _, version = entry.removesuffix(".dist-info").partition("-")
        directory = os.path.join(site, entry)
        if entry.endswith(".dist-info") and normalized(name) in OURS:
            # Installers write these last; packages of a system may have one of them.
            last = ("RECORD", "INSTALLER")
            if not any(os.path.exists(os.path.join(directory, file)) for file in last):
                found[directory] = f"{normalized(name)}=={version}"
    return found


def _name(distribution: importlib.metadata.Distribution) -> str | None:
    """Return the name of a distribution; None when an installer was killed over it."""
    try:
        # Without its file: None in Python 3.9, empty since, an error from 3.15 on.
        fields: Any = distribution.metadata
    except FileNotFoundError:
        return None
    return str(fields["Name"]) if fields and "Name" in fields else None


def normalized(name: str) -> str:
    """Return the name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def release(version: str) -> tuple[int, ...]:
    """Return the numbers at the start of a version, without zeros at the end."""
    match = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in match[0].split(".")] if match else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def fits(version: str, specifiers: str) -> bool:
    """Tell whether a version satisfies specifiers such as ">=28,<29"."""
    have = release(version)
    for operator, wanted in _SPECIFIER.findall(specifiers):
        want = release(wanted)
        same_prefix = _prefix(version, wanted) == _prefix(wanted, wanted)
        satisfied = {
            ">=": have >= want,
            "<=": have <= want,
            ">": have > want,
            "<": have < want,
            # "==28.*" leaves a dot at the end
            "==": same_prefix if wanted[-1] == "." else have == want,
            "!=": not same_prefix if wanted[-1] == "." else have != want,
            "~=": have >= want and same_prefix,
        }
        if not satisfied[operator]:
            return False
    return True


def _prefix(version: str, wanted: str) -> tuple[int, ...]:
    """Return as many numbers of a version as there are dots in the wanted one."""
    return release(".".join(version.split(".")[: wanted.count(".")]))
