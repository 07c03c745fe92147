"""The package of the utilities."""

from __future__ import annotations

from typing import Any

import pytest

import zmq.utils


def test_a_utility_is_imported_at_its_first_use(run_python: Any) -> None:
    run_python(
        """
        import sys
        import zmq
        assert "zmq.utils.z85" not in sys.modules
        assert "json" not in sys.modules
        import zmq.utils
        assert zmq.utils.z85.encode(b"") == b""
        assert zmq.utils.jsonapi.dumps(1) == b"1"
        """
    )


def test_all_utilities_are_there() -> None:
    for name in zmq.utils.__all__:
        assert getattr(zmq.utils, name).__name__ == f"zmq.utils.{name}"
    with pytest.raises(AttributeError, match="no attribute 'garbage'"):
        zmq.utils.garbage  # noqa: B018
