"""JSON by another library than that of Python."""

from __future__ import annotations

from typing import Any

import pytest

import zmq


@pytest.mark.parametrize("library", ["orjson", "msgspec"])
def test_json_of_another_library(socket_pair: Any, library: str) -> None:
    pytest.importorskip(library)
    from zmq.utils import jsonapi

    obj = {"text": "ä", "list": [1, 2.5, None, True], "nested": {"a": {}}}
    push, pull = socket_pair(zmq.PUSH, zmq.PULL, rcvtimeo=20_000)
    jsonapi.use(library)
    try:
        push.send_json(obj)
        assert pull.recv_json() == obj
        push.send_json({"b": 1, "a": 2}, sort_keys=True, indent=1)
        assert pull.recv() == b'{\n "a": 2,\n "b": 1\n}'
        push.send(b"no JSON")
        with pytest.raises((ValueError, jsonapi.jsonmod.JSONDecodeError)):
            pull.recv_json()
        assert jsonapi.dumps(1.0) == b"1.0"
    finally:
        jsonapi.use("json")
    push.send_json([1])
    assert pull.recv() == b"[1]"
