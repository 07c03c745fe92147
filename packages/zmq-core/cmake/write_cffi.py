"""Writes the C of zmq.backend.cffi._native: ``python write_cffi.py OUTPUT``.

Run by CMake. What is declared here is what the Python of this backend may call.
"""

from __future__ import annotations

import sys

from cffi import FFI

DECLARATIONS = """
// libzmq
typedef struct { ...; } zmq_msg_t;
void zmq_version(int *major, int *minor, int *patch);
int zmq_errno(void);
const char *zmq_strerror(int errnum);
int zmq_has(const char *capability);
int zmq_msg_init(zmq_msg_t *msg);
int zmq_msg_init_size(zmq_msg_t *msg, size_t size);
int zmq_msg_close(zmq_msg_t *msg);
int zmq_msg_move(zmq_msg_t *dest, zmq_msg_t *src);
int zmq_msg_copy(zmq_msg_t *dest, zmq_msg_t *src);
void *zmq_msg_data(zmq_msg_t *msg);
size_t zmq_msg_size(const zmq_msg_t *msg);
int zmq_msg_more(const zmq_msg_t *msg);
const char *zmq_msg_gets(const zmq_msg_t *msg, const char *property);
uint32_t zmq_msg_routing_id(zmq_msg_t *msg);
const char *zmq_msg_group(zmq_msg_t *msg);

// native/
#define ZQ_DRAFT_API ...
int64_t zq_now_ns(void);
int zq_getpid(void);
int zq_ipc_path_max(void);
typedef struct { ...; } zq_waker;
void zq_waker_drain(zq_waker *waker);
typedef struct zq_lease { struct zq_lease *next; int done; ...; } zq_lease;
zq_lease *zq_leases_take(void);
int zq_lease_lend(zmq_msg_t *msg, void *data, size_t size, zq_lease *lease);
int zq_lease_wait(zq_lease *lease, int64_t deadline);
typedef struct { zmq_msg_t msg; ...; } zq_frame;
void zq_frame_init(zq_frame *frame);
void zq_frames_close(zq_frame *frames, int n);
typedef struct { ...; } zq_sender;
typedef struct {
    void *source; void *target; zq_sender *sender; int source_fd; int target_fd;
    const char *prefix; size_t prefix_size; int returned; uint64_t messages;
    uint64_t bytes; ...;
} zq_route;
typedef struct {
    zq_route routes[2]; int n_routes; void *capture; zq_sender *capture_sender;
    int capture_fd; int control_fd; int swap; int *command;
    int *closed[4]; int n_closed; int64_t next_signals; int error;
    ...;
} zq_relay;
int zq_relay_at_hand(const zq_route *route);
zq_frame *zq_relay_give(zq_route *route, int n);
void zq_relay_given(zq_relay *relay, zq_route *route);
zq_frame *zq_relay_last(zq_relay *relay, zq_route *route, int *n);
extern "Python" int zq_run_signals(void *context);

// calls.h
int zq_message_copy(zmq_msg_t *to, zmq_msg_t *from);
int zq_message_get(const zmq_msg_t *msg, int option);
int zq_message_set(zmq_msg_t *msg, int option, int value);
int zq_message_set_routing_id(zmq_msg_t *msg, uint32_t routing_id);
int zq_message_set_group(zmq_msg_t *msg, const char *group);
int zq_curve_keypair(char *public_key, char *secret_key);
int zq_curve_public(char *public_key, const char *secret_key);
int zq_type_of(void *socket);

// messages.h
typedef struct { char first; char others[]; } zq_memory;
zmq_msg_t *zq_message_new(size_t size);
void zq_message_free(zmq_msg_t *msg);

// box.h
typedef struct {
    void *ptr; int type; int closed; int busy; int refused; int more; int within;
    unsigned taken;
    int fd; int64_t spin; zq_sender sender; ...;
} zq_box;
typedef struct {
    int tell; int copied; int n; int sizes[...]; char data[...];
    zmq_msg_t *messages; ...;
} zq_catch;
#define ZQ_UNUSABLE ...
#define ZQ_PUT_BACK ...
#define ZQ_TELL_FIRST ...
#define ZQ_CLOSED ...
#define ZQ_NO_WAKER ...
#define ZQ_NO_WAKER_END ...
#define ZQ_AS_MESSAGE ...
#define ZQ_WAITS ...
void zq_box_prepare(void);
int zq_generation(void);
zq_box *zq_box_new(size_t size);
void zq_box_begin(zq_box *box, void *ptr, int type);
void zq_box_free(zq_box *box);
zq_catch *zq_catch_new(size_t size);
void zq_catch_close(zq_catch *c);
void zq_catch_free(zq_catch *c);
int zq_put(zq_box *box, const char *data, size_t size, int flags);
int zq_put_joined(zq_box *box, const char *data, const int *sizes, int n, int flags);
int zq_put_few(zq_box *box, int n, const char *data0, size_t size0, const char *data1,
               size_t size1, const char *data2, size_t size2, const char *data3,
               size_t size3);
int zq_put_frames(zq_box *box, zq_frame *frames, int n, int flags);
int zq_refused_events(zq_box *box);
int zq_lost_place(zq_box *box);
int zq_take(zq_box *box, zq_catch *c, int how);
int zq_take_all(zq_box *box, zq_catch *c, int how);
int zq_look(zq_box *box);
void zq_wake_all(zq_box *box, int events);
int zq_get(zq_box *box, int option, void *value, size_t *size);
int64_t zq_timeout(zq_box *box, int option);
int zq_more(zq_box *box);
int zq_set(zq_box *box, int option, const void *value, size_t size, int is_int);
void zq_linger(zq_box *box, int value);
int zq_named(zq_box *box, int call, const char *name);
int zq_fd(zq_box *box);
int zq_wait(zq_box *box, int events, int64_t *spin_end, int64_t deadline);
void zq_mark_returned(zq_box *box, int returned);
int zq_claim(zq_box *box, void *user);
void zq_unclaim(zq_box *box, void *user);
void zq_mark_busy(zq_box *box, int busy);
void zq_count_watchers(zq_box *box, int n);
void zq_count_holds(zq_box *box, int n);
void zq_mark_closed(zq_box *box);
#define ZQ_SENDS_WAITED ...
#define ZQ_SENDS_REFUSED ...
#define ZQ_RECEIVES_WAITED ...
#define ZQ_RECEIVES_REFUSED ...
#define ZQ_N_STATS ...
int zq_set_counting(zq_box *box, int on);
void zq_read_stats(zq_box *box, long long *numbers);
#define ZQ_FULL_RAISE ...
int zq_set_on_full(zq_box *box, int on_full);
void zq_count_one(zq_box *box, int which);

// context.h
typedef struct { void *ptr; int ending; ...; } zq_context;
zq_context *zq_context_new(size_t size);
void zq_context_free(zq_context *context);
int zq_context_begin(zq_context *context, void *shadowed);
int zq_context_open(zq_context *context, zq_box *box, int type);
const char *zq_context_refused(zq_context *context);
int zq_context_set(zq_context *context, int option, int value);
int zq_context_get(zq_context *context, int option, int *value);
int zq_context_shutdown(zq_context *context);
int zq_context_end(zq_context *context);
void zq_context_resume(zq_context *context);
void zq_context_forget(zq_context *context);
int zq_context_close_late(zq_context *context);
int zq_monitor(zq_box *box, const char *address, int events, zq_context *context,
               const char *former);
int zq_close_if_last(zq_box *box, zq_context *context);

typedef struct { zq_box *box; intptr_t fd; int events; int found; ...; } zq_polled;
typedef struct {
    zq_relay relay; int n; zq_box *boxes[4]; zq_waker *waker;
    int (*handlers)(void *context); ...;
} zq_proxy;
zq_proxy *zq_proxy_new(size_t size);
void zq_proxy_free(zq_proxy *proxy);
int zq_proxy_sit(zq_proxy *proxy);
void zq_proxy_wake(zq_proxy *proxy);
int zq_proxy_run(zq_proxy *proxy);
int zq_poll_all(zq_polled *items, int n, int64_t *spin_end, int64_t deadline);
int64_t zq_spin_end(int64_t spin, int64_t deadline);
"""

SOURCE = """
#include <stdint.h>
#include <zmq.h>
#include "native/drafts.h"
#include "native/clock.h"
#include "native/fork.h"
#include "native/lease.h"
#include "native/poll.h"
#include "native/relay.h"
#include "native/send.h"
#include "native/waiter.h"
#include "cffi/box.h"
#include "cffi/calls.h"
#include "cffi/context.h"
#include "cffi/messages.h"
#include "cffi/proxying.h"
"""

if __name__ == "__main__":
    ffi = FFI()
    ffi.cdef(DECLARATIONS)
    ffi.set_source("zmq.backend.cffi._native", SOURCE)
    ffi.emit_c_code(sys.argv[1])
