"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import importlib.metadata
import inspect
from typing import Callable

import pytest
from tests.fixtures.processes import Result
from tests.packaging.environments import Environment

import zmq.log
from zmq.log import handlers


def test_what_it_needs(distribution: importlib.metadata.Distribution) -> None:
    assert distribution.requires == ["zmq-core<29,>=28"]


def test_importing_zmq_does_not_import_it(
    run_python: Callable[..., Result],
) -> None:
    run_python("import sys, zmq; assert 'zmq.log' not in sys.modules")


@pytest.mark.parametrize("module", [zmq.log, handlers])
def test_exported_names_exist(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert len(names) == len(set(names))
    assert not [name for name in names if not hasattr(module, name)]


def test_the_interface_of_pyzmq_27() -> None:
    """What programs pass by position or by name."""
    parameters = list(inspect.signature(handlers.PUBHandler).parameters.values())
    assert [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD] == [
        "interface_or_socket",
        "context",
        "root_topic",
    ]
    assert list(inspect.signature(handlers.TopicLogger).parameters) == ["name", "level"]
    assert handlers.TOPIC_DELIM == "::"
    for name in ("setFormatter", "setRootTopic", "root_topic", "ctx", "socket"):
        assert hasattr(handlers.PUBHandler, name)


def test_it_installs_alone(alone: Environment) -> None:
    alone.python(
        """
        import logging, zmq.log
        handler = zmq.log.PUBHandler("tcp://127.0.0.1:0")
        logging.getLogger().addHandler(handler)
        logging.error("nobody listens")
        """
    )
    assert alone.names() == "zmq-core zmq-log"
    assert "Show the log records" in alone.module("zmq.log", "--help")
