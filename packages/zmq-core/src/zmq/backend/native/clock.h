/* A monotonic clock. */
#ifndef ZQ_CLOCK_H
#define ZQ_CLOCK_H

#include <stdint.h>
#ifdef _WIN32
#include <winsock2.h> /* before windows.h, which would bring the old one */
#include <windows.h>
#else
#include <time.h>
#endif

static inline int64_t zq_now_ns (void)
{
#ifdef _WIN32
    LARGE_INTEGER count, frequency;
    QueryPerformanceFrequency (&frequency);
    QueryPerformanceCounter (&count);
    return (int64_t) ((double) count.QuadPart * 1e9 / (double) frequency.QuadPart);
#else
    struct timespec t;
    clock_gettime (CLOCK_MONOTONIC, &t);
    return (int64_t) t.tv_sec * 1000000000 + t.tv_nsec;
#endif
}

#endif
