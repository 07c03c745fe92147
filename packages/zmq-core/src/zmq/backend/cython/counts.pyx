# What a socket has done, in numbers.

@cython.final
cdef class Counts:
    """The numbers of a socket, also after it was closed."""

    cdef _Handle _handle

    def __eq__(self, other):
        return isinstance(other, Counts) and (<Counts>other)._handle is self._handle

    def __hash__(self):
        return hash(self._handle)

    @property
    def numbers(self):
        """A tuple, in the order of ``zq_stat``; then the messages dropped."""
        cdef int i
        numbers = [zq_stat(&self._handle.stats, i) for i in range(ZQ_N_STATS)]
        numbers.append(zq_sender_dropped(&self._handle.sender))
        return tuple(numbers)

    @property
    def final(self):
        """Whether the socket is closed for good: they change no more."""
        cdef zq_section section
        zq_enter(&section, <void *>self._handle)
        final = self._handle.ptr == NULL
        zq_leave(&section)
        return final


cdef Counts _counts_of(_Handle h):
    cdef Counts counts = Counts.__new__(Counts)
    counts._handle = h
    return counts


cdef bint _is_counting(_Handle h):
    cdef zq_section section
    zq_enter(&section, <void *>h)
    counting = h.sender.stats != NULL
    zq_leave(&section)
    return counting


cdef int _set_counting(_Handle h, bint value) except -1:
    zq_sender_count(&h.sender, &h.stats if value else NULL)
    # On the shortest way of a receive only frames from this size on are looked at.
    h.small = 0 if value else LARGE
    return 0
