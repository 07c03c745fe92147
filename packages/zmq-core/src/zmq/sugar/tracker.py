"""Following messages until libzmq has done with them."""

from __future__ import annotations

from zmq.backend import Frame as Frame
from zmq.backend.tracker import MessageTracker as MessageTracker
from zmq.error import NotDone as NotDone
