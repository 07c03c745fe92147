"""The life of an authenticator in a thread."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

import zmq
import zmq.auth
from zmq.auth import zap
from zmq.auth.thread import AuthenticationThread, ThreadAuthenticator


@pytest.fixture
def stopped(context, log):
    authenticator = ThreadAuthenticator(context, log=log)
    yield authenticator
    authenticator.stop()


def test_start_and_stop(stopped):
    assert not stopped.is_alive()
    assert stopped.zap_socket is None
    stopped.start()
    assert stopped.is_alive()
    thread = stopped.thread
    assert isinstance(thread, AuthenticationThread)
    assert thread.daemon
    assert thread in threading.enumerate()
    stopped.stop()
    assert not stopped.is_alive()
    assert not thread.is_alive()
    assert (stopped.thread, stopped.pipe, stopped.zap_socket) == (None, None, None)


def test_it_answers_when_start_returns(stopped, ask):
    stopped.start()
    assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS


def test_stopping_what_is_stopped(stopped):
    stopped.stop()
    stopped.start()
    stopped.stop()
    stopped.stop()


def test_stopped_and_started_again(stopped, ask, context):
    for _ in range(20):
        stopped.start()
        assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS
        stopped.stop()


def test_starting_what_runs(stopped, ask):
    stopped.start()
    with pytest.raises(zmq.ZMQError, match="has an authenticator") as caught:
        stopped.start()
    assert caught.value.errno == zmq.EADDRINUSE
    assert stopped.is_alive()
    assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS


def test_it_rests_while_nobody_asks(stopped, ask):
    stopped.start()
    ask(b"1.0", b"1", b"", b"", b"", b"NULL")
    before = time.process_time()
    time.sleep(0.3)
    assert time.process_time() - before < 0.06


@pytest.mark.parametrize("what", ["a loop", "a thread", "a pipe"])
def test_a_start_that_fails_leaves_nothing_behind(stopped, ask, monkeypatch, what):
    """Without that, the end of the context would wait for a socket."""

    def fail(*_args: object) -> None:
        raise OSError(f"no room for {what}")

    with monkeypatch.context() as patch:
        if what == "a loop":
            patch.setattr(asyncio, "new_event_loop", fail)
        elif what == "a thread":
            patch.setattr(AuthenticationThread, "start", fail)
        else:
            patch.setattr(ThreadAuthenticator, "_open_pipe", fail)
        with pytest.raises(OSError, match="no room"):
            stopped.start()
    assert not stopped.is_alive()
    assert stopped.zap_socket is stopped.pipe is None
    stopped.start()
    assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS
    stopped.stop()
    stopped.context.term()


def test_a_second_one_leaves_nothing_behind(stopped, context, log):
    stopped.start()
    other = ThreadAuthenticator(context, log=log)
    with pytest.raises(zmq.ZMQError):
        other.start()
    assert not other.is_alive()
    assert other.zap_socket is None
    stopped.stop()
    other.start()
    other.stop()


def test_the_global_context_is_the_default(log):
    authenticator = ThreadAuthenticator(log=log)
    assert authenticator.context is zmq.Context.instance()


def test_a_message_on_the_pipe_ends_it(stopped):
    stopped.start()
    stopped.pipe.send(b"TERMINATE")
    stopped.thread.join(10)
    assert not stopped.is_alive()


def test_the_end_of_the_context_ends_it(log):
    for _ in range(5):
        context = zmq.Context()
        authenticator = ThreadAuthenticator(context, log=log)
        authenticator.start()
        # waits until all sockets are closed, those of the thread as well
        context.term()
        authenticator.thread.join(10)
        assert not authenticator.is_alive()
        authenticator.stop()


def test_a_destroyed_context(log):
    for _ in range(5):
        context = zmq.Context()
        authenticator = ThreadAuthenticator(context, log=log)
        authenticator.start()
        context.destroy()
        authenticator.stop()
        assert not authenticator.is_alive()


def test_a_shadow_is_a_context_too(stopped, context, log, ask):
    shadow = zmq.Context.shadow(context)
    authenticator = ThreadAuthenticator(shadow, log=log)
    authenticator.start()
    assert ask(b"1.0", b"1", b"", b"", b"", b"NULL")[2] == zap.SUCCESS
    authenticator.stop()


def test_stopping_while_a_provider_is_asked(
    stopped, bind, make_socket, wait_for, make_key, server_key
):
    import asyncio

    asked, cancelled = [], []

    class Hanging:
        async def callback(self, domain: str, key: bytes) -> bool:
            asked.append(key)
            try:
                await asyncio.Event().wait()
            finally:
                cancelled.append(key)
            return True

    stopped.start()
    stopped.configure_curve_callback("*", Hanging())
    server = bind(**server_key.server_options(b"global"))
    options = make_key("alice").options(server_key)
    client = make_socket(zmq.PUSH, linger=0, **options)
    client.connect(server.last_endpoint.decode())
    wait_for(lambda: asked)
    stopped.stop()
    assert cancelled == asked


def test_stopped_by_a_check(log, wait_for):
    """It cannot wait for its own end, and leaves nothing for term() to wait for."""
    asked = []

    async def check(_client):
        authenticator.stop()
        asked.append(True)
        return True

    with zmq.Context() as context:
        authenticator = ThreadAuthenticator(context, log=log)
        authenticator.configure_domain("*", zmq.auth.DomainPolicy(check=check))
        for _ in range(2):
            authenticator.start()
            with context.socket(zmq.REQ) as client:
                client.linger = 0
                client.connect(zap.ENDPOINT)
                client.send_multipart([b"1.0", b"1", b"", b"", b"", b"NULL"])
                wait_for(lambda: asked and not authenticator.is_alive())
            asked.clear()
        context.term(timeout=5)


def test_a_check_that_ends_its_thread(log, wait_for, monkeypatch):
    died = []
    monkeypatch.setattr(threading, "excepthook", died.append)

    async def check(_client):
        raise KeyboardInterrupt

    with zmq.Context() as context:
        authenticator = ThreadAuthenticator(context, log=log)
        authenticator.configure_domain("*", zmq.auth.DomainPolicy(check=check))
        authenticator.start()
        with context.socket(zmq.REQ) as client:
            client.linger = 0
            client.connect(zap.ENDPOINT)
            client.send_multipart([b"1.0", b"1", b"", b"", b"", b"NULL"])
            wait_for(lambda: not authenticator.is_alive())
        authenticator.stop()
        context.term(timeout=5)
    assert [told.exc_type for told in died] == [KeyboardInterrupt]


def test_threads_that_start_and_stop_it(stopped, ask):
    def work():
        for _ in range(20):
            try:
                stopped.start()
            except zmq.ZMQError as error:
                errors.add(error.errno)
            stopped.stop()
        ended.append(True)

    errors = set()
    ended = []
    threads = [threading.Thread(target=work, daemon=True) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(ended) == len(threads)
    assert errors <= {zmq.EADDRINUSE}
    stopped.start()
    assert ask(b"1.0", b"1", b"", b"127.0.0.1", b"", b"NULL")[2] == zap.SUCCESS


def test_it_does_not_hold_up_the_end_of_the_process(run_python):
    done = run_python(
        """
        import zmq
        from zmq.auth.thread import ThreadAuthenticator

        authenticator = ThreadAuthenticator()
        authenticator.start()
        assert authenticator.is_alive()
        print("the end")
        """
    )
    assert done.stdout == "the end\n"


def test_it_can_be_configured_from_other_threads(stopped, ask):
    stopped.start()
    threads = [
        threading.Thread(target=stopped.allow, args=(f"10.0.0.{n}",)) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # every one of them counts, or nobody
    outcomes = {
        ask(b"1.0", b"1", b"", b"10.0.0.%d" % n, b"", b"NULL")[2] for n in range(8)
    }
    assert outcomes == {zap.SUCCESS}
