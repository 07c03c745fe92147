#include "native/relay.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "native/atomics.h"
#include "native/clock.h"
#include "native/poll.h"

enum
{
    BURST = 1000,            /* messages moved one way before the other gets its turn */
    SIGNAL_PERIOD = 20000000 /* ns between looks for signals while messages flow */
};

static int must_stop (zq_relay *relay)
{
    int i;
    for (i = 0; i < relay->n_closed; i++)
        if (zq_atomic_load_int (relay->closed[i]))
            return 1;
    return zq_atomic_load_int (relay->command) == ZQ_RELAY_STOP;
}

/* Where a message begins: one that was taken, or the next one to be. With a prefix, that
   is its frame, and those that were received come after it. */
static int begin_of (const zq_route *route, int message)
{
    return message ? route->ends[message - 1] : 0;
}

static int first_of (const zq_route *route, int message)
{
    return begin_of (route, message) + (route->prefix != NULL);
}

/* Make room for more frames after the first n. */
static int grow (zq_route *route, int n)
{
    int i, capacity = route->capacity ? route->capacity * 2 : ZQ_MAX_AT_HAND;
    zq_frame *frames = (zq_frame *) malloc ((size_t) capacity * sizeof (zq_frame));
    if (frames == NULL)
        return -1;
    /* A message may be moved in memory by zmq_msg_move alone. */
    for (i = 0; i < capacity; i++) {
        zq_frame_init (&frames[i]);
        if (i < n)
            zmq_msg_move (&frames[i].msg, &route->frames[i].msg);
    }
    free (route->frames);
    route->frames = frames;
    route->capacity = capacity;
    return 0;
}

static void empty (zq_route *route, int begin, int end)
{
    int i;
    for (i = begin; i < end; i++) {
        zmq_msg_close (&route->frames[i].msg);
        zmq_msg_init (&route->frames[i].msg);
    }
}

static void swap_ids (zq_frame *frames, int n)
{
    /* The source has put the sender's id before the recipient's, which the sender wrote. */
    zmq_msg_t held;
    if (n >= 2) {
        zmq_msg_init (&held);
        zmq_msg_move (&held, &frames[0].msg);
        zmq_msg_move (&frames[0].msg, &frames[1].msg);
        zmq_msg_move (&frames[1].msg, &held);
        zmq_msg_close (&held);
    }
}

/* A message has come to be at hand, as the frames from `begin` to `end`. */
static void taken (zq_relay *relay, zq_route *route, int end)
{
    int first = first_of (route, route->taken);
    if (relay->swap)
        swap_ids (&route->frames[first], end - first);
    route->ends[route->taken++] = end;
}

/* Returns 1 when there is none, -1 on an error. */
static int take_one (zq_relay *relay, zq_route *route)
{
    int first = first_of (route, route->taken), n = first, more = 1;
    /* The source of one route is the target of the other. */
    zq_sender *source = relay->routes[route == relay->routes ? relay->n_routes - 1 : 0].sender;
    while (more) {
        while (n >= route->capacity) {
            if (grow (route, n < route->capacity ? n : route->capacity) < 0) {
                relay->error = ENOMEM;
                empty (route, first, n);
                return -1;
            }
        }
        while (zmq_msg_recv (&route->frames[n].msg, route->source, ZMQ_DONTWAIT) < 0) {
            relay->error = errno;
            if (relay->error == EINTR) {
                relay->signalled = 1;
                continue;
            }
            if (n == first && (relay->error == ENOTSUP || relay->error == EFSM)) {
                /* It never has any (PUSH), or not in this state (REQ). The refusal has
                   left the mailbox as it was: EVENTS empties it. */
                zq_events_of (route->source);
                return 1;
            }
            if (n == first && relay->error == EAGAIN)
                return 1;
            empty (route, first, n);
            return -1;
        }
        more = zmq_msg_more (&route->frames[n].msg);
        zq_count_received (source->stats, &route->frames[n].msg);
        n++;
    }
    taken (relay, route, n);
    return 0;
}

/* Take messages from the source; 1 when there are none, -1 on an error. */
static int take (zq_relay *relay, zq_route *route)
{
    int rc = 0;
    route->taken = route->passed = 0;
    while (rc == 0 && route->taken < ZQ_MAX_AT_HAND)
        rc = take_one (relay, route);
    /* An error comes again, once those before it are dealt with. */
    return route->taken ? 0 : rc;
}

