# The content of a new frame.

cdef extern from *:
    """
    /* Whether the class of an object, or one between it and `type`, has an __init__. */
    #define zq_has_own_init(object, type) \\
        (Py_TYPE (object)->tp_init != ((PyTypeObject *) (type))->tp_init)
    """
    bint zq_has_own_init(object o, object type)


cdef int _make_content(
    Frame self, object data, object track, object copy, object copy_threshold
) except -1:
    cdef Py_ssize_t threshold
    cdef Lease lease = None
    cdef bint share
    if data is None:
        zmq_msg_init(&self.zmq_msg)
        self._initialised = True
        if track:
            self.tracker = _finished_tracker
        return 0
    if isinstance(data, str):
        raise TypeError(
            "Frame data must be bytes or another buffer, not str: encode it first"
        )
    if not _is_exposed(data):
        raise TypeError(f"a bytes-like object is required, not {type(data).__name__!r}")
    if copy is not None:
        share = not copy
    else:
        if copy_threshold is None:
            threshold = _default_threshold()
        else:
            threshold = copy_threshold
        share = _buffer_size(data) >= threshold
    if share:
        lease = _lend(&self.zmq_msg, data)
        self._readonly = lease.view.readonly
    else:
        _init_copy(&self.zmq_msg, data)
    self._initialised = True
    if PyBytes_CheckExact(data):
        self._bytes = data
    if track:
        if lease is None:
            self.tracker = _finished_tracker
        else:
            self.tracker_event = lease
            self.tracker = _MessageTracker(lease)
    self._data = data if share else None
    return 0
