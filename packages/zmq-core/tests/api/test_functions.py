"""Functions of the module: capabilities, keys, error texts, places."""

from __future__ import annotations

import errno
import os
import pathlib

import pytest

import zmq
from zmq.utils import z85


def test_has():
    assert type(zmq.has("ipc")) is bool
    assert zmq.has("ipc")
    assert not zmq.has("nonsense")
    assert not zmq.has("")


@pytest.mark.parametrize("bad", [b"ipc", 3, None], ids=repr)
def test_has_wants_text(bad):
    with pytest.raises(TypeError):
        zmq.has(bad)


def test_draft_constants_are_defined_always():
    for name in (
        *("SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER", "DGRAM"),
        *("PEER", "CHANNEL", "RECONNECT_STOP", "HELLO_MSG", "PRIORITY", "NORM_MODE"),
    ):
        assert isinstance(getattr(zmq, name), int)


def test_draft_flag():
    assert type(zmq.DRAFT_API) is bool
    assert zmq.has("draft") >= zmq.DRAFT_API


@pytest.mark.capability("curve")
def test_curve_keypair():
    public, secret = zmq.curve_keypair()
    for key in (public, secret):
        assert type(key) is bytes
        assert len(key) == 40
        assert len(z85.decode(key)) == 32
    assert public != secret
    assert zmq.curve_keypair() != (public, secret)


@pytest.mark.capability("curve")
def test_curve_public():
    public, secret = zmq.curve_keypair()
    assert zmq.curve_public(secret) == public
    assert zmq.curve_public(secret.decode()) == public


@pytest.mark.capability("curve")
def test_curve_public_of_a_known_key():
    """The pair of libzmq's own documentation."""
    public = b"Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"
    secret = b"D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs"
    assert zmq.curve_public(secret) == public


@pytest.mark.capability("curve")
@pytest.mark.parametrize("bad", [b"", b"x", b"x" * 39, b"x" * 41, b"~" * 40], ids=len)
def test_curve_public_of_no_key(bad):
    with pytest.raises((ValueError, zmq.ZMQError)):
        zmq.curve_public(bad)


@pytest.mark.capability("curve")
def test_curve_public_wants_bytes():
    with pytest.raises(TypeError):
        zmq.curve_public(3)


def test_strerror():
    assert zmq.strerror(zmq.EAGAIN) == os.strerror(errno.EAGAIN)
    assert zmq.strerror(int(zmq.ETERM)) == "Context was terminated"
    assert "state" in zmq.strerror(zmq.EFSM)
    assert isinstance(zmq.strerror(99999), str)
    with pytest.raises(TypeError):
        zmq.strerror("EAGAIN")


def test_zmq_errno():
    assert isinstance(zmq.zmq_errno(), int)
    assert isinstance(zmq.ZMQError().errno, int)


def test_includes():
    """Where `cimport zmq` and the headers of a build find what they need."""
    includes = zmq.get_includes()
    assert isinstance(includes, list)
    assert all(isinstance(path, str) for path in includes)
    assert includes
    assert all(pathlib.Path(path).is_dir() for path in includes)


def test_library_directories():
    directories = zmq.get_library_dirs()
    assert isinstance(directories, list)
    assert all(pathlib.Path(path).is_dir() for path in directories)


def test_ipc_path_length():
    assert zmq.IPC_PATH_MAX_LEN == 107 or os.uname().sysname != "Linux"


def test_stopwatch():
    with pytest.deprecated_call(match="time.monotonic"):
        watch = zmq.Stopwatch()
    watch.start()
    microseconds = watch.stop()
    assert isinstance(microseconds, int)
    assert microseconds >= 0
