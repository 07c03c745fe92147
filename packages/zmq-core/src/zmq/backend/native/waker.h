/* Wake-up descriptors: what one thread waits on and any other can make readable. */
#ifndef ZQ_WAKER_H
#define ZQ_WAKER_H

#include <errno.h>
#include <stdint.h>
#include <string.h>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#include <windows.h>
#else
#include <fcntl.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/eventfd.h>
#endif
#endif

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
    if (w->write_fd >= 0) {
        ssize_t ignored = write ((int) w->write_fd, &one, sizeof one);
        (void) ignored;
    }
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
    while (w->read_fd >= 0
           && read ((int) w->read_fd, buffer, sizeof buffer) == (ssize_t) sizeof buffer) {
    }
#endif
}

#endif
