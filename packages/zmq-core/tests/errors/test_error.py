"""The exceptions: what they say, and how they travel."""

from __future__ import annotations

import copy
import errno
import pickle
from typing import Any

import pytest

import zmq
from zmq import error

MADE = [
    zmq.ZMQError(errno.EINVAL),
    zmq.ZMQError(errno.EINVAL, "a message"),
    zmq.ZMQError(zmq.EFSM),
    zmq.ZMQError("only words"),  # type: ignore[arg-type]
    zmq.Again(),
    zmq.Again(1, "ignored"),
    zmq.ContextTerminated(),
    error.InterruptedSystemCall(),
    error.InterruptedSystemCall(4, "ignored"),
    zmq.ZMQBindError("no port"),
    zmq.NotDone("still sending"),
    zmq.ZMQVersionError("99.9", "teleport"),
    zmq.DraftFDWarning(),
    zmq.DraftFDWarning("another text"),
]


@pytest.mark.parametrize("made", MADE, ids=repr)
@pytest.mark.parametrize(
    "clone", [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))]
)
def test_an_exception_survives_pickle_and_copy(made: Exception, clone: Any) -> None:
    twin = clone(made)
    assert type(twin) is type(made)
    assert str(twin) == str(made)
    assert repr(twin) == repr(made)
    assert twin.args == made.args
    assert vars(twin) == vars(made)


@pytest.mark.parametrize("made", MADE, ids=repr)
def test_the_repr_is_class_and_message(made: Exception) -> None:
    assert repr(made) == f"{type(made).__name__}({str(made)!r})"
    assert str(made)


def test_the_message_is_libzmq_s_by_default() -> None:
    wrong_state = zmq.ZMQError(zmq.EFSM)
    assert wrong_state.errno == zmq.EFSM
    assert wrong_state.strerror == str(wrong_state) == zmq.strerror(zmq.EFSM)
    assert str(zmq.ZMQError(errno.EINVAL)) == "Invalid argument"


def test_the_message_can_be_given() -> None:
    made = zmq.ZMQError(errno.EADDRINUSE, "taken: tcp://127.0.0.1:5")
    assert made.errno == zmq.EADDRINUSE
    assert str(made) == "taken: tcp://127.0.0.1:5"
    assert made.args == (errno.EADDRINUSE, "taken: tcp://127.0.0.1:5")


def test_a_message_alone_has_no_errno() -> None:
    made = zmq.ZMQError("just so")  # type: ignore[arg-type]
    assert made.errno is None
    assert made.strerror == "just so"


def test_without_errno_the_last_one_of_libzmq_is_taken(make_socket: Any) -> None:
    rep = make_socket(zmq.REP)
    with pytest.raises(zmq.ZMQError) as caught:
        rep.send(b"nothing was asked")
    assert caught.value.errno == zmq.EFSM
    assert isinstance(zmq.ZMQError().errno, int)
    assert zmq.ZMQError().errno == zmq.zmq_errno()


def test_classes_with_a_code_ignore_their_arguments() -> None:
    assert zmq.Again(5, "x").errno is zmq.EAGAIN
    assert str(zmq.Again(5, "x")) == zmq.strerror(zmq.EAGAIN)
    assert zmq.ContextTerminated(5, "x").errno is zmq.ETERM
    assert str(zmq.ContextTerminated()) == zmq.strerror(zmq.ETERM)
    assert error.InterruptedSystemCall(5, "x").errno == errno.EINTR


def test_the_tree() -> None:
    for cls in (zmq.Again, zmq.ContextTerminated, error.InterruptedSystemCall):
        assert issubclass(cls, zmq.ZMQError)
    for cls in (zmq.ZMQError, zmq.ZMQBindError, zmq.NotDone):
        assert issubclass(cls, zmq.ZMQBaseError)
    assert issubclass(error.InterruptedSystemCall, InterruptedError)
    assert issubclass(zmq.ZMQVersionError, NotImplementedError)
    assert issubclass(zmq.DraftFDWarning, RuntimeWarning)
    assert not issubclass(zmq.ZMQError, OSError)


@pytest.mark.parametrize(
    ("code", "cls"),
    [
        (zmq.EAGAIN, zmq.Again),
        (zmq.ETERM, zmq.ContextTerminated),
        (errno.EINTR, error.InterruptedSystemCall),
        (zmq.EFSM, zmq.ZMQError),
        (99999, zmq.ZMQError),
    ],
)
def test_a_code_becomes_its_class(code: int, cls: type[zmq.ZMQError]) -> None:
    made = error.error_for(code)
    assert type(made) is cls
    assert made.errno == code
    assert str(made) == zmq.strerror(code)
    assert str(error.error_for(code, "more words")) == "more words"


def test_no_code_has_two_classes() -> None:
    with pytest.raises(ValueError, match="already raises Again"):

        @error._raised_for(zmq.EAGAIN)
        class Twice(zmq.ZMQError):
            pass


def test_a_version_error_names_both_versions() -> None:
    made = zmq.ZMQVersionError("99.9", "teleport")
    assert made.min_version == "99.9"
    assert made.version == zmq.zmq_version()
    assert str(made) == f"teleport requires libzmq >= 99.9, have {zmq.zmq_version()}"
    assert str(zmq.ZMQVersionError("9")).startswith("Feature requires libzmq >= 9,")


def test_real_failures_raise_the_classes(context: Any, make_socket: Any) -> None:
    pull = make_socket(zmq.PULL)
    with pytest.raises(zmq.Again):
        pull.recv(zmq.NOBLOCK)
    pull.rcvtimeo = 1
    with pytest.raises(zmq.Again):
        pull.recv()
    with pytest.raises(zmq.ZMQError) as caught:
        pull.bind("tcp://not-an-interface:1")
    assert "tcp://not-an-interface:1" in str(caught.value)


def test_every_name_is_exported() -> None:
    public = {
        name
        for name, value in vars(error).items()
        if isinstance(value, type) and value.__module__ == error.__name__
    }
    assert public == set(error.__all__)
    for name in set(error.__all__):
        assert getattr(zmq, name) is getattr(error, name)


RAISED: dict[str, Any] = {
    "Again": lambda s: s.recv(zmq.DONTWAIT),
    "Again of many": lambda s: s.recv_many(3, zmq.DONTWAIT),
    "an address": lambda s: s.bind("tcp://nonsense"),
    "a state": lambda s: s.send(b""),
    "an option": lambda s: s.set(zmq.TYPE, 1),
    "closed": lambda s: (s.close(), s.recv()),
}


@pytest.mark.parametrize("name", RAISED)
def test_the_arguments_of_what_is_raised(name: str, make_socket: Any) -> None:
    """An old idiom: ``error.args[0] == errno.EAGAIN``."""
    with pytest.raises(zmq.ZMQError) as caught:
        RAISED[name](make_socket(zmq.REP))
    assert caught.value.args == (caught.value.errno,)
    twin = pickle.loads(pickle.dumps(caught.value))
    assert twin.args == caught.value.args
    assert str(twin) == str(caught.value)
