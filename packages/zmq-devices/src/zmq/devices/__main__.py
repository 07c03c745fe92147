"""``python -m zmq.devices``: run a proxy or a monitored queue."""

from __future__ import annotations

import sys

from zmq.devices._command import main

if __name__ == "__main__":
    sys.exit(main())
