#include "native/send.h"

#include <errno.h>
#include <string.h>

/* Peers that vanish in the middle of one message, until signals are looked for. */
#define MAX_ROUNDS 100

/* libzmq before 4.3.1 has no way to drop the rest of a message whose peer has gone. */
static int swallows (void)
{
    static int answer = -1;
    int major, minor, patch;
    if (answer < 0) {
        zmq_version (&major, &minor, &patch);
        answer = major * 10000 + minor * 100 + patch >= 40301;
    }
    return answer;
}

/* The types that refuse frames after the first. The others, where a peer vanishes, drop
   the message by themselves. */
static int may_refuse_later (int type)
{
    return type == ZMQ_PUSH || type == ZMQ_DEALER || type == ZMQ_PAIR || type == ZMQ_REQ;
}

void zq_sender_init (zq_sender *sender, int type)
{
    memset (sender, 0, sizeof *sender);
    sender->type = type;
    if (type == ZMQ_REQ)
        sender->state = ZQ_SENDER_REQ;
}

void zq_sender_option (zq_sender *sender, int option, int value)
{
    int bit = option == ZMQ_REQ_RELAXED     ? ZQ_SENDER_RELAXED
              : option == ZMQ_REQ_CORRELATE ? ZQ_SENDER_CORRELATE
                                            : 0;
    if (sender->type == ZMQ_REQ)
        sender->state = value ? sender->state | bit : sender->state & ~bit;
}

void zq_sender_count (zq_sender *sender, zq_stats *stats)
{
    sender->stats = stats;
    sender->state = stats == NULL ? sender->state & ~ZQ_SENDER_COUNTED : sender->state | ZQ_SENDER_COUNTED;
}

int zq_frame_make (zq_frame *frame)
{
    if (zmq_msg_init_size (&frame->msg, frame->size) < 0)
        return -1;
    memcpy (zmq_msg_data (&frame->msg), frame->data, frame->size);
    return 0;
}

static int is_inside (const zq_frame *frame)
{
    return frame->data != NULL && frame->size <= ZQ_INSIDE;
}

void zq_frames_close (zq_frame *frames, int n)
{
    int i;
    for (i = 0; i < n; i++)
        if (!is_inside (&frames[i]))
            zmq_msg_close (&frames[i].msg);
}

/* Close those that may have been copied: of the others libzmq has taken everything. */
static void close_copied (zq_frame *frames, int n)
{
    int i;
    for (i = 0; i < n; i++)
        if (frames[i].data == NULL)
            zmq_msg_close (&frames[i].msg);
}

/* After a message was refused in the middle: make what libzmq has taken anew. */
static int make_again (zq_frame *frames, int n)
{
    int i;
    for (i = 0; i < n; i++) {
        if (frames[i].data == NULL || is_inside (&frames[i]))
            continue;
        if (zq_frame_make (&frames[i]) < 0) {
            zmq_msg_init (&frames[i].msg);
            return -1;
        }
    }
    return 0;
}

/* Send a frame, or a copy of it; on success -1 is not returned, as by zmq_msg_send. */
static inline int send_frame (void *socket, zq_frame *frame, int flags, int copy)
{
    zmq_msg_t copied;
    int rc, err;
    if (is_inside (frame))
        return zmq_send (socket, frame->data, frame->size, flags);
    if (!copy || frame->data != NULL)
        return zmq_msg_send (&frame->msg, socket, flags);
    zmq_msg_init (&copied);
    if (zmq_msg_copy (&copied, &frame->msg) < 0)
        return -1;
    rc = zmq_msg_send (&copied, socket, flags);
    if (rc < 0) {
        err = errno;
        zmq_msg_close (&copied);
        errno = err;
    }
    return rc;
}

/* The same, within a message: a signal does not end it. */
static int send_next (void *socket, zq_sender *sender, zq_frame *frame, int flags, int copy)
{
    int rc;
    while ((rc = send_frame (socket, frame, flags, copy)) < 0 && errno == EINTR)
        sender->interrupted = 1;
    return rc;
}

/* An empty frame of our own. */
static int send_empty (void *socket, zq_sender *sender, int flags)
{
    int rc;
    while ((rc = zmq_send (socket, "", 0, flags | ZMQ_DONTWAIT)) < 0 && errno == EINTR)
        sender->interrupted = 1;
    return rc;
}

/* What comes after the first frame, or after an own delimiter before it. Returns n, or the
   index of the frame that was refused. */
