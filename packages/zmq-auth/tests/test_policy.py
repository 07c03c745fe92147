"""Decisions, asked without any socket."""

from __future__ import annotations

import asyncio
import hmac
import logging
import threading
from typing import Any

import pytest

import zmq.auth
from zmq.auth import addresses, plain, zap
from zmq.auth.addresses import normalize
from zmq.auth.policy import Policy, Verdict
from zmq.utils import z85

KEY = bytes(range(32))


@pytest.fixture
def policy(log: logging.Logger) -> Policy:
    return Policy("utf-8", log)


def decide(
    policy: Policy,
    mechanism: bytes,
    *credentials: bytes,
    domain: bytes = b"global",
    address: bytes = b"127.0.0.1",
) -> Verdict:
    request = zap.Request(b"1", domain, address, b"", mechanism, credentials)
    return asyncio.run(policy.decide(request))


def accepts(policy: Policy, *args: Any, **kwargs: Any) -> bool:
    return decide(policy, *args, **kwargs).status == zap.SUCCESS


def test_unconfigured(policy):
    assert decide(policy, b"NULL") == Verdict(zap.SUCCESS, "OK", "anonymous")
    assert decide(policy, b"GSSAPI", b"alice") == Verdict(zap.SUCCESS, "OK", "alice")
    assert decide(policy, b"PLAIN", b"a", b"b").text == "No passwords defined"
    assert decide(policy, b"CURVE", KEY).text == "Unknown domain"


def test_allow_and_deny_exclude_each_other(policy, log):
    policy.allow("127.0.0.1")
    with pytest.raises(ValueError, match="allow"):
        policy.deny("127.0.0.2")
    other = Policy("utf-8", log)
    other.deny("127.0.0.2")
    with pytest.raises(ValueError, match="deny"):
        other.allow("127.0.0.1")


@pytest.mark.parametrize("method", ["allow", "deny"])
@pytest.mark.parametrize("wrong", ["localhost", "10.0.0.0/8", "127.0.0.1 "])
def test_an_address_that_matches_nobody_is_logged(policy, records, method, wrong):
    getattr(policy, method)("127.0.0.1", wrong)
    (warning,) = (r for r in records.records if r.levelno == logging.WARNING)
    assert f"{method}({wrong!r}): this is no IP address" in warning.getMessage()


@pytest.mark.parametrize("method", ["allow", "deny"])
@pytest.mark.parametrize("wrong", [b"127.0.0.1", ["127.0.0.1"], None])
def test_addresses_are_str(policy, method, wrong):
    with pytest.raises(TypeError, match=rf"{method}\(\) takes addresses"):
        getattr(policy, method)(wrong)
    assert accepts(policy, b"NULL")  # nothing has changed


def test_passwords_are_a_mapping_and_not_told(policy):
    with pytest.raises(TypeError, match="a mapping of str to str, not list") as caught:
        policy.configure_plain("*", ["secret"])
    assert "secret" not in str(caught.value)
    assert policy.passwords == {}


def test_addresses_add_up(policy):
    policy.allow("127.0.0.1", "::1")
    policy.allow("10.0.0.1")
    for address in (b"127.0.0.1", b"::1", b"10.0.0.1"):
        assert accepts(policy, b"NULL", address=address)
    for address in (b"127.0.0.2", b"", b"127.0.0.1 ", b"\xff"):
        assert not accepts(policy, b"NULL", address=address)


@pytest.mark.parametrize("mechanism", [b"NULL", b"PLAIN", b"CURVE", b"GSSAPI", b"X"])
def test_a_denied_address_has_no_way_in(policy, mechanism):
    policy.configure_plain("*", {"alice": "secret"})
    policy.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    policy.deny("127.0.0.1", "::2")
    for credentials in ([], [b"alice"], [b"alice", b"secret"], [KEY]):
        for address in (b"127.0.0.1", b"::ffff:127.0.0.1", b"0:0::2"):
            verdict = decide(policy, mechanism, *credentials, address=address)
            assert (verdict.status, verdict.text) == (zap.FAILURE, "Address denied")


