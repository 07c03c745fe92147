/* One libzmq socket, for threads that run at the same time.

   Each function here is one operation: it takes the lock of the socket, calls libzmq,
   which never waits, tells those who wait for what is there now, and leaves the lock. No
   Python runs meanwhile. So a signal handler, or another thread, finds the socket between
   two operations only. */
#ifndef ZQ_BOX_H
#define ZQ_BOX_H

#include <stddef.h>
#include <stdint.h>
#include <zmq.h>
#include "native/lock.h"
#include "native/send.h"
#include "native/spin.h"
#include "native/waiter.h"

/* Results of operations. Errors of libzmq are negative: minus the code. */
enum
{
    ZQ_DONE = 0,
    ZQ_TELL = 1,          /* done, and watchers are to be told (a bit) */
    ZQ_DRAIN = 2,         /* done, and leases have come back (a bit) */
    ZQ_UNUSABLE = -2147483647, /* closed, in use by a proxy, or a parent process's */
    ZQ_PUT_BACK = -2147483646, /* messages put back come first */
    ZQ_TELL_FIRST = -2147483645, /* tell watchers, then try the same again */
    ZQ_CLOSED = -2147483644,   /* while it waited; see zq_last_out */
    /* There is no descriptor to wait with: this plus the code of the error. */
    ZQ_NO_WAKER = -2000000000,
    ZQ_NO_WAKER_END = ZQ_NO_WAKER + 100000
};

typedef struct
{
    void *ptr; /* NULL when closed for good */
    int type;
    int generation; /* of the fork that made it */
    int closed;
    int busy;       /* a proxy has it to itself */
    void *user;     /* who that is, also while it is not busy, as its proxy uses it */
    int returned;   /* messages were put back */
    int refused;    /* the last thing done was to receive, in vain and without a wait */
    int more;       /* the last frame received has another one after it */
    int within;     /* and had one before it */
    unsigned taken; /* odd, and another with each receive */
    int watched;    /* how many watchers the backend has */
    int held;       /* how many keep it open */
    int fd;
    int64_t spin;   /* nanoseconds to look for news before a wait sleeps */
    void *poller;   /* stands in for the fd of draft sockets */
    zq_waiter *waiters;
    zq_sender sender;
    zq_stats stats; /* what `sender` counts, while it counts */
    zq_lock lock;
} zq_box;

/* What was received: small messages by value, all others as libzmq's. */
enum
{
    ZQ_SMALL = 8192,
    ZQ_FEW = 32
};

typedef struct
{
    int tell;   /* watchers are to be told */
    int copied; /* the frames are in `data`, one after the other */
    int n;      /* how many they are; 0 when there are none, or they were taken */
    int sizes[ZQ_FEW];
    char data[ZQ_SMALL];
    int capacity;
    zmq_msg_t *messages; /* else they are here, `capacity` of them allocated */
    int64_t deadline;    /* of a wait that has been interrupted */
    int64_t spin_end;    /* and when it is to sleep, see spin.h */
    int told;            /* watchers know what the last refusal has left */
} zq_catch;

/* Once, before anything else. */
void zq_box_prepare (void);
int zq_generation (void);

/* `size` is that of what it returns, here and for a zq_catch; NULL: there is no memory. */
zq_box *zq_box_new (size_t size);
void zq_box_begin (zq_box *box, void *ptr, int type);
void zq_box_free (zq_box *box);
zq_catch *zq_catch_new (size_t size);
/* Close the messages that it still holds, so that it can be used again. */
void zq_catch_close (zq_catch *c);
void zq_catch_free (zq_catch *c);

/* Sending: ZQ_DONE with bits, or negative. -EAGAIN: nothing is sent, it would wait. */
int zq_put (zq_box *box, const char *data, size_t size, int flags);
int zq_put_joined (zq_box *box, const char *data, const int *sizes, int n, int flags);
/* A message of at most four frames. */
int zq_put_few (zq_box *box, int n, const char *data0, size_t size0, const char *data1,
                size_t size1, const char *data2, size_t size2, const char *data3, size_t size3);
int zq_put_frames (zq_box *box, zq_frame *frames, int n, int flags);

/* EVENTS as they were when -EAGAIN was returned. */
int zq_refused_events (zq_box *box);
/* Whether a REQ socket cannot go on, see zq_sender_state. */
int zq_lost_place (zq_box *box);

