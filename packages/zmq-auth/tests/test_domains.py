"""Policies of domains: who may enter where."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import zmq.auth
from zmq.auth import Accept, Client, DomainPolicy, Refuse, zap
from zmq.auth.policy import Policy, Verdict
from zmq.utils import z85

KEY = bytes(range(32))
NAME = z85.encode(KEY)


@pytest.fixture
def policy(log) -> Policy:
    return Policy("utf-8", log)


def decide(
    policy: Policy,
    mechanism: bytes,
    *credentials: bytes,
    domain: bytes = b"house",
    address: bytes = b"127.0.0.1",
) -> Verdict:
    request = zap.Request(b"1", domain, address, b"", mechanism, credentials)
    return asyncio.run(policy.decide(request))


def accepts(policy: Policy, *args: Any, **kwargs: Any) -> bool:
    return decide(policy, *args, **kwargs).status == zap.SUCCESS


ENTRIES = {
    "NULL": (b"NULL",),
    "PLAIN": (b"PLAIN", b"ada", b"secret"),
    "CURVE": (b"CURVE", KEY),
    "GSSAPI": (b"GSSAPI", b"ada@HOME"),
}


@pytest.mark.parametrize(
    ("rules", "mechanisms"),
    [
        ({}, "NULL GSSAPI"),
        ({"check": lambda _: True}, "NULL PLAIN CURVE GSSAPI"),
        ({"passwords": {"ada": "secret"}}, "PLAIN"),
        ({"keys": [NAME]}, "CURVE"),
        ({"keys": zmq.auth.CURVE_ALLOW_ANY}, "CURVE"),
        ({"keys": [NAME], "passwords": {"ada": "secret"}}, "PLAIN CURVE"),
        ({"keys": [NAME], "mechanisms": ["CURVE", "NULL"]}, "NULL CURVE"),
        ({"mechanisms": []}, ""),
        ({"passwords": {}}, ""),
        ({"keys": []}, ""),
    ],
    ids=repr,
)
def test_mechanisms(policy, rules, mechanisms):
    policy.configure_domain("house", DomainPolicy(**rules))
    accepted = [name for name, entry in ENTRIES.items() if accepts(policy, *entry)]
    assert accepted == mechanisms.split()
    assert not accepts(policy, b"MAGIC")


@pytest.mark.parametrize(
    "credentials",
    [
        (b"NULL", b""),
        (b"PLAIN",),
        (b"PLAIN", b"ada"),
        (b"CURVE",),
        (b"CURVE", KEY[:-1]),
        (b"CURVE", KEY, KEY),
        (b"GSSAPI",),
    ],
)
def test_other_credentials_are_refused(policy, credentials):
    policy.configure_domain("house", DomainPolicy(check=lambda _: True))
    assert decide(policy, *credentials).text == "Invalid credentials"


def test_a_user_id_that_libzmq_would_cut_off(policy):
    """``root\\0x`` would be ``root`` for those who read the messages."""
    policy.configure_domain("house", DomainPolicy(check=lambda _: True))
    assert decide(policy, b"PLAIN", b"root\0x", b"").text == "Invalid user id"
    policy.configure_domain("house", DomainPolicy(check=lambda _: Accept("root\0x")))
    assert decide(policy, b"NULL").text == "Invalid user id"


def test_passwords(policy):
    users = {"ada": "sécret", "bob": ""}
    policy.configure_domain("house", DomainPolicy(passwords=users))
    users["mallory"] = ""
    secret = "sécret".encode()
    assert decide(policy, b"PLAIN", b"ada", secret).user_id == "ada"
    assert accepts(policy, b"PLAIN", b"bob", b"")
    wrong = decide(policy, b"PLAIN", b"ada", b"guess")
    assert (wrong.text, wrong.claimed, wrong.user_id) == ("Invalid password", "ada", "")
    # that may be a password
    unknown = decide(policy, b"PLAIN", b"mallory", b"")
    assert (unknown.text, unknown.claimed) == ("Invalid username", "")
    assert not accepts(policy, b"PLAIN", b"\xff", b"\xff")


def test_what_the_encoding_lacks_matches_nothing(log):
    policy = Policy("ascii", log)
    policy.configure_domain("house", DomainPolicy(passwords={"bob": "sécret"}))
    for password in (b"", b"s?cret", "sécret".encode()):
        assert not accepts(policy, b"PLAIN", b"bob", password)


def test_keys(policy, make_key):
    ada = make_key("ada")
    raw = z85.decode(ada.public)
    for keys in ([NAME], [NAME.decode()], {NAME}, iter([NAME])):
        policy.configure_domain("house", DomainPolicy(keys=keys))
        assert decide(policy, b"CURVE", KEY).user_id == NAME.decode()
        assert decide(policy, b"CURVE", raw).text == "Unknown key"
    policy.configure_domain("house", DomainPolicy(keys={NAME: "grace", ada.public: ""}))
    assert decide(policy, b"CURVE", KEY).user_id == "grace"
    assert decide(policy, b"CURVE", raw) == Verdict(zap.SUCCESS, "OK", "")
    policy.configure_domain("house", DomainPolicy(keys=ada.file.parent))
    assert accepts(policy, b"CURVE", raw)
    assert not accepts(policy, b"CURVE", KEY)
    ada.file.unlink()
    assert not accepts(policy, b"CURVE", raw)


def test_the_names_of_the_authenticator(policy, monkeypatch):
    monkeypatch.setattr(policy, "curve_user_id", lambda key: f"{len(key)} bytes")
    policy.configure_domain("house", DomainPolicy(keys=[NAME]))
    assert decide(policy, b"CURVE", KEY).user_id == "32 bytes"


@pytest.mark.parametrize(
    ("lists", "outside", "inside"),
    [
        ({"allow": ["127.0.0.1", "::2"]}, "127.0.0.2 ::1 10.0.0.1", "127.0.0.1 0::2"),
        ({"allow": ["10.0.0.0/8"]}, "127.0.0.1 11.0.0.0", "10.1.2.3 ::ffff:10.0.0.1"),
        ({"deny": ["10.0.0.0/8", "::1"]}, "10.1.2.3 ::ffff:10.0.0.1 ::1", "127.0.0.1"),
        ({"allow": ["fe80::/10"]}, "::1", "fe80::1 fe80::1%eth0"),
        ({"allow": ["10.0.0.0/8"], "deny": ["10.1.1.1"]}, "10.1.1.1", "10.1.1.2"),
        ({"allow": []}, "127.0.0.1", ""),
    ],
    ids=repr,
)
def test_addresses(policy, lists, outside, inside):
    policy.configure_domain("house", DomainPolicy(**lists))
    for addresses, accepted in ((outside, False), (inside, True)):
        for address in addresses.split():
            assert accepts(policy, b"NULL", address=address.encode()) is accepted
    if "allow" in lists:
        assert not accepts(policy, b"NULL", address=b"")
        assert not accepts(policy, b"NULL", address=b"\xff")


def test_addresses_of_all_count_for_who_has_none(policy):
    policy.configure_domain("own", DomainPolicy(deny=["127.0.0.2"]))
    policy.configure_domain("none", DomainPolicy())
    policy.deny("127.0.0.1")
    assert accepts(policy, b"NULL", domain=b"own")
    assert not accepts(policy, b"NULL", domain=b"own", address=b"127.0.0.2")
    assert decide(policy, b"NULL", domain=b"none").text == "Address denied"
    assert accepts(policy, b"NULL", domain=b"none", address=b"127.0.0.2")


def test_what_counts_for_a_domain(policy):
    """Its policy; else what was configured for it; else the policy of all others."""
    policy.configure_plain("old", {"old": ""})
    policy.configure_curve("open", zmq.auth.CURVE_ALLOW_ANY)
    policy.configure_plain("*", {"any": ""})
    policy.configure_domain("house", DomainPolicy(passwords={"own": ""}))

    def users(domain: bytes) -> list[str]:
        names = ("old", "any", "own", "others")
        asked = [(n, (b"PLAIN", n.encode(), b"")) for n in names]
        return [name for name, entry in asked if accepts(policy, *entry, domain=domain)]

    assert [users(d) for d in (b"house", b"old", b"")] == [["own"], ["old"], ["any"]]
    policy.configure_domain("*", DomainPolicy(passwords={"others": ""}))
    assert [users(d) for d in (b"house", b"old", b"")] == [["own"], ["old"], ["others"]]
    assert users(b"open") == ["any"]
    assert accepts(policy, b"CURVE", KEY, domain=b"open")
    policy.configure_domain("old", DomainPolicy(passwords={"own": ""}))
    assert users(b"old") == ["own"]
    for domain in ("old", "house", "*", "never"):
        policy.configure_domain(domain, None)
    assert [users(d) for d in (b"house", b"old", b"")] == [["any"], ["old"], ["any"]]


@pytest.mark.parametrize(
    ("answer", "status", "text"),
    [
        (True, zap.SUCCESS, "OK"),
        (False, zap.FAILURE, "Refused by the check"),
        (None, zap.FAILURE, "Refused by the check"),
        ({}, zap.FAILURE, "Refused by the check"),
        ({"Role": "cook"}, zap.SUCCESS, "OK"),
        (Accept(), zap.SUCCESS, "OK"),
        (Refuse(), zap.FAILURE, "Refused by the check"),
        (Refuse(""), zap.FAILURE, "Refused by the check"),
        (Refuse("not today"), zap.FAILURE, "not today"),
        (Refuse("wait", temporary=True), zap.TEMPORARY_ERROR, "wait"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("kind", ["function", "coroutine", "returns a coroutine"])
def test_answers(policy, kind, answer, status, text):
    async def coroutine(_client: Client) -> Any:
        await asyncio.sleep(0)
        return answer

    checks = {
        "function": lambda _: answer,
        "coroutine": coroutine,
        "returns a coroutine": lambda client: coroutine(client),
    }
    policy.configure_domain("house", DomainPolicy(check=checks[kind]))
    verdict = decide(policy, b"PLAIN", b"ada", b"")
    assert (verdict.status, verdict.text) == (status, text)
    assert (verdict.user_id, verdict.claimed) == (
        ("ada", "") if status == zap.SUCCESS else ("", "ada")
    )


def test_the_user_id_and_properties_of_an_answer(policy):
    answers = iter(
        (
            Accept("grace", {"Role": "admiral", "floor": "2"}),
            {"Ship": "Hopper"},
            True,
        )
    )
    policy.configure_domain(
        "house",
        DomainPolicy(
            check=lambda _: next(answers), metadata={"Floor": "1", "Ship": ""}
        ),
    )
    verdict = decide(policy, b"NULL")
    assert verdict.user_id == "grace"
    assert verdict.metadata == {"Ship": "", "Role": "admiral", "floor": "2"}
    verdict = decide(policy, b"NULL")
    assert (verdict.user_id, verdict.metadata) == (
        "anonymous",
        {"Floor": "1", "Ship": "Hopper"},
    )
    assert decide(policy, b"NULL").metadata == {"Floor": "1", "Ship": ""}


@pytest.mark.parametrize(
    "answer",
    [
        1,
        "yes",
        b"",
        [],
        object(),
        Accept(user_id=b"ada"),  # type: ignore[arg-type]
        Accept(metadata=[("a", "b")]),  # type: ignore[arg-type]
        {"Role": 1},
        {"Role\n": "x"},
        {"n" * 256: "x"},
        {"User-Id": "root"},
        {1: "x"},
    ],
    ids=lambda value: repr(value)[:30],
)
def test_nonsense_is_an_error(policy, answer):
    policy.configure_domain("house", DomainPolicy(check=lambda _: answer))
    with pytest.raises((TypeError, ValueError)):
        decide(policy, b"NULL")


def test_what_a_check_is_asked(policy):
    asked: list[Client] = []

    def check(client: Client) -> bool:
        asked.append(client)
        return True

    for rules in ({}, {"passwords": {"ada": "secret"}}, {"keys": {NAME: "grace"}}):
        policy.configure_domain("house", DomainPolicy(check=check, **rules))
        for entry in ENTRIES.values():
            accepts(policy, *entry)
        # who is refused before is not asked about
        assert not accepts(policy, b"PLAIN", b"ada", b"x") or not rules
    where = ("house", "127.0.0.1")
    name = NAME.decode()
    assert asked == [
        Client(*where, "NULL", "anonymous", None, None),
        Client(*where, "PLAIN", "ada", None, b"secret"),
        Client(*where, "CURVE", name, NAME, None),
        Client(*where, "GSSAPI", "ada@HOME", None, None),
        Client(*where, "PLAIN", "ada", None, b"x"),
        Client(*where, "PLAIN", "ada", None, None),
        Client(*where, "CURVE", "grace", NAME, None),
    ]
    assert "secret" not in repr(asked)


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"allow": "127.0.0.1"}, TypeError, "allow must be a list"),
        ({"deny": b"::1"}, TypeError, "deny must be a list"),
        ({"deny": [1]}, TypeError, "deny: 1 is no str"),
        ({"allow": ["localhost"]}, ValueError, "allow: 'localhost'"),
        ({"allow": ["10.0.0.1/8"]}, ValueError, "allow: .*10.0.0.1/8"),
        ({"mechanisms": "NULL"}, TypeError, "mechanisms must be a list"),
        ({"mechanisms": ["null"]}, ValueError, "mechanisms: 'null'"),
        ({"mechanisms": ["PLAIN"]}, ValueError, "nothing decides on PLAIN"),
        ({"mechanisms": ["NULL"], "keys": [NAME]}, ValueError, "lacks CURVE"),
        ({"passwords": ["ada"]}, TypeError, "passwords must be a mapping"),
        ({"passwords": {"ada": b"hush"}}, TypeError, "str to str"),
        ({"keys": NAME}, TypeError, "keys must be a directory, a list"),
        ({"keys": 3}, TypeError, "keys must be a directory, a list"),
        ({"keys": [3]}, TypeError, "keys: number 0"),
        ({"keys": [NAME, NAME[1:]]}, ValueError, "keys: number 1"),
        ({"keys": ["ä" * 40]}, ValueError, "keys: number 0"),
        ({"keys": {NAME: b"ada"}}, TypeError, "user ids of str"),
        ({"allow": 5}, TypeError, "allow must be a list of addresses"),
        ({"deny": 5}, TypeError, "deny must be a list of addresses"),
        ({"mechanisms": 5}, TypeError, "mechanisms must be a list of str"),
        ({"check": "no"}, TypeError, "check must be callable"),
        ({"timeout": "1"}, TypeError, "timeout must be a number of seconds"),
        ({"timeout": True}, TypeError, "timeout must be a number of seconds"),
        ({"timeout": 0}, ValueError, "timeout=0 "),
        ({"timeout": float("nan")}, ValueError, "timeout=nan"),
        ({"timeout": float("inf")}, ValueError, "timeout=inf"),
        ({"metadata": {"User-Id": "x"}}, ValueError, "reserved"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_bad_arguments(arguments, error, text):
    with pytest.raises(error, match=text) as caught:
        DomainPolicy(**arguments)
    assert "hush" not in str(caught.value)


def test_bad_domains(policy):
    for domain, given in ((b"house", DomainPolicy()), ("house", {}), (None, None)):
        with pytest.raises(TypeError, match="must be a"):
            policy.configure_domain(domain, given)


def test_no_secret_in_its_repr():
    policy = DomainPolicy(passwords={"ada": "hush"})
    assert repr(policy) == "<zmq.auth.DomainPolicy: PLAIN>"
