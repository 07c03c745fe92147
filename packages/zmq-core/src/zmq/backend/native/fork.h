/* Noticing a fork. */
#ifndef ZQ_FORK_H
#define ZQ_FORK_H

#ifdef _WIN32
#include <winsock2.h> /* before windows.h, which would bring the old one */
#include <windows.h>
#else
#include <unistd.h>
#endif

/* Counts the forks above this process. Comparing it with the value an object was made
   under costs one load, where getpid() would be a system call on every send. */
extern int zq_fork_generation;

/* To be called once. In each child of this process `in_child` runs before anything else,
   and what native/ keeps is forgotten there: threads that wait, and buffers on loan. */
void zq_notice_forks (void (*in_child) (void));

static inline int zq_getpid (void)
{
#ifdef _WIN32
    return (int) GetCurrentProcessId ();
#else
    return (int) getpid ();
#endif
}

#endif
