"""The constants: real enums, the right values, and every alias."""

from __future__ import annotations

import copy
import enum
import json
import pickle
import sys
from typing import Any

import pytest

import zmq
from zmq import _enum, constants

ENUMS = [
    getattr(constants, name)
    for name in constants.__all__
    if isinstance(getattr(constants, name), enum.EnumMeta)
]
# what precedes the name of a member in its alias
PREFIXES = {
    constants.Event: "EVENT_",
    constants.NormMode: "NORM_",
    constants.ReconnectStop: "RECONNECT_STOP_",
    constants.RouterNotify: "NOTIFY_",
}
each_enum = pytest.mark.parametrize("made", ENUMS, ids=lambda made: made.__name__)


def ordinary(made: Any) -> Any:
    """Declare an enum anew, in the ordinary way."""
    base = enum.IntFlag if issubclass(made, enum.IntFlag) else enum.IntEnum
    body = enum.EnumMeta.__prepare__(made.__name__, (base,))
    body["__module__"] = made.__module__
    body["__qualname__"] = made.__qualname__
    body["__doc__"] = made.__doc__
    for name, member in made.__members__.items():
        body[name] = int(member)
    return enum.EnumMeta(made.__name__, (base,), body)  # type: ignore[arg-type]


def comparable(value: Any) -> Any:
    """Replace what belongs to one enum class by what two of them have in common."""
    if isinstance(value, (enum.IntEnum, enum.IntFlag)):
        # The inverse of a flag is kept when it is first asked for, by whichever test.
        ignored = {"__objclass__", "_inverted_"}
        state = {k: v for k, v in vars(value).items() if k not in ignored}
        return (type(value).__name__, int(value), state)
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [comparable(item) for item in value]
    return getattr(value, "__func__", value)


def state(made: Any) -> dict[str, Any]:
    # Members of enums of options have docstrings of their own: see test_help.py.
    ignored = {"__dict__", "__doc__", "__weakref__"}
    ignored |= {"__firstlineno__", "__static_attributes__"}
    known = {k: comparable(v) for k, v in vars(made).items() if k not in ignored}
    # combinations of flags enter this table when they are first used
    by_value = {int(member): member for member in made.__members__.values()}
    known["_value2member_map_"] = {
        value: comparable(made._value2member_map_[value]) for value in by_value
    }
    return known


@each_enum
def test_an_enum_is_what_an_ordinary_declaration_makes(made: Any) -> None:
    reference = ordinary(made)
    assert type(made) is enum.EnumMeta
    assert state(made) == state(reference)
    assert [member.name for member in made] == [member.name for member in reference]
    assert list(made.__members__) == list(reference.__members__)
    assert len(made) == len(reference)
    assert dir(made) == dir(reference)
    assert [repr(m) for m in made] == [repr(m) for m in reference]
    assert [str(m) for m in made] == [str(m) for m in reference]
    assert [f"{m}" for m in made] == [f"{m}" for m in reference]


@each_enum
def test_members_are_found_by_value_and_by_name(made: Any) -> None:
    for name, member in made.__members__.items():
        assert made(int(member)) is member
        assert made[name] is member
        assert getattr(made, name) is member
        assert member in made
        assert isinstance(member, int)
        assert member == int(member)
        assert hash(member) == hash(int(member))
        assert made[member.name] is member
        assert member.value == int(member)


@each_enum
def test_members_survive_pickle_and_copy(made: Any) -> None:
    for member in made.__members__.values():
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(member, protocol)) is member
        assert copy.copy(member) is member
        assert copy.deepcopy(member) is member


@each_enum
def test_an_enum_cannot_be_changed(made: Any) -> None:
    member = next(iter(made))
    with pytest.raises(AttributeError):
        setattr(made, member.name, 5)
    with pytest.raises(AttributeError):
        delattr(made, member.name)
    with pytest.raises(TypeError):

        class Sub(made):  # type: ignore[misc]
            pass

    with pytest.raises((AttributeError, TypeError)):
        member.value = 5


def test_an_unknown_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="99 is not a valid SocketType"):
        constants.SocketType(99)
    with pytest.raises(KeyError):
        constants.SocketType["NONE"]


def test_flags_combine() -> None:
    both = zmq.POLLIN | zmq.POLLOUT
    assert both == 3
    assert isinstance(both, zmq.PollEvent)
    assert zmq.POLLIN in both
    assert zmq.POLLERR not in both
    assert both & zmq.POLLIN is zmq.POLLIN
    assert both ^ zmq.POLLIN is zmq.POLLOUT
    assert not zmq.PollEvent(0)
    assert zmq.PollEvent(3) == both
    reference = ordinary(zmq.PollEvent)
    expected = reference.POLLIN | reference.POLLOUT
    assert repr(both) == repr(expected)
    if sys.version_info >= (3, 11):
        assert repr(both) == "<PollEvent.POLLIN|POLLOUT: 3>"
        assert list(both) == [zmq.POLLIN, zmq.POLLOUT]
        assert len(both) == 2
    assert int(~zmq.POLLIN) == int(~reference.POLLIN)
    assert repr(~zmq.POLLIN) == repr(~reference.POLLIN)


