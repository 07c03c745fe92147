/* Preloaded by test_interrupted.py: interrupts polls of one descriptor that do not wait.

   libzmq makes one each time it looks into a socket's mailbox, so a signal that comes at
   that moment is EINTR in the middle of a message. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

static volatile int period = 0, calls = 0;
static pthread_t armed;

/* From now on, let SIGUSR1 interrupt every n-th of them in this thread; 0: none. */
void eintr_every (int n)
{
    armed = pthread_self ();
    calls = 0;
    period = n;
}

static int interrupts (nfds_t n, int timeout)
{
    if (!period || n != 1 || timeout != 0 || !pthread_equal (armed, pthread_self ())
        || ++calls % period)
        return 0;
    raise (SIGUSR1);
    errno = EINTR;
    return 1;
}

int poll (struct pollfd *fds, nfds_t n, int timeout)
{
    static int (*real) (struct pollfd *, nfds_t, int);
    if (!real)
        real = (int (*) (struct pollfd *, nfds_t, int)) dlsym (RTLD_NEXT, "poll");
    return interrupts (n, timeout) ? -1 : real (fds, n, timeout);
}

int __poll_chk (struct pollfd *fds, nfds_t n, int timeout, size_t size)
{
    (void) size;
    return poll (fds, n, timeout);
}
