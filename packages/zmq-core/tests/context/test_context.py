"""Life of a context: making, terminating, destroying."""

from __future__ import annotations

import threading

import pytest

import zmq


def test_new_context_is_open_and_has_an_address(context):
    assert not context.closed
    assert isinstance(context.underlying, int)
    assert context.underlying != 0


def test_io_threads_positional_and_by_name():
    with zmq.Context(3) as one, zmq.Context(io_threads=2) as other:
        assert one.io_threads == 3
        assert other.io_threads == 2


def test_one_io_thread_by_default(context):
    assert context.get(zmq.IO_THREADS) == 1


def test_no_io_thread_is_enough_for_inproc():
    ctx = zmq.Context(io_threads=0)
    with ctx, ctx.socket(zmq.PAIR) as a, ctx.socket(zmq.PAIR) as b:
        a.bind("inproc://no-io-thread")
        b.connect("inproc://no-io-thread")
        a.send(b"x")
        assert b.recv() == b"x"


@pytest.mark.parametrize("bad", ["1", b"1", [1]])
def test_io_threads_must_be_an_integer(bad):
    with pytest.raises(TypeError):
        zmq.Context(io_threads=bad)


def test_io_threads_out_of_range():
    with pytest.raises(OverflowError):
        zmq.Context(2**40)
    with pytest.raises(zmq.ZMQError) as caught:
        zmq.Context(-1)
    assert caught.value.errno == zmq.EINVAL


def test_unexpected_arguments():
    with pytest.raises(TypeError):
        zmq.Context(1, 0, 3)
    with pytest.raises(TypeError):
        zmq.Context(threads=1)


def test_term_closes_and_can_be_repeated():
    ctx = zmq.Context()
    ctx.term()
    assert ctx.closed
    ctx.term()
    ctx.destroy()
    assert ctx.closed


def test_term_waits_for_open_sockets(in_thread):
    ctx = zmq.Context()
    socket = ctx.socket(zmq.PULL)
    terminating = in_thread(ctx.term)
    with pytest.raises(zmq.ContextTerminated):
        socket.recv()
    assert terminating.alive
    socket.close()
    terminating.result()
    assert ctx.closed


def test_term_wakes_every_kind_of_wait(in_thread, wait_for):
    """Each thread, blocked for ever, gets ContextTerminated."""
    ctx = zmq.Context()
    pull, push, polled = (ctx.socket(t) for t in (zmq.PULL, zmq.PUSH, zmq.PULL))
    poller = zmq.Poller()
    poller.register(polled, zmq.POLLIN)
    started = threading.Semaphore(0)

    def blocked(operation, *args):
        started.release()
        try:
            operation(*args)
        except zmq.ContextTerminated:
            return True
        finally:
            started.release()
        return False

    waits = [
        in_thread(blocked, pull.recv),
        in_thread(blocked, push.send, b"nobody takes this"),
    ]
    for _ in waits:
        assert started.acquire(timeout=5)
    terminating = in_thread(ctx.term)
    assert all(wait.result() for wait in waits)
    # a poller reports the socket as ready, and the operation that follows raises
    with pytest.raises(zmq.ContextTerminated):  # noqa: PT012
        if poller.poll(5000):
            polled.recv(zmq.DONTWAIT)
    for socket in (pull, push, polled):
        socket.close(0)
    terminating.result()


def test_every_operation_on_a_socket_of_a_terminated_context(in_thread):
    ctx = zmq.Context()
    socket = ctx.socket(zmq.PAIR)
    terminating = in_thread(ctx.term)
    with pytest.raises(zmq.ContextTerminated):
        socket.recv()
    operations = [
        lambda: socket.send(b"", zmq.DONTWAIT),
        lambda: socket.recv(zmq.DONTWAIT),
        lambda: socket.recv_into(bytearray(1), flags=zmq.DONTWAIT),
        lambda: socket.send_multipart([b"a"], zmq.DONTWAIT),
        lambda: socket.recv_multipart(zmq.DONTWAIT),
        lambda: socket.bind("inproc://terminated"),
        lambda: socket.connect("inproc://terminated"),
        lambda: socket.get(zmq.LINGER),
        lambda: socket.set(zmq.LINGER, 0),
    ]
    for operation in operations:
        with pytest.raises(zmq.ContextTerminated) as caught:
            operation()
        assert caught.value.errno == zmq.ETERM
    socket.close()
    terminating.result()


def test_destroy_closes_sockets():
    ctx = zmq.Context()
    sockets = [ctx.socket(zmq.PUSH) for _ in range(5)]
    ctx.destroy()
    assert ctx.closed
    assert all(socket.closed for socket in sockets)


