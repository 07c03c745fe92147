/* What differs between operating systems: wake-up descriptors, waiting on
   descriptors, a monotonic clock, atomics, and noticing a fork. */
#ifndef ZQ_PLATFORM_H
#define ZQ_PLATFORM_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
typedef WSAPOLLFD zq_pollfd;
#else
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>
typedef struct pollfd zq_pollfd;
#ifdef __linux__
#include <sys/eventfd.h>
#endif
#endif

/* ---- atomics ---------------------------------------------------------- */

#ifdef _MSC_VER
#define zq_atomic_load_int(p) InterlockedCompareExchange ((volatile long *) (p), 0, 0)
#define zq_atomic_store_int(p, v) ((void) InterlockedExchange ((volatile long *) (p), (v)))
#define zq_atomic_swap_int(p, v) InterlockedExchange ((volatile long *) (p), (v))
#define zq_atomic_add_int(p, v) InterlockedExchangeAdd ((volatile long *) (p), (v))
#define zq_atomic_load_ptr(p) InterlockedCompareExchangePointer ((void *volatile *) (p), NULL, NULL)
#define zq_atomic_swap_ptr(p, v) InterlockedExchangePointer ((void *volatile *) (p), (v))
#define zq_atomic_cas_ptr(p, expected, v) \
    (InterlockedCompareExchangePointer ((void *volatile *) (p), (v), (expected)) == (expected))
#else
#define zq_atomic_load_int(p) __atomic_load_n ((p), __ATOMIC_SEQ_CST)
#define zq_atomic_store_int(p, v) __atomic_store_n ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_swap_int(p, v) __atomic_exchange_n ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_add_int(p, v) __atomic_fetch_add ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_load_ptr(p) __atomic_load_n ((p), __ATOMIC_SEQ_CST)
#define zq_atomic_swap_ptr(p, v) __atomic_exchange_n ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_cas_ptr(p, expected, v) __sync_bool_compare_and_swap ((p), (expected), (v))
#endif

#ifdef _MSC_VER
#define ZQ_THREAD_LOCAL __declspec(thread)
#else
#define ZQ_THREAD_LOCAL __thread
#endif

/* ---- time ------------------------------------------------------------- */

static inline int64_t zq_now_ns (void)
{
#ifdef _WIN32
    LARGE_INTEGER count, frequency;
    QueryPerformanceFrequency (&frequency);
    QueryPerformanceCounter (&count);
    return (int64_t) ((double) count.QuadPart * 1e9 / (double) frequency.QuadPart);
#else
    struct timespec t;
    clock_gettime (CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec;
#endif
}

/* ---- fork ------------------------------------------------------------- */

/* Counts the forks above this process. Comparing it with the value an object was made
   under costs one load, where getpid() would be a system call on every send. */
static int zq_fork_generation = 0;

static void (*zq_after_fork_in_child) (void) = NULL;

static void zq_on_fork_child (void)
{
    zq_fork_generation++;
    if (zq_after_fork_in_child)
        zq_after_fork_in_child ();
}

static inline void zq_notice_forks (void (*in_child) (void))
{
    zq_after_fork_in_child = in_child;
#ifndef _WIN32
    pthread_atfork (NULL, NULL, zq_on_fork_child);
#endif
}

static inline int zq_getpid (void)
{
#ifdef _WIN32
    return (int) GetCurrentProcessId ();
#else
    return (int) getpid ();
#endif
}

/* ---- wake-up descriptors ---------------------------------------------- */

/* One thread waits on `read_fd`, any other may call zq_wake. */
typedef struct
{
    intptr_t read_fd;
    intptr_t write_fd;
} zq_waker;

static inline int zq_waker_open (zq_waker *w)
{
#if defined(__linux__)
    int fd = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);
    w->read_fd = w->write_fd = fd;
    return fd < 0 ? -1 : 0;
#elif defined(_WIN32)
    /* A datagram socket connected to itself is the smallest selectable channel. */
    struct sockaddr_in address;
    int size = sizeof address;
    u_long nonblocking = 1;
    SOCKET s = socket (AF_INET, SOCK_DGRAM, 0);
    memset (&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
    if (s == INVALID_SOCKET || bind (s, (struct sockaddr *) &address, size) != 0
        || getsockname (s, (struct sockaddr *) &address, &size) != 0
        || connect (s, (struct sockaddr *) &address, size) != 0
        || ioctlsocket (s, FIONBIO, &nonblocking) != 0) {
        if (s != INVALID_SOCKET)
            closesocket (s);
        errno = EMFILE;
        return -1;
    }
    w->read_fd = w->write_fd = (intptr_t) s;
    return 0;
#else
    int fds[2], i;
    if (pipe (fds) != 0)
        return -1;
    for (i = 0; i < 2; i++) {
        fcntl (fds[i], F_SETFL, fcntl (fds[i], F_GETFL) | O_NONBLOCK);
        fcntl (fds[i], F_SETFD, FD_CLOEXEC);
    }
    w->read_fd = fds[0];
    w->write_fd = fds[1];
    return 0;
#endif
}

static inline void zq_waker_close (zq_waker *w)
{
#ifdef _WIN32
    closesocket ((SOCKET) w->read_fd);
#else
    close ((int) w->read_fd);
    if (w->write_fd != w->read_fd)
        close ((int) w->write_fd);
#endif
}

static inline void zq_wake (zq_waker *w)
{
#ifdef _WIN32
    (void) send ((SOCKET) w->write_fd, "!", 1, 0);
#else
    uint64_t one = 1;
    ssize_t ignored = write ((int) w->write_fd, &one, sizeof one);
    (void) ignored;
#endif
}

static inline void zq_waker_drain (zq_waker *w)
{
#ifdef _WIN32
    char buffer[64];
    while (recv ((SOCKET) w->read_fd, buffer, sizeof buffer, 0) > 0) {
    }
#else
    uint64_t buffer[16];
    while (read ((int) w->read_fd, buffer, sizeof buffer) == (ssize_t) sizeof buffer) {
    }
#endif
}

/* ---- waiting ---------------------------------------------------------- */

#define ZQ_FOREVER (-1)

/* Like poll(2), with a deadline on zq_now_ns's clock (or ZQ_FOREVER) in place of a
   duration, so that a caller interrupted by a signal can go on with what is left. */
static inline int zq_poll_until (zq_pollfd *fds, int n, int64_t deadline)
{
    int timeout = -1;
    if (deadline != ZQ_FOREVER) {
        int64_t left = deadline - zq_now_ns ();
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
