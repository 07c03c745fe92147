"""Addresses from other bindings."""

from __future__ import annotations

from typing import Any

import pytest

import zmq
from zmq.utils.interop import cast_int_addr


def test_an_int_is_an_address() -> None:
    assert cast_int_addr(0x1234) == 0x1234
    assert cast_int_addr(0) == 0


def test_a_pointer_of_cffi_is_an_address() -> None:
    cffi = pytest.importorskip("cffi")
    ffi = cffi.FFI()
    assert cast_int_addr(ffi.cast("void *", 0x1234)) == 0x1234
    assert cast_int_addr(ffi.NULL) == 0


@pytest.mark.parametrize("value", ["a", 1.5, None, b"x", object])
def test_nothing_else_is(value: Any) -> None:
    with pytest.raises(ValueError, match="Cannot cast"):
        cast_int_addr(value)


def test_a_shadow_takes_such_an_address(context: Any) -> None:
    cffi = pytest.importorskip("cffi")
    pointer = cffi.FFI().cast("void *", context.underlying)
    with zmq.Context.shadow(cast_int_addr(pointer)) as shadow:
        assert shadow.underlying == context.underlying


def test_cffi_is_not_imported(run_python: Any) -> None:
    run_python(
        """
        import sys
        from zmq.utils.interop import cast_int_addr
        cast_int_addr(5)
        assert not any(name.endswith("cffi") for name in sys.modules), sys.modules
        """
    )