def test_destroy_with_linger_discards_messages():
    """Without linger 0 this would wait for a peer that never comes."""
    ctx = zmq.Context()
    socket = ctx.socket(zmq.PUSH)
    socket.connect("tcp://127.0.0.1:1")
    socket.send(b"nobody takes this")
    ctx.destroy(linger=0)
    assert socket.closed


def test_destroy_skips_sockets_that_are_closed():
    ctx = zmq.Context()
    closed, still_open = ctx.socket(zmq.PUSH), ctx.socket(zmq.PUSH)
    closed.close()
    ctx.destroy(linger=0)
    assert still_open.closed


def test_with_statement_terminates():
    with zmq.Context() as ctx:
        assert not ctx.closed
    assert ctx.closed


def test_with_statement_destroys_and_warns_of_open_sockets():
    with pytest.warns(ResourceWarning, match=r"zmq\.PUSH"), zmq.Context() as ctx:
        socket = ctx.socket(zmq.PUSH)
    assert ctx.closed
    assert socket.closed


@pytest.mark.filterwarnings("ignore:Destroying context:ResourceWarning")
def test_with_statement_destroys_when_the_block_raises():
    ctx = zmq.Context()
    socket = ctx.socket(zmq.PUSH)
    with pytest.raises(ZeroDivisionError), ctx:
        1 / 0  # noqa: B018
    assert socket.closed
    assert ctx.closed


def test_terminated_context_makes_no_sockets():
    ctx = zmq.Context()
    ctx.term()
    with pytest.raises(zmq.ZMQError, match="terminated") as caught:
        ctx.socket(zmq.PUSH)
    assert caught.value.errno == zmq.ENOTSUP


def test_terminated_context_has_no_options():
    ctx = zmq.Context()
    ctx.term()
    with pytest.raises(RuntimeError, match="destroyed"):
        ctx.get(zmq.IO_THREADS)
    with pytest.raises(RuntimeError, match="destroyed"):
        ctx.set(zmq.IO_THREADS, 2)
    assert ctx.underlying == 0


def test_sockets_leave_the_context_when_closed():
    ctx = zmq.Context()
    for _ in range(20):
        ctx.socket(zmq.PUSH).close()
    # would wait if a closed socket were still counted
    ctx.term()


@pytest.mark.parametrize("when", ["collected", "at exit"])
def test_destroyed_by_the_garbage_collector(run_python, when):
    """What holds a context and its sockets in a cycle may destroy it in `__del__`."""
    done = run_python(
        """
        import gc, sys, zmq

        class Client:
            def __init__(self):
                self.context = zmq.Context()
                self.socket = self.context.socket(zmq.PUSH)
                self.socket.connect("tcp://127.0.0.1:9")
                self.socket.send(b"for nobody")
                self.callback = self.run

            def run(self): ...

            def __del__(self):
                self.context.destroy(linger=0)
                print(self.context.closed, self.socket.closed)

        client = Client()
        if sys.argv[1] == "collected":
            del client
            gc.collect()
        """,
        when,
    )
    assert done.stdout == "True True\n"
    assert done.stderr == ""


def test_too_many_sockets(context):
    context.max_sockets = 1
    with context.socket(zmq.PUSH), pytest.raises(zmq.ZMQError):
        context.socket(zmq.PUSH)


def test_socket_needs_a_type(context):
    with pytest.raises(TypeError):
        context.socket()
    with pytest.raises(TypeError):
        context.socket("PUSH")
    with pytest.raises(zmq.ZMQError) as caught:
        context.socket(12345)
    assert caught.value.errno == zmq.EINVAL


def test_socket_passes_keyword_arguments_on(context):
    with context.socket(zmq.PUSH, copy_threshold=5) as socket:
        assert socket.copy_threshold == 5
    with pytest.raises(TypeError):
        context.socket(zmq.PUSH, nonsense=5)


def test_contexts_hash_by_identity(context):
    with zmq.Context() as other:
        assert context == context
        assert context != other
        assert len({context, other}) == 2


def test_contexts_are_apart(context, make_socket):
    """The same inproc name may be used in each."""
    make_socket(zmq.PUSH).bind("inproc://same")
    with zmq.Context() as other, other.socket(zmq.PUSH) as socket:
        socket.bind("inproc://same")


def test_repr_counts_open_sockets():
    ctx = zmq.Context()
    assert repr(ctx) == f"<zmq.Context() at {hex(id(ctx))}>"
    a = ctx.socket(zmq.PUSH)
    assert "1 socket)" in repr(ctx)
    b = ctx.socket(zmq.PUSH)
    assert "2 sockets)" in repr(ctx)
    a.close()
    b.close()
    ctx.term()
    assert repr(ctx).endswith(" closed>")
    assert str(ctx) == repr(ctx)
