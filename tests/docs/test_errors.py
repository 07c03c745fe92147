"""Who meets an error finds its words as a heading of the page about troubleshooting."""

from __future__ import annotations

import re
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Callable

import pytest

import zmq

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "troubleshooting.md"
NOWHERE = "ipc:///no/such/directory/file"


def fill(_context: zmq.Context[Any]) -> None:
    """Make more sockets than a context has room for."""
    with zmq.Context() as small, ExitStack() as stack:
        small.max_sockets = 2
        for _ in range(4):
            stack.enter_context(small.socket(zmq.PAIR))


def use_closed(context: zmq.Context[Any]) -> None:
    """Send on a socket that is closed."""
    sock = context.socket(zmq.PUSH)
    sock.close()
    sock.send(b"")


def on(kind: int, what: Callable[[Any], object]) -> Callable[[Any], None]:
    """Return a function that does something with a socket of some type."""

    def make_and_do(context: zmq.Context[Any]) -> None:
        with context.socket(kind) as sock:
            what(sock)

    return make_and_do


def send_to_nobody(router: Any) -> None:
    """Send to a peer that is not there, and want to know."""
    router.router_mandatory = True
    router.send_multipart([b"nobody", b""])


MISTAKES = {
    "nothing to receive": on(zmq.PULL, lambda sock: sock.recv(zmq.DONTWAIT)),
    "not its turn": on(zmq.REQ, lambda sock: sock.recv(zmq.DONTWAIT)),
    "bound twice": on(zmq.PAIR, lambda s: [s.bind("inproc://x"), s.bind("inproc://x")]),
    "no port": on(zmq.PUB, lambda sock: sock.bind("tcp://127.0.0.1")),
    "name of a host": on(zmq.PUB, lambda sock: sock.bind("tcp://no.such.host:5555")),
    "of another host": on(zmq.PUB, lambda sock: sock.bind("tcp://192.0.2.1:5555")),
    "misspelt transport": on(zmq.PUB, lambda sock: sock.bind("tpc://127.0.0.1:1")),
    "no directory": on(zmq.PUB, lambda sock: sock.bind(NOWHERE)),
    "long path": on(zmq.PUB, lambda sock: sock.bind("ipc:///tmp/" + 200 * "x")),
    "closed": use_closed,
    "too many sockets": fill,
    "a SUB sends": on(zmq.SUB, lambda sock: sock.send(b"")),
    "nobody of that name": on(zmq.ROUTER, send_to_nobody),
    "text": on(zmq.PUB, lambda sock: sock.send("text")),
    "no list of frames": on(zmq.PUB, lambda sock: sock.send_multipart(b"ab")),
    "misspelt option": on(zmq.PUB, lambda sock: setattr(sock, "lingr", 1)),
    "text for a number": on(zmq.PUB, lambda sock: setattr(sock, "linger", "5")),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the words are those of Linux")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_its_words_are_a_heading(mistake: str) -> None:
    """The first words of what is raised, or their end, stand in a heading."""
    errors = (zmq.ZMQError, TypeError, AttributeError)
    with zmq.Context() as context, pytest.raises(errors) as caught:
        MISTAKES[mistake](context)
    said = str(caught.value)
    text = PAGE.read_text(encoding="utf-8").split("## By symptom")[0]
    headings = re.findall(r"(?m)^### (.*)$", text)
    words = [
        word.split(" (")[0] for heading in headings for word in heading.split(", ")
    ]
    assert len(words) >= len(MISTAKES)
    assert [word for word in words if word in said] != [], said
