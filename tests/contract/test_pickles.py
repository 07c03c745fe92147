"""recv_pyobj warns of strangers, whatever waits for the pickle."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import zmq
from zmq.sugar import pickling


async def test_pickles_of_strangers(
    flavour: Any, context: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pickling, "_warned", False)
    with context.socket(zmq.PULL) as pull, context.socket(zmq.PUSH) as push:
        pull.bind("tcp://127.0.0.1:0")
        address = pull.last_endpoint.decode()
        push.connect(address)
        for number in range(2):
            await flavour.get(push.send_pyobj(number))
        with pytest.warns(RuntimeWarning, match=f"{address} without CURVE"):
            assert await flavour.get(pull.recv_pyobj()) == 0
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert await flavour.get(pull.recv_pyobj()) == 1  # once is enough
