"""The numbers of authenticators for Prometheus and OpenTelemetry.

Both take a dictionary of authenticators, by the names that they are to have as the
label ``name``. It may be changed later. `zmq.utils.metrics` does the same for sockets.

.. versionadded:: zmq-auth 1.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zmq._needed import needed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .base import Authenticator

    Watched = Mapping[str, Authenticator]

_DECISIONS = "Decisions on clients"
_CHECKS = "Checks and providers that have ended or were given up"
_CHECK_TIME = "Seconds that checks and providers took"
_PENDING = "Clients that wait for a decision"
_INVALID = "Messages that were no requests of ZAP"


class PrometheusCollector:
    """The numbers of authenticators as metrics of ``prometheus_client``.

    ::

        collector = PrometheusCollector({"main": authenticator})
        prometheus_client.REGISTRY.register(collector)

    :param watched: authenticators by name.
    :raises ModuleNotFoundError: when prometheus_client is not installed; the extra
        ``zmq-core[prometheus]`` brings it.
    """

    def __init__(self, watched: Watched) -> None:
        self._core: Any = needed(
            "prometheus_client.core", "PrometheusCollector", "prometheus-client"
        )
        self._watched = watched

    def describe(self) -> Iterable[Any]:
        """Return nothing: there is no need to collect in order to register."""
        return ()

    def collect(self) -> Iterator[Any]:
        """Make ``zmq_auth_decisions_total`` and so on."""
        core = self._core
        labels = ["name", "domain", "mechanism", "status", "reason"]
        decisions = core.CounterMetricFamily(
            "zmq_auth_decisions", _DECISIONS, labels=labels
        )
        checks = core.SummaryMetricFamily(
            "zmq_auth_check_seconds", _CHECK_TIME, labels=labels[:2]
        )
        pending = core.GaugeMetricFamily("zmq_auth_pending", _PENDING, labels=["name"])
        invalid = core.CounterMetricFamily(
            "zmq_auth_invalid_requests", _INVALID, labels=["name"]
        )
        for name, authenticator in list(self._watched.items()):
            found = authenticator.metrics()
            for decision, count in found.decisions.items():
                decisions.add_metric([name, *map(str, decision)], count)
            for domain, times in found.checks.items():
                checks.add_metric([name, domain], times.calls, times.seconds)
            pending.add_metric([name], found.pending)
            invalid.add_metric([name], found.invalid)
        yield from (decisions, checks, pending, invalid)


def observe(meter: Any, watched: Watched) -> None:
    """Have an OpenTelemetry meter observe the numbers of authenticators.

    ::

        observe(opentelemetry.metrics.get_meter("zmq"), {"main": authenticator})

    It makes ``zmq.auth.decisions``, ``zmq.auth.checks``, ``zmq.auth.check_time``,
    ``zmq.auth.pending`` and ``zmq.auth.invalid_requests``.

    :param meter: an ``opentelemetry.metrics.Meter``.
    :param watched: authenticators by name.
    :raises ModuleNotFoundError: when OpenTelemetry is not installed; the extra
        ``zmq-core[opentelemetry]`` brings it.
    """
    api: Any = needed("opentelemetry.metrics", "observe()", "opentelemetry-api")
    observation: Any = api.Observation

    def decisions(_options: Any) -> Iterator[Any]:
        for name, authenticator in list(watched.items()):
            for decision, count in authenticator.metrics().decisions.items():
                yield observation(count, {"name": name, **decision._asdict()})

    def checks(field: str) -> Any:
        def callback(_options: Any) -> Iterator[Any]:
            for name, authenticator in list(watched.items()):
                for domain, times in authenticator.metrics().checks.items():
                    labels = {"name": name, "domain": domain}
                    yield observation(getattr(times, field), labels)

        return callback

    def single(field: str) -> Any:
        def callback(_options: Any) -> Iterator[Any]:
            for name, authenticator in list(watched.items()):
                value = getattr(authenticator.metrics(), field)
                yield observation(value, {"name": name})

        return callback

    for name, callback, unit, text in (
        ("decisions", decisions, "1", _DECISIONS),
        ("checks", checks("calls"), "1", _CHECKS),
        ("check_time", checks("seconds"), "s", _CHECK_TIME),
        ("invalid_requests", single("invalid"), "1", _INVALID),
    ):
        meter.create_observable_counter(
            f"zmq.auth.{name}", callbacks=[callback], unit=unit, description=text
        )
    meter.create_observable_up_down_counter(
        "zmq.auth.pending", callbacks=[single("pending")], description=_PENDING
    )
