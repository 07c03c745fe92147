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
#else
#define ZQ_HAS_GIL 1
typedef int zq_section;
#define zq_enter(section, object) ((void) (section), (void) (object))
#define zq_leave(section) ((void) (section))
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
