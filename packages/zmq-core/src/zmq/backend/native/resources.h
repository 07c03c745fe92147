/* What libzmq takes for granted, and ends the process without: descriptors and threads.

   The first socket of a context starts the threads of libzmq, each with two descriptors,
   and each with the settings that the context has for them. Where one of these is refused,
   libzmq aborts. An address that is looked for among the network interfaces takes a
   descriptor for a moment, and without one libzmq aborts as well. So all of this is tried
   just before, and what is refused becomes an error. */
#ifndef ZQ_RESOURCES_H
#define ZQ_RESOURCES_H

enum
{
    ZQ_CPUS = 1024 /* as many as a cpu_set_t has */
};

/* What is known of the threads of a context. */
typedef struct
{
    int started;
    const char *refused; /* what an error is about, or NULL */
    int has_policy, policy;
    int has_priority, priority;
    int n_cpus;
    unsigned char cpus[ZQ_CPUS];
} zq_threads;

zq_threads *zq_threads_new (void);
void zq_threads_free (zq_threads *threads);

/* The functions below take NULL for a context that other code has made: nobody knows how it
   is set, or whether it has started its threads. */

/* Note an option of the context that libzmq has accepted. */
void zq_threads_option (zq_threads *threads, int option, int value);

/* As zmq_socket, zmq_bind and zmq_connect, with an error where these would abort. */
void *zq_open_socket (zq_threads *threads, void *context, int type);
int zq_bind (void *socket, const char *address);
int zq_connect (void *socket, const char *address);

#endif
