"""Draft sockets: CLIENT and SERVER, RADIO and DISH, and the others.

They need a libzmq with drafts and a zmq-core built for it. Being thread-safe, they have
no descriptor of their own, so that everything that waits for them goes other ways.
"""

from __future__ import annotations

import select
import time

import pytest

import zmq

pytestmark = pytest.mark.draft


@pytest.fixture
def client_server(socket_pair):
    server, client = socket_pair(zmq.SERVER, zmq.CLIENT)
    return client, server


@pytest.fixture
def radio_dish(make_socket, endpoint):
    """A RADIO and a DISH that has joined "group"; the RADIO knows it."""
    radio, dish = make_socket(zmq.RADIO), make_socket(zmq.DISH)
    dish.join("group")
    dish.bind(endpoint())
    radio.connect(dish.last_endpoint.decode())
    while not dish.poll(10):
        radio.send(b"probe", group="group")
    radio.send(b"end", group="group")
    while dish.recv() != b"end":
        pass
    return radio, dish


def test_flag():
    assert zmq.has("draft")
    assert zmq.DRAFT_API is True
    assert zmq.backend.PYZMQ_DRAFT_API


def test_types(make_socket):
    for name in ("SERVER", "CLIENT", "RADIO", "DISH", "GATHER", "SCATTER", "CHANNEL"):
        socket = make_socket(zmq.SocketType[name])
        assert socket.type is zmq.SocketType[name]
        assert socket.thread_safe == 1
        assert f"zmq.{name}" in repr(socket)


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
def test_client_and_server(client_server, copy):
    client, server = client_server
    client.send(b"question", copy=copy)
    question = server.recv(copy=False)
    assert question.bytes == b"question"
    assert isinstance(question.routing_id, int)
    assert question.routing_id > 0
    assert question.get("routing_id") == question.routing_id
    server.send(b"answer", routing_id=question.routing_id, copy=copy)
    assert client.recv() == b"answer"


def test_server_over_the_network(socket_pair):
    server, client = socket_pair(zmq.SERVER, zmq.CLIENT, "tcp")
    for data in (b"x", b"y" * 1_000_000):
        client.send(data)
        frame = server.recv(copy=False)
        assert frame.bytes == data
        server.send(data, routing_id=frame.routing_id)
        assert client.recv() == data


def test_routing_id_of_a_frame(client_server):
    client, server = client_server
    client.send(b"question")
    answer = zmq.Frame(b"answer")
    with pytest.raises(zmq.ZMQError):
        _ = answer.routing_id
    answer.routing_id = server.recv(copy=False).routing_id
    server.send(answer, copy=False)
    assert client.recv() == b"answer"
    answer.set("routing_id", 5)
    assert answer.routing_id == 5


def test_several_clients(make_socket, endpoint):
    server = make_socket(zmq.SERVER)
    server.bind(endpoint())
    clients = [make_socket(zmq.CLIENT) for _ in range(3)]
    for i, client in enumerate(clients):
        client.connect(server.last_endpoint.decode())
        client.send(b"%d" % i)
    for _ in clients:
        frame = server.recv(copy=False)
        server.send(b"answer to " + frame.bytes, routing_id=frame.routing_id)
    assert [client.recv() for client in clients] == [
        b"answer to %d" % i for i in range(3)
    ]


def test_unknown_routing_id(client_server):
    _, server = client_server
    with pytest.raises(zmq.ZMQError) as caught:
        server.send(b"x", routing_id=12345)
    assert caught.value.errno == zmq.EHOSTUNREACH


@pytest.mark.parametrize("bad", ["x", b"x", [1]], ids=repr)
def test_wrong_routing_id(client_server, bad):
    with pytest.raises(TypeError, match="routing_id"):
        client_server[1].send(b"x", routing_id=bad)
    with pytest.raises(TypeError, match="routing_id"):
        zmq.Frame(b"x").routing_id = bad


@pytest.mark.parametrize("bad", [-1, 2**32, 2**70])
def test_a_routing_id_that_does_not_fit(client_server, bad):
    with pytest.raises(OverflowError, match="routing_id"):
        client_server[1].send(b"x", routing_id=bad)


