"""What a wheel gets after the build: its platform's name, and all that is listed.

The same contents make the same file: entries are sorted, and have one date.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from tools.wheels import toolchain

DATE = (2020, 1, 1, 0, 0, 0)


def retag(wheel: Path, directory: Path) -> Path:
    """Name the systems that a wheel runs on; auditwheel reads them from its symbols."""
    command = [sys.executable, "-m", "auditwheel", "repair", "--plat", "auto"]
    done = subprocess.run(
        [*command, "-w", str(directory), str(wheel)],
        env=toolchain.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    made = list(directory.glob("*.whl"))
    if done.returncode or len(made) != 1:
        raise SystemExit(f"auditwheel refuses {wheel.name}:\n{done.stdout}")
    return made[0]


def retag_musl(wheel: Path, directory: Path, platform: str) -> Path:
    """Name the musl that a wheel runs on: the one that zig has the headers of.

    auditwheel looks for musl on this machine, and refuses the wheel without it.
    That it needs nothing but musl is seen by tools/wheels/checks.py.
    """
    old = wheel.stem.split("-")[-1]
    directory.mkdir(parents=True, exist_ok=True)
    result = directory / wheel.name.replace(old, platform)
    with zipfile.ZipFile(wheel) as source, zipfile.ZipFile(result, "w") as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename.endswith(".dist-info/WHEEL"):
                content = content.replace(f"-{old}".encode(), f"-{platform}".encode())
            made.writestr(entry, content)
    return result


def add_runtime(text: bytes) -> bytes:
    """Add the C++ library, which zig links in, to a list of what is inside."""
    listed: dict[str, Any] = json.loads(text)
    version = toolchain.llvm_version()
    reference = f"pkg:generic/llvm-libcxx@{version}"
    component = {
        "type": "library",
        "bom-ref": reference,
        "name": "libc++, libc++abi, libunwind, compiler-rt",
        "version": version,
        "purl": reference,
        "licenses": [{"expression": "Apache-2.0 WITH LLVM-exception"}],
    }
    listed["components"].append(component)
    listed["dependencies"][0]["dependsOn"].append(reference)
    listed["metadata"]["tools"] = {
        "components": [
            {"type": "application", "name": "zig", "version": toolchain.version()}
        ]
    }
    return json.dumps(listed, indent=2).encode() + b"\n"


def record(files: dict[str, bytes], path: str) -> bytes:
    """Return RECORD for the files of a wheel."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
        writer.writerow([name, f"sha256={digest.decode().rstrip('=')}", len(content)])
    writer.writerow([path, "", ""])
    return rows.getvalue().encode()


def finish(wheel: Path, directory: Path) -> Path:
    """Write the wheel that is published into a directory, and return it."""
    with zipfile.ZipFile(wheel) as archive:
        entries = {
            entry.filename: entry
            for entry in archive.infolist()
            if not entry.is_dir() and not entry.filename.endswith(".dist-info/RECORD")
        }
        files = {name: archive.read(entry) for name, entry in sorted(entries.items())}
        modes = {name: entry.external_attr for name, entry in entries.items()}
    (listed,) = (name for name in files if name.endswith("/sboms/zmq-core.cdx.json"))
    files[listed] = add_runtime(files[listed])
    info = listed.partition("/")[0]
    files[f"{info}/RECORD"] = record(files, f"{info}/RECORD")
    directory.mkdir(parents=True, exist_ok=True)
    result = directory / wheel.name
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Executable or not is all that counts, not the umask of this machine.
            executable = modes.get(name, 0) >> 16 & 0o100
            entry.external_attr = (0o100755 if executable else 0o100644) << 16
            archive.writestr(entry, content)
    return result
