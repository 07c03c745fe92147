"""A peer has gone when its address, or its options, matter: what patches mend."""

from __future__ import annotations

import sys
import time

import common

import zmq


def high_water_mark() -> None:
    """The high water mark of a socket changes after its peer has been closed."""
    context = zmq.Context()
    for number in range(100):
        pull, push = context.socket(zmq.PULL), context.socket(zmq.PUSH)
        push.linger = 0
        pull.bind(f"inproc://{number}")
        push.connect(f"inproc://{number}")
        assert pull.events is not None
        push.close()
        time.sleep(number % 7 * 1e-4)  # at each stage of what the I/O thread does
        for _ in range(2):
            for hwm in range(1, 50):
                pull.rcvhwm = hwm
            assert pull.events is not None
        pull.close()
    context.term()


def bound_late(kind: str, peer_kind: str, closes: str) -> None:
    """An address is bound after who had connected to it has left it again."""
    for binds in (True, False):
        context = zmq.Context()
        early = context.socket(getattr(zmq, kind))
        late = context.socket(getattr(zmq, peer_kind))
        early.linger = late.linger = 0
        for _ in range(3):
            early.connect("inproc://late")
        early.disconnect("inproc://late")
        assert early.events is not None
        if closes == "closes":
            early.close()
        if binds:  # if not, the end of the context binds to it
            late.bind("inproc://late")
            assert late.events is not None
            again = context.socket(getattr(zmq, kind))
            again.linger = 0
            again.connect("inproc://late")
            if kind == "DEALER":
                again.send(b"arrives")
                assert late.poll(5000)
            again.close()
        context.destroy()


if __name__ == "__main__":
    assert common
    globals()[sys.argv[1]](*sys.argv[2:])
