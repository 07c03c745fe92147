"""What errors say beyond libzmq's words: imported only when there is one to explain."""

from __future__ import annotations

import errno
import os
import stat

from zmq.constants import ContextOption, Errno, Flag, SocketOption, SocketType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_TRANSPORTS = (
    "tcp",
    "ipc",
    "inproc",
    "udp",
    "pgm",
    "epgm",
    "norm",
    "ws",
    "wss",
    "vmci",
)
_EXAMPLE = "tcp://127.0.0.1:5555"

# Arguments that take a constant, and the constants that they take.
_CONSTANTS = {
    "option": (SocketOption, ContextOption),
    "socket_type": (SocketType,),
    "flags": (Flag,),
}

# Options that only some types of sockets have.
_TYPES_OF = {
    SocketOption.SUBSCRIBE: "SUB",
    SocketOption.UNSUBSCRIBE: "SUB",
    SocketOption.ROUTER_MANDATORY: "ROUTER",
    SocketOption.ROUTER_HANDOVER: "ROUTER",
    SocketOption.PROBE_ROUTER: "ROUTER, DEALER and REQ",
    SocketOption.REQ_CORRELATE: "REQ",
    SocketOption.REQ_RELAXED: "REQ",
    SocketOption.XPUB_VERBOSE: "XPUB",
    SocketOption.XPUB_VERBOSER: "XPUB",
    SocketOption.XPUB_NODROP: "XPUB",
    SocketOption.XPUB_MANUAL: "XPUB",
    SocketOption.XPUB_WELCOME_MSG: "XPUB",
    SocketOption.STREAM_NOTIFY: "STREAM",
    SocketOption.CONNECT_ROUTING_ID: "ROUTER and STREAM",
}
_KEYS = (
    SocketOption.CURVE_PUBLICKEY,
    SocketOption.CURVE_SECRETKEY,
    SocketOption.CURVE_SERVERKEY,
)
_ROUTING_IDS = (SocketOption.ROUTING_ID, SocketOption.CONNECT_ROUTING_ID)

#: What an operation met that would have had to wait: the type of the socket, where it
#: is bound or connected last, whether it was to send, the milliseconds it has waited
#: (none with DONTWAIT: -1, and with on_full="raise": -2), and whether each peer of it
#: has a queue already.
Refusal = tuple[int, str, bool, int, bool]


def again(refusal: Refusal) -> str:
    """Return why a socket could not send or receive now."""
    kind, address, sending, timeout, has_queues = refusal
    name = _type_name(kind)
    socket = f"{name} socket {address}" if address else f"{name} socket"
    option = "SNDTIMEO" if sending else "RCVTIMEO"
    if timeout == -2:
        when = 'now, and on_full="raise" says not to wait'
    elif timeout < 0:
        when = "now, and DONTWAIT says not to wait"
    else:
        when = f"within {option}={timeout} ms"
    if not address:
        return f"{socket}, neither bound nor connected: there is no peer {when}"
    if not sending:
        return f"{socket}: no message {when}"
    if kind in (SocketType.ROUTER, SocketType.STREAM):
        return f"{socket}: the queue to that peer is full (SNDHWM), no room {when}"
    if kind in (SocketType.PUB, SocketType.XPUB):
        return f"{socket}: the queue to a subscriber is full (SNDHWM), no room {when}"
    if has_queues:
        return f"{socket}: the queue to each peer is full (SNDHWM), no room {when}"
    return (
        f"{socket}: no peer is connected, or the queue to each is full (SNDHWM), no"
        f" room {when}"
    )


def closed(kind: int, closing: object) -> str:
    """Return that a socket is closed, and where that was done.

    :param kind: the type of the socket.
    :param closing: an object made when it was closed, to ask tracemalloc about.
    """
    message = f"the {_type_name(kind)} socket is closed"
    place = place_of(closing)
    return f"{message}: close() was called at {place}" if place else message


