"""What PyInstaller asks for when it freezes a program that imports zmq.

It finds this package by the entry point ``pyinstaller40`` of zmq-core.
"""

from __future__ import annotations

from os.path import dirname


def hook_dirs() -> list[str]:
    """Return the directories with hooks."""
    return [dirname(__file__)]
