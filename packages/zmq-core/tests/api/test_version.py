"""Versions, as text and to compare."""

from __future__ import annotations

import importlib.metadata
import math

import pytest

import zmq
import zmq.sugar.version


def test_libzmq():
    text, info = zmq.zmq_version(), zmq.zmq_version_info()
    assert isinstance(text, str)
    assert text == ".".join(map(str, info))
    assert len(info) == 3
    assert all(type(part) is int for part in info)
    assert info >= (4, 1)


def test_binding():
    text, info = zmq.pyzmq_version(), zmq.pyzmq_version_info()
    assert zmq.__version__ == zmq.sugar.version.__version__ == text
    assert isinstance(info, tuple)
    assert all(type(part) is int for part in info[:3])
    assert text.startswith(".".join(map(str, info[:3])))
    assert len(info) == 3 or info[3] == math.inf


def test_binding_is_not_older_than_what_others_compare_with():
    assert zmq.pyzmq_version_info() >= (27, 0, 0)


def test_parts():
    version = zmq.sugar.version
    assert zmq.pyzmq_version_info()[:3] == (
        version.VERSION_MAJOR,
        version.VERSION_MINOR,
        version.VERSION_PATCH,
    )
    assert isinstance(version.VERSION_EXTRA, str)


def test_same_as_the_installed_distribution():
    try:
        installed = importlib.metadata.version("zmq-core")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("zmq-core is not installed as a distribution")
    assert installed == zmq.__version__


def test_revision():
    assert isinstance(zmq.__revision__, str)
    assert zmq.__revision__ == zmq.sugar.version.__revision__
