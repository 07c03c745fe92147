"""The life of an authenticator in trio."""

from __future__ import annotations

from typing import Any

import pytest
from tests.fixtures.waiting import until

import zmq
import zmq.auth
from zmq.auth import Client, DomainPolicy, zap
from zmq.auth.loops import is_trio

trio = pytest.importorskip("trio")
pytest.importorskip("zmq.trio")

from zmq.auth.trio import TrioAuthenticator  # noqa: E402 -- it needs trio

QUESTION = [b"1.0", b"1", b"house", b"127.0.0.1", b"", b"NULL"]


@pytest.fixture
def question(context: Any) -> Any:
    """Ask the handler as libzmq would, and return the status."""
    sockets = []

    async def ask() -> bytes:
        socket = context.socket(zmq.REQ, socket_class=zmq.trio.Socket)
        sockets.append(socket)
        socket.connect(zap.ENDPOINT)
        await socket.send_multipart(QUESTION)
        with trio.fail_after(10):
            reply = await socket.recv_multipart()
        return bytes(reply[2])

    yield ask
    for socket in sockets:
        socket.close(linger=0)


def test_start_and_stop(context, log, question):
    async def main() -> None:
        authenticator = TrioAuthenticator(context, log=log)
        for _ in range(2):
            authenticator.start()
            assert await question() == zap.SUCCESS
            authenticator.stop()
            assert authenticator.zap_socket is None
        authenticator.stop()
        for _ in range(2):
            async with authenticator as entered:
                assert entered is authenticator
                assert await question() == zap.SUCCESS
            assert authenticator.zap_socket is None

    trio.run(main)


def test_a_context_of_trio():
    async def main() -> None:
        async with zmq.trio.Context() as context, TrioAuthenticator(context) as auth:
            assert auth.context is context

    trio.run(main)


def test_two_on_one_context(context, log):
    async def main() -> None:
        async with TrioAuthenticator(context, log=log):
            with pytest.raises(zmq.ZMQError, match="has an authenticator") as caught:
                async with TrioAuthenticator(context, log=log):
                    raise AssertionError
            assert caught.value.errno == zmq.EADDRINUSE

    trio.run(main)


def test_no_run_at_all(context, log):
    authenticator = TrioAuthenticator(context, log=log)
    with pytest.raises(RuntimeError, match="has to be called by a task of trio"):
        authenticator.start()
    assert authenticator.zap_socket is None


def test_stopped_after_its_run_has_ended(context, log):
    authenticator = TrioAuthenticator(context, log=log)

    async def main() -> None:
        authenticator.start()

    trio.run(main)
    authenticator.stop()
    assert authenticator.zap_socket is None


def test_entered_when_cancelled(context, log):
    """Nothing stays bound."""

    async def main() -> None:
        authenticator = TrioAuthenticator(context, log=log)
        with trio.CancelScope() as scope:
            scope.cancel()
            async with authenticator:
                raise AssertionError
        assert scope.cancelled_caught
        assert authenticator.zap_socket is None
        async with authenticator:
            pass

    trio.run(main)


def test_the_context_ends_first(context, log, records):
    async def main() -> None:
        async with TrioAuthenticator(context, log=log):
            await trio.to_thread.run_sync(context.destroy)

    trio.run(main)
    assert "CRITICAL" not in records
    assert "ended" not in records


def test_checks_run_in_trio(context, log, question):
    """Those that are late are cancelled, and others may run in a thread."""

    async def coroutine(client: Client) -> bool:
        await trio.lowlevel.checkpoint()
        return is_trio() and client.domain == "house"

    async def scoped(_: Client) -> bool:
        with trio.move_on_after(0):
            await trio.sleep_forever()
        return True

    async def late(_: Client) -> bool:
        await trio.sleep_forever()
        return True

    async def main() -> None:
        async with TrioAuthenticator(context, log=log) as authenticator:
            for check, timeout, status in (
                (coroutine, 10, zap.SUCCESS),
                (scoped, 10, zap.SUCCESS),
                (late, 0.01, zap.TEMPORARY_ERROR),
            ):
                authenticator.configure_domain(
                    "house", DomainPolicy(check=check, timeout=timeout)
                )
                assert await question() == status
            authenticator.configure_domain("house", DomainPolicy(check=lambda _: True))
            assert await question() == zap.SUCCESS
            assert authenticator.metrics().accepted == 3

    trio.run(main)


