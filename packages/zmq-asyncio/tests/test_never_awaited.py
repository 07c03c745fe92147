"""A receive whose `await` is missing: it warns, and the message stays."""

from __future__ import annotations

import asyncio
import gc
import warnings
from typing import Any

import pytest
from tests.fixtures.steps import collect
from tests.fixtures.waiting import turn_until

RECEIVES = {
    "recv": lambda sock: sock.recv(),
    "recv of a frame": lambda sock: sock.recv(copy=False),
    "recv_multipart": lambda sock: sock.recv_multipart(),
    "recv_many": lambda sock: sock.recv_many(3),
    "recv_into": lambda sock: sock.recv_into(bytearray(9)),
}


async def drop(receive: Any, sock: Any, warned: Any) -> None:
    # Without a GIL, 3.14 catches a warning only in the context that it comes in. For a
    # callback of the loop that is the context of whoever asked for it: the loop calls
    # first what it was asked for outside of pytest.warns().
    await asyncio.sleep(0)
    receive(sock)

    def has_warned() -> bool:
        gc.collect()
        return len(warned) > 0

    await turn_until(has_warned)  # what waits holds on to its future until it is served


@pytest.mark.parametrize("budget", [0, 1000], ids=["by the loop", "at once"])
@pytest.mark.parametrize("name", RECEIVES)
async def test_never_awaited(loop: Any, pair: Any, name: str, budget: int) -> None:
    push, pull = pair
    await push.send(b"message")
    pull.turn_budget = budget
    operation = name.split()[0]
    words = rf"^{operation}\(\) of .*PULL.* was never awaited"
    with pytest.warns(RuntimeWarning, match=words) as warned:
        await drop(RECEIVES[name], pull, warned)
    assert len(warned) == 1
    pull.turn_budget = 1000
    assert await pull.recv() == b"message"


async def test_what_is_not_warned_of(loop: Any, pair: Any) -> None:
    """Whoever cancels it, asks for its result or has a callback knows of it."""
    push, pull = pair
    # Or a busy machine has what is ready, to be sent as well, wait for a turn.
    push.turn_budget = pull.turn_budget = 60_000
    sends = [push.send(b"%d" % i) for i in range(9)]
    del sends  # a send is made, awaited or not
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pull.recv().cancel()
        assert pull.recv().result() == b"0"
        assert await pull.recv() == b"1"
        assert await asyncio.gather(pull.recv(), pull.recv()) == [b"2", b"3"]
        assert await asyncio.wait_for(pull.recv(), 10) == b"4"
        done, _ = await asyncio.wait([pull.recv()])
        assert [answer.result() for answer in done] == [b"5"]
        await pull.poll()
        pull.poll()
        for budget, expected in ((60_000, b"6"), (0, b"7")):
            pull.turn_budget = budget
            called: list[Any] = []
            pull.recv().add_done_callback(called.append)
            await turn_until(lambda called=called: called)
            called.clear()
            # On PyPy the frame of the loop's turn still refers to what it has called.
            await asyncio.sleep(0)
            collect(2)
            assert await pull.recv() == expected


@pytest.mark.parametrize("budget", [0, 1000], ids=["by the loop", "at once"])
@pytest.mark.filterwarnings("ignore:recv_multipart.* was never awaited")
async def test_order(loop: Any, pair: Any, budget: int) -> None:
    """What it gives back comes before what the next receive gets."""
    push, pull = pair
    pull.turn_budget = budget
    pull.recv_multipart()  # in front of the next one, and dropped
    received = asyncio.ensure_future(pull.recv_multipart())
    await push.send(b"1")
    await asyncio.sleep(0)
    await push.send(b"2")
    assert await received == [b"1"]
    assert await pull.recv_multipart() == [b"2"]
