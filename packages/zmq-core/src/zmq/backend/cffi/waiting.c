#include "cffi/box.h"

#include <errno.h>
#include <string.h>
#include "native/atomics.h"
#include "native/drafts.h"
#include "native/poll.h"

void zq_enlist (zq_box *box, zq_waiter *waiter, zq_waker *waker, int events)
{
    zq_lock_take (&box->lock);
    zq_waiter_enlist (&box->waiters, waiter, waker, events);
    zq_lock_leave (&box->lock);
}

void zq_dismiss (zq_box *box, zq_waiter *waiter)
{
    if (box->generation != zq_generation ())
        return;
    zq_lock_take (&box->lock);
    zq_waiter_dismiss (&box->waiters, waiter);
    zq_lock_leave (&box->lock);
}

int zq_box_sleep (zq_box *box, int events, int64_t *spin_end, int64_t deadline)
{
    zq_pollfd fds[2];
    zq_seat *seat = zq_seat_borrow ();
    int no_waker = seat == NULL ? ZQ_NO_WAKER + errno : 0;
    int rc = 0, fd = zq_box_fd (box);
    if (seat == NULL || fd < 0) {
        rc = seat == NULL ? no_waker : fd;
        if (seat != NULL)
            zq_seat_give_back (seat, 0);
        zq_lock_leave (&box->lock);
        return rc;
    }
    memset (fds, 0, sizeof fds);
    fds[0].fd = fd;
    fds[1].fd = seat->waker.read_fd;
    fds[0].events = fds[1].events = POLLIN;
    if (box->poller != NULL) {
        zq_drafts_poller_drain (box->poller);
        if (zq_box_events (box) & events)
            deadline = *spin_end = 0; /* it came after the refusal: there is nothing to wait for */
    }
    /* What was refused may have swallowed what others wait for. */
    zq_box_tell (box);
    zq_waiter_enlist (&box->waiters, &seat->waiter, &seat->waker, events);
    zq_lock_leave (&box->lock);

    rc = zq_spin_and_poll (fds, 2, &seat->waiter.woken, spin_end, deadline);
    if (rc < 0 && zq_atomic_load_int (&seat->waiter.woken))
        rc = 0; /* there is no descriptor to be woken by */
    else if (rc < 0)
        rc = -errno;
    else if (rc == 0 && deadline > 0 && zq_now_ns () >= deadline)
        rc = -EAGAIN;
    else
        rc = 0;

    if (box->generation != zq_generation ()) {
        zq_seat_give_back (seat, 0);
        return ZQ_UNUSABLE;
    }
    zq_lock_take (&box->lock);
    zq_waiter_dismiss (&box->waiters, &seat->waiter);
    if (box->closed)
        rc = ZQ_CLOSED;
    else if (box->busy)
        rc = ZQ_UNUSABLE;
    if (rc < 0)
        zq_lock_leave (&box->lock);
    zq_seat_give_back (seat, seat->waiter.woken);
    return rc;
}

int zq_wait (zq_box *box, int events, int64_t *spin_end, int64_t deadline)
{
    int rc, found;
    if (!zq_box_enter (box))
        return 1; /* the caller finds out why */
    /* What the caller found missing may have come since; and its attempt may have
       swallowed what others wait for. */
    found = zq_box_events (box);
    if (found < 0 || found & events) {
        if (found > 0)
            zq_waiters_wake (box->waiters, found);
        zq_lock_leave (&box->lock);
        return found >= 0 || found == -ETERM || found == -ENOTSOCK ? 1 : found;
    }
    rc = zq_box_sleep (box, events, spin_end, deadline);
    if (rc == 0)
        zq_lock_leave (&box->lock);
    return rc == 0 || rc == ZQ_UNUSABLE || rc == ZQ_CLOSED ? 1 : rc == -EAGAIN ? 0 : rc;
}

void zq_mark_returned (zq_box *box, int value)
{
    zq_lock_take (&box->lock);
    box->returned = value;
    box->refused = 0;
    if (value)
        zq_waiters_wake (box->waiters, ZMQ_POLLIN);
    zq_lock_leave (&box->lock);
}

int zq_claim (zq_box *box, void *user)
{
    int mine;
    if (!zq_box_enter (box))
        return 0;
    mine = box->user == NULL;
    if (mine) {
        box->user = user;
        box->busy = 1;
        zq_waiters_wake (box->waiters, ZMQ_POLLIN | ZMQ_POLLOUT);
    }
    zq_lock_leave (&box->lock);
    return mine;
}

void zq_unclaim (zq_box *box, void *user)
{
    if (box->generation != zq_generation ())
        return;
    zq_lock_take (&box->lock);
    if (box->user == user) {
        box->user = NULL;
        box->busy = 0;
        zq_waiters_wake (box->waiters, ZMQ_POLLIN | ZMQ_POLLOUT);
    }
    zq_lock_leave (&box->lock);
}

void zq_mark_busy (zq_box *box, int busy)
{
    if (box->generation != zq_generation ())
        return;
    zq_lock_take (&box->lock);
    box->busy = busy;
    zq_waiters_wake (box->waiters, ZMQ_POLLIN | ZMQ_POLLOUT);
    zq_lock_leave (&box->lock);
}

void zq_count_watchers (zq_box *box, int n)
{
    box->watched = n;
}

void zq_count_holds (zq_box *box, int n)
{
    if (box->generation != zq_generation ())
        return;
    zq_lock_take (&box->lock);
    box->held = n;
    zq_lock_leave (&box->lock);
}

void zq_mark_closed (zq_box *box)
{
    if (box->generation != zq_generation ()) {
        box->closed = 1;
        box->ptr = NULL; /* the parent's: not ours to close */
        return;
    }
    zq_lock_take (&box->lock);
    zq_atomic_store_int (&box->closed, 1);
    box->returned = 0;
    zq_waiters_wake_all (box->waiters);
    zq_lock_leave (&box->lock);
}

int zq_last_out (zq_box *box, void **socket)
{
    int last;
    *socket = NULL;
    if (box->generation != zq_generation ())
        return 0;
    zq_lock_take (&box->lock);
    last = box->closed && box->waiters == NULL && !box->held;
    if (last) {
        *socket = box->ptr;
        if (box->ptr != NULL && box->poller != NULL)
            zq_drafts_poller_destroy (box->poller, box->ptr);
        box->ptr = box->poller = NULL;
    }
    zq_lock_leave (&box->lock);
    return last;
}
