/* Buffers lent to libzmq, given back without a helper thread.

   libzmq calls the free function on whatever thread drops the last reference, most
   often an I/O thread, which must not take the GIL (it would stall all network traffic
   behind Python, and deadlock at exit). So the free function only marks the lease as
   done, pushes it on a lock-free stack, and asks the interpreter for one drain. */
#ifndef ZQ_LEASE_H
#define ZQ_LEASE_H

#include <Python.h>
#include <pythread.h>
#include <stdlib.h>
#include "native/atomics.h"

typedef struct zq_lease
{
    struct zq_lease *next;
    PyObject *owner;         /* the Lease object, whose reference the stack holds */
    int done;
    PyThread_type_lock lock; /* made by the first thread that waits for this lease */
} zq_lease;

static zq_lease *zq_returned = NULL;
static int zq_drain_requested = 0;
static int zq_in_release = 0;
static int zq_exiting = 0;
/* Whether this thread drains by itself as soon as it has closed a message: it holds the
   GIL, so the interpreter need not be asked. */
static ZQ_THREAD_LOCAL int zq_will_drain = 0;
static int (*zq_drain) (void *) = NULL;

static void zq_lease_release (void *data, void *hint)
{
    zq_lease *lease = (zq_lease *) hint;
    zq_lease *head;
    PyThread_type_lock lock;
    (void) data;

    /* The waiter stores its lock before it looks at `done`, and here `done` is stored
       before looking at the lock: one of the two sees the other. */
    zq_atomic_store_int (&lease->done, 1);
    lock = (PyThread_type_lock) zq_atomic_load_ptr ((void **) &lease->lock);
    if (lock)
        PyThread_release_lock (lock);

    zq_atomic_add_int (&zq_in_release, 1);
    do {
        head = (zq_lease *) zq_atomic_load_ptr ((void **) &zq_returned);
        lease->next = head;
    } while (!zq_atomic_cas_ptr (&zq_returned, head, lease));
    /* From here on a drain may free the lease: it is not touched any more. */

    if (!zq_will_drain && !zq_atomic_load_int (&zq_exiting)
        && zq_atomic_swap_int (&zq_drain_requested, 1) == 0) {
        if (Py_AddPendingCall (zq_drain, NULL) != 0)
            zq_atomic_store_int (&zq_drain_requested, 0);
    }
    zq_atomic_add_int (&zq_in_release, -1);
}

static inline zq_lease *zq_take_returned (void)
{
    zq_atomic_store_int (&zq_drain_requested, 0);
    return (zq_lease *) zq_atomic_swap_ptr ((void **) &zq_returned, NULL);
}

/* Called once, by atexit: afterwards no I/O thread calls into the interpreter. */
static inline void zq_stop_draining (void)
{
    zq_atomic_store_int (&zq_exiting, 1);
    while (zq_atomic_load_int (&zq_in_release) != 0) {
    }
}

/* The parent's I/O threads do not exist in the child; what they were doing when it was
   forked will never be finished here. */
static inline void zq_forget_returned (void)
{
    zq_returned = NULL;
    zq_drain_requested = 0;
    zq_in_release = 0;
}

#endif
