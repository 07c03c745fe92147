#include "cffi/loan.h"

#include <stdlib.h>
#include <string.h>
#include "native/lock.h"

static zq_loan *returned = NULL;
static zq_lock making = ZQ_LOCK_INIT;

static void come_back (void *data, void *hint)
{
    zq_loan *loan = (zq_loan *) hint;
    zq_loan *head;
    (void) data;
    /* A waiter stores its waker before it looks at `done`, and here `done` is stored
       before looking at the waker: one of the two sees the other. */
    zq_atomic_store_int (&loan->done, 1);
    if (zq_atomic_load_int (&loan->has_waker))
        zq_wake (&loan->waker);
    do {
        head = (zq_loan *) zq_atomic_load_ptr ((void **) &returned);
        loan->next = head;
    } while (!zq_atomic_cas_ptr ((void **) &returned, head, loan));
    /* From here on the backend may free the loan: it is not touched any more. */
}

zq_loan *zq_loan_new (void)
{
    return (zq_loan *) calloc (1, sizeof (zq_loan));
}

int zq_loan_lend (zmq_msg_t *msg, void *data, size_t size, zq_loan *loan)
{
    return zmq_msg_init_data (msg, data, size, come_back, loan);
}

zq_loan *zq_loans_take (void)
{
    return (zq_loan *) zq_atomic_swap_ptr ((void **) &returned, NULL);
}

int zq_loans_any (void)
{
    return zq_atomic_load_ptr ((void **) &returned) != NULL;
}

void zq_loans_forget (void)
{
    returned = NULL;
    zq_lock_init (&making);
}

int zq_loan_wait (zq_loan *loan, int64_t deadline)
{
    zq_pollfd fd;
    int failed = 0;
    zq_lock_take (&making);
    if (!loan->has_waker) {
        failed = zq_waker_open (&loan->waker) < 0 ? errno : 0;
        if (!failed)
            zq_atomic_store_int (&loan->has_waker, 1);
    }
    zq_lock_leave (&making);
    if (failed)
        return -failed;
    while (!zq_atomic_load_int (&loan->done)) {
        memset (&fd, 0, sizeof fd);
        fd.fd = loan->waker.read_fd;
        fd.events = POLLIN;
        if (zq_poll_until (&fd, 1, deadline) < 0)
            return -errno;
        if (deadline != ZQ_FOREVER && zq_now_ns () >= deadline)
            return zq_atomic_load_int (&loan->done);
    }
    return 1;
}

void zq_loan_free (zq_loan *loan)
{
    if (loan->has_waker)
        zq_waker_close (&loan->waker);
    free (loan);
}
