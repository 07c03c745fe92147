"""Fetch the sources of libzmq and libsodium from Debian, print build options."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCES = {"LIBZMQ": "zeromq3", "LIBSODIUM": "libsodium"}
ROOT = Path(__file__).parents[2]
STORE = ROOT / "build" / "debian-sources"


def source_lists(directory: Path) -> None:
    """Write the machine's package lists with sources in place of binaries."""
    one_line = Path("/etc/apt/sources.list")
    if one_line.exists():
        text = re.sub(r"(?m)^deb\s", "deb-src ", one_line.read_text())
        (directory / "machine.list").write_text(text)
    for path in Path("/etc/apt/sources.list.d").iterdir():
        text = path.read_text()
        if path.suffix == ".sources":
            text = re.sub(r"(?m)^Types:.*$", "Types: deb-src", text)
        elif path.suffix == ".list":
            text = re.sub(r"(?m)^deb\s", "deb-src ", text)
        else:
            continue
        (directory / path.name).write_text(text)


def download(packages: list[str]) -> None:
    """Download source packages into the store, leaving the settings of apt alone."""
    with tempfile.TemporaryDirectory() as name:
        private = Path(name)
        for part in ("sources", "lists/partial", "cache/archives/partial"):
            (private / part).mkdir(parents=True)
        source_lists(private / "sources")
        apt = ["apt-get", "-q", "-o", "Dir::Etc::SourceList=/dev/null"]
        apt += ["-o", f"Dir::Etc::SourceParts={private / 'sources'}"]
        apt += ["-o", f"Dir::State::Lists={private / 'lists'}"]
        apt += ["-o", f"Dir::Cache={private / 'cache'}"]
        # apt's own user may not write into our directories.
        apt += ["-o", "APT::Sandbox::User=root"]
        STORE.mkdir(parents=True, exist_ok=True)
        # A mirror without sources for one of its suites is no failure yet.
        subprocess.run([*apt, "update"], cwd=STORE, stdout=sys.stderr, check=False)
        subprocess.run(
            [*apt, "source", "--download-only", *packages],
            cwd=STORE,
            stdout=sys.stderr,
            check=True,
        )


def archive(package: str) -> Path | None:
    """Return the upstream archive of a source package, if it is there."""
    found = sorted(STORE.glob(f"{package}_*.orig.tar.*"))
    return found[-1] if found else None


def build_options() -> dict[str, str]:
    """Return the options that build libzmq and libsodium from Debian's archives."""
    missing = [name for name in SOURCES.values() if archive(name) is None]
    if missing:
        download(missing)
    return {f"PYZMQ_{key}_URL": str(archive(name)) for key, name in SOURCES.items()}


if __name__ == "__main__":
    for option, value in build_options().items():
        print(f"{option}={value}")
