"""Monitoring what happens to the connections of a socket."""

from __future__ import annotations

import pytest

import zmq
from zmq.utils.monitor import parse_monitor_message, recv_monitor_message


def receive(monitor, wanted):
    """Receive events until `wanted` comes, and return it."""
    assert monitor.poll(10_000), f"{wanted!r} did not come"
    while True:
        event = recv_monitor_message(monitor)
        if event["event"] == wanted:
            return event
        assert monitor.poll(10_000), f"{wanted!r} did not come"


def test_socket(make_socket, context):
    socket = make_socket(zmq.PUSH)
    monitor = socket.get_monitor_socket()
    assert type(monitor) is zmq.Socket
    assert monitor.type == zmq.PAIR
    assert monitor.context is context
    assert not monitor.closed
    assert monitor.poll(0) == 0
    socket.disable_monitor()
    monitor.close()


def test_events_of_a_server(make_socket, endpoint):
    rep, req = make_socket(zmq.REP), make_socket(zmq.REQ)
    with rep.get_monitor_socket() as monitor:
        rep.bind(endpoint("tcp"))
        address = rep.last_endpoint
        listening = receive(monitor, zmq.EVENT_LISTENING)
        assert listening["endpoint"] == address
        req.connect(address.decode())
        accepted = receive(monitor, zmq.EVENT_ACCEPTED)
        assert accepted["endpoint"] == address
        assert accepted["value"] > 0
        receive(monitor, zmq.EVENT_HANDSHAKE_SUCCEEDED)
        req.close(0)
        receive(monitor, zmq.EVENT_DISCONNECTED)
        rep.disable_monitor()


def test_events_of_a_client(make_socket, endpoint):
    rep, req = make_socket(zmq.REP), make_socket(zmq.REQ)
    rep.bind(endpoint("tcp"))
    with req.get_monitor_socket() as monitor:
        req.connect(rep.last_endpoint.decode())
        assert receive(monitor, zmq.EVENT_CONNECTED)["endpoint"] == rep.last_endpoint
        receive(monitor, zmq.EVENT_HANDSHAKE_SUCCEEDED)
        req.disable_monitor()


def test_connection_that_is_refused(make_socket, closed_port):
    req = make_socket(zmq.REQ, reconnect_ivl=1)
    with req.get_monitor_socket() as monitor:
        req.connect(f"tcp://127.0.0.1:{closed_port}")
        receive(monitor, zmq.EVENT_CONNECT_DELAYED)
        receive(monitor, zmq.EVENT_CONNECT_RETRIED)
        req.disable_monitor()


def test_chosen_events_only(make_socket, endpoint):
    rep, req = make_socket(zmq.REP), make_socket(zmq.REQ)
    with rep.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED) as monitor:
        rep.bind(endpoint("tcp"))
        req.connect(rep.last_endpoint.decode())
        event = recv_monitor_message(monitor)
        assert event["event"] == zmq.EVENT_HANDSHAKE_SUCCEEDED
        rep.disable_monitor()


def test_same_socket_every_time(make_socket):
    socket = make_socket(zmq.PUSH)
    with socket.get_monitor_socket() as monitor:
        assert socket.get_monitor_socket() is monitor
        socket.disable_monitor()


