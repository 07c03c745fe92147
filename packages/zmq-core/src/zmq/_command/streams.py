"""The standard input, output and error of a command, where the shell has closed one."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TextIO


def replace_closed_streams() -> None:
    """Give a command all three streams; Python has None for what was closed.

    Reading and writing there fail as they do in other programs: "Bad file descriptor".
    A command that does neither works. Complaints that nobody can see go nowhere.
    """
    # the system gives the lowest descriptor that is free, which is the closed one
    if sys.stdin is None:
        sys.stdin = _stand_in(os.O_WRONLY, "r")
    if sys.stdout is None:
        sys.stdout = _stand_in(os.O_RDONLY, "w")
    if sys.stderr is None:
        sys.stderr = _stand_in(os.O_WRONLY, "w")


def _stand_in(access: int, mode: Literal["r", "w"]) -> TextIO:
    # left open: it lasts as long as the process
    nowhere = os.open(os.devnull, access)
    return open(nowhere, mode, encoding="utf-8", closefd=False)
