/* Throughput between two processes, and round trips between threads and processes. */
#include "bench.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SIZE = 100, DEADLINE = 120, ADDRESS = 256 };
static void *context, *local;
static pid_t peer;
static pthread_t echo_thread;
static char buffer[SIZE];

/* The peer is forked before this process has a context: libzmq does not survive
   a fork. It learns the address through a pipe, and its alarm ends it in any case. */
static void start(int local_type, void (*run_peer)(const char *)) {
    int channel[2];
    char address[ADDRESS] = "";
    size_t size = sizeof address;
    check(pipe(channel) == 0, "pipe");
    peer = fork();
    check(peer >= 0, "fork");
    if (peer == 0) {
        alarm(DEADLINE);
        if (read(channel[0], address, sizeof address) == sizeof address)
            run_peer(address);
        _exit(1);
    }
    context = zmq_ctx_new();
    local = new_socket(context, local_type);
    check(zmq_bind(local, "tcp://127.0.0.1:*") == 0, "bind");
    check(zmq_getsockopt(local, ZMQ_LAST_ENDPOINT, address, &size) == 0, "endpoint");
    check(write(channel[1], address, sizeof address) == sizeof address, "write");
    close(channel[0]);
    close(channel[1]);
}

static void stop(void) {
    kill(peer, SIGKILL);
    waitpid(peer, NULL, 0);
    zmq_close(local);
    zmq_ctx_term(context);
}

static void flood(const char *address) {
    void *sender = new_socket(zmq_ctx_new(), ZMQ_PUSH);
    check(zmq_connect(sender, address) == 0, "connect");
    for (;;) zmq_send(sender, buffer, SIZE, 0);
}

static void echo(void *socket, const char *address) {
    int size;
    check(zmq_connect(socket, address) == 0, "connect");
    while ((size = zmq_recv(socket, buffer, SIZE, 0)) >= 0)
        zmq_send(socket, buffer, (size_t)size, 0);
}

static void echo_process(const char *address) {
    echo(new_socket(zmq_ctx_new(), ZMQ_REP), address);
}

static void start_throughput(void) {
    start(ZMQ_PULL, flood);
    wait_readable(local);
}

static double receive(long count) {
    double begin = now();
    for (long i = 0; i < count; i++)
        check(zmq_recv(local, buffer, SIZE, 0) == SIZE, "recv");
    return now() - begin;
}

static double round_trips(long count) {
    char reply[SIZE];
    double begin = now();
    for (long i = 0; i < count; i++) {
        zmq_send(local, "request-16-bytes", 16, 0);
        check(zmq_recv(local, reply, SIZE, 0) == 16, "recv");
    }
    return now() - begin;
}

static void start_processes(void) { start(ZMQ_REQ, echo_process); }

static void *echo_main(void *socket) {
    echo(socket, "inproc://echo");
    zmq_close(socket);
    return NULL;
}

static void start_threads(void) {
    context = zmq_ctx_new();
    local = new_socket(context, ZMQ_REQ);
    check(zmq_bind(local, "inproc://echo") == 0, "bind");
    void *remote = new_socket(context, ZMQ_REP);
    check(pthread_create(&echo_thread, NULL, echo_main, remote) == 0, "thread");
}

static void stop_threads(void) {
    zmq_close(local);
    zmq_ctx_shutdown(context);
    pthread_join(echo_thread, NULL);
    zmq_ctx_term(context);
}

const struct bench_case network_cases[] = {
    {"tcp_throughput", start_throughput, receive, stop, 1},
    {"req_rep_processes", start_processes, round_trips, stop, 1},
    {"req_rep_threads", start_threads, round_trips, stop_threads, 1},
    {NULL, NULL, NULL, NULL, 0},
};
