# Turning libzmq's error codes into exceptions.

_Again = _error.Again
_error_for = _error.error_for

# What to do about a state error, which libzmq reports without a word of why.
_STATE_HINTS = {
    (ZMQ_REQ, "send"): "a REQ socket must recv() the reply before it sends again",
    (ZMQ_REQ, "recv"): "a REQ socket must send() a request before it can recv()",
    (ZMQ_REP, "send"): "a REP socket must recv() a request before it can send()",
    (ZMQ_REP, "recv"): "a REP socket must send() its reply before it receives again",
}

_LOST_PLACE = (
    "the server went away just as a request began; with REQ_CORRELATE the socket cannot"
    " go on from there: close it, and make another"
)


cdef int _int_argument(str name, object value) except? -1:
    """Convert an argument to a C int; the error, if any, names it."""
    if not isinstance(value, int):
        value = _arguments.integer(name, value)
    try:
        return value
    except OverflowError:
        raise OverflowError(f"{name}={value} does not fit a C int") from None


cdef int _linger_argument(object linger) except? -1:
    """Convert a time in ms to a C int; a fraction of a ms is left out."""
    if not isinstance(linger, int):
        linger = _arguments.whole_milliseconds("linger", linger)
    return _int_argument("linger", linger)


cdef double _ms_argument(object timeout) except? -2.0:
    """Convert a timeout in ms; None, like every negative number, waits for ever."""
    if timeout is None:
        return -1.0
    if not isinstance(timeout, (int, float)):
        if not _arguments.is_number(timeout):
            raise TypeError(f"timeout must be a number of ms, or None, got {timeout!r}")
        timeout = float(timeout)
    if timeout != timeout:
        raise ValueError("timeout must be a number of ms, or None, got nan")
    return max(-1.0, timeout)


cdef str _strerror(int err):
    return zmq_strerror(err).decode("utf-8", "replace")


cdef int _raise_again(Socket s, int flags, bint sending) except -1:
    raise _again(s, flags, sending)


cdef object _again(Socket s, int flags, bint sending):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _again_inside(<_Handle>s._h, flags, sending)
    finally:
        zq_leave(&section)


cdef object _again_inside(_Handle h, int flags, bint sending):
    """The Again of an operation that would have to wait, or has waited too long."""
    cdef int timeout = -1
    cdef size_t size = sizeof(int)
    cdef int option = ZMQ_SNDTIMEO if sending else ZMQ_RCVTIMEO
    error = _Again(EAGAIN)
    zq_count(h.sender.stats, ZQ_SENDS_REFUSED if sending else ZQ_RECEIVES_REFUSED, 1)
    if not flags & ZMQ_DONTWAIT and not h.closed:
        zmq_getsockopt(h.ptr, option, &timeout, &size)
    if sending and h.sender.on_full == ZQ_FULL_RAISE:
        timeout = -2
    # It is not read, for most of the time: strerror makes words of it.
    address = h.address
    if address is None:
        address = "used by other code, too" if h.foreign else ""
    error._refusal = (h.type, address, sending, timeout, h.has_queues)
    return error


cdef int _raise(int err, str message=None) except -1:
    """Raise the exception class that belongs to an error code."""
    if err == EAGAIN and message is None:
        raise _Again(EAGAIN)
    raise _error_for(err, message)


cdef int _raise_with(int err, str detail) except -1:
    raise _error_for(err, f"{_strerror(err)} ({detail})")


# What the handler of a signal raises in the middle of an operation is no error of that,
# even where it is a ZMQError.

cdef extern from *:
    """
    #include "native/atomics.h"
    static ZQ_THREAD_LOCAL int zq_raised_by_handler = 0;
    """
    bint zq_raised_by_handler


cdef int _run_handlers() except -1:
    """Run the handlers of signals that have come; note it when one of them raises."""
    global zq_raised_by_handler
    try:
        PyErr_CheckSignals()
    except:
        zq_raised_by_handler = True
        raise
    return 0


cdef inline void _forget_handlers() noexcept:
    """To be called before what raises something whose origin counts."""
    global zq_raised_by_handler
    zq_raised_by_handler = False
