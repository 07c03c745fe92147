"""Peers that vanish at any moment: messages are whole, and nobody waits for ever."""

from __future__ import annotations

import pytest

from tests.torture.scale import run_program, scaled

FLAVOURS = [
    "blocking",
    "dontwait",
    "timeout",
    "many",
    "zerocopy",
    "by_hand",
    "asyncio",
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
]


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("transport", ["inproc", "ipc", "tcp"])
@pytest.mark.parametrize(("kind", "flavour"), CASES)
def test_peers_vanish(kind: str, flavour: str, transport: str) -> None:
    # Over inproc a peer goes at once, so this is where it most often meets a message.
    gone = scaled(150 if transport == "inproc" else 30, 1000)
    done = run_program("vanishing", kind, transport, flavour, gone)
    assert "torn 0, stuck 0" in done.stdout
