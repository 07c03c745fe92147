"""Being interrupted while waiting, however the signal and the wait meet."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType, TracebackType
    from typing import Callable, Optional, Union

    from typing_extensions import Self

    Disposition = Union[Callable[[int, Optional[FrameType]], object], int, None]


class Interruption:
    """Makes SIGTERM interrupt as Ctrl-C does, and gives a file descriptor to poll.

    A signal that comes after Python has looked for signals, and before the system
    waits, does not end the wait. But it makes this descriptor readable.
    """

    def __enter__(self) -> Self:
        self._reading, self._writing = socket.socketpair()
        self._writing.setblocking(False)
        self._wakeup_fd = signal.set_wakeup_fd(self._writing.fileno())
        self._terminate: Disposition = signal.signal(
            signal.SIGTERM, signal.default_int_handler
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        signal.signal(signal.SIGTERM, self._terminate)
        signal.set_wakeup_fd(self._wakeup_fd)
        self._reading.close()
        self._writing.close()

    def fileno(self) -> int:
        """Return the descriptor, which stays readable once a signal has come."""
        return self._reading.fileno()
