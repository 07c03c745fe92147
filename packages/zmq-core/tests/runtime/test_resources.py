"""What libzmq aborts without, when it starts its threads or looks for an address."""

from __future__ import annotations

import os
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")

LIMITING = """
import errno, os, resource
import zmq

def limit(spare):
    "Leave so many descriptors; return what takes the others."
    taken = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
    try:
        while True:
            taken.append(os.open("/dev/null", os.O_RDONLY))
    except OSError as error:
        assert error.errno == errno.EMFILE
    for _ in range(spare):
        os.close(taken.pop())
    return taken

def fails(code, call, *arguments):
    try:
        call(*arguments)
    except zmq.ZMQError as error:
        assert error.errno == code, error
        return str(error)
    raise SystemExit(f"{arguments} is no error")
"""


@pytest.mark.parametrize("spare", range(5))
@pytest.mark.parametrize("io_threads", [1, 3])
def test_the_first_socket_without_descriptors(
    run_python, spare: int, io_threads: int
) -> None:
    run_python(
        LIMITING
        + f"""
context = zmq.Context({io_threads})
taken = limit({spare})
text = fails(errno.EMFILE, context.socket, zmq.PUSH)
assert text == "Too many open files (PUSH socket)", text
for fd in taken:
    os.close(fd)
context.socket(zmq.PUSH).close()
context.term()
"""
    )


@pytest.mark.parametrize("spare", range(3))
@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:*", "tcp://lo:*", "ipc://*", "inproc://a"]
)
def test_binding_without_descriptors(run_python, spare: int, address: str) -> None:
    run_python(
        LIMITING
        + f"""
context = zmq.Context()
socket = context.socket(zmq.PULL)
limit({spare})
try:
    socket.bind("{address}")
except zmq.ZMQError as error:
    assert error.errno == errno.EMFILE, error
    assert "(addr='{address}'" in str(error), error
else:
    assert {spare} or "{address}".startswith("inproc:")
context.destroy()
"""
    )


def test_a_source_address_without_descriptors(run_python) -> None:
    run_python(
        LIMITING
        + """
context = zmq.Context()
socket = context.socket(zmq.PUSH)
socket.linger = 0
limit(0)
fails(errno.EMFILE, socket.connect, "tcp://lo:0;127.0.0.1:1")
socket.connect("tcp://127.0.0.1:1")  # it tries again and again
context.destroy()
"""
    )


def test_the_first_socket_without_threads(run_python) -> None:
    """No memory is left for the stack of a thread."""
    run_python(
        LIMITING
        + """
context = zmq.Context()
with open("/proc/self/statm") as statm:
    size = int(statm.read().split()[0]) * resource.getpagesize()
_, most = resource.getrlimit(resource.RLIMIT_AS)
resource.setrlimit(resource.RLIMIT_AS, (size + (4 << 20), most))
text = fails(errno.ENOMEM, context.socket, zmq.PUSH)
assert text.endswith("(PUSH socket: the system refuses the threads of its context)")
resource.setrlimit(resource.RLIMIT_AS, (most, most))
context.socket(zmq.PUSH).close()
context.term()
"""
    )


LIMITING_THREADS = (
    LIMITING
    + """
import time

def count_threads():
    return len(os.listdir("/proc/self/task"))

own = count_threads()

def end(context):
    "Until the system has forgotten its threads, too: a joined one may still count."
    context.term()
    deadline = time.monotonic() + 20
    while count_threads() > own:
        assert time.monotonic() < deadline, "threads are left"

def limit_threads(spare):
    os.setuid(60000 + os.getpid() % 5000)  # which runs nothing else
    resource.setrlimit(resource.RLIMIT_NPROC, (own + spare, own + spare))

context = zmq.Context()
context.socket(zmq.PUSH).close()
end(context)
"""
)
as_another_user = pytest.mark.skipif(
    getattr(os, "getuid", int)() != 0, reason="only root can become another user"
)


@as_another_user
@pytest.mark.parametrize("spare", range(3))
@pytest.mark.parametrize("io_threads", [1, 2])
def test_the_first_socket_with_fewer_threads_than_it_takes(
    run_python, spare: int, io_threads: int
) -> None:
    run_python(
        LIMITING_THREADS
        + f"""
context = zmq.Context({io_threads})
limit_threads({spare})
if {spare} > {io_threads}:
    context.socket(zmq.PUSH).close()
else:
    text = fails(errno.ENOMEM, context.socket, zmq.PUSH)
    assert "refuses the threads" in text, text
os._exit(0)
"""
    )


