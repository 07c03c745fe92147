"""The registry of cases: one decorated generator function each."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .targets import Target

# Cases are registered in the interpreter that conducts the run, which needs no zmq.
# So the modules of cases import zmq inside the functions.
Loop = Callable[[int], Any]
"""Runs an operation so many times; a coroutine function in asynchronous cases."""


class SkippedError(Exception):
    """Raised by a case that cannot be measured here; says what is missing."""


@dataclass(frozen=True)
class Case:
    """One thing to measure.

    ``setup`` is a generator function (or an asynchronous one) that prepares, yields
    a `Loop`, and cleans up. With ``startup``, it is instead a pair of statements:
    the time that a fresh interpreter takes for the second, after the first.
    """

    name: str
    title: str
    targets: tuple[Target, ...]
    setup: Callable[[], Any] | None = None
    startup: tuple[str, str] | None = None
    native: str | None = None
    per: int = 1
    event_loop: str | None = None
    modules: tuple[str, ...] = ()
    others: dict[str, Callable[[], Any]] = field(default_factory=dict)


CASES: dict[str, Case] = {}


def register(case: Case) -> None:
    """Add a case, refusing a second one of the same name."""
    if case.name in CASES:
        raise ValueError(f"two benchmark cases are called {case.name!r}")
    CASES[case.name] = case


def case(
    title: str,
    *targets: Target,
    native: str | None = None,
    per: int = 1,
    event_loops: tuple[str | None, ...] = (None,),
    modules: tuple[str, ...] = (),
    others: dict[str, Callable[[], Any]] | None = None,
) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register the decorated generator function as a case named like it.

    :param title: what the table calls it.
    :param targets: what ours must reach.
    :param native: name of the C case to run beside it.
    :param per: operations in one turn of the loop.
    :param event_loops: ``"asyncio"``, ``"uvloop"``, ``"trio"`` and ``"anyio"`` (which
        runs on asyncio), for asynchronous cases.
    :param modules: what the case needs besides zmq; without them it is skipped.
    :param others: further rivals, each with its own version of the function.
    """

    def decorate(setup: Callable[[], Any]) -> Callable[[], Any]:
        for event_loop in event_loops:
            suffix = f"@{event_loop}"
            if event_loop in (None, "asyncio", "trio"):
                suffix = ""
            register(
                Case(
                    name=setup.__name__ + suffix,
                    title=title + (f", {event_loop}" if suffix else ""),
                    targets=targets,
                    setup=setup,
                    native=native,
                    per=per,
                    event_loop=event_loop,
                    modules=modules + (("uvloop",) if event_loop == "uvloop" else ()),
                    others=others or {},
                )
            )
        return setup

    return decorate


def load() -> dict[str, Case]:
    """Import every module of `benchmarks.cases` and return the cases by name."""
    from . import cases

    for module in pkgutil.iter_modules(cases.__path__):
        importlib.import_module(f"{cases.__name__}.{module.name}")
    return CASES