def place_of(made: object) -> str:
    """Return the line of the program that made an object, if tracemalloc knows."""
    try:
        from _tracemalloc import is_tracing
    except ImportError:  # PyPy has none
        return ""
    if not is_tracing():
        return ""
    import tracemalloc  # it takes long to import, and is rarely of use

    traceback = tracemalloc.get_object_traceback(made)
    if not traceback:
        return ""
    ours = os.path.dirname(__file__) + os.sep
    # oldest first; the last that is not in this package is the program's
    frames = [f for f in traceback if not f.filename.startswith(ours)] or traceback
    return f"{frames[-1].filename}:{frames[-1].lineno}"


def address(method: str, text: str | None, code: int, kind: int) -> str:
    """Return what is wrong with an address, or "" when that is unknown.

    :param method: what was called: ``bind``, ``connect``, ``unbind``, ``disconnect``,
        ``monitor``.
    :param text: the address.
    :param code: the error code of libzmq.
    :param kind: the type of the socket.
    """
    if text is None:  # monitor() that is to end
        return ""
    transport, separator, rest = text.partition("://")
    if text != text.strip():
        return "there are spaces around it"
    if code == Errno.EADDRINUSE and method == "connect":
        return "the socket has a peer with the routing id of connect_routing_id already"
    if code == Errno.EADDRINUSE and transport == "ipc" and _is_no_socket(rest):
        return f"there is something else at {rest!r} than a socket"
    if code == Errno.EADDRINUSE:
        return "another socket, of this or of another program, is bound to it"
    if code == errno.ENOENT and method in ("unbind", "disconnect"):
        done = "bound" if method == "unbind" else "connected"
        return f"the socket is not {done} to it; last_endpoint has the last address"
    if not separator:
        return _without_transport(text)
    if method == "monitor" and transport != "inproc":
        return "a monitor sends its events over inproc:// only"
    if method == "monitor" and rest and code == Errno.EINVAL:
        return "events has bits that no zmq.Event has"
    if code == Errno.EPROTONOSUPPORT:
        return _unknown_transport(transport, rest)
    if code == Errno.ENOCOMPATPROTO:
        return f"{_type_name(kind)} sockets cannot use {transport}"
    if not rest:
        return f"{transport}:// needs a name behind it"
    if transport == "tcp":
        return _tcp(method, rest, code)
    if transport == "ipc" and code == errno.ENOENT:
        directory = os.path.dirname(rest) or "."
        return f"there is no directory {directory!r}"
    return ""


def option(number: int, value: object, kind: int) -> str:
    """Return why a value was refused, or "" when that is unknown.

    :param number: the option.
    :param value: what it was to be; of bytes, nothing but the length is told.
    :param kind: the type of the socket.
    """
    length = len(value) if isinstance(value, bytes) else 0
    if number in _KEYS and length not in (32, 40, 41):
        return f"a key has 32 bytes, or 40 characters of Z85, not {length}"
    if number in _KEYS and length >= 40:
        return "these 40 characters are no Z85"
    if number in _ROUTING_IDS and not 0 < length < 256:
        return f"a routing id has 1 to 255 bytes, not {length}"
    for known, types in _TYPES_OF.items():
        if number == known and _type_name(kind) not in types.replace(",", "").split():
            return f"it is for {types} sockets, not for {_type_name(kind)}"
    return ""


def unreachable(kind: int) -> str:
    """Return whom a message was for that could not be sent (EHOSTUNREACH)."""
    if kind == SocketType.ROUTER:
        return "no peer of the ROUTER socket has the routing id in the first frame"
    return f"no peer of the {_type_name(kind)} socket has that routing_id"


def without_drafts(kind: int) -> str:
    """Return why nothing can wait for a socket of a draft type."""
    return (
        f"to wait for a {_type_name(kind)} socket, libzmq and zmq-core must be built"
        " with the draft API"
    )


def new_socket(kind: int) -> str:
    """Return which socket could not be made."""
    name = _type_name(kind)
    if name.lstrip("-").isdigit():
        return f"socket_type={name}: there is no such type"
    return f"{name} socket"


