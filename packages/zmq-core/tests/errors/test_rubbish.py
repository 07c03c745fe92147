"""Whatever is called with whatever arguments: an exception, never a crash."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = '''
import faulthandler, inspect, itertools, signal, sys, warnings
faulthandler.enable()
warnings.simplefilter("ignore")
import zmq
from zmq.backend import selected
from importlib import import_module

module = import_module(selected)
if selected == "zmq.backend.cython":
    module = import_module("zmq.backend.cython._core")

class Odd:
    """Claims to be many things, and fails as all of them."""
    def __index__(self): raise ZeroDivisionError
    def __len__(self): raise ZeroDivisionError
    def __iter__(self): raise ZeroDivisionError
    def __eq__(self, other): raise ZeroDivisionError
    __hash__ = object.__hash__
    def fileno(self): raise ZeroDivisionError

RUBBISH = [
    None, True, -1, 2**31, 2**64, 1.5, "x", b"", b"x\\0y", bytearray(3), [], [None],
    [b"a", "b"], (), {}, object(), Odd(), int, memoryview(b"abcd")[::2], lambda: 1 / 0,
]

class Late(Exception):
    pass

def ring(*_):
    raise Late

signal.signal(signal.SIGALRM, ring)
calls = 0

def call(function, *args):
    global calls
    calls += 1
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        result = function(*args)
        if hasattr(result, "close") and not inspect.isclass(result):
            result.close()
    except BaseException as error:
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            raise
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        except Late:
            pass

def call_all(get, names):
    for name in names:
        for n in range(3):
            for args in itertools.product(RUBBISH, repeat=n):
                try:
                    function = get(name)
                except BaseException:
                    continue
                try:
                    call(function, *args)
                except Late:  # on a busy machine: as the call ended by itself
                    pass

# What would end the program, as it is meant to, or needs memory of 2**31 bytes.
LEFT_OUT = {"__class__", "__init_subclass__", "__subclasshook__", "__getattribute__"}
which = sys.argv[1]
if which == "functions":
    call_all(
        lambda name: getattr(module, name),
        [name for name, value in vars(module).items() if callable(value)
         and name not in ("__loader__", "__spec__")],
    )
else:
    context = zmq.Context()
    made = {
        "Socket": lambda: context.socket(zmq.DEALER),
        "Frame": lambda: zmq.Frame(b"frame"),
        "Context": lambda: zmq.Context(),
    }[which]
    thing = [made()]
    if which == "Socket":
        thing[0].linger = 0

    def get(name):
        if getattr(thing[0], "closed", False):
            thing[0] = made()
        return getattr(thing[0], name)

    base = getattr(module, which)
    call_all(get, [
        name for name in dir(base)
        if name not in LEFT_OUT and callable(getattr(base, name))
    ])
    if which == "Socket":
        thing[0].close(0)
print(calls)
'''


@pytest.mark.skipif(not hasattr(__import__("signal"), "setitimer"), reason="POSIX")
@pytest.mark.parametrize("which", ["functions", "Socket", "Frame", "Context"])
def test_no_crash(which: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, which],
        capture_output=True,
        text=True,
        timeout=55,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    assert int(done.stdout.split()[-1]) > 1000
