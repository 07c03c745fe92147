# Entering objects, as threads may share them, and what no object guards.
#
# An operation enters the handle of its socket. A function named `..._inside`, and every
# function that takes a _Handle, has to be called from inside. section.h tells what that
# means; with a GIL all code is inside.

cdef extern from "section.h" nogil:
    enum: ZQ_HAS_GIL
    ctypedef struct zq_section:
        pass

    void zq_enter(zq_section *section, void *object)
    void zq_leave(zq_section *section)
    void zq_renew(void *object)
    bint zq_try_lock(void *object)
    void zq_unlock(void *object)
    int zq_ask_outside() noexcept
    void zq_ask_late()

cdef extern from "section.h":
    PyObject *zq_list_item(PyObject *list, Py_ssize_t index) noexcept
    object zq_dict_item(dict values, object key)
    void zq_decref(void *object) noexcept

cdef extern from "frames.h":
    Py_ssize_t zq_frames_of_bytes(
        PyObject *list, zq_frame *frames, Py_ssize_t n, Py_ssize_t large
    ) noexcept
    list zq_small_frames(
        zmq_msg_t *messages, Py_ssize_t n, size_t large, Py_ssize_t *given
    )


@cython.final
@cython.internal
cdef class _Guard:
    """Entered for the sake of data that belongs to no object."""


# Guards the table of loans.
cdef _Guard _loans_guard = _Guard()
