# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
# cython: binding=False, embedsignature=True, embedsignature.format=clinic
# cython: initializedcheck=False, always_allow_keywords=True
# cython: freethreading_compatible=True
# To print a traceback, Cython would call PyErr_Print, which ends the process where the
# error is a SystemExit.
# cython: unraisable_tracebacks=False
"""The compiled binding of libzmq: one concept per included file."""

cimport cython
from cpython.buffer cimport (
    PyBUF_ANY_CONTIGUOUS,
    PyBUF_SIMPLE,
    PyBUF_WRITABLE,
    Py_buffer,
    PyBuffer_FillInfo,
    PyBuffer_Release,
    PyObject_CheckBuffer,
    PyObject_GetBuffer,
)
from cpython.bytes cimport (
    PyBytes_AS_STRING,
    PyBytes_CheckExact,
    PyBytes_FromString,
    PyBytes_FromStringAndSize,
    PyBytes_GET_SIZE,
)
from cpython.exc cimport (
    PyErr_CheckSignals, PyErr_SetObject, PyErr_WriteUnraisable,
)
from cpython.object cimport PyObject_GenericSetAttr
from cpython.list cimport (
    PyList_Append, PyList_CheckExact, PyList_GET_SIZE,
)
from cpython.ref cimport Py_DECREF, Py_INCREF, PyObject
from cpython.weakref cimport PyWeakref_NewRef
from libc.errno cimport EAGAIN, EINTR, EINVAL, ENOMEM, errno
from libc.stdint cimport int32_t, int64_t, intptr_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset, strlen

from zmq.backend.cython.libzmq cimport (
    EFSM,
    EHOSTUNREACH,
    ENOTSOCK,
    ENOTSUP,
    ETERM,
    ZMQ_DONTWAIT,
    ZMQ_EVENTS,
    ZMQ_FD,
    ZMQ_IO_THREADS,
    ZMQ_LINGER,
    ZMQ_MORE,
    ZMQ_PAIR,
    ZMQ_PULL,
    ZMQ_POLLIN,
    ZMQ_POLLOUT,
    ZMQ_RCVMORE,
    ZMQ_RCVTIMEO,
    ZMQ_REP,
    ZMQ_REQ,
    ZMQ_ROUTER,
    ZMQ_SNDMORE,
    ZMQ_SNDTIMEO,
    ZMQ_TYPE,
    ZQ_DRAFT_API,
    zmq_close,
    zmq_connect,
    zmq_ctx_get,
    zmq_ctx_new,
    zmq_ctx_set,
    zmq_ctx_shutdown,
    zmq_ctx_term,
    zmq_curve_keypair,
    zmq_curve_public,
    zmq_disconnect,
    zmq_getsockopt,
    zmq_has,
    zmq_join,
    zmq_leave,
    zmq_msg_close,
    zmq_msg_copy,
    zmq_msg_data,
    zmq_msg_get,
    zmq_msg_gets,
    zmq_msg_group,
    zmq_msg_init,
    zmq_msg_init_size,
    zmq_msg_more,
    zmq_msg_move,
    zmq_msg_recv,
    zmq_msg_routing_id,
    zmq_msg_send,
    zmq_msg_set,
    zmq_msg_set_group,
    zmq_msg_set_routing_id,
    zmq_msg_size,
    zmq_msg_t,
    zmq_send,
    zmq_setsockopt,
    zmq_socket,
    zmq_socket_monitor,
    zmq_strerror,
    zmq_unbind,
    zmq_version,
    zq_drafts_poller_destroy,
    zq_drafts_poller_drain,
    zq_drafts_poller_new,
)
from zmq.backend.cython.libzmq cimport zmq_errno as last_errno
from zmq.backend.cython.native cimport (
    POLLIN,
    ZQ_END_FAILED,
    ZQ_END_RETURNED,
    ZQ_END_STOPPED,
    ZQ_FOREVER,
    ZQ_FULL_RAISE,
    ZQ_MAX_RELAYED,
    ZQ_N_STATS,
    ZQ_RECEIVES_REFUSED,
    ZQ_RECEIVES_WAITED,
    ZQ_RELAY_PAUSE,
    ZQ_RELAY_RUN,
    ZQ_RELAY_STOP,
    ZQ_SENDER_CORRELATE,
    ZQ_SENDER_COUNTED,
    ZQ_SENDER_HEADLESS,
    ZQ_SENDS_REFUSED,
    ZQ_SENDS_WAITED,
    ZQ_SENT,
    ZQ_SENT_BYTES,
    ZQ_SPIN_RECEIVED,
    ZQ_SPIN_RECEIVED_AT_ONCE,
    zq_atomic_add_int,
    zq_atomic_add_llong,
    zq_atomic_load_int,
    zq_atomic_load_ptr,
    zq_atomic_peek_int,
    zq_atomic_store_int,
    zq_atomic_swap_ptr,
    zq_bind,
    zq_connect,
    zq_count,
    zq_count_received,
    zq_events_of,
    zq_exiting,
    zq_fork_generation,
    zq_frame,
    zq_frame_init,
    zq_frame_init_data,
    zq_frames_close,
    zq_from_system,
    zq_getpid,
    zq_ipc_path_max,
    zq_lease,
    zq_lease_close,
    zq_lease_is_done,
    zq_lease_lend,
    zq_lease_wait,
    zq_leases_any,
    zq_leases_ask_by,
    zq_leases_stop_asking,
    zq_leases_take,
    zq_lock,
    zq_lock_await,
    zq_lock_is_held,
    zq_lock_leave,
    zq_lock_take,
    zq_notice_forks,
    zq_now_ns,
    zq_open_socket,
    zq_poll_until,
    zq_pollfd,
    zq_relay,
    zq_relay_at_hand,
    zq_relay_free,
    zq_relay_give,
    zq_relay_given,
    zq_relay_last,
    zq_relay_run,
    zq_route,
    zq_seat,
    zq_seat_borrow,
    zq_seat_give_back,
    zq_send_message,
    zq_sender,
    zq_sender_count,
    zq_sender_dropped,
    zq_sender_init,
    zq_sender_option,
    zq_set_errno,
    zq_spin_and_poll,
    zq_spin_and_receive,
    zq_spin_end,
    zq_spin_on,
    zq_stat,
    zq_stats,
    zq_threads,
    zq_threads_free,
    zq_threads_new,
    zq_threads_option,
    zq_to_system,
    zq_waiter,
    zq_waiter_dismiss,
    zq_waiter_enlist,
    zq_waiters_wake,
    zq_waiters_wake_all,
    zq_wake,
    zq_waker,
    zq_waker_drain,
)

from zmq import constants as _constants
from zmq import error as _error
from zmq.backend import arguments as _arguments
from zmq.backend.stack import require_stack as _require_stack
from zmq.backend.tracker import MessageTracker as _MessageTracker

include "errors.pyx"
include "guards.pyx"
include "lease.pyx"
include "frame_content.pyx"
include "frame.pyx"
include "context.pyx"
include "handle.pyx"
include "kept.pyx"
include "leftovers.pyx"
include "monitor.pyx"
include "wait.pyx"
include "options.pyx"
include "send.pyx"
include "recv.pyx"
include "at_once.pyx"
include "returned.pyx"
include "counts.pyx"
include "burst.pyx"
include "address.pyx"
include "entering.pyx"
include "bare_socket.pyx"
include "making.pyx"
include "socket.pyx"
include "fast_methods.pyx"
include "eager.pyx"
include "poll.pyx"
include "proxy.pyx"
include "steering.pyx"
include "proxies.pyx"
include "functions.pyx"
