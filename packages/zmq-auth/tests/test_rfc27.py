"""The chapters of RFC 27, with libzmq as the other side.

The questions are those that libzmq asks for real connections; the answers are ours.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, Callable

import pytest

import zmq
import zmq.auth
from zmq.auth import zap


class Handler:
    """A handler that keeps the requests and always gives the same answer."""

    def __init__(self, context: zmq.Context[Any], socket_type: int) -> None:
        self.socket = context.socket(socket_type)
        self.socket.bind(zap.ENDPOINT)
        self.requests: list[list[bytes]] = []
        self.answer: Callable[[zap.Request], list[bytes]] = lambda request: (
            zap.build_reply(request.request_id, zap.SUCCESS, b"OK")
        )
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._end.is_set():
            if not self.socket.poll(20):
                continue
            frames = self.socket.recv_multipart()
            envelope: list[bytes] = []
            if self.socket.type == zmq.ROUTER:
                message = zap.split_envelope(frames)
                envelope, frames = message.envelope, message
            self.requests.append(list(frames))
            reply = self.answer(zap.parse_request(frames))
            self.socket.send_multipart([*envelope, *reply])

    def stop(self) -> None:
        self._end.set()
        self._thread.join()
        self.socket.close(linger=0)


@pytest.fixture(params=[zmq.REP, zmq.ROUTER], ids=["REP", "ROUTER"])
def handler(
    request: pytest.FixtureRequest, context: zmq.Context[Any]
) -> Iterator[Handler]:
    handler = Handler(context, request.param)
    yield handler
    handler.stop()


class TestOverview:
    """The handler: one for each context, REP or ROUTER, at a fixed address."""

    def test_libzmq_finds_it(self, handler, bind, handshake):
        assert handshake(bind(zap_domain=b"global")).accepted
        assert len(handler.requests) == 1

    def test_a_context_has_one(self, thread_authenticator, context):
        with pytest.raises(zmq.ZMQError, match="has an authenticator") as caught:
            zmq.auth.Authenticator(context).start()
        assert caught.value.errno == zmq.EADDRINUSE
        assert zap.ENDPOINT in str(caught.value)

    def test_contexts_have_their_own(self, thread_authenticator):
        with zmq.Context() as other:
            authenticator = zmq.auth.Authenticator(other)
            authenticator.start()
            authenticator.stop()


class TestRequest:
    """The frames of a request, in their order."""

    def test_frames(self, handler, bind, handshake):
        # libzmq gives the identity of the server socket, not of the client
        handshake(bind(zap_domain=b"global", routing_id=b"me"))
        version, _, domain, address, identity, mechanism = handler.requests[0]
        assert version == zap.VERSION
        assert domain == b"global"
        assert address == b"127.0.0.1"
        assert identity == b"me"
        assert mechanism == b"NULL"

    def test_the_request_id_is_returned(self, handler):
        for request_id in (b"", b"1", b"\0\xff" * 200):
            reply = zap.build_reply(request_id, zap.SUCCESS, b"OK")
            assert reply[1] == request_id

    def test_another_version_is_a_failure(self, thread_authenticator, ask):
        assert ask(b"1.1", b"id", b"", b"", b"", b"NULL")[2] == zap.FAILURE

    def test_an_unknown_mechanism_is_a_failure(self, thread_authenticator, ask):
        reply = ask(b"1.0", b"id", b"", b"", b"", b"MAGIC", b"wand")
        assert reply[2:4] == [zap.FAILURE, b"Unknown mechanism"]

    def test_missing_frames_are_a_failure(self, thread_authenticator, ask):
        frames = [b"1.0", b"id", b"", b"", b"", b"NULL"]
        for count in range(1, len(frames)):
            assert ask(*frames[:count])[2] == zap.FAILURE
        assert ask(*frames)[2] == zap.SUCCESS


class TestReply:
    """What libzmq makes of the frames of a reply."""

    def test_the_user_id_comes_with_the_messages(self, handler, bind, handshake):
        handler.answer = lambda request: zap.build_reply(
            request.request_id, zap.SUCCESS, b"OK", b"alice"
        )
        server = bind(zap_domain=b"global")
        handshake(server, send=b"hello")
        assert server.recv(copy=False).get("User-Id") == "alice"

    def test_a_reply_to_another_request_lets_nobody_in(
        self, handler, bind, make_socket, monitored
    ):
        handler.answer = lambda request: zap.build_reply(b"x", zap.SUCCESS, b"OK")
        server = bind(zap_domain=b"global")
        client = make_socket(zmq.PUSH, linger=0)
        with monitored(server) as next_outcome:
            client.connect(server.last_endpoint.decode())
            assert next_outcome().event == zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL


class TestStatusCodes:
    """200, 300, 400 and 500."""

    def test_success(self, handler, bind, handshake):
        assert handshake(bind(zap_domain=b"global")).accepted

    @pytest.mark.parametrize("status", [zap.FAILURE, zap.INTERNAL_ERROR])
    def test_the_client_is_told(self, handler, bind, handshake, status):
        handler.answer = lambda request: zap.build_reply(
            request.request_id, status, b"no"
        )
        outcome = handshake(bind(zap_domain=b"global"))
        assert outcome == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, int(status))

    def test_a_temporary_error_has_the_client_come_again(
        self, handler, bind, make_socket, monitored
    ):
        handler.answer = lambda request: zap.build_reply(
            request.request_id,
            zap.SUCCESS if len(handler.requests) > 1 else zap.TEMPORARY_ERROR,
            b"later",
        )
        server = bind(zap_domain=b"global")
        client = make_socket(zmq.PUSH, linger=0, handshake_ivl=100)
        with monitored(server) as next_outcome:
            client.connect(server.last_endpoint.decode())
            assert next_outcome() == (zmq.EVENT_HANDSHAKE_FAILED_AUTH, 300)
            while not next_outcome().accepted:
                pass


class TestMechanisms:
    """The credentials of each mechanism."""

    def test_null(self, handler, bind, handshake):
        handshake(bind(zap_domain=b"global"))
        assert zap.parse_request(handler.requests[0]).credentials == ()

    def test_plain(self, handler, bind, handshake):
        server = bind(plain_server=True, zap_domain=b"global")
        handshake(server, plain_username=b"alice", plain_password=b"secret")
        request = zap.parse_request(handler.requests[0])
        assert request.mechanism == b"PLAIN"
        assert request.credentials == (b"alice", b"secret")

    def test_curve(self, handler, bind, handshake, make_key, server_key):
        alice = make_key("alice")
        server = bind(**server_key.server_options(b"global"))
        handshake(server, **alice.options(server_key))
        request = zap.parse_request(handler.requests[0])
        assert request.mechanism == b"CURVE"
        assert request.credentials == (zmq.utils.z85.decode(alice.public),)

    def test_gssapi(self, thread_authenticator, ask):
        frames = [b"1.0", b"id", b"", b"127.0.0.1", b"", b"GSSAPI"]
        assert ask(*frames, b"alice@REALM")[2:5] == [zap.SUCCESS, b"OK", b"alice@REALM"]
        assert ask(*frames)[2] == zap.FAILURE

    @pytest.mark.parametrize(
        ("mechanism", "credentials"),
        [
            (b"PLAIN", []),
            (b"PLAIN", [b"alice"]),
            (b"PLAIN", [b"alice", b"secret", b""]),
            (b"CURVE", []),
            (b"CURVE", [b"k" * 31]),
            (b"CURVE", [b"k" * 33]),
            (b"CURVE", [b"k" * 32, b""]),
            (b"GSSAPI", [b"alice", b"bob"]),
        ],
    )
    def test_other_credentials_are_a_failure(
        self, thread_authenticator, ask, mechanism, credentials
    ):
        thread_authenticator.configure_plain("*", {"alice": "secret"})
        thread_authenticator.configure_curve("*", zmq.auth.CURVE_ALLOW_ANY)
        reply = ask(b"1.0", b"id", b"", b"", b"", mechanism, *credentials)
        assert reply[2:4] == [zap.FAILURE, b"Invalid credentials"]


class TestSecurity:
    """No answer, no entry."""

    def test_nobody_is_let_in_without_an_answer(
        self, context, bind, make_socket, monitored, make_key, server_key
    ):
        silent = zmq.auth.Authenticator(context)
        silent.start()
        server = bind(**server_key.server_options(b"global"))
        options = make_key("alice").options(server_key)
        client = make_socket(zmq.PUSH, linger=0, handshake_ivl=50, **options)
        with monitored(server) as next_outcome:
            server.handshake_ivl = 50
            client.connect(server.last_endpoint.decode())
            assert not next_outcome().accepted
        silent.stop()

    @pytest.mark.parametrize("enforced", [True, False])
    def test_what_libzmq_does_without_a_handler(
        self, bind, handshake, make_key, server_key, enforced
    ):
        """The reason why the server sockets are to be closed first."""
        options = server_key.server_options(b"global")
        server = bind(zap_enforce_domain=enforced, **options)
        outcome = handshake(server, **make_key("alice").options(server_key))
        assert outcome.accepted is not enforced
