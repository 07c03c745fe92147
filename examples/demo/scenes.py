"""The three scenes: who is started, and what must come of it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import zmq

from .crew import assemble
from .feed import TOPICS
from .limit import DemoError, Limit
from .report import Report

SECONDS = "1.2"
"""How long each scene works, once everybody is there."""
ANY_PORT = "tcp://127.0.0.1:*"


def local(directory: str, name: str) -> str:
    """Return an ipc address, or a tcp one where there is no ipc."""
    return f"ipc://{Path(directory) / name}" if zmq.has("ipc") else ANY_PORT


def transport(address: str) -> str:
    """Return the transport that an address names."""
    return address.partition("://")[0]


def play(report: Report, limit: Limit) -> None:
    """Play all scenes, one after the other, so that each has the machine for itself."""
    report.title()
    with tempfile.TemporaryDirectory(prefix="zmq-demo-") as directory:
        play_broker(report, directory, limit)
        play_feed(report, directory, limit)
        if zmq.has("curve"):
            play_curve(report, limit)
        else:
            report.heading("CURVE: left out, this libzmq was built without it")
    report.success()


def play_broker(report: Report, directory: str, limit: Limit) -> None:
    """Have clients ask a broker, which asks workers."""
    report.heading("Broker: a ROUTER/DEALER proxy between clients and workers")
    with assemble(limit) as crew:
        broker = crew.start(
            "the broker",
            "broker",
            local(directory, "clients"),
            local(directory, "workers"),
        )
        addresses = crew.expect(broker, "ready")
        backend = addresses["local_backend"]
        workers = {
            name: crew.start(name, "worker", name, backend)
            for name in ("worker-1", "worker-2")
        }
        for member in workers.values():
            crew.expect(member, "ready")
        frontends = {
            "client-1": addresses["tcp_frontend"],
            "client-2": addresses["tcp_frontend"],
            "client-3": addresses["local_frontend"],
        }
        clients = {
            name: crew.start(name, "client", name, address, SECONDS)
            for name, address in frontends.items()
        }
        for member in clients.values():
            crew.expect(member, "ready")
        for member in clients.values():
            member.go()
        results = {name: crew.expect(clients[name], "done") for name in clients}
        answered = {name: crew.finish(workers[name])["answered"] for name in workers}
        passed = crew.finish(broker)
    for name, count in answered.items():
        counted = sum(result["workers"].get(name, 0) for result in results.values())
        if counted != count:
            raise DemoError(f"{name} answered {count}, the clients counted {counted}")
    report.broker(
        {name: transport(address) for name, address in frontends.items()},
        {**dict.fromkeys(workers, transport(backend)), "worker-3": "inproc"},
        results,
        passed,
    )


def play_feed(report: Report, directory: str, limit: Limit) -> None:
    """Have a feed publish to subscribers of one topic and of all."""
    report.heading("Feed: PUB/SUB, with sensors behind it")
    with assemble(limit) as crew:
        feed = crew.start("the feed", "feed", local(directory, "feed"), "3", SECONDS)
        addresses = crew.expect(feed, "ready")
        wanted = {
            "forecaster": (addresses["tcp"], "weather"),
            "driver": (addresses["local"], "traffic"),
            "archive": (addresses["tcp"], ""),
        }
        subscribers = {
            name: crew.start(name, "subscriber", name, address, topic)
            for name, (address, topic) in wanted.items()
        }
        for member in subscribers.values():
            crew.expect(member, "ready")
        feed.go()
        results = {name: crew.expect(subscribers[name], "done") for name in subscribers}
        published = crew.finish(feed)["published"]
    archived = sum(results["archive"]["received"].values())
    shared = sum(
        sum(results[name]["received"].values()) for name in ("forecaster", "driver")
    )
    if not archived == shared == published:
        raise DemoError(f"{published} published, but {archived} and {shared} received")
    report.feed(
        TOPICS,
        {name: (transport(to), topic or "all") for name, (to, topic) in wanted.items()},
        results,
        published,
    )


def play_curve(report: Report, limit: Limit) -> None:
    """Have one visitor with the right key and one without try to use a vault."""
    report.heading("CURVE: an encrypted connection")
    with assemble(limit) as crew:
        vault = crew.start("the vault", "vault")
        found = crew.expect(vault, "ready")
        address, key = found["address"], found["public_key"]
        friend = crew.start("the friend", "visitor", address, key, SECONDS)
        stranger = crew.start("the stranger", "visitor", address, "", SECONDS)
        for member in (friend, stranger):
            crew.expect(member, "ready")
            member.go()
        welcome = crew.expect(friend, "done")
        refused = crew.expect(stranger, "done")
        served = crew.finish(vault)["served"]
    if refused["blocks"]:
        raise DemoError("the vault answered a stranger who did not know its key")
    if served != welcome["blocks"]:
        raise DemoError(f"the vault served {served} blocks, not {welcome['blocks']}")
    report.curve(key, welcome)
