"""Lines for a shell that install and remove distributions in this environment."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from shlex import quote
from shutil import which

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["install_line", "quoted"]


def install_line(
    requirements: Iterable[str],
    *,
    options: Iterable[str] = (),
    remove: Iterable[str] = (),
) -> str:
    """Return the line that installs something for the interpreter that runs.

    It uses pip where the environment has it, else uv where the machine has it, else pip
    after Python has unpacked its own.

    :param requirements: what to install, such as ``"zmq-green>=1"``.
    :param options: options for the installer.
    :param remove: distributions to remove before.
    """
    python = quoted(sys.executable)
    pip, target, yes = f"{python} -m pip", "", " -y"
    steps: list[str] = []
    if find_spec("pip") is None:
        if which("uv") or find_spec("uv"):
            pip, target, yes = "uv pip", f" --python {python}", ""
            if not which("uv"):
                pip = f"{python} -m uv pip"
        else:
            steps.append(f"{python} -m ensurepip")
    removed = list(remove)
    if removed:
        steps.append(f"{pip} uninstall{target}{yes} {' '.join(removed)}")
    what = " ".join([*options, *map(quoted, requirements)])
    steps.append(f"{pip} install{target} {what}")
    return " && ".join(steps)


def quoted(argument: str) -> str:
    """Quote for the shell of this platform; `<` and `>` redirect in all of them."""
    if os.name == "posix":
        return quote(argument)
    return f'"{argument}"' if set(argument) & set(" <>=!~&^%(") else argument
