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
    zq_waker *waker;
    /* Runs the handlers of signals; returns 0 where one has raised. */
    int (*handlers) (void *context);
} zq_proxy;

/* Move messages until there is something that needs the interpreter; a zq_relay_end. In the
   child of a fork, or when a socket is closed, it does not touch them. */
int zq_proxy_run (zq_proxy *proxy);

#endif