static int pass_one (zq_relay *relay, zq_route *route)
{
    int first = first_of (route, route->passed), end = route->ends[route->passed];
    int i, keep = relay->capture != NULL ? ZQ_KEEP : 0;
    uint64_t size = 0;
    for (i = first; i < end; i++)
        size += zmq_msg_size (&route->frames[i].msg);
    while (zq_send_message (route->target, route->sender, &route->frames[first], end - first, keep)
           < 0) {
        relay->error = errno;
        if (relay->error != EINTR)
            return relay->error == EAGAIN ? 1 : -1;
        relay->signalled = 1;
        if (must_stop (relay))
            return 1;
    }
    if (!keep)
        for (i = first; i < end; i++)
            zmq_msg_init (&route->frames[i].msg);
    route->passed++;
    route->messages++;
    route->bytes += size;
    return 0;
}

/* Wait until the capture takes a message; 1 when the loop must stop before it has. */
static int send_to_capture (zq_relay *relay, zq_frame *frames, int n)
{
    zq_pollfd fds[2];
    while (zq_send_message (relay->capture, relay->capture_sender, frames, n, ZQ_KEEP) < 0) {
        relay->error = errno;
        if (relay->error != EAGAIN && relay->error != EINTR)
            return -1;
        if (must_stop (relay))
            return 1;
        if (relay->error == EAGAIN) {
            memset (fds, 0, sizeof fds);
            fds[0].fd = relay->capture_fd;
            fds[0].events = POLLIN;
            fds[1].fd = relay->waker_fd;
            fds[1].events = POLLIN;
            if (zq_poll_seated (fds, 2, relay->waker_fd, ZQ_FOREVER) >= 0)
                continue;
        }
        if (!relay->signals (relay->signals_context)) {
            relay->interrupted = 1;
            return 1;
        }
    }
    return 0;
}

/* Send the copy of a message that was passed on; 1 when the loop must stop before that can
   be, and it is not captured.

   failed: what came of the copies before; if not 0, this one is not sent. */
static int capture (zq_relay *relay, zq_route *route, int message, int failed)
{
    int begin = begin_of (route, message), end = route->ends[message];
    int rc = failed;
    if (rc == 0 && route->prefix != NULL) {
        zmq_msg_t *head = &route->frames[begin].msg;
        if (zmq_msg_init_size (head, route->prefix_size) < 0) {
            zmq_msg_init (head);
            relay->error = ENOMEM;
            rc = -1;
        } else
            memcpy (zmq_msg_data (head), route->prefix, route->prefix_size);
    }
    if (rc == 0)
        rc = send_to_capture (relay, &route->frames[begin], end - begin);
    empty (route, begin, end);
    return rc;
}

/* Send the messages at hand; 1 when the target is full, and the rest stays at hand.

   Also 1 when the capture was, and the loop must stop. */
static int pass_on (zq_relay *relay, zq_route *route)
{
    int i, rc = 0, captured = 0, first = route->passed;
    while (rc == 0 && zq_relay_at_hand (route))
        rc = pass_one (relay, route);
    if (relay->capture != NULL)
        for (i = first; i < route->passed; i++)
            captured = capture (relay, route, i, captured);
    return captured ? captured : rc;
}

/* Move messages one way; returns how many, or -1 on an error. */
static int pump (zq_relay *relay, zq_route *route)
{
    uint64_t before = route->messages;
    int rc = 0;
    while (rc == 0 && route->messages - before < BURST) {
        if (!zq_relay_at_hand (route)) {
            if (route->returned)
                break;
            rc = take (relay, route);
        }
        if (rc == 0)
            rc = pass_on (relay, route);
    }
    return rc < 0 ? -1 : (int) (route->messages - before);
}

/* Try once more what is at hand; whether the loop has to go on, -1 on an error.

   Each of these calls reads a mailbox, and so may swallow what would have ended the sleep
   to come. Therefore the last one is a look at what that has brought. */
