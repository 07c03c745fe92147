"""The process of ssh, without a server."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from zmq.ssh import _process
from zmq.ssh._output import Output


@pytest.mark.skipif(sys.platform == "win32", reason="runs a program of POSIX")
def test_a_process_that_ends_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have ended before its output has a name."""

    def slowly(*args: Any) -> Output:
        output = Output(*args)
        assert output.wait("", 5)
        output.join(0.5)
        return output

    monkeypatch.setattr(_process, "Output", slowly)
    process = _process.SSHProcess(["true"], {})
    assert process.ended.wait(5)
    process.stop()