def test_a_check_that_hangs_holds_up_nobody(context, log, question):
    """Neither the next client, nor the end, although it cannot be cancelled."""
    asked: list[str] = []

    async def main() -> None:
        free = trio.Event()

        async def check(client: Client) -> bool:
            asked.append(client.domain)
            if len(asked) == 1:
                with trio.CancelScope(shield=True):
                    await free.wait()
            return True

        async with trio.open_nursery() as nursery:
            async with TrioAuthenticator(context, log=log) as authenticator:
                authenticator.configure_domain("house", DomainPolicy(check=check))
                nursery.start_soon(question)
                await until(lambda: asked)
                assert await question() == zap.SUCCESS
            assert not free.is_set()
            free.set()
            nursery.cancel_scope.cancel()

    trio.run(main)
    assert asked == ["house", "house"]


def test_cancelled_checks_are_cleaned_up(context, log, question):
    """A check is cancelled when its authenticator stops."""

    async def main() -> None:
        asked, ended = trio.Event(), trio.Event()

        async def check(_: Client) -> bool:
            asked.set()
            try:
                await trio.sleep_forever()
            finally:
                ended.set()
            return True

        async with trio.open_nursery() as nursery:
            async with TrioAuthenticator(context, log=log) as authenticator:
                authenticator.configure_domain("house", DomainPolicy(check=check))
                nursery.start_soon(question)
                with trio.fail_after(10):
                    await asked.wait()
            with trio.fail_after(10):
                await ended.wait()
            nursery.cancel_scope.cancel()

    trio.run(main)


def test_stopped_by_a_check(context, log, question):
    """It stops all the same, and another one can be started."""

    async def main() -> None:
        stopped = trio.Event()
        authenticator = TrioAuthenticator(context, log=log)

        async def check(_: Client) -> bool:
            authenticator.stop()
            stopped.set()
            return True

        authenticator.configure_domain("house", DomainPolicy(check=check))
        authenticator.start()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(question)
            with trio.fail_after(10):
                await stopped.wait()
            nursery.cancel_scope.cancel()
        assert authenticator.zap_socket is None
        async with TrioAuthenticator(context, log=log):
            assert await question() == zap.SUCCESS

    trio.run(main)


def test_an_overridden_handler_that_fails_is_logged(context, log, question, records):
    class Failing(TrioAuthenticator):
        async def handle_zap_message(self, msg: list[bytes]) -> None:
            if "no idea" not in records:
                raise LookupError("no idea")
            await super().handle_zap_message(msg)

    async def main() -> None:
        async with Failing(context, log=log), trio.open_nursery() as nursery:
            nursery.start_soon(question)
            await until(lambda: "no idea" in records)
            nursery.cancel_scope.cancel()
        async with Failing(context, log=log):
            assert await question() == zap.SUCCESS

    trio.run(main)


def test_a_message_that_is_no_request(context, log, records):
    async def main() -> None:
        async with TrioAuthenticator(context, log=log):
            with context.socket(zmq.DEALER, socket_class=zmq.trio.Socket) as sock:
                sock.connect(zap.ENDPOINT)
                await sock.send(b"hello")
                await until(lambda: "no ZAP request" in records)

    trio.run(main)


@pytest.mark.parametrize("run", ["guest", "host"])
def test_which_loop_runs_the_task(run):
    """trio as the guest of asyncio is trio; asyncio without trio is asyncio."""
    import asyncio

    found: list[bool] = []

    async def look() -> None:
        found.append(is_trio())

    async def main() -> None:
        await look()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        trio.lowlevel.start_guest_run(
            look,
            run_sync_soon_threadsafe=asyncio.get_running_loop().call_soon_threadsafe,
            done_callback=lambda _: done.set_result(None),
        )
        await done

    if run == "guest":
        asyncio.run(main())
        assert found == [False, True]
    else:
        trio.run(look)
        assert found == [True]
