#include "cffi/context.h"

#include <errno.h>
#include <stdlib.h>

/* Read events away; whether no more can come, as their sender has gone. The sender is a
   PAIR of libzmq's own, which goes when it has sent the last event: MONITOR_STOPPED, which
   may not have been asked for, or have been read before. */
static int has_stopped (void *socket)
{
    zmq_msg_t msg;
    int events = 0;
    size_t size = sizeof events;
    zmq_msg_init (&msg);
    while (zmq_msg_recv (&msg, socket, ZMQ_DONTWAIT) >= 0) {
    }
    zmq_msg_close (&msg);
    if (zmq_getsockopt (socket, ZMQ_EVENTS, &events, &size) < 0)
        return errno != EINTR;
    return !(events & (ZMQ_POLLIN | ZMQ_POLLOUT));
}

int zq_context_close_some (zq_context *context, int all)
{
    zq_late **place = &context->late;
    int left = 0;
    while (*place != NULL) {
        zq_late *late = *place;
        if (!all && !has_stopped (late->ptr)) {
            place = &late->next;
            left++;
            continue;
        }
        zmq_close (late->ptr);
        *place = late->next;
        free (late);
    }
    return left;
}

int zq_context_close_late (zq_context *context)
{
    int left;
    if (!zq_context_enter (context))
        return 0;
    left = zq_context_close_some (context, 0);
    zq_lock_leave (&context->lock);
    return left;
}

/* Close a receiver of events, or keep it among the late ones. */
static void retire (zq_context *context, void *socket)
{
    zq_late *late = (zq_late *) malloc (sizeof (zq_late));
    /* In a context that ends nobody looks after late ones; but there nothing blocks. */
    if (late != NULL && zq_context_enter (context)) {
        if (!has_stopped (socket)) {
            late->ptr = socket;
            late->next = context->late;
            context->late = late;
            zq_lock_leave (&context->lock);
            return;
        }
        zq_lock_leave (&context->lock);
    }
    free (late);
    zmq_close (socket);
}

/* A PAIR socket connected to `address`, or NULL. */
static void *audience_at (zq_context *context, const char *address)
{
    void *socket;
    int linger = 0;
    if (!zq_context_enter (context))
        return NULL;
    socket = zmq_socket (context->ptr, ZMQ_PAIR);
    zq_lock_leave (&context->lock);
    if (socket != NULL) {
        zmq_setsockopt (socket, ZMQ_LINGER, &linger, sizeof linger);
        while (zmq_connect (socket, address) < 0 && errno == EINTR) {
        }
    }
    return socket;
}

int zq_monitor (
    zq_box *box, const char *address, int events, zq_context *context, const char *former)
{
    void *audience = NULL;
    int rc = ZQ_UNUSABLE;
    if (context != NULL && former != NULL)
        audience = audience_at (context, former);
    if (zq_box_enter (box)) {
        while ((rc = zmq_socket_monitor (box->ptr, address, events)) < 0 && errno == EINTR) {
        }
        rc = rc < 0 ? -errno : 0;
        zq_lock_leave (&box->lock);
    }
    if (audience != NULL)
        zmq_close (audience);
    return rc;
}

int zq_close_if_last (zq_box *box, zq_context *context)
{
    void *socket;
    if (!zq_last_out (box, &socket))
        return 0;
    if (socket != NULL && context != NULL)
        retire (context, socket);
    else if (socket != NULL)
        zmq_close (socket);
    return 1;
}
