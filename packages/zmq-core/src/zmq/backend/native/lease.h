/* Buffers lent to libzmq, given back without a helper thread.

   libzmq calls the free function on whatever thread drops the last reference, most often
   one of its own, which must not take the lock of the interpreter (it would stall all
   network traffic behind Python, and deadlock at exit). So the free function only marks
   the lease as done, wakes who waits for it, and pushes it on a lock-free stack, which
   the backend empties later.

   Rules for a backend:
   - It keeps a zq_lease, of zeros at first, and the buffer until the lease has come out
     of zq_leases_take: at the next send, when a message is closed, or when a tracker is
     asked.
   - Where the interpreter can be asked, from any thread, to run something soon, the
     backend names a function that asks, so that what comes back is let go of without that. */
#ifndef ZQ_LEASE_H
#define ZQ_LEASE_H

#include <stdint.h>
#include <zmq.h>
#include "native/atomics.h"
#include "native/waiter.h"

typedef struct zq_lease
{
    struct zq_lease *next;
    void *owner; /* for the backend; not looked at here */
    int done;
    zq_waiter *waiters;
} zq_lease;

/* Those that came back and were not taken yet; see zq_leases_any. */
extern zq_lease *zq_leases_returned;
/* Whether the interpreter ends; see zq_leases_stop_asking. */
extern int zq_exiting;

/* Have `ask` called when something has come back, on any thread, once for each
   zq_leases_take, but not while the interpreter ends. Returns 0, or something else where
   it fails: then the next that comes back asks, or zq_leases_ask. */
void zq_leases_ask_by (int (*ask) (void));

/* Call `ask`, as that function would be called, where nobody has asked yet. */
void zq_leases_ask (int (*ask) (void));

/* Make a message of memory on loan; as zmq_msg_init_data. */
int zq_lease_lend (zmq_msg_t *msg, void *data, size_t size, zq_lease *lease);

/* Wait until it has come back. Returns 1 when it has, 0 at the deadline, or minus an error
   code: -EINTR after a signal, others when there is nothing to wait with. */
int zq_lease_wait (zq_lease *lease, int64_t deadline);

static inline int zq_lease_is_done (zq_lease *lease)
{
    return zq_atomic_load_int (&lease->done);
}

/* Whether there is something to take. */
static inline int zq_leases_any (void)
{
    return zq_atomic_peek_ptr (&zq_leases_returned) != NULL;
}

/* Those that came back since the last call, linked by `next`. */
zq_lease *zq_leases_take (void);

/* Close a message, whose sender is about to take what comes back by that: the interpreter
   is not asked. */
void zq_lease_close (zmq_msg_t *msg);

/* Called once, when the interpreter ends: afterwards no thread asks for anything. */
void zq_leases_stop_asking (void);

/* In the child of a fork. The parent's I/O threads do not exist there; what they were
   doing will never be finished. */
void zq_leases_forget (void);

#endif
