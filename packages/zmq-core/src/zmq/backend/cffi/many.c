#include "cffi/box.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "native/poll.h"

/* What each item is ready for; how many are, or an error. */
static int evaluate (zq_polled *items, zq_pollfd *fds, int n)
{
    int i, ready = 0;
    for (i = 0; i < n; i++) {
        if (items[i].box != NULL) {
            int events = zq_look (items[i].box);
            if (events < 0)
                return events;
            items[i].found = events & items[i].events;
        } else {
            items[i].found = items[i].fd < 0 ? 0 : zq_from_system (fds[i].revents);
        }
        ready += items[i].found != 0;
    }
    return ready;
}

static int first_look (zq_polled *items, zq_pollfd *fds, int n)
{
    int i, descriptors = 0;
    for (i = 0; i < n; i++) {
        memset (&fds[i], 0, sizeof fds[i]);
        if (items[i].box != NULL) {
            int fd = zq_fd (items[i].box);
            if (fd < 0)
                return fd;
            fds[i].fd = fd;
            fds[i].events = POLLIN;
        } else {
            fds[i].fd = items[i].fd;
            fds[i].events = zq_to_system (items[i].events);
            descriptors++;
        }
    }
    while (descriptors && zq_poll_until (fds, n, 0) < 0)
        if (errno != EINTR)
            return -errno;
    return evaluate (items, fds, n);
}

static int wait_for_any (zq_polled *items, zq_pollfd *fds, int n, int64_t *spin_end, int64_t deadline)
{
    zq_seat *seat = zq_seat_borrow ();
    int i, rc;
    if (seat == NULL)
        return -errno;
    memset (&fds[n], 0, sizeof fds[n]);
    fds[n].fd = seat->waker.read_fd;
    fds[n].events = POLLIN;
    for (i = 0; i < n; i++)
        if (items[i].box != NULL)
            zq_enlist (items[i].box, &items[i].waiter, &seat->waker, items[i].events);
    /* What came since the first look, and was seen by others: they wake this thread from
       here on only. */
    rc = evaluate (items, fds, n);
    while (rc == 0) {
        int polled = zq_spin_and_poll (fds, n + 1, NULL, spin_end, deadline);
        if (polled < 0) {
            rc = -errno;
            break;
        }
        if (fds[n].revents)
            zq_waker_drain (&seat->waker);
        for (i = 0; i < n; i++)
            if (items[i].box != NULL && items[i].box->poller != NULL)
                zq_fd (items[i].box);
        rc = evaluate (items, fds, n);
        if (polled == 0 && deadline != ZQ_FOREVER && zq_now_ns () >= deadline)
            break;
    }
    for (i = 0; i < n; i++)
        if (items[i].box != NULL)
            zq_dismiss (items[i].box, &items[i].waiter);
    zq_seat_give_back (seat, 1);
    return rc;
}

int zq_poll_all (zq_polled *items, int n, int64_t *spin_end, int64_t deadline)
{
    zq_pollfd *fds = (zq_pollfd *) malloc ((size_t) (n + 1) * sizeof (zq_pollfd));
    int rc;
    if (fds == NULL)
        return -ENOMEM;
    rc = first_look (items, fds, n);
    if (rc == 0 && deadline != 0)
        rc = wait_for_any (items, fds, n, spin_end, deadline);
    free (fds);
    return rc;
}
