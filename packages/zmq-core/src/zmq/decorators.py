"""Decorators that run a function with a context or a socket of its own.

::

    from zmq.decorators import context, socket

    @context()
    @socket(zmq.PUSH)
    def work(ctx, push): ...

Both are closed when the function is left. What they make is added after the positional
arguments of the call, or as the keyword argument that was named. The same goes for
coroutine functions and generator functions.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction

import zmq

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager
    from typing import Any, Callable, Protocol, TypeVar

    Result = TypeVar("Result")

    class Decorator(Protocol):
        """Changes the arguments of a function, but not what it returns."""

        def __call__(self, func: Callable[..., Result], /) -> Callable[..., Result]:
            """Decorate the function."""
            ...

    # makes the object from the arguments of the call
    Factory = Callable[[tuple[Any, ...], dict[str, Any]], AbstractContextManager[Any]]

__all__ = ("context", "socket")


def context(*args: Any, **kwargs: Any) -> Decorator:
    """Run a function with a context that lives as long as the call.

    ::

        @context(io_threads=2)
        def work(ctx): ...

    :param name: a str, the keyword argument the function gets the context as; also
        accepted as the first positional argument. By default it comes after the
        positional arguments.
    :param args: passed on to :class:`zmq.Context`.
    :param kwargs: passed on to :class:`zmq.Context`.
    """
    name, args = _take_name("context", args, kwargs)

    def make(*_call: Any) -> AbstractContextManager[Any]:
        return zmq.Context(*args, **kwargs)

    return _decorator(name, make)


def socket(*args: Any, context_name: str = "context", **kwargs: Any) -> Decorator:
    """Run a function with a socket that is open as long as the call.

    The context of the socket is the keyword argument called `context_name` of the call,
    or else the first positional argument that is a context, or else
    :meth:`zmq.Context.instance`.

    ::

        @context("ctx")
        @socket("push", zmq.PUSH, context_name="ctx")
        def work(ctx, push): ...

    :param name: a str, the keyword argument the function gets the socket as; also
        accepted as the first positional argument. By default it comes after the
        positional arguments.
    :param context_name: the keyword argument that holds the context.
    :param args: passed on to :meth:`zmq.Context.socket`; the type of the socket comes
        first.
    :param kwargs: passed on to :meth:`zmq.Context.socket`.
    """
    name, args = _take_name("socket", args, kwargs)

    def make(
        call_args: tuple[Any, ...], call_kwargs: dict[str, Any]
    ) -> AbstractContextManager[Any]:
        ctx = _find_context(context_name, call_args, call_kwargs)
        made: AbstractContextManager[Any] = ctx.socket(*args, **kwargs)
        return made

    return _decorator(name, make)


def _take_name(
    decorator: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[str | None, tuple[Any, ...]]:
    """Split the arguments of a decorator into the name, if any, and the others."""
    if args and callable(args[0]):
        raise TypeError(f"{decorator} is used with parentheses: @{decorator}(...)")
    name = kwargs.pop("name", None)
    if args and isinstance(args[0], str):
        if name is not None:
            raise TypeError(f"{decorator}() got two names: {args[0]!r} and {name!r}")
        name, *rest = args
        args = tuple(rest)
    if name is not None and not isinstance(name, str):
        raise TypeError(f"the name given to {decorator}() is no str: {name!r}")
    return name, args


def _find_context(
    context_name: str, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> Any:
    """Find the context for a socket among the arguments of the call."""
    # typed so that a checker does not narrow to a context of unknown sockets
    cls: Any = zmq.Context
    candidates: tuple[Any, ...] = (kwargs.get(context_name), *args)
    for candidate in candidates:
        if isinstance(candidate, cls):
            return candidate
    return cls.instance()


def _decorator(name: str | None, make: Factory) -> Decorator:
    """Return the decorator that adds what `make` makes to the arguments of a call."""

    @contextmanager
    def added(
        func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> Generator[tuple[tuple[Any, ...], dict[str, Any]], None, None]:
        if name in kwargs:
            raise TypeError(
                f"{func.__qualname__}() got multiple values for argument {name!r}"
            )
        with make(args, kwargs) as made:
            if name is None:
                yield (*args, made), kwargs
            else:
                yield args, {**kwargs, name: made}

    def decorate(func: Any) -> Any:
        @wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            with added(func, args, kwargs) as (args, kwargs):
                return func(*args, **kwargs)

        @wraps(func)
        async def async_wrapper(*args: Any, **kwargs: Any) -> Any:
            with added(func, args, kwargs) as (args, kwargs):
                return await func(*args, **kwargs)

        @wraps(func)
        def generator_wrapper(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            with added(func, args, kwargs) as (args, kwargs):
                running: Generator[Any, Any, Any] = func(*args, **kwargs)
                return (yield from running)

        if isasyncgenfunction(func):
            raise TypeError(f"{func.__qualname__}() is an asynchronous generator")
        if iscoroutinefunction(func):
            return async_wrapper
        if isgeneratorfunction(func):
            return generator_wrapper
        return wrapper

    return decorate
