/* Atomic loads, stores and swaps of ints and pointers, and thread locals. Peeking is a
   load, and putting a store, that nothing else is ordered by. */
#ifndef ZQ_ATOMICS_H
#define ZQ_ATOMICS_H

#ifdef _MSC_VER
#include <winsock2.h> /* before windows.h, which would bring the old one */
#include <windows.h>
#endif

#ifdef _MSC_VER
#define zq_atomic_load_int(p) InterlockedCompareExchange ((volatile long *) (p), 0, 0)
#define zq_atomic_store_int(p, v) ((void) InterlockedExchange ((volatile long *) (p), (v)))
#define zq_atomic_swap_int(p, v) InterlockedExchange ((volatile long *) (p), (v))
#define zq_atomic_add_int(p, v) InterlockedExchangeAdd ((volatile long *) (p), (v))
#define zq_atomic_cas_int(p, expected, v) \
    (InterlockedCompareExchange ((volatile long *) (p), (v), (expected)) == (expected))
#define zq_atomic_add_llong(p, v) InterlockedExchangeAdd64 ((volatile long long *) (p), (v))
#define zq_atomic_load_ptr(p) InterlockedCompareExchangePointer ((void *volatile *) (p), NULL, NULL)
#define zq_atomic_peek_int(p) (*(volatile int *) (p))
#define zq_atomic_peek_ptr(p) (*(void *volatile *) (p))
#define zq_atomic_peek_llong(p) (*(volatile long long *) (p))
#define zq_atomic_put_llong(p, v) ((void) (*(volatile long long *) (p) = (v)))
#define zq_atomic_swap_ptr(p, v) InterlockedExchangePointer ((void *volatile *) (p), (v))
#define zq_atomic_cas_ptr(p, expected, v) \
    (InterlockedCompareExchangePointer ((void *volatile *) (p), (v), (expected)) == (expected))
#else
#define zq_atomic_load_int(p) __atomic_load_n ((p), __ATOMIC_SEQ_CST)
#define zq_atomic_store_int(p, v) __atomic_store_n ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_swap_int(p, v) __atomic_exchange_n ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_add_int(p, v) __atomic_fetch_add ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_cas_int(p, expected, v) __sync_bool_compare_and_swap ((p), (expected), (v))
#define zq_atomic_add_llong(p, v) __atomic_fetch_add ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_load_ptr(p) __atomic_load_n ((p), __ATOMIC_SEQ_CST)
#define zq_atomic_peek_int(p) __atomic_load_n ((p), __ATOMIC_RELAXED)
#define zq_atomic_peek_ptr(p) __atomic_load_n ((p), __ATOMIC_RELAXED)
#define zq_atomic_peek_llong(p) __atomic_load_n ((p), __ATOMIC_RELAXED)
#define zq_atomic_put_llong(p, v) __atomic_store_n ((p), (v), __ATOMIC_RELAXED)
#define zq_atomic_swap_ptr(p, v) __atomic_exchange_n ((p), (v), __ATOMIC_SEQ_CST)
#define zq_atomic_cas_ptr(p, expected, v) __sync_bool_compare_and_swap ((p), (expected), (v))
#endif

#ifdef _MSC_VER
#define ZQ_THREAD_LOCAL __declspec(thread)
#else
#define ZQ_THREAD_LOCAL __thread
#endif

#endif
