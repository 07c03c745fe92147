/* Waiting on descriptors until a deadline. */
#ifndef ZQ_POLL_H
#define ZQ_POLL_H

#include <errno.h>
#include <stdint.h>
#include <zmq.h>

#ifdef _WIN32
#include <winsock2.h>
#include <windows.h>
typedef WSAPOLLFD zq_pollfd;
#else
#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#elif defined(__APPLE__)
#include <pthread.h>
#endif
typedef struct pollfd zq_pollfd;
#endif

#include "native/clock.h"

#ifndef ZMQ_POLLPRI
#define ZMQ_POLLPRI 8 /* libzmq 4.1 does not name it */
#endif

#define ZQ_FOREVER (-1)

/* The main thread, which runs the handlers of signals, does not sleep for longer than so
   many milliseconds without looking for signals: one that comes between the last look and
   poll(), or that the system gives to another thread, does not interrupt poll(). On Windows
   none does. */
#define ZQ_LONGEST_SLEEP 1000

/* Whether this is the main thread; where that is not known, every thread may be. */
static inline int zq_may_be_main_thread (void)
{
#if defined(__linux__)
    return syscall (SYS_gettid) == getpid ();
#elif defined(__APPLE__)
    return pthread_main_np ();
#else
    return 1;
#endif
}

/* Like poll(2), with a deadline on zq_now_ns's clock (or ZQ_FOREVER) in place of a
   duration, so that a caller interrupted by a signal can go on with what is left. The main
   thread is told of an interruption (EINTR) also when it has slept for ZQ_LONGEST_SLEEP. */
static inline int zq_poll_until (zq_pollfd *fds, int n, int64_t deadline)
{
    int rc, in_slices = 0, timeout = ZQ_LONGEST_SLEEP;
    int64_t ms = ZQ_LONGEST_SLEEP + 1;
    if (deadline != ZQ_FOREVER) {
        int64_t left = deadline == 0 ? 0 : deadline - zq_now_ns ();
        /* Rounded up: waking early would only mean to wait again. */
        ms = left <= 0 ? 0 : (left + 999999) / 1000000;
    }
    if (ms <= ZQ_LONGEST_SLEEP)
        timeout = (int) ms;
    else if (zq_may_be_main_thread ())
        in_slices = 1;
    else if (deadline == ZQ_FOREVER)
        timeout = -1;
    else
        timeout = ms > 86400000 ? 86400000 : (int) ms;
#ifdef _WIN32
    rc = WSAPoll (fds, (ULONG) n, timeout);
    if (rc < 0)
        errno = WSAGetLastError () == WSAEINTR ? EINTR : EINVAL;
#else
    rc = poll (fds, (nfds_t) n, timeout);
#endif
    if (rc == 0 && in_slices) {
        errno = EINTR;
        rc = -1;
    }
    return rc;
}

/* How often a thread looks that had no descriptor left to be woken by, in nanoseconds. */
#define ZQ_LOOK_AGAIN 5000000

/* Like zq_poll_until, for a thread that waits with a seat, see waiter.h. Where that has no
   descriptor, this soon returns -1 with EINTR: the caller looks whether it was woken, and
   runs the handlers of signals that came between two looks. */
static inline int zq_poll_seated (zq_pollfd *fds, int n, intptr_t waker_fd, int64_t deadline)
{
    int64_t next;
    int rc;
    if (waker_fd >= 0)
        return zq_poll_until (fds, n, deadline);
    next = zq_now_ns () + ZQ_LOOK_AGAIN;
    if (deadline != ZQ_FOREVER && deadline <= next)
        return zq_poll_until (fds, n, deadline);
    rc = zq_poll_until (fds, n, next);
    if (rc == 0) {
        errno = EINTR;
        return -1;
    }
    return rc;
}

/* ZMQ_POLLIN and so on as poll(2) has them. */
static inline short zq_to_system (int events)
{
    return (short) ((events & ZMQ_POLLIN ? POLLIN : 0) | (events & ZMQ_POLLOUT ? POLLOUT : 0)
                    | (events & ZMQ_POLLPRI ? POLLPRI : 0));
}

/* The other way round, as zmq_poll does it: an error or a hang-up is ZMQ_POLLERR, asked
   for or not. */
static inline int zq_from_system (short found)
{
    return (found & POLLIN ? ZMQ_POLLIN : 0) | (found & POLLOUT ? ZMQ_POLLOUT : 0)
           | (found & POLLPRI ? ZMQ_POLLPRI : 0)
           | (found & ~(POLLIN | POLLOUT | POLLPRI) ? ZMQ_POLLERR : 0);
}

static inline void zq_set_errno (int error)
{
    errno = error;
}

/* Let other threads of this process run. */
static inline void zq_yield (void)
{
#ifdef _WIN32
    SwitchToThread ();
#else
    sched_yield ();
#endif
}

static inline int zq_ipc_path_max (void)
{
#ifdef _WIN32
    return 107;
#else
    return (int) sizeof (((struct sockaddr_un *) 0)->sun_path) - 1;
#endif
}

#endif
