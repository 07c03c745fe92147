"""What the C part of the CFFI backend knows of lists that threads change."""

from __future__ import annotations

import pytest

pytest.importorskip("zmq.backend.cffi._native", exc_type=ImportError)

from zmq.backend.cffi.telling import tell_length


def test_a_thread_that_is_overtaken() -> None:
    things = ["a", "b"]
    known = []

    def tell(_box: object, n: int) -> None:
        if not known:
            known.append("another thread")
            things.pop()
            tell_length(tell, None, things)
        known.append(n)  # the first one's arrives after that

    tell_length(tell, None, things)
    assert known[-1] == len(things) == 1
