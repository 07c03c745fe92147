"""``python -m zmq``: the command ``zmq``; without arguments, its report."""

from __future__ import annotations

import sys

from zmq._command import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
