# cython: language_level=3, freethreading_compatible=True
"""Adds up numbers as they arrive, in C, without the GIL."""

from zmq cimport Socket, libzmq


def total(Socket socket, Py_ssize_t messages):
    """Return the sum of the doubles in so many messages."""
    cdef double[512] numbers
    cdef double found = 0
    cdef int size = 0
    cdef int index
    cdef void *handle = socket.handle
    with nogil:
        for _ in range(messages):
            size = libzmq.zmq_recv(handle, numbers, sizeof(numbers), 0)
            if size < 0 or size > <int>sizeof(numbers):
                break
            for index in range(size // <int>sizeof(double)):
                found += numbers[index]
    if size < 0:
        raise OSError(libzmq.zmq_errno(), "receiving failed")
    if size > <int>sizeof(numbers):
        raise ValueError(f"a message of {size} bytes is longer than the buffer")
    return found
