"""The frames of ZAP, without any socket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zmq.auth import zap

FIXED = [b"1.0", b"id", b"domain", b"127.0.0.1", b"identity", b"PLAIN"]


def test_a_request():
    request = zap.parse_request([*FIXED, b"user", b"secret"])
    assert request == zap.Request(
        b"id", b"domain", b"127.0.0.1", b"identity", b"PLAIN", (b"user", b"secret")
    )


def test_a_request_does_not_show_its_credentials():
    request = zap.parse_request([*FIXED, b"user", b"secret"])
    assert "secret" not in repr(request)


@pytest.mark.parametrize(
    ("frames", "text", "request_id"),
    [
        ([], "Not enough frames", None),
        ([b"1.0"], "Not enough frames", None),
        (FIXED[:2], "Not enough frames", b"id"),
        (FIXED[:5], "Not enough frames", b"id"),
        ([b"2.0", *FIXED[1:]], "Invalid version", b"id"),
        ([b"1.0 ", *FIXED[1:]], "Invalid version", b"id"),
        ([b"", *FIXED], "Invalid version", b"1.0"),
    ],
)
def test_not_a_request(frames, text, request_id):
    with pytest.raises(zap.ProtocolError) as caught:
        zap.parse_request(frames)
    assert (caught.value.text, caught.value.request_id) == (text, request_id)


def test_a_reply():
    assert zap.build_reply(b"id", zap.SUCCESS, b"OK", b"alice") == [
        b"1.0", b"id", b"200", b"OK", b"alice", b"",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((b"id", b"201", b""), "b'201'"),
        ((b"id", b"", b""), "b''"),
        ((b"id", zap.FAILURE, b"", b"alice"), "400"),
        ((b"id", zap.SUCCESS, b"x" * 256), "status text has 256 octets"),
        ((b"id", zap.SUCCESS, b"OK", b"x" * 256), "user id has 256 octets"),
    ],
)
def test_not_a_reply(arguments, named):
    with pytest.raises(ValueError, match=named):
        zap.build_reply(*arguments)


def test_the_envelope_ends_with_the_first_empty_frame():
    message = zap.split_envelope([b"\0router", b"hop", b"", b"1.0", b"", b"x"])
    assert message == [b"1.0", b"", b"x"]
    assert message.envelope == [b"\0router", b"hop", b""]


@pytest.mark.parametrize("frames", [[], [b""], [b"router"], [b"router", b"1.0"]])
def test_no_envelope(frames):
    with pytest.raises(zap.ProtocolError, match="No empty frame"):
        zap.split_envelope(frames)


@given(st.lists(st.binary(max_size=300) | st.sampled_from(FIXED)))
def test_any_frames_are_a_request_or_a_protocol_error(frames):
    try:
        request = zap.parse_request(frames)
    except zap.ProtocolError as error:
        request_id = error.request_id
    else:
        request_id = request.request_id
        assert [
            zap.VERSION,
            request_id,
            request.domain,
            request.address,
            request.identity,
            request.mechanism,
            *request.credentials,
        ] == frames
    assert request_id == (frames[1] if len(frames) > 1 else None)
