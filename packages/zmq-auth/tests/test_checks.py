"""Checks that fail, hang or never end, with real clients waiting."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from typing import Any

import pytest

import zmq
import zmq.auth
from zmq.auth import Accept, Client, DomainPolicy, zap
from zmq.auth.asyncio import AsyncioAuthenticator
from zmq.auth.loops import pause
from zmq.auth.thread import ThreadAuthenticator
from zmq.auth.workers import Workers

QUESTION = [b"1.0", b"1", b"house", b"127.0.0.1", b"", b"NULL"]


def test_properties_of_the_application(authenticator, bind, handshake):
    async def check(client: Client) -> Accept:
        await pause(0)
        return Accept(f"{client.mechanism} user", {"Role": "köchin"})

    authenticator.configure_domain(
        "house", DomainPolicy(check=check, metadata={"Floor": "2"})
    )
    server = bind(zap_domain=b"house")
    assert handshake(server, send=b"hello").accepted
    frame = server.recv(copy=False)
    assert (frame["Role"], frame["Floor"], frame.user_id) == (
        "köchin",
        "2",
        "NULL user",
    )


def test_domains_do_not_share_rules(
    authenticator, bind, handshake, make_key, server_key
):
    ada, bob = make_key("ada"), make_key("bob")
    authenticator.configure_domain("house", DomainPolicy(keys={ada.public: "ada"}))
    authenticator.configure_domain("shed", DomainPolicy(keys=bob.file.parent))
    authenticator.configure_domain("moat", DomainPolicy(deny=["127.0.0.0/8"]))
    house = bind(**server_key.server_options(b"house"))
    shed = bind(**server_key.server_options(b"shed"))
    assert handshake(house, send=b"x", **ada.options(server_key)).accepted
    frame = house.recv(copy=False)
    assert (frame.user_id, frame.peer_key) == ("ada", ada.public)
    assert handshake(house, **bob.options(server_key)).refused
    assert handshake(shed, **bob.options(server_key)).accepted
    assert handshake(bind(zap_domain=b"moat")).refused
    # without curve_server, by mistake
    assert handshake(bind(zap_domain=b"house")).refused


async def raises(_client: Client) -> bool:
    raise LookupError("the database is on fire")


async def is_cancelled(_client: Client) -> bool:
    raise asyncio.CancelledError


async def cancels_itself(_client: Client) -> bool:
    task = asyncio.current_task()
    assert task is not None
    task.cancel()
    await asyncio.sleep(60)
    return True


async def exits(_client: Client) -> bool:
    sys.exit("the database is on fire")


def exits_in_a_thread(_client: Client) -> bool:
    sys.exit("the database is on fire")


async def talks_nonsense(_client: Client) -> Any:
    return {"User-Id": "root"}


@pytest.mark.parametrize(
    "check",
    [raises, is_cancelled, cancels_itself, exits, exits_in_a_thread, talks_nonsense],
)
def test_a_check_that_fails_refuses(authenticator, bind, handshake, records, check):
    authenticator.configure_domain("house", DomainPolicy(check=check))
    server = bind(zap_domain=b"house")
    outcome = handshake(server)
    assert outcome == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 500)
    assert "could not decide on a client" in records
    # and it lives on
    authenticator.configure_domain("house", DomainPolicy(check=lambda _: True))
    assert handshake(server).accepted


class Stubborn:
    """Hangs until it is freed, whatever is done to it."""

    def __init__(self) -> None:
        self.free = False
        self.asked = 0
        self.ended = threading.Event()

    async def check(self, _client: Client) -> bool:
        self.asked += 1
        while not self.free:
            try:
                await pause(0.005)
            except BaseException:  # of asyncio's, or of trio's
                continue
        self.ended.set()
        return True

    def check_in_a_thread(self, _client: Client) -> bool:
        self.asked += 1
        while not self.free:
            time.sleep(0.005)
        self.ended.set()
        return True


@pytest.mark.parametrize("kind", ["check", "check_in_a_thread"])
def test_the_deadline_holds(authenticator, ask, records, kind):
    stubborn = Stubborn()
    check = getattr(stubborn, kind)
    authenticator.configure_domain("house", DomainPolicy(check=check, timeout=0.05))
    start = time.monotonic()
    reply = ask(*QUESTION)
    assert reply[2:4] == [zap.TEMPORARY_ERROR, b"Check timed out"]
    assert time.monotonic() - start >= 0.05
    assert "timed out (300)" in records
    assert not stubborn.ended.is_set()
    stubborn.free = True


def test_a_client_comes_again_after_a_deadline(
    authenticator, bind, make_socket, monitored
):
    stubborn = Stubborn()
    authenticator.configure_domain(
        "house", DomainPolicy(check=stubborn.check, timeout=0.02)
    )
    server = bind(zap_domain=b"house")
    client = make_socket(zmq.PUSH, linger=0, handshake_ivl=100)
    with monitored(server) as next_outcome:
        client.connect(server.last_endpoint.decode())
        assert next_outcome() == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 300)
        stubborn.free = True
        while not next_outcome().accepted:
            pass


def test_a_provider_that_ignores_its_cancellation(authenticator, ask, make_key):
    stubborn = Stubborn()

    class Provider:
        async def callback(self, _domain: str, _key: bytes) -> bool:
            return await stubborn.check(None)  # type: ignore[arg-type]

    authenticator.provider_timeout = 0.02
    authenticator.configure_curve_callback("*", Provider())
    reply = ask(*QUESTION[:5], b"CURVE", bytes(32))
    assert reply[2] == zap.TEMPORARY_ERROR
    stubborn.free = True


CROWD = 1000


@pytest.mark.parametrize("kind", ["check", "check_in_a_thread"])
def test_a_thousand_do_not_wait_for_one(
    thread_authenticator, make_socket, bind, handshake, wait_for, kind
):
    """One check hangs, others are quick: in its domain, and in others."""
    stubborn = Stubborn()

    def check(client: Client) -> Any:
        if client.address == "10.0.0.1":
            return getattr(stubborn, kind)(client)
        return True

    async def check_async(client: Client) -> Any:
        await asyncio.sleep(0)
        return await check(client) if client.address == "10.0.0.1" else True

    thread_authenticator.configure_domain(
        "house", DomainPolicy(check=check_async if kind == "check" else check)
    )
    thread_authenticator.configure_domain("shed", DomainPolicy())
    asker = make_socket(zmq.DEALER, linger=0, sndhwm=0, rcvhwm=0)
    asker.connect(zap.ENDPOINT)

    def question(number: int, domain: bytes, address: bytes) -> list[bytes]:
        request = [b"1.0", b"%d" % number, domain, address, b"", b"NULL"]
        return [b"", *request]

    asker.send_multipart(question(0, b"house", b"10.0.0.1"))
    wait_for(lambda: stubborn.asked)
    for number in range(1, CROWD + 1):
        domain = b"house" if number % 2 else b"shed"
        asker.send_multipart(question(number, domain, b"127.0.0.1"))
    answered = set()
    for _ in range(CROWD):
        assert asker.poll(10_000), f"{len(answered)} answers only"
        reply = asker.recv_multipart()
        assert reply[3] == zap.SUCCESS
        answered.add(int(reply[2]))
    assert answered == set(range(1, CROWD + 1))
    # and real clients
    for domain in (b"house", b"shed"):
        assert handshake(bind(zap_domain=domain)).accepted
    stubborn.free = True
    assert asker.poll(10_000)
    assert asker.recv_multipart()[2:4] == [b"0", zap.SUCCESS]


def test_hanging_functions_take_the_threads_of_their_domain_only(
    thread_authenticator, ask, monkeypatch
):
    stubborn = Stubborn()
    monkeypatch.setattr("zmq.auth.workers.Workers.__init__.__defaults__", (1,))
    hanging = DomainPolicy(check=stubborn.check_in_a_thread, timeout=0.02)
    thread_authenticator.configure_domain("house", hanging)
    thread_authenticator.configure_domain("shed", DomainPolicy(check=lambda _: True))
    for _ in range(3):
        assert ask(*QUESTION)[2] == zap.TEMPORARY_ERROR
    # the second and third were not even called
    assert stubborn.asked == 1
    assert ask(*QUESTION[:2], b"shed", *QUESTION[3:])[2] == zap.SUCCESS
    stubborn.free = True
    assert stubborn.ended.wait(10)


def test_workers_call_everything_once():
    workers = Workers(2)
    futures = [workers.submit(lambda n=n: n * n) for n in range(200)]
    assert [future.result(10) for future in futures] == [n * n for n in range(200)]


def test_workers_that_cannot_start(monkeypatch):
    def start(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    workers = Workers(2)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", start)
        with pytest.raises(RuntimeError, match="can't start"):
            workers.submit(int)
    assert workers.submit(int).result(10) == 0


@pytest.mark.parametrize("kind", ["check", "check_in_a_thread"])
def test_stopping_while_a_check_hangs(
    context, log, bind, make_socket, wait_for, monkeypatch, kind
):
    """It stops soon, also where the check ignores everything."""
    monkeypatch.setattr("zmq.auth.thread._PATIENCE", 0.05)
    stubborn = Stubborn()
    authenticator = ThreadAuthenticator(context, log=log)
    authenticator.configure_domain(
        "house", DomainPolicy(check=getattr(stubborn, kind), timeout=60)
    )
    authenticator.start()
    server = bind(zap_domain=b"house")
    client = make_socket(zmq.PUSH, linger=0)
    client.connect(server.last_endpoint.decode())
    wait_for(lambda: stubborn.asked)
    server.close(linger=0)
    start = time.monotonic()
    authenticator.stop()
    assert time.monotonic() - start < 10
    assert not authenticator.is_alive()
    stubborn.free = True


def test_stopping_in_a_loop_while_a_check_runs(context, log, make_socket):
    asker = make_socket(zmq.DEALER, linger=0)

    async def main() -> list[str]:
        asked, ended = asyncio.Event(), asyncio.Event()

        async def check(_client: Client) -> bool:
            asked.set()
            try:
                await asyncio.sleep(60)
            finally:
                ended.set()
            return True

        authenticator = AsyncioAuthenticator(context, log=log)
        authenticator.configure_domain("house", DomainPolicy(check=check))
        authenticator.start()
        asker.connect(zap.ENDPOINT)
        asker.send_multipart([b"", *QUESTION])
        await asyncio.wait_for(asked.wait(), 10)
        authenticator.stop()
        await asyncio.wait_for(ended.wait(), 10)

    asyncio.run(main())


def test_clients_that_vanish(
    thread_authenticator, bind, handshake, make_socket, wait_for
):
    """They are gone when the answer comes; nobody else is hurt."""
    stubborn = Stubborn()
    thread_authenticator.configure_domain("house", DomainPolicy(check=stubborn.check))
    server = bind(zap_domain=b"house")
    for _ in range(20):
        client = make_socket(zmq.PUSH)
        before = stubborn.asked
        client.connect(server.last_endpoint.decode())
        wait_for(lambda before=before: stubborn.asked > before)
        client.close(linger=0)
    gone = bind(zap_domain=b"house")
    client = make_socket(zmq.PUSH, linger=0)
    client.connect(gone.last_endpoint.decode())
    wait_for(lambda: stubborn.asked == 21)
    gone.close(linger=0)
    stubborn.free = True
    assert handshake(server).accepted


def test_configuring_while_clients_connect(thread_authenticator, ask):
    """Who is valid before and after a change is not refused in between."""
    policies = [
        DomainPolicy(passwords={"ada": "secret"}),
        DomainPolicy(check=lambda client: client.user_id == "ada"),
        DomainPolicy(passwords={"ada": "secret", "bob": ""}, deny=["10.0.0.0/8"]),
        None,
    ]
    thread_authenticator.configure_plain("house", {"ada": "secret"})
    end = threading.Event()

    def change() -> None:
        while not end.is_set():
            for policy in policies:
                thread_authenticator.configure_domain("house", policy)

    changing = threading.Thread(target=change)
    changing.start()
    try:
        entry = (*QUESTION[:5], b"PLAIN", b"ada", b"secret")
        statuses = {ask(*entry)[2] for _ in range(200)}
    finally:
        end.set()
        changing.join()
    assert statuses == {zap.SUCCESS}
