"""recv_pyobj warns where strangers can send a pickle."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import zmq
from zmq.sugar import pickling


@pytest.fixture(autouse=True)
def not_warned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pickling, "_warned", False)


def make_pair(make_socket: Any, address: str) -> Any:
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL, rcvtimeo=20_000)
    pull.bind(address)
    push.connect(pull.last_endpoint.decode())
    return push, pull


def test_over_tcp(make_socket: Any) -> None:
    push, pull = make_pair(make_socket, "tcp://127.0.0.1:0")
    endpoint = pull.last_endpoint.decode()
    for _ in range(2):
        push.send_pyobj({1})
    words = rf"recv_pyobj\(\) from {endpoint} without CURVE: .* any code"
    with pytest.warns(RuntimeWarning, match=words) as warned:
        assert pull.recv_pyobj() == {1}
    assert warned[0].filename == __file__
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pull.recv_pyobj() == {1}  # once is enough


def test_over_one_of_its_addresses(make_socket: Any) -> None:
    """The last one is not the only one that counts."""
    push, pull = make_pair(make_socket, "tcp://127.0.0.1:0")
    endpoint = pull.last_endpoint.decode()
    pull.bind("inproc://afterwards")
    push.send_pyobj(1)
    with pytest.warns(RuntimeWarning, match=endpoint):
        assert pull.recv_pyobj() == 1


def test_over_a_shadow_of_another(make_socket: Any) -> None:
    push, pull = make_pair(make_socket, "tcp://127.0.0.1:0")
    push.send_pyobj(1)
    with pytest.warns(RuntimeWarning, match=pull.last_endpoint.decode()):
        assert zmq.Socket(shadow=pull.underlying).recv_pyobj() == 1


@pytest.mark.parametrize("address", ["inproc://pickles", "ipc"])
def test_on_this_machine(make_socket: Any, tmp_path: Any, address: str) -> None:
    if address == "ipc":
        if not zmq.has("ipc"):
            pytest.skip("libzmq has no ipc")
        address = f"ipc://{tmp_path}/s"
    push, pull = make_pair(make_socket, address)
    push.send_pyobj("text")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pull.recv_pyobj() == "text"


@pytest.mark.capability("curve")
def test_with_curve(make_socket: Any) -> None:
    public, secret = zmq.curve_keypair()
    push, pull = make_socket(zmq.PUSH), make_socket(zmq.PULL, rcvtimeo=20_000)
    pull.curve_server, pull.curve_secretkey = True, secret
    pull.bind("tcp://127.0.0.1:0")
    push.curve_publickey, push.curve_secretkey = zmq.curve_keypair()
    push.curve_serverkey = public
    push.connect(pull.last_endpoint.decode())
    push.send_pyobj("text")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pull.recv_pyobj() == "text"


def test_nothing_is_lost_by_a_warning_that_raises(make_socket: Any) -> None:
    push, pull = make_pair(make_socket, "tcp://127.0.0.1:0")
    push.send_pyobj("text")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(RuntimeWarning):
            pull.recv_pyobj()
        assert pull.recv_pyobj() == "text"
