#include "cffi/box.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "cffi/loan.h"
#include "native/drafts.h"
#include "native/fork.h"
#include "native/poll.h"

enum
{
    NO_FD = -2,
    FIRST_DRAFT = 12, /* ZMQ_SERVER */
    MAX_SPARE_WAKERS = 64
};

static zq_lock spare_lock = ZQ_LOCK_INIT;
static zq_waker *spare[MAX_SPARE_WAKERS];
static int n_spare = 0;

static void in_child (void)
{
    /* The descriptors are shared with the parent: closed in the child, never used. */
    zq_lock_init (&spare_lock);
    zq_wakers_forget ();
    zq_loans_forget ();
}

void zq_box_prepare (void)
{
    zq_notice_forks (in_child);
}

int zq_generation (void)
{
    return zq_fork_generation;
}

/* ---- its life ---- */

zq_box *zq_box_new (void *ptr, int type)
{
    zq_box *box = (zq_box *) calloc (1, sizeof (zq_box));
    if (box == NULL)
        return NULL;
    box->ptr = ptr;
    box->type = type;
    box->generation = zq_fork_generation;
    box->fd = NO_FD;
    zq_sender_init (&box->sender, type);
    zq_lock_init (&box->lock);
    return box;
}

void zq_box_free (zq_box *box)
{
    zq_lock_destroy (&box->lock);
    free (box);
}

/* Whether an operation may begin; if so, the lock is held. */
static int enter (zq_box *box)
{
    if (box == NULL || box->generation != zq_fork_generation)
        return 0;
    zq_lock_take (&box->lock);
    if (!box->closed && !box->busy && box->ptr != NULL)
        return 1;
    zq_lock_leave (&box->lock);
    return 0;
}

static void wake (zq_box *box, int events)
{
    zq_waiter *waiter;
    for (waiter = box->waiters; waiter != NULL; waiter = waiter->following) {
        if (waiter->events & events) {
            waiter->woken = 1;
            zq_wake (waiter->waker);
        }
    }
}

static int events_of (zq_box *box)
{
    int events = 0, rc;
    size_t size = sizeof events;
    while ((rc = zmq_getsockopt (box->ptr, ZMQ_EVENTS, &events, &size)) < 0 && errno == EINTR) {
    }
    return rc < 0 ? -errno : events | (box->returned ? ZMQ_POLLIN : 0);
}

/* After something that libzmq did: who waits learns of what is there. */
static void look_for_others (zq_box *box)
{
    int events, err = errno;
    if (box->waiters != NULL) {
        events = events_of (box);
        wake (box, events < 0 ? ZMQ_POLLIN | ZMQ_POLLOUT : events);
    }
    errno = err;
}

/* The end of an operation that succeeded. */
static int done (zq_box *box)
{
    int bits = box->watched ? ZQ_TELL : 0;
    look_for_others (box);
    zq_lock_leave (&box->lock);
    return zq_loans_any () ? bits | ZQ_DRAIN : bits;
}

/* The end of one that did not, with errno. */
static int failed (zq_box *box)
{
    int err = errno;
    if (err == EAGAIN)
        look_for_others (box); /* its mailbox has been read */
    else if (err != EINTR)
        wake (box, ZMQ_POLLIN | ZMQ_POLLOUT); /* ETERM is reported only once */
    zq_lock_leave (&box->lock);
    return -err;
}

/* ---- sending ---- */

int zq_put (zq_box *box, const char *data, size_t size, int flags)
{
    zq_frame frame;
    int more = flags & ZMQ_SNDMORE;
    if (!enter (box))
        return ZQ_UNUSABLE;
    if (box->sender.state == 0 && !more
        && zmq_send (box->ptr, data, size, ZMQ_DONTWAIT) >= 0)
        return done (box);
    if (zq_frame_init_data (&frame, data, size) < 0)
        return failed (box);
    if (zq_send_message (box->ptr, &box->sender, &frame, 1, more) < 0) {
        int err = errno;
        zq_frames_close (&frame, 1);
        errno = err;
        return failed (box);
    }
    if (!more)
        return done (box);
    zq_lock_leave (&box->lock);
    return ZQ_DONE; /* others are told when the message is whole */
}

int zq_put_frames (zq_box *box, zq_frame *frames, int n, int flags)
{
    if (!enter (box))
        return ZQ_UNUSABLE;
    if (zq_send_message (box->ptr, &box->sender, frames, n, flags & ZMQ_SNDMORE) < 0)
        return failed (box);
    if (!(flags & ZMQ_SNDMORE))
        return done (box);
    zq_lock_leave (&box->lock);
    return ZQ_DONE;
}