static int send_from (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags, int i)
{
    int copy = flags & ZQ_KEEP || may_refuse_later (sender->type);
    for (; i < n; i++) {
        int last = i == n - 1;
        int more = last ? flags & ZMQ_SNDMORE : ZMQ_SNDMORE;
        /* When the last one is taken, the message is; so it need not be kept. */
        if (send_next (socket, sender, &frames[i], ZMQ_DONTWAIT | more,
                       last ? flags & ZQ_KEEP : copy) < 0)
            break;
    }
    return i;
}

/* The result of an attempt other than the index of the frame that was refused. */
#define BEGUN 0x40000000 /* added to it: libzmq has refused within a message */

static inline int attempt (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int more = n > 1 ? ZMQ_SNDMORE : flags & ZMQ_SNDMORE;
    int copy = flags & ZQ_KEEP || (n > 1 && may_refuse_later (sender->type));
    int i;
    if (send_frame (socket, &frames[0], ZMQ_DONTWAIT | more, copy) < 0)
        return 0;
    if (n == 1)
        return 1;
    i = send_from (socket, sender, frames, n, flags, 1);
    return i < n ? i | BEGUN : n;
}

/* Leave the state that a refusal within a message has put libzmq into. */
static void leave (void *socket, zq_sender *sender, int had_more)
{
    /* It swallows frames until one without SNDMORE, which it swallows, too. Of the state
       of a PAIR nothing is left. After its last frame was refused nothing is to come. */
    if (had_more && sender->type != ZMQ_PAIR && swallows ())
        send_empty (socket, sender, 0);
}

/* REQ. libzmq sends a delimiter before the first frame, then reads away old replies, and
   may learn by that that the peer has gone. The frame is refused, but not the delimiter:
   from outside that looks the same as a peer that is not there. */

static void set_relaxed (void *socket, int value)
{
    while (zmq_setsockopt (socket, ZMQ_REQ_RELAXED, &value, sizeof value) < 0
           && errno == EINTR) {
    }
}

static int attempt_req (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int more = n > 1 ? ZMQ_SNDMORE : flags & ZMQ_SNDMORE;
    int copy = flags & ZQ_KEEP || n > 1;
    int i, headless = sender->state & ZQ_SENDER_HEADLESS;
    /* A peer that has gone already is found out by this, before the delimiter is sent. */
    int there = (sender->events = zq_events_of (socket)) & ZMQ_POLLOUT;
    if (headless) {
        if (sender->state & ZQ_SENDER_CORRELATE) {
            errno = EFSM; /* the id before the delimiter is libzmq's secret */
            return 0;
        }
        if (send_empty (socket, sender, ZMQ_SNDMORE) < 0)
            return 0;
        i = send_from (socket, sender, frames, n, flags, 0);
    } else {
        if (send_frame (socket, &frames[0], ZMQ_DONTWAIT | more, copy) < 0)
            return errno == EAGAIN && there ? BEGUN : 0;
        i = n == 1 ? 1 : send_from (socket, sender, frames, n, flags, 1);
    }
    if (i < n)
        return i | BEGUN;
    if (headless) {
        /* libzmq still takes replies from the peer of the message before only, until it has
           parted with it. It does so when it looks for them. */
        zq_events_of (socket);
        sender->state &= ~ZQ_SENDER_HEADLESS;
    }
    return n;
}

static int leave_req (void *socket, zq_sender *sender, int had_more)
{
    if (!had_more || !swallows ()) {
        sender->state |= ZQ_SENDER_HEADLESS;
        return 0;
    }
    if (send_empty (socket, sender, 0) < 0)
        return 0; /* the delimiter was refused already */
    sender->state &= ~ZQ_SENDER_HEADLESS;
    return 1; /* it takes the request for sent, and waits for a reply */
}

static int send_req (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int rounds, i, err, had_more, relax = 0;
    for (rounds = 0; rounds < MAX_ROUNDS || relax; rounds++) {
        if (relax)
            set_relaxed (socket, 1);
        i = attempt_req (socket, sender, frames, n, flags);
        err = errno;
        if (relax)
            set_relaxed (socket, (sender->state & ZQ_SENDER_RELAXED) != 0);
        if (i == n) {
            if (!(flags & ZQ_KEEP))
                close_copied (frames, n);
            return 0;
        }
        if (err == EINTR && relax)
            continue; /* not before libzmq has left the state it is in */
        if (!(i & BEGUN) || err != EAGAIN) {
            errno = err;
            return -1;
        }
        i &= ~BEGUN;
        had_more = i < n - 1 || flags & ZMQ_SNDMORE;
        relax = leave_req (socket, sender, had_more);
        if (make_again (frames, i) < 0) {
            errno = ENOMEM;
            return -1;
        }
    }
    errno = EINTR;
    return -1;
}

