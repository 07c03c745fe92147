/* Sending and receiving over inproc in one thread. */
#include "bench.h"

#include <string.h>

enum { LARGEST = 1 << 20, BURST = 1000 };
static void *context, *sender, *receiver;
static char outgoing[LARGEST], incoming[LARGEST];

static void connect_pair(int high_water_mark) {
    context = zmq_ctx_new();
    receiver = new_socket(context, ZMQ_PULL);
    sender = new_socket(context, ZMQ_PUSH);
    set_int(receiver, ZMQ_RCVHWM, high_water_mark);
    set_int(sender, ZMQ_SNDHWM, high_water_mark);
    check(zmq_bind(receiver, "inproc://messages") == 0, "bind");
    check(zmq_connect(sender, "inproc://messages") == 0, "connect");
}

static void setup(void) { connect_pair(1000); }
static void setup_unlimited(void) { connect_pair(0); }

static void teardown(void) {
    zmq_close(sender);
    zmq_close(receiver);
    zmq_ctx_term(context);
}

static double exchange(long count, size_t size) {
    double start = now();
    for (long i = 0; i < count; i++) {
        zmq_send(sender, outgoing, size, 0);
        check(zmq_recv(receiver, incoming, size, 0) == (int)size, "recv");
    }
    return now() - start;
}

static double exchange_16(long count) { return exchange(count, 16); }
static double exchange_64k(long count) { return exchange(count, 1 << 16); }
static double exchange_1m(long count) { return exchange(count, 1 << 20); }

static void keep(void *data, void *hint) { (void)data, (void)hint; }

static double exchange_nocopy(long count) {
    zmq_msg_t message;
    double start = now();
    for (long i = 0; i < count; i++) {
        zmq_msg_init_data(&message, outgoing, LARGEST, keep, NULL);
        zmq_msg_send(&message, sender, 0);
        zmq_msg_init(&message);
        check(zmq_msg_recv(&message, receiver, 0) == LARGEST, "recv");
        zmq_msg_close(&message);
    }
    return now() - start;
}

static double burst(long count) {
    double start = now();
    for (long i = 0; i < count; i++) {
        for (int j = 0; j < BURST; j++) zmq_send(sender, outgoing, 16, 0);
        for (int j = 0; j < BURST; j++)
            check(zmq_recv(receiver, incoming, 16, 0) == 16, "recv");
    }
    return now() - start;
}

static double multipart(long count, int frames) {
    double start = now();
    for (long i = 0; i < count; i++) {
        for (int j = 0; j < frames; j++)
            zmq_send(sender, outgoing, 16, j + 1 < frames ? ZMQ_SNDMORE : 0);
        for (int j = 0; j < frames; j++)
            check(zmq_recv(receiver, incoming, 16, 0) == 16, "recv");
    }
    return now() - start;
}

static double multipart_3(long count) { return multipart(count, 3); }
static double multipart_10(long count) { return multipart(count, 10); }

const struct bench_case message_cases[] = {
    {"exchange_16", setup, exchange_16, teardown, 1},
    {"exchange_64k", setup, exchange_64k, teardown, 1},
    {"exchange_1m", setup, exchange_1m, teardown, 1},
    {"exchange_nocopy", setup, exchange_nocopy, teardown, 1},
    {"burst", setup_unlimited, burst, teardown, BURST},
    {"multipart_3", setup, multipart_3, teardown, 1},
    {"multipart_10", setup, multipart_10, teardown, 1},
    {NULL, NULL, NULL, NULL, 0},
};