int zq_put_joined (zq_box *box, const char *data, const int *sizes, int n, int flags)
{
    zq_frame few[16];
    zq_frame *frames = few;
    int made, rc = 0;
    if (n > 16) {
        frames = (zq_frame *) malloc ((size_t) n * sizeof (zq_frame));
        if (frames == NULL)
            return -ENOMEM;
    }
    for (made = 0; made < n && rc == 0; made++) {
        rc = zq_frame_init_data (&frames[made], data, (size_t) sizes[made]);
        data += sizes[made];
    }
    if (rc < 0) {
        zq_frames_close (frames, made - 1);
        rc = -ENOMEM;
    } else {
        rc = zq_put_frames (box, frames, n, flags);
        if (rc < 0)
            zq_frames_close (frames, n);
    }
    if (frames != few)
        free (frames);
    return rc;
}

int zq_refused_events (zq_box *box)
{
    return box->sender.events;
}

int zq_lost_place (zq_box *box)
{
    return (box->sender.state & ZQ_SENDER_HEADLESS) && (box->sender.state & ZQ_SENDER_CORRELATE);
}

/* ---- receiving ---- */

zq_catch *zq_catch_new (void)
{
    zq_catch *c = (zq_catch *) malloc (sizeof (zq_catch));
    if (c == NULL)
        return NULL;
    c->capacity = ZQ_FEW;
    c->messages = (zmq_msg_t *) malloc (ZQ_FEW * sizeof (zmq_msg_t));
    if (c->messages == NULL) {
        free (c);
        return NULL;
    }
    return c;
}

void zq_catch_free (zq_catch *c)
{
    free (c->messages);
    free (c);
}

static int may_take (zq_box *box)
{
    if (!enter (box))
        return ZQ_UNUSABLE;
    if (!box->returned || box->more)
        return 0;
    zq_lock_leave (&box->lock);
    return ZQ_PUT_BACK;
}

int zq_take (zq_box *box, zq_catch *c, int as_message)
{
    zmq_msg_t *m = &c->messages[0];
    int size, rc = may_take (box);
    if (rc < 0)
        return rc;
    zmq_msg_init (m);
    size = zmq_msg_recv (m, box->ptr, ZMQ_DONTWAIT);
    if (size < 0)
        return failed (box);
    c->more = box->more = zmq_msg_more (m);
    c->tell = box->watched;
    look_for_others (box);
    zq_lock_leave (&box->lock);
    c->copied = !as_message && size <= ZQ_SMALL;
    if (c->copied) {
        memcpy (c->data, zmq_msg_data (m), (size_t) size);
        zmq_msg_close (m);
    }
    return size;
}

static int more_room (zq_catch *c)
{
    int i, capacity = 2 * c->capacity;
    zmq_msg_t *larger = (zmq_msg_t *) malloc ((size_t) capacity * sizeof (zmq_msg_t));
    if (larger == NULL)
        return -1;
    for (i = 0; i < c->capacity; i++) {
        zmq_msg_init (&larger[i]);
        zmq_msg_move (&larger[i], &c->messages[i]);
    }
    free (c->messages);
    c->messages = larger;
    c->capacity = capacity;
    return 0;
}

int zq_take_all (zq_box *box, zq_catch *c, int as_messages)
{
    int i, n = 0, more = 1, rc = may_take (box);
    size_t total = 0;
    c->n = 0;
    if (rc < 0)
        return rc;
    while (more) {
        zmq_msg_t *m;
        if (n == c->capacity && more_room (c) < 0)
            errno = ENOMEM;
        else {
            m = &c->messages[n];
            zmq_msg_init (m);
            while ((rc = zmq_msg_recv (m, box->ptr, ZMQ_DONTWAIT)) < 0 && errno == EINTR && n) {
            }
            if (rc >= 0) {
                more = zmq_msg_more (m);
                total += (size_t) rc;
                n++;
                continue;
            }
        }
        for (i = 0; i < n; i++)
            zmq_msg_close (&c->messages[i]);
        return failed (box);
    }
    box->more = 0;
    c->tell = box->watched;
    c->n = n;
    look_for_others (box);
    zq_lock_leave (&box->lock);
    c->copied = !as_messages && n <= ZQ_FEW && total <= ZQ_SMALL;
    if (c->copied) {
        char *data = c->data;
        for (i = 0; i < n; i++) {
            size_t size = zmq_msg_size (&c->messages[i]);
            memcpy (data, zmq_msg_data (&c->messages[i]), size);
            zmq_msg_close (&c->messages[i]);
            c->sizes[i] = (int) size;
            data += size;
        }
    }
    return n;
}

