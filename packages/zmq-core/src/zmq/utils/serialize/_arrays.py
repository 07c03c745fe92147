"""Arrays, as a description and their memory."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from math import prod
from typing import Any

from zmq._needed import needed
from zmq.utils.serialize._codec import FormatError, memory_of

# Byte order, kind and size of an element, as numpy writes it. Not "O", objects: their
# memory holds addresses.
_DTYPE = re.compile(
    r"[<>|](?:[biufcSUV][1-9][0-9]{0,5}|[mM]8(?:\[[0-9]{0,4}[A-Za-z]{1,2}\])?)"
)
_LONGEST_HEAD = 4096  # bytes
_MOST_DIMENSIONS = 32
_NATIVE = "<" if sys.byteorder == "little" else ">"

# Between the formats of buffers and the kinds of numpy.
_KINDS = {
    **dict.fromkeys("bhilqn", "i"),
    **dict.fromkeys("BHILQN", "u"),
    **dict.fromkeys("efd", "f"),
    "?": "b",
    "c": "S",
}
_FORMATS = {
    **{f"i{size}": code for size, code in ((1, "b"), (2, "h"), (4, "i"), (8, "q"))},
    **{f"u{size}": code for size, code in ((1, "B"), (2, "H"), (4, "I"), (8, "Q"))},
    "f4": "f",
    "f8": "d",
    "b1": "?",
    "S1": "c",
}

# numpy on PyPy never lets go of the memory of others.
_NUMPY_KEEPS = sys.implementation.name == "pypy"


class Arrays:
    """Arrays of numpy, or of whatever has a buffer, with their type and shape.

    There are two frames: a description in JSON, and the memory as it is. Neither the
    sender nor the receiver copies it, if it is in one piece and large enough (see
    :attr:`zmq.Socket.copy_threshold`): the sender must not change the array until the
    tracker of ``send_object(array, track=True)`` is done. What arrives can only be
    read, and keeps the message alive. For numpy on PyPy, what arrives is copied.

    :param numpy: whether arrays of numpy arrive, or a ``memoryview`` of the format and
        shape; that of an empty array has one dimension. None (the default) is for
        arrays where numpy is installed.
    :raises ModuleNotFoundError: when numpy is asked for and not installed.
    """

    copy = False

    def __init__(self, *, numpy: bool | None = None) -> None:
        self._numpy: Any = None
        if numpy is not False:
            try:
                self._numpy = needed("numpy", "Arrays(numpy=True)")
            except ModuleNotFoundError:
                if numpy:
                    raise

    def __repr__(self) -> str:
        return f"Arrays(numpy={self._numpy is not None})"

    def encode(self, obj: Any, /) -> list[Any]:
        """Return the description and the memory of an array.

        :raises TypeError: when it has no buffer, or its elements are objects, or have
            several fields.
        """
        make = _parts_of_numpy if _is_numpy(obj) else _parts_of_buffer
        kind, shape, order, memory = make(obj)
        head = {"dtype": kind, "shape": shape, "order": order}
        return [json.dumps(head).encode(), memory]

    def decode(self, frames: Sequence[Any], /) -> Any:
        """Return the array.

        :raises FormatError: when description and memory do not fit.
        """
        if len(frames) != 2:
            raise FormatError(f"Arrays: 2 frames expected, got {len(frames)}")
        kind, shape, order = _description(bytes(frames[0]))
        memory = memory_of(frames[1]).toreadonly()
        if self._numpy is None:
            return _as_memoryview(memory, kind, shape, order)
        try:
            dtype = self._numpy.dtype(kind)
            _check_size(memory, shape, dtype.itemsize)
            if memory.nbytes and not _NUMPY_KEEPS:
                array = self._numpy.frombuffer(memory, dtype)
            else:
                raw = self._numpy.empty(memory.nbytes, "u1")
                memoryview(raw)[:] = memory
                array = raw.view(dtype)
            array = array.reshape(shape, order=order)
            array.flags.writeable = False
            return array
        except (TypeError, ValueError) as error:
            raise FormatError(f"Arrays: {error}") from error


def _is_numpy(obj: Any) -> bool:
    # Others have a dtype, too: pandas, torch. Who has made an array has imported numpy.
    numpy: Any = sys.modules.get("numpy")
    return numpy is not None and isinstance(obj, (numpy.ndarray, numpy.generic))


def _parts_of_numpy(array: Any) -> tuple[str, Any, str, memoryview]:
    if hasattr(array, "mask"):
        raise TypeError(
            "Arrays: a masked array would lose its mask: send array.filled(), or"
            " array.data and array.mask"
        )
    array = sys.modules["numpy"].asarray(array)  # a matrix keeps its two dimensions
    kind, shape, order = array.dtype.str, array.shape, "C"
    if array.dtype.names or not _DTYPE.fullmatch(kind):
        raise TypeError(f"Arrays: cannot send elements of the type {array.dtype}")
    if not array.flags.c_contiguous:
        if array.flags.f_contiguous:
            array, order = array.T, "F"
        else:
            array = array.copy()
    return kind, shape, order, memoryview(array.reshape(-1).view("u1"))


def _parts_of_buffer(obj: Any) -> tuple[str, Any, str, memoryview]:
    try:
        view = memoryview(obj)
    except TypeError:
        raise TypeError(
            f"Arrays: {type(obj).__name__!r} has no buffer; numpy.asarray may make an"
            " array of it"
        ) from None
    kind = _kind_of(view)
    if kind is None:
        raise TypeError(f"Arrays: cannot send elements of the format {view.format!r}")
    if view.c_contiguous and view.nbytes and view.format in _KINDS:
        return kind, view.shape, "C", view.cast("B")
    return kind, view.shape, "C", memoryview(view.tobytes())


def _kind_of(view: memoryview) -> str | None:
    """Return numpy's name of the type of the elements; None when there is none."""
    order, code = "@", view.format
    if len(code) == 2:
        order, code = code[0], code[1]
    kind = _KINDS.get(code)
    if kind is None or order not in "@=<>":
        return None
    if view.itemsize == 1:
        return f"|{kind}1"
    return f"{order if order in '<>' else _NATIVE}{kind}{view.itemsize}"


