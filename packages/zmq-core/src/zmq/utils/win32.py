"""Ctrl-C on Windows."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

__all__ = ["allow_interrupt"]

_CTRL_C_EVENT = 0


class allow_interrupt:  # noqa: N801
    """Context manager that calls a function when Ctrl-C is pressed on Windows.

    There, Ctrl-C only sets a flag that Python reads between two instructions, which
    does not end a wait inside libzmq. The function given is called at once, in a thread
    of its own, and can end it: by a message to a socket that is polled, or by stopping
    the event loop. After it Python's own handler runs, so ``KeyboardInterrupt`` is
    raised as usual. On other systems a signal ends the wait by itself, and nothing is
    done here.

    :param action: called without arguments; by default nothing is.
    """

    def __init__(self, action: Callable[[], Any] | None = None) -> None:
        self._action = action
        self._handler: Any = None

    def __enter__(self) -> None:
        if sys.platform == "win32":
            import ctypes
            from ctypes import wintypes

            prototype = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
            # Windows keeps a bare address: the object must live until __exit__
            self._handler = prototype(self._handle)
            self._install(True)

    def __exit__(self, *args: object) -> None:
        if sys.platform == "win32":
            self._install(False)
            self._handler = None

    if sys.platform == "win32":

        def _handle(self, event: int) -> int:
            if event == _CTRL_C_EVENT and self._action is not None:
                self._action()
            return 0  # go on with the next handler, Python's

        def _install(self, add: bool) -> None:
            import ctypes

            kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
            if not kernel32.SetConsoleCtrlHandler(self._handler, add):
                raise ctypes.WinError(ctypes.get_last_error())
