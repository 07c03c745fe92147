"""The CURVE-encrypted pair: a vault, and visitors that must know its public key.

Each process makes its own keys. Only the vault's public key is ever told to anybody.
"""

from __future__ import annotations

import os
import time

import zmq

from .role import TIMEOUT, announce, wait_for_go, when_told_to_stop

BLOCK = 256 * 1024
REFUSAL = 400
"""Milliseconds without an answer after which a visitor takes itself for refused."""


def serve() -> None:
    """Give back what is handed in, over an encrypted connection."""
    public, secret = zmq.curve_keypair()
    context = zmq.Context()
    socket = context.socket(zmq.REP)
    socket.linger = 0
    socket.curve_secretkey = secret
    socket.curve_publickey = public
    socket.curve_server = True
    socket.bind("tcp://127.0.0.1:*")
    address = socket.last_endpoint.decode()
    announce(event="ready", address=address, public_key=public.decode())
    when_told_to_stop(context.term)
    served = 0
    with socket:
        try:
            while True:
                socket.send(socket.recv(copy=False), copy=False)
                served += 1
        except zmq.ContextTerminated:
            pass
    announce(event="done", served=served)


def visit(address: str, vault_key: str, seconds: str) -> None:
    """Hand blocks in for so many seconds; an empty key makes this a stranger."""
    public, secret = zmq.curve_keypair()
    wrong_key = zmq.curve_keypair()[0]
    with zmq.Context() as context, context.socket(zmq.REQ) as socket:
        socket.linger = 0
        socket.sndtimeo = TIMEOUT
        socket.curve_publickey = public
        socket.curve_secretkey = secret
        socket.curve_serverkey = vault_key.encode() or wrong_key
        socket.connect(address)
        announce(event="ready")
        wait_for_go()
        block = os.urandom(BLOCK)
        count = 0
        start = time.perf_counter()
        while time.perf_counter() - start < float(seconds):
            socket.send(block)
            if not socket.poll(TIMEOUT if vault_key else REFUSAL):
                break
            if socket.recv() != block:
                raise SystemExit("a block came back from the vault altered")
            count += 1
        elapsed = time.perf_counter() - start
    if vault_key and not count:
        raise SystemExit("the vault did not answer a visitor with the right key")
    announce(event="done", blocks=count, bytes=2 * count * BLOCK, seconds=elapsed)