def _description(head: bytes) -> tuple[str, list[int], str]:
    try:
        if len(head) > _LONGEST_HEAD:
            raise ValueError(f"a description of {len(head)} bytes")
        fields: Any = json.loads(head)
        kind: Any = fields["dtype"]
        shape: Any = fields["shape"]
        order: Any = fields["order"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FormatError(f"Arrays: no description: {error!r}") from error
    if not isinstance(kind, str) or not _DTYPE.fullmatch(kind):
        raise FormatError(f"Arrays: dtype {kind!r}")
    if order not in ("C", "F"):
        raise FormatError(f"Arrays: order {order!r}")
    sizes: list[Any] = shape if shape.__class__ is list else [None]
    if len(sizes) > _MOST_DIMENSIONS or not all(map(_is_size, sizes)):
        raise FormatError(f"Arrays: shape {shape!r}")
    return kind, sizes, order


def _is_size(number: Any) -> bool:
    return type(number) is int and 0 <= number < 1 << 63


def _check_size(memory: memoryview, shape: list[int], size: int) -> None:
    needs = prod(shape) * size
    if needs != memory.nbytes:
        raise FormatError(
            f"Arrays: shape {shape} of {size} bytes each needs {needs} bytes, not"
            f" {memory.nbytes}"
        )


def _as_memoryview(memory: memoryview, kind: str, shape: list[int], order: str) -> Any:
    code: Any = _FORMATS.get(kind[1:])
    if code is None or kind[0] not in ("|", _NATIVE) or order != "C":
        raise FormatError(f"Arrays: {kind} in order {order} needs numpy to be read")
    _check_size(memory, shape, int(kind[2:]))
    # Of the formats that may be cast to, type checkers know only some.
    raw: Any = memory.cast("B")
    return raw.cast(code, shape) if memory.nbytes else raw.cast(code)
