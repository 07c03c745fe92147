#include "cffi/box.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "native/atomics.h"
#include "native/drafts.h"
#include "native/poll.h"

enum
{
    MAX_SPARE_WAKERS = 64
};

static zq_lock spare_lock = ZQ_LOCK_INIT;
static zq_waker *spare[MAX_SPARE_WAKERS];
static int n_spare = 0;

zq_waker *zq_waker_borrow (void)
{
    zq_waker *waker = NULL;
    zq_lock_take (&spare_lock);
    if (n_spare)
        waker = spare[--n_spare];
    zq_lock_leave (&spare_lock);
    if (waker != NULL)
        return waker;
    waker = (zq_waker *) malloc (sizeof (zq_waker));
    if (waker != NULL && zq_waker_open (waker) < 0) {
        free (waker);
        waker = NULL;
    }
    return waker;
}

void zq_waker_give_back (zq_waker *waker)
{
    zq_waker_drain (waker);
    zq_lock_take (&spare_lock);
    if (n_spare < MAX_SPARE_WAKERS) {
        spare[n_spare++] = waker;
        waker = NULL;
    }
    zq_lock_leave (&spare_lock);
    if (waker != NULL) {
        zq_waker_close (waker);
        free (waker);
    }
}

void zq_wakers_forget (void)
{
    /* The descriptors are shared with the parent: closed in the child, never used. */
    zq_lock_init (&spare_lock);
    while (n_spare)
        zq_waker_close (spare[--n_spare]);
}

static void enlist (zq_box *box, zq_waiter *waiter, zq_waker *waker, int events)
{
    waiter->waker = waker;
    waiter->events = events;
    waiter->woken = 0;
    waiter->following = box->waiters;
    box->waiters = waiter;
}

static void dismiss (zq_box *box, zq_waiter *waiter)
{
    zq_waiter **link = &box->waiters;
    while (*link != waiter)
        link = &(*link)->following;
    *link = waiter->following;
}

void zq_enlist (zq_box *box, zq_waiter *waiter, zq_waker *waker, int events)
{
    zq_lock_take (&box->lock);
    enlist (box, waiter, waker, events);
    zq_lock_leave (&box->lock);
}

void zq_dismiss (zq_box *box, zq_waiter *waiter)
{
    if (box->generation != zq_generation ())
        return;
    zq_lock_take (&box->lock);
    dismiss (box, waiter);
    zq_lock_leave (&box->lock);
}

int zq_wait (zq_box *box, int events, int64_t deadline)
{
    zq_pollfd fds[2];
    zq_waiter waiter;
    zq_waker *waker = zq_waker_borrow ();
    int rc = 1, fd, found;
    if (waker == NULL)
        return -errno;
    if (!zq_box_enter (box)) {
        zq_waker_give_back (waker);
        return 1; /* the caller finds out why */
    }
    fd = zq_box_fd (box);
    if (box->poller != NULL)
        zq_drafts_poller_drain (box->poller);
    enlist (box, &waiter, waker, events);
    /* What the caller found missing may have come before it was enlisted; and its attempt
       may have swallowed what others wait for. */
    found = fd < 0 ? fd : zq_box_events (box);
    if (found >= 0)
        zq_box_wake (box, found);
    zq_lock_leave (&box->lock);
    if (found < 0) {
        rc = found == -ETERM || found == -ENOTSOCK ? 1 : found;
    } else if (!(found & events)) {
        memset (fds, 0, sizeof fds);
        fds[0].fd = fd;
        fds[1].fd = waker->read_fd;
        fds[0].events = fds[1].events = POLLIN;
        rc = zq_poll_until (fds, 2, deadline);
        if (rc < 0)
            rc = -errno;
        else if (rc > 0 || (deadline != ZQ_FOREVER && zq_now_ns () < deadline))
            rc = 1;
    }
    if (box->generation == zq_generation ()) {
        zq_lock_take (&box->lock);
        dismiss (box, &waiter);
        zq_lock_leave (&box->lock);
    }
    zq_waker_give_back (waker);
    return rc;
}

void zq_mark_returned (zq_box *box, int value)
{
    zq_lock_take (&box->lock);
    box->returned = value;
    if (value)
        zq_box_wake (box, ZMQ_POLLIN);
    zq_lock_leave (&box->lock);
}

void zq_mark_busy (zq_box *box, int busy)
{
    if (box->generation != zq_generation ())
        return;
    zq_lock_take (&box->lock);
    box->busy = busy;
    zq_box_wake (box, ZMQ_POLLIN | ZMQ_POLLOUT);
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
    zq_waiter *waiter;
    if (box->generation != zq_generation ()) {
        box->closed = 1;
        box->ptr = NULL; /* the parent's: not ours to close */
        return;
    }
    zq_lock_take (&box->lock);
    zq_atomic_store_int (&box->closed, 1);
    box->returned = 0;
    for (waiter = box->waiters; waiter != NULL; waiter = waiter->following) {
        waiter->woken = 1;
        zq_wake (waiter->waker);
    }
    zq_lock_leave (&box->lock);
}

void *zq_last_out (zq_box *box)
{
    void *ptr = NULL;
    if (box->generation != zq_generation ())
        return NULL;
    zq_lock_take (&box->lock);
    if (box->closed && box->waiters == NULL && !box->held) {
        ptr = box->ptr;
        if (ptr != NULL && box->poller != NULL)
            zq_drafts_poller_destroy (box->poller, ptr);
        box->ptr = box->poller = NULL;
    }
    zq_lock_leave (&box->lock);
    return ptr;
}