def test_what_stands_for_an_integer_may_be_a_routing_id(client_server):
    class Number:
        def __index__(self):
            return 5

    frame = zmq.Frame(b"x")
    frame.routing_id = Number()
    assert frame.routing_id == 5


def test_no_multipart(client_server):
    client, server = client_server
    with pytest.raises(zmq.ZMQError) as caught:
        client.send_multipart([b"1", b"2"])
    assert caught.value.errno == zmq.EINVAL
    client.send_multipart([b"1"])
    assert server.recv_multipart() == [b"1"]


@pytest.mark.parametrize("copy", [True, False], ids=["copy", "zero-copy"])
def test_radio_and_dish(radio_dish, copy):
    radio, dish = radio_dish
    radio.send(b"x", group="group", copy=copy)
    frame = dish.recv(copy=False)
    assert frame.bytes == b"x"
    assert frame.group == frame.get("group") == "group"


def test_only_groups_that_were_joined(radio_dish):
    radio, dish = radio_dish
    radio.send(b"1", group="other")
    radio.send(b"2", group=b"group")
    assert dish.recv() == b"2"


def test_group_of_a_frame(radio_dish):
    radio, dish = radio_dish
    frame = zmq.Frame(b"x")
    assert frame.group == ""
    frame.group = "group"
    assert frame.group == "group"
    radio.send(frame, copy=False)
    assert dish.recv() == b"x"
    frame.set("group", "é")
    assert frame.group == "é"


def test_leaving_a_group(radio_dish):
    radio, dish = radio_dish
    dish.join(b"second")
    dish.leave("group")
    while not dish.poll(10):
        radio.send(b"left", group="group")
        radio.send(b"second", group="second")
    messages = [dish.recv(copy=False)]
    while dish.poll(50):
        messages.append(dish.recv(copy=False))
    assert messages[-1].group == "second"


def test_groups_are_joined_and_left_once(make_socket):
    dish = make_socket(zmq.DISH)
    dish.join("group")
    with pytest.raises(zmq.ZMQError, match="group"):
        dish.join("group")
    dish.leave("group")
    with pytest.raises(zmq.ZMQError, match="group"):
        dish.leave("group")
    for bad in (3, None):
        with pytest.raises(TypeError):
            dish.join(bad)
        with pytest.raises(TypeError):
            dish.leave(bad)


@pytest.mark.parametrize("group", ["group\0x", b"group\0x"], ids=repr)
def test_a_group_does_not_contain_a_nul(radio_dish, group):
    """libzmq takes what stands before it for the name."""
    radio, dish = radio_dish
    for operation in (
        lambda: radio.send(b"x", group=group),
        lambda: radio.send_multipart([b"x"], group=group),
        lambda: zmq.Frame(b"x").set("group", group),
        lambda: dish.join(group),
        lambda: dish.leave(group),
    ):
        with pytest.raises(zmq.ZMQError, match="NUL") as caught:
            operation()
        assert caught.value.errno == zmq.EINVAL
    radio.send(b"end", group="group")
    assert dish.recv() == b"end"


def test_groups_are_for_dishes(make_socket):
    push = make_socket(zmq.PUSH)
    for operation in (push.join, push.leave):
        with pytest.raises(zmq.ZMQError) as caught:
            operation("group")
        assert caught.value.errno in (zmq.ENOTSUP, zmq.EINVAL)


@pytest.mark.parametrize("types", [("GATHER", "SCATTER"), ("CHANNEL", "CHANNEL")])
def test_others(socket_pair, types):
    bound, connected = socket_pair(*(zmq.SocketType[name] for name in types))
    connected.send(b"x")
    assert bound.recv() == b"x"


def test_waiting(client_server, in_thread):
    client, server = client_server
    waiting = in_thread(server.recv)
    client.send(b"x")
    assert waiting.result() == b"x"


def test_without_waiting(client_server):
    with pytest.raises(zmq.Again):
        client_server[0].recv(zmq.DONTWAIT)


