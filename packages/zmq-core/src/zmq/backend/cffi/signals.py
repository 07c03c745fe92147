"""Running the handlers of signals, between two attempts of the C part."""

from __future__ import annotations

import signal
from errno import EINTR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Not there on Windows.
_set_mask: Any = getattr(signal, "pthread_sigmask", None)
_BLOCK: Any = getattr(signal, "SIG_BLOCK", None)


def run_handlers() -> None:
    """Run the handlers of signals that have come, if this is the main thread.

    PyPy alone may run them late. It marks a signal by setting a counter to -1; all
    threads count that down as they run. A thread that counts at that moment overwrites
    the mark, and nobody looks for signals until the counter is at its end.
    """
    if _set_mask is not None:
        _set_mask(_BLOCK, ())  # blocks nothing; the handlers run in there


def interrupted(code: int) -> bool:
    """Whether a signal has ended a call of the C part; its handler has run then.

    :param code: what the call has returned, a negative errno for an error.
    """
    if code != -EINTR:
        return False
    run_handlers()
    return True
