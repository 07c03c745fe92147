/* A future that is made done: the part of it that every await calls.

   All the rest is in a class in Python, a subclass of asyncio's Future. Here is made a
   subclass of that, and not a base: am_send, by which a coroutine gets the result without
   a StopIteration, is no slot that classes in Python inherit. */

#ifndef ZQ_READY_FUTURE_H
#define ZQ_READY_FUTURE_H

#include <Python.h>
#include "native/atomics.h"
#include "section.h"
#include <structmember.h> /* PyMemberDef, before Python 3.12 */

static PyTypeObject *zq_ready_type = NULL;
static Py_ssize_t zq_ready_start = 0; /* where the three members below begin */

#ifndef Py_T_OBJECT_EX /* before Python 3.12 */
#define Py_T_OBJECT_EX T_OBJECT_EX
#endif

typedef struct
{
    PyObject *value;  /* the result; NULL once it was given back */
    PyObject *socket; /* that gets the result back, while nobody has looked at it */
    PyObject *order;  /* when it was received, among the messages of its socket */
} zq_ready_members;

static inline zq_ready_members *zq_ready (PyObject *self)
{
    return (zq_ready_members *) ((char *) self + zq_ready_start);
}

/* A new reference to the result; after this nobody can say that it was never looked at. */
static inline PyObject *zq_ready_take(PyObject *self)
{
    zq_section section;
    PyObject *socket, *value;
    /* Mostly nobody else looks at it, and its mutex is all that is needed. */
    int alone = zq_try_lock(self);
    if (!alone)
        zq_enter(&section, self);
    socket = zq_ready(self)->socket;
    zq_ready(self)->socket = NULL;
    value = zq_ready(self)->value;
    Py_XINCREF(value);
    if (alone)
        zq_unlock(self);
    else
        zq_leave(&section);
    Py_XDECREF(socket);
    return value;
}

static PyObject *zq_ready_await(PyObject *self)
{
    Py_INCREF(self);
    return self;
}

static PyObject *zq_ready_next(PyObject *self)
{
    PyObject *value = zq_ready_take(self);
    PyObject *stop;
    if (value == Py_None) {
        Py_DECREF(value);
        return NULL;
    }
    if (value == NULL) /* given back: cancelled */
        return PyObject_CallMethod(self, "result", NULL);
    stop = PyObject_CallOneArg(PyExc_StopIteration, value);
    Py_DECREF(value);
    if (stop != NULL) {
        PyErr_SetObject(PyExc_StopIteration, stop);
        Py_DECREF(stop);
    }
    return NULL;
}

#if PY_VERSION_HEX >= 0x030A0000
static PySendResult zq_ready_send(PyObject *self, PyObject *sent, PyObject **result)
{
    PyObject *value = zq_ready_take(self);
    (void)sent;
    if (value == NULL) { /* given back: cancelled */
        *result = PyObject_CallMethod(self, "result", NULL);
        return *result == NULL ? PYGEN_ERROR : PYGEN_RETURN;
    }
    *result = value;
    return PYGEN_RETURN;
}
#endif

static void zq_ready_finalize(PyObject *self)
{
    PyObject *type, *error, *traceback, *done;
    PyObject *socket = zq_ready(self)->socket;
    if (socket == NULL || socket == Py_None)
        return;
    PyErr_Fetch(&type, &error, &traceback);
    done = PyObject_CallMethod(self, "_drop", NULL);
    if (done == NULL)
        PyErr_WriteUnraisable(self);
    else
        Py_DECREF(done);
    PyErr_Restore(type, error, traceback);
}

/* Each future refers to its class. When a future ends, asyncio takes one from the count of
   these references that all threads share, and they wait for each other. The references to
   an immortal object are not counted. */
static void zq_make_immortal(PyObject *type)
{
#if !defined(Py_GIL_DISABLED)
    (void)type;
#elif PY_VERSION_HEX >= 0x030F0000
    (void)PyUnstable_SetImmortal(type);
#else
    type->ob_tid = _Py_UNOWNED_TID;
    type->ob_ref_local = _Py_IMMORTAL_REFCNT_LOCAL;
    type->ob_ref_shared = 0;
#endif
}

/* Make the class. Whatever else `base` has, our members come after it. */
static PyObject *zq_make_ready_type(PyObject *base)
{
    PyTypeObject *type = (PyTypeObject *)base;
    Py_ssize_t start = type->tp_basicsize;
    PyMemberDef members[] = {
        {"_value", Py_T_OBJECT_EX, start + offsetof(zq_ready_members, value), 0, NULL},
        {"_socket", Py_T_OBJECT_EX, start + offsetof(zq_ready_members, socket), 0, NULL},
        {"_order", Py_T_OBJECT_EX, start + offsetof(zq_ready_members, order), 0, NULL},
        {NULL, 0, 0, 0, NULL},
    };
    PyType_Slot slots[] = {
        {Py_tp_members, members},
        {Py_tp_iter, zq_ready_await},
        {Py_tp_iternext, zq_ready_next},
        {Py_tp_finalize, zq_ready_finalize},
        {Py_am_await, zq_ready_await},
#if PY_VERSION_HEX >= 0x030A0000
        {Py_am_send, zq_ready_send},
#endif
        {0, NULL},
    };
    PyType_Spec spec = {
        "zmq.backend.cython.Ready",
        (int)(start + (Py_ssize_t)sizeof(zq_ready_members)),
        0,
        Py_TPFLAGS_DEFAULT,
        slots,
    };
    PyObject *made, *bases;
    if (zq_ready_start != 0 && zq_ready_start != start) {
        PyErr_Format(
            PyExc_TypeError, "%s has another size than the base before", type->tp_name);
        return NULL;
    }
    bases = PyTuple_Pack(1, base);
    if (bases == NULL)
        return NULL;
    made = PyType_FromSpecWithBases(&spec, bases);
    Py_DECREF(bases);
    if (made == NULL)
        return NULL;
    zq_make_immortal(made);
    zq_ready_start = start;
    Py_INCREF(made);
    Py_XSETREF(zq_ready_type, (PyTypeObject *)made);
    return made;
}

/* Tells which event loop runs. Each thread asks for each message: if threads counted the
   references to it, they would wait for each other. */
static void *zq_running_loop = NULL;

static void zq_set_running_loop(PyObject *function)
{
    Py_INCREF(function); /* for good: another thread may call the one before */
    zq_atomic_swap_ptr(&zq_running_loop, function);
}

/* Whether `loop` is the one that runs in this thread; -1 for an exception. */
static inline int zq_runs_in(PyObject *loop)
{
    PyObject *function = (PyObject *)zq_atomic_peek_ptr(&zq_running_loop);
    PyObject *running;
    if (function == NULL)
        return 0;
    running = PyObject_CallNoArgs(function);
    if (running == NULL)
        return -1;
    Py_DECREF(running);
    return running == loop;
}

/* A future that is done. `socket` gets a message back that nobody looks at, or is NULL;
   `order` is the number of that message. */
static inline PyObject *zq_make_ready(
    PyObject *value, PyObject *socket, long long order)
{
    PyObject *self, *number;
    if (zq_ready_type == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "ready_type() has not been called");
        return NULL;
    }
    self = zq_ready_type->tp_alloc(zq_ready_type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(value);
    zq_ready(self)->value = value;
    if (socket == NULL)
        return self;
    number = PyLong_FromLongLong(order);
    if (number == NULL) {
        Py_DECREF(self);
        return NULL;
    }
    zq_ready(self)->order = number;
    Py_INCREF(socket);
    zq_ready(self)->socket = socket;
    return self;
}

#endif
