"""``python -m zmq.log``: watch what a `PUBHandler` publishes."""

from __future__ import annotations

import sys

from ._watcher import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
