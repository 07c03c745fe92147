/* A proxy: what moves its messages, and the sockets that it uses alone. */
#ifndef ZQ_PROXYING_H
#define ZQ_PROXYING_H

#include "cffi/box.h"
#include "native/relay.h"

typedef struct
{
    zq_relay relay;
    int n; /* how many sockets, each once */
    zq_box *boxes[ZQ_MAX_RELAYED];
    zq_waiter waiters[ZQ_MAX_RELAYED];
    zq_seat *seat; /* what it waits with, once it has run */
    zq_waker *waker;
    /* Runs the handlers of signals; returns 0 where one has raised. */
    int (*handlers) (void *context);
} zq_proxy;

/* `size` is that of a zq_proxy. */
zq_proxy *zq_proxy_new (size_t size);
void zq_proxy_free (zq_proxy *proxy);

/* Before it runs: borrow what it waits with. Returns 0, or the code of an error. It is kept
   for as long as the proxy is: another thread may be about to wake it. */
int zq_proxy_sit (zq_proxy *proxy);
/* By any thread, at any time: have it look at its command. */
void zq_proxy_wake (zq_proxy *proxy);

/* Move messages until there is something that needs the interpreter; a zq_relay_end. In the
   child of a fork, or when a socket is closed, it does not touch them. */
int zq_proxy_run (zq_proxy *proxy);

#endif
