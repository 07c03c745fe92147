/* Messages that belong to an object of Python's. */
#ifndef ZQ_MESSAGES_H
#define ZQ_MESSAGES_H

#include <stddef.h>
#include <zmq.h>

/* The memory of a message's content, of whatever size. */
typedef struct
{
    char first;
    char others[];
} zq_memory;

/* An empty message, in memory of its own; `size` is that of a zmq_msg_t. */
zmq_msg_t *zq_message_new (size_t size);
void zq_message_free (zmq_msg_t *msg);

#endif
