#include "cffi/proxying.h"

#include <errno.h>
#include <stdlib.h>

zq_proxy *zq_proxy_new (size_t size)
{
    return (zq_proxy *) calloc (1, size);
}

void zq_proxy_free (zq_proxy *proxy)
{
    zq_relay_free (&proxy->relay);
    if (proxy->seat != NULL)
        zq_seat_give_back (proxy->seat, 1);
    free (proxy);
}

int zq_proxy_sit (zq_proxy *proxy)
{
    zq_seat *seat = proxy->seat;
    if (seat != NULL)
        return 0;
    seat = zq_seat_borrow ();
    if (seat == NULL)
        return errno;
    proxy->waker = &seat->waker;
    proxy->relay.waker_fd = (int) seat->waker.read_fd;
    (void) zq_atomic_swap_ptr ((void **) &proxy->seat, seat);
    return 0;
}

void zq_proxy_wake (zq_proxy *proxy)
{
    zq_seat *seat = (zq_seat *) zq_atomic_load_ptr ((void **) &proxy->seat);
    if (seat != NULL)
        zq_wake (&seat->waker);
}

/* Its entries in the lists of who waits keep the sockets open, and have it woken when they
   are closed. They are there only while it is inside libzmq: a signal handler, which runs
   between two calls of this, may close the sockets, and wait until they are. */

static int is_of_this_process (const zq_proxy *proxy)
{
    return proxy->boxes[0]->generation == zq_generation ();
}

static void enter (zq_proxy *proxy)
{
    int i;
    for (i = 0; i < proxy->n; i++)
        zq_enlist (proxy->boxes[i], &proxy->waiters[i], proxy->waker, 0);
}

static void leave (zq_proxy *proxy)
{
    int i;
    for (i = 0; i < proxy->n; i++)
        zq_dismiss (proxy->boxes[i], &proxy->waiters[i]);
}

static int any_closed (zq_proxy *proxy)
{
    int i;
    for (i = 0; i < proxy->n; i++)
        if (zq_atomic_load_int (&proxy->boxes[i]->closed))
            return 1;
    return 0;
}

static int run_handlers (void *context)
{
    zq_proxy *proxy = (zq_proxy *) context;
    int go_on;
    leave (proxy);
    go_on = proxy->handlers (context);
    if (!is_of_this_process (proxy)) /* a handler has forked, and this is the child */
        return 0;
    enter (proxy);
    return go_on && !any_closed (proxy);
}

int zq_proxy_run (zq_proxy *proxy)
{
    int end;
    if (!is_of_this_process (proxy))
        return ZQ_END_SIGNALS;
    proxy->relay.signals = run_handlers;
    proxy->relay.signals_context = proxy;
    enter (proxy);
    end = zq_relay_run (&proxy->relay); /* which looks first whether one is closed */
    if (is_of_this_process (proxy))
        leave (proxy);
    return end;
}
