/* What passes through zmq_proxy, with another process at both of its ends. */
#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { SIZE = 100, BATCH = 500, ADDRESS = 256 };
static void *context, *frontend, *backend, *capture;
static int orders[2], receipts[2];
static pthread_t thread;

/* Passes as many batches as it is told to on standard input, and answers when they
   have arrived; ends with its input. */
int pump(const char *frontend_address, const char *backend_address) {
    char buffer[SIZE] = "";
    long count;
    void *own_context = zmq_ctx_new();
    void *sender = new_socket(own_context, ZMQ_PUSH);
    void *receiver = new_socket(own_context, ZMQ_PULL);
    check(zmq_connect(sender, frontend_address) == 0, "connect");
    check(zmq_connect(receiver, backend_address) == 0, "connect");
    while (read(STDIN_FILENO, &count, sizeof count) == sizeof count) {
        for (long i = 0; i < count; i++) {
            for (int j = 0; j < BATCH; j++) zmq_send(sender, buffer, SIZE, 0);
            for (int j = 0; j < BATCH; j++)
                check(zmq_recv(receiver, buffer, SIZE, 0) == SIZE, "recv");
        }
        check(write(STDOUT_FILENO, &count, sizeof count) == sizeof count, "write");
    }
    return 0;
}

static void *forward(void *unused) {
    (void)unused;
    zmq_proxy(frontend, backend, capture);
    zmq_close(frontend);
    zmq_close(backend);
    if (capture) zmq_close(capture);
    return NULL;
}

static void *bound(int type, char *address) {
    size_t size = ADDRESS;
    void *socket = new_socket(context, type);
    check(zmq_bind(socket, "tcp://127.0.0.1:*") == 0, "bind");
    check(zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, address, &size) == 0, "endpoint");
    return socket;
}

/* The pump is forked before this process has a context, and learns the addresses
   through the pipe that will bring its orders. */
static void start(int captured) {
    char addresses[2][ADDRESS] = {"", ""};
    check(pipe(orders) == 0 && pipe(receipts) == 0, "pipe");
    pid_t child = fork();
    check(child >= 0, "fork");
    if (child == 0) {
        check(read(orders[0], addresses, sizeof addresses) > 0, "read");
        dup2(orders[0], STDIN_FILENO);
        dup2(receipts[1], STDOUT_FILENO);
        close(orders[1]);
        _exit(pump(addresses[0], addresses[1]));
    }
    context = zmq_ctx_new();
    frontend = bound(ZMQ_PULL, addresses[0]);
    backend = bound(ZMQ_PUSH, addresses[1]);
    if (captured) {
        capture = new_socket(context, ZMQ_PUB);
        check(zmq_bind(capture, "inproc://monitor") == 0, "bind");
    }
    check(pthread_create(&thread, NULL, forward, NULL) == 0, "thread");
    check(write(orders[1], addresses, sizeof addresses) > 0, "write");
}

static void setup(void) { start(0); }
static void setup_captured(void) { start(1); }

static void teardown(void) {
    close(orders[1]);
    zmq_ctx_shutdown(context);
    pthread_join(thread, NULL);
    zmq_ctx_term(context);
}

static double pass(long count) {
    double begin = now();
    check(write(orders[1], &count, sizeof count) == sizeof count, "write");
    check(read(receipts[0], &count, sizeof count) == sizeof count, "read");
    return now() - begin;
}

const struct bench_case proxy_cases[] = {
    {"proxy", setup, pass, teardown, BATCH},
    {"proxy_captured", setup_captured, pass, teardown, BATCH},
    {NULL, NULL, NULL, NULL, 0},
};
