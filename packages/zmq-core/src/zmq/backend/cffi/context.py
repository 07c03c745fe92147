"""Contexts."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

import gc
import os
import sys
import weakref
from _thread import RLock

from zmq import constants
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
from zmq.backend.cffi.handle import closing_handles, open_handles
from zmq.backend.cffi.lease import exiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend.cffi.handle import Handle

_IO_THREADS = int(constants.ContextOption.IO_THREADS)
_COUNTS_REFERENCES = sys.implementation.name == "cpython"

# The contexts made here, as weak references by address, so that whatever shadows one of
# them knows when it ends.
_open_contexts: dict[int, Any] = {}


class Context:
    """A context: what :class:`zmq.Context` is made of.

    :param io_threads: number of I/O threads of libzmq.
    :param shadow: the address of a libzmq context to use instead of a new one.
    """

    _handle: Any = None
    _shadow: bool = False
    _shadowed: Any = None  # weak reference to the context whose handle this one borrows
    _kept: Any = None
    _terminating: bool = False
    _destroyed: bool = False  # its sockets are being closed, for it to end
    _lingering: Any = None  # see leftovers.py
    _generation: int = -1
    _pid: int = 0
    _late_monitors: Any = None
    _late_lock: Any = None  # held by who looks through these
    _term_lock: Any = None

    def __init__(self, io_threads: int = 1, shadow: int = 0) -> None:
        threads = int_argument("io_threads", io_threads)
        if self._handle:
            return
        put = object.__setattr__
        put(self, "_term_lock", RLock())
        put(self, "_late_monitors", [])
        put(self, "_late_lock", RLock())
        put(self, "_lingering", [])
        put(self, "_generation", lib.zq_generation())
        put(self, "_pid", os.getpid())
        if shadow:
            put(self, "_handle", ffi.cast("void *", shadow))
            put(self, "_shadow", True)
            put(self, "_shadowed", _open_contexts.get(shadow))
            return
        handle = lib.zmq_ctx_new()
        if not handle:
            fail(lib.zmq_errno())
        if lib.zmq_ctx_set(handle, _IO_THREADS, threads) < 0:
            lib.zq_end_context(handle, lib.zq_generation())
            fail(EINVAL, f"io_threads={io_threads}")
        put(self, "_handle", handle)
        _open_contexts[int(ffi.cast("uintptr_t", handle))] = weakref.ref(self)

    def __del__(self) -> None:
        release(self)

    def __reduce__(self) -> Any:
        """Refuse to be pickled."""
        raise TypeError(f"cannot pickle {type(self).__name__!r} object")

    @property
    def underlying(self) -> int:
        """The address of the libzmq context, as an int; 0 when terminated."""
        return 0 if self.closed else int(ffi.cast("uintptr_t", usable_context(self)))

    @property
    def closed(self) -> bool:
        """Whether the context has been terminated."""
        if not self._handle:
            return True
        if self._shadowed is None:
            return False
        original = self._shadowed()
        return original is None or original.closed

    def _shadow_of(self, other: Context) -> None:
        """Become another object for the libzmq context of `other`."""
        put = object.__setattr__
        put(self, "_handle", usable_context(other))
        put(self, "_late_monitors", other._late_monitors)
        put(self, "_late_lock", other._late_lock)
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
        if lib.zmq_ctx_set(_for_options(self), number, value) < 0:
            fail(lib.zmq_errno(), f"context option {name}={value}")

    def get(self, option: int) -> int:
        """Return the value of a context option, an int.

        :param option: a :class:`zmq.ContextOption`.
        :raises ZMQError: EINVAL, for an unknown option.
        :raises RuntimeError: when the context has been terminated.
        """
        number = int_argument("option", option)
        handle = _for_options(self)
        ffi.errno = 0
        value = lib.zmq_ctx_get(handle, number)
        if value < 0 and ffi.errno != 0:  # some values are negative themselves
            fail(ffi.errno, f"context option {_option_name(number)}")
        return int(value)

    def shutdown(self) -> None:
        """Wake all who wait on one of the sockets, with :class:`zmq.ContextTerminated`.

        Nothing can be done with the sockets from then on but close them. The context
        is yet to be terminated. Of a shadow nothing happens: only the original ends.
        """
        if self._shadow or self._generation != lib.zq_generation():
            return
        # Who holds it is in term(), which has the same effect, and frees the context.
        if not self._term_lock.acquire(blocking=False):
            return
        try:
            if self._handle:
                object.__setattr__(self, "_destroyed", True)
                lib.zmq_ctx_shutdown(self._handle)
        finally:
            self._term_lock.release()

    def term(self) -> None:
        """Wait until all sockets are closed and what they sent has left; then end.

        Whoever waits on one of the sockets gets :class:`zmq.ContextTerminated`. See
        ``LINGER`` for how long messages are kept.
        """
        put = object.__setattr__
        if self._shadow and self._shadowed is None and self._handle:
            # Other code's, by its address: that it is none should come out some time.
            found = lib.zmq_ctx_get(self._handle, _IO_THREADS)
            if found < 0 and lib.zmq_errno() == EFAULT:
                put(self, "_handle", None)
                fail(EFAULT, "there is no context at the address to shadow")
        if self._shadow or self._generation != lib.zq_generation():
            put(self, "_handle", None)
        if not self._handle:
            return
        # A signal handler may interrupt who was just about to close the last of them.
        for h in list(closing_handles.values()):
            h.close_if_last()
        # libzmq frees the context for the first thread under the feet of a second one.
        with self._term_lock:
            # A signal handler may terminate it while this thread does: hence no else.
            if self._handle:
                if not _COUNTS_REFERENCES:
                    _collect_dropped(self)
                monitor.await_late(self)
            try:
                while self._handle and not self._ended():
                    pass
            finally:
                put(self, "_terminating", False)

    def _ended(self) -> bool:
        """Terminate once; whether that is done, or a signal came first."""
        object.__setattr__(self, "_terminating", True)
        handle = self._handle
        rc = lib.zq_end_context(handle, self._generation)
        if rc == -EINTR:
            return False
        if rc < 0:
            fail(-rc)
        object.__setattr__(self, "_handle", None)
        _open_contexts.pop(int(ffi.cast("uintptr_t", handle)), None)
        return True

    def _sockets_to_destroy(self, linger: int | None = None) -> list[Any]:
        """Return the open sockets; close those whose objects are being collected."""
        found: list[Any] = []
        object.__setattr__(self, "_destroyed", True)
        for h in list(open_handles.values()):
            if h.context is None or not (
                h.context is self
                or (not self._shadow and h.context._handle == self._handle)
            ):
                continue
            owner = h.owner()
            if owner is not None:
                found.append(owner)
                continue
            if linger is not None:
                h.set_linger(linger_argument(linger))
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
            or original._terminating
            or not original._handle
        )

    @property
    def _socket_count(self) -> int:
        return sum(h.context is self for h in list(open_handles.values()))


def release(ctx: Context) -> None:
    """End the context of an object that is being collected."""
    handle = ctx._handle
    if not handle or ctx._shadow or ctx._abandoned:
        return
    object.__setattr__(ctx, "_handle", None)
    _open_contexts.pop(int(ffi.cast("uintptr_t", handle)), None)
    if ctx._late_monitors:
        monitor.close_late(ctx, all_of_them=True)
    lib.zmq_ctx_shutdown(handle)
    # With sockets open it would wait for ever.
    if not _count(open_handles, handle):
        lib.zmq_ctx_term(handle)


def _count(handles: dict[int, Handle], context_handle: Any) -> int:
    """Return how many sockets of a libzmq context are among these."""
    return sum(
        h.context is not None and h.context._handle == context_handle
        for h in list(handles.values())
    )


def _collect_dropped(ctx: Context) -> None:
    """Have the garbage collector close the sockets that nobody refers to any more.

    Where references are counted they are closed by now. libzmq would wait for them,
    and as long as all threads wait, nothing is collected.
    """

    def left() -> int:
        handle = ctx._handle
        return _count(open_handles, handle) + _count(closing_handles, handle)

    before = left()
    while before:
        gc.collect()
        after = left()
        if after >= before:
            break
        before = after


def usable_context(ctx: Context) -> Any:
    """Return the libzmq context, or raise what says why it cannot be used."""
    if ctx.closed:
        fail(EFAULT, "the context has been terminated")
    original = ctx if ctx._shadowed is None else ctx._shadowed()
    if ctx._terminating or original._terminating:
        fail(ETERM)
    if ctx._generation != lib.zq_generation():
        raise_forked("Context", ctx._pid)
    handle = ctx._handle
    if not handle:  # another thread has ended it since
        fail(EFAULT, "the context has been terminated")
    return handle


def _for_options(ctx: Context) -> Any:
    # Programs expect another kind of error there.
    if ctx.closed:
        raise RuntimeError("Context has been destroyed")
    return usable_context(ctx)


def _option_name(option: int) -> str:
    try:
        return constants.ContextOption(option).name
    except ValueError:
        return str(option)
