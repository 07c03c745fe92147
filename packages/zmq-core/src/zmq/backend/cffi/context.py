"""Contexts."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import gc
import os
import weakref
from _thread import RLock

from zmq import constants
from zmq.backend import arguments
from zmq.backend.cffi import leftovers, monitor
from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.errors import (
    EFAULT,
    EINTR,
    EINVAL,
    ETERM,
    fail,
    int_argument,
    linger_argument,
    raise_forked,
)
from zmq.backend.cffi.handle import UNUSABLE, closing_handles, open_handles
from zmq.backend.cffi.kept import COUNTS_REFERENCES, goes_down_with, let_all_go
from zmq.backend.cffi.lease import exiting
from zmq.backend.cffi.owned import new_context
from zmq.backend.cffi.signals import interrupted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from zmq.backend.cffi.handle import Handle

_IO_THREADS = int(constants.ContextOption.IO_THREADS)

# The contexts made here, as weak references by address, so that whatever shadows one of
# them knows when it ends.
open_contexts: dict[int, Any] = {}


def _renew_guard() -> None:
    global _contexts_guard
    _contexts_guard = RLock()


# Held by who puts one in or takes one out. A signal handler may do that meanwhile.
_contexts_guard = RLock()
if hasattr(os, "register_at_fork"):
    # The thread that holds it may not exist in the child.
    os.register_at_fork(after_in_child=_renew_guard)


class Context:
    """A context: what :class:`zmq.Context` is made of.

    :param io_threads: number of I/O threads of libzmq.
    :param shadow: the address of a libzmq context to use instead of a new one.
    """

    # See context.h; shadows have the same one as their original.
    _shared: Any = None
    _handle: Any = None  # libzmq's context, as long as this one may be used
    _shadow: bool = False
    _shadowed: Any = None  # weak reference to the context whose handle this one borrows
    _kept: Any = None
    _destroyed: bool = False  # its sockets are being closed, for it to end
    _lingering: Any = None  # see leftovers.py
    _generation: int = -1
    _pid: int = 0
    _term_lock: Any = None

    def __init__(self, io_threads: int = 1, shadow: int = 0) -> None:
        threads = int_argument("io_threads", io_threads)
        if self._handle:
            return
        put = object.__setattr__
        put(self, "_term_lock", RLock())
        put(self, "_lingering", [])
        put(self, "_generation", lib.zq_generation())
        put(self, "_pid", os.getpid())
        if shadow:
            original = open_contexts.get(shadow)
            known = None if original is None else original()
            put(self, "_shared", new_context() if known is None else known._shared)
            if known is None:
                lib.zq_context_begin(self._shared, ffi.cast("void *", shadow))
            put(self, "_shadow", True)
            put(self, "_shadowed", None if known is None else original)
            put(self, "_handle", ffi.cast("void *", shadow))
            return
        put(self, "_shared", new_context())
        rc = lib.zq_context_begin(self._shared, ffi.NULL)
        if rc < 0:
            fail(-rc)
        if lib.zq_context_set(self._shared, _IO_THREADS, threads) < 0:
            lib.zq_context_end(self._shared)
            fail(EINVAL, f"io_threads={io_threads}")
        handle = self._shared.ptr
        put(self, "_handle", handle)
        with _contexts_guard:
            open_contexts[int(ffi.cast("uintptr_t", handle))] = weakref.ref(self)

    def __del__(self) -> None:
        release(self)

    def __reduce__(self) -> Any:
        """Refuse to be pickled."""
        arguments.refuse_to_pickle(self)

    @property
    def underlying(self) -> int:
        """The address of the libzmq context, as an int; 0 when terminated."""
        handle = self._handle
        if self.closed:
            return 0
        usable_context(self)
        return int(ffi.cast("uintptr_t", handle))

    @property
    def closed(self) -> bool:
        """Whether the context has been terminated."""
        return not self._handle or not self._shared.ptr

    def _shadow_of(self, other: Context) -> None:
        """Become another object for the libzmq context of `other`."""
        put = object.__setattr__
        usable_context(other)
        put(self, "_handle", other._handle)
        put(self, "_shared", other._shared)
        put(self, "_lingering", other._lingering)
        put(self, "_shadow", True)
        # A shadow of what is known by its address alone does not keep that.
        put(self, "_shadowed", other._shadowed if other._shadow else weakref.ref(other))
        put(self, "_kept", other)
        put(self, "_generation", other._generation)
        put(self, "_pid", other._pid)

    @property
    def _tracemalloc_source(self) -> object:
        return self._term_lock

    @property
    def _abandoned(self) -> bool:
        """Whether to leave it alone: a parent process's, or the interpreter ends."""
        return self._generation != lib.zq_generation() or exiting()

    def set(self, option: int, optval: int) -> None:
        """Set a context option.

        :param option: a :class:`zmq.ContextOption`.
        :param optval: an int.
        :raises ZMQError: EINVAL, for an unknown option or an unfit value.
        :raises RuntimeError: when the context has been terminated.
        """
        number = int_argument("option", option)
        name = _option_name(number)
        value = int_argument(f"context option {name}", optval)
        rc = call_usable(self, _check_for_options, lib.zq_context_set, number, value)
        if rc < 0:
            fail(-rc, f"context option {name}={value}")

    def get(self, option: int) -> int:
        """Return the value of a context option, an int.

        :param option: a :class:`zmq.ContextOption`.
        :raises ZMQError: EINVAL, for an unknown option.
        :raises RuntimeError: when the context has been terminated.
        """
        number = int_argument("option", option)
        value = ffi.new("int *")
        rc = call_usable(self, _check_for_options, lib.zq_context_get, number, value)
        if rc < 0:
            fail(-rc, f"context option {_option_name(number)}")
        return int(value[0])

    def shutdown(self) -> None:
        """Wake all who wait on one of the sockets, with :class:`zmq.ContextTerminated`.

        Nothing can be done with the sockets from then on but close them. The context
        is yet to be terminated. Of a shadow nothing happens: only the original ends.
        """
        if self._shadow or self._generation != lib.zq_generation():
            return
        # Who terminates it wakes them as well.
        if not self.closed and not self._shared.ending:
            object.__setattr__(self, "_destroyed", True)
            lib.zq_context_shutdown(self._shared)

    def term(self) -> None:
        """Wait until all sockets are closed and what they sent has left; then end.

        Whoever waits on one of the sockets gets :class:`zmq.ContextTerminated`. See
        ``LINGER`` for how long messages are kept.
        """
        put = object.__setattr__
        if self._shadow and self._shadowed is None and self._handle:
            # Other code's, by its address: that it is none should come out some time.
            value = ffi.new("int *")
            if lib.zq_context_get(self._shared, _IO_THREADS, value) == -EFAULT:
                put(self, "_handle", None)
                fail(EFAULT, "there is no context at the address to shadow")
        if self._shadow or self._generation != lib.zq_generation():
            put(self, "_handle", None)
        if self.closed:
            return
        # A signal handler may interrupt who was just about to close the last of them.
        for h in list(closing_handles):
            h.close_if_last()
        # libzmq frees the context for the first thread under the feet of a second one.
        with self._term_lock:
            # A signal handler may terminate it while this thread does: hence no else.
            if not self.closed:
                if not COUNTS_REFERENCES:
                    _collect_dropped(self)
                monitor.await_late(self)
            try:
                if not self.closed:
                    # First, as a socket that is collected from now on is not kept then.
                    self._shared.ending = 1
                    let_all_go(self, None)
                while not self.closed and not self._ended():
                    pass
            finally:
                lib.zq_context_resume(self._shared)

    def _ended(self) -> bool:
        """Terminate once; whether that is done, or a signal came first."""
        handle = self._handle
        rc = lib.zq_context_end(self._shared)
        if interrupted(rc):
            return False
        if rc < 0:
            fail(-rc)
        object.__setattr__(self, "_handle", None)
        _forget(handle)
        return True

    def _sockets_to_destroy(self, linger: int | None = None) -> list[Any]:
        """Return the open sockets; close those whose objects are being collected."""
        found: list[Any] = []
        value = None if linger is None else linger_argument(linger)
        object.__setattr__(self, "_destroyed", True)
        let_all_go(self, value)
        for h in list(open_handles.values()):
            if not goes_down_with(h, self):
                continue
            owner = h.owner()
            if owner is not None:
                found.append(owner)
                continue
            if value is not None:
                h.set_linger(value)
            h.close()
        return found

    def _sockets_left(self) -> list[Any]:
        """Return what keeps the context from ending, see leftovers.py."""
        return leftovers.sockets_left(self)

    @property
    def _ends(self) -> bool:
        """Whether it has begun to end, itself or what it shadows."""
        original = self if self._shadowed is None else self._shadowed()
        return (
            self._destroyed
            or original is None
            or original._destroyed
            or original._shared.ending
            or original.closed
        )

    @property
    def _socket_count(self) -> int:
        return sum(h.context is self for h in list(open_handles.values()))


