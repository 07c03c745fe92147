"""What is wrong with an installation of zmq, and the line that mends it."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from zmq._installed import OURS, Installed, find_installed, fits
from zmq._pip import install_line

_EVERYTHING = "pyzmq>=28"


@dataclass(frozen=True)
class Problem:
    """Something wrong, what to remove and then to install against it."""

    text: str
    remove: tuple[str, ...] = ()
    install: tuple[str, ...] = ()


def find_problems(found: list[Installed], imported_from: str) -> list[Problem]:
    """Return all that is wrong.

    :param found: what :func:`zmq._installed.find_installed` found.
    :param imported_from: ``zmq.__file__``.
    """
    return [
        *_foreign_import(found, imported_from),
        *_monoliths(found),
        *_shared_paths(found),
        *_damaged_files(found),
        *_version_conflicts(found),
    ]


def mending_line(problems: list[Problem]) -> str:
    """Return the one line for a shell that mends all problems."""
    remove = dict.fromkeys(name for problem in problems for name in problem.remove)
    install = dict.fromkeys(need for problem in problems for need in problem.install)
    if _EVERYTHING in install:  # which brings all others, in versions that fit
        install = dict.fromkeys([_EVERYTHING])
    return _line(install, remove)


def problem_lines(texts: list[str], mend: str) -> list[str]:
    """Return the lines of a report that tell of problems.

    :param mend: the line that mends them.
    """
    found = [f"* {text}" for text in texts]
    mending = ["To mend them, run", f"  {mend}"]
    return ["Problems of this installation:", *found, "", *mending]


def reinstallation_line(found: list[Installed]) -> str:
    """Return the one line for a shell that installs again what is installed.

    :param found: what :func:`zmq._installed.find_installed` found.
    """
    ours = (one for one in found if one.name in OURS and not one.is_monolith)
    return _line(dict.fromkeys(map(_same, ours)) or dict.fromkeys([_EVERYTHING]))


def explain_no_backend(path: str) -> str:
    """Say why there is no compiled module, and what brings it; "" where unknown.

    :param path: of a module in ``zmq.backend``.
    """
    directory = os.path.dirname(os.path.abspath(path))
    others = [
        name
        for _, _, names in os.walk(directory)
        for name in names
        if name.endswith((".so", ".pyd"))
    ]
    if others:
        return (
            f"\nThis is {sys.implementation.cache_tag}, and what is there was compiled "
            f"for another interpreter: {', '.join(others)}"
        )
    site = os.path.dirname(os.path.dirname(directory))
    core = [one for one in find_installed([site]) if one.name == "zmq-core"]
    if not core or core[0].editable:
        return ""
    line = reinstallation_line(core)
    return f"\nFiles of zmq-core are missing. To install it again, run\n\n    {line}\n"


def _line(install: Collection[str], remove: Collection[str] = ()) -> str:
    exact = all("==" in requirement for requirement in install)
    options = ["--force-reinstall", "--no-deps"] if exact else ["--force-reinstall"]
    return install_line(install, options=options, remove=remove)


def _first(found: list[Installed], name: str) -> Installed | None:
    """Return the distribution of that name, the one that imports find first."""
    return next((one for one in found if one.name == name), None)


def _same(one: Installed) -> str:
    """Return the requirement that installs the same again."""
    return f"{one.name}=={one.version}"


def _foreign_import(found: list[Installed], imported_from: str) -> Iterator[Problem]:
    core = _first(found, "zmq-core")
    path = os.path.realpath(imported_from)
    if core is None:
        yield Problem(
            f"{path} is imported, but no zmq-core is installed",
            install=("zmq-core>=28",),
        )
    elif not core.editable and os.path.dirname(path) != f"{core.location}{os.sep}zmq":
        yield Problem(
            f"{path} is imported, not the zmq-core installed in {core.location}",
            install=(_same(core),),
        )


def _monoliths(found: list[Installed]) -> Iterator[Problem]:
    core = _first(found, "zmq-core")
    # zmq.__path__ leaves out an older pyzmq, unless its files lie among ours.
    mixed = {one.location for one in found if one.name == "zmq-core"}
    for old in found:
        if not old.is_monolith or (core is not None and old.location not in mixed):
            continue
        what = f"pyzmq {old.version} in {old.location}"
        if core is None or core.location == old.location:
            yield Problem(
                f"{what} holds files of the same names as zmq-core",
                remove=("pyzmq",),
                install=(_EVERYTHING,),
            )
        elif any(_lacks(found, name, core.location) for name in OURS):
            yield Problem(
                f"{what} supplies the parts of zmq that are not installed in "
                f"{core.location}",
                install=(_EVERYTHING,),
            )


def _lacks(found: list[Installed], name: str, location: str) -> bool:
    return all(
        one.name != name or one.location != location or one.is_monolith for one in found
    )


def _shared_paths(found: list[Installed]) -> Iterator[Problem]:
    owners: dict[tuple[str, str], Installed] = {}
    told: set[tuple[str, str]] = set()
    for one in found:
        for path in sorted(one.zmq_paths):
            owner = owners.setdefault((one.location, path), one)
            pair = (owner.name, one.name)
            if owner is one or pair in told or owner.is_monolith or one.is_monolith:
                continue
            told.add(pair)
            yield Problem(
                f"{path} belongs to {owner.name} {owner.version} and to "
                f"{one.name} {one.version}, both in {owner.location}",
                remove=tuple(o.name for o in (owner, one) if o.name not in OURS),
                install=tuple(_same(o) for o in (owner, one) if o.name in OURS),
            )


def _damaged_files(found: list[Installed]) -> Iterator[Problem]:
    for one in found:
        if one.name not in OURS or one.is_monolith:
            continue
        missing, changed = one.damage()
        for what, paths in (("missing", missing), ("changed", changed)):
            if paths:
                yield Problem(
                    f"{one.name} {one.version}: {len(paths)} of its files {what}: "
                    f"{_some(paths)}",
                    install=(_same(one),),
                )


def _version_conflicts(found: list[Installed]) -> Iterator[Problem]:
    for one in found:
        for name, specifiers in one.requirements():
            needed = _first(found, name)
            if needed is not None and fits(needed.version, specifiers):
                continue
            there = "is missing" if needed is None else f"is {needed.version}"
            yield Problem(
                f"{one.name} {one.version} needs {name}{specifiers}, which {there}",
                install=(_same(one), f"{name}{specifiers}"),
            )


def _some(paths: list[str]) -> str:
    """Name the first few files."""
    more = len(paths) - 3
    return ", ".join(paths[:3]) + (f" and {more} more" if more > 0 else "")
