"""The broker: hands requests on to whichever worker is free.

Clients connect to a ROUTER over tcp or ipc, workers to a DEALER over ipc. One more
worker is a thread of this process and connects over inproc.
"""

from __future__ import annotations

import contextlib
import threading

import zmq

from .role import announce, when_told_to_stop
from .worker import work


def count_messages(context: zmq.Context[zmq.Socket[bytes]], counts: list[int]) -> None:
    """Count what the proxy copies to its capture socket, until the context ends."""
    with context.socket(zmq.PULL) as captured:
        captured.bind("inproc://captured")
        with contextlib.suppress(zmq.ContextTerminated):
            while True:
                parts = captured.recv_multipart()
                counts[0] += 1
                counts[1] += sum(map(len, parts))


def main(local_frontend: str, local_backend: str) -> None:
    """Run the proxy until the demo says stop, then tell what passed through it."""
    context = zmq.Context()
    context.linger = 0
    frontend = context.socket(zmq.ROUTER)
    frontend.bind("tcp://127.0.0.1:*")
    tcp_frontend = frontend.last_endpoint.decode()
    frontend.bind(local_frontend)
    local_frontend = frontend.last_endpoint.decode()
    backend = context.socket(zmq.DEALER)
    backend.bind(local_backend)
    local_backend = backend.last_endpoint.decode()
    backend.bind("inproc://backend")
    capture = context.socket(zmq.PUSH)
    capture.connect("inproc://captured")

    counts = [0, 0]
    threads = [
        threading.Thread(target=count_messages, args=(context, counts)),
        threading.Thread(target=work, args=(context, "worker-3", "inproc://backend")),
    ]
    for thread in threads:
        thread.start()
    announce(
        event="ready",
        tcp_frontend=tcp_frontend,
        local_frontend=local_frontend,
        local_backend=local_backend,
    )
    # Ending the context is what makes a proxy return, from whatever thread.
    when_told_to_stop(context.term)
    with frontend, backend, capture, contextlib.suppress(zmq.ContextTerminated):
        zmq.proxy(frontend, backend, capture)
    for thread in threads:
        thread.join()
    announce(event="done", messages=counts[0], bytes=counts[1])
