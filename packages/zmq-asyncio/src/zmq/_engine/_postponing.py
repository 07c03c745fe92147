"""Operations that need not wait, but let the event loop turn before they go on."""

# One engine in several files. The Waiters are Any: pyright meets them twice, here and
# in the installed wheel, and takes them for different ones.
# pyright: reportPrivateUsage=false

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from zmq._engine._typed import TypedSocket
    from zmq._engine._waiting import Waiting


def postpone(waiters: Any, sock: TypedSocket, waiting: Waiting) -> None:
    """Let one who need not wait go on only when the loop has turned."""
    waiting.late = waiting.untried = True
    waiters.listen(sock, waiting.events)
    postponed: Waiting | None = waiting

    def resume() -> None:
        nonlocal postponed
        if postponed is not None:
            postponed.late = False
            # One that nobody awaits gives back what it receives when it is dropped,
            # which has to be before the next one receives.
            postponed = None
        waiters.serve(sock)

    waiters.state.defer(resume)
