#include "cffi/messages.h"

#include <stdlib.h>

zmq_msg_t *zq_message_new (size_t size)
{
    zmq_msg_t *msg = (zmq_msg_t *) malloc (size);
    if (msg != NULL)
        zmq_msg_init (msg);
    return msg;
}

void zq_message_free (zmq_msg_t *msg)
{
    zmq_msg_close (msg);
    free (msg);
}
