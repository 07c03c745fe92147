/* Runs what native/ has of each operating system: wakers, poll, clock, atomics, locks,
   thread locals, seats of threads that wait. Ends with the number of the line that failed on its error output. */
#include "native/atomics.h"
#include "native/clock.h"
#include "native/fork.h"
#include "native/lock.h"
#include "native/poll.h"
#include "native/waiter.h"
#include "native/waker.h"

#ifndef _WIN32
#include <pthread.h>
#endif
#include <stdio.h>
#include <stdlib.h>

#define CHECK(what)                                                                    \
    do {                                                                               \
        if (!(what)) {                                                                 \
            fprintf (stderr, "line %d: %s\n", __LINE__, #what);                        \
            exit (1);                                                                  \
        }                                                                              \
    } while (0)
#define THREADS 4
#define ROUNDS 100000
#define MS INT64_C (1000000)

#ifdef _WIN32
typedef HANDLE thread;
#define THREAD_BODY(name) static DWORD WINAPI name (LPVOID argument)
#define START(t, body, argument) ((t) = CreateThread (NULL, 0, body, argument, 0, NULL))
#define JOIN(t) (WaitForSingleObject (t, INFINITE), CloseHandle (t))
#else
typedef pthread_t thread;
#define THREAD_BODY(name) static void *name (void *argument)
#define START(t, body, argument) (pthread_create (&(t), NULL, body, argument) == 0)
#define JOIN(t) pthread_join (t, NULL)
#endif

static ZQ_THREAD_LOCAL int own = 0;
static int shared = 0, guarded = 0;
static zq_lock lock = ZQ_LOCK_INIT;
static void *slot = NULL;
static zq_waker waker;

/* There is no libzmq here, which buffers could be lent to. */
void zq_leases_forget (void)
{
}

THREAD_BODY (count)
{
    int i;
    for (i = 0; i < ROUNDS; i++) {
        zq_atomic_add_int (&shared, 1);
        own++;
        zq_lock_take (&lock);
        guarded++;
        zq_lock_leave (&lock);
    }
    CHECK (own == ROUNDS);
    /* One thread fills the empty slot, and the others see whose it is. */
    if (!zq_atomic_cas_ptr (&slot, NULL, argument))
        CHECK (zq_atomic_load_ptr (&slot) != argument);
    return 0;
}

THREAD_BODY (wake)
{
    int64_t until = zq_now_ns () + 50 * MS;
    (void) argument;
    while (zq_now_ns () < until)
        zq_yield ();
    zq_wake (&waker);
    return 0;
}

static void atomics (void)
{
    thread threads[THREADS];
    int numbers[THREADS], i;
    void *old;
    for (i = 0; i < THREADS; i++)
        CHECK (START (threads[i], count, &numbers[i]));
    for (i = 0; i < THREADS; i++)
        JOIN (threads[i]);
    CHECK (zq_atomic_load_int (&shared) == THREADS * ROUNDS);
    CHECK (guarded == THREADS * ROUNDS && !zq_lock_is_held (&lock));
    CHECK (own == 0);
    CHECK (zq_atomic_swap_int (&shared, 7) == THREADS * ROUNDS);
    zq_atomic_store_int (&shared, 8);
    CHECK (zq_atomic_load_int (&shared) == 8);
    old = zq_atomic_swap_ptr (&slot, NULL);
    CHECK (old != NULL && zq_atomic_load_ptr (&slot) == NULL);
}

static void seats (void)
{
    zq_seat *one = zq_seat_borrow (), *two = zq_seat_borrow ();
    zq_waiter *list = NULL;
    CHECK (one != NULL && two != NULL && one != two);
    zq_waiter_enlist (&list, &one->waiter, &one->waker, POLLIN);
    zq_waiter_enlist (&list, &two->waiter, &two->waker, POLLOUT);
    zq_waiters_wake (list, POLLIN);
    CHECK (one->waiter.woken && !two->waiter.woken);
    zq_waiter_dismiss (&list, &one->waiter);
    zq_waiter_dismiss (&list, &two->waiter);
    CHECK (list == NULL);
    zq_seat_give_back (one, 1);
    zq_seat_give_back (two, 0);
}

static int readable (int64_t deadline)
{
    zq_pollfd fd;
    memset (&fd, 0, sizeof fd);
    fd.fd = waker.read_fd;
    fd.events = POLLIN;
    return zq_poll_until (&fd, 1, deadline);
}

static void wakers (void)
{
    thread other;
    int64_t start;
    int i;
    CHECK (zq_waker_open (&waker) == 0);
    CHECK (readable (zq_now_ns ()) == 0);

    start = zq_now_ns ();
    CHECK (readable (start + 30 * MS) == 0);
    CHECK (zq_now_ns () - start >= 30 * MS);

    /* Far more wakes than anybody takes are one, and never block who wakes. */
    for (i = 0; i < ROUNDS; i++)
        zq_wake (&waker);
    CHECK (readable (ZQ_FOREVER) == 1);
    zq_waker_drain (&waker);
    CHECK (readable (zq_now_ns ()) == 0);

    CHECK (START (other, wake, NULL));
    CHECK (readable (zq_now_ns () + 20000 * MS) == 1);
    JOIN (other);
    zq_waker_drain (&waker);
    CHECK (readable (zq_now_ns ()) == 0);
    zq_waker_close (&waker);

    /* Closing gives the descriptor back. */
    for (i = 0; i < 20000; i++) {
        CHECK (zq_waker_open (&waker) == 0);
        zq_waker_close (&waker);
    }
}

static void rest (void)
{
    int64_t before = zq_now_ns (), after = before;
    int i;
    for (i = 0; i < ROUNDS && after == before; i++)
        after = zq_now_ns ();
    CHECK (after > before);
    CHECK (zq_getpid () > 0);
    CHECK (zq_ipc_path_max () >= 100);
    zq_set_errno (EAGAIN);
    CHECK (errno == EAGAIN);
    zq_notice_forks (NULL);
    CHECK (zq_fork_generation == 0);
}

int main (void)
{
#ifdef _WIN32
    WSADATA data;
    CHECK (WSAStartup (MAKEWORD (2, 2), &data) == 0);
#endif
    atomics ();
    wakers ();
    seats ();
    rest ();
    puts ("works");
    return 0;
}
