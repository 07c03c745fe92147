"""The short examples run, and print what they promise."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PRINTED = {
    "curve": ["received: the cake is in the cupboard", "encrypted with CURVE"],
    "monitor": ["LISTENING", "ACCEPTED", "DISCONNECTED"],
    "poller": [
        "nobody sent anything: []",
        "a task: sweep the floor",
        "from a plain socket: ping",
    ],
    "pub_sub": [
        "fan got news: it rains",
        "fan got sports: two to one",
        "reader got news: it rains",
    ],
    "req_rep": ["Hello, Ada!", "Hello, Grace!", "Hello, stop!"],
    "zero_copy": [
        "received 1,000,000 numbers, the last is 42.0",
        "may the sender change them already? False",
        "and now? True",
    ],
}


def test_every_example_is_tested():
    files = {path.stem for path in EXAMPLES.glob("*.py")} - {"__init__"}
    assert files == set(PRINTED)


@pytest.mark.parametrize("name", sorted(PRINTED))
def test_example(name, tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", str(EXAMPLES / f"{name}.py")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    position = 0
    for text in PRINTED[name]:
        assert text in done.stdout[position:], f"{text!r} is missing in {done.stdout}"
        position = done.stdout.index(text, position) + len(text)
