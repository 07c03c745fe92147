/* Creating and closing sockets, and reading their options. */
#include "bench.h"

#include <errno.h>
#include <sched.h>

static void *context, *socket_;

static void setup(void) {
    context = zmq_ctx_new();
    socket_ = new_socket(context, ZMQ_DEALER);
}

static void teardown(void) {
    zmq_close(socket_);
    zmq_ctx_term(context);
}

static double read_options(long count) {
    int linger, rcvhwm;
    size_t size = sizeof linger;
    double start = now();
    for (long i = 0; i < count; i++) {
        check(zmq_getsockopt(socket_, ZMQ_LINGER, &linger, &size) == 0, "getsockopt");
        check(zmq_getsockopt(socket_, ZMQ_RCVHWM, &rcvhwm, &size) == 0, "getsockopt");
    }
    return now() - start;
}

static double create_close(long count) {
    double start = now();
    for (long i = 0; i < count; i++) {
        void *created;
        /* Closed sockets return their slot only when the reaper thread gets to them. */
        while ((created = zmq_socket(context, ZMQ_DEALER)) == NULL) {
            check(errno == EMFILE, "zmq_socket");
            sched_yield();
        }
        zmq_close(created);
    }
    return now() - start;
}

const struct bench_case socket_cases[] = {
    {"read_options", setup, read_options, teardown, 1},
    {"create_close", setup, create_close, teardown, 1},
    {NULL, NULL, NULL, NULL, 0},
};
