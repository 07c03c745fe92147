"""Becomes the package zmq when an installer has deleted ``zmq/__init__.py``.

When pip or Poetry replaces a pyzmq older than version 28, it first installs zmq-core
over the old files and then removes the old distribution, with every file that both had.
A regular package wins over a module of the same name, and a module over a namespace: so
this file is imported in that case only. It has the lost files put back, from copies at
paths that the old distribution did not have, and goes on as the package.
"""

from __future__ import annotations


def _become_the_package() -> None:
    """Put the lost files back and run ``zmq/__init__.py`` as this module."""
    import sys
    from os.path import dirname, join

    # The module object stays the same: threads that import at once may have it already.
    module = sys.modules[__name__]
    package = join(dirname(__file__), "zmq")
    module.__path__ = [package]
    try:
        from zmq._mending import load
    except ImportError as error:
        raise ImportError(_explanation(package), name=__name__) from error
    del globals()["_become_the_package"], globals()["_explanation"]
    load(module, package)


def _explanation(package: str) -> str:
    """Return what to do when even the files are missing that would put others back."""
    import sys
    from importlib.util import find_spec
    from shlex import quote

    python = quote(sys.executable)
    pip = f"{python} -m pip install"
    if find_spec("pip") is None:
        pip = f"uv pip install --python {python}"
    return (
        f"zmq-core is damaged: its files in {package} are missing. "
        f"To install it again, run\n\n    {pip} --force-reinstall zmq-core\n"
    )


if __name__ == "__main__":  # python -m zmq
    import runpy

    import zmq as zmq  # mends: then there is a package to run

    runpy.run_module("zmq", run_name="__main__", alter_sys=True)
else:
    _become_the_package()
