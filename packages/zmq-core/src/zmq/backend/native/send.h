/* Sending messages as a whole: a peer gets all frames of a message, or none.

   A peer may vanish between two frames of a message. libzmq then forgets the frames
   before, and refuses the next one with EAGAIN, which otherwise says that a message has
   to wait: its high-water mark counts whole messages, so the frames after the first are
   never refused for being too many. Who waits, and sends that frame again, begins a new
   message with the tail of the old one. Here the whole message is sent again instead.

   Rules for a backend:
   - One zq_sender for each libzmq socket, shared by all that send on it, set up by
     zq_sender_init and told of the options that zq_sender_option knows.
   - Nobody else calls into the socket during a call of these; a lock of the backend, or
     the GIL, sees to that. They never wait. They run no code of the interpreter; only
     the free functions of messages made by zmq_msg_init_data.
   - Whoever else waits for the socket is to be told afterwards (it may have read the
     socket's mailbox), but not between the frames of a message. */
#ifndef ZQ_SEND_H
#define ZQ_SEND_H

#include <stddef.h>
#include <zmq.h>
#include "native/stats.h"

/* One frame of a message to be sent. */
typedef struct
{
    zmq_msg_t msg;    /* what is sent, unless `data` is, which is that small */
    const void *data; /* memory to make it again from, or NULL: then `msg` is copied */
    size_t size;      /* of `data`, in bytes */
    void *owner;      /* for the backend, to keep `data` alive; not looked at here */
} zq_frame;

/* A socket as far as the next frame depends on what was sent before. */
typedef struct
{
    int type;        /* ZMQ_TYPE */
    int state;       /* 0: a lone frame may as well go by zmq_send; see zq_sender_state */
    int events;      /* ZMQ_EVENTS, as they were when a message was refused at last */
    int interrupted; /* set when a signal came within a message; the backend resets it */
    zq_stats *stats; /* where to count, or NULL; see zq_sender_count */
    int on_full;     /* one of zq_on_full */
    long long dropped; /* messages that were, by ZQ_FULL_DROP; see zq_sender_dropped */
} zq_sender;

enum zq_sender_state
{
    ZQ_SENDER_REQ = 1,       /* a REQ socket, which has its own ways */
    ZQ_SENDER_OPEN = 2,      /* the last frame had ZMQ_SNDMORE: the next one belongs to it */
    ZQ_SENDER_DROPPING = 4,  /* the peer of an open message has gone: drop its rest */
    ZQ_SENDER_HEADLESS = 8,  /* REQ: libzmq would leave out the next request's delimiter */
    ZQ_SENDER_RELAXED = 16,  /* REQ: the user has set ZMQ_REQ_RELAXED */
    ZQ_SENDER_CORRELATE = 32, /* REQ: the user has set ZMQ_REQ_CORRELATE */
    ZQ_SENDER_COUNTED = 64   /* what is sent is counted */
};

/* What becomes of a message that would have to wait. */
enum zq_on_full
{
    ZQ_FULL_DEFAULT,
    ZQ_FULL_WAIT,
    ZQ_FULL_DROP, /* it is dropped, all frames of it, and counted; no error */
    ZQ_FULL_RAISE /* the backend raises, instead of waiting */
};

/* For zq_send_message: leave the frames as they are, also when they have been sent. They
   must be messages without `data`. */
#define ZQ_KEEP 0x10000

/* ZMQ_EVENTS, for which libzmq reads all of the socket's mailbox; 0 when it fails. */
static inline int zq_events_of (void *socket)
{
    int events = 0;
    size_t size = sizeof events;
    zmq_getsockopt (socket, ZMQ_EVENTS, &events, &size);
    return events;
}

/* Begin to keep account of a socket. */
void zq_sender_init (zq_sender *sender, int type);

/* To be called when an int option of a REQ socket has been set. */
void zq_sender_option (zq_sender *sender, int option, int value);

/* Begin to count what is sent; with NULL, end it. */
void zq_sender_count (zq_sender *sender, zq_stats *stats);

/* May be called at any time, by any thread. */
static inline long long zq_sender_dropped (zq_sender *sender)
{
    return zq_atomic_peek_llong (&sender->dropped);
}

/* So much libzmq holds inside a zmq_msg_t, since 3.0: making such a message cannot fail. */
#define ZQ_INSIDE 29

/* Make the `msg` of a frame from its `data`, where that is too large to go without. */
int zq_frame_make (zq_frame *frame);

/* Make a frame of memory that stays as it is until the message has been sent, or its
   frames closed. Returns 0, or -1 with errno ENOMEM: then it needs no closing. */
static inline int zq_frame_init_data (zq_frame *frame, const void *data, size_t size)
{
    frame->data = data;
    frame->size = size;
    frame->owner = NULL;
    return size <= ZQ_INSIDE ? 0 : zq_frame_make (frame);
}

/* Make an empty frame, which `msg` can be made the content of. */
static inline void zq_frame_init (zq_frame *frame)
{
    zmq_msg_init (&frame->msg);
    frame->data = NULL;
    frame->owner = NULL;
}

/* Close frames that were not sent. */
void zq_frames_close (zq_frame *frames, int n);

/* Send the n > 0 frames of a message; or, after a frame with ZMQ_SNDMORE, those that
   follow it.

   flags: ZMQ_SNDMORE when more frames of the message are to follow in a later call, and
   ZQ_KEEP. ZMQ_DONTWAIT need not be set: it never waits.

   Returns 0 when all are sent. The frames are closed then (but for ZQ_KEEP). When their
   peer has vanished since an earlier call sent the first ones, the rest is dropped, and 0
   returned, as libzmq does where it waits. With ZQ_FULL_DROP a message that would have to
   wait is dropped, and 0 returned as well.

   Returns -1 otherwise, with nothing sent, and errno. Only after the first two may the
   frames be sent again; they are to be closed when they are not.
   EAGAIN    (never with ZQ_FULL_DROP) it would have to wait until there is ZMQ_POLLOUT; what the mailbox held has
             been looked at, so the next command makes the descriptor readable.
   EINTR     the same may be tried again at once, after looking for signals.
   EFSM      REQ only, also when it has lost its place: with ZMQ_REQ_CORRELATE, a peer that
             vanished at the wrong moment can be made good by a new socket alone.
   ETERM, ENOTSUP, EHOSTUNREACH, ENOMEM and so on, as libzmq has it. */
int zq_send_message (void *socket, zq_sender *sender, zq_frame *frames, int n, int flags);

#endif
