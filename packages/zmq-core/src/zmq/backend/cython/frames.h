/* Lists of frames: of those to send, and of those that were received. */
#ifndef ZQ_FRAMES_H
#define ZQ_FRAMES_H

#include <Python.h>
#include <string.h>
#include "native/send.h"
#include "section.h"

/* Make frames of the first items of a list, as long as they are bytes objects of less than
   `large`. Returns how many, each with a reference to its item as `owner`.

   They are immutable: what is kept of them is all that is needed to send them, even several
   times. Without a GIL the list is locked once for all, which costs less than the safe way
   to take one item; where another thread has locked it, the caller takes them so. */
static inline Py_ssize_t zq_frames_of_bytes (PyObject *list, zq_frame *frames, Py_ssize_t n,
                                             Py_ssize_t large)
{
    Py_ssize_t made = 0;
    if (!zq_lock_list (list))
        return 0;
    if (n > PyList_GET_SIZE (list))
        n = PyList_GET_SIZE (list);
    for (; made < n; made++) {
        PyObject *part = PyList_GET_ITEM (list, made);
        if (!PyBytes_CheckExact (part) || PyBytes_GET_SIZE (part) >= large
            || zq_frame_init_data (&frames[made], PyBytes_AS_STRING (part),
                                   (size_t) PyBytes_GET_SIZE (part))
                   < 0)
            break;
        Py_INCREF (part);
        frames[made].owner = part;
    }
    zq_unlock_list (list);
    return made;
}

/* A new list of the first messages as bytes objects, as long as they are of less than
   `large`, and as there is memory. `*given` becomes how many; those are closed.

   To make the list as long as it is going to be is quicker than to append. Until it is
   filled nothing is done that could let code of the user's run, and see it. */
static inline PyObject *zq_small_frames (zmq_msg_t *messages, Py_ssize_t n, size_t large,
                                         Py_ssize_t *given)
{
    PyObject *list = PyList_New (n);
    Py_ssize_t made, i;
    if (list == NULL)
        return NULL;
    for (made = 0; made < n; made++) {
        PyObject *frame;
        size_t size = zmq_msg_size (&messages[made]);
        if (size >= large)
            break;
        frame = PyBytes_FromStringAndSize (zmq_msg_data (&messages[made]), (Py_ssize_t) size);
        if (frame == NULL) {
            PyErr_Clear ();
            break;
        }
        PyList_SET_ITEM (list, made, frame);
    }
    if (made < n && PyList_SetSlice (list, made, n, NULL) < 0) {
        Py_DECREF (list);
        return NULL;
    }
    for (i = 0; i < made; i++)
        zmq_msg_close (&messages[i]);
    *given = made;
    return list;
}

#endif
