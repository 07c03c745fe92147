/* A libzmq context, for threads that run at the same time.

   libzmq frees a context as it ends. So each function here takes the lock of the context,
   looks whether it is there still, and calls libzmq, all in one: none of them touches what
   the term() of another thread may be about to free. What shadows a context shares this
   with it. */
#ifndef ZQ_CONTEXT_H
#define ZQ_CONTEXT_H

#include <stddef.h>
#include "cffi/box.h"
#include "native/resources.h"

/* A closed socket that received the events of another one. libzmq blocks for ever on an
   event that nobody is there to receive, and with it the thread that closes sockets: so it
   stays until the last of them has come. */
typedef struct zq_late
{
    void *ptr;
    struct zq_late *next;
} zq_late;

typedef struct
{
    void *ptr; /* NULL once it has ended */
    int generation; /* of the fork that made it */
    int ending; /* somebody is in zmq_ctx_term, or is about to go back there */
    zq_late *late;
    zq_threads *threads; /* NULL for other code's context */
    zq_lock lock;
} zq_context;

/* `size` is that of a zq_context. Freeing it leaves libzmq's context alone. */
zq_context *zq_context_new (size_t size);
void zq_context_free (zq_context *context);

/* The functions below return 0, or minus the code of an error; ZQ_UNUSABLE for one that has
   ended, is about to, or is a parent process's. */

/* Make libzmq's context; or, with the address of one, use that. */
int zq_context_begin (zq_context *context, void *shadowed);
/* Make a socket, for a box that has none yet. */
int zq_context_open (zq_context *context, zq_box *box, int type);
/* What an error of zq_context_open is about, or NULL. */
const char *zq_context_refused (zq_context *context);
int zq_context_set (zq_context *context, int option, int value);
int zq_context_get (zq_context *context, int option, int *value);
int zq_context_shutdown (zq_context *context);

/* Terminate it; a parent process's is left alone. After -EINTR, when handlers of signals
   have run, the same again, or zq_context_resume: until then nobody else can use it. */
int zq_context_end (zq_context *context);
void zq_context_resume (zq_context *context);
/* Leave libzmq's context to itself. */
void zq_context_forget (zq_context *context);

/* Close the late ones whose last event has come; returns how many are left. */
int zq_context_close_late (zq_context *context);

/* Publish what happens to a socket at `address`, or with NULL end that. Ending it sends a
   last event. Where whoever listened has gone, libzmq would wait for the next listener: so
   `former`, where it was published before, is listened to meanwhile, or is NULL. */
int zq_monitor (
    zq_box *box, const char *address, int events, zq_context *context, const char *former);

/* Close libzmq's socket of a closed box if nobody is left who waits on it or holds it;
   returns whether it is closed now. `context`: that of a receiver of events, which becomes a
   late one where they have not all come; else NULL. */
int zq_close_if_last (zq_box *box, zq_context *context);

/* For the parts of this alone. Whether it can be used; if so, the lock is held. */
int zq_context_enter (zq_context *context);
/* With the lock held: close the late ones, all or those whose last event has come; returns
   how many are left. */
int zq_context_close_some (zq_context *context, int all);

#endif
