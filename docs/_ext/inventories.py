"""Inventories of other projects for a build without a network.

``_inventories/<project>.txt`` lists the names that our pages refer to, one a line:
its role, its name and its address below the project's. The build makes an inventory of
them, which intersphinx takes where the project's own cannot be fetched.
"""

from __future__ import annotations

import zlib
from pathlib import Path


def fallback(source: Path, root: Path) -> str:
    """Write an inventory of the names in `source` below `root`; return its path."""
    directory = root / "build" / "inventories"
    directory.mkdir(parents=True, exist_ok=True)
    entries = []
    for line in source.read_text(encoding="utf-8").splitlines():
        role, name, address = line.split()
        entries.append(f"{name} {role} 1 {address} -\n")
    header = f"# Sphinx inventory version 2\n# Project: {source.stem}\n"
    header += "# Version: \n# The remainder of this file is compressed using zlib.\n"
    target = directory / f"{source.stem}.inv"
    target.write_bytes(header.encode() + zlib.compress("".join(entries).encode()))
    return str(target)
