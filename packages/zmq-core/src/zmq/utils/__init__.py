"""Helpers: JSON, Z85, socket monitors, strings, and Ctrl-C on Windows."""

# pyright: reportUnusedFunction=false, reportUnusedImport=false

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

    from zmq.utils import garbage as garbage
    from zmq.utils import interop as interop
    from zmq.utils import jsonapi as jsonapi
    from zmq.utils import monitor as monitor
    from zmq.utils import strtypes as strtypes
    from zmq.utils import win32 as win32
    from zmq.utils import z85 as z85

__all__ = ["garbage", "interop", "jsonapi", "monitor", "strtypes", "win32", "z85"]


def __getattr__(name: str) -> ModuleType:
    """Import a helper at its first use, so that ``import zmq`` need not.

    By whole statements, since programs that freeze others look for those.
    """
    if name == "garbage":
        import zmq.utils.garbage as garbage

        return garbage
    if name == "interop":
        import zmq.utils.interop as interop

        return interop
    if name == "jsonapi":
        import zmq.utils.jsonapi as jsonapi

        return jsonapi
    if name == "monitor":
        import zmq.utils.monitor as monitor

        return monitor
    if name == "strtypes":
        import zmq.utils.strtypes as strtypes

        return strtypes
    if name == "win32":
        import zmq.utils.win32 as win32

        return win32
    if name == "z85":
        import zmq.utils.z85 as z85

        return z85
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
