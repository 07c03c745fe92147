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

__all__ = ["install_line", "outside", "quoted"]


def install_line(
    requirements: Iterable[str],
    *,
    options: Iterable[str] = (),
    remove: Iterable[str] = (),
    delete: Iterable[str] = (),
    target: str | None = None,
) -> str:
    """Return the line that installs something for the interpreter that runs.

    It uses pip where the environment has it, else uv where the machine has it, else pip
    after Python has unpacked its own.

    :param requirements: what to install, such as ``"zmq-green>=1"``.
    :param options: options for the installer.
    :param remove: distributions to remove before.
    :param delete: directories to delete before.
    :param target: the directory to install into, one of :func:`outside`.
    """
    python = quoted(sys.executable)
    pip, where, yes = f"{python} -m pip", "", " -y"
    steps: list[str] = []
    deletions = [f"shutil.rmtree({directory!r}, True)" for directory in delete]
    if deletions:
        code = "; ".join(["import shutil", *deletions])
        steps.append(f"{python} -c {quoted(code)}")
    if find_spec("pip") is None:
        if which("uv") or find_spec("uv"):
            pip, where, yes = "uv pip", f" --python {python}", ""
            if not which("uv"):
                pip = f"{python} -m uv pip"
        else:
            steps.append(f"{python} -m ensurepip")
    removed = list(remove)
    if removed:
        steps.append(f"{pip} uninstall{where}{yes} {' '.join(removed)}")
    wanted = list(map(quoted, requirements))
    if target is not None:
        # Without --upgrade, pip leaves a directory alone that is there.
        where += f" --upgrade --target {quoted(target)}"
    if wanted:
        steps.append(f"{pip} install{where} {' '.join([*options, *wanted])}")
    return " && ".join(steps)


def outside(directory: str) -> str | None:
    """Return a directory of packages in which no installer looks by itself, or None.

    So it is after ``pip install --target``: only with that option is something put
    there again, and only all of it at once, as pip replaces the directory ``zmq``.

    :param directory: the one that ``zmq`` is in.
    """
    import site
    import sysconfig

    prefixes = (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)
    own = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    own.update(site.getsitepackages([*prefixes]))
    own.add(site.getusersitepackages())
    real = os.path.realpath(directory)
    return None if real in map(os.path.realpath, own) else real


def quoted(argument: str) -> str:
    """Quote for the shell of this platform; `<` and `>` redirect in all of them."""
    if os.name == "posix":
        return quote(argument)
    return f'"{argument}"' if set(argument) & set(" <>=!~&^%(") else argument
