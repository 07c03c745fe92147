"""Random sequences of calls, held against simple models of what must happen.

Short by default; ZMQ_TORTURE=50 makes a hundred times as many. The sequences stay
within what libzmq itself survives without patches: see docs/explanation/differences.md.
What it survives with them is in test_libzmq_patches.py.
"""

from __future__ import annotations

from collections import deque
from typing import Any

import pytest

stateful = pytest.importorskip("hypothesis.stateful")

from hypothesis import strategies as st  # noqa: E402
from hypothesis.stateful import (  # noqa: E402
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

import zmq  # noqa: E402
import zmq.asyncio  # noqa: E402
from tests.torture.machines import LIMITS  # noqa: E402

pytestmark = pytest.mark.timeout(3600)

FRAMES = st.lists(
    st.one_of(st.binary(max_size=40), st.integers(15_000, 40_000).map(bytes)),
    min_size=1,
    max_size=5,
)
COPY = st.booleans()


class PairMachine(RuleBasedStateMachine):
    """A PUSH and a PULL socket are a queue of messages."""

    def __init__(self) -> None:
        super().__init__()
        self.context = zmq.Context()
        self.push = self.context.socket(zmq.PUSH)
        self.pull = self.context.socket(zmq.PULL)
        for sock in (self.push, self.pull):
            sock.linger = 0
        self.push.sndhwm = self.pull.rcvhwm = 0
        self.pull.bind("inproc://machine")
        self.push.connect("inproc://machine")
        self.queue: deque[list[bytes]] = deque()
        self.rest: list[bytes] = []  # of a message that is received frame by frame
        self.open: list[bytes] = []  # what a message sent frame by frame has so far

    def teardown(self) -> None:
        self.context.destroy(linger=0)

    @precondition(lambda self: not self.open)
    @rule(frames=FRAMES, copy=COPY)
    def send_multipart(self, frames: list[bytes], copy: bool) -> None:
        self.push.send_multipart(frames, copy=copy)
        self.queue.append(frames)

    @rule(frame=st.binary(max_size=40), more=st.booleans(), copy=COPY)
    def send(self, frame: bytes, more: bool, copy: bool) -> None:
        self.push.send(frame, zmq.SNDMORE if more else 0, copy=copy)
        self.open.append(frame)
        if not more:
            self.queue.append(self.open)
            self.open = []

    @precondition(lambda self: not self.open)
    @rule(messages=st.lists(FRAMES, max_size=4), copy=COPY)
    def send_many(self, messages: list[list[bytes]], copy: bool) -> None:
        assert self.push.send_many(messages, copy=copy) == len(messages)
        self.queue.extend(messages)

    @precondition(lambda self: not self.open)
    @rule(frames=FRAMES, wrong=st.sampled_from(["text", None, 1.5]))
    def send_rubbish(self, frames: list[bytes], wrong: Any) -> None:
        with pytest.raises(TypeError):
            self.push.send_multipart([*frames, wrong])

    def expected(self) -> list[bytes] | None:
        if self.rest:
            taken, self.rest = self.rest, []
            return taken
        return list(self.queue.popleft()) if self.queue else None

    @rule(copy=COPY)
    def recv_multipart(self, copy: bool) -> None:
        expected = self.expected()
        if expected is None:
            with pytest.raises(zmq.Again):
                self.pull.recv_multipart(zmq.DONTWAIT, copy=copy)
            return
        assert list(map(bytes, self.pull.recv_multipart(copy=copy))) == expected

    @rule(copy=COPY)
    def recv(self, copy: bool) -> None:
        expected = self.expected()
        if expected is None:
            with pytest.raises(zmq.Again):
                self.pull.recv(zmq.DONTWAIT, copy=copy)
            return
        assert bytes(self.pull.recv(copy=copy)) == expected.pop(0)
        assert self.pull.rcvmore == bool(expected)
        self.rest = expected

    @rule(size=st.integers(1, 50))
    def recv_into(self, size: int) -> None:
        buffer = bytearray(size)
        expected = self.expected()
        if expected is None:
            with pytest.raises(zmq.Again):
                self.pull.recv_into(buffer, flags=zmq.DONTWAIT)
            return
        first = expected.pop(0)
        assert self.pull.recv_into(buffer) == len(first)
        assert bytes(buffer) == first[:size].ljust(size, b"\0")
        self.rest = expected

    @precondition(lambda self: not self.rest)
    @rule(most=st.integers(1, 4))
    def recv_many(self, most: int) -> None:
        expected = [self.queue.popleft() for _ in range(min(most, len(self.queue)))]
        if not expected:
            with pytest.raises(zmq.Again):
                self.pull.recv_many(most, zmq.DONTWAIT)
            return
        assert self.pull.recv_many(most) == expected

    @precondition(lambda self: self.queue and not self.rest)
    @rule(n=st.integers(1, 3))
    def put_back(self, n: int) -> None:
        n = min(n, len(self.queue))
        taken = [self.pull.recv_multipart() for _ in range(n)]
        for message in reversed(taken):
            self.pull._unrecv(message)

    @invariant()
    def events_tell_what_is_there(self) -> None:
        there = bool(self.queue or self.rest)
        assert bool(self.pull.poll(0)) == there
        assert bool(self.pull.events & zmq.POLLIN) == there


class FrameMachine(RuleBasedStateMachine):
    """Frames keep their bytes, whatever is copied, sent, received and closed."""

    def __init__(self) -> None:
        super().__init__()
        self.context = zmq.Context()
        self.left, self.right = (self.context.socket(zmq.PAIR) for _ in range(2))
        self.left.bind("inproc://frames")
        self.right.connect("inproc://frames")
        self.frames: list[tuple[zmq.Frame, bytes]] = []

    def teardown(self) -> None:
        self.frames.clear()
        self.context.destroy(linger=0)

    @rule(data=st.binary(max_size=100), track=st.booleans(), large=st.booleans())
    def make(self, data: bytes, track: bool, large: bool) -> None:
        data = data * 700 if large else data
        self.frames.append((zmq.Frame(data, track=track), data))

    @precondition(lambda self: self.frames)
    @rule(which=st.integers(0), copy=COPY)
    def send(self, which: int, copy: bool) -> None:
        frame, data = self.frames[which % len(self.frames)]
        self.left.send(frame, copy=copy)
        received = self.right.recv(copy=False)
        assert received.bytes == data
        self.frames.append((received, data))

    @precondition(lambda self: self.frames)
    @rule(which=st.integers(0))
    def drop(self, which: int) -> None:
        del self.frames[which % len(self.frames)]

    @precondition(lambda self: self.frames)
    @rule(which=st.integers(0))
    def view(self, which: int) -> None:
        frame, data = self.frames[which % len(self.frames)]
        view = memoryview(frame.buffer)
        assert view.nbytes == len(data) == len(frame)
        assert bytes(view) == data
        view.release()

    @invariant()
    def bytes_stay(self) -> None:
        for frame, data in self.frames:
            assert frame.bytes == data


class PollerMachine(RuleBasedStateMachine):
    """A poller finds the sockets that have a message and are registered."""

    def __init__(self) -> None:
        super().__init__()
        self.context = zmq.Context()
        self.poller = zmq.Poller()
        self.pairs: list[tuple[zmq.Socket[bytes], zmq.Socket[bytes]]] = []
        self.waiting: list[int] = []
        self.registered: dict[int, int] = {}

    @initialize(n=st.integers(1, 4))
    def make(self, n: int) -> None:
        for i in range(n):
            push, pull = self.context.socket(zmq.PUSH), self.context.socket(zmq.PULL)
            pull.bind(f"inproc://poll-{i}")
            push.connect(f"inproc://poll-{i}")
            self.pairs.append((push, pull))
            self.waiting.append(0)

    def teardown(self) -> None:
        self.context.destroy(linger=0)

    @rule(which=st.integers(0), flags=st.sampled_from([0, zmq.POLLIN, zmq.POLLOUT]))
    def register(self, which: int, flags: int) -> None:
        which %= len(self.pairs)
        self.poller.register(self.pairs[which][1], flags)
        if flags:
            self.registered[which] = flags
        else:
            self.registered.pop(which, None)

    @rule(which=st.integers(0))
    def unregister(self, which: int) -> None:
        which %= len(self.pairs)
        if self.registered.pop(which, None) is None:
            with pytest.raises(KeyError):
                self.poller.unregister(self.pairs[which][1])
        else:
            self.poller.unregister(self.pairs[which][1])

    @rule(which=st.integers(0))
    def send(self, which: int) -> None:
        which %= len(self.pairs)
        self.pairs[which][0].send(b"")
        self.waiting[which] += 1

    @rule(which=st.integers(0))
    def receive(self, which: int) -> None:
        which %= len(self.pairs)
        if self.waiting[which]:
            self.pairs[which][1].recv()
            self.waiting[which] -= 1

    @invariant()
    def finds_them(self) -> None:
        found = {id(sock): events for sock, events in self.poller.poll(0)}
        assert found == {
            id(self.pairs[which][1]): zmq.POLLIN
            for which, flags in self.registered.items()
            if flags & zmq.POLLIN and self.waiting[which]
        }


class ContextMachine(RuleBasedStateMachine):
    """Contexts, their shadows and sockets: who is open, and who is not."""

    def __init__(self) -> None:
        super().__init__()
        self.context = zmq.Context()
        self.over = False
        self.shadows: list[zmq.Context[Any]] = []
        self.sockets: list[zmq.Socket[bytes]] = []

    def teardown(self) -> None:
        self.context.destroy(linger=0)

    @precondition(lambda self: not self.over)
    @rule()
    def shadow(self) -> None:
        self.shadows.append(zmq.Context.shadow(self.context))

    @rule(which=st.integers(0))
    def make_socket(self, which: int) -> None:
        contexts = [self.context, *self.shadows]
        context = contexts[which % len(contexts)]
        if context.closed:
            with pytest.raises(zmq.ZMQError):
                context.socket(zmq.PULL)
        else:
            self.sockets.append(context.socket(zmq.PULL))

    @precondition(lambda self: self.sockets)
    @rule(which=st.integers(0))
    def close(self, which: int) -> None:
        self.sockets[which % len(self.sockets)].close(0)

    @precondition(lambda self: self.shadows)
    @rule(which=st.integers(0))
    def end_a_shadow(self, which: int) -> None:
        self.shadows[which % len(self.shadows)].term()

    @rule()
    def destroy(self) -> None:
        self.context.destroy(linger=0)
        self.over = True

    @invariant()
    def closed_is_closed(self) -> None:
        assert self.context.closed == self.over
        if self.over:
            assert all(sock.closed for sock in self.sockets)
            assert all(shadow.closed for shadow in self.shadows)
        for sock in self.sockets:
            if sock.closed:
                with pytest.raises(zmq.ZMQError):
                    sock.recv(zmq.DONTWAIT)


@pytest.mark.parametrize(
    "machine",
    [PairMachine, FrameMachine, PollerMachine, ContextMachine],
    ids=lambda machine: machine.__name__,
)
def test_model(machine: Any) -> None:
    stateful.run_state_machine_as_test(machine, settings=LIMITS)
