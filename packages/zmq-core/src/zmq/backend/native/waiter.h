/* Threads that wait, and how they are told that what they wait for may be there. */
#ifndef ZQ_WAITER_H
#define ZQ_WAITER_H

#include <stddef.h>
#include "native/atomics.h"
#include "native/waker.h"

/* The entry of a thread in the list of what it waits for. The list has a lock of its
   owner's, or the GIL, which whoever calls the functions below must hold. Whether the list
   is empty, others may look without it. */
typedef struct zq_waiter
{
    zq_waker *waker;
    int events; /* ZMQ_POLLIN and so on; 0: it waits for what no event tells */
    int woken;
    int inproc; /* for the backend */
    struct zq_waiter *following;
} zq_waiter;

static inline void zq_waiter_enlist (zq_waiter **list, zq_waiter *waiter, zq_waker *waker, int events)
{
    waiter->waker = waker;
    waiter->events = events;
    waiter->woken = 0;
    waiter->following = *list;
    (void) zq_atomic_swap_ptr ((void **) list, (void *) waiter);
}

static inline void zq_waiter_dismiss (zq_waiter **list, zq_waiter *waiter)
{
    while (*list != waiter)
        list = &(*list)->following;
    (void) zq_atomic_swap_ptr ((void **) list, (void *) waiter->following);
}

static inline void zq_waiter_wake (zq_waiter *waiter)
{
    zq_atomic_store_int (&waiter->woken, 1);
    zq_wake (waiter->waker);
}

/* Wake those who wait for one of `events`. */
static inline void zq_waiters_wake (zq_waiter *list, int events)
{
    for (; list != NULL; list = list->following)
        if (list->events & events)
            zq_waiter_wake (list);
}

static inline void zq_waiters_wake_all (zq_waiter *list)
{
    for (; list != NULL; list = list->following)
        zq_waiter_wake (list);
}

/* What a thread waits with: a wake-up descriptor, and an entry for one list. It is not on
   that thread's stack: a signal handler may switch greenlets, whose stacks take turns at
   the same addresses. */
typedef struct
{
    zq_waker waker;
    zq_waiter waiter;
    int generation; /* of the fork that it was made under */
} zq_seat;

/* Those that nobody waits with are kept for the next thread. A process that has no
   descriptor left waits all the same: its seat's is -1, and zq_poll_seated looks now and
   then. Returns NULL, with errno, when there is no memory; on Windows also when there is no
   descriptor, since the system cannot wait for none. */
zq_seat *zq_seat_borrow (void);
/* `woken`: whether the descriptor may be readable. */
void zq_seat_give_back (zq_seat *seat, int woken);
/* In the child of a fork. */
void zq_seats_forget (void);

#endif
