"""Message frames."""

from __future__ import annotations

from zmq.backend import Frame as Frame
from zmq.backend import Message as Message
