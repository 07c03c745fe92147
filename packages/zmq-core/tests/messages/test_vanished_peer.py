"""Messages made by hand whose peer has gone in the middle: dropped, to their end."""

from __future__ import annotations

import pytest

import zmq

FRAMES = [b"0", b"1", b"2", b"3"]
PEERS = {
    zmq.PUSH: zmq.PULL,
    zmq.DEALER: zmq.DEALER,
    zmq.PAIR: zmq.PAIR,
    zmq.REQ: zmq.ROUTER,
}


@pytest.fixture
def vanish(context, make_socket, endpoint, wait_for):
    """Close a socket, and return when its peer, in this context, could know of it."""

    def close(sock):
        # libzmq closes one socket after the other: so this one has been before.
        witness, last = make_socket(zmq.PAIR), make_socket(zmq.PAIR)
        witness.bind(endpoint("inproc"))
        last.connect(witness.last_endpoint)
        assert witness.poll(5000, zmq.POLLOUT)
        sock.close(0)
        last.close(0)
        wait_for(lambda: not witness.poll(0, zmq.POLLOUT))

    return close


@pytest.fixture
def half_sent(make_socket, endpoint, vanish):
    """Send some frames of a message, let the peer go, and send the others."""

    def send(kind, after, flags=0, **options):
        sender = make_socket(kind, sndtimeo=2000, **options)
        sender.bind(endpoint("inproc"))
        peer = make_socket(PEERS[kind])
        peer.connect(sender.last_endpoint)
        assert sender.poll(5000, zmq.POLLOUT)
        for i, frame in enumerate(FRAMES):
            if i == after:
                vanish(peer)
                assert sender.events is not None  # has it read what there is to know
            sender.send(frame, flags | (zmq.SNDMORE if i < 3 else 0))
        # A PAIR turns away another peer until it has parted with the first.
        for _ in range(2):
            assert sender.events is not None
            vanish(make_socket(zmq.PAIR))
        following = make_socket(PEERS[kind], rcvtimeo=5000)
        following.connect(sender.last_endpoint)
        return sender, following

    return send


@pytest.mark.parametrize("flags", [0, zmq.DONTWAIT], ids=["waiting", "DONTWAIT"])
@pytest.mark.parametrize("after", [1, 2, 3])
@pytest.mark.parametrize("kind", [zmq.PUSH, zmq.DEALER, zmq.PAIR])
def test_the_rest_is_dropped(half_sent, kind, after, flags):
    sender, following = half_sent(kind, after, flags)
    sender.send_multipart([b"whole", b"message"])
    assert following.recv_multipart() == [b"whole", b"message"]
    sender.send(b"alone")
    assert following.recv_multipart() == [b"alone"]
    assert not following.poll(0)


@pytest.mark.parametrize("after", [1, 2])
def test_a_request_that_went_nowhere_counts_as_sent(half_sent, after):
    # As in libzmq, where it waits: only a relaxed socket can send the next one.
    sender, following = half_sent(zmq.REQ, after, req_relaxed=True)
    with pytest.raises(zmq.Again):
        sender.recv(zmq.DONTWAIT)
    sender.send_multipart([b"whole", b"request"])
    assert following.recv_multipart()[1:] == [b"", b"whole", b"request"]


@pytest.mark.parametrize("parts", [[b"whole", b"request"], [b"alone"]])
def test_the_next_request_has_its_delimiter(half_sent, make_socket, vanish, parts):
    # libzmq would leave it out after it has refused the last frame of one.
    sender, following = half_sent(zmq.REQ, 3)
    with pytest.raises(zmq.ZMQError) as caught:
        sender.recv(zmq.DONTWAIT)
    assert caught.value.errno == zmq.EFSM
    for _ in range(2):
        sender.send_multipart(parts)
        identity, *request = following.recv_multipart()
        assert request == [b"", *parts]
        # What has to do with the old peer is done by the thread that closes sockets.
        vanish(make_socket(zmq.PAIR))
        following.send_multipart([identity, b"", b"reply"])
        assert sender.poll(5000)
        assert sender.recv() == b"reply"


def test_a_correlated_request_cannot_have_one(half_sent):
    # Before the delimiter comes a number, which libzmq alone knows.
    sender, _ = half_sent(zmq.REQ, 3, req_correlate=True)
    with pytest.raises(zmq.ZMQError, match="make another") as caught:
        sender.send(b"request")
    assert caught.value.errno == zmq.EFSM