def _is_port(text: str) -> bool:
    # Python makes no number of thousands of digits, nor of squares like \u00b2.
    digits = text.lstrip("0") or text[-1:]
    return digits.isdecimal() and len(digits) <= 5 and int(digits) <= 65535


def _is_no_socket(path: str) -> bool:
    try:
        return not stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return False


def _without_transport(text: str) -> str:
    hint = f"an address begins with its transport and ://, such as {_EXAMPLE}"
    name = text.partition(":")[0]
    guess = ""
    if name in _TRANSPORTS:
        rest = text[len(name) :].lstrip(":/")
        guess = f"{name}://{rest}" if rest else ""
    elif text.rpartition(":")[2].isdigit():
        guess = f"tcp://{text}"
    return f"{hint}; did you mean {guess!r}?" if guess else hint


def _unknown_transport(transport: str, rest: str) -> str:
    if transport in _TRANSPORTS:
        return f"this libzmq was built without {transport}"
    hint = f"libzmq knows no transport {transport!r}"
    return hint + did_you_mean(transport, _TRANSPORTS, f"://{rest}")


def _tcp(method: str, rest: str, code: int) -> str:
    # behind a semicolon: connect can name the address to connect from, too
    host, colon, port = rest.rpartition(";")[2].rpartition(":")
    if not colon or port.endswith("]"):
        host, port = rest, ""
    if method in ("connect", "disconnect") and host == "*":
        return (
            "* is for bind(), all addresses of this host: connect() needs the name or"
            f" the address of one host, such as {_EXAMPLE}"
        )
    if not port:
        wildcard = ", or 0 for any that is free" if method == "bind" else ""
        return f"a tcp address needs a port{wildcard}: tcp://{host}:5555"
    if method in ("connect", "disconnect") and port == "*":
        return "connect() needs the port of the peer, which * is not"
    if port != "*" and not _is_port(port):
        return f"{port!r} is no port, a number from 0 to 65535"
    if " " in rest:
        return "there is a space in it"
    first, _, second = host.rpartition("]")[2].rpartition(":")
    if second.isdigit() and ":" not in first:
        return (
            f"there are two ports in it, {second} and {port};"
            " bind_to_random_port() takes an address without one"
        )
    if ":" in host and code in (errno.ENODEV, Errno.EINVAL):
        bare = host.strip("[]")
        return (
            f"IPv6 takes the option IPV6, socket.ipv6 = True, and tcp://[{bare}]:{port}"
        )
    if method == "bind" and code == errno.ENODEV:
        here = f"; for localhost, tcp://127.0.0.1:{port}" if host == "localhost" else ""
        return (
            "bind() takes the name of a network interface (lo, eth0), one of its"
            f" addresses, or *, but no names of hosts{here}"
        )
    if method == "bind" and code == Errno.EADDRNOTAVAIL:
        return f"no network interface of this host has the address {host}"
    return ""


def did_you_mean(name: str, known: Iterable[str], rest: str = "") -> str:
    """Return ", did you mean ...?" where a known name is like the one given."""
    from difflib import get_close_matches

    names = {one.lower(): one for one in known}
    close = get_close_matches(name.lower(), names, 1, 0.65)
    return f", did you mean {names[close[0]] + rest!r}?" if close else ""


def constant(argument: str, value: object) -> str:
    """Return which constant a text stands for that was given in place of one.

    :param argument: the name of the argument.
    :param value: what was given.
    """
    if not isinstance(value, str):
        return ""
    known = {
        name.lower(): f"zmq.{name}"
        for enum in _CONSTANTS.get(argument, ())
        for name in enum.__members__
    }
    name = value.lower().replace("zmq_", "zmq.").rpartition(".")[2]
    if name in known:
        return f"; use the constant {known[name]}"
    return did_you_mean(f"zmq.{name}", known.values())


def _type_name(kind: int) -> str:
    try:
        return SocketType(kind).name
    except ValueError:
        return str(kind)
