#include "cffi/box.h"

#include <errno.h>
#include <stdlib.h>
#include "native/drafts.h"
#include "native/fork.h"
#include "native/lease.h"
#include "native/resources.h"

enum
{
    NO_FD = -2,
    FIRST_DRAFT = 12 /* ZMQ_SERVER */
};

void zq_box_prepare (void)
{
    zq_notice_forks (NULL);
}

int zq_generation (void)
{
    return zq_fork_generation;
}

/* ---- its life ---- */

zq_box *zq_box_new (size_t size)
{
    return (zq_box *) calloc (1, size);
}

void zq_box_begin (zq_box *box, void *ptr, int type)
{
    box->ptr = ptr;
    box->type = type;
    box->taken = 1;
    box->generation = zq_fork_generation;
    box->fd = NO_FD;
    zq_sender_init (&box->sender, type);
    zq_lock_init (&box->lock);
}

void zq_box_free (zq_box *box)
{
    zq_lock_destroy (&box->lock);
    free (box);
}

/* Whether an operation may begin; if so, the lock is held. */
int zq_box_enter (zq_box *box)
{
    if (box == NULL || box->generation != zq_fork_generation)
        return 0;
    zq_lock_take (&box->lock);
    box->refused = 0;
    if (!box->closed && !box->busy && box->ptr != NULL)
        return 1;
    zq_lock_leave (&box->lock);
    return 0;
}

int zq_box_events (zq_box *box)
{
    int events = 0, rc;
    size_t size = sizeof events;
    while ((rc = zmq_getsockopt (box->ptr, ZMQ_EVENTS, &events, &size)) < 0 && errno == EINTR) {
    }
    return rc < 0 ? -errno : events | (box->returned ? ZMQ_POLLIN : 0);
}

/* After something that libzmq did: who waits learns of what is there. */
void zq_box_tell (zq_box *box)
{
    int events, err = errno;
    if (box->waiters != NULL) {
        events = zq_box_events (box);
        zq_waiters_wake (box->waiters, events < 0 ? ZMQ_POLLIN | ZMQ_POLLOUT : events);
    }
    errno = err;
}

/* The end of an operation that succeeded. */
int zq_box_done (zq_box *box)
{
    int bits = box->watched ? ZQ_TELL : 0;
    zq_box_tell (box);
    zq_lock_leave (&box->lock);
    return zq_leases_any () ? bits | ZQ_DRAIN : bits;
}

/* The end of one that did not, with errno. */
int zq_box_failed (zq_box *box)
{
    int err = errno;
    if (err == EAGAIN)
        zq_box_tell (box); /* its mailbox has been read */
    else if (err != EINTR)
        zq_waiters_wake (box->waiters, ZMQ_POLLIN | ZMQ_POLLOUT); /* ETERM is reported only once */
    zq_lock_leave (&box->lock);
    return -err;
}

/* ---- events and options ---- */

int zq_look (zq_box *box)
{
    int events;
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    events = zq_box_events (box);
    if (events < 0) {
        errno = -events;
        return zq_box_failed (box);
    }
    zq_waiters_wake (box->waiters, events);
    zq_lock_leave (&box->lock);
    return events;
}

void zq_wake_all (zq_box *box, int events)
{
    if (box->generation != zq_fork_generation)
        return;
    zq_lock_take (&box->lock);
    zq_waiters_wake (box->waiters, events);
    zq_lock_leave (&box->lock);
}

int zq_get (zq_box *box, int option, void *value, size_t *size)
{
    int rc;
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    rc = zmq_getsockopt (box->ptr, option, value, size);
    if (rc < 0)
        rc = -errno;
    if (rc == -ETERM)
        zq_waiters_wake (box->waiters, ZMQ_POLLIN | ZMQ_POLLOUT);
    zq_lock_leave (&box->lock);
    return rc;
}

int64_t zq_timeout (zq_box *box, int option)
{
    int value = 0;
    size_t size = sizeof value;
    int rc = zq_get (box, option, &value, &size);
    return rc < 0 ? ZQ_NO_TIMEOUT + rc : value;
}

int zq_more (zq_box *box)
{
    int more = 0;
    size_t size = sizeof more;
    int rc = zq_get (box, ZMQ_RCVMORE, &more, &size);
    return rc < 0 ? rc : more;
}

int zq_set (zq_box *box, int option, const void *value, size_t size, int is_int)
{
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    if (zmq_setsockopt (box->ptr, option, value, size) < 0)
        return errno == ETERM || errno == EINTR ? zq_box_failed (box) : (zq_lock_leave (&box->lock), -errno);
    if (is_int)
        zq_sender_option (&box->sender, option, *(const int *) value);
    return zq_box_done (box);
}

void zq_linger (zq_box *box, int value)
{
    zq_lock_take (&box->lock);
    if (box->ptr != NULL && !box->busy && box->generation == zq_fork_generation)
        (void) zmq_setsockopt (box->ptr, ZMQ_LINGER, &value, sizeof (value));
    zq_lock_leave (&box->lock);
}

static int call_named (void *socket, int call, const char *name)
{
    switch (call) {
        case ZQ_BIND:
            return zq_bind (socket, name);
        case ZQ_CONNECT:
            return zq_connect (socket, name);
        case ZQ_UNBIND:
            return zmq_unbind (socket, name);
        case ZQ_DISCONNECT:
            return zmq_disconnect (socket, name);
        case ZQ_JOIN:
            return zmq_join (socket, name);
        default:
            return zmq_leave (socket, name);
    }
}

int zq_named (zq_box *box, int call, const char *name)
{
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    if (call_named (box->ptr, call, name) >= 0)
        return zq_box_done (box);
    return zq_box_failed (box); /* the mailbox has been read: others look for themselves */
}

int zq_box_fd (zq_box *box)
{
    int fd;
    size_t size = sizeof fd;
    if (box->fd == NO_FD) {
        if (zmq_getsockopt (box->ptr, ZMQ_FD, &fd, &size) < 0) {
            if (errno != EINVAL || box->type < FIRST_DRAFT)
                return -errno;
            box->poller = zq_drafts_poller_new (box->ptr, &fd);
            if (box->poller == NULL)
                return -errno;
        }
        box->fd = fd;
    }
    return box->fd;
}

int zq_fd (zq_box *box)
{
    int fd;
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    fd = zq_box_fd (box);
    if (box->poller != NULL)
        zq_drafts_poller_drain (box->poller);
    zq_lock_leave (&box->lock);
    return fd;
}

/* ---- numbers ---- */

int zq_set_counting (zq_box *box, int on)
{
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    zq_sender_count (&box->sender, on ? &box->stats : NULL);
    zq_lock_leave (&box->lock);
    return 0;
}

void zq_read_stats (zq_box *box, long long *numbers)
{
    int i;
    for (i = 0; i < ZQ_N_STATS; i++)
        numbers[i] = zq_stat (&box->stats, i);
    numbers[i] = zq_sender_dropped (&box->sender);
}

int zq_set_on_full (zq_box *box, int on_full)
{
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    box->sender.on_full = on_full;
    zq_lock_leave (&box->lock);
    return 0;
}

void zq_count_one (zq_box *box, int which)
{
    zq_lock_take (&box->lock);
    zq_count (box->sender.stats, which, 1);
    zq_lock_leave (&box->lock);
}
