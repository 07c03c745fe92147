/* zmq_poll over many sockets of which one is ready. */
#include "bench.h"

#include <stdio.h>

enum { MOST = 100 };
static void *context, *sender, *receivers[MOST];
static zmq_pollitem_t items[MOST];

static void setup(int sockets) {
    char address[64];
    context = zmq_ctx_new();
    for (int i = 0; i < sockets; i++) {
        receivers[i] = new_socket(context, ZMQ_PULL);
        snprintf(address, sizeof address, "inproc://polling-%d", i);
        check(zmq_bind(receivers[i], address) == 0, "bind");
        items[i] = (zmq_pollitem_t){receivers[i], 0, ZMQ_POLLIN, 0};
    }
    sender = new_socket(context, ZMQ_PUSH);
    check(zmq_connect(sender, address) == 0, "connect");
    zmq_send(sender, "ready", 5, 0);
}

static void teardown(int sockets) {
    zmq_close(sender);
    for (int i = 0; i < sockets; i++) zmq_close(receivers[i]);
    zmq_ctx_term(context);
}

static double poll_all(long count, int sockets) {
    double start = now();
    for (long i = 0; i < count; i++) {
        check(zmq_poll(items, sockets, 0) == 1, "zmq_poll");
    }
    return now() - start;
}

static void setup_1(void) { setup(1); }
static void setup_100(void) { setup(100); }
static void teardown_1(void) { teardown(1); }
static void teardown_100(void) { teardown(100); }
static double poll_1(long count) { return poll_all(count, 1); }
static double poll_100(long count) { return poll_all(count, 100); }

const struct bench_case polling_cases[] = {
    {"poll_1", setup_1, poll_1, teardown_1, 1},
    {"poll_100", setup_100, poll_100, teardown_100, 1},
    {NULL, NULL, NULL, NULL, 0},
};
