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
typedef struct pollfd zq_pollfd;
#endif

#include "native/clock.h"

#ifndef ZMQ_POLLPRI
#define ZMQ_POLLPRI 8 /* libzmq 4.1 does not name it */
#endif

#define ZQ_FOREVER (-1)

/* Like poll(2), with a deadline on zq_now_ns's clock (or ZQ_FOREVER) in place of a
   duration, so that a caller interrupted by a signal can go on with what is left. */
static inline int zq_poll_until (zq_pollfd *fds, int n, int64_t deadline)
{
    int timeout = -1;
    if (deadline != ZQ_FOREVER) {
        int64_t left = deadline == 0 ? 0 : deadline - zq_now_ns ();
        /* Rounded up: waking early would only mean to wait again. */
        int64_t ms = left <= 0 ? 0 : (left + 999999) / 1000000;
        timeout = ms > 86400000 ? 86400000 : (int) ms;
    }
#ifdef _WIN32
    {
        int rc = WSAPoll (fds, (ULONG) n, timeout);
        if (rc < 0)
            errno = WSAGetLastError () == WSAEINTR ? EINTR : EINVAL;
        return rc;
    }
#else
    return poll (fds, (nfds_t) n, timeout);
#endif
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
