"""The deprecated name still works, and says so."""

from __future__ import annotations

import pytest


def test_importing_it_warns(run_python):
    done = run_python("import zmq.auth.ioloop", options=("-W", "error"), check=False)
    assert "DeprecationWarning" in done.stderr
    assert "use zmq.auth.asyncio.AsyncioAuthenticator" in done.stderr


@pytest.mark.parametrize("given", [True, False], ids=["io_loop", "current loop"])
def test_with_a_tornado_loop(run_python, given):
    pytest.importorskip("tornado")
    run_python(
        """
        import asyncio, sys, warnings, zmq, zmq.asyncio
        from tornado.ioloop import IOLoop
        from zmq.auth.ioloop import IOLoopAuthenticator

        given = sys.argv[1] == "True"
        context = zmq.Context()

        async def main():
            io_loop = IOLoop.current() if given else None
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                authenticator = IOLoopAuthenticator(context, io_loop=io_loop)
            assert [str(w.message)[:28] for w in caught] == (
                ["IOLoopAuthenticator(io_loop)"] if given else []
            )
            assert all(w.category is DeprecationWarning for w in caught)
            assert all(w.filename == "<string>" for w in caught)
            authenticator.start()
            socket = zmq.asyncio.Socket(context, zmq.REQ)
            socket.connect("inproc://zeromq.zap.01")
            await socket.send_multipart([b"1.0", b"1", b"", b"", b"", b"NULL"])
            assert (await socket.recv_multipart())[2] == b"200"
            socket.close()
            authenticator.stop()

        asyncio.run(main())
        context.term()
        """,
        str(given),
        options=("-W", "error", "-W", "ignore:zmq.auth.ioloop:DeprecationWarning"),
    )
