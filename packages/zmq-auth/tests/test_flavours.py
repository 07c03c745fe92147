"""Programs of every kind have policies, checks and properties of messages."""

from __future__ import annotations

import pytest

SERVE = """
from zmq.auth import DomainPolicy

async def look_up(client):
    return {"Role": "cook"}

def look_up_in_a_thread(client):
    return {"Role": "cook"}

def configure(auth):
    auth.configure_domain("one", DomainPolicy(check=look_up))
    auth.configure_domain("two", DomainPolicy(check=look_up_in_a_thread))

def sockets(context, domain):
    server = context.socket(zmq.PULL)
    server.zap_domain = domain
    server.bind("tcp://127.0.0.1:0")
    client = context.socket(zmq.PUSH)
    client.linger = 0
    client.connect(server.last_endpoint.decode())
    return server, client

def show(frame):
    print(frame.bytes.decode(), frame.user_id, frame["Role"], frame.peer_key)

async def pass_messages(context):
    for domain in (b"one", b"two"):
        server, client = sockets(context, domain)
        await client.send(domain)
        show(await server.recv(copy=False))
        server.close()
        client.close()
"""

GREEN = """
import zmq.green as zmq
from zmq.auth.thread import ThreadAuthenticator
{serve}
with zmq.Context() as context:
    auth = ThreadAuthenticator(context)
    auth.start()
    configure(auth)
    for domain in (b"one", b"two"):
        server, client = sockets(context, domain)
        client.send(domain)
        show(server.recv(copy=False))
        server.close()
        client.close()
    print(auth.metrics().accepted)
    auth.stop()
"""

PATCHED = "from gevent import monkey\nmonkey.patch_all()\n"

TRIO = """
import trio
import zmq.trio as zmq
import zmq as names
from zmq.auth.thread import ThreadAuthenticator
{serve}
zmq.PULL, zmq.PUSH = names.PULL, names.PUSH

async def main():
    context = zmq.Context()
    auth = ThreadAuthenticator(context)
    auth.start()
    configure(auth)
    with trio.fail_after(30):
        await pass_messages(context)
    print(auth.metrics().accepted)
    auth.stop()
    context.term()

trio.run(main)
"""

IN_TRIO = """
import trio
import zmq
import zmq.trio
from zmq.auth.trio import TrioAuthenticator
{serve}

async def look_up(client):
    await trio.lowlevel.checkpoint()
    return {"Role": "cook"}

async def main():
    with trio.fail_after(30):
        async with zmq.trio.Context() as context, TrioAuthenticator(context) as auth:
            configure(auth)
            await pass_messages(context)
            print(auth.metrics().accepted)

trio.run(main)
"""

TORNADO = """
import warnings
from tornado.ioloop import IOLoop
import zmq
import zmq.eventloop.future as future
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from zmq.auth.ioloop import IOLoopAuthenticator
{serve}

async def main():
    context = future.Context()
    auth = IOLoopAuthenticator(context)
    auth.start()
    configure(auth)
    await pass_messages(context)
    print(auth.metrics().accepted)
    auth.stop()
    context.term()

IOLoop.current().run_sync(main)
"""


@pytest.mark.parametrize(
    ("needs", "program"),
    [
        ("gevent", GREEN),
        ("gevent", PATCHED + GREEN),
        ("trio", TRIO),
        ("trio", IN_TRIO),
        ("tornado", TORNADO),
    ],
    ids=["gevent", "gevent, patched", "trio", "in trio", "tornado"],
)
def test_a_program(run_python, needs, program):
    pytest.importorskip(needs)
    done = run_python(program.replace("{serve}", SERVE))
    assert done.stdout.splitlines() == [
        "one anonymous cook None",
        "two anonymous cook None",
        "2",
    ]
