#ifdef __linux__
#define _GNU_SOURCE /* sched_setaffinity */
#endif

#include "native/resources.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zmq.h>
#include "native/lock.h"

#ifndef _WIN32
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#endif
#ifdef __linux__
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <time.h>
#endif

zq_threads *zq_threads_new (void)
{
    return (zq_threads *) calloc (1, sizeof (zq_threads));
}

void zq_threads_free (zq_threads *threads)
{
    free (threads);
}

void zq_threads_option (zq_threads *threads, int option, int value)
{
    if (threads == NULL)
        return;
    switch (option) {
        case ZMQ_THREAD_SCHED_POLICY:
            threads->has_policy = 1;
            threads->policy = value;
            break;
        case ZMQ_THREAD_PRIORITY:
            threads->has_priority = 1;
            threads->priority = value;
            break;
#ifdef ZMQ_THREAD_AFFINITY_CPU_ADD
        case ZMQ_THREAD_AFFINITY_CPU_ADD:
        case ZMQ_THREAD_AFFINITY_CPU_REMOVE: {
            /* Those that no system has count as one: they make no difference. */
            int cpu = value < ZQ_CPUS ? value : ZQ_CPUS - 1;
            int wanted = option == ZMQ_THREAD_AFFINITY_CPU_ADD;
            threads->n_cpus += wanted - threads->cpus[cpu];
            threads->cpus[cpu] = (unsigned char) wanted;
            break;
        }
#endif
        default:
            break;
    }
}

/* More than so many sockets or threads take gigabytes, for which libzmq does not ask. */
enum
{
    MOST = 1 << 28
};

#ifdef _WIN32

void *zq_open_socket (zq_threads *threads, void *context, int type)
{
    (void) threads;
    return zmq_socket (context, type);
}

int zq_bind (void *socket, const char *address)
{
    return zmq_bind (socket, address);
}

int zq_connect (void *socket, const char *address)
{
    return zmq_connect (socket, address);
}

#else

/* Whether this process may have so many more descriptors: 0, or the code of an error. */
static int try_descriptors (int n)
{
    int err = 0, fd, i, opened = 0;
    int few[16];
    int *fds = n <= 16 ? few : (int *) malloc ((size_t) n * sizeof (int));
    if (fds == NULL)
        return ENOMEM;
    while (opened < n && !err) {
#ifdef __linux__
        fd = eventfd (0, EFD_CLOEXEC);
#else
        fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
#endif
        if (fd >= 0)
            fds[opened++] = fd;
        else if (errno == EMFILE || errno == ENFILE)
            err = errno;
        else if (errno != EINTR) /* such are not to be had: nobody knows */
            break;
    }
    for (i = 0; i < opened; i++)
        (void) close (fds[i]);
    if (fds != few)
        free (fds);
    return err;
}

/* ---- threads ---- */

typedef struct
{
    const zq_threads *threads;
    zq_lock lock; /* held until all threads are there */
    int err;
    const char *refused;
} trial;

#ifdef __linux__

/* In a thread, as libzmq does it: 0, or the code of an error. */
static int schedule (const zq_threads *threads)
{
    struct sched_param param;
    int policy, real_time;
    int err = pthread_getschedparam (pthread_self (), &policy, &param);
    if (err)
        return err;
    if (threads->has_policy)
        policy = threads->policy;
    real_time = policy == SCHED_FIFO || policy == SCHED_RR;
    if (!real_time)
        param.sched_priority = 0;
    else if (threads->has_priority)
        param.sched_priority = threads->priority;
    err = pthread_setschedparam (pthread_self (), policy, &param);
    if (err || real_time || !threads->has_priority || threads->priority == 0)
        return err == ENOSYS ? 0 : err;
    errno = 0; /* -1 may be the result */
    return nice (-20) == -1 ? errno : 0;
}

static int choose_processors (const zq_threads *threads)
{
    cpu_set_t set;
    int cpu;
    CPU_ZERO (&set);
    for (cpu = 0; cpu < ZQ_CPUS; cpu++)
        if (threads->cpus[cpu])
            CPU_SET ((size_t) cpu, &set);
    return pthread_setaffinity_np (pthread_self (), sizeof set, &set);
}

static void apply (trial *t)
{
    if (t->threads->has_policy || t->threads->has_priority) {
        t->refused = "THREAD_SCHED_POLICY and THREAD_PRIORITY of its context";
        t->err = schedule (t->threads);
    }
    if (!t->err && t->threads->n_cpus) {
        t->refused = "THREAD_AFFINITY_CPU_ADD of its context";
        t->err = choose_processors (t->threads);
    }
}

#else

