"""Whatever is sent to the handler: a well-formed reply or a logged drop."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import zmq
import zmq.auth
from zmq.auth import zap

# 100,000 requests with ZMQ_TORTURE=50 and above
TORTURE = int(os.environ.get("ZMQ_TORTURE", "1"))
EXAMPLES = 500 if TORTURE == 1 else min(100_000, 2000 * TORTURE)
pytestmark = pytest.mark.timeout(60 * TORTURE)
KEY = b"k" * 32

FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    # the authenticator is to live through all of them
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

octets = st.binary(max_size=300)
versions = st.just(b"1.0") | octets
domains = st.sampled_from([b"", b"global", b"*", b"open", b"broken"]) | octets
addresses = st.sampled_from([b"127.0.0.1", b"::1", b"6.6.6.6", b""]) | octets
mechanisms = st.sampled_from([b"NULL", b"PLAIN", b"CURVE", b"GSSAPI"]) | octets
credentials = st.lists(
    st.sampled_from([b"alice", b"secret", KEY, b"\xff"]) | octets, max_size=4
)
likely = st.builds(
    lambda version, *rest: [version, *rest[:5], *rest[5]],
    versions, octets, domains, addresses, octets, mechanisms, credentials,
)  # fmt: skip
requests = likely | st.lists(octets, max_size=12)


class Broken:
    def callback(self, domain: str, key: bytes) -> bool:
        raise LookupError(domain)


def configure(authenticator: zmq.auth.Authenticator) -> None:
    authenticator.deny("6.6.6.6")
    authenticator.configure_plain("global", {"alice": "secret", "": ""})
    authenticator.configure_curve("open", zmq.auth.CURVE_ALLOW_ANY)
    authenticator.configure_curve_callback("broken", Broken())


def check_reply(reply: list[bytes], request: list[bytes]) -> None:
    version, request_id, status, text, user_id, metadata = reply
    assert version == b"1.0"
    assert request_id == (request[1] if len(request) > 1 else b"")
    assert status in {b"200", b"400", b"500"}
    assert 0 < len(text) <= 255
    assert len(user_id) <= 255
    assert status == b"200" or user_id == b""
    assert metadata[:9] == (b"\x08Peer-Key" if status == b"200" else b"")


def test_every_request_has_a_reply(log):
    log.disabled = True
    with zmq.Context() as context:
        authenticator = zmq.auth.Authenticator(context, log=log)
        configure(authenticator)
        loop = asyncio.new_event_loop()

        @FUZZ
        @given(requests)
        def answer(request: list[bytes]) -> None:
            check_reply(
                loop.run_until_complete(authenticator._answer(request)), request
            )

        answer()
        loop.close()


def converse(
    socket: zmq.Socket[bytes], message: list[bytes], last: bytes
) -> list[list[bytes]]:
    """Send any frames, then a valid request; return what is answered before that."""
    if message:
        socket.send_multipart(message)
    sentinel = [b"1.0", last, b"sentinel", b"127.0.0.1", b"", b"NULL"]
    socket.send_multipart([b"", *sentinel])
    replies = []
    while True:
        assert socket.poll(10_000), "the authenticator is dead"
        reply = socket.recv_multipart()
        if reply[:3] == [b"", b"1.0", last]:
            assert reply[3] == b"200"
            return replies
        replies.append(reply)


def test_the_handler_answers_or_drops_and_lives_on(
    thread_authenticator, make_socket, records
):
    configure(thread_authenticator)
    socket = make_socket(zmq.DEALER)
    socket.connect(zap.ENDPOINT)
    numbers = iter(range(10**9))

    @FUZZ
    @given(st.lists(octets, max_size=2), st.booleans(), requests)
    def send(hops: list[bytes], delimiter: bool, request: list[bytes]) -> None:
        message = [*hops, *([b""] if delimiter else []), *request]
        records.lines.clear()
        records.records.clear()
        last = b"sentinel-%d" % next(numbers)
        replies = converse(socket, message, last)
        check(message, replies, records)

    send()
    assert thread_authenticator.is_alive()


def check(message: list[bytes], replies: list[list[bytes]], records: Any) -> None:
    if not message:
        assert replies == []
    elif b"" in message:
        end = message.index(b"") + 1
        (reply,) = replies
        assert reply[:end] == message[:end]
        check_reply(reply[end:], message[end:])
    else:
        assert replies == []
        assert "dropped" in records
