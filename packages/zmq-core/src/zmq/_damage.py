"""What is wrong with an installation of zmq, and the line that mends it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from zmq._installed import (
    OURS,
    Installed,
    find_installed,
    fits,
    normalized,
    release,
    unfinished,
)
from zmq._pip import install_line, outside
from zmq._portions import is_mixed

_EVERYTHING = "pyzmq>=28"


@dataclass(frozen=True)
class Problem:
    """Something wrong, what to remove or delete, and then to install, against it."""

    text: str
    remove: tuple[str, ...] = ()
    install: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()


def find_problems(found: list[Installed], imported_from: str) -> list[Problem]:
    """Return all that is wrong.

    :param found: what :func:`zmq._installed.find_installed` found.
    :param imported_from: ``zmq.__file__``.
    """
    stale = list(_replaced(found))
    gone = set(map(id, stale))
    found = [one for one in found if id(one) not in gone]
    return [
        *_interrupted({one.location for one in found}),
        *(_left_behind(one) for one in stale),
        *_foreign_import(found, imported_from),
        *_monoliths(found),
        *_shared_paths(found),
        *_damaged_files(found),
        *_version_conflicts(found),
    ]


def mending_line(problems: list[Problem], site: str) -> str:
    """Return the one line for a shell that mends all problems.

    :param problems: what :func:`find_problems` found.
    :param site: the directory of packages that zmq is in.
    """
    remove = dict.fromkeys(name for problem in problems for name in problem.remove)
    install = dict.fromkeys(need for problem in problems for need in problem.install)
    delete = dict.fromkeys(path for problem in problems for path in problem.delete)
    if _EVERYTHING in install:  # which brings all others, in versions that fit
        install = dict.fromkeys([_EVERYTHING])
    return installing_line(install, site, remove=remove, delete=delete)


def unmixing_line(site: str) -> str:
    """Return the line that removes files of an older pyzmq from among ours.

    :param site: the directory of packages.
    """
    site = os.path.realpath(site)
    return mending_line([_mixture("", find_installed([site]), site)], site)


def problem_lines(texts: list[str], mend: str) -> list[str]:
    """Return the lines of a report that tell of problems.

    :param mend: the line that mends them.
    """
    found = [f"* {text}" for text in texts]
    mending = ["To mend them, run", f"  {mend}"]
    return ["Problems of this installation:", *found, "", *mending]


def reinstallation_line(found: list[Installed], site: str) -> str:
    """Return the one line for a shell that installs again what is installed.

    :param found: what :func:`zmq._installed.find_installed` found.
    :param site: the directory of packages.
    """
    ours = (one for one in found if one.name in OURS and not one.is_monolith)
    again = dict.fromkeys(map(_same, ours)) or dict.fromkeys([_EVERYTHING])
    return installing_line(again, site)


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
    line = reinstallation_line(core, site)
    return f"\nFiles of zmq-core are missing. To install it again, run\n\n    {line}\n"


def installing_line(
    install: Collection[str],
    site: str,
    *,
    remove: Collection[str] = (),
    delete: Collection[str] = (),
) -> str:
    """Return the line that installs into a directory of packages, whatever is there.

    :param install: requirements.
    :param site: the directory.
    :param remove: distributions to remove before.
    :param delete: directories to delete before.
    """
    target = outside(site)
    if target is not None:
        found = [one for one in find_installed([target]) if one.name in OURS]
        if not any(one.metadata.endswith(".dist-info") for one in found):
            target = None  # sources, which are used as they are
        elif install and _EVERYTHING not in install:
            # What is not named is lost: pip replaces the directory of the package.
            named = {normalized(re.split(r"[^\w.-]", need)[0]) for need in install}
            stale = {id(one) for one in _replaced(found)}
            again = (one for one in found if not (one.is_monolith or id(one) in stale))
            others = [_same(one) for one in again if one.name not in named]
            install = [*install, *others]
    delete = dict.fromkeys([*delete, *unfinished(site)])
    exact = all("==" in requirement for requirement in install)
    options = ["--force-reinstall", "--no-deps"] if exact else ["--force-reinstall"]
    return install_line(
        install, options=options, remove=remove, delete=delete, target=target
    )


def _interrupted(sites: Iterable[str]) -> Iterator[Problem]:
    for site in sites:
        for directory, requirement in unfinished(site).items():
            text = f"{directory} is not complete: an installer was interrupted"
            yield Problem(text, install=(requirement,), delete=(directory,))


def _replaced(found: list[Installed]) -> Iterator[Installed]:
    """Find those of which nothing but the metadata is left, beside their successor.

    So it is after ``pip install --upgrade --target``, and where one was interrupted.
    """
    groups: dict[tuple[str, str], list[Installed]] = {}
    for one in found:
        if one.name in OURS:
            groups.setdefault((one.name, one.location), []).append(one)
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda one: release(one.version), reverse=True)
            group.sort(key=lambda one: sum(map(len, one.damage())))
            yield from group[1:]


def _left_behind(one: Installed) -> Problem:
    what = f"{one.name} {one.version} in {one.location}"
    package = os.path.join(one.location, "zmq")
    if one.is_monolith and is_mixed(package):
        return _mixture(what, find_installed([one.location]), one.location)
    text = f"{what} has been replaced, but its metadata are still there"
    return Problem(text, delete=(one.metadata,))


def _mixture(what: str, found: list[Installed], location: str) -> Problem:
    """Return the problem of an older pyzmq whose files lie among ours."""
    text = f"{what} holds files of the same names as zmq-core"
    here = [one for one in found if one.location == location]
    old = [one for one in here if one.is_monolith]
    new = [one for one in here if one.name == "pyzmq" and not one.is_monolith]
    if old and not new and outside(location) is None:
        return Problem(text, remove=("pyzmq",), install=(_EVERYTHING,))
    # Installers remove the one of both that they find first, or neither.
    delete = (*(one.metadata for one in old), os.path.join(location, "zmq"))
    ours = [one for one in here if one.name in OURS and not one.is_monolith]
    install = tuple(map(_same, ours)) if new or not old else (_EVERYTHING,)
    return Problem(text, install=install, delete=delete)


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
            yield _mixture(what, found, old.location)
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
