"""What every wheel must be like before anybody gets it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from elftools.elf.elffile import ELFFile
from tools.wheels import libraries, toolchain
from tools.wheels.libraries import CORE
from tools.wheels.targets import Target

# Part of every system that the wheel's name stands for; musl has one file for all.
SYSTEM = re.compile(
    r"(libc|libm|libpthread|libdl|librt)\.so(\.[0126])?|ld-linux-[\w-]+\.so\.[12]"
)
NEWEST_GLIBC = (2, 28)


def extension(wheel: Path) -> tuple[str, bytes]:
    """Return name and content of the extension in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".so"))
        return name, archive.read(name)


def platform_problems(wheel: Path, target: Target) -> list[str]:
    """Return what is wrong with the wheel's name."""
    problems = []
    tags = wheel.stem.split("-")[-1].split(".")
    kind = "musllinux" if target.libc == "musl" else "manylinux"
    for tag in tags:
        if not tag.startswith(kind) or not tag.endswith(target.processor):
            problems.append(f"{tag} is not for {target.name}")
    versions = re.findall(r"manylinux_(\d+)_(\d+)_", wheel.name)
    oldest = min(((int(a), int(b)) for a, b in versions), default=(0, 0))
    if oldest > NEWEST_GLIBC:
        problems.append(f"needs glibc {oldest[0]}.{oldest[1]}")
    return problems


def symbol_problems(wheel: Path, target: Target) -> list[str]:
    """Return what is wrong with the symbols and libraries of the extension."""
    name, content = extension(wheel)
    elf = ELFFile(io.BytesIO(content))
    problems = []
    machine = {"x86_64": "EM_X86_64", "aarch64": "EM_AARCH64"}[target.processor]
    if elf["e_machine"] != machine:
        problems.append(f"{name} is for {elf['e_machine']}")
    if not name.endswith(f"-{target.triplet}.so"):
        problems.append(f"{name} is not looked for on {target.triplet}")
    shown, wanted = [], []
    for symbol in elf.get_section_by_name(".dynsym").iter_symbols():
        if symbol["st_info"]["bind"] == "STB_LOCAL" or not symbol.name:
            continue
        undefined = symbol["st_shndx"] == "SHN_UNDEF"
        (wanted if undefined else shown).append(symbol.name)
    module = PurePosixPath(name).name.partition(".")[0]
    # What the interpreter looks for: PyPy has a name of its own for modules of CFFI.
    start = "_cffi_pypyinit" if ".pypy" in name else "PyInit"
    if shown != [f"{start}_{module}"]:
        problems.append(f"shows {sorted(shown)}")
    lacking = [s for s in wanted if re.match(r"zmq_|sodium_|crypto_|_ZN3zmq|_ZNSt", s)]
    if lacking:
        problems.append(f"lacks {sorted(lacking)}")
    dynamic = elf.get_section_by_name(".dynamic")
    for tag in dynamic.iter_tags():
        if tag.entry.d_tag == "DT_NEEDED" and not SYSTEM.fullmatch(tag.needed):
            problems.append(f"needs {tag.needed}")
        if tag.entry.d_tag in ("DT_RPATH", "DT_RUNPATH"):
            problems.append("has a path of the building machine")
    return problems


def patch_problems(names: list[str], about: str, listed: dict[str, Any]) -> list[str]:
    """Return in which list a patch of libzmq is missing, or one too many.

    :param names: what is in the wheel.
    :param about: zmq/_build_info.py, which names those that were applied.
    :param listed: the SBOM, which says what each changes.
    """
    found = re.search(r"(?m)^LIBZMQ_PATCHES = \((.*)\)$", about)
    applied = sorted(re.findall(r'"([^"]+)"', found.group(1))) if found else []
    (libzmq,) = (one for one in listed["components"] if one["name"] == "libzmq")
    patches = libzmq.get("pedigree", {}).get("patches", [])
    lists = {
        "the list of what is inside": [
            patch["resolves"][0]["id"] for patch in patches if patch["diff"]["text"]
        ],
        "the licences": [
            PurePosixPath(name).stem
            for name in names
            if ".dist-info/licenses/libzmq/" in name and name.endswith(".patch")
        ],
    }
    problems = [
        f"{where} names the patches {sorted(there)}, applied were {applied}"
        for where, there in lists.items()
        if sorted(there) != applied
    ]
    if not applied:
        problems.append("libzmq has no patch")
    return problems


def content_problems(wheel: Path) -> list[str]:
    """Return what is missing beside the code."""
    problems = []
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (path,) = (n for n in names if n.endswith("/sboms/zmq-core.cdx.json"))
        listed: dict[str, Any] = json.loads(archive.read(path))
        about = archive.read("zmq/_build_info.py").decode()
        content = b"".join(archive.read(name) for name in names)
    found = {component["name"] for component in listed["components"]}
    for library in ("libzmq", "libsodium"):
        if library not in found:
            problems.append(f"{library} is not in the list of what is inside")
        if not [n for n in names if f".dist-info/licenses/{library}/" in n]:
            problems.append(f"no licence of {library}")
    # Whoever has switched them off knows it.
    if libraries.sources()[libraries.PATCHES].upper() in ("ON", "1", "TRUE", "YES"):
        problems += patch_problems(names, about, listed)
    for directory in (toolchain.CACHE, CORE):
        if str(directory).encode() in content:
            problems.append(f"holds the name {directory}, of the building machine")
    return problems


def problems(wheel: Path, target: Target) -> list[str]:
    """Return all that is wrong with a wheel."""
    return [
        *platform_problems(wheel, target),
        *symbol_problems(wheel, target),
        *content_problems(wheel),
    ]
