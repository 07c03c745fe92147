# The C of zmq/backend/native: what differs between operating systems.

from libc.stdint cimport int64_t, intptr_t

cdef extern from "native/atomics.h" nogil:
    int zq_atomic_load_int(int *p)
    void zq_atomic_store_int(int *p, int value)

cdef extern from "native/clock.h" nogil:
    int64_t zq_now_ns()

cdef extern from "native/fork.h" nogil:
    int zq_fork_generation
    void zq_notice_forks(void (*in_child)() noexcept nogil)
    int zq_getpid()

cdef extern from "native/waker.h" nogil:
    ctypedef struct zq_waker:
        intptr_t read_fd
        intptr_t write_fd

    int zq_waker_open(zq_waker *waker)
    void zq_waker_close(zq_waker *waker)
    void zq_wake(zq_waker *waker)
    void zq_waker_drain(zq_waker *waker)

cdef extern from "native/poll.h" nogil:
    ctypedef struct zq_pollfd:
        intptr_t fd
        short events
        short revents

    int64_t ZQ_FOREVER
    short POLLIN
    short POLLOUT
    short POLLPRI
    short POLLERR
    short POLLHUP
    short POLLNVAL
    int zq_poll_until(zq_pollfd *fds, int n, int64_t deadline)
    void zq_yield()
    void zq_set_errno(int error)
    int zq_ipc_path_max()