/* The frames after one that was sent with SNDMORE. */
static int send_open (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int i;
    for (i = 0; i < n; i++) {
        int more = i < n - 1 || flags & ZMQ_SNDMORE ? ZMQ_SNDMORE : 0;
        if (!(sender->state & ZQ_SENDER_DROPPING)
            && send_next (socket, sender, &frames[i], ZMQ_DONTWAIT | more, flags & ZQ_KEEP) < 0) {
            if (errno != EAGAIN || !may_refuse_later (sender->type))
                return -1;
            if (more && (sender->type == ZMQ_PAIR || !swallows ()))
                sender->state |= ZQ_SENDER_DROPPING;
            if (!more && sender->type == ZMQ_REQ)
                sender->state |= ZQ_SENDER_HEADLESS;
        }
    }
    if (!(flags & ZQ_KEEP))
        zq_frames_close (frames, n); /* of those that were sent nothing is left in them */
    return 0;
}

static int send_whole (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int rounds, i, fresh = 0;
    if (sender->type == ZMQ_REQ)
        return send_req (socket, sender, frames, n, flags);
    for (rounds = 0; rounds < MAX_ROUNDS; rounds++) {
        i = attempt (socket, sender, frames, n, flags);
        if (i == n) {
            if (n > 1 && !(flags & ZQ_KEEP))
                close_copied (frames, n);
            return 0;
        }
        if (errno != EAGAIN)
            return -1;
        if (i & BEGUN) {
            i &= ~BEGUN;
            leave (socket, sender, i < n - 1 || flags & ZMQ_SNDMORE);
            if (make_again (frames, i) < 0) {
                errno = ENOMEM;
                return -1;
            }
        } else if (fresh) {
            errno = EAGAIN;
            return -1;
        }
        /* libzmq reads its mailbox only now and then while sending (by the clock): EVENTS
           makes it, and afterwards a second refusal can be relied on. It also lets a PAIR
           part with a peer that has gone: as long as it does not, it takes no other. */
        sender->events = zq_events_of (socket);
        fresh = 1;
    }
    errno = EINTR;
    return -1;
}

static int send_message (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int rc;
    if (n == 1 && (sender->state & ~ZQ_SENDER_COUNTED) == 0
        && send_frame (socket, frames, ZMQ_DONTWAIT | (flags & ZMQ_SNDMORE), flags & ZQ_KEEP)
               >= 0)
        rc = 0; /* most often */
    else if (sender->state & (ZQ_SENDER_OPEN | ZQ_SENDER_DROPPING))
        rc = send_open (socket, sender, frames, n, flags);
    else
        rc = send_whole (socket, sender, frames, n, flags);
    if (rc < 0)
        return -1;
    if (flags & ZMQ_SNDMORE)
        sender->state |= ZQ_SENDER_OPEN;
    else
        sender->state &= ~(ZQ_SENDER_OPEN | ZQ_SENDER_DROPPING);
    return 0;
}

static int send_counted (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    long long size = 0;
    int i, dropping = sender->state & ZQ_SENDER_DROPPING;
    for (i = 0; i < n; i++)
        size += (long long) (frames[i].data != NULL ? frames[i].size : zmq_msg_size (&frames[i].msg));
    if (send_message (socket, sender, frames, n, flags) < 0)
        return -1;
    if (dropping)
        return 0;
    zq_count (sender->stats, ZQ_SENT_BYTES, size);
    zq_count (sender->stats, ZQ_SENT, !(flags & ZMQ_SNDMORE));
    return 0;
}

/* Nothing of the message is sent, and nothing will be. */
static int drop (zq_sender *sender, zq_frame *frames, int n, int flags)
{
    if (!(flags & ZQ_KEEP))
        zq_frames_close (frames, n);
    if (flags & ZMQ_SNDMORE)
        sender->state |= ZQ_SENDER_OPEN | ZQ_SENDER_DROPPING;
    zq_atomic_put_llong (&sender->dropped, sender->dropped + 1);
    return 0;
}

int zq_send_message (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags)
{
    int rc = sender->state & ZQ_SENDER_COUNTED ? send_counted (socket, sender, frames, n, flags)
                                               : send_message (socket, sender, frames, n, flags);
    if (rc < 0 && sender->on_full == ZQ_FULL_DROP && errno == EAGAIN)
        return drop (sender, frames, n, flags);
    return rc;
}
