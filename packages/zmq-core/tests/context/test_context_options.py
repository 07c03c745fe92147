"""Options of a context, and the defaults it gives to new sockets."""

from __future__ import annotations

import inspect

import pytest

import zmq


def test_get_and_set(context):
    context.set(zmq.IO_THREADS, 4)
    assert context.get(zmq.IO_THREADS) == 4


@pytest.mark.parametrize("name", ["io_threads", "IO_THREADS"])
def test_attributes_in_both_cases(context, name):
    setattr(context, name, 3)
    assert getattr(context, name) == 3
    assert context.get(zmq.IO_THREADS) == 3


def test_max_sockets(context):
    assert context.max_sockets == 1023
    context.max_sockets = 10
    assert context.MAX_SOCKETS == 10


def test_read_only_options(context):
    assert context.get(zmq.SOCKET_LIMIT) >= 1023
    assert context.socket_limit == context.get(zmq.SOCKET_LIMIT)
    assert context.get(zmq.MSG_T_SIZE) == 64


def test_max_message_size(context):
    assert context.max_msgsz == 2**31 - 1
    context.max_msgsz = 1000
    assert context.get(zmq.MAX_MSGSZ) == 1000


def test_thread_options(context):
    assert context.thread_sched_policy == -1
    context.set(zmq.THREAD_AFFINITY_CPU_ADD, 0)
    context.set(zmq.THREAD_AFFINITY_CPU_REMOVE, 0)
    context.thread_name_prefix = 5
    assert context.thread_name_prefix in (5, "5")


def test_blocky_and_ipv6(context):
    assert context.get(zmq.BLOCKY) == 1
    assert context.get(zmq.IPV6) == 0
    context.set(zmq.BLOCKY, 0)
    context.set(zmq.IPV6, 1)
    with context.socket(zmq.PUSH) as socket:
        assert socket.linger == 0
        assert socket.ipv6 == 1


def test_options_that_cannot_be_read(context):
    """They are as good as absent, for whoever looks through all attributes."""
    assert not hasattr(context, "thread_affinity_cpu_add")
    with pytest.raises(AttributeError, match="THREAD_AFFINITY_CPU_REMOVE"):
        _ = context.THREAD_AFFINITY_CPU_REMOVE
    assert "io_threads" in dict(inspect.getmembers(context))
    context.term()
    with pytest.raises(RuntimeError, match="destroyed"):
        _ = context.io_threads


@pytest.mark.parametrize("method", ["get", "set"])
def test_unknown_option_number(context, method):
    arguments = (12345,) if method == "get" else (12345, 1)
    with pytest.raises(zmq.ZMQError) as caught:
        getattr(context, method)(*arguments)
    assert caught.value.errno == zmq.EINVAL


@pytest.mark.parametrize(
    ("value", "error"),
    [("a", TypeError), (b"a", TypeError), (None, TypeError), (2**40, OverflowError)],
)
def test_wrong_option_values(context, value, error):
    with pytest.raises(error):
        context.set(zmq.IO_THREADS, value)
    assert context.io_threads == 1


def test_value_that_libzmq_refuses(context):
    with pytest.raises(zmq.ZMQError) as caught:
        context.set(zmq.IO_THREADS, -1)
    assert caught.value.errno == zmq.EINVAL


def test_option_must_be_a_number(context):
    with pytest.raises(TypeError):
        context.get("IO_THREADS")
    with pytest.raises(TypeError):
        context.set("IO_THREADS", 1)


def test_misspelt_attribute(context):
    with pytest.raises(AttributeError, match=r"(?i)io_thread_count"):
        context.io_thread_count = 3
    with pytest.raises(AttributeError, match=r"(?i)io_thread_count"):
        _ = context.io_thread_count
    assert not hasattr(context, "io_thread_count")


def test_socket_defaults_as_attributes(context):
    context.linger = 5
    context.SNDHWM = 7
    assert context.linger == context.LINGER == 5
    assert context.sndhwm == 7
    with context.socket(zmq.PUSH) as socket:
        assert socket.linger == 5
        assert socket.sndhwm == 7


def test_socket_defaults_by_method(context):
    context.setsockopt(zmq.LINGER, 11)
    assert context.getsockopt(zmq.LINGER) == 11
    with context.socket(zmq.PUSH) as socket:
        assert socket.linger == 11


def test_default_that_was_never_set(context):
    with pytest.raises(AttributeError, match=r"(?i)linger"):
        _ = context.linger
    with pytest.raises(KeyError):
        context.getsockopt(zmq.LINGER)


def test_defaults_concern_new_sockets_only(context):
    with context.socket(zmq.PUSH) as before:
        context.linger = 3
        assert before.linger == -1
        with context.socket(zmq.PUSH) as after:
            assert after.linger == 3


def test_default_can_be_deleted(context):
    context.linger = 3
    del context.linger
    with pytest.raises(AttributeError):
        _ = context.linger
    with context.socket(zmq.PUSH) as socket:
        assert socket.linger == -1


def test_deleting_what_is_not_there(context):
    for name in ("linger", "nonsense", "io_threads"):
        with pytest.raises(AttributeError):
            delattr(context, name)


def test_bytes_as_default(context):
    context.identity = b"abc"
    assert context.routing_id == context.IDENTITY == b"abc"
    with context.socket(zmq.DEALER) as socket:
        assert socket.identity == b"abc"


def test_default_for_other_socket_types_is_skipped(context):
    """A subscription is no option of a PUSH socket; that one is made all the same."""
    context.subscribe = b"topic"
    socket = context.socket
    with socket(zmq.PUSH), socket(zmq.SUB) as sub, socket(zmq.XPUB) as pub:
        pub.bind("inproc://default-subscription")
        sub.connect("inproc://default-subscription")
        assert pub.recv() == b"\x01topic"


def test_default_of_the_wrong_type_is_an_error():
    # Better than pyzmq 27, whose half-made socket stays open: term() would hang.
    ctx = zmq.Context()
    with pytest.raises(TypeError):  # noqa: PT012
        ctx.linger = "soon"
        ctx.socket(zmq.PUSH)
    ctx.term()


def test_defaults_of_a_terminated_context():
    ctx = zmq.Context()
    ctx.linger = 5
    ctx.term()
    with pytest.raises(zmq.ZMQError):
        ctx.socket(zmq.PUSH)
