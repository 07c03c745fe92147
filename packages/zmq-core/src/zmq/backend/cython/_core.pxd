"""The C view of the compiled classes, for ``cimport zmq``."""

from zmq.backend.cython.libzmq cimport zmq_msg_t


cdef class Context:
    cdef object __weakref__
    cdef void *handle           # the libzmq context; NULL once terminated
    cdef readonly bint _shadow
    cdef int _generation
    cdef int _pid
    cdef int _terminating       # whether term() is at work
    cdef int _destroyed         # its sockets are being closed, for it to end
    cdef list _late_monitors    # libzmq sockets to be closed when libzmq lets them
    cdef object _late_lock      # held by who looks through these
    cdef list _lingering        # (record, when), see leftovers.pyx
    cdef object _term_lock
    cdef void *_threads         # what is known of libzmq's, see native/resources.h
    cdef object _shadowed       # the Context whose handle it is; known by the address
                                # alone, a weak reference to that
    cdef object _key            # its number in the table of contexts


cdef class BareSocket:
    cdef object __weakref__
    cdef void *handle           # the libzmq socket; valid until `closed`
    cdef object _h              # its _Handle, shared with the shadows of the socket
    cdef readonly bint _shadow
    cdef bint _hooked           # a subclass has a get() or set() of its own
    cdef object _shadowed       # the Socket object that must live as long as this one
    cdef object _keeper         # see kept.pyx
    cdef Py_ssize_t _copy_threshold


cdef class Socket(BareSocket):
    pass


cdef class Frame:
    cdef object __weakref__
    cdef zmq_msg_t zmq_msg
    cdef bint _initialised
    cdef bint _readonly
    cdef bint _awaits_content   # the __init__ of a subclass is to give it some
    cdef object _data
    cdef object _bytes
    cdef public bint more
    cdef public object tracker
    cdef public object tracker_event
