/* Who may look at an object, and change it, at a time.

   With a GIL that is whoever holds the GIL, and nothing is done here. Without it an object
   is entered: by a PyMutex that is part of every object, through CPython's critical
   sections. These are left for as long as the thread waits, for another object, without
   the interpreter, or in code of the user's that does so. So two threads never wait for
   each other, and the code inside has to count on the same as with the GIL: wherever that
   could change hands, others may have come and gone. */
#ifndef ZQ_SECTION_H
#define ZQ_SECTION_H

#include <Python.h>

#ifdef Py_GIL_DISABLED
#define ZQ_HAS_GIL 0
typedef PyCriticalSection zq_section;
#define zq_enter(section, object) PyCriticalSection_Begin ((section), (PyObject *) (object))
#define zq_leave(section) PyCriticalSection_End ((section))

/* For a few lines that do not wait, and run no code of the interpreter, its mutex alone is
   enough: that is half the work of entering it. It is not waited for: 0 where somebody is
   inside, this thread perhaps. */
static inline int zq_try_lock (void *object)
{
    uint8_t expected = _Py_UNLOCKED;
    PyMutex *mutex = &((PyObject *) object)->ob_mutex;
    return _Py_atomic_compare_exchange_uint8 (&mutex->_bits, &expected, _Py_LOCKED);
}
#define zq_unlock(object) PyMutex_Unlock (&((PyObject *) (object))->ob_mutex)
#else
#define ZQ_HAS_GIL 1
typedef int zq_section;
#define zq_enter(section, object) ((void) (section), (void) (object))
#define zq_leave(section) ((void) (section))
#define zq_try_lock(object) ((void) (object), 1)
#define zq_unlock(object) ((void) (object))
#endif

/* A new reference to an item of a list that others may change; NULL past its end. */
static inline PyObject *zq_list_item (PyObject *list, Py_ssize_t index)
{
#ifdef Py_GIL_DISABLED
    PyObject *item = PyList_GetItemRef (list, index);
    if (item == NULL)
        PyErr_Clear ();
    return item;
#else
    PyObject *item = index < PyList_GET_SIZE (list) ? PyList_GET_ITEM (list, index) : NULL;
    Py_XINCREF (item);
    return item;
#endif
}

#endif
