"""What is installed of the zmq distributions, and what is wrong with it."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from shlex import quote

OURS = (
    "pyzmq",
    "zmq-core",
    "zmq-asyncio",
    "zmq-tornado",
    "zmq-green",
    "zmq-auth",
    "zmq-devices",
    "zmq-log",
    "zmq-ssh",
)
# the first pyzmq that holds no code of its own
_FIRST_META = (28,)

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*(;.*)?")
_SPECIFIER = re.compile(r"(~=|==|!=|<=|>=|<|>)\s*([0-9][0-9.]*)")


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


@dataclass(frozen=True)
class Installed:
    """A distribution that is installed, as its metadata describe it."""

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
    def files(self) -> tuple[importlib.metadata.PackagePath, ...]:
        """The files it has brought, less those Python makes by itself."""
        return tuple(
            file for file in self.distribution.files or () if file.suffix != ".pyc"
        )

    @property
    def zmq_paths(self) -> frozenset[str]:
        """Its files inside the package zmq."""
        return frozenset(
            file.as_posix() for file in self.files if file.parts[0] == "zmq"
        )

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


@dataclass(frozen=True)
class Problem:
    """Something wrong with the installation, and what mends it."""

    text: str
    remove: tuple[str, ...] = ()
    install: tuple[str, ...] = ()


@dataclass
class Installation:
    """Every distribution that has to do with the package zmq, in import order."""

    found: list[Installed] = field(default_factory=list)

    @classmethod
    def on(cls, path: list[str]) -> Installation:
        """Look at what can be imported from a path such as ``sys.path``."""
        found = []
        for distribution in importlib.metadata.distributions(path=path):
            name = distribution.metadata["Name"]
            if not name:  # half of an uninstalled one
                continue
            installed = Installed(distribution, normalized(name))
            if installed.name in OURS or installed.zmq_paths:
                found.append(installed)
        return cls(found)

    def get(self, name: str) -> Installed | None:
        """Return the distribution of that name, the one that imports find first."""
        return next((one for one in self.found if one.name == name), None)

    def problems(self, imported_from: str) -> list[Problem]:
        """Return all that is wrong.

        Parameters
        ----------
        imported_from
            ``zmq.__file__``.
        """
        return [
            *self._foreign_import(imported_from),
            *self._monoliths(),
            *self._shared_paths(),
            *self._damaged_files(),
            *self._version_conflicts(),
        ]

    def _foreign_import(self, imported_from: str) -> Iterator[Problem]:
        core = self.get("zmq-core")
        path = os.path.realpath(imported_from)
        expected = core and os.path.join(core.location, "zmq")
        if core is None:
            yield Problem(
                f"{path} is imported, but no zmq-core is installed",
                install=("zmq-core>=28",),
            )
        elif not core.editable and os.path.dirname(path) != expected:
            yield Problem(
                f"{path} is imported, not the zmq-core installed in {core.location}",
                install=(f"zmq-core=={core.version}",),
            )

    def _monoliths(self) -> Iterator[Problem]:
        core = self.get("zmq-core")
        for old in self.found:
            if not old.is_monolith:
                continue
            what = f"pyzmq {old.version} in {old.location}"
            if core is None or core.location == old.location:
                yield Problem(
                    f"{what} holds files of the same names as zmq-core",
                    remove=("pyzmq",),
                    install=("pyzmq>=28",),
                )
            elif any(self._lacks(name, core.location) for name in OURS):
                yield Problem(
                    f"{what} supplies the parts of zmq that are not installed in "
                    f"{core.location}",
                    install=("pyzmq>=28",),
                )

    def _lacks(self, name: str, location: str) -> bool:
        return all(
            one.name != name or one.location != location or one.is_monolith
            for one in self.found
        )

    def _shared_paths(self) -> Iterator[Problem]:
        owners: dict[tuple[str, str], Installed] = {}
        told = set()
        for one in self.found:
            for path in sorted(one.zmq_paths):
                owner = owners.setdefault((one.location, path), one)
                pair = (owner.name, one.name)
                if owner is one or pair in told or owner.is_monolith or one.is_monolith:
                    continue
                told.add(pair)
                yield _shared_path(owner, one, path)

    def _damaged_files(self) -> Iterator[Problem]:
        for one in self.found:
            if one.name not in OURS or one.is_monolith:
                continue
            missing, changed = _damage(one)
            for what, files in (("missing", missing), ("changed", changed)):
                if files:
                    yield Problem(
                        f"{one.name} {one.version}: {len(files)} of its files "
                        f"{what}: {_some(files)}",
                        install=(f"{one.name}=={one.version}",),
                    )

    def _version_conflicts(self) -> Iterator[Problem]:
        for one in self.found:
            for name, specifiers in one.requirements():
                needed = self.get(name)
                if needed is not None and _fits(needed.version, specifiers):
                    continue
                there = "is missing" if needed is None else f"is {needed.version}"
                yield Problem(
                    f"{one.name} {one.version} needs {name}{specifiers}, which {there}",
                    install=(f"{one.name}=={one.version}", f"{name}{specifiers}"),
                )


def mending_line(problems: list[Problem]) -> str:
    """Return the one line for a shell that mends all problems."""
    pip = f"{quote(sys.executable)} -m pip"
    python = ""
    if find_spec("pip") is None:
        pip, python = "uv pip", f" --python {quote(sys.executable)}"
    remove = dict.fromkeys(name for problem in problems for name in problem.remove)
    install = dict.fromkeys(need for problem in problems for need in problem.install)
    if "pyzmq>=28" in install:  # it brings all the others, in versions that fit
        install = dict.fromkeys(["pyzmq>=28"])
    exact = all("==" in requirement for requirement in install)
    line = ""
    if remove:
        yes = "" if python else " -y"
        line = f"{pip} uninstall{python}{yes} {' '.join(remove)} && "
    options = " --force-reinstall" + (" --no-deps" if exact else "")
    return f"{line}{pip} install{python}{options} {' '.join(map(quote, install))}"


def _shared_path(owner: Installed, other: Installed, path: str) -> Problem:
    """Describe a path that two distributions have brought."""
    strangers = tuple(one.name for one in (owner, other) if one.name not in OURS)
    ours = [one for one in (owner, other) if one.name in OURS]
    return Problem(
        f"{path} belongs to {owner.name} {owner.version} and to "
        f"{other.name} {other.version}, both in {owner.location}",
        remove=strangers,
        install=tuple(f"{one.name}=={one.version}" for one in ours),
    )


def _damage(one: Installed) -> tuple[list[str], list[str]]:
    """Return the files that are missing, and those that are not as installed."""
    missing, changed = [], []
    for file in one.files:
        try:
            content = file.locate().read_bytes()  # type: ignore[attr-defined,unused-ignore]
        except FileNotFoundError:
            missing.append(file.as_posix())
            continue
        if file.hash is not None and file.hash.mode == "sha256":
            digest = urlsafe_b64encode(hashlib.sha256(content).digest()).decode()
            # what installers generate (scripts, metadata) they may also rewrite
            if digest.rstrip("=") != file.hash.value and file.parts[0] == "zmq":
                changed.append(file.as_posix())
    return missing, changed


def _some(files: list[str]) -> str:
    """Name the first few files."""
    more = len(files) - 3
    return ", ".join(files[:3]) + (f" and {more} more" if more > 0 else "")


def _fits(version: str, specifiers: str) -> bool:
    """Tell whether a version satisfies specifiers such as ">=28,<29"."""
    have = release(version)
    for operator, wanted in _SPECIFIER.findall(specifiers):
        want = release(wanted)
        same_prefix = _prefix(version, wanted) == _prefix(wanted, wanted)
        fits = {
            ">=": have >= want,
            "<=": have <= want,
            ">": have > want,
            "<": have < want,
            # "==28.*" leaves a dot at the end
            "==": same_prefix if wanted[-1] == "." else have == want,
            "!=": not same_prefix if wanted[-1] == "." else have != want,
            "~=": have >= want and same_prefix,
        }
        if not fits[operator]:
            return False
    return True


def _prefix(version: str, wanted: str) -> tuple[int, ...]:
    """Return as many numbers of a version as there are dots in the wanted one."""
    return release(".".join(version.split(".")[: wanted.count(".")]))
