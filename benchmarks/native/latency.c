/* Single round trips, with sockets that are looked at for a while before a wait sleeps, as
   busy_poll does. `bench --latency TRANSPORT MICROSECONDS COUNT` prints the nanoseconds of
   each. */
#include "bench.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 16, WARM_UP = 1000, DEADLINE = 120, ADDRESS = 256 };
static double spin; /* seconds */

/* What Python's recv does: try again and again, and sleep on the descriptor in the end. */
static int receive(void *socket, char *buffer) {
    struct pollfd fd = {-1, POLLIN, 0};
    size_t size = sizeof fd.fd;
    double end = 0;
    int received;
    while ((received = zmq_recv(socket, buffer, SIZE, ZMQ_DONTWAIT)) < 0) {
        if (errno != EAGAIN) return -1;
        double time = now();
        if (end == 0) end = time + spin;
        if (time < end) {
            sched_yield();
            continue;
        }
        check(zmq_getsockopt(socket, ZMQ_FD, &fd.fd, &size) == 0, "ZMQ_FD");
        poll(&fd, 1, -1);
    }
    return received;
}

static void echo(void *socket, const char *address) {
    char buffer[SIZE];
    check(zmq_connect(socket, address) == 0, "connect");
    while (receive(socket, buffer) >= 0) zmq_send(socket, buffer, SIZE, 0);
}

static void *echo_main(void *socket) {
    echo(socket, "inproc://latency");
    zmq_close(socket);
    return NULL;
}

static void round_trips(void *socket, long count) {
    char buffer[SIZE];
    double *took = malloc((size_t)count * sizeof *took);
    check(took != NULL, "memory");
    for (long i = -WARM_UP; i < count; i++) {
        double start = now();
        zmq_send(socket, "request-16-bytes", SIZE, 0);
        check(receive(socket, buffer) == SIZE, "recv");
        if (i >= 0) took[i] = now() - start;
    }
    for (long i = 0; i < count; i++) printf("%.0f\n", took[i] * 1e9);
    free(took);
}

static void between_threads(long count) {
    pthread_t thread;
    void *context = zmq_ctx_new();
    void *local = new_socket(context, ZMQ_REQ), *remote = new_socket(context, ZMQ_REP);
    check(zmq_bind(local, "inproc://latency") == 0, "bind");
    check(pthread_create(&thread, NULL, echo_main, remote) == 0, "thread");
    round_trips(local, count);
    zmq_close(local);
    zmq_ctx_shutdown(context);
    pthread_join(thread, NULL);
    zmq_ctx_term(context);
}

/* The peer is forked before there is a context: libzmq does not survive a fork. */
static void between_processes(long count) {
    int channel[2];
    char address[ADDRESS] = "";
    size_t size = sizeof address;
    check(pipe(channel) == 0, "pipe");
    pid_t peer = fork();
    check(peer >= 0, "fork");
    if (peer == 0) {
        alarm(DEADLINE);
        if (read(channel[0], address, sizeof address) == sizeof address)
            echo(new_socket(zmq_ctx_new(), ZMQ_REP), address);
        _exit(1);
    }
    void *context = zmq_ctx_new();
    void *local = new_socket(context, ZMQ_REQ);
    check(zmq_bind(local, "tcp://127.0.0.1:*") == 0, "bind");
    check(zmq_getsockopt(local, ZMQ_LAST_ENDPOINT, address, &size) == 0, "endpoint");
    check(write(channel[1], address, sizeof address) == sizeof address, "write");
    round_trips(local, count);
    kill(peer, SIGKILL);
    waitpid(peer, NULL, 0);
    zmq_close(local);
    zmq_ctx_term(context);
}

int latency(const char *transport, const char *microseconds, const char *count) {
    spin = atof(microseconds) * 1e-6;
    if (strcmp(transport, "inproc") == 0)
        between_threads(atol(count));
    else
        between_processes(atol(count));
    return 0;
}
