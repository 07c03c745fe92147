/* Measures one C case: `bench CASE SECONDS` prints the seconds per operation.
   `bench --pump FRONTEND BACKEND` is the other side of a proxy, `bench --latency TRANSPORT
   MICROSECONDS COUNT` measures round trips one by one. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void check(int ok, const char *what) {
    if (ok) return;
    fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
    exit(1);
}

void *new_socket(void *context, int type) {
    void *socket = zmq_socket(context, type);
    check(socket != NULL, "zmq_socket");
    set_int(socket, ZMQ_LINGER, 0);
    return socket;
}

void set_int(void *socket, int option, int value) {
    check(zmq_setsockopt(socket, option, &value, sizeof value) == 0, "setsockopt");
}

void wait_readable(void *socket) {
    zmq_pollitem_t item = {socket, 0, ZMQ_POLLIN, 0};
    check(zmq_poll(&item, 1, 10000) == 1, "nothing arrived within 10 s");
}

static void measure(const struct bench_case *bench, double seconds) {
    long count = 1;
    double elapsed;
    bench->setup();
    while ((elapsed = bench->loop(count)) < seconds / 4) {
        count *= elapsed < seconds / 40 ? 10 : 2;
    }
    count = (long)((double)count * seconds / elapsed) + 1;
    elapsed = bench->loop(count);
    bench->teardown();
    printf("%.6e\n", elapsed / (double)count / (double)bench->per);
}

int main(int argc, char **argv) {
    const struct bench_case *groups[] = {message_cases, polling_cases, socket_cases,
                                         network_cases, proxy_cases};
    int major, minor, patch;
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        zmq_version(&major, &minor, &patch);
        printf("%d.%d.%d\n", major, minor, patch);
        return 0;
    }
    if (argc == 4 && strcmp(argv[1], "--pump") == 0) return pump(argv[2], argv[3]);
    if (argc == 5 && strcmp(argv[1], "--latency") == 0)
        return latency(argv[2], argv[3], argv[4]);
    if (argc != 3) {
        fprintf(stderr, "usage: bench CASE SECONDS | --version | --pump FROM TO"
                        " | --latency TRANSPORT MICROSECONDS COUNT\n");
        return 2;
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        for (const struct bench_case *c = groups[i]; c->name; c++) {
            if (strcmp(c->name, argv[1]) == 0) {
                measure(c, atof(argv[2]));
                return 0;
            }
        }
    }
    fprintf(stderr, "no C case named %s\n", argv[1]);
    return 2;
}
