#include "cffi/box.h"

#include <errno.h>
#include <stdlib.h>

int zq_put (zq_box *box, const char *data, size_t size, int flags)
{
    zq_frame frame;
    int more = flags & ZMQ_SNDMORE;
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    if ((box->sender.state & ~ZQ_SENDER_COUNTED) == 0 && !more
        && zmq_send (box->ptr, data, size, ZMQ_DONTWAIT) >= 0) {
        zq_count (box->sender.stats, ZQ_SENT, 1);
        zq_count (box->sender.stats, ZQ_SENT_BYTES, (long long) size);
        return zq_box_done (box);
    }
    if (zq_frame_init_data (&frame, data, size) < 0)
        return zq_box_failed (box);
    if (zq_send_message (box->ptr, &box->sender, &frame, 1, more) < 0) {
        int err = errno;
        zq_frames_close (&frame, 1);
        errno = err;
        return zq_box_failed (box);
    }
    if (!more)
        return zq_box_done (box);
    zq_lock_leave (&box->lock);
    return ZQ_DONE; /* others are told when the message is whole */
}

int zq_put_frames (zq_box *box, zq_frame *frames, int n, int flags)
{
    if (!zq_box_enter (box))
        return ZQ_UNUSABLE;
    if (zq_send_message (box->ptr, &box->sender, frames, n, flags & ZMQ_SNDMORE) < 0)
        return zq_box_failed (box);
    if (!(flags & ZMQ_SNDMORE))
        return zq_box_done (box);
    zq_lock_leave (&box->lock);
    return ZQ_DONE;
}

/* rc: negative when there was no memory for the last of `made` frames. */
static int put_made (zq_box *box, zq_frame *frames, int made, int rc, int flags)
{
    if (rc < 0) {
        zq_frames_close (frames, made - 1);
        return -ENOMEM;
    }
    rc = zq_put_frames (box, frames, made, flags);
    if (rc < 0)
        zq_frames_close (frames, made);
    return rc;
}

int zq_put_joined (zq_box *box, const char *data, const int *sizes, int n, int flags)
{
    zq_frame few[16];
    zq_frame *frames = few;
    int made, rc = 0;
    if (n > 16) {
        frames = (zq_frame *) malloc ((size_t) n * sizeof (zq_frame));
        if (frames == NULL)
            return -ENOMEM;
    }
    for (made = 0; made < n && rc == 0; made++) {
        rc = zq_frame_init_data (&frames[made], data, (size_t) sizes[made]);
        data += sizes[made];
    }
    rc = put_made (box, frames, made, rc, flags);
    if (frames != few)
        free (frames);
    return rc;
}

int zq_put_few (zq_box *box, int n, const char *data0, size_t size0, const char *data1,
                size_t size1, const char *data2, size_t size2, const char *data3, size_t size3)
{
    const char *data[4] = {data0, data1, data2, data3};
    size_t sizes[4] = {size0, size1, size2, size3};
    zq_frame frames[4];
    int made, rc = 0;
    for (made = 0; made < n && rc == 0; made++)
        rc = zq_frame_init_data (&frames[made], data[made], sizes[made]);
    return put_made (box, frames, made, rc, 0);
}

int zq_refused_events (zq_box *box)
{
    return box->sender.events;
}

int zq_lost_place (zq_box *box)
{
    return (box->sender.state & ZQ_SENDER_HEADLESS) && (box->sender.state & ZQ_SENDER_CORRELATE);
}
