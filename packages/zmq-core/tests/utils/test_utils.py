"""The package of the utilities."""

from __future__ import annotations

from typing import Any

import pytest

import zmq.utils


def test_a_utility_is_imported_at_its_first_use(run_python: Any) -> None:
    run_python(
        """
        import sys
        before = set(sys.modules)  # of what counts lines, say
        import zmq
        assert not {"zmq.utils.z85", "json"} & (set(sys.modules) - before)
        import zmq.utils
        assert zmq.utils.z85.encode(b"") == b""
        assert zmq.utils.jsonapi.dumps(1) == b"1"
        """
    )


def test_the_utilities_need_no_import_of_their_own(run_python: Any) -> None:
    """As with 27.3, whose own import brings some of them."""
    run_python(
        """
        import zmq
        assert zmq.utils.jsonapi.loads(b"[1]") == [1]
        assert zmq.utils.interop.cast_int_addr(1) == 1
        assert not hasattr(zmq, "rubbish")
        try:
            zmq.rubbish
        except AttributeError as error:
            assert str(error) == "module 'zmq' has no attribute 'rubbish'"
        """
    )


def test_all_utilities_are_there(run_python: Any) -> None:
    """In an interpreter where no other test has imported them."""
    run_python(
        """
        import sys
        import zmq.utils
        for name in zmq.utils.__all__:
            assert getattr(zmq.utils, name) is sys.modules[f"zmq.utils.{name}"]
        """
    )
    with pytest.raises(AttributeError, match="no attribute 'rubbish'"):
        zmq.utils.rubbish  # noqa: B018


def test_buffers_lent(socket_pair: Any) -> None:
    """What PyInstaller's hook of pyzmq imports counts what libzmq refers to."""
    from zmq.utils.garbage import gc

    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    assert gc
    before = len(gc)
    data = b"x" * 100_000
    for _ in range(3):
        push.send(data, copy=False)
    push.send(b"small", copy=False)
    assert len(gc) == before + 3
    frames = [pull.recv(copy=False) for _ in range(3)]
    assert len(gc) == before + 3
    del frames[0]
    assert len(gc) == before + 2
    del frames
    assert len(gc) == before
    assert not gc.is_alive()
    gc.start()
    gc.stop()
