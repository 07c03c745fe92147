# The functions that run a proxy until it ends.

def proxy(Socket frontend not None, Socket backend not None, Socket capture=None):
    """Pass messages between two sockets, both ways, until the context is terminated.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message (PUB, DEALER, PUSH or
        PAIR); by default none.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.

    .. versionadded:: 13.0
    """
    ProxyLoop(frontend, backend, capture).run()


def proxy_steerable(
    Socket frontend not None, Socket backend not None, Socket capture=None,
    Socket control=None,
):
    """Pass messages between two sockets, as a control socket commands.

    :param frontend: the socket of one side.
    :param backend: the socket of the other side.
    :param capture: a socket that gets a copy of every message; by default none.
    :param control: a PAIR, PULL, SUB or REP socket that receives ``PAUSE``, ``RESUME``,
        ``TERMINATE``, or ``STATISTICS``, which is answered by eight 64 bit numbers.
    :returns: after ``TERMINATE``.
    :raises ContextTerminated: when the context is terminated before.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.

    .. versionadded:: 18.0
    """
    ProxyLoop(frontend, backend, capture, control).run()


def monitored_queue(
    Socket in_socket not None, Socket out_socket not None, Socket mon_socket not None,
    bytes in_prefix not None=b"in", bytes out_prefix not None=b"out",
):
    """Pass messages between two sockets and publish a copy of each, with a prefix.

    :param in_socket: the socket of one side.
    :param out_socket: the socket of the other side. When both are ROUTER, the first two
        frames of every message, the routing ids, are exchanged.
    :param mon_socket: the socket that gets the copies.
    :param in_prefix: frame put before copies of what came in at `in_socket`.
    :param out_prefix: frame put before copies of what came in at `out_socket`.
    :raises ContextTerminated: in the end.
    :raises ZMQError: ENOTSOCK, when one of the sockets is closed meanwhile.
    """
    swap = (
        _usable(in_socket).type == ZMQ_ROUTER
        and _usable(out_socket).type == ZMQ_ROUTER
    )
    ProxyLoop(
        in_socket, out_socket, mon_socket, None, in_prefix, out_prefix, swap
    ).run()
