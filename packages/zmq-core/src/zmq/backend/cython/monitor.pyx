# Monitors: sockets that receive what happens to another one.

# libzmq blocks for ever on an event that nobody is there to receive, and with it the
# thread that closes sockets. So a socket that receives the events of another one stays
# until the last of these, MONITOR_STOPPED, has come.

cdef enum:
    MONITOR_PATIENCE = 1000000000   # ns that a context waits for late events as it ends


cdef int _stop_monitored(_Handle h) except -1:
    """End the monitor that a socket receives, before that is closed."""
    cdef _Handle monitored = h.monitored
    cdef zq_section section
    zq_enter(&section, <void *>monitored)
    try:
        _await_unlocked(monitored)
        if (
            not monitored.closed and monitored.busy is None
            and monitored.monitor is not None
            and monitored.generation == zq_fork_generation
        ):
            _monitor(monitored, None, 0)
    finally:
        zq_leave(&section)
    return 0


cdef int _monitor(_Handle h, bytes address, int events) except -1:
    """Start, or stop, monitoring; returns 0, or libzmq's error code."""
    cdef const char *c_address = NULL
    cdef void *audience = NULL
    cdef int linger = 0, rc
    if address is not None:
        c_address = address
    if h.monitor is not None and h.context is not None:
        # Ending a monitor sends a last event. When whoever listened has gone, libzmq
        # would wait for the next listener: this one.
        audience = zmq_socket(_handle_of(h.context), ZMQ_PAIR)
        if audience != NULL:
            zmq_setsockopt(audience, ZMQ_LINGER, &linger, sizeof(linger))
            while zmq_connect(audience, h.monitor) < 0 and last_errno() == EINTR:
                pass
    while True:
        rc = zmq_socket_monitor(h.ptr, c_address, events)
        if rc == 0:
            break
        rc = last_errno()
        if rc != EINTR:
            break
    if audience != NULL:
        zmq_close(audience)
    h.monitor = address if rc == 0 else None
    return rc


cdef bint _has_stopped(void *monitor):
    """Read events away; whether no more can come, as their sender has gone."""
    cdef zmq_msg_t m
    cdef int events = 0
    cdef size_t size = sizeof(int)
    # The sender is a PAIR of libzmq's own, which goes when it has sent the last event.
    # MONITOR_STOPPED itself may not have been asked for, or have been read before.
    zmq_msg_init(&m)
    while zmq_msg_recv(&m, monitor, ZMQ_DONTWAIT) >= 0:
        pass
    zmq_msg_close(&m)
    if zmq_getsockopt(monitor, ZMQ_EVENTS, &events, &size) < 0:
        return last_errno() != EINTR
    return not events & (ZMQ_POLLIN | ZMQ_POLLOUT)


cdef int _close_late_monitors(Context ctx, bint all_of_them) except -1:
    """Close those whose last event has come."""
    cdef size_t address
    cdef list looked_at = ctx._late_monitors
    cdef list kept = []
    # Without a GIL, two threads would close the same one.
    with ctx._late_lock:
        while looked_at:
            # Taken out first: the garbage collector may run, and come here by itself.
            address = looked_at.pop()
            if all_of_them or _has_stopped(<void *>address):
                zmq_close(<void *>address)
            else:
                kept.append(address)
        looked_at.extend(kept)
    return 0


cdef int _close_monitor(Context ctx, void *monitor) except -1:
    """Close a socket that receives events, now or when its last event has come."""
    # In one step: a context that ends looks through the late ones after it has said so.
    with ctx._late_lock:
        # In a context that ends nobody looks after late ones; but there nothing blocks.
        if _is_ending(ctx) or _has_stopped(monitor):
            zmq_close(monitor)
        else:
            ctx._late_monitors.append(<size_t>monitor)
    return 0


cdef int _await_late_monitors(Context ctx) except -1:
    """Before a context ends: give the sockets being closed time for their last event."""
    cdef int64_t deadline = zq_now_ns() + MONITOR_PATIENCE
    _close_late_monitors(ctx, False)
    while ctx._late_monitors and zq_now_ns() < deadline:
        PyErr_CheckSignals()
        if ctx._generation != zq_fork_generation:
            return 0  # in a child that a signal handler has forked
        with nogil:
            zq_poll_until(NULL, 0, zq_now_ns() + 1000000)
        _close_late_monitors(ctx, False)
    return _close_late_monitors(ctx, True)
