"""Contexts that share the libzmq context of another one."""

from __future__ import annotations

import ctypes
import sys
import types
from pathlib import Path

import pytest

import zmq

SHADOWS = {
    "constructor": lambda ctx: zmq.Context(ctx),
    "keyword": lambda ctx: zmq.Context(shadow=ctx),
    "keyword-address": lambda ctx: zmq.Context(shadow=ctx.underlying),
    "shadow": lambda ctx: zmq.Context.shadow(ctx),
    "shadow-address": lambda ctx: zmq.Context.shadow(ctx.underlying),
}


@pytest.fixture(params=list(SHADOWS))
def shadow(request, context):
    return SHADOWS[request.param](context)


def test_same_address_another_object(context, shadow):
    assert shadow is not context
    assert shadow.underlying == context.underlying
    assert not shadow.closed


def test_sockets_of_both_meet(context, shadow, make_socket):
    push = make_socket(zmq.PUSH)
    push.bind("inproc://shadowed")
    with shadow.socket(zmq.PULL) as pull:
        assert pull.context is shadow
        pull.connect("inproc://shadowed")
        push.send(b"x")
        assert pull.recv() == b"x"


def test_options_are_shared(context, shadow):
    shadow.max_sockets = 17
    assert context.max_sockets == 17


def test_socket_defaults_are_not_shared(context, shadow):
    context.linger = 5
    with pytest.raises(AttributeError):
        _ = shadow.linger


def test_leaving_a_with_block_does_not_terminate(context, shadow, make_socket):
    # Better than pyzmq 27, which pulls the libzmq context from under its owner.
    with shadow:
        pass
    assert not context.closed
    make_socket(zmq.PUSH)


def test_forgetting_a_shadow_does_not_terminate(context, make_socket):
    for make in SHADOWS.values():
        shadow = make(context)
        del shadow
    assert not context.closed
    make_socket(zmq.PUSH)


def test_original_is_kept_alive():
    original = zmq.Context()
    shadow = zmq.Context(original)
    address = original.underlying
    del original
    assert shadow.underlying == address
    with shadow.socket(zmq.PUSH):
        pass
    # the original goes with its last shadow, and says that nobody terminated it
    with pytest.warns(ResourceWarning, match=r"(?i)unclosed context"):
        del shadow


def test_subclass_shadows_as_itself(context):
    class Mine(zmq.Context):
        """A subclass."""

    assert type(Mine.shadow(context)) is Mine
    assert type(Mine(context)) is Mine


def test_shadow_of_a_shadow(context, shadow):
    assert zmq.Context(shadow).underlying == context.underlying


@pytest.mark.parametrize("bad", ["x", 3.5, object(), [1]])
def test_what_cannot_be_shadowed(bad):
    with pytest.raises((TypeError, ValueError)):
        zmq.Context.shadow(bad)


def test_foreign_pointer_of_cffi(context):
    cffi = pytest.importorskip("cffi")
    pointer = cffi.FFI().cast("void *", context.underlying)
    assert zmq.Context.shadow(pointer).underlying == context.underlying


def test_pyczmq_context(context, monkeypatch):
    """`zctx.underlying` of the pyczmq package gives the address of a `zctx_t`."""
    module = types.ModuleType("pyczmq")
    module.zctx = types.SimpleNamespace(underlying=lambda ctx: ctx.address)
    monkeypatch.setitem(sys.modules, "pyczmq", module)
    zctx = types.SimpleNamespace(address=context.underlying)
    shadow = zmq.Context.shadow_pyczmq(zctx)
    assert shadow.underlying == context.underlying
    with shadow.socket(zmq.PUSH):
        pass


def test_pyczmq_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyczmq", None)
    with pytest.raises(ImportError, match="pyczmq"):
        zmq.Context.shadow_pyczmq(object())


def shared_libzmq() -> ctypes.CDLL:
    """The very libzmq that this process uses, seen from outside."""
    maps = Path("/proc/self/maps")
    lines = maps.read_text().splitlines() if maps.exists() else []
    for line in lines:
        path = line.rpartition(" ")[2]
        if Path(path).name.startswith("libzmq"):
            return ctypes.CDLL(path)
    pytest.skip("libzmq is part of the extension module, nobody else can use it")


