/* A lock that is held for a few instructions, or one call into libzmq that never waits. */
#ifndef ZQ_LOCK_H
#define ZQ_LOCK_H

#ifdef _WIN32
#include <winsock2.h> /* before windows.h, which would bring the old one */
#include <windows.h>
typedef SRWLOCK zq_lock;
#define zq_lock_init(l) InitializeSRWLock (l)
#define zq_lock_take(l) AcquireSRWLockExclusive (l)
#define zq_lock_leave(l) ReleaseSRWLockExclusive (l)
#define zq_lock_destroy(l) ((void) (l))
#define ZQ_LOCK_INIT SRWLOCK_INIT
#else
#include <pthread.h>
typedef pthread_mutex_t zq_lock;
#define zq_lock_init(l) pthread_mutex_init ((l), NULL)
#define zq_lock_take(l) pthread_mutex_lock (l)
#define zq_lock_leave(l) pthread_mutex_unlock (l)
#define zq_lock_destroy(l) pthread_mutex_destroy (l)
#define ZQ_LOCK_INIT PTHREAD_MUTEX_INITIALIZER
#endif

#endif
