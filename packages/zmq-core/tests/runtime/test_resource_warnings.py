"""What is left open says so, once, and only where it matters."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest
from tests.fixtures.steps import collect

import zmq


def test_socket_left_open(context):
    socket = context.socket(zmq.PUSH)
    assert socket is not None
    with pytest.warns(ResourceWarning, match=r"(?i)unclosed socket.*zmq\.PUSH"):  # noqa: PT031
        del socket
        collect(2)


def test_socket_left_open_is_closed(context):
    socket = context.socket(zmq.PUSH)
    socket.bind("inproc://left-open")
    with pytest.warns(ResourceWarning, match=r"(?i)unclosed socket"):  # noqa: PT031
        del socket
        collect(2)
    with context.socket(zmq.PUSH) as other:
        other.bind("inproc://left-open")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_socket_left_open_is_closed_where_warnings_are_errors(context):
    socket = context.socket(zmq.PUSH)
    socket.bind("inproc://left-open")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        del socket
        collect(2)
    with context.socket(zmq.PUSH) as other:
        other.bind("inproc://left-open")


def test_context_left_open():
    ctx = zmq.Context()
    assert ctx is not None
    with pytest.warns(ResourceWarning, match=r"(?i)unclosed context"):  # noqa: PT031
        del ctx
        collect(2)


@pytest.fixture
def collected() -> Iterator[None]:
    """Have what pytest's report of a warning has kept collected in this test."""
    yield
    collect(2)


@pytest.mark.usefixtures("collected")
@pytest.mark.parametrize("left", ["socket", "context", "both"])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_closed_also_where_warnings_are_errors(left, make_socket):
    ctx = zmq.Context()
    sockets = [ctx.socket(zmq.PUSH) for _ in range(2)]
    sockets[1].bind("tcp://127.0.0.1:0")
    endpoint = sockets[1].last_endpoint
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        if left == "socket":
            sockets.clear()
            collect(2)
            ctx.term(timeout=5)
        elif left == "context":
            with pytest.raises(ResourceWarning, match="unclosed socket"), ctx:
                pass
            assert ctx.closed
            assert all(socket.closed for socket in sockets)
        else:
            del ctx, sockets
            collect(2)
    make_socket(zmq.PUSH).bind(endpoint)


@pytest.mark.parametrize("end", ["term", "destroy"])
def test_silent_when_ended(end):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ctx = zmq.Context()
        socket = ctx.socket(zmq.PUSH)
        socket.close()
        getattr(ctx, end)()
        del socket, ctx
        collect(2)


def test_silent_for_shadows(context, make_socket):
    socket = make_socket(zmq.PUSH)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        shadows = [
            zmq.Context(context),
            zmq.Context.shadow(context.underlying),
            zmq.Socket(socket),
            zmq.Socket.shadow(socket.underlying),
        ]
        shadows.clear()
        collect(2)
    assert caught == []
    assert not socket.closed


def test_nothing_at_interpreter_exit(run_python):
    """Module globals that live to the end are no leak, and nothing hangs."""
    # Better than pyzmq 27, which warns depending on the order of the teardown.
    done = run_python(
        """
        import zmq
        ctx = zmq.Context.instance()
        other = zmq.Context()
        socket = ctx.socket(zmq.PUSH)
        socket.linger = 0
        socket.connect("tcp://127.0.0.1:1")
        socket.send(b"nobody takes this")
        pull = other.socket(zmq.PULL)
        """,
        options=("-W", "error::ResourceWarning"),
    )
    assert done.stdout == ""
    assert done.stderr == ""


def test_where_it_was_made(run_python):
    """Under tracemalloc the warning names the line that made the object."""
    # Better than pyzmq 27, which does not tell on Python 3.11.
    done = run_python(
        """
        import gc, zmq
        ctx = zmq.Context()
        sockets = [ctx.socket(zmq.PUSH)]
        other = zmq.Context()
        sockets.clear()
        gc.collect()
        del other
        gc.collect()
        ctx.term()
        """,
        options=("-X", "tracemalloc=10", "-W", "always::ResourceWarning"),
    )
    socket, context = done.stderr.lower().split("unclosed context")
    assert "unclosed socket" in socket
    assert 'file "<string>", lineno 4' in socket
    assert 'file "<string>", lineno 5' in context


def test_in_a_reference_cycle(monkeypatch):
    # Better than pyzmq 27, which may wait for ever on Python 3.13.
    class Holder:
        """Refers to itself."""

    # a recorded warning would keep the socket alive, and that its context
    messages = []
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        monkeypatch.setattr(
            warnings, "showwarning", lambda m, *rest: messages.append(str(m).lower())
        )
        holder = Holder()
        holder.me = holder
        holder.context = zmq.Context()
        holder.socket = holder.context.socket(zmq.PUSH)
        del holder
        collect(2)
    assert any("unclosed socket" in message for message in messages)
    assert any("unclosed context" in message for message in messages)
