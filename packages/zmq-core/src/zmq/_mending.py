"""Putting back what an installer has deleted.

pip and Poetry, when they replace a pyzmq older than version 28, remove its files after
they have installed ours, and with them every file of ours at the same path. So each
distribution holds its Python files twice, the second time where the old pyzmq had
nothing: ``zmq/_spare/site-packages/zmq/...``, in which tools that check types do not
look. What is missing is copied from there; where that is not allowed, it is imported
from there.
"""

from __future__ import annotations

import os
import sys

# importlib.machinery and contextlib would load more than all of this takes.
from _frozen_importlib_external import PathFinder
from os.path import basename, dirname, exists, isdir, join

from zmq._portions import PARTS, is_recorded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

__all__ = ["complete", "load", "mend", "mend_all", "spare_of", "warn_of_mixture"]

_BINARY: int = getattr(os, "O_BINARY", 0)


def spare_of(package: str) -> str:
    """Return where the copies are of what belongs into a directory ``zmq``."""
    return join(package, "_spare", "site-packages", "zmq")


def load(module: ModuleType, package: str) -> None:
    """Turn the module ``zmq`` into the package of that name, mended.

    :param module: what ``zmq.py`` is being imported as.
    :param package: the directory ``zmq`` beside it.
    :raises ImportError: when there are no copies; names the line that mends it.
    """
    locations = [package]
    complete(package, locations)
    parent = dirname(package)
    spec = None
    if exists(join(package, "__init__.py")):
        spec = PathFinder.find_spec("zmq", [parent])
    if spec is None or spec.submodule_search_locations is None:
        # It may not be written, or is gone again: the installer is still at work.
        spec = PathFinder.find_spec("zmq", [dirname(spare_of(package))])
        _find_in_spare(package, locations)
    if spec is None or spec.loader is None:
        raise ImportError(_explanation(package), name="zmq")
    loader: Any = spec.loader
    spec.submodule_search_locations = locations
    module.__spec__ = spec
    module.__loader__ = loader
    module.__file__ = spec.origin
    module.__package__ = "zmq"
    module.__path__ = locations
    # Threads that import it meanwhile wait, as for any module.
    spec._initializing = True  # type: ignore[attr-defined]
    try:
        if hasattr(loader, "exec_module"):
            loader.exec_module(module)
        else:  # of an archive, before Python 3.10: it takes the module of that name
            loader.load_module("zmq")
    finally:
        spec._initializing = False  # type: ignore[attr-defined]


def complete(package: str, locations: list[str]) -> bool:
    """Put back what is missing, or have it found where the copies are.

    :param package: a directory ``zmq``.
    :param locations: what becomes ``zmq.__path__``; gains the directory of the copies
        when nothing may be written.
    :returns: whether something was missing.
    """
    try:
        return mend(package)
    except OSError as error:
        _find_in_spare(package, locations)
        _warn(package, error)
        return True


def mend_all(locations: list[str]) -> bool:
    """Complete several directories, and tell whether something was missing.

    :param locations: ``zmq.__path__``.
    """
    missing = [complete(directory, locations) for directory in list(locations)]
    for name, module in list(sys.modules.items()):
        # Directories that had lost their __init__.py.
        if name.startswith("zmq.") and getattr(module, "__file__", None) is None:
            del sys.modules[name]
    return any(missing)


def mend(package: str) -> bool:
    """Put back what is missing; several processes may do so at the same time.

    :param package: a directory ``zmq``.
    :returns: whether something was missing.
    :raises OSError: where nothing may be written.
    """
    spare = spare_of(package)
    missing: list[tuple[str, str]] = []
    for directory, inner, names in os.walk(spare):
        target = package + directory[len(spare) :]
        if directory == spare:
            inner[:] = [
                name
                for name in inner
                if isdir(join(package, name))
                or is_recorded(package, f"{name}/__init__.py")
            ]
            names = [name for name in names if _has_kept(package, name)]
        there = os.listdir(target) if isdir(target) else ()
        missing += [
            (join(directory, name), join(target, name))
            for name in names
            if name not in there and not name.endswith(".pyc")
        ]
    # With this one the package is found: by then it has to be whole.
    first = join(package, "__init__.py")
    for source, target in sorted(missing, key=lambda pair: pair[1] == first):
        _copy(source, target)
    if missing:
        # importlib.invalidate_caches() would import importlib.metadata.
        for finder in list(sys.path_importer_cache.values()):
            invalidate: Any = getattr(finder, "invalidate_caches", None)
            if invalidate is not None:
                invalidate()
    return bool(missing)


def _has_kept(package: str, name: str) -> bool:
    """Whether more than the copy is there: not so when its sources are used."""
    kept = PARTS.get(name, "_mending.py")
    return exists(join(package, kept))


