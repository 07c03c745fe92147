/* What a socket has done, in numbers, where it was asked to count.

   They are changed by whoever uses the socket alone at the time, and may be read by any
   thread at any time. */
#ifndef ZQ_STATS_H
#define ZQ_STATS_H

#include <stdint.h>
#include <zmq.h>
#include "native/atomics.h"

/* In the order of zmq.utils.stats.SocketStats. */
enum zq_stat
{
    ZQ_SENT, /* messages */
    ZQ_SENT_BYTES,
    ZQ_RECEIVED,
    ZQ_RECEIVED_BYTES,
    ZQ_SENDS_WAITED, /* calls that had to wait */
    ZQ_SENDS_REFUSED, /* calls that would have had to wait, or to wait longer */
    ZQ_RECEIVES_WAITED,
    ZQ_RECEIVES_REFUSED,
    ZQ_N_STATS
};

typedef struct
{
    long long n[ZQ_N_STATS];
} zq_stats;

static inline long long zq_stat (zq_stats *stats, int which)
{
    return zq_atomic_peek_llong (&stats->n[which]);
}

/* stats: NULL where nothing is counted. */
static inline void zq_count (zq_stats *stats, int which, long long n)
{
    if (stats != NULL)
        zq_atomic_put_llong (&stats->n[which], stats->n[which] + n);
}

/* A frame that libzmq has handed over; the last one makes a message. */
static inline void zq_count_received (zq_stats *stats, zmq_msg_t *m)
{
    if (stats == NULL)
        return;
    zq_count (stats, ZQ_RECEIVED_BYTES, (long long) zmq_msg_size (m));
    zq_count (stats, ZQ_RECEIVED, !zmq_msg_more (m));
}

#endif
