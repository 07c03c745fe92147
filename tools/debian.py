"""Fetch source packages from Debian's archives, which the machine's settings name.

Run as a program it fetches those of libzmq and libsodium, and prints build options.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

SOURCES = {"LIBZMQ": "zeromq3", "LIBSODIUM": "libsodium"}
ROOT = Path(__file__).parents[1]
STORE = ROOT / "build" / "debian-sources"
RELEASES = r"\b(bullseye|bookworm|trixie|forky|sid|stable|testing|unstable)\b"


def source_lists(directory: Path, suite: str | None) -> None:
    """Write the machine's package lists with sources in place of binaries.

    :param suite: the release to take the sources of; None, the machine's own.
    """
    one_line = Path("/etc/apt/sources.list")
    lists = [one_line] if one_line.exists() else []
    lists += sorted(Path("/etc/apt/sources.list.d").iterdir())
    for path in lists:
        if path.suffix not in (".sources", ".list"):
            continue
        text = path.read_text()
        if path.suffix == ".sources":
            text = re.sub(r"(?m)^Types:.*$", "Types: deb-src", text)
        else:
            text = re.sub(r"(?m)^deb\s", "deb-src ", text)
        if suite is not None:
            text = in_suite(text, suite)
        (directory / path.name).write_text(text)


def in_suite(text: str, suite: str) -> str:
    """Return a package list with one release in place of the machine's.

    Security and update suites are left out: not every release has them.
    """
    lines = []
    for line in text.splitlines():
        if line.startswith("Suites:"):
            if "-security" in line or not re.search(RELEASES, line):
                line = "Suites: none\nEnabled: no"
            else:
                line = f"Suites: {suite}"
        elif line.startswith("deb-src") and re.search(RELEASES, line):
            if re.search(rf"{RELEASES}[-/]\w", line):
                continue
            line = re.sub(RELEASES, suite, line)
        lines.append(line)
    return "\n".join(lines) + "\n"


def download(packages: list[str], store: Path, suite: str | None = None) -> None:
    """Download source packages into a directory, leaving the settings of apt alone."""
    with tempfile.TemporaryDirectory() as name:
        private = Path(name)
        for part in ("sources", "lists/partial", "cache/archives/partial"):
            (private / part).mkdir(parents=True)
        source_lists(private / "sources", suite)
        apt = ["apt-get", "-q", "-o", "Dir::Etc::SourceList=/dev/null"]
        apt += ["-o", f"Dir::Etc::SourceParts={private / 'sources'}"]
        apt += ["-o", f"Dir::State::Lists={private / 'lists'}"]
        apt += ["-o", f"Dir::Cache={private / 'cache'}"]
        # apt's own user may not write into our directories.
        apt += ["-o", "APT::Sandbox::User=root"]
        store.mkdir(parents=True, exist_ok=True)
        # A mirror without sources for one of its suites is no failure yet.
        subprocess.run([*apt, "update"], cwd=store, stdout=sys.stderr, check=False)
        subprocess.run(
            [*apt, "source", "--download-only", *packages],
            cwd=store,
            stdout=sys.stderr,
            check=True,
        )


def archive(package: str, store: Path = STORE) -> Path | None:
    """Return the upstream archive of a source package, if it is there."""
    found = sorted(store.glob(f"{package}_*.orig.tar.*z*"))
    found = [path for path in found if path.suffix != ".asc"]
    return found[-1] if found else None


def unpacked(
    package: str, store: Path, directory: Path, suite: str | None = None
) -> Path:
    """Return the upstream sources of a package, fetched if need be.

    :param store: where archives are kept.
    :param directory: what they are unpacked into; nothing else is in it.
    :param suite: the release to take them of; None, the machine's own.
    """
    if archive(package, store) is None:
        download([package], store, suite)
    found = archive(package, store)
    assert found is not None
    with tarfile.open(found) as tar:
        # Where Python has it, it warns when none is chosen.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(directory)
    (sources,) = directory.iterdir()
    return sources


def newest(package: str) -> Path:
    """Return the newest archive of a package that Debian has, where it can be had.

    A mirror need not hold what a later release lists: then it is the machine's own.
    """
    for suite in ("sid", "trixie", None):
        store = STORE / (suite or "own")
        if archive(package, store) is None:
            try:
                download([package], store, suite)
            except subprocess.CalledProcessError:
                continue
        found = archive(package, store)
        if found is not None:
            return found
    raise SystemExit(f"no source package {package} in Debian's archives")


def newest_options() -> dict[str, str]:
    """Return the options that build the newest libzmq and libsodium of Debian."""
    return {f"PYZMQ_{key}_URL": str(newest(name)) for key, name in SOURCES.items()}


def build_options() -> dict[str, str]:
    """Return the options that build libzmq and libsodium from Debian's archives."""
    missing = [name for name in SOURCES.values() if archive(name) is None]
    if missing:
        download(missing, STORE)
    return {f"PYZMQ_{key}_URL": str(archive(name)) for key, name in SOURCES.items()}


if __name__ == "__main__":
    options = newest_options() if "--newest" in sys.argv else build_options()
    for option, value in options.items():
        print(f"{option}={value}")
