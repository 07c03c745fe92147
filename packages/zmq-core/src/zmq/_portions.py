"""Finding the parts of a package that several distributions share."""

from __future__ import annotations

import sys
from os import listdir
from os.path import dirname, exists, isdir, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableSequence, Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

# Of each distribution the file that an installer deletes last (they go in this order)
# when it removes a pyzmq older than version 28: once `_mending` has put all back,
# that is there again. And what stays, unless the distribution is installed editable.
PARTS = {
    "asyncio.py": "_engine",
    "auth/thread.py": "auth",
    "devices/proxysteerabledevice.py": "devices",
    "eventloop/zmqstream.py": "eventloop",
    "green/poll.py": "green",
    "log/handlers.py": "log",
    "ssh/tunnel.py": "ssh",
    "utils/z85.py": "_mending.py",
}
# In every pyzmq from before it was divided, and in no distribution of ours.
_OLD_FILE = "_future.py"


def portions(path: MutableSequence[str], name: str) -> list[str]:
    """Return the directories that hold parts of a package.

    The same as ``pkgutil.extend_path`` where parts are directories, without the import
    of pkgutil, which takes longer than all of zmq, and without a pyzmq from before it
    was divided, such as the system's below an environment that sees its packages: its
    parts do not go with this core. What an upgrade has deleted is put back.

    :param path: the ``__path__`` of the package, whose directories come first.
    :param name: the name of the package.
    """
    found = list(path)
    for entry in sys.path:
        portion = join(entry, name)
        if portion not in found and isdir(portion) and not _is_other(portion):
            found.append(portion)
    for portion in list(found):
        if not _is_whole(portion):
            from zmq._mending import complete

            complete(portion, found)
    if is_mixed(found[0]):
        from zmq._mending import warn_of_mixture

        warn_of_mixture(found[0])
    return found


class AbsentParts:
    """The last to be asked for a module: names what to install for a part of zmq."""

    @staticmethod
    def find_spec(
        name: str,
        path: Sequence[str] | None = None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return None, or raise the error of an import that fails.

        :param name: the full name of a module.
        :param path: where its package looks for its modules.
        :param target: a module that is reloaded.
        """
        if not name.startswith("zmq."):
            return None
        after = sys.meta_path.index(AbsentParts) + 1
        for finder in sys.meta_path[after:]:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                return spec
        from zmq._absent import explain

        explain(name)
        return None


def explain_absent_parts() -> None:
    """Have imports of parts that are not installed say what to install."""
    if AbsentParts not in sys.meta_path:
        sys.meta_path.append(AbsentParts)


def is_mixed(package: str) -> bool:
    """Whether files of a pyzmq from before it was divided lie among ours."""
    return exists(join(package, _OLD_FILE))


def _is_other(package: str) -> bool:
    """Whether a directory ``zmq`` is a whole package that this one has no part in."""
    return exists(join(package, "__init__.py")) and not exists(
        join(package, "_portions.py")
    )


def _is_whole(package: str) -> bool:
    """Whether nothing is missing of which there are copies."""
    for file, kept in PARTS.items():
        if not exists(join(package, file)):
            copy = join(package, "_spare", "site-packages", "zmq", file)
            if exists(copy) and (
                exists(join(package, kept)) or is_recorded(package, file)
            ):
                return False
    return True


def is_recorded(package: str, file: str) -> bool:
    """Whether a distribution lists a file as its own: not so when its sources are used.

    Some installers remove a directory with all that is in it.

    :param package: a directory ``zmq``.
    :param file: a path inside it, with slashes.
    """
    site = dirname(package)
    for name in listdir(site):
        if name.startswith("zmq_") and name.endswith(".dist-info"):
            try:
                with open(join(site, name, "RECORD"), encoding="utf-8") as record:
                    if f"\nzmq/{file}," in "\n" + record.read():
                        return True
            except OSError:
                pass
    return False
