# The C of zmq/backend/native.

from libc.stdint cimport int64_t, intptr_t, uint64_t

from zmq.backend.cython.libzmq cimport zmq_msg_t

cdef extern from "native/atomics.h" nogil:
    int zq_atomic_load_int(int *p)
    void zq_atomic_store_int(int *p, int value)
    int zq_atomic_add_int(int *p, int value)
    int zq_atomic_peek_int(int *p)
    long long zq_atomic_add_llong(long long *p, long long value)
    void *zq_atomic_load_ptr(void *p)
    void *zq_atomic_swap_ptr(void *p, void *value)

cdef extern from "native/lock.h" nogil:
    ctypedef struct zq_lock:
        int state

    bint zq_lock_is_held(zq_lock *lock)
    void zq_lock_take(zq_lock *lock)
    void zq_lock_leave(zq_lock *lock)
    void zq_lock_await(zq_lock *lock)

cdef extern from "native/clock.h" nogil:
    int64_t zq_now_ns()

cdef extern from "native/fork.h" nogil:
    int zq_fork_generation
    void zq_notice_forks(void (*in_child)() noexcept nogil)
    int zq_getpid()

cdef extern from "native/resources.h" nogil:
    ctypedef struct zq_threads:
        const char *refused

    zq_threads *zq_threads_new()
    void zq_threads_free(zq_threads *threads)
    void zq_threads_option(zq_threads *threads, int option, int value)
    void *zq_open_socket(zq_threads *threads, void *context, int type)
    int zq_bind(void *socket, const char *address)
    int zq_connect(void *socket, const char *address)

cdef extern from "native/waker.h" nogil:
    ctypedef struct zq_waker:
        intptr_t read_fd

    void zq_wake(zq_waker *waker)
    void zq_waker_drain(zq_waker *waker)

cdef extern from "native/waiter.h" nogil:
    ctypedef struct zq_waiter:
        int events
        int woken
        bint inproc
        zq_waiter *following

    ctypedef struct zq_seat:
        zq_waker waker
        zq_waiter waiter
        int generation

    void zq_waiter_enlist(
        zq_waiter **list, zq_waiter *waiter, zq_waker *waker, int events
    )
    void zq_waiter_dismiss(zq_waiter **list, zq_waiter *waiter)
    void zq_waiters_wake(zq_waiter *list, int events)
    void zq_waiters_wake_all(zq_waiter *list)
    zq_seat *zq_seat_borrow()
    void zq_seat_give_back(zq_seat *seat, bint woken)

cdef extern from "native/lease.h" nogil:
    ctypedef struct zq_lease:
        zq_lease *next
        void *owner

    bint zq_exiting
    int zq_lease_lend(zmq_msg_t *msg, void *data, size_t size, zq_lease *lease)
    int zq_lease_wait(zq_lease *lease, int64_t deadline)
    bint zq_lease_is_done(zq_lease *lease)
    bint zq_leases_any()
    zq_lease *zq_leases_take()
    void zq_lease_close(zmq_msg_t *msg)
    void zq_leases_ask_by(int (*ask)() noexcept nogil)
    void zq_leases_stop_asking()

cdef extern from "native/poll.h" nogil:
    ctypedef struct zq_pollfd:
        intptr_t fd
        short events
        short revents

    int64_t ZQ_FOREVER
    short POLLIN
    short POLLOUT
    int zq_poll_until(zq_pollfd *fds, int n, int64_t deadline)
    short zq_to_system(int events)
    int zq_from_system(short found)
    void zq_set_errno(int error)
    int zq_ipc_path_max()

cdef extern from "native/spin.h" nogil:
    int64_t zq_spin_end(int64_t spin, int64_t deadline)
    enum: ZQ_SPIN_RECEIVED
    enum: ZQ_SPIN_RECEIVED_AT_ONCE

    int zq_spin_and_receive(
        void *socket, zmq_msg_t *m, zq_lock *lock, int *woken, int64_t *spin_end
    )
    int zq_spin_and_poll(
        zq_pollfd *fds, int n, int *woken, int64_t *spin_end, int64_t deadline
    )
    void zq_spin_on(int *flag, int64_t most)

cdef extern from "native/stats.h" nogil:
    enum: ZQ_SENT
    enum: ZQ_SENT_BYTES
    enum: ZQ_SENDS_WAITED
    enum: ZQ_SENDS_REFUSED
    enum: ZQ_RECEIVES_WAITED
    enum: ZQ_RECEIVES_REFUSED
    enum: ZQ_N_STATS

    ctypedef struct zq_stats:
        pass

    int64_t zq_stat(zq_stats *stats, int which)
    void zq_count(zq_stats *stats, int which, int64_t n)
    void zq_count_received(zq_stats *stats, zmq_msg_t *m)

cdef extern from "native/send.h" nogil:
    ctypedef struct zq_frame:
        zmq_msg_t msg
        const void *data
        size_t size
        void *owner

    ctypedef struct zq_sender:
        int type
        int state
        int events
        int interrupted
        zq_stats *stats
        int on_full

    enum: ZQ_FULL_RAISE
    enum: ZQ_SENDER_HEADLESS
    enum: ZQ_SENDER_CORRELATE
    enum: ZQ_SENDER_COUNTED

    void zq_sender_init(zq_sender *sender, int type)
    int64_t zq_sender_dropped(zq_sender *sender)
    void zq_sender_count(zq_sender *sender, zq_stats *stats)
    void zq_sender_option(zq_sender *sender, int option, int value)
    int zq_frame_init_data(zq_frame *frame, const void *data, size_t size)
    void zq_frame_init(zq_frame *frame)
    int zq_events_of(void *socket)
    void zq_frames_close(zq_frame *frames, int n)
    int zq_send_message(
        void *socket, zq_sender *sender, zq_frame *frames, int n, int flags
    )

cdef extern from "native/relay.h" nogil:
    enum: ZQ_MAX_RELAYED

    enum: ZQ_RELAY_RUN
    enum: ZQ_RELAY_PAUSE
    enum: ZQ_RELAY_STOP

    enum: ZQ_END_STOPPED
    enum: ZQ_END_RETURNED
    enum: ZQ_END_FAILED

    ctypedef struct zq_route:
        void *source
        void *target
        zq_sender *sender
        int source_fd
        int target_fd
        const char *prefix
        size_t prefix_size
        bint returned
        uint64_t messages
        uint64_t bytes

    ctypedef struct zq_relay:
        zq_route routes[2]
        int n_routes
        void *capture
        zq_sender *capture_sender
        int capture_fd
        int control_fd
        int waker_fd
        bint swap
        int *command
        int *closed[4]
        int n_closed
        int64_t next_signals
        int error
        int (*signals)(void *context) noexcept nogil
        void *signals_context

    int zq_relay_run(zq_relay *relay)
    bint zq_relay_at_hand(const zq_route *route)
    zq_frame *zq_relay_give(zq_route *route, int n)
    void zq_relay_given(zq_relay *relay, zq_route *route)
    zq_frame *zq_relay_last(zq_relay *relay, zq_route *route, int *n)
    void zq_relay_free(zq_relay *relay)
