# Buffers lent to libzmq: see native/lease.h for how they come back.

@cython.final
@cython.internal
cdef class _Loan:
    """Read-only memory that libzmq refers to, once or several times."""
    cdef bytes data            # the bytes object it is, when it is one as a whole
    cdef Py_ssize_t count


# The read-only memory that libzmq refers to just now, by address. A message received in
# this process may point there: then it must not be written to, and when it is a bytes
# object already, its bytes need no copying.
cdef dict _loans = {}


@cython.final
cdef class Lease:
    """A Python buffer lent to libzmq, and the event of its return."""
    cdef object __weakref__
    cdef zq_lease record
    cdef Py_buffer view
    cdef _Loan loan

    def is_set(self):
        """Whether libzmq has given the buffer back."""
        _drain_returned()
        return zq_lease_is_done(&self.record)

    def wait(self, timeout=None):
        """Wait until libzmq has given the buffer back.

        :param timeout: seconds; None waits for ever.
        :returns: whether it came back in time.
        """
        cdef int64_t deadline = ZQ_FOREVER
        if timeout is not None:
            deadline = zq_now_ns() + <int64_t>(max(0.0, min(timeout, 1e9)) * 1e9)
        _wait_for_lease(self, deadline)
        return self.is_set()


cdef int _wait_for_lease(Lease lease, int64_t deadline) except -1:
    cdef int rc
    while True:
        # A signal that arrived just before the wait would not be seen until it ends.
        PyErr_CheckSignals()
        with nogil:
            rc = zq_lease_wait(&lease.record, deadline)
        if rc >= 0:
            return 0
        if rc != -EINTR:
            raise OSError(-rc, "nothing left to wait with")


# How many buffers libzmq has, or has given back to be let go of.
cdef long long _n_lent = 0


def buffers_lent():
    """Return how many buffers, sent without a copy, libzmq has not given back yet."""
    _drain_returned()
    return zq_atomic_add_llong(&_n_lent, 0)


cdef Lease _lend(zmq_msg_t *m, object data):
    """Make a message that refers to the memory of `data`, which must be contiguous."""
    cdef Lease lease = Lease.__new__(Lease)
    cdef zq_section section
    PyObject_GetBuffer(data, &lease.view, PyBUF_ANY_CONTIGUOUS)
    lease.record.owner = <void *>lease
    if zq_lease_lend(m, lease.view.buf, lease.view.len, &lease.record) < 0:
        PyBuffer_Release(&lease.view)
        _raise(last_errno())
    Py_INCREF(lease)  # given back by the drain
    zq_atomic_add_llong(&_n_lent, 1)
    if lease.view.readonly and lease.view.len:
        zq_enter(&section, <void *>_loans_guard)
        try:
            _note_loan(lease, data)
        finally:
            zq_leave(&section)
    return lease


cdef int _note_loan(Lease lease, object data) except -1:
    cdef _Loan loan
    key = <uint64_t>lease.view.buf
    loan = <_Loan>zq_dict_item(_loans, key)
    if loan is None:
        loan = _Loan.__new__(_Loan)
        _loans[key] = loan
    if PyBytes_CheckExact(data):
        loan.data = data
    loan.count += 1
    lease.loan = loan
    return 0


cdef int _forget_loan(Lease lease) except -1:
    lease.loan.count -= 1
    if lease.loan.count == 0:
        del _loans[<uint64_t>lease.view.buf]
    lease.loan = None
    return 0


cdef object _lent_bytes(zmq_msg_t *m):
    """The bytes object that a message refers to as a whole, or None."""
    cdef zq_section section
    zq_enter(&section, <void *>_loans_guard)
    try:
        return _lent_bytes_inside(m)
    finally:
        zq_leave(&section)


cdef object _lent_bytes_inside(zmq_msg_t *m):
    cdef _Loan loan = <_Loan>zq_dict_item(_loans, <uint64_t>zmq_msg_data(m))
    if (
        loan is None or loan.data is None
        or PyBytes_GET_SIZE(loan.data) != <Py_ssize_t>zmq_msg_size(m)
    ):
        return None
    return loan.data


cdef bint _is_lent(zmq_msg_t *m):
    """Whether a message refers to read-only memory of this process."""
    return len(_loans) > 0 and <uint64_t>zmq_msg_data(m) in _loans


cdef int _drain_returned() except -1:
    """Let go of every buffer that libzmq has given back."""
    cdef zq_lease *record
    cdef zq_lease *following
    cdef zq_section section
    cdef Lease lease
    if not zq_leases_any():
        return 0
    record = zq_leases_take()
    while record != NULL:
        following = record.next
        lease = <Lease>record.owner
        if lease.loan is not None:
            zq_enter(&section, <void *>_loans_guard)
            try:
                _forget_loan(lease)
            finally:
                zq_leave(&section)
        zq_atomic_add_llong(&_n_lent, -1)
        PyBuffer_Release(&lease.view)
        Py_DECREF(lease)
        record = following
    return 0


cdef inline int _drop(zmq_msg_t *m) except -1:
    """Close a message that may refer to the memory of a Python object."""
    zq_lease_close(m)
    if zq_leases_any() and not zq_exiting:
        _drain_returned()
    return 0


# The interpreter calls it, as section.h asks for.
cdef int _drain_pending "zq_let_go_soon"(void *_) noexcept with gil:
    _drain_returned()
    return 0


zq_leases_ask_by(&zq_ask_outside)
