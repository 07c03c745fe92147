"""What `cimport zmq` gives: libzmq's C declarations and the compiled classes."""

from zmq.backend.cython cimport libzmq
from zmq.backend.cython.libzmq cimport *
from zmq.backend.cython._core cimport Context, Frame, Socket
