"""The group and the routing id of a frame, which sockets of the draft API use."""

from __future__ import annotations

import pytest

import zmq


@pytest.mark.parametrize("name", ["group", "routing_id"])
def test_groups_and_routing_ids_need_a_draft_build(name: str) -> None:
    if zmq.DRAFT_API:
        pytest.skip("this is a draft build")
    frame = zmq.Frame(b"abc")
    with pytest.raises(RuntimeError, match=r"(?i)draft"):
        getattr(frame, name)
    with pytest.raises(RuntimeError, match=r"(?i)draft"):
        setattr(frame, name, "g" if name == "group" else 3)


@pytest.mark.parametrize("name", ["routing_id", "group"])
def test_a_label_of_drafts_is_never_none(name: str) -> None:
    frame = zmq.Frame(b"x")
    with pytest.raises(TypeError if zmq.DRAFT_API else RuntimeError):
        setattr(frame, name, None)
