"""Threads, each with a loop of its own, share sockets."""

from __future__ import annotations

import threading
from typing import Any

import anyio
from tests.fixtures.waiting import until
from tests.torture.scale import scaled

import zmq
import zmq.trio

THREADS = 3


def test_one_socket_in_several_loops(run: Any, context: Any, in_thread: Any) -> None:
    """All take from one, and none takes what another has."""
    count = scaled(600, 60_000)
    pull, push = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    pull.bind("inproc://shared")
    push.connect("inproc://shared")
    received: list[int] = []

    async def receive() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(2):
                group.start_soon(receive_all)

    async def receive_all() -> None:
        async for (data,) in pull:
            received.append(int(data))

    threads = [in_thread(run, receive) for _ in range(THREADS)]

    async def send() -> None:
        for number in range(count):
            await push.send(b"%d" % number)
            if number % 10 == 0:
                await anyio.lowlevel.checkpoint()
        await until(lambda: len(received) == count, 30)
        pull.close()

    run(send)
    for thread in threads:
        thread.result()
    assert sorted(received) == list(range(count))
    push.close()


def test_another_thread_takes_what_woke_a_task(
    run: Any, context: Any, in_thread: Any
) -> None:
    """It swallows what the descriptor would have told, and leaves the rest."""
    pull, push = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    pull.bind("tcp://127.0.0.1:0")
    push.connect(pull.last_endpoint.decode())
    plain_push, plain_pull = zmq.Socket(push), zmq.Socket(pull)
    count = scaled(300, 30_000)
    stolen: list[bytes] = []
    received: list[bytes] = []
    stop = threading.Event()

    def steal() -> None:
        while not stop.is_set():
            if plain_pull.poll(1):
                try:
                    stolen.append(plain_pull.recv(zmq.DONTWAIT))
                except zmq.Again:
                    continue

    def send() -> None:
        for number in range(count):
            plain_push.send(b"%d" % number)
            if number % 3 == 0:
                stop.wait(0.0005)  # so that who receives waits, too

    async def receive() -> None:
        with anyio.fail_after(30):
            while len(stolen) + len(received) < count:
                with anyio.move_on_after(0.1):
                    received.append(await pull.recv())

    thief, sender = in_thread(steal), in_thread(send)
    run(receive)
    stop.set()
    thief.result()
    sender.result()
    assert sorted(stolen + received) == sorted(b"%d" % i for i in range(count))
    push.close()
    pull.close()


def test_a_thread_sends_what_a_task_waits_for(
    run: Any, context: Any, in_thread: Any
) -> None:
    client, server = context.socket(zmq.REQ), context.socket(zmq.REP)
    server.bind("inproc://server")
    client.connect("inproc://server")

    async def serve() -> None:
        for _ in range(200):
            await server.send(await server.recv())

    async def ask() -> None:
        for number in range(200):
            await client.send(b"%d" % number)
            assert await client.recv() == b"%d" % number

    serving = in_thread(run, serve)
    run(ask)
    serving.result()
    client.close()
    server.close()
