"""Subclassing contexts and sockets as programs do, and mocking them."""

from __future__ import annotations

from unittest import mock

import pytest

import zmq


class Counting(zmq.Socket):
    """A socket with attributes of its own."""

    sent = 0
    _note = None
    label: str

    def __init__(self, *args, label="none", **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__["label"] = label

    def send(self, data, *args, **kwargs):
        """Count and send."""
        self.sent += 1
        return super().send(data, *args, **kwargs)


class Making(zmq.Context):
    """A context that makes such sockets."""

    _socket_class = Counting


def test_class_attributes_can_be_set(context):
    with Counting(context, zmq.PUSH) as socket:
        assert socket.sent == 0
        socket.sent = 5
        socket._note = "x"
        assert socket.sent == 5
        assert Counting.sent == 0
        del socket.sent
        assert socket.sent == 0


def test_what_the_class_does_not_name_is_still_misspelt(context):
    with Counting(context, zmq.PUSH) as socket:
        for name in ("snt", "_nte"):
            with pytest.raises(AttributeError, match=f"(?i){name}"):
                setattr(socket, name, 1)


def test_annotated_attributes_can_be_set(context):
    class Base(zmq.Socket):
        name: str

    class Annotated(Base):
        Count: int
        later: NotDefinedYet  # noqa: F821 -- as under `if TYPE_CHECKING`

    with Annotated(context, zmq.PUSH) as socket:
        assert not hasattr(socket, "name")
        socket.name = "x"
        socket.Count = 1
        socket.later = None
        assert (socket.name, socket.Count, socket.later) == ("x", 1, None)
        with pytest.raises(AttributeError, match="NAMED"):
            socket.named = "x"


def test_options_work_on_a_subclass(context):
    with Counting(context, zmq.PUSH) as socket:
        socket.linger = 5
        assert socket.LINGER == 5


def test_a_class_attribute_named_subscribe_is_no_option(context):
    class Mine(zmq.Socket):
        subscribe = None

    with Mine(context, zmq.PUSH) as socket:
        socket.subscribe = "whatever"
        assert socket.subscribe == "whatever"


def test_class_attribute_with_the_name_of_an_option(context):
    """It hides the option's lower-case name, as Python's rules have it."""

    class Hiding(zmq.Socket):
        linger = 77

    with Hiding(context, zmq.PUSH) as socket:
        assert socket.linger == 77
        assert socket.LINGER == -1
        socket.linger = 78
        assert socket.linger == 78
        assert socket.LINGER == -1


def test_property_and_method_of_a_subclass(context):
    class Richer(zmq.Socket):
        @property
        def double(self):
            """Twice the linger."""
            return self.linger * 2

        @double.setter
        def double(self, value):
            self.linger = value // 2

    with Richer(context, zmq.PUSH) as socket:
        socket.double = 10
        assert socket.linger == 5
        assert socket.double == 10


def test_further_constructor_arguments(context):
    with Counting(context, zmq.PUSH, label="a") as socket:
        assert socket.label == "a"
    with context.socket(zmq.PUSH, Counting, label="b") as socket:
        assert type(socket) is Counting
        assert socket.label == "b"


def test_context_with_a_socket_class():
    ctx = Making()
    with ctx, ctx.socket(zmq.PAIR) as a, ctx.socket(zmq.PAIR, label="b") as b:
        assert type(a) is type(b) is Counting
        assert (a.label, b.label) == ("none", "b")
        assert a.context is ctx
        a.bind("inproc://making")
        b.connect("inproc://making")
        a.send(b"1")
        a.send_string("2")
        assert b.recv() == b"1"
        assert b.recv_string() == "2"
        assert a.sent == 2
        a.send_multipart([b"3", b"4"])
        assert b.recv_multipart() == [b"3", b"4"]


def test_context_that_is_given_a_socket_class():
    """For the moment, as jupyter_client does it."""
    with Making() as ctx:
        ctx._socket_class = zmq.Socket
        with ctx.socket(zmq.PAIR) as plain:
            assert type(plain) is zmq.Socket
        del ctx._socket_class
        with ctx.socket(zmq.PAIR) as again:
            assert type(again) is Counting


def test_socket_class_of_one_socket(context):
    with context.socket(zmq.PUSH, socket_class=Counting) as socket:
        assert type(socket) is Counting
        assert socket.context is context
    with Making() as ctx, ctx.socket(zmq.PUSH, socket_class=zmq.Socket) as socket:
        assert type(socket) is zmq.Socket


def test_socket_class_that_is_any_callable(context):
    made = []

    def make(ctx, socket_type, **kwargs):
        made.append((ctx, socket_type, kwargs))
        return zmq.Socket(ctx, socket_type)

    with context.socket(zmq.PUSH, make, extra=3):
        assert made == [(context, zmq.PUSH, {"extra": 3})]


def test_context_with_its_own_constructor():
    class Named(zmq.Context):
        name = None

        def __init__(self, name, io_threads=1):
            super().__init__(io_threads)
            self.name = name

    with Named("x", io_threads=2) as ctx:
        assert ctx.name == "x"
        assert ctx.io_threads == 2
    with Named(name="y") as ctx:
        assert ctx.name == "y"


def test_context_with_another_order_of_arguments():
    class Keyword(zmq.Context):
        extra = None

        def __init__(self, extra=None, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.extra = extra

    with Keyword("first argument") as ctx:
        assert ctx.extra == "first argument"
        with ctx.socket(zmq.PUSH):
            pass


def test_context_class_attributes():
    class Attributed(zmq.Context):
        flavour = "none"

    with Attributed() as ctx:
        ctx.flavour = "sweet"
        assert ctx.flavour == "sweet"
        with pytest.raises(AttributeError, match=r"(?i)flavor"):
            ctx.flavor = "sweet"


def test_overriding_close(context):
    closed = []

    class Closing(zmq.Socket):
        def close(self, linger=None):
            closed.append(linger)
            super().close(linger)

    with Closing(context, zmq.PUSH):
        pass
    ctx = zmq.Context()
    socket = ctx.socket(zmq.PUSH, socket_class=Closing)
    ctx.destroy(linger=5)
    assert socket.closed
    assert len(closed) == 2


def test_overriding_get_and_set(context):
    """Attributes go through `get` and `set`, where wrappers hook in."""
    calls = []

    class Hooked(zmq.Socket):
        def get(self, option):
            calls.append(("get", option))
            return super().get(option)

        def set(self, option, optval):
            calls.append(("set", option))
            super().set(option, optval)

    with Hooked(context, zmq.PUSH) as socket:
        calls.clear()
        socket.linger = 5
        assert socket.linger == 5
    assert ("set", zmq.LINGER) in calls
    assert ("get", zmq.LINGER) in calls


def test_overriding_send_and_recv(context, endpoint):
    """What a subclass does with one frame, it does with every frame of a message."""

    class Marking(zmq.Socket):
        def send(self, data, flags=0, copy=True, track=False, **kwargs):
            return super().send(b"!" + data, flags, copy, track, **kwargs)

    class Unmarking(zmq.Socket):
        def recv(self, flags=0, copy=True, track=False):
            return super().recv(flags, copy, track)[1:]

    class Further(Marking):
        pass

    with Further(context, zmq.PUSH) as push, Unmarking(context, zmq.PULL) as pull:
        push.sndtimeo = pull.rcvtimeo = 10_000
        pull.bind(endpoint())
        push.connect(pull.last_endpoint.decode())
        push.send(b"one")
        push.send_string("two")
        push.send_multipart(iter([b"three", b"four"]))
        push.send_serialized("five", lambda text: [b"", text.encode()])
        assert pull.recv_string() == "one"
        assert pull.recv_multipart() == [b"two"]
        assert pull.recv_multipart() == [b"three", b"four"]
        assert pull.recv_serialized(list) == [b"", b"five"]
        with pytest.raises(TypeError, match="frame 1"):
            push.send_multipart([b"nothing", "of this"])
        tracker = push.send_multipart([b"6", b"7"], copy=False, track=True)
        assert isinstance(tracker, zmq.MessageTracker)
        assert pull.recv_multipart(zmq.NOBLOCK if pull.poll(10_000) else 0) == [
            b"6",
            b"7",
        ]
        with pytest.raises(zmq.Again):
            pull.recv_multipart(zmq.NOBLOCK)


def test_new_class_attributes_at_run_time(make_socket, monkeypatch):
    """Tracers add attributes to the class itself."""
    monkeypatch.setattr(zmq.Socket, "traced", None, raising=False)
    socket = make_socket(zmq.PUSH)
    socket.traced = 4
    assert socket.traced == 4


def test_several_bases(context):
    class Mixin:
        extra = None

        def hello(self):
            return f"hello from {self.type.name}"

    class Mixed(Mixin, zmq.Socket):
        pass

    with Mixed(context, zmq.PUSH) as socket:
        socket.extra = 3
        assert socket.hello() == "hello from PUSH"


def test_generic_base(context):
    class Typed(zmq.Socket[bytes]):
        pass

    class Ours(zmq.Context[Typed]):
        _socket_class = Typed

    with Ours() as ctx, ctx.socket(zmq.PUSH) as socket:
        assert type(socket) is Typed


@pytest.mark.filterwarnings("ignore:.*socket_type:DeprecationWarning")
def test_mock_with_spec():
    socket = mock.Mock(spec=zmq.Socket)
    assert isinstance(socket, zmq.Socket)
    socket.recv.return_value = b"x"
    assert socket.recv() == b"x"
    socket.send_multipart([b"1"])
    socket.send_multipart.assert_called_once_with([b"1"])
    with pytest.raises(AttributeError):
        _ = socket.sned


@pytest.mark.filterwarnings("ignore:.*socket_type:DeprecationWarning")
def test_mock_of_an_instance(make_socket):
    socket = mock.Mock(spec=make_socket(zmq.PUSH))
    socket.send(b"x")
    assert isinstance(socket, zmq.Socket)


def test_mock_with_signatures():
    make = mock.create_autospec(zmq.Socket)
    socket = make(None, zmq.PUSH)
    socket.send(b"x", copy=False)
    socket.subscribe("topic")
    socket.subscribe.assert_called_once_with("topic")
    with pytest.raises(TypeError):
        socket.send_string()
    with pytest.raises(TypeError):
        socket.bind_to_random_port()


def test_mock_of_a_context():
    ctx = mock.Mock(spec=zmq.Context)
    ctx.socket.return_value = mock.MagicMock(spec=zmq.Socket)
    with ctx.socket(zmq.PUSH) as socket:
        assert socket is not None
    ctx.term()


def test_patching_methods(make_socket):
    with mock.patch.object(zmq.Socket, "send_string") as send_string:
        make_socket(zmq.PUSH).send_string("x")
    send_string.assert_called_once_with("x")
    with mock.patch("zmq.Context.socket") as socket, zmq.Context() as ctx:
        ctx.socket(zmq.PUSH)
        socket.assert_called_once()
