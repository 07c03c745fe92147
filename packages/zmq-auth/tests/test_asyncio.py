"""The life of an authenticator in an event loop, and the manual one."""

from __future__ import annotations

import asyncio

import pytest

import zmq
import zmq.asyncio
import zmq.auth
from zmq.auth import zap
from zmq.auth.asyncio import AsyncioAuthenticator

QUESTION = [b"1.0", b"1", b"", b"127.0.0.1", b"", b"NULL"]


@pytest.fixture
def question(context):
    sockets = []

    async def ask() -> list[bytes]:
        socket = context.socket(zmq.REQ, socket_class=zmq.asyncio.Socket)
        sockets.append(socket)
        socket.connect(zap.ENDPOINT)
        await socket.send_multipart(QUESTION)
        return await asyncio.wait_for(socket.recv_multipart(), 10)

    yield ask
    for socket in sockets:
        socket.close(linger=0)


def test_start_and_stop(context, log, question):
    async def main() -> None:
        authenticator = AsyncioAuthenticator(context, log=log)
        for _ in range(3):
            authenticator.start()
            assert (await question())[2] == zap.SUCCESS
            authenticator.stop()
            assert authenticator.zap_socket is None
        authenticator.stop()

    asyncio.run(main())


def test_an_asynchronous_context(log):
    async def main() -> None:
        with zmq.asyncio.Context() as context:
            for kind in (AsyncioAuthenticator, zmq.auth.Authenticator):
                authenticator = kind(context, log=log)
                authenticator.start()
                authenticator.stop()
                assert authenticator.context is context

    asyncio.run(main())


def test_two_on_one_context(context, log):
    async def main() -> None:
        one, other = (AsyncioAuthenticator(context, log=log) for _ in range(2))
        one.start()
        with pytest.raises(zmq.ZMQError, match="has an authenticator") as caught:
            other.start()
        assert caught.value.errno == zmq.EADDRINUSE
        one.stop()

    asyncio.run(main())


def test_a_loop_that_runs_later(context, log, question):
    loop = asyncio.new_event_loop()
    authenticator = AsyncioAuthenticator(context, loop, log=log)
    authenticator.start()
    assert loop.run_until_complete(question())[2] == zap.SUCCESS
    authenticator.stop()
    # let the task see that it was cancelled
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


def test_the_loop_of_the_thread(context, log, question):
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    authenticator = AsyncioAuthenticator(context, log=log)
    authenticator.start()
    assert loop.run_until_complete(question())[2] == zap.SUCCESS
    authenticator.stop()
    loop.run_until_complete(asyncio.sleep(0))
    asyncio.set_event_loop(None)
    loop.close()


def test_no_loop_at_all(context, log):
    asyncio.set_event_loop(None)
    authenticator = AsyncioAuthenticator(context, log=log)
    with pytest.raises(RuntimeError, match="needs an event loop"):
        authenticator.start()
    assert authenticator.zap_socket is None


def test_stopped_after_its_loop_has_ended(context, log):
    authenticator = AsyncioAuthenticator(context, log=log)

    async def main() -> None:
        authenticator.start()

    asyncio.run(main())
    authenticator.stop()


def test_stopping_while_a_provider_is_asked(
    context, log, bind, make_socket, make_key, server_key
):
    server = bind(**server_key.server_options(b"global"))
    client = make_socket(zmq.PUSH, linger=0, **make_key("alice").options(server_key))

    async def main() -> None:
        asked, ended = asyncio.Event(), asyncio.Event()

        class Hanging:
            async def callback(self, domain: str, key: bytes) -> bool:
                asked.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    ended.set()
                return True

        authenticator = AsyncioAuthenticator(context, log=log)
        authenticator.configure_curve_callback("*", Hanging())
        authenticator.start()
        client.connect(server.last_endpoint.decode())
        await asyncio.wait_for(asked.wait(), 10)
        authenticator.stop()
        await asyncio.wait_for(ended.wait(), 10)

    asyncio.run(main())


def test_an_overridden_handler_sees_the_request(context, log, question):
    seen = []

    class Watching(AsyncioAuthenticator):
        async def handle_zap_message(self, msg: list[bytes]) -> None:
            seen.append(list(msg))
            await super().handle_zap_message(msg)

    async def main() -> None:
        authenticator = Watching(context, log=log)
        authenticator.start()
        assert (await question())[2] == zap.SUCCESS
        authenticator.stop()

    asyncio.run(main())
    assert seen == [QUESTION]


def test_an_overridden_handler_that_fails_is_logged(context, log, question, records):
    class Failing(AsyncioAuthenticator):
        async def handle_zap_message(self, msg: list[bytes]) -> None:
            if "question" not in records:
                log.info("question")
                raise LookupError("no idea")
            await super().handle_zap_message(msg)

    async def main() -> None:
        authenticator = Failing(context, log=log)
        authenticator.start()
        lost = asyncio.ensure_future(question())
        while "no idea" not in records:
            await asyncio.sleep(0.001)
        lost.cancel()
        assert (await question())[2] == zap.SUCCESS
        authenticator.stop()

    asyncio.run(main())


def test_by_hand(context, log, question):
    async def main() -> None:
        authenticator = zmq.auth.Authenticator(context, log=log)
        authenticator.start()
        answer = asyncio.ensure_future(question())
        poller = zmq.asyncio.Poller()
        poller.register(authenticator.zap_socket, zmq.POLLIN)
        assert await poller.poll(10_000)
        message = authenticator.zap_socket.recv_multipart()
        assert message == QUESTION
        await authenticator.handle_zap_message(message)
        assert (await answer)[2] == zap.SUCCESS
        authenticator.stop()
        authenticator.stop()

    asyncio.run(main())
