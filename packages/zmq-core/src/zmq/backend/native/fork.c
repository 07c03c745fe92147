#include "native/fork.h"

#include <stddef.h>
#include "native/lease.h"
#include "native/waiter.h"

#ifndef _WIN32
#include <pthread.h>
#endif

int zq_fork_generation = 0;

static void (*backend_in_child) (void) = NULL;

#ifndef _WIN32
static void in_child (void)
{
    zq_fork_generation++;
    zq_seats_forget ();
    zq_leases_forget ();
    if (backend_in_child)
        backend_in_child ();
}
#endif

void zq_notice_forks (void (*callback) (void))
{
    backend_in_child = callback;
#ifndef _WIN32
    pthread_atfork (NULL, NULL, in_child);
#endif
}
