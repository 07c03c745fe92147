"""The numbers of sockets for Prometheus and OpenTelemetry.

Both take a dictionary of what to watch: sockets and contexts, by the names that they
are to have as the label ``name``. It may be changed later, and sockets may be closed:
their last numbers stay. The sockets count from then on, those that are added later from
the first time that they are collected; of a context those count whose ``count_stats``
is on.

.. versionadded:: 28.0
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, Union
from weakref import WeakSet

from zmq._needed import needed
from zmq.error import ZMQError
from zmq.sugar.context import Context
from zmq.sugar.socket import Socket

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Watched = Mapping[str, Union[Socket[Any], Context[Any]]]


class _Metric(NamedTuple):
    field: str
    name: str
    unit: str
    help: str


_METRICS = (
    _Metric("messages_sent", "messages_sent", "", "Messages that libzmq has taken"),
    _Metric("bytes_sent", "sent", "bytes", "Bytes of the messages sent"),
    _Metric("messages_received", "messages_received", "", "Messages received"),
    _Metric("bytes_received", "received", "bytes", "Bytes of the messages received"),
    _Metric("messages_dropped", "messages_dropped", "", "Messages dropped, being full"),
    _Metric("sends_waited", "sends_waited", "", "Sends that had to wait"),
    _Metric("sends_refused", "sends_refused", "", "Sends that were not to wait"),
    _Metric("receives_waited", "receives_waited", "", "Receives that had to wait"),
    _Metric(
        "receives_refused", "receives_refused", "", "Receives that were not to wait"
    ),
)


class PrometheusCollector:
    """The numbers of sockets and contexts as counters of ``prometheus_client``.

    ::

        collector = PrometheusCollector({"orders": sock, "all": context})
        prometheus_client.REGISTRY.register(collector)

    :param watched: sockets and contexts by name.
    :raises TypeError: when `watched` is, or has, something else.
    :raises ModuleNotFoundError: when prometheus_client is not installed; the extra
        ``zmq-core[prometheus]`` brings it.
    """

    def __init__(self, watched: Watched) -> None:
        core: Any = needed(
            "prometheus_client.core", "PrometheusCollector", "prometheus-client"
        )
        self._family: Any = core.CounterMetricFamily
        self._watch = _Watch(watched)

    def describe(self) -> Iterable[Any]:
        """Return nothing: there is no need to collect in order to register."""
        return ()

    def collect(self) -> Iterator[Any]:
        """Make a counter of each number: ``zmq_messages_sent_total`` and so on."""
        found = [(name, thing.stats()) for name, thing in self._watch.items()]
        for metric in _METRICS:
            unit = f"_{metric.unit}" if metric.unit else ""
            name = f"zmq_{metric.name}{unit}"
            family = self._family(name, metric.help, labels=["name"], unit=metric.unit)
            for watched, stats in found:
                family.add_metric([watched], getattr(stats, metric.field))
            yield family


def observe(meter: Any, watched: Watched) -> None:
    """Have an OpenTelemetry meter observe the numbers of sockets and contexts.

    ::

        observe(opentelemetry.metrics.get_meter("zmq"), {"orders": sock})

    It makes counters named ``zmq.messages_sent`` and so on.

    :param meter: an ``opentelemetry.metrics.Meter``.
    :param watched: sockets and contexts by name.
    :raises TypeError: when one of them is something else.
    :raises ModuleNotFoundError: when OpenTelemetry is not installed; the extra
        ``zmq-core[opentelemetry]`` brings it.
    """
    if not hasattr(meter, "create_observable_counter"):
        raise TypeError(f"meter must be one of OpenTelemetry, not {meter!r}")
    api: Any = needed("opentelemetry.metrics", "observe()", "opentelemetry-api")
    observation: Any = api.Observation
    watch = _Watch(watched)
    for metric in _METRICS:

        def callback(_options: Any, field: str = metric.field) -> Iterator[Any]:
            for name, thing in watch.items():
                yield observation(getattr(thing.stats(), field), {"name": name})

        meter.create_observable_counter(
            f"zmq.{metric.field}",
            callbacks=[callback],
            unit="By" if metric.unit else "1",
            description=metric.help,
        )


class _Watch:
    """What to watch, as it is from time to time; has its sockets count."""

    def __init__(self, watched: Watched) -> None:
        if not isinstance(watched, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError(
                "watched must be a dictionary of sockets and contexts by name, not"
                f" {watched!r}"
            )
        self._watched = watched
        # Whoever switches one off again has it so.
        self._begun: WeakSet[Any] = WeakSet()
        self.items()

    def items(self) -> list[tuple[str, Any]]:
        """Return the names and what has them."""
        items: list[tuple[Any, Any]] = list(self._watched.items())
        for name, thing in items:
            if thing not in self._begun:
                self._begin(name, thing)
        return items

    def _begin(self, name: Any, thing: Any) -> None:
        if not isinstance(name, str):
            raise TypeError(f"watched: {name!r} is no name: it must be a str")
        if not isinstance(thing, (Socket, Context)):
            raise TypeError(
                f"watched[{name!r}] must be a zmq.Socket or a zmq.Context, not"
                f" {thing!r}"
            )
        if isinstance(thing, Socket):
            with suppress(ZMQError):  # it is closed
                thing.count_stats = True
        self._begun.add(thing)
