"""Helpers: JSON, Z85, socket monitors, strings, and Ctrl-C on Windows."""

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
    """Import a helper at its first use, so that ``import zmq`` need not."""
    if name in __all__:
        from importlib import import_module

        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _seen_when_freezing() -> None:
    """Hold the statements that programs which freeze others look for; never called."""
    import zmq.utils.garbage
    import zmq.utils.interop
    import zmq.utils.jsonapi
    import zmq.utils.monitor
    import zmq.utils.strtypes
    import zmq.utils.win32
    import zmq.utils.z85  # noqa: F401