def test_address_of_ones_own(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    address = endpoint("inproc")
    with socket.get_monitor_socket(zmq.EVENT_ALL, address) as monitor:
        assert monitor.last_endpoint == address.encode()
        socket.bind(endpoint("tcp"))
        receive(monitor, zmq.EVENT_LISTENING)
        socket.disable_monitor()


def test_again_after_disabling(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    first = socket.get_monitor_socket()
    socket.disable_monitor()
    first.close()
    with socket.get_monitor_socket(events=zmq.EVENT_ALL, addr=None) as second:
        assert second is not first
        socket.bind(endpoint("tcp"))
        receive(second, zmq.EVENT_LISTENING)
        socket.disable_monitor()


def test_disabling_ends_the_events(make_socket, endpoint):
    socket = make_socket(zmq.PUSH)
    with socket.get_monitor_socket() as monitor:
        socket.disable_monitor()
        receive(monitor, zmq.EVENT_MONITOR_STOPPED)
        socket.bind(endpoint("tcp"))
        assert monitor.poll(0) == 0


def test_disabling_what_was_not_enabled(make_socket):
    socket = make_socket(zmq.PUSH)
    socket.disable_monitor()
    socket.disable_monitor()


def test_closing_the_monitored_socket(context):
    socket = context.socket(zmq.PUSH)
    monitor = socket.get_monitor_socket()
    socket.close()
    with monitor:
        receive(monitor, zmq.EVENT_MONITOR_STOPPED)


def test_after_a_monitor_was_closed_by_hand(make_socket, endpoint):
    """The next one is a new one, not the closed one again."""
    # Better than pyzmq 27, which returns the closed socket.
    socket = make_socket(zmq.PUSH)
    socket.get_monitor_socket().close()
    with socket.get_monitor_socket() as monitor:
        assert not monitor.closed
        socket.bind(endpoint("tcp"))
        receive(monitor, zmq.EVENT_LISTENING)
        socket.disable_monitor()


def test_monitor_by_hand(make_socket, endpoint):
    socket, monitor = make_socket(zmq.PUSH), make_socket(zmq.PAIR)
    address = endpoint("inproc")
    socket.monitor(address, zmq.EVENT_LISTENING)
    monitor.connect(address)
    socket.bind(endpoint("tcp"))
    receive(monitor, zmq.EVENT_LISTENING)
    socket.monitor(None, 0)
    socket.bind(endpoint("tcp"))
    assert monitor.poll(0) == 0


def test_monitor_by_hand_with_all_events(make_socket, endpoint):
    socket, monitor = make_socket(zmq.PUSH), make_socket(zmq.PAIR)
    address = endpoint("inproc")
    socket.monitor(address.encode())
    monitor.connect(address)
    socket.bind(endpoint("tcp"))
    receive(monitor, zmq.EVENT_LISTENING)
    socket.monitor(None)


def test_two_sockets_on_one_address(make_socket, endpoint):
    address = endpoint("inproc")
    first, second, peer = (make_socket(t) for t in (zmq.PUSH, zmq.PUSH, zmq.PAIR))
    first.monitor(address)
    peer.connect(address)
    with pytest.raises(zmq.ZMQError) as caught:
        second.monitor(address)
    assert caught.value.errno == zmq.EADDRINUSE
    first.monitor(None)


def test_monitors_speak_inproc_only(make_socket):
    with pytest.raises(zmq.ZMQError) as caught:
        make_socket(zmq.PUSH).monitor("tcp://127.0.0.1:5555")
    assert caught.value.errno == zmq.EPROTONOSUPPORT


@pytest.mark.parametrize("arguments", [(3,), ("inproc://x", "y")], ids=repr)
def test_wrong_arguments(make_socket, arguments):
    with pytest.raises(TypeError):
        make_socket(zmq.PUSH).monitor(*arguments)


def test_message(make_socket, endpoint):
    """Its shape is libzmq's; `parse_monitor_message` is for those who receive alone."""
    socket = make_socket(zmq.PUSH)
    with socket.get_monitor_socket() as monitor:
        socket.bind(endpoint("tcp"))
        event = parse_monitor_message(monitor.recv_multipart())
        assert event["event"] is zmq.Event.LISTENING
        assert event["endpoint"] == socket.last_endpoint
        assert isinstance(event["value"], int)
        socket.disable_monitor()


def test_receive_flags(make_socket):
    socket = make_socket(zmq.PUSH)
    with socket.get_monitor_socket() as monitor:
        with pytest.raises(zmq.Again):
            recv_monitor_message(monitor, zmq.DONTWAIT)
        with pytest.raises(zmq.Again):
            recv_monitor_message(monitor, flags=zmq.DONTWAIT)
        socket.disable_monitor()


def test_subclass_monitors_with_its_own_kind(context):
    class Mine(zmq.Socket):
        """A subclass."""

    class Ours(zmq.Context):
        """Makes them."""

        _socket_class = Mine

    ctx = Ours()
    with ctx, ctx.socket(zmq.PUSH) as socket, socket.get_monitor_socket() as monitor:
        assert type(monitor) is Mine
        socket.disable_monitor()


def test_context_terminates_although_a_monitor_was_forgotten(run_python):
    """The monitor belongs to the socket; so closing that is enough."""
    # Better than pyzmq 27, where term() waits for the monitor.
    done = run_python(
        """
        import zmq
        ctx = zmq.Context()
        with ctx.socket(zmq.PUSH) as socket:
            socket.get_monitor_socket()
            socket.bind("tcp://127.0.0.1:0")
        del socket
        ctx.term()
        print("done")
        """
    )
    assert done.stdout == "done\n"
