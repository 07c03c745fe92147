"""The public API beside recorded facts about pyzmq 27.3, difference by difference.

data/api-27.3.json was made by asking the installed pyzmq 27.3 for its names and
signatures, and holds those of the modules that are now zmq-core's.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest
from tests.fixtures import api

import zmq

FACTS = api.load(Path(__file__).parent / "data" / "api-27.3.json")

GENERIC = "importing typing is dear: `Socket[bytes]` works by __class_getitem__"
FRAME_OPTIONS = "options are descriptors of the compiled class: nothing to inherit"
INTERNAL = "an import of that module's own, no interface"
MISSPELT = "unknown keyword arguments are refused instead of ignored"
COMPILED = "what the compiled class does itself, the class above does not override"
BURST = "new: a burst of messages in one call"
CONTRACT = "new: what the contract of backends needs to have a number"
FAST_PATH = "new: the fast path of the asynchronous sockets, where the backend has one"
READY = "new: waiting for peers and subscribers"
SHUTDOWN = "new: shutdown that can be bounded and explained"
PICKLES = "Python's own default, 5 since 3.14"
PLAIN = "there before as well, but no name that the facts record"

DIFFERENCES = {
    "zmq.Context base typing.Generic": GENERIC,
    "zmq.Socket base typing.Generic": GENERIC,
    "zmq.Frame base zmq.sugar.attrsettr.AttributeSetter": FRAME_OPTIONS,
    "zmq.Message base zmq.sugar.attrsettr.AttributeSetter": FRAME_OPTIONS,
    "zmq.Context.__exit__": "the names of its arguments are Python's to give",
    "zmq.Context.sockopts": "was an attribute of every instance, now declared",
    "zmq.Socket.monitor_events": "new: monitoring that cleans up after itself",
    "zmq.HandshakeFailed": READY,
    "zmq.error.HandshakeFailed": READY,
    "zmq.Socket.wait_connected": READY,
    "zmq.Socket.wait_subscribed": READY,
    "zmq.TimedOut": SHUTDOWN,
    "zmq.error.TimedOut": SHUTDOWN,
    "zmq.Context.destroy": SHUTDOWN,
    "zmq.Context.shutdown": SHUTDOWN,
    "zmq.Context.term": SHUTDOWN,
    "zmq.Socket.close": SHUTDOWN,
    "zmq.backend.Context.shutdown": SHUTDOWN,
    "zmq.sugar.context.ContextBase.shutdown": SHUTDOWN,
    "zmq.Socket.recv_many": BURST,
    "zmq.Socket.send_many": BURST,
    "zmq.backend.Socket.recv_many": BURST,
    "zmq.backend.Socket.send_many": BURST,
    "zmq.sugar.socket.SocketBase.recv_many": BURST,
    "zmq.sugar.socket.SocketBase.send_many": BURST,
    "zmq.Socket.send_multipart": MISSPELT,
    **dict.fromkeys(
        (
            "zmq.Socket.__init__",
            "zmq.Socket.codec",
            "zmq.Socket.recv_object",
            "zmq.Socket.send_object",
        ),
        "codecs, see zmq.utils.serialize",
    ),
    **dict.fromkeys(
        (
            "zmq.Context.stats",
            "zmq.Socket.count_stats",
            "zmq.Socket.dropped",
            "zmq.Socket.on_full",
            "zmq.Socket.stats",
            "zmq.describe",
        ),
        "what sockets have done, in numbers",
    ),
    **dict.fromkeys(
        ("zmq.utils.jsonapi.functions_of", "zmq.utils.jsonapi.use"),
        "a faster JSON, where it is asked for",
    ),
    **dict.fromkeys(
        (
            f"zmq.{name}.{attribute}"
            for name in ("Frame", "Message", "backend.Frame", "backend.Message")
            for attribute in ("peer_key", "user_id")
        ),
        "who sent a message, as the authenticator says",
    ),
    "zmq.decorators.socket": "context_name is declared, no longer taken from kwargs",
    "zmq.backend.OptionAttribute": "the descriptor of the options",
    "zmq.backend.ProxyLoop": "the loop behind all proxies, for zmq.devices",
    "zmq.Again.strerror": "written when it is read",
    **dict.fromkeys(
        (
            "zmq.backend.CONTRACT",
            "zmq.backend.EagerSocket",
            "zmq.backend.TurnClock",
            "zmq.backend.ready_type",
            "zmq.backend.require_contract",
            "zmq.backend.select.require_contract",
        ),
        "the contract of a backend, see zmq.backend.abc",
    ),
    "zmq.backend.buffers_lent": "for zmq.utils.garbage, which has no thread any more",
    "zmq.backend.CONTRACT": CONTRACT,
    "zmq.backend.require_contract": CONTRACT,
    "zmq.backend.select.require_contract": CONTRACT,
    "zmq.backend.EagerSocket": FAST_PATH,
    "zmq.backend.TurnClock": FAST_PATH,
    "zmq.backend.ready_type": FAST_PATH,
    "zmq.backend.selected": "which backend was chosen, for the bug report",
    "zmq.backend.select.select_first": "the first backend that imports, or every cause",
    "zmq.backend.Frame.group": COMPILED,
    "zmq.backend.Frame.routing_id": COMPILED,
    "zmq.backend.Message.group": COMPILED,
    "zmq.backend.Message.routing_id": COMPILED,
    "zmq.backend.Socket.poll": COMPILED,
    "zmq.backend.Socket.recv_multipart": COMPILED,
    "zmq.backend.Socket.send": COMPILED,
    "zmq.backend.Socket.send_multipart": COMPILED,
    "zmq.sugar.socket.SocketBase.poll": COMPILED,
    "zmq.sugar.socket.SocketBase.recv_multipart": COMPILED,
    "zmq.sugar.socket.SocketBase.send": COMPILED,
    "zmq.sugar.socket.SocketBase.send_multipart": COMPILED,
    "zmq.curve_keygen.main": "what `python -m zmq.curve_keygen` runs",
    "zmq.sugar.attrsettr.AttributeSetter.get": FRAME_OPTIONS,
    "zmq.sugar.attrsettr.AttributeSetter.set": FRAME_OPTIONS,
    "zmq.sugar.context.SyncSocket": INTERNAL,
    "zmq.sugar.context.cast_int_addr": INTERNAL,
    "zmq.sugar.frame.AttributeSetter": INTERNAL,
    "zmq.sugar.frame.FrameBase": INTERNAL,
    "zmq.sugar.socket.Poller": INTERNAL,
    "zmq.sugar.socket.ZMQBindError": INTERNAL,
    "zmq.sugar.socket.ZMQError": INTERNAL,
    "zmq.sugar.socket.cast_int_addr": INTERNAL,
    "zmq.utils.strtypes.basestring": PLAIN,
    "zmq.utils.strtypes.bytes": PLAIN,
    "zmq.utils.strtypes.unicode": PLAIN,
    "zmq.utils.z85.Z85MAP": PLAIN,
}
if pickle.DEFAULT_PROTOCOL != 4:  # that of the Python on which the facts were noted
    DIFFERENCES["zmq.Socket.send_pyobj"] = PICKLES
    DIFFERENCES["zmq.sugar.socket.DEFAULT_PROTOCOL"] = PICKLES


def option_names(*enums: type[zmq.SocketOption]) -> set[str]:
    names = {name for enum in enums for name in enum.__members__}
    return names | {name.lower() for name in names}


# Every option is a descriptor, in both cases, so that tools can see it.
OPTIONS = {
    "zmq.Context": option_names(zmq.ContextOption, zmq.SocketOption),
    "zmq.Socket": option_names(zmq.SocketOption),
    "zmq.Frame": option_names(zmq.MessageOption),
    "zmq.Message": option_names(zmq.MessageOption),
    "zmq.backend.Frame": option_names(zmq.MessageOption),
    "zmq.backend.Message": option_names(zmq.MessageOption),
}


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    return api.differences(FACTS, extra_members=OPTIONS)


pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the numbers of Errno are those of Linux"
)


def test_every_difference_has_a_reason(found):
    unlisted = {path: what for path, what in found.items() if path not in DIFFERENCES}
    assert unlisted == {}


def test_every_listed_difference_exists(found):
    assert set(DIFFERENCES) - set(found) == set()


def test_facade_is_literal():
    """`__all__` names what exists, once, and nothing public is forgotten."""
    assert len(zmq.__all__) == len(set(zmq.__all__))
    assert [name for name in zmq.__all__ if not hasattr(zmq, name)] == []
    assert set(FACTS["modules"]["zmq"]) - set(zmq.__all__) == set()


def test_public_path():
    """Tracebacks and documentation show the names that people import."""
    for name in ("Context", "Socket", "Poller", "MessageTracker", "ZMQError", "Again"):
        assert getattr(zmq, name).__module__.split(".")[0] == "zmq"
    for cls in (zmq.Context, zmq.Socket, zmq.Poller, zmq.MessageTracker):
        assert cls.__module__ == "zmq"


def test_comparison_sees_what_it_should():
    """The comparison itself: wrong facts are reported, each in its way."""
    facts = {
        "modules": {
            "zmq": {
                "PUSH": 9,
                "nonsense": 3,
                "SocketType": "enum SocketType",
                "has": "function(capability, more=1)",
                "Poller": "class zmq.Poller",
            },
            "zmq.constants": {"Flag": {"enum": {"DONTWAIT": 1}}},
        },
        "classes": {
            "zmq.Poller": {
                "bases": ["builtins.dict"],
                "members": {
                    "poll": "method(timeout=3)",
                    "register": "classmethod()",
                    "sockets": "attribute",
                    "gone": "attribute",
                },
            }
        },
    }
    found = api.differences(facts)
    assert found["zmq.PUSH"].startswith("9 became")
    assert found["zmq.nonsense"] == "missing"
    assert found["zmq.has"] == "(capability, more=1) became (capability)"
    assert "SNDMORE" in found["zmq.constants.Flag"]
    assert found["zmq.Poller base builtins.dict"] == "missing"
    assert found["zmq.Poller.poll"] == "(timeout=3) became (timeout=None)"
    assert found["zmq.Poller.register"] == "classmethod became a method"
    assert found["zmq.Poller.gone"] == "missing"
    assert found["zmq.Poller.modify"] == found["zmq.Context"] == "added"
    assert "zmq.SocketType" not in found
