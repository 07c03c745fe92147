#include "cffi/box.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "native/poll.h"

enum
{
    NOT_YET = -2 /* in place of a deadline */
};

zq_catch *zq_catch_new (size_t size)
{
    zq_catch *c = (zq_catch *) malloc (size);
    if (c == NULL)
        return NULL;
    c->capacity = ZQ_FEW;
    c->messages = (zmq_msg_t *) malloc (ZQ_FEW * sizeof (zmq_msg_t));
    if (c->messages == NULL) {
        free (c);
        return NULL;
    }
    c->n = c->copied = c->told = 0;
    c->deadline = NOT_YET;
    return c;
}

void zq_catch_close (zq_catch *c)
{
    int i;
    if (!c->copied)
        for (i = 0; i < c->n; i++)
            zmq_msg_close (&c->messages[i]);
    c->n = c->told = 0;
    c->deadline = NOT_YET;
}

void zq_catch_free (zq_catch *c)
{
    zq_catch_close (c);
    free (c->messages);
    free (c);
}

/* With the lock held: where messages come from. */
static int source (zq_box *box)
{
    if (!box->returned || box->more)
        return 0;
    zq_lock_leave (&box->lock);
    return ZQ_PUT_BACK;
}

static int begin (zq_box *box, zq_catch *c)
{
    c->n = 0;
    return zq_box_enter (box) ? source (box) : ZQ_UNUSABLE;
}

/* With the lock held, after libzmq has refused: 0 to try again, with the lock; else the
   result, without it. */
static int refused (zq_box *box, zq_catch *c, int how)
{
    int timeout, rc;
    size_t size = sizeof timeout;
    if (errno != EAGAIN || !(how & ZQ_WAITS)) {
        /* Not where others wait, as they are told by another look; nor of draft sockets,
           whose own descriptor forgets by itself. */
        box->refused = errno == EAGAIN && box->waiters == NULL && box->poller == NULL;
        return zq_box_failed (box);
    }
    if (c->deadline == NOT_YET) {
        zq_count (box->sender.stats, ZQ_RECEIVES_WAITED, 1);
        if (zmq_getsockopt (box->ptr, ZMQ_RCVTIMEO, &timeout, &size) < 0)
            return zq_box_failed (box);
        c->deadline = timeout < 0 ? ZQ_FOREVER : zq_now_ns () + (int64_t) timeout * 1000000;
        c->spin_end = zq_spin_end (box->spin, c->deadline);
    }
    if (box->watched && !c->told) {
        c->told = 1;
        zq_lock_leave (&box->lock);
        return ZQ_TELL_FIRST;
    }
    c->told = 0;
    rc = zq_box_sleep (box, ZMQ_POLLIN, &c->spin_end, c->deadline);
    return rc < 0 ? rc : source (box);
}

static int ended (zq_catch *c, int rc)
{
    if (rc != -EINTR && rc != ZQ_TELL_FIRST) {
        c->deadline = NOT_YET;
        c->told = 0;
    }
    return rc;
}

/* With the lock held, which it leaves. */
static void received (zq_box *box, zq_catch *c, int n, int more)
{
    box->within = box->more;
    box->more = more;
    box->taken = box->taken + 2;
    c->n = n;
    c->tell = box->watched;
    zq_box_tell (box);
    zq_lock_leave (&box->lock);
}

int zq_take (zq_box *box, zq_catch *c, int how)
{
    zmq_msg_t *m = &c->messages[0];
    int size, rc = begin (box, c);
    while (rc == 0) {
        zmq_msg_init (m);
        size = zmq_msg_recv (m, box->ptr, ZMQ_DONTWAIT);
        if (size < 0) {
            rc = refused (box, c, how);
            continue;
        }
        zq_count_received (box->sender.stats, m);
        received (box, c, 1, zmq_msg_more (m));
        c->copied = !(how & ZQ_AS_MESSAGE) && size <= ZQ_SMALL;
        c->sizes[0] = size;
        if (c->copied) {
            memcpy (c->data, zmq_msg_data (m), (size_t) size);
            zmq_msg_close (m);
        }
        return ended (c, size);
    }
    return ended (c, rc);
}

static int more_room (zq_catch *c)
{
    int i, capacity = 2 * c->capacity;
    zmq_msg_t *larger = (zmq_msg_t *) malloc ((size_t) capacity * sizeof (zmq_msg_t));
    if (larger == NULL) {
        errno = ENOMEM;
        return -1;
    }
    for (i = 0; i < c->capacity; i++) {
        zmq_msg_init (&larger[i]);
        zmq_msg_move (&larger[i], &c->messages[i]);
    }
    free (c->messages);
    c->messages = larger;
    c->capacity = capacity;
    return 0;
}

/* Receive the frames after the first; returns how many they are in all, or -1. */
static int take_rest (zq_box *box, zq_catch *c)
{
    int n = 1;
    while (zmq_msg_more (&c->messages[n - 1])) {
        if (n < c->capacity || more_room (c) == 0) {
            zmq_msg_init (&c->messages[n]);
            if (zmq_msg_recv (&c->messages[n], box->ptr, ZMQ_DONTWAIT) >= 0) {
                zq_count_received (box->sender.stats, &c->messages[n]);
                n++;
                continue;
            }
            if (errno == EINTR)
                continue;
        }
        while (n)
            zmq_msg_close (&c->messages[--n]);
        return -1;
    }
    return n;
}

static void copy_small (zq_catch *c)
{
    char *data = c->data;
    size_t size, total = 0;
    int i;
    if (c->n > ZQ_FEW)
        return;
    for (i = 0; i < c->n; i++)
        total += zmq_msg_size (&c->messages[i]);
    if (total > ZQ_SMALL)
        return;
    for (i = 0; i < c->n; i++) {
        size = zmq_msg_size (&c->messages[i]);
        memcpy (data, zmq_msg_data (&c->messages[i]), size);
        zmq_msg_close (&c->messages[i]);
        c->sizes[i] = (int) size;
        data += size;
    }
    c->copied = 1;
}

int zq_take_all (zq_box *box, zq_catch *c, int how)
{
    int n, rc = begin (box, c);
    while (rc == 0) {
        zmq_msg_init (&c->messages[0]);
        if (zmq_msg_recv (&c->messages[0], box->ptr, ZMQ_DONTWAIT) < 0) {
            rc = refused (box, c, how);
            continue;
        }
        zq_count_received (box->sender.stats, &c->messages[0]);
        n = take_rest (box, c);
        if (n < 0)
            return ended (c, zq_box_failed (box));
        received (box, c, n, 0);
        c->copied = 0;
        if (!(how & ZQ_AS_MESSAGE))
            copy_small (c);
        return ended (c, n);
    }
    return ended (c, rc);
}
