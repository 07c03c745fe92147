#include "cffi/calls.h"

#include <errno.h>
#include "native/drafts.h"

static int result (int rc)
{
    return rc < 0 ? -errno : rc;
}

int zq_message_copy (zmq_msg_t *to, zmq_msg_t *from)
{
    return result (zmq_msg_copy (to, from));
}

int zq_message_get (const zmq_msg_t *msg, int option)
{
    return result (zmq_msg_get (msg, option));
}

int zq_message_set (zmq_msg_t *msg, int option, int value)
{
    return result (zmq_msg_set (msg, option, value));
}

int zq_message_set_routing_id (zmq_msg_t *msg, uint32_t routing_id)
{
    return result (zmq_msg_set_routing_id (msg, routing_id));
}

int zq_message_set_group (zmq_msg_t *msg, const char *group)
{
    return result (zmq_msg_set_group (msg, group));
}

int zq_curve_keypair (char *public_key, char *secret_key)
{
    return result (zmq_curve_keypair (public_key, secret_key));
}

int zq_curve_public (char *public_key, const char *secret_key)
{
    return result (zmq_curve_public (public_key, (char *) secret_key));
}

int zq_type_of (void *socket)
{
    int type = 0;
    size_t size = sizeof type;
    int rc = zmq_getsockopt (socket, ZMQ_TYPE, &type, &size);
    return rc < 0 ? -errno : type;
}
