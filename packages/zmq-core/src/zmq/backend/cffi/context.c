#include "cffi/context.h"

#include <errno.h>
#include <stdlib.h>
#include "native/fork.h"

zq_context *zq_context_new (size_t size)
{
    zq_context *context = (zq_context *) calloc (1, size);
    if (context != NULL) {
        context->generation = zq_fork_generation;
        zq_lock_init (&context->lock);
    }
    return context;
}

void zq_context_free (zq_context *context)
{
    zq_lock_destroy (&context->lock);
    zq_threads_free (context->threads);
    free (context);
}

int zq_context_enter (zq_context *context)
{
    if (context->generation != zq_fork_generation)
        return 0;
    zq_lock_take (&context->lock);
    if (context->ptr != NULL && !context->ending)
        return 1;
    zq_lock_leave (&context->lock);
    return 0;
}

/* With the lock held, which it leaves: the result, from what libzmq has returned. */
static int leave (zq_context *context, int rc)
{
    int err = errno;
    zq_lock_leave (&context->lock);
    return rc < 0 ? -err : 0;
}

int zq_context_begin (zq_context *context, void *shadowed)
{
    if (shadowed == NULL) {
        context->threads = zq_threads_new ();
        if (context->threads == NULL)
            return -ENOMEM;
    }
    context->ptr = shadowed != NULL ? shadowed : zmq_ctx_new ();
    return context->ptr == NULL ? -errno : 0;
}

int zq_context_open (zq_context *context, zq_box *box, int type)
{
    void *socket;
    if (!zq_context_enter (context))
        return ZQ_UNUSABLE;
    zq_context_close_some (context, 0);
    socket = zq_open_socket (context->threads, context->ptr, type);
    if (socket != NULL)
        zq_box_begin (box, socket, type);
    return leave (context, socket == NULL ? -1 : 0);
}

const char *zq_context_refused (zq_context *context)
{
    return context->threads == NULL ? NULL : context->threads->refused;
}

int zq_context_set (zq_context *context, int option, int value)
{
    int rc;
    if (!zq_context_enter (context))
        return ZQ_UNUSABLE;
    rc = zmq_ctx_set (context->ptr, option, value);
    if (rc == 0)
        zq_threads_option (context->threads, option, value);
    return leave (context, rc);
}

int zq_context_get (zq_context *context, int option, int *value)
{
    if (!zq_context_enter (context))
        return ZQ_UNUSABLE;
    errno = 0;
    *value = zmq_ctx_get (context->ptr, option);
    /* Some values are negative themselves. */
    return leave (context, *value < 0 && errno != 0 ? -1 : 0);
}

int zq_context_shutdown (zq_context *context)
{
    if (!zq_context_enter (context))
        return ZQ_UNUSABLE;
    return leave (context, zmq_ctx_shutdown (context->ptr));
}

int zq_context_end (zq_context *context)
{
    void *ptr;
    if (context->generation != zq_fork_generation)
        return 0;
    zq_lock_take (&context->lock);
    ptr = context->ptr;
    if (ptr != NULL) {
        context->ending = 1;
        zq_context_close_some (context, 1);
    }
    zq_lock_leave (&context->lock);
    if (ptr == NULL)
        return 0;
    if (zmq_ctx_term (ptr) < 0)
        return -errno;
    zq_context_forget (context);
    return 0;
}

void zq_context_resume (zq_context *context)
{
    if (context->generation != zq_fork_generation)
        return;
    zq_lock_take (&context->lock);
    context->ending = 0;
    zq_lock_leave (&context->lock);
}

void zq_context_forget (zq_context *context)
{
    if (context->generation != zq_fork_generation)
        return;
    zq_lock_take (&context->lock);
    zq_context_close_some (context, 1);
    context->ptr = NULL;
    context->ending = 0;
    zq_lock_leave (&context->lock);
}
