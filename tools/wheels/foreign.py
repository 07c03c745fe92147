"""The headers of CPython as they are on Windows and macOS, to compile for these.

They come from Debian's source package; an installed one has those of its own system.
"""

from __future__ import annotations

import shutil
import sysconfig
import tempfile
from pathlib import Path

from tools import debian
from tools.wheels import crossing

PACKAGE, SUITE = "python3.13", "trixie"


def headers(system: str, store: Path, directory: Path) -> Path:
    """Write the headers for "windows" or "macos" into a directory, and return it.

    That of Windows has its pyconfig.h in the sources. On macOS it is made by configure:
    this machine's takes its place, which has the same sizes.
    """
    with tempfile.TemporaryDirectory() as name:
        sources = debian.unpacked(PACKAGE, store, Path(name), SUITE)
        shutil.copytree(sources / "Include", directory)
        config = (sources / "PC" / "pyconfig.h.in").read_text()
    if system == "macos":
        config = crossing.pyconfig(Path(sysconfig.get_path("include")))
    (directory / "pyconfig.h").write_text(config)
    return directory
