/* Moving messages from socket to socket: the inside of a proxy.

   A message is taken as a whole, and kept until the target has accepted all of it: when
   its peer vanishes in between, it is sent anew, and when the loop is stopped meanwhile,
   it can go back to where it came from. Those that are there are taken together, sent
   together, and then captured: the thread that writes them is woken less often than by
   one at a time.

   Rules for a backend:
   - It fills a zq_relay, of zeros at first, and calls zq_relay_run again and again, each
     time with the lock of the interpreter let go. The result tells what is to be done
     before the next call. Nobody else calls into the sockets meanwhile.
   - Other threads may store a zq_relay_command in `*command`, or 1 in one of the
     `closed`, and must then make `waker_fd` readable.
   - At the end it takes what is left at hand with zq_relay_last, one message after the
     other, puts each back at the head of its source, and calls zq_relay_free. */
#ifndef ZQ_RELAY_H
#define ZQ_RELAY_H

#include <stddef.h>
#include <stdint.h>
#include "native/send.h"

enum
{
    ZQ_MAX_RELAYED = 4, /* sockets of a proxy: two sides, capture, control */
    ZQ_MAX_AT_HAND = 32 /* messages taken together */
};

/* What other threads want. */
enum zq_relay_command
{
    ZQ_RELAY_RUN,
    ZQ_RELAY_PAUSE,
    ZQ_RELAY_STOP
};

/* Why zq_relay_run came back. */
enum zq_relay_end
{
    ZQ_END_STOPPED,  /* told to stop, or a socket was closed */
    ZQ_END_SIGNALS,  /* to look for signals, or for what a handler has raised */
    ZQ_END_CONTROL,  /* the control socket may have something to say */
    ZQ_END_RETURNED, /* a route with `returned` set has nothing at hand */
    ZQ_END_FAILED    /* with `error` */
};

/* One direction, and the messages that its target was too full for. */
typedef struct
{
    void *source;
    void *target;
    zq_sender *sender; /* of the target */
    int source_fd;
    int target_fd;
    const char *prefix; /* a frame put before what is captured, or NULL */
    size_t prefix_size;
    zq_frame *frames;   /* `capacity` of them, empty ones after those at hand */
    int capacity;
    int ends[ZQ_MAX_AT_HAND]; /* of each message that was taken: where the next begins */
    int taken;                /* how many messages were */
    int passed;               /* how many of them are no longer at hand */
    int returned;             /* the backend holds messages that come before the source's */
    uint64_t messages;        /* moved so far, and their bytes */
    uint64_t bytes;
} zq_route;

typedef struct
{
    zq_route routes[2];
    int n_routes;
    void *capture;              /* NULL: none */
    zq_sender *capture_sender;
    int capture_fd;
    int control_fd;             /* -1: none */
    int waker_fd;
    int swap;                   /* ROUTER to ROUTER: exchange the two routing ids */
    int *command;
    int *closed[ZQ_MAX_RELAYED];
    int n_closed;
    int64_t next_signals;       /* when to look for signals; zq_now_ns's clock */
    int interrupted;            /* a handler has raised something, or closed a socket */
    int signalled;              /* a signal came, its handler has not been run yet */
    int error;
    /* Run the handlers of signals; returns whether to go on, which it must not when one of
       the sockets was closed meanwhile. Called while the loop waits for the capture,
       without the lock of the interpreter. */
    int (*signals) (void *context);
    void *signals_context;
} zq_relay;

/* Move messages until there is something that needs the interpreter; a zq_relay_end. */
int zq_relay_run (zq_relay *relay);

/* Whether a message waits for the target. */
static inline int zq_relay_at_hand (const zq_route *route)
{
    return route->passed < route->taken;
}

/* Put a message of n frames at hand of a route that has none. Returns the first of n empty
   messages to move or copy them to, each by its `msg`; NULL without memory. Afterwards
   zq_relay_given must be called. */
zq_frame *zq_relay_give (zq_route *route, int n);
void zq_relay_given (zq_relay *relay, zq_route *route);

/* Take the last message at hand, as it was received. Returns its first frame, and their
   number by `n`: they are to be moved away before the next call. */
zq_frame *zq_relay_last (zq_relay *relay, zq_route *route, int *n);

/* Free what the routes hold; no message may be at hand. */
void zq_relay_free (zq_relay *relay);

#endif
