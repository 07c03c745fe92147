# The calls that most programs make: send(bytes), recv(), and their multipart forms, with
# no other argument.
#
# Python calls a C method directly only where it belongs to the object's very class, and
# not to a base of it: that is worth 10 % of a small send. So zmq.Socket gets methods of
# its own, which have nothing to parse in the common case and hand everything else to the
# inherited methods that they stand for.

cdef extern from "Python.h":
    ctypedef struct PyMethodDef:
        const char *ml_name
        void *ml_meth
        int ml_flags
        const char *ml_doc

    ctypedef struct PyMethodDescrObject:
        PyMethodDef *d_method

    ctypedef struct PyTypeObject:
        pass

    PyTypeObject PyMethodDescr_Type
    bint PyObject_TypeCheck(object o, PyTypeObject *cls)
    object PyDescr_NewMethod(PyTypeObject *cls, PyMethodDef *method)
    int METH_FASTCALL
    int METH_KEYWORDS

ctypedef object (*FastMethod)(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
)

cdef enum:
    FAST_SEND
    FAST_RECV
    FAST_SEND_MULTIPART
    FAST_RECV_MULTIPART
    FAST_METHODS

# What the descriptors refer to for ever, and the methods that are stood for.
cdef PyMethodDef _definitions[FAST_METHODS]
cdef FastMethod _inherited[FAST_METHODS]


cdef object _fast_send(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    cdef bint blocked = False
    if n != 1 or names != NULL:
        return _inherited[FAST_SEND](self, args, n, names)
    if _send_small_entered(<PyObject *>(<Socket>self)._h, args[0]):
        return None
    _send_one(<Socket>self, <object>args[0], 0, True, False, None, None, &blocked)
    if blocked:
        _raise_again(<Socket>self, 0, True)
    return None


cdef object _fast_recv(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    cdef PyObject *h = <PyObject *>(<Socket>self)._h
    cdef zq_section section
    if n or names != NULL:
        return _inherited[FAST_RECV](self, args, n, names)
    if not ZQ_HAS_GIL:
        result = _recv_at_once(h, NULL)
        if result is not None:
            return result
    zq_enter(&section, h)
    try:
        if (
            not zq_leases_any() and _is_free(h) and (<_Handle>h).returned is None
            and not (<_Handle>h).expects_wait
        ):
            if not ZQ_HAS_GIL and _was_refused(h):
                result = _recv_after_refusal(h)
            else:
                result = _recv_bytes(h)
        else:
            result = _recv_one_inside(<Socket>self, 0, True, False)
    finally:
        zq_leave(&section)
    if result is None:
        _raise_again(<Socket>self, 0, False)
    return result


cdef object _fast_send_multipart(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    cdef bint blocked = False
    if n != 1 or names != NULL:
        return _inherited[FAST_SEND_MULTIPART](self, args, n, names)
    if not ZQ_HAS_GIL and _send_frames_at_once(<PyObject *>(<Socket>self)._h, args[0]):
        return None
    _send_frames(<Socket>self, args[0], 0, True, False, None, None, &blocked)
    if blocked:
        _raise_again(<Socket>self, 0, True)
    return None


cdef object _fast_recv_multipart(
    PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names
):
    if n or names != NULL:
        return _inherited[FAST_RECV_MULTIPART](self, args, n, names)
    result = _recv_frames(<Socket>self, 0, True, False)
    if result is None:
        _raise_again(<Socket>self, 0, False)
    return result


cdef int _install_fast_method(
    object cls, int which, str name, FastMethod method
) except -1:
    cdef PyMethodDef *definition
    descriptor = Socket.__dict__[name]
    # CPython documents no way to the PyMethodDef of a method, but its struct has been
    # the same since 3.0. Where Cython has made a method of another kind, or with another
    # calling convention, the inherited one stays: slower, but right.
    if not PyObject_TypeCheck(descriptor, &PyMethodDescr_Type):
        return 0
    definition = (<PyMethodDescrObject *>descriptor).d_method
    if definition.ml_flags != METH_FASTCALL | METH_KEYWORDS:
        return 0
    _inherited[which] = <FastMethod>definition.ml_meth
    _definitions[which] = definition[0]
    _definitions[which].ml_meth = <void *>method
    setattr(cls, name, PyDescr_NewMethod(<PyTypeObject *>cls, &_definitions[which]))
    return 0


cdef int _install_all_fast_methods(object cls) except -1:
    _install_fast_method(cls, FAST_SEND, "send", _fast_send)
    _install_fast_method(cls, FAST_RECV, "recv", _fast_recv)
    _install_fast_method(cls, FAST_SEND_MULTIPART, "send_multipart", _fast_send_multipart)
    _install_fast_method(cls, FAST_RECV_MULTIPART, "recv_multipart", _fast_recv_multipart)
    return 0
