# Socket options: which C type each has, and the attributes that stand for them.

cdef enum OptionKind:
    KIND_INT
    KIND_INT64
    KIND_UINT64
    KIND_BYTES
    KIND_FD

cdef enum: N_KINDS = 256
cdef char _kinds[N_KINDS]
memset(_kinds, KIND_INT, N_KINDS)


def _learn_kinds():
    for kind, options in (
        (KIND_INT64, _constants._INT64_OPTIONS),
        (KIND_UINT64, _constants._UINT64_OPTIONS),
        (KIND_BYTES, _constants._BYTES_OPTIONS),
        (KIND_FD, _constants._FD_OPTIONS),
    ):
        for option in options:
            _kinds[<int>option] = kind


_learn_kinds()


cdef inline int _kind_of(int option):
    return _kinds[option] if 0 <= option < N_KINDS else KIND_INT


cdef str _option_name(int option):
    try:
        return _constants.SocketOption(option).name
    except ValueError:
        return str(option)


cdef str _type_name(int socket_type):
    try:
        return _constants.SocketType(socket_type).name
    except ValueError:
        return str(socket_type)


cdef object _get_option(BareSocket s, int option):
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _get_option_inside(s, option)
    finally:
        zq_leave(&section)


cdef object _get_option_inside(BareSocket s, int option):
    """The value of an option; raises ZMQError where libzmq refuses."""
    cdef _Handle h = _usable(s)
    cdef int value = 0
    cdef size_t size = sizeof(int)
    if option == ZMQ_EVENTS:
        value = _look_at_events(h)
        return value if h.returned is None else value | ZMQ_POLLIN
    if option == ZMQ_RCVMORE and h.partial is not None:
        return 1
    if _kind_of(option) == KIND_INT:
        if zmq_getsockopt(h.ptr, option, &value, &size) < 0:
            _refuse_get(h, option, last_errno())
        return value
    if _kind_of(option) == KIND_FD:
        if h.type >= ZMQ_FIRST_DRAFT:
            return _draft_fd(h)
        if zmq_getsockopt(h.ptr, option, &value, &size) < 0:
            _refuse_get(h, option, last_errno())
        return value
    return _get_wide_option(h, option)


cdef object _get_wide_option(_Handle h, int option):
    cdef int64_t value = 0
    cdef size_t size = sizeof(value)
    cdef char text[4096]
    if _kind_of(option) == KIND_BYTES:
        size = sizeof(text)
        if zmq_getsockopt(h.ptr, option, text, &size) < 0:
            _refuse_get(h, option, last_errno())
        # Routing ids are binary; all the others are C strings.
        if size and option != _ROUTING_ID and text[size - 1] == 0:
            size -= 1
        return text[:size]
    if zmq_getsockopt(h.ptr, option, &value, &size) < 0:
        _refuse_get(h, option, last_errno())
    return value if _kind_of(option) == KIND_INT64 else <uint64_t>value


cdef int _ROUTING_ID = _constants.SocketOption.ROUTING_ID


cdef int _refuse_get(_Handle h, int option, int err) except -1:
    if err == ETERM:
        _raise_terminated(h)
    _raise_with(err, f"option {_option_name(option)} cannot be read")


cdef int _refuse_set(_Handle h, int option, int kind, object value, int err) except -1:
    # A value of bytes may be a password or a secret key: it is not repeated here.
    given = "" if kind == KIND_BYTES else f"={value!r}"
    hint = _error.explain("option", option, value, h.type) if err == EINVAL else ""
    why = f": {hint}" if hint else ""
    _raise_with(err, f"option {_option_name(option)}{given}{why}")


cdef int _raise_terminated(_Handle h) except -1:
    _tell_everybody(h)
    _raise(ETERM)


cdef object _draft_fd(_Handle h):
    fd = _fd_of(h)
    if h.poller != NULL:
        import warnings
        warnings.warn(_error.DraftFDWarning(), stacklevel=2)
        zq_drafts_poller_drain(h.poller)
    return fd


cdef int _set_option(BareSocket s, int option, object value) except -1:
    cdef zq_section section
    zq_enter(&section, <void *>s._h)
    try:
        return _set_option_inside(s, option, value)
    finally:
        zq_leave(&section)


cdef int _set_option_inside(BareSocket s, int option, object value) except -1:
    cdef _Handle h = _usable(s)
    cdef int kind = _kind_of(option)
    cdef int as_int
    cdef int64_t as_int64
    cdef uint64_t as_uint64
    cdef int rc
    if isinstance(value, str) and kind == KIND_BYTES:
        raise TypeError(
            f"option {_option_name(option)} takes no str: unicode not allowed, use"
            " setsockopt_string"
        )
    if kind == KIND_BYTES:
        if not isinstance(value, bytes):
            raise TypeError(
                f"expected bytes for option {_option_name(option)}, got: {value!r}"
            )
        rc = zmq_setsockopt(
            h.ptr, option, PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value)
        )
    else:
        if not isinstance(value, int):
            got = "got the string" if isinstance(value, str) else "got"
            raise TypeError(
                f"expected int for option {_option_name(option)}, {got}: {value!r}"
            )
        try:
            if kind == KIND_INT64:
                as_int64 = value
                rc = zmq_setsockopt(h.ptr, option, &as_int64, sizeof(as_int64))
            elif kind == KIND_UINT64:
                # A mask: -1 sets all of its bits.
                as_uint64 = <uint64_t><int64_t>value if value < 0 else value
                rc = zmq_setsockopt(h.ptr, option, &as_uint64, sizeof(as_uint64))
            else:
                as_int = value
                rc = zmq_setsockopt(h.ptr, option, &as_int, sizeof(as_int))
        except OverflowError:
            raise OverflowError(
                f"{value} does not fit option {_option_name(option)}"
            ) from None
    if rc < 0:
        rc = last_errno()
        if rc == ETERM:
            _raise_terminated(h)
        _refuse_set(h, option, kind, value, rc)
    if kind == KIND_INT:
        zq_sender_option(&h.sender, option, as_int)
    return _after_operation(h)


cdef class OptionAttribute:
    """A socket option as an attribute of :class:`zmq.Socket`: a data descriptor.

    :param option: the :class:`zmq.SocketOption`.
    """
    cdef readonly int option

    def __init__(self, int option):
        self.option = option

    @property
    def __doc__(self):
        from zmq._texts import socket_option_text
        return socket_option_text(self.option)

    def __get__(self, instance, owner):
        if instance is None:
            return self
        try:
            if (<BareSocket?>instance)._hooked:
                return instance.get(self.option)
            return _get_option(<BareSocket>instance, self.option)
        except _error.ZMQError as error:
            if error.errno != EINVAL and error.errno != _EFAULT:
                raise
            name = _option_name(self.option)
        raise AttributeError(
            f"{name} attribute is write-only, or unknown to libzmq"
            f" {'.'.join(map(str, zmq_version_info()))}"
        )

    def __set__(self, instance, value):
        if (<BareSocket?>instance)._hooked:
            instance.set(self.option, value)
        else:
            _set_option(<BareSocket>instance, self.option, value)

    def __delete__(self, instance):
        raise AttributeError(f"option {_option_name(self.option)} cannot be deleted")

    def __repr__(self):
        return f"<socket option {_option_name(self.option)}>"
