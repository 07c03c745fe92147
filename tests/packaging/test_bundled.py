"""The wheel with libzmq and libsodium inside."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from tests.packaging.environments import CORE, Environment, run
from zmq import _build_info

pytestmark = pytest.mark.skipif(
    _build_info.FOUND_BY != "bundled",
    reason="for the wheel that `python3 run.py bundled` builds",
)

# Draft sockets, CURVE and what is mapped into the process, in one look.
USE = """
    import json, pathlib, zmq
    from zmq import _build_info

    with zmq.Context() as context:
        with context.socket(zmq.SERVER) as server, context.socket(zmq.CLIENT) as client:
            client.linger = server.linger = 0
            port = server.bind_to_random_port("tcp://127.0.0.1")
            client.connect(f"tcp://127.0.0.1:{port}")
            client.send(b"draft")
            frame = server.recv(copy=False)
            server.send(b"answer", routing_id=frame.routing_id)
            answer = client.recv().decode()

    info = {name: getattr(_build_info, name) for name in dir(_build_info)
            if name.isupper()}
    maps = pathlib.Path("/proc/self/maps").read_text()
    print(json.dumps({
        "answer": answer,
        "draft": zmq.DRAFT_API,
        "curve": zmq.has("curve"),
        "version": zmq.zmq_version(),
        "info": info,
        "maps": maps,
    }))
"""


@pytest.fixture
def bundled_wheel(wheels: dict[str, Path]) -> Path:
    """Return the wheel with libzmq inside, and drafts."""
    return wheels["zmq-core"]


@pytest.fixture
def extension(bundled_wheel: Path, tmp_path: Path) -> Path:
    """Return the extension out of the wheel."""
    with zipfile.ZipFile(bundled_wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".so"))
        return Path(archive.extract(name, tmp_path))


def test_needs_only_the_compilers_libraries(extension: Path) -> None:
    """The extension asks for no library that a machine may lack."""
    needed = re.findall(r"NEEDED.*\[(.*?)\.so", run("readelf", "-d", extension).stdout)
    assert "libc" in needed
    runtime = {"libc", "libm", "libpthread", "librt", "libgcc_s", "libstdc++"}
    assert set(needed) - {"ld-linux-x86-64", "ld-linux-aarch64"} <= runtime


def test_shows_nothing(extension: Path) -> None:
    """No symbol of libzmq or libsodium can meet another copy in the process."""
    symbols = run("nm", "-D", "--defined-only", extension).stdout.split("\n")
    assert [line.split()[-1] for line in symbols if line] == ["PyInit__core"]


def test_works_without_libzmq(environment: Environment, bundled_wheel: Path) -> None:
    """Draft sockets and CURVE work, and no library of the system is loaded."""
    environment.install("--no-index", bundled_wheel)
    seen = json.loads(environment.python(USE))
    assert seen["answer"] == "answer"
    assert seen["draft"] is True
    assert seen["curve"]
    assert not re.search(r"/lib(zmq|sodium)\.", seen["maps"])
    info = seen["info"]
    assert info["FOUND_BY"] == "bundled"
    assert info["LINKAGE"] == "static"
    assert info["DRAFT"] is True
    assert info["LIBZMQ_VERSION"] == seen["version"]
    assert info["LIBSODIUM_VERSION"]


def test_carries_the_licences(bundled_wheel: Path) -> None:
    """Whoever passes the wheel on passes on the licences of what is inside."""
    with zipfile.ZipFile(bundled_wheel) as archive:
        names = [n.partition(".dist-info/licenses/")[2] for n in archive.namelist()]
    assert {"LICENSE", "libsodium/LICENSE"} <= set(names)
    assert [name for name in names if name.startswith("libzmq/")]


def test_tells_what_was_changed(bundled_wheel: Path) -> None:
    """Patches are in the wheel, in the list of what is inside, and in the report."""
    patches = {path.stem: path.read_text() for path in CORE.glob("patches/*.patch")}
    with zipfile.ZipFile(bundled_wheel) as archive:
        names = archive.namelist()
        (listed,) = (n for n in names if n.endswith("/sboms/zmq-core.cdx.json"))
        components = json.loads(archive.read(listed))["components"]
        carried = {
            Path(name).stem: archive.read(name).decode()
            for name in names
            if ".dist-info/licenses/libzmq/" in name and name.endswith(".patch")
        }
    (libzmq,) = (part for part in components if part["name"] == "libzmq")
    listed_patches = {
        patch["resolves"][0]["id"]: patch["diff"]["text"]["content"]
        for patch in libzmq["pedigree"]["patches"]
    }
    assert carried == listed_patches == patches
    assert set(_build_info.LIBZMQ_PATCHES) == set(patches)
    for patch in libzmq["pedigree"]["patches"]:
        assert patch["type"] == "unofficial"
        name = patch["resolves"][0]["name"]
        assert f"Subject: {name}\n" in patch["diff"]["text"]["content"]
