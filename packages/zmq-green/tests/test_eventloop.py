"""tornado's event loop beside gevent, with zmq-tornado."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("zmq.eventloop.zmqstream", exc_type=ImportError)


def test_a_stream_beside_greenlets(run_python: Any) -> None:
    done = run_python(
        """
        from gevent import monkey
        monkey.patch_all()
        import gevent
        import zmq.green as zmq
        from zmq.green.eventloop import IOLoop
        from zmq.green.eventloop.zmqstream import ZMQStream

        context = zmq.Context()
        push, pull = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        push.bind("inproc://stream")
        pull.connect("inproc://stream")
        received = []
        ticks = []

        async def main():
            import asyncio
            done = asyncio.Event()
            stream = ZMQStream(pull)
            def take(message):
                received.extend(message)
                if len(received) == 10:
                    done.set()
            stream.on_recv(take)
            await done.wait()
            stream.close()

        def tick():
            while True:
                gevent.sleep(0.001)
                ticks.append(1)

        def send():
            for i in range(10):
                gevent.sleep(0.002)
                push.send(b"%d" % i)

        gevent.spawn(tick)
        gevent.spawn(send)
        IOLoop.current().run_sync(main)
        assert received == [b"%d" % i for i in range(10)], received
        assert len(ticks) > 5
        push.close()
        context.term()
        """
    )
    assert not done.stderr


def test_the_deprecated_loop(run_python: Any) -> None:
    run_python(
        """
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            from zmq.green.eventloop import ioloop
        assert any("tornado.ioloop" in str(w.message) for w in caught), caught
        from zmq.eventloop import ioloop as original
        for name in ("IOLoop", "PeriodicCallback", "ZMQIOLoop", "install"):
            assert getattr(ioloop, name) is getattr(original, name)
        """
    )


def test_the_deprecated_loop_needs_no_import_of_its_own(run_python: Any) -> None:
    """As with 27.3, whose package imports it."""
    run_python(
        """
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            import zmq.green.eventloop
            assert not caught, caught
            loop = zmq.green.eventloop.ioloop.IOLoop
        assert any("tornado.ioloop" in str(w.message) for w in caught), caught
        assert loop is zmq.green.eventloop.IOLoop
        assert not hasattr(zmq.green.eventloop, "rubbish")
        """
    )


def test_without_zmq_tornado_it_says_what_to_type(run_python: Any) -> None:
    run_python(
        """
        import sys
        sys.modules["zmq.eventloop"] = None
        try:
            import zmq.green.eventloop
        except ImportError as error:
            assert 'pip install "zmq-tornado[tornado]"' in str(error), error
        else:
            raise SystemExit("no ImportError")
        """
    )
