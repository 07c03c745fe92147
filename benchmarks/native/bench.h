/* What every C case shares: its shape, checked calls, and inproc pairs. */
#ifndef BENCH_H
#define BENCH_H
#include <stddef.h>
#include <zmq.h>

/* Runs the operation `count` times and returns the seconds it took. */
typedef double (*loop_fn)(long count);

struct bench_case {
    const char *name;
    void (*setup)(void);
    loop_fn loop;
    void (*teardown)(void);
    long per; /* operations in one turn of the loop */
};

extern const struct bench_case message_cases[], polling_cases[], socket_cases[],
    network_cases[], proxy_cases[];

double now(void);
int latency(const char *transport, const char *microseconds, const char *count);
int pump(const char *frontend_address, const char *backend_address);
void check(int ok, const char *what);
void *new_socket(void *context, int type);
void set_int(void *socket, int option, int value);
void wait_readable(void *socket);
#endif
