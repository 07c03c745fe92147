"""Receiving."""

# One backend in several files.
# pyright: reportPrivateUsage=false

from __future__ import annotations

from zmq.backend.cffi._native import ffi, lib
from zmq.backend.cffi.caught import AS_MESSAGE, Receipt, borrow_catch, fill, rescue
from zmq.backend.cffi.caught import give_back_catch as give_back_catch
from zmq.backend.cffi.errors import (
    DONTWAIT,
    EAGAIN,
    is_of_handler,
    size_argument,
)
from zmq.backend.cffi.frame import Frame
from zmq.backend.cffi.handle import PUT_BACK, TELL_FIRST
from zmq.backend.cffi.returned import Source, as_asked
from zmq.error import ZMQError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq.backend.cffi.handle import Handle

WAITS: int = lib.ZQ_WAITS
take = lib.zq_take
take_all = lib.zq_take_all


def how_to(flags: int, copy: bool) -> int:
    """Return how a catch is to be filled."""
    waits = 0 if flags & DONTWAIT else WAITS
    return waits if copy else waits | AS_MESSAGE


def _until_caught(h: Handle, c: Any, rc: int, taker: Any, how: int) -> int:
    """Try again until something is caught, was put back, or the time is over.

    :param rc: the result of the first attempt.
    """
    while rc < 0 and rc != PUT_BACK:
        if rc == TELL_FIRST:
            h.tell_watchers()
        elif rc == -EAGAIN:
            if h.watchers:
                h.tell_watchers()
            return rc
        else:
            h.failed(rc, "recv")
        rc = taker(h.box, c, how)
    return rc


def go_on(
    h: Handle, r: Receipt, rc: int, taker: Any, how: int, copy: bool, track: bool
) -> bool:
    """Receive a frame, or a message, after a first attempt; whether there was one.

    :param rc: the result of that attempt.
    :param taker: `take` for a frame, `take_all` for a message.
    :param r: gets the frames, as they are to be returned.
    """
    c = r.catch
    while True:
        rc = _until_caught(h, c, rc, taker, how)
        if rc >= 0:
            tell = c.tell
            fill(r.frames, c, copy, track)
            r.catch = None
            give_back_catch(c)
            if tell:
                h.tell_watchers()
            return True
        if rc == -EAGAIN:
            r.catch = None
            give_back_catch(c)
            return False
        r.source = Source(taker is take_all)
        frames = r.source.take(h)
        if frames:
            as_asked(frames, copy, track, bool(h.partial), r.frames)
            r.catch = None
            give_back_catch(c)
            return True
        r.source = None
        rc = taker(h.box, c, how)


def begin(
    h: Handle, r: Receipt, flags: int, taker: Any, copy: bool, track: bool
) -> bool:
    """Receive a frame, or a message; whether there was one."""
    h.unusable()
    h.order = h.orders = None
    how = how_to(flags, copy)
    return go_on(h, r, taker(h.box, r.catch, how), taker, how, copy, track)


def recv_now(h: Handle) -> Any:
    """Return the next frame as bytes, None if there is none."""
    r = Receipt(borrow_catch())
    try:
        return r.frames[0] if begin(h, r, DONTWAIT, take, True, False) else None
    except BaseException:
        rescue(h, r)
        raise


# Into memory of the caller's.


def recv_into(h: Handle, r: Receipt, buffer: Any, nbytes: Any, flags: int) -> bool:
    """Receive one frame into memory; whether there was one."""
    h.unusable()
    most = size_argument(nbytes)
    if most < 0:
        raise ValueError(f"nbytes={nbytes} must not be negative")
    # PyPy lets go of the buffer no sooner than the view is released.
    with _writable(buffer) as view:
        if most > view.nbytes:
            raise ValueError(f"nbytes={nbytes} is more than the buffer's {view.nbytes}")
        h.order = h.orders = None
        how = how_to(flags, True)
        # As bytes what is small, and else as a Frame: it may have to go back.
        if not go_on(h, r, take(h.box, r.catch, how), take, how, False, False):
            return False
        received = r.frames[0]
        size = min(len(received), most or view.nbytes)
        if size:
            source = received.buffer if isinstance(received, Frame) else received
            _write(view, source, size)
    return True


def _writable(buffer: Any) -> memoryview:
    if isinstance(buffer, Frame):
        view = buffer.buffer
    else:
        try:
            view = memoryview(buffer)
        except TypeError:
            raise TypeError(
                f"a bytes-like object is required, not {type(buffer).__name__!r}"
            ) from None
    if view.readonly:
        raise BufferError("Object is not writable.")
    if not view.contiguous:
        raise BufferError("the buffer is not contiguous")
    return view


def _write(view: memoryview, source: Any, size: int) -> None:
    if view.ndim == 1 and view.itemsize == 1 and view.format in ("B", "b", "c"):
        with view.cast("B") as flat:
            flat[:size] = source[:size]
        return
    with ffi.from_buffer(view if view.c_contiguous else view.obj) as target:
        ffi.memmove(target, source, size)


# Many messages in one call.


def recv_burst(
    h: Handle,
    most: int,
    flags: int,
    copy: bool,
    messages: list[list[Any]],
    orders: list[int | None],
) -> None:
    """Receive what is there, waiting for the first; into `messages`.

    :param orders: gets the number of each that had been put back with one, or None.
    """
    within = 0
    while len(messages) < most:
        r = Receipt(borrow_catch())
        try:
            if not begin(h, r, flags, take_all, copy, False):
                break
            within = h.box.within if not messages else within
            messages.append(r.frames)
            orders.append(h.order)
        except ZMQError as error:
            rescue(h, r)
            if not messages or is_of_handler(error):
                raise
            break  # the next call meets it again; these have been received
        except BaseException:
            if not messages or messages[-1] is not r.frames:
                rescue(h, r)
            raise
        flags |= DONTWAIT
    numbered = any(order is not None for order in orders)
    h.order, h.orders = None, orders if numbered else None
    h.box.within = within


def rescue_burst(
    h: Handle | None, messages: list[list[Any]], orders: list[int | None]
) -> None:
    """Put messages back that an exception has kept from being returned."""
    while messages and h is not None and not h.closed and not h.box.busy:
        n = len(messages)
        h.put_back(messages.pop(), orders[n - 1] if n <= len(orders) else None)