def _copy(source: str, target: str) -> None:
    """Make a file appear as a whole, unless somebody else has made it meanwhile."""
    directory = dirname(target)
    if not isdir(directory):
        _make_directory(directory, dirname(source))
    content, status = _read(source)
    # A copy and no link: some installers write over the file that is there.
    partial = f"{target}.{os.urandom(6).hex()}"
    try:
        _write(partial, content)
        # Compiled modules are valid for a time of modification.
        os.utime(partial, ns=(status.st_atime_ns, status.st_mtime_ns))
        _own(partial, status)
        _link_compiled(source, target)
        try:
            os.link(partial, target)
        except FileExistsError:
            return
        except (AttributeError, OSError):  # no hard links here
            os.replace(partial, target)
    finally:
        if exists(partial):
            os.unlink(partial)


def _read(path: str) -> tuple[bytes, os.stat_result]:
    """Return what a file holds, and what is known of it."""
    file = os.open(path, os.O_RDONLY | _BINARY)
    try:
        status = os.fstat(file)
        content = b""
        while len(content) < status.st_size:
            more = os.read(file, status.st_size - len(content))
            if not more:
                break
            content += more
        return content, status
    finally:
        os.close(file)


def _write(path: str, content: bytes) -> None:
    """Make a file; without buffers, which cost more than the files hold."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    try:
        while content:
            content = content[os.write(file, content) :]
    finally:
        os.close(file)


def _link_compiled(source: str, target: str) -> None:
    """Spare Python from compiling a module, if the installer has compiled the copy.

    A link, since making files is what takes the time; nobody writes over those.
    """
    tag = sys.implementation.cache_tag
    name, suffix = os.path.splitext(basename(source))
    if suffix != ".py" or sys.flags.optimize or sys.pycache_prefix:
        return
    compiled = join("__pycache__", f"{name}.{tag}.pyc")
    try:
        if not isdir(join(dirname(target), "__pycache__")):
            there = join(dirname(source), "__pycache__")
            _make_directory(join(dirname(target), "__pycache__"), there)
        os.link(join(dirname(source), compiled), join(dirname(target), compiled))
    except (AttributeError, OSError):
        pass


def _make_directory(directory: str, like: str) -> None:
    """Make a directory with the permissions of another, and its parents."""
    if not isdir(dirname(directory)):
        _make_directory(dirname(directory), dirname(like))
    try:
        os.mkdir(directory)
    except FileExistsError:
        return
    _own(directory, os.stat(like))


def _own(path: str, status: os.stat_result) -> None:
    """Give a file owner and permissions: root may have a user's files to mend."""
    if os.name == "posix" and os.geteuid() == 0:
        os.chown(path, status.st_uid, status.st_gid)
    os.chmod(path, status.st_mode & 0o7777)


class _SpareFinder:
    """Finds modules among the copies, and what lies beside their originals."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return what is found in the directories of the parent package."""
        if path is None or not name.startswith("zmq."):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not spec.has_location:
            return spec
        if spec.submodule_search_locations is not None:
            parts = name.split(".")[1:]
            for directory in (self.package, spare_of(self.package)):
                if join(directory, *parts) not in spec.submodule_search_locations:
                    spec.submodule_search_locations.append(join(directory, *parts))
        return spec


def _find_in_spare(package: str, locations: list[str]) -> None:
    """Have what is missing imported from the copies."""
    spare = spare_of(package)
    if spare in locations:
        return
    locations.append(spare)
    at = 0
    while at < len(sys.meta_path) and sys.meta_path[at] is not PathFinder:
        at += 1
    sys.meta_path.insert(at, _SpareFinder(package))


def _warn(package: str, error: OSError) -> None:
    """Say how to mend what may not be written."""
    from zmq._pip import quoted

    text = (
        f"the upgrade of pyzmq has deleted files in {package}. They cannot be put back "
        f"({error.strerror}), so their copies are imported, at every start. Run once, "
        f'as somebody who may write there: {quoted(sys.executable)} -c "import zmq"'
    )
    _tell(text)


def warn_of_mixture(package: str) -> None:
    """Say that files of an older pyzmq lie among ours, and how to remove them.

    So it is when zmq-core was installed for another distribution, zmq-trio say, beside
    an older pyzmq that nobody has asked to upgrade.

    :param package: a directory ``zmq``.
    """
    from zmq._damage import unmixing_line

    line = unmixing_line(dirname(package))
    _tell(
        f"in {package} files of an older pyzmq lie among those of zmq-core, not all of "
        f"which work together. To upgrade pyzmq, run\n\n    {line}\n"
    )


def _tell(text: str) -> None:
    from contextlib import suppress
    from warnings import warn

    # It may have been made an error, but what is imported works.
    with suppress(RuntimeWarning):
        warn(text, RuntimeWarning, stacklevel=3)


def _explanation(package: str) -> str:
    """Say how to mend what has no copies."""
    from zmq._damage import reinstallation_line
    from zmq._installed import find_installed

    site = dirname(package)
    line = reinstallation_line(find_installed([site]), site)
    return (
        f"files of the package zmq are missing in {package}, and so are their copies. "
        f"To install them again, run\n\n    {line}\n"
    )
