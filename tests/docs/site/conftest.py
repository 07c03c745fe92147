"""Tests of the built pages; `python3 run.py docs` builds them, and runs these tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Set by the session that has just built them: older ones would tell nothing.
BUILT = os.environ.get("ZMQ_TEST_SITE")


@pytest.fixture(scope="session")
def site() -> Path:
    """The directory of the built pages."""
    if BUILT is None:
        pytest.skip("the pages are built and tested by `run.py docs`")
    return Path(BUILT)
