"""The command ``zmq``, also ``python -m zmq``: ZeroMQ from a shell."""

from __future__ import annotations

try:
    from zmq._command.main import main as main
except ImportError as error:
    import sys
    from os.path import dirname

    import zmq
    from zmq._damage import find_problems, mending_line, problem_lines
    from zmq._installed import find_installed

    # An older pyzmq was installed over zmq-core, say: that is told, no traceback.
    found = find_problems(find_installed(sys.path), zmq.__file__)
    if not found:
        raise
    mend = mending_line(found, dirname(zmq.__path__[0]))
    lines = problem_lines([one.text for one in found], mend)
    raise SystemExit("\n".join(lines)) from error

__all__ = ["main"]
