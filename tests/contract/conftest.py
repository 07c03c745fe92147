"""Every test of this directory runs with every flavour."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

import zmq
from tests.contract.flavours import FLAVOURS, NEEDED, Flavour


@pytest.fixture(params=FLAVOURS, ids=lambda flavour: flavour.name)
def flavour(request: pytest.FixtureRequest) -> Flavour:
    """Every flavour in turn."""
    chosen: Flavour = request.param
    if chosen.name in NEEDED:
        pytest.importorskip(NEEDED[chosen.name], exc_type=ImportError)
    return chosen


@pytest.fixture
def context(flavour: Flavour) -> Iterator[zmq.Context[Any]]:
    """A new context of the flavour, destroyed with linger 0 after the test."""
    ctx = flavour.context_class()
    yield ctx
    ctx.destroy(linger=0)


@pytest.fixture
def make(context: Any) -> Any:
    """Make a socket, tracked unless said otherwise; closed after the test."""
    made = []

    def make(kind: int, context: Any = context, **kwargs: Any) -> Any:
        sock = context.socket(kind, **{"track_peers": True, **kwargs})
        sock.linger = 0
        made.append(sock)
        return sock

    yield make
    for sock in made:
        sock.close(linger=0)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run tests that are coroutines as scenarios of their flavour."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    pyfuncitem.funcargs["flavour"].run(lambda: pyfuncitem.obj(**arguments))
    return True
