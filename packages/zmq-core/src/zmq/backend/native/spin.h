/* Looking at descriptors again and again before sleeping: it saves the time in which the
   system wakes a thread, for a processor that does nothing else meanwhile. */
#ifndef ZQ_SPIN_H
#define ZQ_SPIN_H

#include <zmq.h>
#include "native/atomics.h"
#include "native/lock.h"
#include "native/poll.h"

/* After so long handlers of signals are run, in nanoseconds: no signal interrupts a thread
   that does not sleep. */
#define ZQ_SPIN_SLICE 10000000

/* When a wait is to end its spinning, by zq_now_ns; 0: it does not spin.
   spin: for how long, in nanoseconds. */
static inline int64_t zq_spin_end (int64_t spin, int64_t deadline)
{
    int64_t end = spin > 0 ? zq_now_ns () + spin : 0;
    return deadline != ZQ_FOREVER && deadline < end ? deadline : end;
}

/* Like zq_poll_seated, with the seat's descriptor as the last, but without sleeping until
   `*spin_end`, which becomes 0 then. Between that and the sleep, and once in a slice, it
   returns -1 with EINTR, since handlers of signals may have to run. Needs neither the
   interpreter nor libzmq, so other threads run, and may use the socket.
   woken: unless NULL, tells what the last descriptor does, which takes longer to look at. */
static inline int zq_spin_and_poll (zq_pollfd *fds, int n, int *woken, int64_t *spin_end,
                                    int64_t deadline)
{
    int rc;
    int64_t now, slice_end;
    if (*spin_end == 0)
        return zq_poll_seated (fds, n, (intptr_t) fds[n - 1].fd, deadline);
    slice_end = zq_now_ns () + ZQ_SPIN_SLICE;
    do {
        rc = zq_poll_until (fds, woken == NULL ? n : n - 1, 0);
        if (rc != 0)
            return rc;
        if (woken != NULL && zq_atomic_load_int (woken))
            return 1;
        /* Where there are fewer processors than threads, it may be an I/O thread's turn. */
        zq_yield ();
        now = zq_now_ns ();
    } while (now < *spin_end && now < slice_end);
    if (now >= *spin_end)
        *spin_end = 0;
    zq_set_errno (EINTR);
    return -1;
}

enum
{
    ZQ_SPIN_REFUSED = 1, /* by libzmq, for another reason than that there is no message */
    ZQ_SPIN_RECEIVED = 2,
    ZQ_SPIN_RECEIVED_AT_ONCE = 3
};

/* Receive again and again in place of looking at the descriptor, by which the system is
   asked once less for each message. Whoever else uses the socket takes `lock`, which the
   caller has taken, and gives back at once when this returns: as soon as somebody wants it.

   Returns one of the above; 0 where the socket is wanted, or the thread has been woken:
   zq_spin_and_poll goes on from there; or -1 for EINTR, as that does. */
static inline int zq_spin_and_receive (void *socket, zmq_msg_t *m, zq_lock *lock, int *woken,
                                       int64_t *spin_end)
{
    int rc = ZQ_SPIN_RECEIVED_AT_ONCE;
    int64_t now, slice_end = 0;
    while (zmq_msg_recv (m, socket, ZMQ_DONTWAIT) < 0) {
        int err = zmq_errno ();
        if (err != EAGAIN)
            return err == EINTR ? -1 : ZQ_SPIN_REFUSED;
        if (zq_atomic_load_int (woken) || zq_lock_is_wanted (lock))
            return 0;
        now = zq_now_ns ();
        if (slice_end == 0)
            slice_end = now + ZQ_SPIN_SLICE;
        if (now >= *spin_end)
            *spin_end = 0;
        if (now >= slice_end || *spin_end == 0)
            return -1;
        /* Where there are fewer processors than threads, it may be an I/O thread's turn. */
        zq_yield ();
        rc = ZQ_SPIN_RECEIVED;
    }
    return rc;
}

/* Wait, without sleeping, until another thread has set `flag` to 0, but for so many
   nanoseconds at most. */
static inline void zq_spin_on (int *flag, int64_t most)
{
    int64_t end;
    if (!zq_atomic_load_int (flag))
        return;
    end = zq_now_ns () + most;
    while (zq_atomic_load_int (flag) && zq_now_ns () < end) {
    }
}

#endif