/* Receiving: the size of the frame, or the number of frames; or negative. After -EINTR,
   when handlers of signals have run, and after ZQ_TELL_FIRST the same catch goes on with
   what is left of the time. */
enum zq_how
{
    ZQ_AS_MESSAGE = 1, /* also what is small is not copied */
    ZQ_WAITS = 2       /* for as long as RCVTIMEO says; -EAGAIN when that is over */
};
int zq_take (zq_box *box, zq_catch *c, int how);
int zq_take_all (zq_box *box, zq_catch *c, int how);

/* EVENTS, with what was put back; who waits for one of them is woken. */
int zq_look (zq_box *box);
/* For what no event says. */
void zq_wake_all (zq_box *box, int events);

int zq_get (zq_box *box, int option, void *value, size_t *size);
/* RCVTIMEO or SNDTIMEO, in milliseconds, where -1 is for ever; or less than this. */
#define ZQ_NO_TIMEOUT (-((int64_t) 1 << 31) - 1)
int64_t zq_timeout (zq_box *box, int option);
/* RCVMORE: 0, 1, or negative. */
int zq_more (zq_box *box);
int zq_set (zq_box *box, int option, const void *value, size_t size, int is_int);
/* Set LINGER where that can be done, also of one that is closed but held. */
void zq_linger (zq_box *box, int value);
enum zq_named_call
{
    ZQ_BIND,
    ZQ_CONNECT,
    ZQ_UNBIND,
    ZQ_DISCONNECT,
    ZQ_JOIN,
    ZQ_LEAVE
};
int zq_named (zq_box *box, int call, const char *name);
int zq_fd (zq_box *box);

/* After an operation was refused, with the lock held: wait for one of `events`, or with 0
   for any news. 0: try again, with the lock held; else negative, and without it: -EAGAIN
   at the deadline, -EINTR, ZQ_CLOSED and so on. */
int zq_box_sleep (zq_box *box, int events, int64_t *spin_end, int64_t deadline);

/* Wait for one of `events`, or with 0 for any news. 1: try again, 0: the deadline. */
int zq_wait (zq_box *box, int events, int64_t *spin_end, int64_t deadline);
void zq_enlist (zq_box *box, zq_waiter *waiter, zq_waker *waker, int events);
void zq_dismiss (zq_box *box, zq_waiter *waiter);

/* The state that the backend sets. */
void zq_mark_returned (zq_box *box, int returned);
/* Take it for one user alone, if nobody has; whether that has it now. Letting go of it does
   nothing for another one. Whoever waits for it looks again. */
int zq_claim (zq_box *box, void *user);
void zq_unclaim (zq_box *box, void *user);
/* For its user, to use it as others do, and back. */
void zq_mark_busy (zq_box *box, int busy);
void zq_count_watchers (zq_box *box, int n);
void zq_count_holds (zq_box *box, int n);
void zq_mark_closed (zq_box *box);
/* Begin to count what the socket does, or end it; the numbers, and one more of a kind. */
int zq_set_counting (zq_box *box, int on);
void zq_read_stats (zq_box *box, long long *numbers); /* ZQ_N_STATS, and the dropped ones */
int zq_set_on_full (zq_box *box, int on_full);
void zq_count_one (zq_box *box, int which);

/* For the parts of this alone. Whether it is closed and nobody is left in it; `socket` gets
   what is to be closed, by one caller, else NULL. */
int zq_last_out (zq_box *box, void **socket);
/* Whether an operation may begin; if so, the lock is held. */
int zq_box_enter (zq_box *box);
/* With the lock held: those who wait learn of what is there. */
void zq_box_tell (zq_box *box);
/* The end of one, with or without success (errno): tells others, and leaves the lock. */
int zq_box_done (zq_box *box);
int zq_box_failed (zq_box *box);
/* With the lock held: read EVENTS, the fd. */
int zq_box_events (zq_box *box);
int zq_box_fd (zq_box *box);

/* Polling. */
typedef struct
{
    zq_box *box; /* NULL: a bare descriptor */
    intptr_t fd; /* -1: left out */
    int events;
    int found;
    zq_waiter waiter;
} zq_polled;

/* How many are ready; 0 at the deadline; or negative. A deadline of 0 does not wait. */
int zq_poll_all (zq_polled *items, int n, int64_t *spin_end, int64_t deadline);

#endif
