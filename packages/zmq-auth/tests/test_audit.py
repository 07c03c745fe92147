"""What is counted and recorded of decisions, and what never is."""

from __future__ import annotations

import json
import logging
import sys
import threading
from typing import Any

import pytest

import zmq
import zmq.auth
from zmq.auth import CheckTimes, Decision, DomainPolicy, Refuse, counts, zap
from zmq.auth.metrics import PrometheusCollector, observe

SECRET = "correct-horse-battery"


@pytest.fixture
def audited(authenticator, records) -> Any:
    """An authenticator of each flavour, whose audit records are kept."""
    logger = logging.Logger("zmq.auth.audit", logging.INFO)
    handler = type(records)()
    logger.addHandler(handler)
    authenticator.audit_log = logger
    authenticator.audited = handler.records
    return authenticator


def fields(record: logging.LogRecord) -> dict[str, Any]:
    found = {k[5:]: v for k, v in vars(record).items() if k.startswith("auth_")}
    assert 0 <= found.pop("seconds") < 60
    return found


def test_a_record_of_each_decision(audited, bind, handshake, make_key, server_key):
    ada = make_key("ada")
    audited.configure_domain("house", DomainPolicy(keys={ada.public: "ada"}))
    audited.configure_domain("shed", DomainPolicy(passwords={"bob": SECRET}))
    curve = bind(**server_key.server_options(b"house"))
    plain = bind(plain_server=True, zap_domain=b"shed")
    mallory = make_key("mallory")
    once = {"reconnect_ivl": -1}
    handshake(curve, **ada.options(server_key), **once)
    handshake(curve, **mallory.options(server_key), **once)
    for name, word in ((b"bob", SECRET), (b"bob", "guess"), (SECRET.encode(), "guess")):
        handshake(plain, plain_username=name, plain_password=word.encode(), **once)

    def expected(decision: str, status: int, reason: str, **more: str) -> Any:
        common = {"address": "127.0.0.1", "peer_key": "", "user_id": ""}
        found = {"decision": decision, "status": status, "reason": reason}
        return {**common, **found, **more}

    curved = {"domain": "house", "mechanism": "CURVE"}
    plained = {"domain": "shed", "mechanism": "PLAIN"}
    key, other = ada.public.decode(), mallory.public.decode()
    assert [fields(record) for record in audited.audited] == [
        expected("accepted", 200, "OK", user_id="ada", peer_key=key, **curved),
        expected("refused", 400, "Unknown key", peer_key=other, **curved),
        expected("accepted", 200, "OK", user_id="bob", **plained),
        expected("refused", 400, "Invalid password", user_id="bob", **plained),
        expected("refused", 400, "Invalid username", **plained),
    ]
    for record in audited.audited:
        assert record.levelno == logging.INFO
        assert SECRET not in f"{record.getMessage()} {vars(record)}"
        assert "guess" not in f"{record.getMessage()} {vars(record)}"
    found = audited.metrics()
    assert found.decisions == {
        Decision("house", "CURVE", 200, "OK"): 1,
        Decision("house", "CURVE", 400, "Unknown key"): 1,
        Decision("shed", "PLAIN", 200, "OK"): 1,
        Decision("shed", "PLAIN", 400, "Invalid password"): 1,
        Decision("shed", "PLAIN", 400, "Invalid username"): 1,
    }
    assert (found.accepted, found.refused) == (2, 3)
    assert (found.pending, found.invalid, found.checks) == (0, 0, {})


def test_as_json(audited, ask):
    formatters = pytest.importorskip("zmq.log.formatters")
    forged = b'x"\n\xff\xed\xa0\x80'
    ask(b"1.0", b"1", forged, forged, b"", forged)
    (record,) = audited.audited
    line = formatters.JSONFormatter().format(record)
    line.encode("utf-8")
    assert "\n" not in line
    found = json.loads(line)
    assert found["logger"] == "zmq.auth.audit"
    assert found["auth_decision"] == "refused"
    assert found["auth_status"] == 400
    assert found["message"].startswith("refused address 'x\"\\n\\\\xff")


def test_what_checks_and_users_say_cannot_forge_lines(audited, ask, records):
    text = "no\nINFO accepted \ud800"
    audited.configure_domain("house", DomainPolicy(check=lambda _: Refuse(text)))
    name = b"bob\r\n\xff"
    reply = ask(b"1.0", b"1", b"house", b"", b"", b"PLAIN", name, b"")
    assert reply[2] == zap.FAILURE
    (record,) = audited.audited
    assert record.auth_user_id == "bob\\r\\n\\udcff"
    lines = [record.getMessage(), record.auth_reason, *records.lines]
    assert sum("INFO accepted" in line for line in lines) == 3
    for line in lines:
        line.encode("utf-8")
        assert not set(line) & set("\r\n")


def test_a_reason_may_be_long(audited, ask):
    audited.configure_domain("house", DomainPolicy(check=lambda _: Refuse("ö" * 300)))
    reply = ask(b"1.0", b"1", b"house", b"", b"", b"NULL")
    assert reply[2] == zap.FAILURE
    assert len(reply[3]) == 255
    assert audited.audited[0].auth_reason == "ö" * 300


def test_nothing_is_made_for_nobody(thread_authenticator, ask, monkeypatch):
    """Without a level, the audit log costs one question."""
    logger = logging.Logger("zmq.auth.audit", logging.WARNING)
    monkeypatch.setattr(logger, "makeRecord", None)
    thread_authenticator.audit_log = logger
    assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS


def test_the_default_logger(context):
    authenticator = zmq.auth.Authenticator(context)
    assert authenticator.audit_log is logging.getLogger("zmq.auth.audit")
    assert authenticator.metrics() == ({}, {}, 0, 0)