static void apply (trial *t)
{
    (void) t;
}

#endif

typedef struct
{
    trial *of;
    pthread_t id;
    long number; /* which the system gave it */
} tried;

#ifdef __linux__

static long own_number (void)
{
    return syscall (SYS_gettid);
}

/* A thread that was joined still counts until the system has removed it. Until
 * then libzmq may be refused a thread that is there for it. */
static void await_forgotten (long number)
{
    const struct timespec pause = {0, 10000};
    int looks = 100000; /* for a second at least */
    while (syscall (SYS_tgkill, getpid (), number, 0) == 0 && looks-- > 0)
        (void) nanosleep (&pause, NULL);
}

#else

static long own_number (void)
{
    return 0;
}

static void await_forgotten (long number)
{
    (void) number;
}

#endif

static void *stay (void *arg)
{
    tried *thread = (tried *) arg;
    thread->number = own_number ();
    zq_lock_await (&thread->of->lock);
    return NULL;
}

static void *stay_and_apply (void *arg)
{
    apply (((tried *) arg)->of);
    return stay (arg);
}

/* Start threads, and end them. */
static void try_threads (trial *t, int n)
{
    sigset_t all, before;
    tried few[16];
    tried *threads = n <= 16 ? few : (tried *) malloc ((size_t) n * sizeof (tried));
    int err = 0, i, begun = 0;
    if (threads == NULL) {
        t->err = ENOMEM;
        return;
    }
    /* No handler of a signal runs there. */
    (void) sigfillset (&all);
    (void) pthread_sigmask (SIG_BLOCK, &all, &before);
    zq_lock_take (&t->lock);
    while (begun < n && !err) {
        tried *thread = &threads[begun];
        thread->of = t;
        err = pthread_create (&thread->id, NULL, begun ? stay : stay_and_apply, thread);
        if (!err)
            begun++;
    }
    zq_lock_leave (&t->lock);
    for (i = 0; i < begun; i++)
        (void) pthread_join (threads[i].id, NULL);
    for (i = 0; i < begun; i++)
        await_forgotten (threads[i].number);
    (void) pthread_sigmask (SIG_SETMASK, &before, NULL);
    if (threads != few)
        free (threads);
    if (err) {
        t->refused = "the threads of its context";
        t->err = err == EAGAIN ? ENOMEM : err; /* EAGAIN is said of messages */
    }
}

/* ---- instead of libzmq's functions ---- */

#ifdef __linux__
enum
{
    MAILBOX = 1, /* an eventfd */
    POLLER = 1
};
#else
enum
{
    MAILBOX = 2, /* two sockets */
    POLLER = 1
};
#endif

void *zq_open_socket (zq_threads *threads, void *context, int type)
{
    void *socket;
    if (threads == NULL)
        return zmq_socket (context, type);
    threads->refused = NULL;
    if (!threads->started) {
        trial t = {threads, ZQ_LOCK_INIT, 0, NULL};
        int n = zmq_ctx_get (context, ZMQ_IO_THREADS);
        if (n > MOST || zmq_ctx_get (context, ZMQ_MAX_SOCKETS) > MOST) {
            t.refused = "IO_THREADS and MAX_SOCKETS of its context";
            t.err = ENOMEM;
        } else if (n >= 0) { /* or the address is no context's */
            n++;             /* one closes sockets */
            t.err = try_descriptors (n * (MAILBOX + POLLER) + MAILBOX);
            if (!t.err)
                try_threads (&t, n);
        }
        if (t.err) {
            threads->refused = t.refused;
            errno = t.err;
            return NULL;
        }
    }
    socket = zmq_socket (context, type);
    if (socket != NULL)
        threads->started = 1;
    return socket;
}

/* Whether libzmq looks for an address among the network interfaces. */
static int names_interface (const char *address, int to_bind)
{
    static const char *const transports[] = {"tcp://", "ws://", "wss://"};
    size_t i;
    if (strncmp (address, "udp://", 6) == 0)
        return 1;
    for (i = 0; i < sizeof transports / sizeof *transports; i++)
        if (strncmp (address, transports[i], strlen (transports[i])) == 0)
            return to_bind || strchr (address, ';') != NULL;
    return 0;
}

static int may_look (const char *address, int to_bind)
{
    int err = names_interface (address, to_bind) ? try_descriptors (1) : 0;
    if (err)
        errno = err;
    return !err;
}

int zq_bind (void *socket, const char *address)
{
    return may_look (address, 1) ? zmq_bind (socket, address) : -1;
}

int zq_connect (void *socket, const char *address)
{
    return may_look (address, 0) ? zmq_connect (socket, address) : -1;
}

#endif
