"""A watched directory: its changes take effect, and no valid client is refused."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

import pytest

import zmq
import zmq.auth
from zmq.auth.watch import PATIENCE, SETTLE, CertificateWatch


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    path = tmp_path / "watched"
    path.mkdir()
    return path


@pytest.fixture
def watch(directory: Path, log: logging.Logger) -> CertificateWatch:
    return CertificateWatch(directory, "global", log)


@pytest.fixture
def accepts(watch: CertificateWatch) -> Iterator[Callable[[bytes], bool]]:
    loop = asyncio.new_event_loop()
    yield lambda key: loop.run_until_complete(watch.accepts(key))
    loop.close()


def age(directory: Path) -> None:
    """Make the directory look as if it had been left alone for long."""
    past = time.time() - 3600
    for path in [*directory.iterdir(), directory]:
        os.utime(path, (past, past))


def test_a_new_certificate_is_accepted(directory, accepts, make_key, records):
    assert not accepts(make_key("alice").public)
    assert accepts(make_key("bob", directory).public)
    assert "1 certificates came and 0 went" in records


def test_a_removed_certificate_is_refused(directory, accepts, make_key):
    alice, bob = make_key("alice", directory), make_key("bob", directory)
    assert accepts(alice.public)
    alice.file.unlink()
    assert not accepts(alice.public)
    assert accepts(bob.public)


def test_a_certificate_rewritten_in_place(directory, accepts, make_key):
    alice, other = make_key("alice", directory), make_key("other")
    assert accepts(alice.public)
    age(directory)
    status = alice.file.stat()
    alice.file.write_bytes(other.file.read_bytes())
    # even with the same size and the same times
    os.utime(alice.file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert alice.file.stat().st_size == status.st_size
    assert not accepts(alice.public)
    os.utime(alice.file)
    assert accepts(other.public)


def test_changes_within_one_tick_of_the_clock(directory, accepts, make_key):
    alice, other = make_key("alice", directory), make_key("other")
    status = alice.file.stat()
    assert accepts(alice.public)
    alice.file.write_bytes(other.file.read_bytes())
    os.utime(alice.file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert accepts(other.public)


def test_an_unknown_key_is_refused_at_once_in_a_quiet_directory(
    directory, accepts, make_key
):
    make_key("alice", directory)
    age(directory)
    accepts(make_key("bob").public)
    start = time.monotonic()
    assert not accepts(make_key("mallory").public)
    assert time.monotonic() - start < SETTLE + 0.5 * PATIENCE


def test_a_directory_that_does_not_exist_yet(directory, log, make_key):
    directory.rmdir()
    watch = CertificateWatch(directory, "global", log)
    alice = make_key("alice")

    async def connect() -> bool:
        asked = asyncio.ensure_future(watch.accepts(alice.public))
        await asyncio.sleep(SETTLE)
        assert not asked.done()
        shutil.copytree(alice.file.parent, directory)
        return await asked

    assert asyncio.run(connect())


def test_a_refusal_does_not_wait_for_ever(directory, accepts, make_key):
    directory.rmdir()
    start = time.monotonic()
    assert not accepts(make_key("mallory").public)
    assert PATIENCE <= time.monotonic() - start < PATIENCE + 5


@pytest.mark.parametrize(
    "content", [b"", b"curve\n", b'public-key = "abcde"', b"\xff", b'public-key="~~"']
)
def test_an_invalid_certificate_is_reported_and_ignored(
    directory, accepts, make_key, records, content
):
    (directory / "broken.key").write_bytes(content)
    assert accepts(make_key("alice", directory).public)
    assert "no valid public key in" in records
    assert "broken.key" in records


def test_what_is_no_certificate(directory, accepts, make_key):
    alice = make_key("alice", directory)
    hidden = alice.file.rename(directory / ".alice.key")
    (directory / "folder.key").mkdir()
    age(directory)
    assert not accepts(alice.public)
    hidden.rename(directory / "alice.txt")
    assert not accepts(alice.public)


def test_a_relative_location_stays_where_it_was(
    directory, make_key, log, monkeypatch, tmp_path
):
    monkeypatch.chdir(directory.parent)
    watch = CertificateWatch(directory.name, "global", log)
    monkeypatch.chdir("/")
    assert asyncio.run(watch.accepts(make_key("alice", directory).public))


def test_certs_shows_what_was_found(directory, log, context, make_key):
    authenticator = zmq.auth.Authenticator(context, log=log)
    alice = make_key("alice", directory)
    authenticator.configure_curve("global", directory, watch=True)
    assert list(authenticator.certs["global"]) == [alice.public]
    authenticator.configure_curve("global", directory.parent / "only-nobody")
    assert "is not configured" in log.handlers[0]
    assert list(authenticator.certs["global"]) == [alice.public]


def test_clients_over_tcp(
    authenticator, bind, handshake, make_key, server_key, directory
):
    authenticator.configure_curve("*", directory, watch=True)
    server = bind(**server_key.server_options(b"global"))
    alice, bob = make_key("alice", directory), make_key("bob")
    assert handshake(server, **alice.options(server_key)).accepted
    assert handshake(server, **bob.options(server_key)).refused
    bob.file.rename(directory / "bob.key")
    assert handshake(server, **bob.options(server_key)).accepted
    alice.file.unlink()
    assert handshake(server, **alice.options(server_key)).refused
    # configured anew, it is not watched any more
    authenticator.configure_curve("*", directory)
    bob.file.unlink(missing_ok=True)
    carol = make_key("carol", directory)
    assert handshake(server, **bob.options(server_key)).accepted
    assert handshake(server, **carol.options(server_key)).refused


# ---- without a moment in which a valid client is refused -----------------------------


def rewrite_in_place(directory: Path, spare: Path, turn: int) -> None:
    for path in directory.glob("*.key"):
        text = path.read_text()
        with path.open("w") as file:
            # empty now, and then only half of it is there
            time.sleep(0.001)
            file.write(text[:-60])
            file.flush()
            time.sleep(0.001)
            file.write(text[-60:])


def replace_files(directory: Path, spare: Path, turn: int) -> None:
    for path in directory.glob("*.key"):
        temporary = path.with_name(f".{path.name}")
        temporary.write_bytes(path.read_bytes())
        temporary.replace(path)


def remove_and_write(directory: Path, spare: Path, turn: int) -> None:
    for path in directory.glob("*.key"):
        content = path.read_bytes()
        path.unlink()
        time.sleep(0.001)
        path.write_bytes(content)


def rename_files(directory: Path, spare: Path, turn: int) -> None:
    for number, path in enumerate(sorted(directory.glob("*.key"))):
        path.rename(directory / f"{turn}-{number}.key")


def swap_directories(directory: Path, spare: Path, turn: int) -> None:
    shutil.copytree(directory, spare)
    directory.rename(spare.with_suffix(".old"))
    spare.rename(directory)
    shutil.rmtree(spare.with_suffix(".old"))


def add_and_remove_others(directory: Path, spare: Path, turn: int) -> None:
    zmq.auth.create_certificates(directory, f"other{turn}")
    if turn:
        (directory / f"other{turn - 1}.key").unlink()


CHANGES = [
    rewrite_in_place,
    replace_files,
    remove_and_write,
    rename_files,
    swap_directories,
    add_and_remove_others,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda f: f.__name__)
def test_no_valid_client_is_refused_meanwhile(
    directory, watch, make_key, tmp_path, torture, change
):
    keys = [make_key(f"valid{n}", directory).public for n in range(5)]
    mallory = make_key("mallory").public
    end = threading.Event()

    def disturb() -> None:
        for turn in range(40 * torture):
            change(directory, tmp_path / "spare", turn)
            # leave it alone now and then, as people do, so that refusals can settle
            time.sleep(2 * SETTLE if turn % 20 == 19 else 0.001)
        end.set()

    async def connect() -> list[bool]:
        outcomes = []
        while not end.is_set():
            outcomes += [await watch.accepts(key) for key in keys]
        return outcomes

    async def intrude() -> bool:
        return await watch.accepts(mallory)

    async def both() -> tuple[list[bool], bool]:
        outcomes, intruder = await asyncio.gather(connect(), intrude())
        return outcomes, intruder

    thread = threading.Thread(target=disturb)
    thread.start()
    outcomes, intruder = asyncio.run(both())
    thread.join()
    assert len(outcomes) > 100
    assert all(outcomes)
    assert not intruder


def test_many_unknown_keys_share_the_looks_at_the_directory(
    directory, watch, make_key, monkeypatch
):
    for number in range(20):
        make_key(f"valid{number}", directory)
    age(directory)
    looks = 0
    listdir = os.listdir

    def counting(*args: Any) -> list[str]:
        nonlocal looks
        looks += 1
        return listdir(*args)

    monkeypatch.setattr(os, "listdir", counting)

    async def storm() -> list[bool]:
        keys = [zmq.curve_keypair()[0] for _ in range(200)]
        return await asyncio.gather(*(watch.accepts(key) for key in keys))

    assert not any(asyncio.run(storm()))
    assert looks < 10
