/* The slots of a future that is made done: what an await of it costs.

   The class is made in Python, a subclass of asyncio's Future; what is here replaces,
   by the same behaviour, those of its methods that every await calls. */

#ifndef ZQ_EAGER_H
#define ZQ_EAGER_H

#include <Python.h>
#include "native/atomics.h"
#include "section.h"
#include <structmember.h> /* PyMemberDef, before Python 3.12 */

static PyTypeObject *zq_ready_type = NULL;
static Py_ssize_t zq_ready_value = 0;  /* offsets of its slots */
static Py_ssize_t zq_ready_socket = 0;
static Py_ssize_t zq_ready_order = 0;

/* Of all messages that may have to go back: which was received after which. */
static long long zq_last_order = 0;

#ifndef Py_T_OBJECT_EX /* before Python 3.12 */
#define Py_T_OBJECT_EX T_OBJECT_EX
#endif

#define ZQ_SLOT(object, offset) (*(PyObject **)((char *)(object) + (offset)))

/* A new reference to the result; after this nobody can say that it was never looked at. */
static inline PyObject *zq_ready_take(PyObject *self)
{
    zq_section section;
    PyObject *socket, *value;
    zq_enter(&section, self);
    socket = ZQ_SLOT(self, zq_ready_socket);
    ZQ_SLOT(self, zq_ready_socket) = NULL;
    value = ZQ_SLOT(self, zq_ready_value);
    Py_XINCREF(value);
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
    stop = PyObject_CallFunctionObjArgs(PyExc_StopIteration, value, NULL);
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
    PyObject *socket = ZQ_SLOT(self, zq_ready_socket);
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

static Py_ssize_t zq_slot_offset(PyTypeObject *type, const char *name)
{
    PyObject *slot = PyDict_GetItemString(type->tp_dict, name);
    if (slot == NULL || !Py_IS_TYPE(slot, &PyMemberDescr_Type)) {
        PyErr_Format(PyExc_TypeError, "%s has no slot %s", type->tp_name, name);
        return -1;
    }
    if (((PyMemberDescrObject *)slot)->d_member->type != Py_T_OBJECT_EX) {
        PyErr_Format(PyExc_TypeError, "%s.%s is no slot for objects", type->tp_name, name);
        return -1;
    }
    return ((PyMemberDescrObject *)slot)->d_member->offset;
}

/* Give a class the slots above. It must be what a class statement made. */
static int zq_adopt_ready_type(PyObject *cls)
{
    PyTypeObject *type = (PyTypeObject *)cls;
    if (!(type->tp_flags & Py_TPFLAGS_HEAPTYPE) || type->tp_as_async == NULL) {
        PyErr_Format(PyExc_TypeError, "%s was not made by a class statement", type->tp_name);
        return -1;
    }
    if ((zq_ready_value = zq_slot_offset(type, "_value")) < 0)
        return -1;
    if ((zq_ready_socket = zq_slot_offset(type, "_socket")) < 0)
        return -1;
    if ((zq_ready_order = zq_slot_offset(type, "_order")) < 0)
        return -1;
    type->tp_as_async->am_await = zq_ready_await;
#if PY_VERSION_HEX >= 0x030A0000
    type->tp_as_async->am_send = zq_ready_send;
#endif
    type->tp_iternext = zq_ready_next;
    type->tp_finalize = zq_ready_finalize;
    PyType_Modified(type);
    Py_INCREF(cls);
    zq_ready_type = type;
    return 0;
}

static inline PyObject *zq_next_order(void)
{
    return PyLong_FromLongLong(zq_atomic_add_llong(&zq_last_order, 1) + 1);
}

/* A future that is done. `socket` gets a message back that nobody looks at, or is NULL;
   `order` is the number of that message, or None for a new one. */
static inline PyObject *zq_make_ready(
    PyObject *value, PyObject *socket, PyObject *order)
{
    PyObject *self;
    if (zq_ready_type == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "adopt_ready_type() has not been called");
        return NULL;
    }
    self = zq_ready_type->tp_alloc(zq_ready_type, 0);
    if (self == NULL)
        return NULL;
    Py_INCREF(value);
    ZQ_SLOT(self, zq_ready_value) = value;
    if (socket == NULL)
        return self;
    if (order == Py_None) {
        order = zq_next_order();
        if (order == NULL) {
            Py_DECREF(self);
            return NULL;
        }
    } else
        Py_INCREF(order);
    ZQ_SLOT(self, zq_ready_order) = order;
    Py_INCREF(socket);
    ZQ_SLOT(self, zq_ready_socket) = socket;
    return self;
}

#endif
