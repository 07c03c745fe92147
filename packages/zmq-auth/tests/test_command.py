"""`zmq certs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.commands import Start

import zmq
from zmq.auth import load_certificate

pytestmark = pytest.mark.capability("curve")


def run(start: Start, *args: str) -> tuple[int, list[str], str]:
    process: Any = start("certs", *args, text=True)
    out, err = process.communicate(timeout=30)
    return process.returncode, out.splitlines(), err


def test_certificates(start_zmq: Start, tmp_path: Path) -> None:
    metadata = ["--metadata", "owner=somebody", "--metadata", "note=a=b"]
    status, paths, err = run(
        start_zmq, "--directory", str(tmp_path), *metadata, "one", "two"
    )
    assert (status, err) == (0, "")
    suffixes = (".key", ".key_secret")
    assert paths == [
        str(tmp_path / (name + suffix))
        for name in ("one", "two")
        for suffix in suffixes
    ]
    public, secret = load_certificate(paths[1])
    assert secret is not None
    assert zmq.curve_public(secret) == public
    assert load_certificate(paths[0]) == (public, None)
    text = Path(paths[1]).read_text()
    assert "owner = somebody" in text
    assert "note = a=b" in text


def test_what_exists_stays(start_zmq: Start, tmp_path: Path) -> None:
    place = ("--directory", str(tmp_path))
    _, paths, _ = run(start_zmq, *place, "name")
    before = Path(paths[0]).read_text()
    status, _, err = run(start_zmq, *place, "name")
    assert status == 1
    assert "name.key" in err
    assert Path(paths[0]).read_text() == before
    assert run(start_zmq, *place, "--overwrite", "name")[0] == 0
    assert Path(paths[0]).read_text() != before


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ([], "NAME"),
        (["--metadata", "novalue", "x"], "'novalue' is not of the form NAME=VALUE"),
        (["--metadata", "a=two\nlines", "x"], "a"),
    ],
)
def test_mistakes(
    start_zmq: Start, tmp_path: Path, args: list[str], words: str
) -> None:
    status, out, err = run(start_zmq, "--directory", str(tmp_path), *args)
    assert (status, out) == (2, [])
    assert words in err
    assert not list(tmp_path.iterdir())


def test_no_such_directory(start_zmq: Start, tmp_path: Path) -> None:
    status, _, err = run(start_zmq, "--directory", str(tmp_path / "none"), "x")
    assert status == 2
    assert f"--directory {tmp_path / 'none'}: there is no such directory" in err
    assert "Traceback" not in err