def test_a_log_that_fails_does_not_keep_the_client_waiting(audited, ask, records):
    def fail(_record: logging.LogRecord) -> bool:
        raise OSError("the disk is full")

    audited.audit_log.addFilter(fail)
    assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS
    assert "could not log a decision" in records
    assert "the disk is full" in records


def test_times_of_checks(thread_authenticator, ask):
    class Provider:
        def callback(self, _domain: str, _key: bytes) -> bool:
            return True

    async def fail(_client: zmq.auth.Client) -> bool:
        raise LookupError("on fire")

    thread_authenticator.configure_domain("house", DomainPolicy(check=lambda _: True))
    thread_authenticator.configure_domain("shed", DomainPolicy(check=fail))
    thread_authenticator.configure_curve_callback("moat", Provider())
    for domain in (b"house", b"house", b"shed", b"moat"):
        ask(b"1.0", b"1", domain, b"", b"", b"CURVE", bytes(32))
    found = thread_authenticator.metrics()
    calls = {domain: times.calls for domain, times in found.checks.items()}
    assert calls == {"house": 2, "shed": 1, "moat": 1}
    for times in found.checks.values():
        assert 0 < times.slowest <= times.seconds < 60
    assert found.decisions[Decision("shed", "CURVE", 500, "Internal error")] == 1


def test_who_waits_and_what_is_no_request(thread_authenticator, make_socket, wait_for):
    release = threading.Event()

    def check(_client: zmq.auth.Client) -> bool:
        return release.wait(10)

    thread_authenticator.configure_domain("house", DomainPolicy(check=check))
    asker = make_socket(zmq.DEALER, linger=0)
    asker.connect(zap.ENDPOINT)
    question = [b"1.0", b"1", b"house", b"", b"", b"NULL"]
    for _ in range(3):
        asker.send_multipart([b"", *question])
    asker.send_multipart([b"", *question[:3]])
    asker.send(b"x")
    wait_for(lambda: thread_authenticator.metrics().pending == 3)
    wait_for(lambda: thread_authenticator.metrics().invalid == 2)
    release.set()
    for _ in range(4):
        assert asker.poll(10_000)
        asker.recv_multipart()
    found = thread_authenticator.metrics()
    assert (found.pending, found.accepted, found.refused) == (0, 3, 0)


def test_there_is_an_end_of_series(monkeypatch):
    monkeypatch.setattr(counts, "MOST_SERIES", 3)
    counted = counts.Counts()
    for number in range(10):
        for status in (200, 400):
            counted.decided(Decision("house", "NULL", status, f"reason {number}"))
        counted.checked(f"domain {number}", 1.0)
    found = counted.now()
    assert len(found.decisions) == 5
    assert found.decisions[Decision("others", "others", 400, "others")] == 9
    assert found.checks["others"] == CheckTimes(7, 7.0, 1.0)
    assert (found.accepted, found.refused) == (10, 10)


@pytest.fixture
def counted(context) -> zmq.auth.Authenticator:
    authenticator = zmq.auth.Authenticator(context)
    for _ in range(2):
        authenticator._counts.decided(Decision("house", "CURVE", 400, "Unknown key"))
    authenticator._counts.checked("house", 0.5)
    authenticator._counts.checked("house", 0.25)
    authenticator._counts.pending(1)
    authenticator._counts.invalid()
    return authenticator


def test_what_is_not_installed(counted, monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client.core", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install.* prometheus-client"):
        PrometheusCollector({"main": counted})
    monkeypatch.setitem(sys.modules, "opentelemetry.metrics", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install.* opentelemetry-api"):
        observe(None, {"main": counted})


def test_prometheus(counted):
    prometheus = pytest.importorskip("prometheus_client")
    registry = prometheus.CollectorRegistry()
    registry.register(PrometheusCollector({"main": counted}))
    text = prometheus.generate_latest(registry).decode()
    labels = 'domain="house",mechanism="CURVE",name="main",reason="Unknown key"'
    lines = text.splitlines()
    assert f'zmq_auth_decisions_total{{{labels},status="400"}} 2.0' in lines
    assert 'zmq_auth_check_seconds_count{domain="house",name="main"} 2.0' in lines
    assert 'zmq_auth_check_seconds_sum{domain="house",name="main"} 0.75' in lines
    assert 'zmq_auth_pending{name="main"} 1.0' in lines
    assert 'zmq_auth_invalid_requests_total{name="main"} 1.0' in lines


def test_opentelemetry(counted):
    pytest.importorskip("opentelemetry.sdk")
    from opentelemetry.sdk.metrics import MeterProvider
    from opentelemetry.sdk.metrics.export import InMemoryMetricReader

    reader = InMemoryMetricReader()
    provider = MeterProvider([reader])
    observe(provider.get_meter("zmq"), {"main": counted})
    data = reader.get_metrics_data()
    provider.shutdown()
    assert data is not None
    metrics = data.resource_metrics[0].scope_metrics[0].metrics
    found = {m.name: (m.data.data_points[0].value, m.unit) for m in metrics}
    assert found == {
        "zmq.auth.decisions": (2, "1"),
        "zmq.auth.checks": (2, "1"),
        "zmq.auth.check_time": (0.75, "s"),
        "zmq.auth.invalid_requests": (1, "1"),
        "zmq.auth.pending": (1, ""),
    }
    assert dict(metrics[0].data.data_points[0].attributes) == {
        "name": "main",
        "domain": "house",
        "mechanism": "CURVE",
        "status": 400,
        "reason": "Unknown key",
    }
