"""REQ and REP in the wrong state: the message says which call is due."""

from __future__ import annotations

from typing import Any

import pytest
from tests.torture.checks import refused

import zmq


@pytest.fixture
def req_rep(socket_pair: Any) -> Any:
    return socket_pair(zmq.REQ, zmq.REP, rcvtimeo=5000, sndtimeo=5000)


SENDS = {
    "send": lambda s: s.send(b"x"),
    "send without copying": lambda s: s.send(b"x" * 100_000, copy=False),
    "send without waiting": lambda s: s.send(b"x", zmq.DONTWAIT),
    "send_multipart": lambda s: s.send_multipart([b"x", b"y"]),
    "send_string": lambda s: s.send_string("x"),
    "send_json": lambda s: s.send_json(1),
    "send_pyobj": lambda s: s.send_pyobj(1),
    "send_serialized": lambda s: s.send_serialized([b"x"], list),
}
RECEIVES = {
    "recv": lambda s: s.recv(),
    "recv without copying": lambda s: s.recv(copy=False),
    "recv without waiting": lambda s: s.recv(zmq.DONTWAIT),
    "recv_multipart": lambda s: s.recv_multipart(),
    "recv_into": lambda s: s.recv_into(bytearray(10)),
    "recv_string": lambda s: s.recv_string(),
    "recv_json": lambda s: s.recv_json(),
    "recv_pyobj": lambda s: s.recv_pyobj(),
    "recv_serialized": lambda s: s.recv_serialized(list),
}


def finish_round(req: Any, rep: Any) -> None:
    """A whole exchange, from the state in which `req` has to send."""
    req.send(b"question")
    assert rep.recv() == b"question"
    rep.send(b"answer")
    assert req.recv() == b"answer"


@pytest.mark.parametrize("name", RECEIVES)
def test_req_must_send_first(req_rep: Any, name: str) -> None:
    req, rep = req_rep
    with refused(zmq.ZMQError, "REQ", "send", errno=zmq.EFSM):
        RECEIVES[name](req)
    finish_round(req, rep)


@pytest.mark.parametrize("name", SENDS)
def test_req_must_recv_next(req_rep: Any, name: str) -> None:
    req, rep = req_rep
    req.send(b"first")
    with refused(zmq.ZMQError, "REQ", "recv", errno=zmq.EFSM):
        SENDS[name](req)
    assert rep.recv_multipart() == [b"first"]
    rep.send(b"reply")
    assert req.recv() == b"reply"
    finish_round(req, rep)


@pytest.mark.parametrize("name", SENDS)
def test_rep_must_recv_first(req_rep: Any, name: str) -> None:
    req, rep = req_rep
    with refused(zmq.ZMQError, "REP", "recv", errno=zmq.EFSM):
        SENDS[name](rep)
    finish_round(req, rep)


@pytest.mark.parametrize("name", RECEIVES)
def test_rep_must_send_next(req_rep: Any, name: str) -> None:
    req, rep = req_rep
    req.send(b"first")
    rep.recv()
    with refused(zmq.ZMQError, "REP", "send", errno=zmq.EFSM):
        RECEIVES[name](rep)
    rep.send(b"reply")
    assert req.recv() == b"reply"
    finish_round(req, rep)


def test_a_state_error_does_not_wait(req_rep: Any, deadline: Any) -> None:
    req, _ = req_rep
    limit = deadline(2)
    req.rcvtimeo = -1
    with refused(zmq.ZMQError, errno=zmq.EFSM):
        req.recv()
    assert not limit.passed