@pytest.mark.parametrize("milliseconds", [0, 30])
def test_receive_timeout(client_server, milliseconds):
    client, _ = client_server
    client.rcvtimeo = milliseconds
    before = time.monotonic()
    with pytest.raises(zmq.Again):
        client.recv()
    assert time.monotonic() - before >= milliseconds / 1000 * 0.9


def test_socket_poll(client_server, in_thread):
    client, server = client_server
    assert server.poll(0) == 0
    assert server.poll(5) == 0
    assert client.poll(0, zmq.POLLOUT) == zmq.POLLOUT
    waiting = in_thread(server.poll)
    client.send(b"x")
    assert waiting.result() == zmq.POLLIN
    server.recv()


def test_poller(client_server, socket_pair, pipe):
    """Together with ordinary sockets and descriptors."""
    client, server = client_server
    push, pull = socket_pair(zmq.PUSH, zmq.PULL)
    poller = zmq.Poller()
    for polled in (server, pull, pipe[0]):
        poller.register(polled, zmq.POLLIN)
    assert poller.poll(0) == []
    assert poller.poll(5) == []
    client.send(b"x")
    assert poller.poll(5000) == [(server, zmq.POLLIN)]
    push.send(b"y")
    while len(poller.poll(5000)) < 2:
        pass
    assert dict(poller.poll(0)) == {server: zmq.POLLIN, pull: zmq.POLLIN}
    server.recv()
    pull.recv()
    assert poller.poll(0) == []


def test_poller_waits(client_server, in_thread):
    client, server = client_server
    poller = zmq.Poller()
    poller.register(server, zmq.POLLIN)
    waiting = in_thread(poller.poll)
    client.send(b"x")
    assert waiting.result() == [(server, zmq.POLLIN)]


def test_descriptor_comes_with_a_warning(client_server):
    """libzmq has none for these; what stands in for it becomes readable at events."""
    client, server = client_server
    with pytest.warns(zmq.DraftFDWarning):
        fd = server.fileno()
    assert fd > 0
    client.send(b"x")
    assert server.poll(5000)
    assert select.select([fd], [], [], 5)[0] == [fd]
    assert server.recv() == b"x"


def test_threads_share_a_client(client_server, in_thread):
    client, server = client_server

    def send(first):
        for i in range(first, first + 100):
            client.send(b"%d" % i)

    senders = [in_thread(send, 100 * n) for n in range(4)]
    received = sorted(int(server.recv()) for _ in range(400))
    assert received == list(range(400))
    for sender in senders:
        sender.result()


def test_close_wakes_a_thread_that_waits(make_socket, in_thread, wait_for):
    server = make_socket(zmq.SERVER)
    waiting = in_thread(server.recv)
    wait_for(lambda: waiting.alive)
    server.close()
    with pytest.raises(zmq.ZMQError) as caught:
        waiting.result()
    assert caught.value.errno in (zmq.ENOTSOCK, zmq.ETERM)


def test_term_wakes_a_thread_that_waits(in_thread):
    ctx = zmq.Context()
    server = ctx.socket(zmq.SERVER)
    waiting = in_thread(server.recv)
    terminating = in_thread(ctx.term)
    with pytest.raises(zmq.ContextTerminated):
        waiting.result()
    server.close()
    terminating.result()


def test_tracker(client_server):
    client, server = client_server
    tracker = client.send(bytearray(200_000), copy=False, track=True)
    assert not tracker.done
    assert len(server.recv()) == 200_000
    tracker.wait(5)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("reconnect_stop", zmq.ReconnectStop.CONN_REFUSED),
        ("zap_enforce_domain", 1),
        ("multicast_loop", 0),
        ("in_batch_size", 1000),
        ("out_batch_size", 1000),
    ],
)
def test_draft_options(make_socket, name, value):
    socket = make_socket(zmq.DEALER)
    setattr(socket, name, value)
    assert getattr(socket, name) == value


def test_metadata(make_socket, endpoint):
    """An X- property that one side sets and the other side reads."""
    pull, push = make_socket(zmq.PULL), make_socket(zmq.PUSH)
    push.metadata = b"X-colour:red"
    pull.bind(endpoint("tcp"))
    push.connect(pull.last_endpoint.decode())
    push.send(b"x")
    assert pull.recv(copy=False)["X-colour"] == "red"