@pytest.mark.parametrize("value", [0, 3, 0x11, 0xFFFF, 0x1FFFF, 0x10000012, 1 << 40])
def test_any_value_of_a_flag_is_shown_like_that_of_an_ordinary_one(value: int) -> None:
    reference = ordinary(zmq.Event)
    assert repr(zmq.Event(value)) == repr(reference(value))
    assert str(zmq.Event(value)) == str(reference(value))
    assert pickle.loads(pickle.dumps(zmq.Event(value))) == value


def test_flags_work_as_ints() -> None:
    assert zmq.Flag.DONTWAIT | 0 == 1
    assert 2 | zmq.DONTWAIT == 3
    assert json.dumps(zmq.PUSH) == "8"
    assert [10, 11, 12][zmq.SNDMORE] == 12


def test_every_member_has_its_alias() -> None:
    names = set(constants.__all__)
    for made in ENUMS:
        for name, member in made.__members__.items():
            alias = name
            if getattr(constants, name, None) is not member:
                alias = PREFIXES[made] + name
            assert getattr(constants, alias) is member
            assert alias in names
            names.remove(alias)
        names.remove(made.__name__)
    assert not names


def test_every_constant_is_an_attribute_of_zmq() -> None:
    for name in constants.__all__:
        assert getattr(zmq, name) is getattr(constants, name)


def test_deprecated_names_mean_the_new_ones() -> None:
    assert zmq.XREQ is zmq.DEALER
    assert zmq.XREP is zmq.ROUTER
    assert zmq.IDENTITY is zmq.ROUTING_ID
    assert zmq.CONNECT_RID is zmq.CONNECT_ROUTING_ID
    assert zmq.NOBLOCK is zmq.DONTWAIT
    assert zmq.DELAY_ATTACH_ON_CONNECT is zmq.IMMEDIATE
    assert zmq.FAIL_UNROUTABLE is zmq.ROUTER_MANDATORY
    assert zmq.EVENT_ALL is zmq.EVENT_ALL_V1


def test_names_inherited_from_int_are_left_alone() -> None:
    for made in ENUMS:
        assert not set(made.__members__) & set(dir(enum.IntFlag))


def test_errno_on_a_platform_that_lacks_a_code(monkeypatch: Any) -> None:
    monkeypatch.delattr("errno.ENOTSUP")
    assert constants._platform_errno("ENOTSUP", 1, 129) == 156384713
    monkeypatch.setattr(sys, "platform", "win32")
    assert constants._platform_errno("ENETRESET", 18, 117) == 117


def test_the_option_kinds_exclude_each_other() -> None:
    kinds = [
        constants._INT64_OPTIONS,
        constants._UINT64_OPTIONS,
        constants._BYTES_OPTIONS,
        constants._FD_OPTIONS,
    ]
    assert len(frozenset().union(*kinds)) == sum(map(len, kinds))
    assert not constants._READ_ONLY_OPTIONS & constants._WRITE_ONLY_OPTIONS
    assert 4 in constants._UINT64_OPTIONS


@pytest.mark.parametrize("option", list(zmq.SocketOption), ids=lambda o: o.name)
def test_the_kind_of_an_option_is_libzmq_s(make_socket: Any, option: Any) -> None:
    read = []
    for socket_type in list(zmq.SocketType)[:12]:
        try:
            read.append(make_socket(socket_type).get(option))
        except (zmq.ZMQError, AttributeError):
            continue
    if option in constants._WRITE_ONLY_OPTIONS:
        assert not read
    kind = bytes if option in constants._BYTES_OPTIONS else int
    assert all(isinstance(value, kind) for value in read)


def test_a_python_with_other_tables_gets_the_slow_way(monkeypatch: Any) -> None:
    assert _enum._tables_are_known()
    monkeypatch.setattr(_enum, "_finish_flag", lambda cls: None)
    monkeypatch.setattr(_enum, "_CANONICAL_FLAGS", not _enum._CANONICAL_FLAGS)
    assert not _enum._tables_are_known()
    monkeypatch.setattr(_enum, "_TABLES_ARE_KNOWN", False)

    class Slow(enum.IntEnum, metaclass=_enum.IntConstants):
        A = 1
        B = A

    assert Slow.B is Slow.A
    assert list(Slow) == [Slow.A]
    assert state(Slow) == state(ordinary(Slow))


@pytest.mark.skipif(not _enum._TABLES_ARE_KNOWN, reason="this Python has no fast way")
def test_making_the_options_takes_a_fraction_of_the_calls() -> None:
    body = {name: int(m) for name, m in zmq.SocketOption.__members__.items()}

    def calls(make: Any) -> int:
        events: list[str] = []
        sys.setprofile(lambda _, event, __: events.append(event))
        try:
            make()
        finally:
            sys.setprofile(None)
        return events.count("call") + events.count("c_call")

    fast = calls(lambda: _enum.IntConstants("Fast", (enum.IntEnum,), dict(body)))
    slow = calls(lambda: ordinary(zmq.SocketOption))
    assert fast < slow / 4, (fast, slow)