def release(ctx: Context) -> None:
    """End the context of an object that is being collected."""
    shared = ctx._shared
    if shared is None or not shared.ptr or ctx._shadow or ctx._abandoned:
        return
    handle = shared.ptr
    lib.zq_context_shutdown(shared)
    if _count(open_handles.values(), handle):  # for these it would wait for ever
        lib.zq_context_forget(shared)
    else:
        while lib.zq_context_end(shared) == -EINTR:
            pass
    object.__setattr__(ctx, "_handle", None)
    _forget(handle)


def _forget(handle: Any) -> None:
    """No longer know a context that has ended: another one may have its address."""
    address = int(ffi.cast("uintptr_t", handle))
    with _contexts_guard:
        known = open_contexts.get(address)
        ctx = None if known is None else known()
        if ctx is None or ctx.closed:
            open_contexts.pop(address, None)


def _count(handles: Iterable[Handle], context_handle: Any) -> int:
    """Return how many sockets of a libzmq context are among these."""
    return sum(
        h.context is not None and h.context._handle == context_handle
        for h in list(handles)
    )


def _collect_dropped(ctx: Context) -> None:
    """Have the garbage collector close the sockets that nobody refers to any more.

    Where references are counted they are closed by now. libzmq would wait for them,
    and as long as all threads wait, nothing is collected.
    """

    def left() -> int:
        handle = ctx._handle
        return _count(open_handles.values(), handle) + _count(closing_handles, handle)

    before = left()
    while before:
        gc.collect()
        after = left()
        if after >= before:
            break
        before = after


def usable_context(ctx: Context) -> None:
    """Raise what says why a context cannot be used; return when it can."""
    if ctx.closed:
        fail(EFAULT, "the context has been terminated")
    if ctx._shared.ending:
        fail(ETERM)
    if ctx._generation != lib.zq_generation():
        raise_forked("Context", ctx._pid)


def call_usable(
    ctx: Context, check: Callable[[Context], object], call: Any, *arguments: Any
) -> int:
    """Call a function of the C part with a context, and return what it returns.

    :param check: raises when the context cannot be used.
    """
    while True:
        check(ctx)
        rc: int = call(ctx._shared, *arguments)
        if rc != UNUSABLE:  # or another thread has ended it after the check
            return rc


def _check_for_options(ctx: Context) -> None:
    # Programs expect another kind of error there.
    if ctx.closed:
        raise RuntimeError("Context has been destroyed")
    usable_context(ctx)


def _option_name(option: int) -> str:
    try:
        return constants.ContextOption(option).name
    except ValueError:
        return str(option)
