"""The headers of CPython as they are on Windows and macOS, to compile for these.

They come from Debian's source package; an installed one has those of its own system.
"""

from __future__ import annotations

import shutil
import sysconfig
import tarfile
import tempfile
from pathlib import Path

from tools import debian
from tools.wheels import crossing

PACKAGE, SUITE = "python3.13", "trixie"


def archive(store: Path) -> Path:
    """Return CPython's sources, fetched if need be."""
    if debian.archive(PACKAGE, store) is None:
        debian.download([PACKAGE], store, SUITE)
    found = debian.archive(PACKAGE, store)
    assert found is not None
    return found


def headers(system: str, store: Path, directory: Path) -> Path:
    """Write the headers for "windows" or "macos" into a directory, and return it.

    That of Windows has its pyconfig.h in the sources. On macOS it is made by configure:
    this machine's takes its place, which has the same sizes.
    """
    with tempfile.TemporaryDirectory() as name:
        with tarfile.open(archive(store)) as tar:
            # Where Python has it, it warns when none is chosen.
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(name)
        (sources,) = Path(name).iterdir()
        shutil.copytree(sources / "Include", directory)
        config = (sources / "PC" / "pyconfig.h.in").read_text()
    if system == "macos":
        config = crossing.pyconfig(Path(sysconfig.get_path("include")))
    (directory / "pyconfig.h").write_text(config)
    return directory
