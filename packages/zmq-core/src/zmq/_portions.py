"""Finding the parts of a package that several distributions share."""

from __future__ import annotations

import sys
from os.path import isdir, join

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableSequence


def portions(path: MutableSequence[str], name: str) -> list[str]:
    """Return the directories that hold parts of a package.

    The same as ``pkgutil.extend_path`` where parts are directories, without the import
    of pkgutil, which takes longer than all of zmq.

    :param path: the ``__path__`` of the package, whose directories come first.
    :param name: the name of the package.
    """
    found = list(path)
    for entry in sys.path:
        portion = join(entry, name)
        if portion not in found and isdir(portion):
            found.append(portion)
    return found