def test_context_made_by_another_library():
    """A libzmq context that Python did not make, and does not end."""
    library = shared_libzmq()
    library.zmq_ctx_new.restype = ctypes.c_void_p
    library.zmq_ctx_term.argtypes = [ctypes.c_void_p]
    address = library.zmq_ctx_new()
    shadow = zmq.Context.shadow(address)
    assert shadow.underlying == address
    with shadow.socket(zmq.PAIR) as a, shadow.socket(zmq.PAIR) as b:
        a.bind("inproc://foreign")
        b.connect("inproc://foreign")
        a.send(b"x")
        assert b.recv() == b"x"
    del shadow
    assert library.zmq_ctx_term(address) == 0


def test_socket_made_by_another_library():
    """A libzmq socket that Python did not make, used through a shadow."""
    library = shared_libzmq()
    library.zmq_ctx_new.restype = library.zmq_socket.restype = ctypes.c_void_p
    library.zmq_socket.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.zmq_bind.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.zmq_send.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_int,
    ]
    library.zmq_close.argtypes = library.zmq_ctx_term.argtypes = [ctypes.c_void_p]
    context = library.zmq_ctx_new()
    address = library.zmq_socket(context, int(zmq.PAIR))
    assert library.zmq_bind(address, b"inproc://foreign") == 0
    shadow = zmq.Socket.shadow(address)
    assert shadow.underlying == address
    assert shadow.type is zmq.SocketType.PAIR
    assert shadow.context is None
    ours = zmq.Context.shadow(context)
    with ours.socket(zmq.PAIR) as peer:
        peer.connect("inproc://foreign")
        peer.send(b"in")
        assert shadow.recv() == b"in"
        shadow.send(b"out")
        assert peer.recv() == b"out"
        assert shadow.poll(0) == 0
        # the other side goes on using its socket beside the shadow
        assert library.zmq_send(address, b"beside", 6, 0) == 6
        assert peer.recv() == b"beside"
        peer.send(b"last")
        assert shadow.poll(5000) == zmq.POLLIN
        assert shadow.recv_multipart() == [b"last"]
    del shadow
    assert library.zmq_close(address) == 0
    assert library.zmq_ctx_term(context) == 0


@pytest.mark.parametrize("make", SHADOWS.values(), ids=SHADOWS)
def test_while_the_original_terminates(make, in_thread, wait_for):
    """libzmq's context may be gone at any moment: the shadow leaves it alone."""
    context = zmq.Context()
    socket = context.socket(zmq.PAIR)
    shadow = make(make(context))
    terminating = in_thread(context.term)

    def refuses() -> bool:
        try:
            context.get(zmq.IO_THREADS)
        except zmq.ContextTerminated:
            return True
        return False

    wait_for(refuses)
    for call in (
        lambda: shadow.get(zmq.IO_THREADS),
        lambda: shadow.set(zmq.MAX_SOCKETS, 5),
        lambda: shadow.socket(zmq.PAIR),
    ):
        with pytest.raises(zmq.ContextTerminated):
            call()
    socket.close()
    terminating.result()
    assert shadow.closed
    with pytest.raises(RuntimeError):
        shadow.get(zmq.IO_THREADS)


def test_known_by_its_address_alone_it_does_not_keep_the_original():
    context = zmq.Context()
    shadow = zmq.Context.shadow(context.underlying)
    with pytest.warns(ResourceWarning):
        del context
    assert shadow.closed
    assert shadow.underlying == 0


def test_an_address_where_no_context_is():
    """As in pyzmq 27 it can be shadowed: whatever is done with it is EFAULT."""
    nothing = ctypes.create_string_buffer(4096)
    address = ctypes.addressof(nothing)
    for use in (
        lambda shadow: shadow.socket(zmq.PULL),
        lambda shadow: shadow.get(zmq.IO_THREADS),
        lambda shadow: shadow.term(),
        lambda shadow: shadow.destroy(),
    ):
        shadow = zmq.Context.shadow(address)
        with pytest.raises(zmq.ZMQError) as caught:
            use(shadow)
        assert caught.value.errno == zmq.EFAULT
        assert caught.value.args == (zmq.EFAULT,)