@as_another_user
def test_first_sockets_with_exactly_the_threads_that_they_take(run_python) -> None:
    """Those that were tried have ended for the system, too, when libzmq starts its."""
    run_python(
        LIMITING_THREADS
        + """
limit_threads(2)
for _ in range(1000):
    context = zmq.Context()
    context.socket(zmq.PUSH).close()
    end(context)
"""
    )


SETTINGS = {
    "a policy that there is not": (
        "context.set(zmq.THREAD_SCHED_POLICY, 1234)",
        "errno.EINVAL",
        "THREAD_SCHED_POLICY and THREAD_PRIORITY",
    ),
    "a policy that needs a right": (
        "context.thread_sched_policy = os.SCHED_FIFO; context.thread_priority = 5",
        "errno.EPERM",
        "THREAD_SCHED_POLICY and THREAD_PRIORITY",
    ),
    "a priority that needs a right": (
        "context.set(zmq.THREAD_PRIORITY, 1)",
        "errno.EPERM",
        "THREAD_SCHED_POLICY and THREAD_PRIORITY",
    ),
    "a processor that there is not": (
        "context.set(zmq.THREAD_AFFINITY_CPU_ADD, 1022)",
        "errno.EINVAL",
        "THREAD_AFFINITY_CPU_ADD",
    ),
    "a number that no processor has": (
        "zmq.Context(context).set(zmq.THREAD_AFFINITY_CPU_ADD, 123456)",
        "errno.EINVAL",
        "THREAD_AFFINITY_CPU_ADD",
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_the_system_refuses(run_python, name: str) -> None:
    settings, code, about = SETTINGS[name]
    run_python(
        LIMITING
        + f"""
import zmq.error
context = zmq.Context()
zmq.Context().socket(zmq.PUSH).close()  # it has loaded what it needs
if os.getuid() == 0:
    os.setuid(65534)
RLIMIT_NICE, RLIMIT_RTPRIO = 13, 14  # which PyPy has no names for
resource.setrlimit(RLIMIT_NICE, (0, 0))
resource.setrlimit(RLIMIT_RTPRIO, (0, 0))
{settings}
text = fails({code}, context.socket, zmq.PUSH)
assert text.endswith("(PUSH socket: the system refuses {about} of its context)"), text
context.term()
"""
    )


@pytest.mark.skipif(
    not hasattr(os, "sched_getaffinity"), reason="PyPy does not tell what threads have"
)
def test_settings_that_are_accepted(run_python) -> None:
    run_python("""
import os, time, zmq

def await_settings(thread):
    "It makes them itself, once it runs."
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if (
            os.sched_getaffinity(thread) == {own}
            and os.sched_getscheduler(thread) == os.SCHED_BATCH
        ):
            return
    raise SystemExit("a thread has other settings")

own = min(os.sched_getaffinity(0))
policy = os.sched_getscheduler(0)
context = zmq.Context()
context.set(zmq.THREAD_AFFINITY_CPU_ADD, own)
context.set(zmq.THREAD_AFFINITY_CPU_ADD, 1000)  # as long as there is one to run on
context.set(zmq.THREAD_SCHED_POLICY, os.SCHED_BATCH)
before = set(os.listdir("/proc/self/task"))
with context.socket(zmq.PUSH):
    threads = set(map(int, set(os.listdir("/proc/self/task")) - before))
    assert len(threads) == 2
    for thread in threads:
        await_settings(thread)
assert os.sched_getscheduler(0) == policy
context.term()

context = zmq.Context()
context.set(zmq.THREAD_AFFINITY_CPU_ADD, 1022)
context.set(zmq.THREAD_AFFINITY_CPU_REMOVE, 1022)
context.socket(zmq.PUSH).close()
context.term()
""")


@pytest.mark.parametrize("option", ["IO_THREADS", "MAX_SOCKETS"])
@pytest.mark.parametrize("value", [2**31 - 1, 2**30])
def test_more_than_any_machine_has(run_python, option: str, value: int) -> None:
    run_python(
        LIMITING
        + f"""
context = zmq.Context()
usual = context.get(zmq.{option})
context.set(zmq.{option}, {value})
text = fails(errno.ENOMEM, context.socket, zmq.PUSH)
assert "refuses IO_THREADS and MAX_SOCKETS" in text, text
context.set(zmq.{option}, usual)
context.socket(zmq.PUSH).close()
context.term()
"""
    )
