"""What shells need to complete the command."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fixtures.commands import Start

pytest.importorskip("shtab")


@pytest.fixture
def script(start_zmq: Start, tmp_path: Path) -> Path:
    """What `zmq completion bash` prints."""
    out, err = start_zmq("completion", "bash").communicate(timeout=30)
    assert err == b""
    path = tmp_path / "completion"
    path.write_bytes(out)
    return path


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["mon"], {"monitor"}),
        (["completion", ""], {"bash", "zsh", "tcsh"}),
        (["bench", "--pl"], {"--plot"}),
    ],
)
def test_bash_completes(script: Path, words: list[str], expected: set[str]) -> None:
    listed = " ".join(f"'{word}'" for word in ["zmq", *words])
    program = (
        f'source "{script}"; COMP_WORDS=({listed}); COMP_CWORD={len(words)};'
        " $(complete -p zmq | sed -E 's/.*-F ([^ ]+).*/\\1/')"
        f" zmq '{words[-1]}'; echo \"${{COMPREPLY[@]}}\""
    )
    done = subprocess.run(
        ["bash", "-c", program], capture_output=True, text=True, check=True
    )
    assert set(done.stdout.split()) == expected


WITHOUT_SHTAB = """\
import sys
sys.modules["shtab"] = None
from zmq._command import main
sys.exit(main(["completion", "zsh"]))
"""


def test_without_shtab() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_SHTAB],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "completion needs the package shtab. Run" in done.stderr
    assert "install" in done.stderr
