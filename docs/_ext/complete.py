"""A warning of the build, and so an error, for each public name without an entry."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any

from sphinx.util import logging

import zmq

MODULES = ("zmq", "zmq.asyncio", "zmq.auth", "zmq.devices", "zmq.error")
CLASSES = ("Context", "Socket", "Frame", "Poller", "MessageTracker")


def missing(entries: set[str]) -> list[str]:
    """Return the public names that are no entries of the inventory."""
    wanted = [
        f"{module}.{name}"
        for module in MODULES
        for name in getattr(import_module(module), "__all__", ())
        if not inspect.ismodule(getattr(import_module(module), name))
    ]
    for name in CLASSES:
        wanted += [f"zmq.{name}.{member}" for member in members(getattr(zmq, name))]
    for name in import_module("zmq.devices").__all__:
        wanted += [
            f"zmq.devices.{name}.{member}"
            for member in members(getattr(import_module("zmq.devices"), name))
        ]
    wanted += ["zmq.error.ZMQError.errno", "zmq.log.handlers.TOPIC_DELIM"]
    wanted += ["zmq.ssh.ssh_tunnel", "zmq.EVENT_CONNECTED", "zmq.Frame.routing_id"]
    members_of_enums = [
        f"zmq.{enum}.{name}"
        for enum in import_module("zmq.constants").__all__
        for name in getattr(getattr(zmq, enum, None), "__members__", ())
        if f"zmq.{enum}.{name}" not in entries
    ]
    # What another module defines has its entry there.
    return members_of_enums + [
        path
        for path in wanted
        if path not in entries
        and f"zmq.{path.split('.', 2)[-1]}" not in entries
        and f"zmq.error.{path.split('.')[-1]}" not in entries
    ]


def members(cls: Any) -> list[str]:
    """Return what a class of ours has, without options, which are entries of enums."""
    if not inspect.isclass(cls):
        return []
    return [
        name
        for base in cls.__mro__
        if base.__module__.startswith("zmq")
        for name, value in vars(base).items()
        if not name.startswith("_") and inspect.getdoc(value)
        if not isinstance(getattr(value, "option", None), int)
        if name.upper() not in zmq.SocketOption.__members__ or callable(value)
    ]


def check(app: Any, _exception: Any) -> None:
    """Warn of what is missing."""
    entries = set(app.env.get_domain("py").objects)
    if app.builder.name == "html" and _exception is None:
        for path in missing(entries):
            logging.getLogger(__name__).warning("no entry for %s", path)


def setup(app: Any) -> dict[str, bool]:
    """Connect what Sphinx asks us."""
    app.connect("build-finished", check)
    return {"parallel_read_safe": True}
