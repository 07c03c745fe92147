/* Functions of libzmq that belong to no socket and no context, and may fail: each returns
   what libzmq's returns, or minus the code of the error.

   Python cannot ask for errno afterwards. Before it does, a signal handler, or what the
   garbage collector finalizes, may have called libzmq. */
#ifndef ZQ_CALLS_H
#define ZQ_CALLS_H

#include <stdint.h>
#include <zmq.h>

int zq_message_copy (zmq_msg_t *to, zmq_msg_t *from);
int zq_message_get (const zmq_msg_t *msg, int option);
int zq_message_set (zmq_msg_t *msg, int option, int value);
int zq_message_set_routing_id (zmq_msg_t *msg, uint32_t routing_id);
int zq_message_set_group (zmq_msg_t *msg, const char *group);
int zq_curve_keypair (char *public_key, char *secret_key);
int zq_curve_public (char *public_key, const char *secret_key);
/* ZMQ_TYPE of the socket at an address. */
int zq_type_of (void *socket);

#endif
