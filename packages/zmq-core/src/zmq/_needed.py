"""Importing packages that only parts of zmq need."""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def needed(module: str, user: str, requirement: str = "") -> Any:
    """Import a module of another distribution.

    :param module: its name, ``prometheus_client.core`` say.
    :param user: what needs it, for the error.
    :param requirement: the distribution; by default it is called as the module.
    :raises ModuleNotFoundError: with the line that installs it.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if missing != module and not module.startswith(f"{missing}."):
            raise  # something else, that the module itself needs
        from zmq._pip import install_line

        package = requirement or module
        raise ModuleNotFoundError(
            f"{user} needs the package {package}. Run\n\n"
            f"    {install_line([package])}\n",
            name=missing,
        ) from None
