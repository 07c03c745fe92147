"""Type hints that programs ask for as they run, as frameworks do."""

from __future__ import annotations

import importlib
import typing

import pytest

CLASSES = [
    "zmq.Socket",
    "zmq.Context",
    "zmq.Frame",
    "zmq.Poller",
    "zmq.MessageTracker",
    "zmq.ZMQError",
    "zmq.Again",
    "zmq.TimedOut",
    "zmq.asyncio.Socket",
    "zmq.asyncio.Context",
    "zmq.asyncio.Poller",
    "zmq.auth.Authenticator",
    "zmq.devices.ThreadProxy",
    "zmq.green.Socket",
    "zmq.green.Context",
    "zmq.green.Poller",
    "zmq.log.handlers.PUBHandler",
    "zmq.trio.Socket",
    "zmq.trio.Context",
    "zmq.eventloop.future.Socket",
    "zmq.eventloop.zmqstream.ZMQStream",
]


@pytest.mark.parametrize("name", CLASSES)
def test_of_a_subclass(name):
    """Those of the bases can be evaluated as well."""
    module, _, cls = name.rpartition(".")
    if module.startswith(("zmq.green", "zmq.trio", "zmq.eventloop")):
        pytest.importorskip(module, exc_type=ImportError)
    base = getattr(importlib.import_module(module), cls)
    mine = type("Mine", (base,), {"__annotations__": {"number": int}})
    assert typing.get_type_hints(mine)["number"] is int
