#include "native/waiter.h"

#include <errno.h>
#include <stdlib.h>
#include "native/fork.h"
#include "native/lock.h"

enum
{
    MAX_SPARE = 64
};

static zq_lock lock = ZQ_LOCK_INIT;
static zq_seat *spare[MAX_SPARE];
static int n_spare = 0;

zq_seat *zq_seat_borrow (void)
{
    zq_seat *seat = NULL;
    zq_lock_take (&lock);
    if (n_spare)
        seat = spare[--n_spare];
    zq_lock_leave (&lock);
    if (seat != NULL)
        return seat;
    seat = (zq_seat *) malloc (sizeof (zq_seat));
    if (seat == NULL) {
        errno = ENOMEM;
        return NULL;
    }
    if (zq_waker_open (&seat->waker) < 0) {
#ifdef _WIN32
        int error = errno;
        free (seat);
        errno = error;
        return NULL;
#else
        seat->waker.read_fd = seat->waker.write_fd = -1;
#endif
    }
    seat->generation = zq_fork_generation;
    return seat;
}

void zq_seat_give_back (zq_seat *seat, int woken)
{
    /* After a fork while it waited (in a signal handler) the descriptor is the parent's as
       well: draining it would take away what wakes the parent. */
    int of_parent = seat->generation != zq_fork_generation;
    if (woken && !of_parent)
        zq_waker_drain (&seat->waker);
    zq_lock_take (&lock);
    if (!of_parent && seat->waker.read_fd >= 0 && n_spare < MAX_SPARE) {
        spare[n_spare++] = seat;
        seat = NULL;
    }
    zq_lock_leave (&lock);
    if (seat != NULL) {
        if (seat->waker.read_fd >= 0)
            zq_waker_close (&seat->waker);
        free (seat);
    }
}

void zq_seats_forget (void)
{
    /* The descriptors are shared with the parent: closed in the child, never used. */
    zq_lock_renew (&lock);
    while (n_spare)
        zq_waker_close (&spare[--n_spare]->waker);
}