/* ---- events and options ---- */

int zq_look (zq_box *box)
{
    int events;
    if (!enter (box))
        return ZQ_UNUSABLE;
    events = events_of (box);
    if (events < 0) {
        errno = -events;
        return failed (box);
    }
    wake (box, events);
    zq_lock_leave (&box->lock);
    return events;
}

void zq_wake_all (zq_box *box, int events)
{
    if (box->generation != zq_fork_generation)
        return;
    zq_lock_take (&box->lock);
    wake (box, events);
    zq_lock_leave (&box->lock);
}

int zq_get (zq_box *box, int option, void *value, size_t *size)
{
    int rc;
    if (!enter (box))
        return ZQ_UNUSABLE;
    rc = zmq_getsockopt (box->ptr, option, value, size);
    if (rc < 0)
        rc = -errno;
    if (rc == -ETERM)
        wake (box, ZMQ_POLLIN | ZMQ_POLLOUT);
    zq_lock_leave (&box->lock);
    return rc;
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
    if (!enter (box))
        return ZQ_UNUSABLE;
    if (zmq_setsockopt (box->ptr, option, value, size) < 0)
        return errno == ETERM || errno == EINTR ? failed (box) : (zq_lock_leave (&box->lock), -errno);
    if (is_int)
        zq_sender_option (&box->sender, option, *(const int *) value);
    return done (box);
}

static int call_named (void *socket, int call, const char *name)
{
    switch (call) {
        case ZQ_BIND:
            return zmq_bind (socket, name);
        case ZQ_CONNECT:
            return zmq_connect (socket, name);
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
    int err;
    if (!enter (box))
        return ZQ_UNUSABLE;
    if (call_named (box->ptr, call, name) >= 0)
        return done (box);
    err = errno;
    zq_lock_leave (&box->lock);
    return -err;
}

int zq_monitor (zq_box *box, const char *address, int events)
{
    int rc;
    if (!enter (box))
        return ZQ_UNUSABLE;
    rc = zmq_socket_monitor (box->ptr, address, events) < 0 ? -errno : 0;
    zq_lock_leave (&box->lock);
    return rc;
}

static int fd_of (zq_box *box)
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
    if (!enter (box))
        return ZQ_UNUSABLE;
    fd = fd_of (box);
    if (box->poller != NULL)
        zq_drafts_poller_drain (box->poller);
    zq_lock_leave (&box->lock);
    return fd;
}

/* ---- waiting ---- */

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
    if (box->generation != zq_fork_generation)
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
    if (!enter (box)) {
        zq_waker_give_back (waker);
        return 1; /* the caller finds out why */
    }
    fd = fd_of (box);
    if (box->poller != NULL)
        zq_drafts_poller_drain (box->poller);
    enlist (box, &waiter, waker, events);
    /* What the caller found missing may have come before it was enlisted; and its attempt
       may have swallowed what others wait for. */
    found = fd < 0 ? fd : events_of (box);
    if (found >= 0)
        wake (box, found);
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
    if (box->generation == zq_fork_generation) {
        zq_lock_take (&box->lock);
        dismiss (box, &waiter);
        zq_lock_leave (&box->lock);
    }
    zq_waker_give_back (waker);
    return rc;
}

/* ---- state ---- */

void zq_mark_returned (zq_box *box, int value)
{
    zq_lock_take (&box->lock);
    box->returned = value;
    if (value)
        wake (box, ZMQ_POLLIN);
    zq_lock_leave (&box->lock);
}

void zq_mark_busy (zq_box *box, int busy)
{
    if (box->generation != zq_fork_generation)
        return;
    zq_lock_take (&box->lock);
    box->busy = busy;
    wake (box, ZMQ_POLLIN | ZMQ_POLLOUT);
    zq_lock_leave (&box->lock);
}

void zq_count_watchers (zq_box *box, int n)
{
    box->watched = n;
}

void zq_count_holds (zq_box *box, int n)
{
    if (box->generation != zq_fork_generation)
        return;
    zq_lock_take (&box->lock);
    box->held = n;
    zq_lock_leave (&box->lock);
}

void zq_mark_closed (zq_box *box)
{
    zq_waiter *waiter;
    if (box->generation != zq_fork_generation) {
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
    if (box->generation != zq_fork_generation)
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
