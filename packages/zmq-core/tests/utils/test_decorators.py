"""Functions that run with a context or a socket of their own."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

import zmq
from zmq.decorators import context, socket


def test_a_context_comes_after_the_arguments_and_is_closed() -> None:
    @context()
    def work(a: int, ctx: Any, *, b: int) -> Any:
        assert (a, b) == (1, 2)
        assert not ctx.closed
        return ctx

    ctx = work(1, b=2)
    assert isinstance(ctx, zmq.Context)
    assert ctx.closed


@pytest.mark.parametrize("decorator", [context("ctx"), context(name="ctx")])
def test_a_context_under_a_name(decorator: Any) -> None:
    @decorator
    def work(*args: Any, **kwargs: Any) -> Any:
        return args, kwargs

    args, kwargs = work(1, b=2)
    assert args == (1,)
    assert kwargs.pop("ctx").closed
    assert kwargs == {"b": 2}


@pytest.mark.parametrize(
    "decorator", [context(3), context("ctx", 3), context(name="ctx", io_threads=3)]
)
def test_arguments_of_the_context(decorator: Any) -> None:
    @decorator
    def work(ctx: Any) -> int:
        return int(ctx.io_threads)

    assert work() == 3


def test_a_socket_in_the_context_of_the_call() -> None:
    @context()
    @socket(zmq.PUSH)
    @socket(zmq.PULL)
    def work(ctx: Any, push: Any, pull: Any) -> Any:
        assert push.context is ctx
        assert pull.context is ctx
        assert (push.type, pull.type) == (zmq.PUSH, zmq.PULL)
        port = pull.bind_to_random_port("tcp://127.0.0.1")
        push.connect(f"tcp://127.0.0.1:{port}")
        push.send(b"through")
        assert pull.recv() == b"through"
        return ctx, push, pull

    assert all(one.closed for one in work())


def test_a_socket_without_a_context_uses_the_instance() -> None:
    @socket(zmq.PUSH)
    def work(push: Any) -> Any:
        assert push.context is zmq.Context.instance()
        return push

    assert work().closed
    assert not zmq.Context.instance().closed
    zmq.Context.instance().term()


def test_the_first_positional_context_is_taken() -> None:
    @context()
    @context()
    @socket(zmq.PUSH)
    def work(first: Any, second: Any, push: Any) -> None:
        assert push.context is first

    work()


def test_a_context_named_context_is_taken() -> None:
    @context("context")
    @socket("push", zmq.PUSH)
    def work(context: Any, push: Any) -> None:
        assert push.context is context

    work()


def test_a_context_of_another_name() -> None:
    @context("ctx")
    @context("other")
    @socket("push", zmq.PUSH, context_name="ctx")
    def work(ctx: Any, other: Any, push: Any) -> None:
        assert push.context is ctx

    work()


def test_a_named_context_that_is_not_there(context: Any) -> None:
    @socket("push", zmq.PUSH, context_name="ctx")
    def work(*args: Any, push: Any) -> None:
        assert push.context is expected

    expected = context
    work(context)
    expected = zmq.Context.instance()
    work()
    expected.term()


def test_a_subclass_of_context_makes_its_own_sockets() -> None:
    class MySocket(zmq.Socket[bytes]):
        pass

    class MyContext(zmq.Context[MySocket]):
        _socket_class = MySocket

    @socket(zmq.PUSH)
    def work(ctx: Any, push: Any) -> None:
        assert type(push) is MySocket

    with MyContext() as ctx:
        work(ctx)


def test_an_exception_closes_both() -> None:
    made = []

    @context()
    @socket(zmq.PUSH)
    def work(*args: Any) -> None:
        made.extend(args)
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        work()
    assert [one.closed for one in made] == [True, True]


def test_a_method() -> None:
    class Worker:
        @context()
        @socket(zmq.PUSH)
        def work(self, ctx: Any, push: Any) -> bool:
            return isinstance(self, Worker) and push.context is ctx

    assert Worker().work()


def test_the_function_keeps_its_looks() -> None:
    @context()
    def work(ctx: Any) -> None:
        """Do the work."""

    assert work.__name__ == "work"
    assert work.__doc__ == "Do the work."
    assert hasattr(work, "__wrapped__")


def test_every_call_gets_its_own() -> None:
    @context()
    def outer(ctx: Any, depth: int = 0) -> list[Any]:
        assert not ctx.closed
        return [ctx, *(work(depth - 1) if depth else [])]

    def work(depth: int) -> list[Any]:
        made: list[Any] = outer(depth=depth)
        return made

    assert len({id(ctx) for ctx in work(3)}) == 4


def test_a_coroutine_function() -> None:
    @context()
    @socket(zmq.PUSH)
    async def work(ctx: Any, push: Any) -> Any:
        await asyncio.sleep(0)
        assert not push.closed
        return ctx, push

    assert inspect.iscoroutinefunction(work)
    assert [one.closed for one in asyncio.run(work())] == [True, True]


def test_a_generator_function() -> None:
    @context()
    @socket("push", zmq.PUSH)
    def work(ctx: Any, push: Any) -> Iterator[Any]:
        yield push
        assert not push.closed
        yield ctx

    push, ctx = work()
    assert push.closed
    assert ctx.closed


def test_a_generator_that_is_left() -> None:
    @context("ctx")
    def work(ctx: Any) -> Iterator[Any]:
        yield ctx

    running: Any = work()
    ctx = next(running)
    assert not ctx.closed
    running.close()
    assert ctx.closed


def test_an_asynchronous_generator_is_refused() -> None:
    with pytest.raises(TypeError, match=r"work\(\) is an asynchronous generator"):

        @context()
        async def work(ctx: Any) -> Any:
            yield ctx


def test_forgotten_parentheses() -> None:
    with pytest.raises(TypeError, match=r"with parentheses: @context\(\.\.\.\)"):
        context(lambda ctx: None)
    with pytest.raises(TypeError, match=r"with parentheses: @socket\(\.\.\.\)"):
        socket(lambda push: None)


def test_wrong_names() -> None:
    with pytest.raises(TypeError, match="two names: 'a' and 'b'"):
        context("a", name="b")
    with pytest.raises(TypeError, match="no str: 5"):
        socket(zmq.PUSH, name=5)


def test_a_name_that_is_taken() -> None:
    @context("ctx")
    def work(**kwargs: Any) -> None:
        raise AssertionError

    with pytest.raises(TypeError, match="multiple values for argument 'ctx'"):
        work(ctx=5)


def test_a_socket_without_type() -> None:
    @context()
    @socket()
    def work(ctx: Any, push: Any) -> None:
        raise AssertionError

    with pytest.raises(TypeError, match="socket_type"):
        work()
