"""The C declarations of libzmq, and nothing else."""

from libc.stddef cimport size_t
from libc.stdint cimport int32_t, uint32_t

cdef extern from "zmq.h" nogil:
    int ZMQ_VERSION
    int ZMQ_VERSION_MAJOR
    int ZMQ_VERSION_MINOR
    int ZMQ_VERSION_PATCH

    enum: ZMQ_IO_THREADS
    enum: ZMQ_MAX_SOCKETS

    enum: ZMQ_PAIR
    enum: ZMQ_PUB
    enum: ZMQ_SUB
    enum: ZMQ_REQ
    enum: ZMQ_REP
    enum: ZMQ_DEALER
    enum: ZMQ_ROUTER
    enum: ZMQ_PULL
    enum: ZMQ_PUSH
    enum: ZMQ_XPUB
    enum: ZMQ_XSUB
    enum: ZMQ_STREAM

    enum: ZMQ_FD
    enum: ZMQ_EVENTS
    enum: ZMQ_TYPE
    enum: ZMQ_LINGER
    enum: ZMQ_RCVMORE
    enum: ZMQ_RCVTIMEO
    enum: ZMQ_SNDTIMEO
    enum: ZMQ_RCVHWM
    enum: ZMQ_SNDHWM
    enum: ZMQ_LAST_ENDPOINT

    enum: ZMQ_DONTWAIT
    enum: ZMQ_SNDMORE
    enum: ZMQ_MORE

    enum: ZMQ_POLLIN
    enum: ZMQ_POLLOUT
    enum: ZMQ_POLLERR

    enum: EFSM
    enum: ETERM
    enum: ENOTSOCK
    enum: ENOTSUP
    enum: EHOSTUNREACH
    enum: EADDRINUSE

    ctypedef struct zmq_msg_t:
        pass

    ctypedef void zmq_free_fn(void *data, void *hint)

    void zmq_version(int *major, int *minor, int *patch)
    int zmq_errno()
    const char *zmq_strerror(int errnum)
    int zmq_has(const char *capability)

    void *zmq_ctx_new()
    int zmq_ctx_term(void *context)
    int zmq_ctx_shutdown(void *context)
    int zmq_ctx_set(void *context, int option, int value)
    int zmq_ctx_get(void *context, int option)

    int zmq_msg_init(zmq_msg_t *msg)
    int zmq_msg_init_size(zmq_msg_t *msg, size_t size)
    int zmq_msg_init_data(
        zmq_msg_t *msg, void *data, size_t size, zmq_free_fn *ffn, void *hint
    )
    int zmq_msg_send(zmq_msg_t *msg, void *socket, int flags)
    int zmq_msg_recv(zmq_msg_t *msg, void *socket, int flags)
    int zmq_msg_close(zmq_msg_t *msg)
    int zmq_msg_move(zmq_msg_t *dest, zmq_msg_t *src)
    int zmq_msg_copy(zmq_msg_t *dest, zmq_msg_t *src)
    void *zmq_msg_data(zmq_msg_t *msg)
    size_t zmq_msg_size(const zmq_msg_t *msg)
    int zmq_msg_more(const zmq_msg_t *msg)
    int zmq_msg_get(const zmq_msg_t *msg, int property)
    int zmq_msg_set(zmq_msg_t *msg, int property, int value)
    const char *zmq_msg_gets(const zmq_msg_t *msg, const char *property)

    void *zmq_socket(void *context, int type)
    int zmq_close(void *socket)
    int zmq_setsockopt(void *socket, int option, const void *value, size_t size)
    int zmq_getsockopt(void *socket, int option, void *value, size_t *size)
    int zmq_connect(void *socket, const char *address)
    int zmq_unbind(void *socket, const char *address)
    int zmq_disconnect(void *socket, const char *address)
    int zmq_socket_monitor(void *socket, const char *address, int events)
    int zmq_send(void *socket, const void *buffer, size_t size, int flags)
    int zmq_recv(void *socket, void *buffer, size_t size, int flags)

    ctypedef struct zmq_pollitem_t:
        void *socket
        int fd
        short events
        short revents

    int zmq_poll(zmq_pollitem_t *items, int nitems, long timeout)
    int zmq_proxy(void *frontend, void *backend, void *capture)

    int zmq_curve_keypair(char *public_key, char *secret_key)
    char *zmq_z85_encode(char *dest, const unsigned char *data, size_t size)
    unsigned char *zmq_z85_decode(unsigned char *dest, const char *string)

# Declared in zmq.h only from 4.2 on, or with ZMQ_BUILD_DRAFT_API; the support header gives stand-ins
# that fail with ENOTSUP, so that one source serves both kinds of build.
cdef extern from "native/drafts.h" nogil:
    enum: ZQ_DRAFT_API
    int zmq_curve_public(char *public_key, char *secret_key)
    int zmq_join(void *socket, const char *group)
    int zmq_leave(void *socket, const char *group)
    int zmq_msg_set_routing_id(zmq_msg_t *msg, uint32_t routing_id)
    uint32_t zmq_msg_routing_id(zmq_msg_t *msg)
    int zmq_msg_set_group(zmq_msg_t *msg, const char *group)
    const char *zmq_msg_group(zmq_msg_t *msg)
    void *zq_drafts_poller_new(void *socket, int *fd)
    void zq_drafts_poller_drain(void *poller)
    void zq_drafts_poller_destroy(void *poller, void *socket)
