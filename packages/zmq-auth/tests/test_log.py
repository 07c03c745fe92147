"""What is logged: who was refused and why, and never a secret."""

from __future__ import annotations

import base64
import logging

import pytest

import zmq
import zmq.auth
from zmq.auth import zap
from zmq.utils import z85

PASSWORD = "correct-horse-pässword"
GUESS = "battery-staple-guess"


def test_a_refusal_tells_address_domain_mechanism_and_reason(
    authenticator, bind, handshake, make_key, server_key, records
):
    authenticator.configure_plain("one", {"alice": PASSWORD})
    authenticator.configure_curve("two", make_key("alice").file.parent)
    handshake(
        bind(plain_server=True, zap_domain=b"one"),
        plain_username=b"alice",
        plain_password=GUESS.encode(),
    )
    mallory = make_key("mallory")
    handshake(bind(**server_key.server_options(b"two")), **mallory.options(server_key))
    refusals = [r for r in records.records if r.levelno == logging.WARNING]
    lines = {record.getMessage() for record in refusals}
    address = "refused address '127.0.0.1', domain"
    assert lines == {
        f"{address} 'one', mechanism 'PLAIN': Invalid password (400)",
        f"{address} 'two', mechanism 'CURVE': Unknown key (400)",
    }


def test_what_clients_choose_cannot_forge_lines(thread_authenticator, ask, records):
    forged = b"x\nWARNING all is well\r\x1b[2J\xff"
    ask(b"1.0", b"1", forged, forged, forged, forged)
    ask(b"1.0", b"1", forged, forged, forged, b"NULL")
    ask(b"1.0", b"1", b"", b"", b"", b"GSSAPI", forged)
    ask(forged, forged)
    assert len(records.lines) >= 4
    for line in records.lines:
        assert not set(line) & set("\r\n\x1b")


def spellings(secret: bytes) -> set[str]:
    """All that a secret could look like in a log."""
    return {
        repr(secret)[2:-1],
        secret.decode("utf-8", "replace"),
        secret.decode("latin-1"),
        secret.hex(),
        base64.b64encode(secret).decode().rstrip("="),
        str(list(secret))[1:-1],
    }


def test_no_secret_is_logged(
    authenticator, bind, handshake, make_key, server_key, records, ask
):
    alice, mallory = make_key("alice"), make_key("mallory")
    domain = {"zap_domain": b"global"}
    curve = bind(**server_key.server_options(b"global"))

    class Failing:
        def callback(self, domain: str, key: bytes) -> bool:
            raise LookupError("no such key")

    authenticator.configure_plain("*", {"alice": PASSWORD, "bob": GUESS})
    plain = bind(plain_server=True, **domain)
    for user in (b"alice", b"nobody"):
        for password in (PASSWORD, GUESS, "third-guess"):
            handshake(plain, plain_username=user, plain_password=password.encode())
    for location in (alice.file.parent, "*", "/nowhere"):
        authenticator.configure_curve("*", location)
        authenticator.configure_curve("*", alice.file.parent, watch=True)
        authenticator.configure_curve("*", location)
        handshake(curve, **alice.options(server_key))
        handshake(curve, **mallory.options(server_key))
    authenticator.configure_curve_callback("*", Failing())
    handshake(curve, **alice.options(server_key))
    guess = [b"", b"127.0.0.1", b"", b"PLAIN", b"alice", GUESS.encode()]
    for frames in (
        [b"1.0", b"1", *guess, b"one more"],
        [b"9.9", b"1", *guess],
        [b"1.0", *guess[-2:]],
        [GUESS.encode()],
        [b"1.0", b"1", b"", b"127.0.0.1", b"", b"MAGIC", GUESS.encode()],
        [b"1.0", b"1", b"", b"127.0.0.1", b"", b"CURVE", GUESS.encode()],
    ):
        ask(*frames)
    authenticator.deny("127.0.0.1")
    ask(b"1.0", b"1", *guess)

    text = "\n".join([*records.lines, repr(authenticator), str(authenticator)])
    assert "WARNING" in text
    assert "ERROR" in text
    secret_keys = [key.secret for key in (alice, mallory, server_key)]
    for secret in (
        *[word.encode() for word in (PASSWORD, GUESS, "third-guess")],
        *secret_keys,
        *map(z85.decode, secret_keys),
    ):
        for spelling in spellings(secret):
            assert spelling not in text


def test_a_secret_certificate_that_is_broken(make_key, tmp_path, log, records, context):
    """A directory in which somebody has put the secret files under wrong names."""
    alice = make_key("alice")
    text = alice.file.with_suffix(".key_secret").read_text()
    directory = tmp_path / "wrong"
    directory.mkdir()
    (directory / "alice.key").write_text(text.replace("public-key", "x"))
    authenticator = zmq.auth.Authenticator(context, log=log)
    authenticator.configure_curve("*", directory)
    authenticator.configure_curve("*", directory, watch=True)
    assert len(records.lines) >= 2
    assert alice.secret.decode() not in "\n".join(records.lines)


def test_the_default_logger(context, caplog):
    authenticator = zmq.auth.Authenticator(context)
    assert authenticator.log is logging.getLogger("zmq.auth")


@pytest.mark.parametrize(
    "frames", [[b"x"], [b"x", b"y"]], ids=lambda frames: str(len(frames))
)
def test_a_drop_is_logged(thread_authenticator, make_socket, wait_for, records, frames):
    socket = make_socket(zmq.DEALER)
    socket.connect(zap.ENDPOINT)
    socket.send_multipart(frames)
    wait_for(lambda: "ERROR dropped a message that is no ZAP request" in records)
