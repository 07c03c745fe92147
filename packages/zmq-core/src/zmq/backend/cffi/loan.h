/* Buffers lent to libzmq, given back without a helper thread.

   libzmq calls the free function on whatever thread drops the last reference, most often
   one of its own, which must not run Python. It only marks the loan as returned, wakes
   who waits for it, and pushes it on a lock-free list that the backend empties later. */
#ifndef ZQ_LOAN_H
#define ZQ_LOAN_H

#include <zmq.h>
#include "native/atomics.h"
#include "native/poll.h"
#include "native/waker.h"

typedef struct zq_loan
{
    struct zq_loan *next;
    int done;
    int has_waker;
    zq_waker waker; /* made by the first thread that waits; readable when it is done */
} zq_loan;

zq_loan *zq_loan_new (void);
void zq_loan_free (zq_loan *loan);
/* Make a message of memory on loan; as zmq_msg_init_data. */
int zq_loan_lend (zmq_msg_t *msg, void *data, size_t size, zq_loan *loan);
/* Those that came back since the last call, linked by `next`. */
zq_loan *zq_loans_take (void);
int zq_loans_any (void);
void zq_loans_forget (void);
/* Returns 1 when it has come back, 0 at the deadline, or minus an error code. */
int zq_loan_wait (zq_loan *loan, int64_t deadline);

#endif
