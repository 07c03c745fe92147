"""Faults of libzmq that the patches of zmq-core mend in the bundled one."""

from __future__ import annotations

import pytest

from tests.torture.scale import run_program, scaled
from zmq import _build_info


def patched(name: str) -> pytest.MarkDecorator:
    """Skip where libzmq is not the bundled one with this patch."""
    return pytest.mark.skipif(
        name not in _build_info.LIBZMQ_PATCHES,
        reason=f"this libzmq has no {name}.patch: it tears messages, or crashes",
    )


@patched("lb-message-stays-with-its-peer")
@pytest.mark.parametrize("kinds", ["PUSH PULL", "DEALER DEALER"])
def test_another_peer_goes_while_a_message_is_half_sent(kinds: str) -> None:
    run_program("half_messages", "sent", *kinds.split())


@patched("fq-message-stays-with-its-peer")
@pytest.mark.parametrize("kinds", ["PULL PUSH", "SUB PUB", "DEALER DEALER"])
@pytest.mark.parametrize("case", ["disconnected", "at_once"])
def test_a_peer_is_left_while_a_message_is_half_received(case: str, kinds: str) -> None:
    run_program("half_messages", case, *kinds.split())


@patched("session-ends-in-order")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kinds", ["DEALER DEALER", "PUSH PULL", "PAIR PAIR"])
@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_both_ends_close_while_messages_are_on_their_way(
    transport: str, kinds: str
) -> None:
    run_program("half_messages", "both", *kinds.split(), transport, scaled(300, 5000))


@patched("session-ends-in-order")
@pytest.mark.parametrize("kinds", ["PUSH PULL", "PAIR PAIR"])
@pytest.mark.parametrize("case", ["unread", "slowly", "peer_goes"])
def test_the_buffers_are_full_when_a_socket_closes(case: str, kinds: str) -> None:
    run_program("last_bytes", case, *kinds.split())


@patched("pipe-hwm-of-a-closed-peer")
def test_the_high_water_mark_changes_after_a_peer_has_gone() -> None:
    run_program("gone_peers", "high_water_mark")


@patched("ctx-inproc-connected-before-bound")
@pytest.mark.parametrize(
    "kinds", ["ROUTER DEALER", "REP REQ", "DEALER PULL", "DEALER ROUTER", "SUB PUB"]
)
@pytest.mark.parametrize("early", ["stays", "closes"])
def test_an_address_is_bound_after_a_peer_has_left_it(kinds: str, early: str) -> None:
    run_program("gone_peers", "bound_late", *kinds.split(), early)


@patched("connect-routing-id-is-taken")
@pytest.mark.parametrize(
    "case",
    [
        "ROUTER tcp connected",
        "ROUTER inproc connected",
        "ROUTER tcp chosen",
        "STREAM tcp connected",
    ],
)
def test_a_peer_has_the_routing_id_already(case: str) -> None:
    run_program("taken_routing_id", *case.split())


@patched("ipc-accept-without-descriptors")
def test_a_peer_connects_where_no_descriptor_is_left() -> None:
    run_program("no_descriptors")


@patched("pipe-hwm-of-a-closed-peer")
@patched("ctx-inproc-connected-before-bound")
@pytest.mark.timeout(3600)
def test_random_calls() -> None:
    run_program("random_calls", 1, scaled(30, 5000))