@pytest.mark.parametrize(
    ("spelling", "normal"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("::FFFF:127.0.0.1", "127.0.0.1"),
        ("::ffff:7f00:1", "127.0.0.1"),
        ("0:0:0:0:0:0:0:1", "::1"),
        ("FE80::1", "fe80::1"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("", ""),
        ("localhost", "localhost"),
    ],
)
def test_spellings_of_addresses(spelling, normal):
    assert normalize(spelling) == normal


def test_the_passwords_can_change(policy):
    users = {"alice": "secret"}
    policy.configure_plain("global", users)
    assert accepts(policy, b"PLAIN", b"alice", b"secret")
    users["alice"] = "changed"
    users["bob"] = ""
    assert not accepts(policy, b"PLAIN", b"alice", b"secret")
    assert accepts(policy, b"PLAIN", b"alice", b"changed")
    assert accepts(policy, b"PLAIN", b"bob", b"")
    policy.configure_plain("global")
    assert policy.passwords == {"global": users}


def test_no_users_means_nobody(policy):
    policy.configure_plain("*", {"alice": "secret"})
    policy.configure_plain("empty", {})
    assert not accepts(policy, b"PLAIN", b"alice", b"secret", domain=b"empty")


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16-le"])
def test_encodings(log, encoding):
    policy = Policy(encoding, log)
    policy.configure_plain("däm", {"älice": "sécret"})
    octets = [text.encode(encoding) for text in ("älice", "sécret")]
    domain = "däm".encode(encoding)
    assert decide(policy, b"PLAIN", *octets, domain=domain).user_id == "älice"
    assert not accepts(policy, b"PLAIN", octets[0], octets[1][:-1], domain=domain)


def test_what_the_encoding_lacks_matches_nothing(log):
    policy = Policy("ascii", log)
    policy.configure_plain("*", {"älice": "x", "bob": "sécret"})
    assert not accepts(policy, b"PLAIN", "älice".encode(), b"x")
    assert not accepts(policy, b"PLAIN", b"bob", "sécret".encode())
    assert not accepts(policy, b"PLAIN", b"bob", b"s?cret")


def test_secrets_are_compared_in_constant_time(policy, monkeypatch):
    policy.configure_plain("*", {"alice": "secret"})
    compared = []
    monkeypatch.setattr(
        plain.hmac,
        "compare_digest",
        lambda a, b: compared.append((a, b)) or hmac_compare(a, b),
    )
    for user, password in (
        (b"alice", b"secret"),
        (b"alice", b"secre"),
        (b"alice", b"x" * 1000),
        (b"mallory", b"secret"),
        (b"\xff", b""),
    ):
        compared.clear()
        accepted = accepts(policy, b"PLAIN", user, password)
        assert accepted is ((user, password) == (b"alice", b"secret"))
        # once, whatever is wrong, and of digests: always as long
        assert [(len(a), len(b)) for a, b in compared] == [(32, 32)]


hmac_compare = hmac.compare_digest


def test_a_domain_goes_by_its_own_rule(policy, make_key, tmp_path):
    alice, bob = make_key("alice"), make_key("bob")
    policy.configure_curve("*", alice.file.parent)
    policy.configure_curve("own", bob.file.parent)
    raw = {key: z85.decode(key.public) for key in (alice, bob)}
    assert accepts(policy, b"CURVE", raw[alice])
    assert accepts(policy, b"CURVE", raw[alice], domain=b"")
    assert not accepts(policy, b"CURVE", raw[alice], domain=b"own")
    assert accepts(policy, b"CURVE", raw[bob], domain=b"own")


class Provider:
    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def callback(self, domain: str, key: bytes) -> Any:
        return self.answer


def test_the_last_rule_counts(policy, make_key):
    alice = make_key("alice")
    raw = z85.decode(alice.public)
    empty = make_key("bob").file.parent
    rules = {
        "any": (lambda: policy.configure_curve("*", "*"), True),
        "with": (lambda: policy.configure_curve("*", alice.file.parent), True),
        "without": (lambda: policy.configure_curve("*", empty), False),
        "watched": (
            lambda: policy.configure_curve("*", alice.file.parent, watch=True),
            True,
        ),
        "yes": (lambda: policy.configure_curve_callback("*", Provider(True)), True),
        "no": (lambda: policy.configure_curve_callback("*", Provider(None)), False),
    }
    for first, _ in rules.values():
        for second, accepted in rules.values():
            first()
            second()
            assert accepts(policy, b"CURVE", raw) is accepted
            assert policy.allow_any is (second is rules["any"][0])


def test_the_attributes_have_an_effect(policy):
    policy.allow_any = True
    assert accepts(policy, b"CURVE", KEY)
    policy.allow_any = False
    assert not accepts(policy, b"CURVE", KEY)
    policy.certs["global"] = {z85.encode(KEY): "anything"}
    assert accepts(policy, b"CURVE", KEY)
    policy.credentials_providers["global"] = Provider(False)
    assert not accepts(policy, b"CURVE", KEY)
    policy.passwords = {"*": {"alice": "secret"}}
    assert accepts(policy, b"PLAIN", b"alice", b"secret")


def test_a_directory_that_cannot_be_read_changes_nothing(policy, records, tmp_path):
    policy.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
    policy.configure_curve("*", tmp_path / "nowhere")
    policy.configure_curve("own", tmp_path / "nowhere")
    assert accepts(policy, b"CURVE", KEY)
    assert sum("ERROR" in line and "nowhere" in line for line in records.lines) == 2


@pytest.mark.parametrize(
    ("wrong", "error"),
    [("1", TypeError), (None, TypeError), (-1, ValueError), (0, ValueError)],
)
def test_the_time_of_a_provider_is_checked(policy, wrong, error):
    with pytest.raises(error, match="provider_timeout"):
        policy.provider_timeout = wrong
    assert policy.provider_timeout == 30


def test_a_provider_must_be_one(policy, records):
    with pytest.raises(TypeError, match="callback"):
        policy.configure_curve_callback("*", object())
    policy.configure_curve_callback("*", None)
    assert "ERROR" in records
    assert policy.credentials_providers == {}
    assert not accepts(policy, b"CURVE", KEY)


def test_configure_gssapi_does_nothing(policy):
    policy.configure_gssapi("*", location="x")
    assert accepts(policy, b"GSSAPI", b"alice")


@pytest.mark.parametrize("method", ["allow", "deny"])
def test_addresses_added_at_the_same_time(policy, monkeypatch, method):
    """All threads are in the middle of their calls before any of them ends."""
    count = 8
    together = threading.Barrier(count, timeout=10)

    def slow(address):
        together.wait()
        return address

    monkeypatch.setattr(addresses, "normalize", slow)
    add = getattr(policy, method)
    threads = [
        threading.Thread(target=add, args=(f"10.0.0.{n}",)) for n in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    monkeypatch.undo()
    refusals = [policy._address_refusal(f"10.0.0.{n}") for n in range(count)]
    assert refusals == ["" if method == "allow" else "Address denied"] * count
    assert bool(policy._address_refusal("10.0.0.99")) is (method == "allow")
