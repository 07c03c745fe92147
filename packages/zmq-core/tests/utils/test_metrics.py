"""The numbers of sockets, for Prometheus and OpenTelemetry."""

from __future__ import annotations

import sys

import pytest

import zmq
from zmq.utils import metrics
from zmq.utils.stats import SocketStats


@pytest.fixture
def watched(socket_pair):
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    return {"out": push, "in": pull, "all": push.context}


def exchange(watched):
    watched["out"].send(b"12345")
    watched["in"].recv()


def test_every_number_has_a_metric():
    fields = [metric.field for metric in metrics._METRICS]
    assert sorted(fields) == sorted({*SocketStats._fields} - {"peers"})


def test_what_is_not_installed(watched, monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client.core", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install.* prometheus-client"):
        metrics.PrometheusCollector(watched)
    monkeypatch.setitem(sys.modules, "opentelemetry.metrics", None)

    class Meter:
        create_observable_counter = None

    with pytest.raises(ModuleNotFoundError, match=r"pip install.* opentelemetry-api"):
        metrics.observe(Meter(), watched)


def test_prometheus(watched):
    prometheus = pytest.importorskip("prometheus_client")
    registry = prometheus.CollectorRegistry()
    registry.register(metrics.PrometheusCollector(watched))
    exchange(watched)
    exchange(watched)
    text = prometheus.generate_latest(registry).decode()
    for line in (
        "# TYPE zmq_messages_sent_total counter",
        'zmq_messages_sent_total{name="out"} 2.0',
        'zmq_messages_sent_total{name="in"} 0.0',
        'zmq_messages_received_total{name="in"} 2.0',
        'zmq_sent_bytes_total{name="out"} 10.0',
        'zmq_received_bytes_total{name="all"} 10.0',
        'zmq_receives_refused_total{name="in"} 0.0',
    ):
        assert line in text.splitlines()
    watched["out"].close()
    del watched["in"]
    text = prometheus.generate_latest(registry).decode()
    assert 'zmq_messages_sent_total{name="out"} 2.0' in text
    assert 'name="in"' not in text


def test_opentelemetry(watched):
    pytest.importorskip("opentelemetry.sdk")
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader

    reader = InMemoryMetricReader()
    provider = MeterProvider([reader])
    metrics.observe(provider.get_meter("zmq"), watched)
    exchange(watched)
    found = {}
    for resource in reader.get_metrics_data().resource_metrics:
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                for point in metric.data.data_points:
                    found[metric.name, point.attributes["name"]] = point.value
    assert found["zmq.messages_sent", "out"] == 1
    assert found["zmq.bytes_received", "in"] == 5
    assert found["zmq.messages_received", "all"] == 1
    assert found["zmq.sends_waited", "out"] == 0
    provider.shutdown()


def test_what_is_added_later_counts_from_its_first_collection(watched):
    prometheus = pytest.importorskip("prometheus_client")
    later = {}
    registry = prometheus.CollectorRegistry()
    registry.register(metrics.PrometheusCollector(later))
    later.update(watched)
    prometheus.generate_latest(registry)
    exchange(watched)
    text = prometheus.generate_latest(registry).decode()
    assert 'zmq_messages_sent_total{name="out"} 1.0' in text
    watched["out"].count_stats = False
    prometheus.generate_latest(registry)
    assert not watched["out"].count_stats


def test_wrong_arguments(watched):
    pytest.importorskip("prometheus_client")
    sock = watched["out"]
    for wrong, words in (
        (sock, "a dictionary"),
        ([sock], "a dictionary"),
        (None, "a dictionary"),
        ({"x": 5}, r"watched\['x'\] must be a zmq.Socket"),
        ({5: sock}, "5 is no name"),
    ):
        with pytest.raises(TypeError, match=words):
            metrics.PrometheusCollector(wrong)
    collector = metrics.PrometheusCollector(watched)
    watched["later"] = "text"
    with pytest.raises(TypeError, match="'later'"):
        list(collector.collect())
    with pytest.raises(TypeError, match="meter"):
        metrics.observe(None, watched)
