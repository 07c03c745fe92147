/* Noticing a fork. */
#ifndef ZQ_FORK_H
#define ZQ_FORK_H

#ifdef _WIN32
#include <winsock2.h> /* before windows.h, which would bring the old one */
#include <windows.h>
#else
#include <pthread.h>
#include <unistd.h>
#endif

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

#endif
