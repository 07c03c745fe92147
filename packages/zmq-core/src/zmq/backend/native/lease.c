#include "native/lease.h"

#include <errno.h>
#include <string.h>
#include "native/lock.h"
#include "native/poll.h"

zq_lease *zq_leases_returned = NULL;
int zq_exiting = 0;

static int (*ask_for_drain) (void) = NULL;
static int asked = 0;
static int in_release = 0;
/* Whether this thread takes what comes back as soon as it has closed a message. */
static ZQ_THREAD_LOCAL int will_take = 0;
/* Of the waiters of all leases: they are few. */
static zq_lock waiting = ZQ_LOCK_INIT;

static void release (void *data, void *hint)
{
    zq_lease *lease = (zq_lease *) hint;
    zq_lease *head;
    (void) data;

    zq_atomic_add_int (&in_release, 1);
    /* A waiter enlists before it looks at `done`, and here `done` is stored before looking
       for waiters: one of the two sees the other. */
    zq_atomic_store_int (&lease->done, 1);
    if (zq_atomic_load_ptr ((void **) &lease->waiters) != NULL) {
        zq_lock_take (&waiting);
        zq_waiters_wake_all (lease->waiters);
        zq_lock_leave (&waiting);
    }
    do {
        head = (zq_lease *) zq_atomic_load_ptr ((void **) &zq_leases_returned);
        lease->next = head;
    } while (!zq_atomic_cas_ptr ((void **) &zq_leases_returned, head, lease));
    /* From here on the backend may free the lease: it is not touched any more. */

    if (ask_for_drain != NULL && !will_take)
        zq_leases_ask (ask_for_drain);
    zq_atomic_add_int (&in_release, -1);
}

void zq_leases_ask (int (*ask) (void))
{
    if (!zq_atomic_load_int (&zq_exiting) && zq_atomic_swap_int (&asked, 1) == 0
        && ask () != 0)
        zq_atomic_store_int (&asked, 0);
}

int zq_lease_lend (zmq_msg_t *msg, void *data, size_t size, zq_lease *lease)
{
    return zmq_msg_init_data (msg, data, size, release, lease);
}

void zq_leases_ask_by (int (*ask) (void))
{
    ask_for_drain = ask;
}

zq_lease *zq_leases_take (void)
{
    zq_atomic_store_int (&asked, 0);
    return (zq_lease *) zq_atomic_swap_ptr ((void **) &zq_leases_returned, NULL);
}

void zq_lease_close (zmq_msg_t *msg)
{
    will_take = 1;
    zmq_msg_close (msg);
    will_take = 0;
}

int zq_lease_wait (zq_lease *lease, int64_t deadline)
{
    zq_seat *seat;
    zq_pollfd fd;
    int rc = 1;
    if (zq_lease_is_done (lease))
        return 1;
    seat = zq_seat_borrow ();
    if (seat == NULL)
        return -errno;
    memset (&fd, 0, sizeof fd);
    fd.fd = seat->waker.read_fd;
    fd.events = POLLIN;
    zq_lock_take (&waiting);
    zq_waiter_enlist (&lease->waiters, &seat->waiter, &seat->waker, 0);
    zq_lock_leave (&waiting);
    while (!zq_lease_is_done (lease)) {
        if (zq_poll_seated (&fd, 1, seat->waker.read_fd, deadline) < 0)
            rc = -errno;
        else if (deadline != ZQ_FOREVER && zq_now_ns () >= deadline)
            rc = zq_lease_is_done (lease);
        else
            continue;
        break;
    }
    zq_lock_take (&waiting);
    zq_waiter_dismiss (&lease->waiters, &seat->waiter);
    zq_lock_leave (&waiting);
    zq_seat_give_back (seat, 1);
    return rc;
}

void zq_leases_stop_asking (void)
{
    zq_atomic_store_int (&zq_exiting, 1);
    while (zq_atomic_load_int (&in_release) != 0) {
    }
}

void zq_leases_forget (void)
{
    zq_lock_renew (&waiting);
    zq_leases_returned = NULL;
    asked = 0;
    in_release = 0;
}
