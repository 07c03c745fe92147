"""What an import adds to the start of an interpreter."""

from benchmarks.registry import Case, register
from benchmarks.targets import PYZMQ, Share, Within

register(
    Case(
        name="import_zmq",
        title="import zmq, time added",
        targets=(Share(PYZMQ, 0.6),),
        startup=("pass", "import zmq"),
    )
)
register(
    Case(
        name="import_zmq_asyncio",
        title="import zmq.asyncio after zmq and asyncio",
        targets=(Within(3),),
        startup=("import zmq, asyncio", "import zmq.asyncio"),
        modules=("zmq.asyncio",),
    )
)
