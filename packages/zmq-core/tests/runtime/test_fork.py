"""After a fork: what is the parent's stays the parent's."""

from __future__ import annotations

import os

import pytest

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here"),
    pytest.mark.forks,
]

FORK = """
import os, sys, gc, warnings
import zmq

def in_child(function):
    sys.stdout.flush()
    pid = os.fork()
    if not pid:
        try:
            function()
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status == 0, status

ctx = zmq.Context()
a, b = ctx.socket(zmq.PAIR), ctx.socket(zmq.PAIR)
a.bind("tcp://127.0.0.1:0")
b.connect(a.last_endpoint)
a.send(b"before")
assert b.recv() == b"before"
"""

END = """
a.send(b"after")
assert b.recv() == b"after"
a.close()
b.close()
ctx.term()
print("parent done")
"""


@pytest.fixture
def fork(run_python):
    """Run the definition of `child`, and then that function in a child process."""

    def run(child: str) -> str:
        code = FORK + child + "\nparent = os.getpid()\nin_child(child)\n" + END
        done = run_python(code, options=("-W", "ignore::DeprecationWarning"))
        assert done.stderr == ""
        assert done.stdout.endswith("parent done\n")
        return done.stdout

    return run


OPERATIONS = {
    "send": 'a.send(b"x")',
    "recv": "b.recv(zmq.DONTWAIT)",
    "send_multipart": 'a.send_multipart([b"x"])',
    "recv_multipart": "b.recv_multipart(zmq.DONTWAIT)",
    "recv_into": "b.recv_into(bytearray(3), flags=zmq.DONTWAIT)",
    "get": "a.get(zmq.LINGER)",
    "set": "a.set(zmq.LINGER, 0)",
    "attribute": "a.linger",
    "bind": 'a.bind("inproc://x")',
    "connect": 'a.connect("inproc://x")',
    "poll": "a.poll(0)",
    "monitor": 'a.monitor("inproc://x")',
    "zmq_poll": "zmq.zmq_poll([(a, zmq.POLLIN)], 0)",
    "socket": "ctx.socket(zmq.PUSH)",
    "context-get": "ctx.get(zmq.IO_THREADS)",
    "context-set": "ctx.set(zmq.IO_THREADS, 2)",
}


def test_using_what_is_the_parents(fork):
    """Each operation fails with an error that names both processes."""
    # Better than pyzmq 27, where this corrupts the parent's connections or hangs.
    fork(
        f"""
def child():
    for name, code in {OPERATIONS!r}.items():
        try:
            exec(code)
        except zmq.ZMQError as error:
            assert str(parent) in str(error), (name, error)
            assert str(os.getpid()) in str(error), (name, error)
        else:
            raise AssertionError(name + " did not fail")
"""
    )


def test_closing_touches_nothing_of_the_parents(fork):
    fork(
        """
def child():
    a.close()
    b.close(linger=0)
    assert a.closed and b.closed
    ctx.term()
    ctx.destroy()
"""
    )


def test_destroying_the_parents_context(fork):
    fork(
        """
def child():
    ctx.destroy(linger=0)
"""
    )


def test_collecting_is_silent(fork):
    fork(
        """
def child():
    global a, b, ctx
    warnings.simplefilter("error")
    del a, b, ctx
    gc.collect()
"""
    )


def test_child_has_its_own(fork):
    fork(
        """
def child():
    with zmq.Context() as mine, mine.socket(zmq.PAIR) as c, mine.socket(zmq.PAIR) as d:
        c.bind("tcp://127.0.0.1:0")
        d.connect(c.last_endpoint)
        data = bytearray(200_000)
        tracker = c.send(data, copy=False, track=True)
        assert d.recv() == data
        tracker.wait(10)
"""
    )


def test_child_talks_to_the_parent(run_python):
    done = run_python(
        FORK
        + """
pull = ctx.socket(zmq.PULL)
pull.bind("tcp://127.0.0.1:0")
address = pull.last_endpoint
def child():
    with zmq.Context() as mine, mine.socket(zmq.PUSH) as push:
        push.connect(address)
        push.send(b"from the child")
in_child(child)
print(pull.recv().decode())
pull.close()
"""
        + END,
        options=("-W", "ignore::DeprecationWarning"),
    )
    assert done.stdout == "from the child\nparent done\n"


def test_normal_exit_of_a_child(run_python):
    """Not only `os._exit`: the interpreter of the child may tear down everything."""
    done = run_python(
        FORK
        + """
pid = os.fork()
if not pid:
    sys.exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
"""
        + END,
        options=("-W", "ignore::DeprecationWarning"),
    )
    assert done.stderr == ""
    assert done.stdout == "parent done\n"


def test_frames_sent_before_the_fork(run_python):
    """Memory that the parent's libzmq holds is given back in the parent only."""
    done = run_python(
        FORK
        + """
data = bytearray(500_000)
tracker = a.send(data, copy=False, track=True)
def child():
    global data
    assert bytes(data) == bytes(500_000)
    del data
    gc.collect()
in_child(child)
assert b.recv() == data
tracker.wait(10)
"""
        + END,
        options=("-W", "ignore::DeprecationWarning"),
    )
    assert done.stdout == "parent done\n"


def test_multiprocessing(run_python, tmp_path):
    """Processes of the standard library, forked while sockets are open."""
    script = tmp_path / "program.py"
    script.write_text(
        """
import multiprocessing, zmq

def work(address):
    with zmq.Context() as ctx, ctx.socket(zmq.REQ) as req:
        req.connect(address)
        req.send(b"question")
        assert req.recv() == b"answer"

if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    ctx = zmq.Context.instance()
    with ctx.socket(zmq.REP) as rep:
        rep.bind("tcp://127.0.0.1:0")
        workers = [
            multiprocessing.Process(target=work, args=(rep.last_endpoint.decode(),))
            for _ in range(3)
        ]
        for worker in workers:
            worker.start()
        for _ in workers:
            assert rep.recv() == b"question"
            rep.send(b"answer")
        for worker in workers:
            worker.join()
            assert worker.exitcode == 0
    ctx.term()
    print("done")
"""
    )
    done = run_python(
        f"import runpy; runpy.run_path({str(script)!r}, run_name='__main__')"
    )
    assert done.stdout == "done\n"
