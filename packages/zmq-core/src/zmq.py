"""Says how to mend an installation from which pip has deleted the package zmq.

When pip replaces a pyzmq older than version 28, it first installs zmq-core over the old
files and then removes the old distribution, with every file that both had, of which
`zmq/__init__.py` is one. Without it, the rest of `zmq/` would be imported as an empty
namespace. A regular package wins over a module of the same name, and a module over a
namespace: so this file is imported in that case only.
"""

from __future__ import annotations

from importlib.metadata import distributions


def _damaged() -> list[str]:
    """Return the requirements that bring back what belongs into `zmq/`."""
    found: dict[str, str] = {}
    for distribution in distributions():
        # Not distribution.files: since Python 3.12 it leaves out what is missing.
        record = (distribution.read_text("RECORD") or "").splitlines()
        if not any(line.startswith(("zmq/", "zmq.py,")) for line in record):
            continue
        if "Name" in distribution.metadata:
            found[distribution.metadata["Name"]] = distribution.version
    # A pyzmq that has files itself is the old one.
    found.pop("pyzmq", None)
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def _explanation() -> str:
    """Return the message: what happened, and the line that mends it."""
    line = ["python -m pip install --force-reinstall --no-deps", *_damaged()]
    return (
        "the package zmq has lost files, zmq/__init__.py among them. "
        "This happens when pip upgrades a pyzmq older than 28: it removes the old "
        "files after it has installed the new ones. To install them again, run\n\n"
        f"    {' '.join(line)}\n"
    )


raise ImportError(_explanation(), name="zmq", path=__file__)
