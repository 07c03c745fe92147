# The ways into a socket that most calls take: send(bytes), recv(), and their multipart
# forms, with no other argument.
#
# Python calls a C method directly only where it belongs to the object's very class, and
# not to a base of it. So zmq.Socket gets methods of its own. They have nothing to parse
# in the common case, and hand everything else to the methods that they stand before.

cdef extern from *:
    ctypedef struct PyMethodDef:
        const char *ml_name
        void *ml_meth
        int ml_flags
        const char *ml_doc

    ctypedef struct PyMethodDescrObject:
        PyMethodDef *d_method

    ctypedef struct PyTypeObject:
        pass

    object PyDescr_NewMethod(PyTypeObject *cls, PyMethodDef *method)
    int METH_FASTCALL
    int METH_KEYWORDS

ctypedef object (*Entry)(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
)

cdef enum:
    ENTRY_SEND
    ENTRY_RECV
    ENTRY_SEND_MULTIPART
    ENTRY_RECV_MULTIPART
    ENTRIES

# What descriptors refer to for ever, and the methods behind.
cdef PyMethodDef _entries[ENTRIES]
cdef Entry _behind[ENTRIES]


cdef object _enter_send(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    cdef bint blocked = False
    if n != 1 or names != NULL:
        return _behind[ENTRY_SEND](self, args, n, names)
    if _send_small_entered(<PyObject *>(<Socket>self)._h, args[0]):
        return None
    _send_one(<Socket>self, <object>args[0], 0, True, False, None, None, &blocked)
    if blocked:
        _raise_again(<Socket>self, 0, True)
    return None


cdef object _enter_recv(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    cdef PyObject *h = <PyObject *>(<Socket>self)._h
    cdef zq_section section
    if n or names != NULL:
        return _behind[ENTRY_RECV](self, args, n, names)
    zq_enter(&section, h)
    try:
        if not zq_leases_any() and _is_free(h) and (<_Handle>h).returned is None:
            result = _recv_bytes(h)
        else:
            result = _recv_one_inside(<Socket>self, 0, True, False)
    finally:
        zq_leave(&section)
    if result is None:
        _raise_again(<Socket>self, 0, False)
    return result


cdef object _enter_send_multipart(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    cdef bint blocked = False
    if n != 1 or names != NULL:
        return _behind[ENTRY_SEND_MULTIPART](self, args, n, names)
    _send_frames(
        <Socket>self, <object>args[0], 0, True, False, None, None, &blocked
    )
    if blocked:
        _raise_again(<Socket>self, 0, True)
    return None


cdef object _enter_recv_multipart(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    if n or names != NULL:
        return _behind[ENTRY_RECV_MULTIPART](self, args, n, names)
    result = _recv_frames(<Socket>self, 0, True, False)
    if result is None:
        _raise_again(<Socket>self, 0, False)
    return result


cdef int _make_entry(object cls, int which, str name, Entry entry) except -1:
    cdef PyMethodDef *behind = (<PyMethodDescrObject *>Socket.__dict__[name]).d_method
    if behind.ml_flags != METH_FASTCALL | METH_KEYWORDS:
        return 0  # made with another calling convention: slower, but no less right
    _behind[which] = <Entry>behind.ml_meth
    _entries[which] = behind[0]
    _entries[which].ml_meth = <void *>entry
    setattr(cls, name, PyDescr_NewMethod(<PyTypeObject *>cls, &_entries[which]))
    return 0


cdef int _give_entries(object cls) except -1:
    _make_entry(cls, ENTRY_SEND, "send", _enter_send)
    _make_entry(cls, ENTRY_RECV, "recv", _enter_recv)
    _make_entry(cls, ENTRY_SEND_MULTIPART, "send_multipart", _enter_send_multipart)
    _make_entry(cls, ENTRY_RECV_MULTIPART, "recv_multipart", _enter_recv_multipart)
    return 0
