"""An allocation of Python's that fails: no socket and no context is left open."""

from __future__ import annotations

import sys
import sysconfig

import pytest

if sys.implementation.name != "cpython":
    pytest.skip("allocations fail by a hook of CPython", allow_module_level=True)
pytest.importorskip("_testcapi", reason="fails allocations")

COMMON = """
    import _testcapi, zmq

    def fails(function):
        # each of the allocations that it needs, one after the other
        for number in range(100):
            context = zmq.Context()
            sock = context.socket(zmq.PULL)
            sock.bind("inproc://memory")
            peer = context.socket(zmq.PUSH)
            peer.linger = 0
            peer.connect("inproc://memory")
            for i in range(3):
                peer.send_multipart([b"message %d" % i, b"end"])
            try:
                _testcapi.set_nomemory(number, number + 1)
                try:
                    function(context, sock, peer)
                finally:
                    _testcapi.remove_mem_hooks()
            except (MemoryError, RuntimeError):  # the second for a lock
                pass
            yield sock
            context.destroy(linger=0, timeout=5)
            assert context.closed
"""

# PyList_New of CPython 3.13 without a GIL takes a list that has been used before, and
# frees the items of then once more. A program without zmq crashes of that, too.
LISTS_ARE_FREED_TWICE = (
    sys.version_info[:2] == (3, 13) and sysconfig.get_config_var("Py_GIL_DISABLED") == 1
)

PROGRAMS = {
    "close": """
    def function(context, sock, peer):
        sock.close()

    for sock in fails(function):
        sock.close()
    """,
    "make": """
    made = [None]  # no warning of an open socket: that crashes Python without memory

    def function(context, sock, peer):
        made[0] = zmq.Socket(context, zmq.PUSH)

    for sock in fails(function):
        pass
    """,
    "end": """
    def function(context, sock, peer):
        sock.close()
        peer.close()
        context.term()

    for sock in fails(function):
        pass
    """,
    "monitor": """
    def function(context, sock, peer):
        sock.get_monitor_socket()

    for sock in fails(function):
        pass
    """,
    "receive": """
    got = [[]]

    def function(context, sock, peer):
        got[0] = sock.recv_many(2)

    for sock in fails(function):
        messages, got[0] = got[0], []
        while sock.poll(0):
            messages.append(sock.recv_multipart())
        assert messages == [[b"message %d" % i, b"end"] for i in range(3)], messages
    """,
    "receive with none left": """
    got = [None]
    lists = [[] for _ in range(200)]  # Python has no list in reserve, either

    def function(context, sock, peer):
        got[0] = None
        more = [], [], [], [], [], [], [], []
        _testcapi.set_nomemory(0, 0)  # nor is there any to put it back
        got[0] = sock.recv()

    for sock in fails(function):
        assert got[0] in (None, b"message 0")
        rest = sock.recv_multipart()
        if got[0] is None:
            assert rest in ([b"message 0", b"end"], [b"message 1", b"end"]), rest
        else:
            assert rest == [b"end"]
    """,
    "track": """
    sent = [False]

    def function(context, sock, peer):
        sent[0] = False
        peer.send(bytearray(100_000), copy=False, track=True)
        sent[0] = True

    for sock in fails(function):
        messages = 0
        while sock.poll(0):
            messages += len(sock.recv_multipart()[0]) == 100_000
        assert messages == sent[0]
    """,
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_what_fails_is_undone(run_python, program):
    """Whichever allocation fails, the context ends, and messages are whole."""
    # They make a list at its full length, where that allocation fails, too.
    lists = PROGRAMS["monitor"], PROGRAMS["receive"]
    if program in lists and LISTS_ARE_FREED_TWICE:
        pytest.skip("without memory for its items, PyList_New frees older ones twice")
    done = run_python(COMMON + program)
    assert done.stderr == ""
    assert done.returncode == 0
