"""The distribution: what it holds, what it needs, and that it works alone."""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
from typing import Any, Callable

import pytest
from tests.fixtures.api import normal_signature
from tests.fixtures.processes import Result
from tests.packaging.environments import Environment

import zmq
from zmq import devices

MODULES = [
    "zmq.devices",
    "zmq.devices.basedevice",
    "zmq.devices.monitoredqueue",
    "zmq.devices.monitoredqueuedevice",
    "zmq.devices.proxydevice",
    "zmq.devices.proxysteerabledevice",
]
# pyzmq 27.3, asked for its names and signatures: enum members are their numbers.
DEVICE = "(device_type=3, in_type=None, out_type=None)"
PROXY = "(in_type, out_type, mon_type=1)"
STEERABLE = "(in_type, out_type, mon_type=1, ctrl_type=None)"
QUEUE = "(in_type, out_type, mon_type=1, in_prefix=b'in', out_prefix=b'out')"
FACTS = {
    "basedevice": {
        "BackgroundDevice": DEVICE,
        "Device": DEVICE,
        "ProcessDevice": DEVICE,
        "ThreadDevice": DEVICE,
    },
    "proxydevice": {
        "ProcessProxy": PROXY,
        "Proxy": PROXY,
        "ProxyBase": PROXY,
        "ThreadProxy": PROXY,
    },
    "proxysteerabledevice": {
        "ProcessProxySteerable": STEERABLE,
        "ProxySteerable": STEERABLE,
        "ProxySteerableBase": STEERABLE,
        "ThreadProxySteerable": STEERABLE,
    },
    "monitoredqueuedevice": {
        "MonitoredQueue": QUEUE,
        "MonitoredQueueBase": QUEUE,
        "ProcessMonitoredQueue": QUEUE,
        "ThreadMonitoredQueue": QUEUE,
    },
}
CLASSES = [
    (f"zmq.devices.{module}", name, signature)
    for module, classes in FACTS.items()
    for name, signature in classes.items()
]


def test_what_it_needs(distribution: importlib.metadata.Distribution) -> None:
    assert distribution.requires == ["zmq-core<29,>=28"]


def test_importing_zmq_does_not_import_it(run_python: Callable[..., Result]) -> None:
    run_python("import sys, zmq; assert 'zmq.devices' not in sys.modules")


@pytest.mark.parametrize("name", MODULES)
def test_exported_names_exist(name: str) -> None:
    module = importlib.import_module(name)
    names = module.__all__
    assert len(names) == len(set(names))
    assert not [name for name in names if not hasattr(module, name)]


@pytest.mark.parametrize(("module", "name", "signature"), CLASSES)
def test_the_classes_of_pyzmq_27(module: str, name: str, signature: str) -> None:
    cls = getattr(importlib.import_module(module), name)
    assert normal_signature(cls.__init__) == signature
    sides = {
        DEVICE: ["in", "out"],
        PROXY: ["in", "out", "mon"],
        QUEUE: ["in", "out", "mon"],
        STEERABLE: ["in", "out", "mon", "ctrl"],
    }[signature]
    found = {name: normal_signature(method) for name, method in methods(cls)}
    for side in sides:
        assert found[f"bind_{side}"] == found[f"connect_{side}"] == "(addr)"
        random_port = found[f"bind_{side}_to_random_port"]
        assert random_port == "(addr, *args, **kwargs)"
        assert found[f"setsockopt_{side}"] == "(opt, value)"
    assert found["join"] == "(timeout=None)"
    assert {found[name] for name in ("start", "run", "run_device")} == {"()"}


def methods(cls: type) -> list[tuple[str, Any]]:
    return inspect.getmembers(cls, inspect.isfunction)


def test_the_attributes_of_pyzmq_27() -> None:
    device = devices.ThreadProxySteerable(zmq.PULL, zmq.PUSH, zmq.PUB, zmq.PAIR)
    types = (device.in_type, device.out_type, device.mon_type, device.ctrl_type)
    assert types == (zmq.PULL, zmq.PUSH, zmq.PUB, zmq.PAIR)
    assert (device.device_type, device.daemon, device.done) == (zmq.QUEUE, True, False)
    assert device.launcher is None
    assert device.context_factory == zmq.Context.instance
    assert devices.ProcessDevice.context_factory is zmq.Context
    assert devices.monitored_queue.__name__ == "monitored_queue"


def test_a_context_factory_may_be_a_method() -> None:
    contexts: list[Any] = []

    class Mine(devices.ThreadProxy):
        def context_factory(self) -> Any:  # type: ignore[override]
            contexts.append(zmq.Context())
            return contexts[-1]

    device = Mine(zmq.PULL, zmq.PUSH)
    device.start()
    device.stop()
    device.join(10)
    (context,) = contexts
    assert not context.closed
    context.term()


def test_it_installs_alone(alone: Environment) -> None:
    alone.python(
        """
        import zmq, zmq.devices
        proxy = zmq.devices.ThreadProxy(zmq.PULL, zmq.PUSH)
        proxy.bind_in("inproc://in")
        proxy.start()
        proxy.stop()
        proxy.join(10)
        """
    )
    assert alone.names() == "zmq-core zmq-devices"
    assert "Pass messages" in alone.module("zmq.devices", "--help")
