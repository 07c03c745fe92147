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
#include "native/fork.h"
#include "native/lease.h"

/* Has the interpreter let go, soon, of what libzmq has given back; in lease.pyx. */
static int zq_let_go_soon (void *unused);
static inline int zq_ask_to_let_go (void)
{
    return Py_AddPendingCall (zq_let_go_soon, NULL);
}

/* Whether it is a handle or a context that the parent of this process has made; in
   handle.pyx. */
static int zq_of_parent (PyObject *object);

#ifdef Py_GIL_DISABLED
#define ZQ_HAS_GIL 0

/* The same, on a thread that libzmq may have given something back on.

   Asking may wait, for a mutex of the interpreter's, and whoever waits leaves what he has
   entered: inside of a call of libzmq another thread would come in. So in such a thread it
   is done later, when what was entered has been left. */
static inline int zq_ask_outside (void)
{
    return PyThreadState_GetUnchecked () == NULL ? zq_ask_to_let_go () : -1;
}
static inline void zq_ask_late (void)
{
    if (zq_leases_any ())
        zq_leases_ask (zq_ask_to_let_go);
}

/* A mutex that threads wait for is handed from one to the next, so at a fork it may be
   held by a thread that is still asleep, and does not exist in the child. There nobody
   waits for what the parent has made, and what all use is renewed. */
typedef struct
{
    PyCriticalSection critical;
    int entered;
} zq_section;

static inline void zq_enter (zq_section *section, void *object)
{
    section->entered = !(zq_fork_generation && zq_of_parent ((PyObject *) object));
    if (section->entered)
        PyCriticalSection_Begin (&section->critical, (PyObject *) object);
}
static inline void zq_leave (zq_section *section)
{
    if (section->entered)
        PyCriticalSection_End (&section->critical);
    zq_ask_late ();
}
static inline void zq_renew (void *object)
{
    ((PyObject *) object)->ob_mutex._bits = _Py_UNLOCKED;
}

/* For a few lines that do not wait, and run no code of the interpreter, its mutex alone is
   enough: that is half the work of entering it. It is not waited for: 0 where somebody is
   inside, this thread perhaps. */
static inline int zq_try_lock (void *object)
{
    uint8_t expected = _Py_UNLOCKED;
    PyMutex *mutex = &((PyObject *) object)->ob_mutex;
    return _Py_atomic_compare_exchange_uint8 (&mutex->_bits, &expected, _Py_LOCKED);
}
static inline void zq_unlock (void *object)
{
    PyMutex_Unlock (&((PyObject *) object)->ob_mutex);
    zq_ask_late ();
}
#else
#define ZQ_HAS_GIL 1
#define zq_ask_outside zq_ask_to_let_go
#define zq_ask_late() ((void) 0)
typedef int zq_section;
#define zq_enter(section, object) \
    ((void) (section), (void) (object), (void) zq_of_parent)
#define zq_leave(section) ((void) (section))
#define zq_renew(object) ((void) (object))
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

/* A new reference to the value of a key in a dict that others may change; None without.
   Cython's dict.get() borrows the value first, so that it may be gone by then. */
static inline PyObject *zq_dict_item (PyObject *dict, PyObject *key)
{
    PyObject *value = NULL;
#ifdef Py_GIL_DISABLED
    if (PyDict_GetItemRef (dict, key, &value) < 0)
        return NULL;
#else
    value = PyDict_GetItemWithError (dict, key);
    if (value == NULL && PyErr_Occurred ())
        return NULL;
    Py_XINCREF (value);
#endif
    if (value == NULL) {
        value = Py_None;
        Py_INCREF (value);
    }
    return value;
}

/* Keep others from changing a list, for a few lines as with zq_try_lock; 0 where somebody
   has locked it. A fork waits until they are over. */
#ifdef Py_GIL_DISABLED
#define zq_lock_list(list) zq_try_lock (list)
#define zq_unlock_list(list) PyMutex_Unlock (&(list)->ob_mutex)
#else
#define zq_lock_list(list) ((void) (list), 1)
#define zq_unlock_list(list) ((void) (list))
#endif

/* Drops a reference that C has. Cython's own Py_DECREF may take one more for as long as
   that takes, which without a GIL costs what the rest does. */
static inline void zq_decref (void *object)
{
    Py_DECREF ((PyObject *) object);
}

#endif
