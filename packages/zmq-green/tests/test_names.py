"""``import zmq.green as zmq`` is a whole ``zmq``."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType
from typing import Any, Callable

import pytest
from tests.fixtures.processes import Result

import zmq
import zmq.green

# What zmq.green has of its own, rather than zmq's.
GREEN = {
    "Context",
    "MessageTracker",
    "Poller",
    "Socket",
    "device",
    "proxy",
    "proxy_steerable",
    "select",
    "zmq_poll",
}


def test_every_public_name_is_there() -> None:
    assert sorted(zmq.green.__all__) == sorted(zmq.__all__)
    assert len(set(zmq.green.__all__)) == len(zmq.green.__all__)
    missing = {
        name
        for name, value in vars(zmq).items()
        if not name.startswith("_")
        and name not in ("TYPE_CHECKING", "annotations", "extend_path")
        and not (isinstance(value, ModuleType) and is_of_another(value))
        and not hasattr(zmq.green, name)
    }
    assert not missing


def is_of_another(module: ModuleType) -> bool:
    """Whether it is a module that is there only because a test has imported it."""
    parts = module.__name__.split(".")
    return parts[0] != "zmq" or parts[1] not in (
        "backend",
        "constants",
        "error",
        "sugar",
        "utils",
    )


@pytest.mark.parametrize("name", sorted(zmq.__all__))
def test_a_name_is_what_it_is_in_zmq(name: str) -> None:
    assert (getattr(zmq.green, name) is not getattr(zmq, name)) == (name in GREEN)


@pytest.mark.parametrize("name", ["Socket", "Context", "Poller", "MessageTracker"])
def test_classes_are_subclasses_of_zmqs(name: str) -> None:
    ours, theirs = getattr(zmq.green, name), getattr(zmq, name)
    assert issubclass(ours, theirs)
    assert ours.__module__ == "zmq.green"
    assert inspect.getdoc(ours) != inspect.getdoc(theirs)


@pytest.mark.parametrize(
    "name",
    ["send", "recv", "send_multipart", "recv_multipart", "recv_into", "poll"],
)
def test_methods_take_the_same_arguments(name: str) -> None:
    def parameters(cls: Any) -> list[tuple[str, Any, Any]]:
        signature = inspect.signature(getattr(cls, name))
        own = list(signature.parameters.values())[1:]
        return [(p.name, p.kind, p.default) for p in own]

    assert parameters(zmq.green.Socket) == parameters(zmq.Socket)
    assert inspect.getdoc(getattr(zmq.green.Socket, name))


@pytest.mark.parametrize("name", ["proxy", "proxy_steerable", "select", "zmq_poll"])
def test_functions_take_the_same_arguments(name: str) -> None:
    ours, theirs = getattr(zmq.green, name), getattr(zmq, name)
    assert list(inspect.signature(ours).parameters) == list(
        inspect.signature(theirs).parameters
    )


def test_names_of_pyzmq_in_the_modules() -> None:
    core, poll, device = (
        import_module(f"zmq.green.{name}") for name in ("core", "poll", "device")
    )
    assert core._Socket is core.Socket is zmq.green.Socket
    assert core._Context is core.Context is zmq.green.Context
    assert poll._Poller is poll.Poller is device.Poller is zmq.green.Poller
    assert device.device is zmq.green.device
    assert list(inspect.signature(device.device).parameters) == [
        "device_type",
        "isocket",
        "osocket",
    ]


def test_without_gevent_it_says_what_to_type(run_python: Callable[..., Result]) -> None:
    run_python(
        """
        import sys
        sys.modules["gevent"] = None
        try:
            import zmq.green
        except ImportError as error:
            assert 'pip install "zmq-green[gevent]"' in str(error), error
            assert error.name == "gevent"
        else:
            raise SystemExit("no ImportError")
        """
    )


def test_another_error_of_gevent_is_shown(
    run_python: Callable[..., Result], tmp_path: Any
) -> None:
    (tmp_path / "gevent.py").write_text("import no_such_module")
    run_python(
        """
        import sys
        sys.path.insert(0, sys.argv[1])
        try:
            import zmq.green
        except ModuleNotFoundError as error:
            assert error.name == "no_such_module", error
        """,
        str(tmp_path),
    )


def test_importing_zmq_does_not_import_it(run_python: Callable[..., Result]) -> None:
    run_python(
        "import sys, zmq; assert not {'zmq.green', 'gevent'} & sys.modules.keys()"
    )
