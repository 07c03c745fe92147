/* libzmq's draft and newer functions, or stand-ins for a libzmq without them. */
#ifndef ZQ_DRAFTS_H
#define ZQ_DRAFTS_H

#include <errno.h>
#include <zmq.h>

#if ZMQ_VERSION < 40200
static inline int zmq_curve_public (char *p, char *s) { (void) p; (void) s; errno = ENOTSUP; return -1; }
#endif

#ifdef ZMQ_BUILD_DRAFT_API

#define ZQ_DRAFT_API 1

/* Thread-safe (draft) sockets have no ZMQ_FD. A zmq_poller that holds one does:
   it becomes readable when a command arrives for the socket, and stays so until
   zmq_poller_wait has been called. */
static inline void *zq_drafts_poller_new (void *socket, int *fd)
{
    void *poller = zmq_poller_new ();
    zmq_fd_t poller_fd;
    if (!poller)
        return NULL;
    if (zmq_poller_add (poller, socket, NULL, ZMQ_POLLIN | ZMQ_POLLOUT) != 0
        || zmq_poller_fd (poller, &poller_fd) != 0) {
        zmq_poller_destroy (&poller);
        return NULL;
    }
    *fd = (int) poller_fd;
    return poller;
}

static inline void zq_drafts_poller_drain (void *poller)
{
    zmq_poller_event_t event;
    (void) zmq_poller_wait (poller, &event, 0);
}

static inline void zq_drafts_poller_destroy (void *poller, void *socket)
{
    (void) zmq_poller_remove (poller, socket);
    (void) zmq_poller_destroy (&poller);
}

#else

#define ZQ_DRAFT_API 0

#define ZQ_NO_DRAFT(result)                                                    \
    {                                                                          \
        errno = ENOTSUP;                                                       \
        return result;                                                         \
    }

static inline int zmq_join (void *s, const char *g) { (void) s; (void) g; ZQ_NO_DRAFT (-1) }
static inline int zmq_leave (void *s, const char *g) { (void) s; (void) g; ZQ_NO_DRAFT (-1) }
static inline int zmq_msg_set_routing_id (zmq_msg_t *m, uint32_t r) { (void) m; (void) r; ZQ_NO_DRAFT (-1) }
static inline uint32_t zmq_msg_routing_id (zmq_msg_t *m) { (void) m; ZQ_NO_DRAFT (0) }
static inline int zmq_msg_set_group (zmq_msg_t *m, const char *g) { (void) m; (void) g; ZQ_NO_DRAFT (-1) }
static inline const char *zmq_msg_group (zmq_msg_t *m) { (void) m; ZQ_NO_DRAFT (NULL) }
static inline void *zq_drafts_poller_new (void *s, int *fd) { (void) s; (void) fd; ZQ_NO_DRAFT (NULL) }
static inline void zq_drafts_poller_drain (void *p) { (void) p; }
static inline void zq_drafts_poller_destroy (void *p, void *s) { (void) p; (void) s; }

#endif
#endif
