"""The command ``zmq``, also ``python -m zmq``: ZeroMQ from a shell."""

from __future__ import annotations

from zmq._command.main import main as main

__all__ = ["main"]
