"""AnyIO: one program for trio and for asyncio, with the sockets of zmq.trio."""

from __future__ import annotations

import anyio

import zmq
import zmq.trio


async def work(number: int, jobs: zmq.trio.Socket, results: zmq.trio.Socket) -> None:
    """Do jobs until cancelled."""
    async for (job,) in jobs:
        await results.send_json({"worker": number, "result": int(job) ** 2})


async def main() -> None:
    """Have three tasks share a socket that they receive from, and one to send on."""
    async with zmq.trio.Context() as context:
        jobs, work_queue = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        results, answers = context.socket(zmq.PULL), context.socket(zmq.PUSH)
        for sock, other in ((jobs, work_queue), (results, answers)):
            sock.bind("tcp://127.0.0.1:0")
            other.connect(sock.last_endpoint.decode())
        async with anyio.create_task_group() as group:
            for number in range(3):
                group.start_soon(work, number, work_queue, answers)
            for job in range(9):
                await jobs.send(b"%d" % job)
            with anyio.fail_after(5):
                done = [await results.recv_json() for _ in range(9)]
            group.cancel_scope.cancel()
        print(sorted(answer["result"] for answer in done))
        print(sorted({answer["worker"] for answer in done}))


if __name__ == "__main__":
    for backend in ("trio", "asyncio"):
        anyio.run(main, backend=backend)