static int retry (zq_relay *relay)
{
    int i, before, after, rc, going = 0;
    for (i = 0; i < relay->n_routes; i++) {
        zq_route *route = &relay->routes[i];
        uint64_t passed = route->messages;
        if (!zq_relay_at_hand (route))
            continue;
        before = zq_events_of (route->target);
        rc = pass_on (relay, route);
        if (rc < 0)
            return -1;
        if (relay->interrupted) /* the handler may have closed the sockets */
            return 1;
        after = zq_events_of (route->target);
        if (route->messages != passed || after & ~before & ZMQ_POLLOUT)
            going = 1;
        else if (relay->n_routes == 2 && !zq_relay_at_hand (&relay->routes[1 - i]))
            going |= (after & ZMQ_POLLIN) != 0; /* the target is the other one's source */
    }
    return going;
}

/* Sleep until something may be moved; returns poll's result. */
static int sleep_until_news (zq_relay *relay, int paused)
{
    zq_pollfd fds[6];
    int i, n = 0;
    memset (fds, 0, sizeof fds);
    fds[n++].fd = relay->waker_fd;
    if (relay->control_fd >= 0)
        fds[n++].fd = relay->control_fd;
    if (!paused) {
        /* Only sockets whose mailbox was just emptied, or this would not sleep: the source
           of a route without a message, the target of one that has one. */
        for (i = 0; i < relay->n_routes; i++) {
            zq_route *route = &relay->routes[i];
            fds[n++].fd = zq_relay_at_hand (route) ? route->target_fd : route->source_fd;
        }
    }
    for (i = 0; i < n; i++)
        fds[i].events = POLLIN;
    return zq_poll_seated (fds, n, relay->waker_fd, ZQ_FOREVER);
}

/* Move what there is, both ways; how much, or minus one less than a zq_relay_end. */
static int pump_all (zq_relay *relay)
{
    int i, rc, moved = 0;
    for (i = 0; i < relay->n_routes; i++) {
        zq_route *route = &relay->routes[i];
        rc = pump (relay, route);
        if (rc < 0)
            return -1 - ZQ_END_FAILED;
        moved += rc;
        if (relay->interrupted) /* the handler may have closed the sockets */
            break;
        if (route->returned && !zq_relay_at_hand (route))
            return -1 - ZQ_END_RETURNED;
    }
    return moved;
}

int zq_relay_run (zq_relay *relay)
{
    for (;;) {
        int paused, rc, moved = 0;
        if (must_stop (relay))
            return ZQ_END_STOPPED;
        paused = zq_atomic_load_int (relay->command) == ZQ_RELAY_PAUSE;
        if (!paused) {
            moved = pump_all (relay);
            if (moved < 0)
                return -1 - moved;
        }
        if (relay->interrupted || relay->signalled) {
            relay->interrupted = relay->signalled = 0;
            return ZQ_END_SIGNALS;
        }
        if (moved) {
            int64_t now = zq_now_ns ();
            if (now >= relay->next_signals) {
                relay->next_signals = now + SIGNAL_PERIOD;
                return ZQ_END_SIGNALS;
            }
            continue;
        }
        if (!paused) {
            rc = retry (relay);
            if (rc < 0)
                return ZQ_END_FAILED;
            if (rc || relay->interrupted || relay->signalled)
                continue;
        }
        if (sleep_until_news (relay, paused) < 0)
            return ZQ_END_SIGNALS;
        if (relay->control_fd >= 0)
            return ZQ_END_CONTROL;
    }
}

zq_frame *zq_relay_give (zq_route *route, int n)
{
    int first = route->prefix != NULL;
    route->taken = route->passed = 0;
    while (route->capacity < first + n)
        if (grow (route, 0) < 0)
            return NULL;
    route->ends[0] = first + n;
    return &route->frames[first];
}

void zq_relay_given (zq_relay *relay, zq_route *route)
{
    taken (relay, route, route->ends[0]);
}

zq_frame *zq_relay_last (zq_relay *relay, zq_route *route, int *n)
{
    int first;
    route->taken--;
    first = first_of (route, route->taken);
    *n = route->ends[route->taken] - first;
    if (relay->swap)
        swap_ids (&route->frames[first], *n);
    return &route->frames[first];
}

void zq_relay_free (zq_relay *relay)
{
    int i;
    for (i = 0; i < 2; i++) {
        free (relay->routes[i].frames);
        relay->routes[i].frames = NULL;
        relay->routes[i].capacity = 0;
    }
}
