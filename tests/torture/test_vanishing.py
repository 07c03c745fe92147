"""Peers that vanish at any moment: messages are whole, and nobody waits for ever."""

from __future__ import annotations

import pytest

from tests.torture.scale import SCALE, run_program, scaled

FLAVOURS = [
    "blocking",
    "dontwait",
    "timeout",
    "many",
    "zerocopy",
    "by_hand",
    "asyncio",
    "uvloop",
    "tornado",
    "stream",
    "green",
    "proxy",
    "capture",
]
CASES = [
    *(
        (kind, flavour)
        for kind in ("PUSH", "DEALER", "PAIR")
        for flavour in FLAVOURS
        # A PAIR may get a new peer between two calls, and libzmq sends it the rest.
        if (kind, flavour) != ("PAIR", "by_hand")
    ),
    ("REQ", "requests"),
    ("REQ", "lone"),
    *(
        (kind, flavour)
        for kind in ("ROUTER", "PUB", "XPUB")
        for flavour in ("dontwait", "many", "asyncio", "green")
    ),
]
#: What a flavour needs beside our own distributions.
NEEDED = {
    "uvloop": "uvloop",
    "tornado": "tornado",
    "stream": "tornado",
    "green": "gevent",
}


@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("transport", "kind", "flavour"),
    [
        (transport, *case)
        for transport in ("inproc", "ipc", "tcp")
        for case in CASES
        # What differs between transports is below the flavours: a few show it.
        if SCALE > 1 or transport == "inproc" or case[1] in ("blocking", "asyncio")
    ],
)
def test_peers_vanish(transport: str, kind: str, flavour: str) -> None:
    if flavour in NEEDED:
        pytest.importorskip(NEEDED[flavour], exc_type=ImportError)
    # Over inproc a peer goes at once, so this is where it most often meets a message.
    gone = scaled(150 if transport == "inproc" else 30, 1000)
    done = run_program("vanishing", kind, transport, flavour, gone)
    assert "torn 0, stuck 0" in done.stdout
