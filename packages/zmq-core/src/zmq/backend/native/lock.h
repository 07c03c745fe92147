/* A lock of one word, for a few instructions, or for one call into libzmq that does not
   wait. Who holds it for longer, as spin.h does, looks whether it is wanted.

   Its holder never waits for the lock of the interpreter before it unlocks, not even at
   the end of the program, so whoever waits for it gets it. It is slept for, so a thread of
   higher priority does not keep its holder from running. */
#ifndef ZQ_LOCK_H
#define ZQ_LOCK_H

#ifdef _WIN32
#include <winsock2.h> /* before windows.h, which would bring the old one */
#include <windows.h>
#endif
#include <errno.h>
#include "native/atomics.h"

#ifdef __linux__
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif !defined(_WIN32)
#include <time.h>
#endif

/* 0: free, 1: held, 2: held, and somebody may sleep. Zeros are a lock that is free. */
typedef struct
{
    int state;
} zq_lock;

#define ZQ_LOCK_INIT {0}
#define zq_lock_init(lock) ((void) ((lock)->state = 0))
#define zq_lock_destroy(lock) ((void) (lock))

enum
{
    ZQ_LOCK_SPINS = 64
};

static inline int zq_lock_is_held (zq_lock *lock)
{
    return zq_atomic_load_int (&lock->state) != 0;
}

/* Whether somebody else waits for it, to be asked by its holder. */
static inline int zq_lock_is_wanted (zq_lock *lock)
{
    return zq_atomic_load_int (&lock->state) == 2;
}

static inline void zq_lock_sleep (zq_lock *lock)
{
#if defined(__linux__)
    (void) syscall (SYS_futex, &lock->state, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
#elif defined(_WIN32)
    (void) lock;
    Sleep (1);
#else
    struct timespec pause = {0, 50000};
    (void) lock;
    (void) nanosleep (&pause, NULL);
#endif
}

static inline void zq_lock_take (zq_lock *lock)
{
    int i, error;
    for (i = 0; i < ZQ_LOCK_SPINS; i++)
        if (zq_atomic_cas_int (&lock->state, 0, 1))
            return;
    error = errno;
    while (zq_atomic_swap_int (&lock->state, 2) != 0)
        zq_lock_sleep (lock);
    errno = error;
}

static inline void zq_lock_leave (zq_lock *lock)
{
#ifdef __linux__
    if (zq_atomic_swap_int (&lock->state, 0) == 2) {
        int error = errno;
        (void) syscall (SYS_futex, &lock->state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
        errno = error;
    }
#else
    (void) zq_atomic_swap_int (&lock->state, 0);
#endif
}

/* Sleep until whoever holds it has let go of it. */
static inline void zq_lock_await (zq_lock *lock)
{
    zq_lock_take (lock);
    zq_lock_leave (lock);
}

/* In the child of a fork: its holder may not exist there. */
static inline void zq_lock_renew (zq_lock *lock)
{
    lock->state = 0;
}

#endif
