"""Ways for a program to end; `test_exits.py` runs each and limits its time.

Every value is the program, and what is expected of it if that is not the exit status
0 and nothing on stderr: a status, and a pattern for stderr.
"""

from __future__ import annotations

EXITS: dict[str, tuple[str, int, str]] = {}


def _add(name: str, code: str, status: int = 0, stderr: str = r"\A\Z") -> None:
    if name in EXITS:
        raise ValueError(f"two exits are named {name}")
    EXITS[name] = (PRELUDE + code, status, stderr)


PRELUDE = """
import atexit, gc, os, signal, sys, threading, time, weakref
import zmq

def waiting(call, *args):
    "Run a call in a daemon thread, and go on when that thread waits."
    ids = []
    def run():
        ids.append(threading.get_native_id())
        call(*args)
    threading.Thread(target=run, daemon=True).start()
    limit = time.monotonic() + 4
    def asleep():
        if not ids:
            return False
        with open(f"/proc/self/task/{ids[0]}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "S"
    looks = 0  # in a row that find it asleep, and not for the GIL, which is free then
    while looks <= 10:
        assert time.monotonic() < limit
        looks = looks + 1 if asleep() else 0
        time.sleep(0.001)

def nobody(kind=zmq.PUSH, **options):
    "A socket connected to where nobody listens."
    socket = context.socket(kind)
    for name, value in options.items():
        setattr(socket, name, value)
    socket.connect("tcp://127.0.0.1:9")
    return socket

context = zmq.Context()
"""

_add("import only", "")
_add("an unclosed socket", "s = context.socket(zmq.PUSH)")
_add("an unclosed context of its own", "other = zmq.Context(); del context")
_add("the global context", "s = zmq.Context.instance().socket(zmq.PUSH)")
_add(
    "a hundred unclosed sockets of ten contexts",
    "s = [c.socket(zmq.PAIR) for c in [zmq.Context() for _ in range(10)]"
    " for _ in range(10)]",
)
_add("everything closed", "s = nobody(); s.close(linger=0); context.term()")
_add("destroyed", "s = nobody(); s.send(b'x'); context.destroy(linger=0)")
_add("sockets before their context", "s = nobody(); del s; del context; gc.collect()")
_add("the context before its sockets", "s = nobody(); del context; gc.collect()")
_add("messages for nobody, without linger", "s = nobody(linger=0); s.send(b'x')")
_add("messages for nobody, with the default linger", "s = nobody(); s.send(b'x')")
_add("messages for nobody, closed", "s = nobody(); s.send(b'x'); s.close()")
_add(
    "large messages on the way",
    "s = nobody()\n"
    "for i in range(20): s.send(bytearray(10**6), copy=False)\n"
    "for i in range(20): s.send(b'x' * 10**6)",
)
_add(
    "large messages on their way to somebody",
    "p = context.socket(zmq.PULL); p.bind('tcp://127.0.0.1:0')\n"
    "s = context.socket(zmq.PUSH); s.connect(p.last_endpoint)\n"
    "for i in range(50): s.send(bytearray(10**6), copy=False)\n"
    "p.recv()",
)
_add(
    "frames and trackers left in globals",
    "s = nobody(); t = s.send(bytearray(10**6), copy=False, track=True)\n"
    "f = zmq.Frame(bytearray(10**6), copy=False); m = memoryview(f); s.send(f)",
)
_add("a thread in recv", "s = nobody(zmq.PULL); waiting(s.recv)")
_add("two threads in recv", "s = nobody(zmq.PULL); waiting(s.recv); waiting(s.recv)")
_add("a thread in send", "s = nobody(sndhwm=1); s.send(b'x'); waiting(s.send, b'y')")
_add("a thread in poll", "s = nobody(zmq.PULL); waiting(s.poll)")
_add(
    "a thread in Poller.poll",
    "s = nobody(zmq.PULL); p = zmq.Poller(); p.register(s); waiting(p.poll)",
)
_add("a thread in select", "s = nobody(zmq.PULL); waiting(zmq.select, [s], [], [])")
_add(
    "a thread in proxy",
    "waiting(zmq.proxy, nobody(zmq.PULL), nobody(zmq.PUSH))",
)
_add("a thread in term", "s = nobody(); waiting(context.term)")
_add(
    "a thread that waits for a tracker",
    "s = nobody(); t = s.send(bytearray(10**6), copy=False, track=True)\n"
    "waiting(t.wait)",
)
_add(
    "a thread that sends all the time",
    "a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)\n"
    "a.bind('inproc://x'); b.connect('inproc://x')\n"
    "sent = threading.Event()\n"
    "def run():\n"
    "    while True:\n"
    "        a.send(bytearray(10**5), copy=False); b.recv(); sent.set()\n"
    "threading.Thread(target=run, daemon=True).start()\n"
    "assert sent.wait(4)",
)
_add(
    "a thread that outlives the main thread",
    "s = nobody(zmq.PULL, rcvtimeo=50)\n"
    "def run():\n"
    "    try: s.recv()\n"
    "    except zmq.Again: s.close(); context.term()\n"
    "threading.Thread(target=run).start()",
)
_add(
    "a shadow socket",
    "s = nobody(); t = zmq.Socket.shadow(s); u = zmq.Socket.shadow(s.underlying)",
)
_add("a shadow of a collected socket", "t = zmq.Socket.shadow(nobody()); gc.collect()")
_add(
    "a shadow context",
    "c = zmq.Context.shadow(context); s = c.socket(zmq.PUSH)\n"
    "d = zmq.Context.shadow(context.underlying); t = d.socket(zmq.PUSH)",
)
_add("a monitor", "s = nobody(); m = s.get_monitor_socket()")
_add(
    "a monitored socket that is collected first",
    "s = nobody(); m = s.get_monitor_socket(); del s; gc.collect()",
)
_add(
    "a garbage cycle",
    "class Node: pass\n"
    "n = Node(); n.me = n; n.socket = nobody(); n.context = context\n"
    "n.socket.send(b'x'); n.socket.linger = 0\n"
    "del n, context; gc.collect()",
)
_add(
    "a garbage cycle at exit",
    "class Node: pass\n"
    "n = Node(); n.me = n; n.socket = nobody(); n.context = context; gc.disable()",
)
_add(
    "a thread's own socket",
    "local = threading.local(); local.socket = nobody(); sys.socket = nobody()",
)
_add(
    "use in atexit",
    "a, b = context.socket(zmq.PAIR), context.socket(zmq.PAIR)\n"
    "a.bind('inproc://x'); b.connect('inproc://x')\n"
    "@atexit.register\n"
    "def last():\n"
    "    a.send(bytearray(10**6), copy=False); assert len(b.recv()) == 10**6\n"
    "    zmq.Context().socket(zmq.PUB); os.write(1, b'last')",
)
_add("atexit destroys", "s = nobody(); atexit.register(context.destroy, 0)")
_add(
    "atexit sends the last messages",
    "p = context.socket(zmq.PULL); p.bind('tcp://127.0.0.1:0')\n"
    "s = context.socket(zmq.PUSH); s.connect(p.last_endpoint)\n"
    "for i in range(100): s.send(b'%d' % i)\n"
    "@atexit.register\n"
    "def last():\n"
    "    s.close(); assert [int(p.recv()) for _ in range(100)] == list(range(100))\n"
    "    p.close(); context.term()",
)
_add("a finalizer", "s = nobody(); weakref.finalize(context, context.destroy, 0)")
_add(
    "__del__ at exit",
    "class Owner:\n"
    "    def __init__(self): self.context = zmq.Context(); self.s = nobody()\n"
    "    def __del__(self): self.s.close(linger=0); self.context.term()\n"
    "owner = Owner()",
)
_add(
    "an exception in __init__",
    "class Mine(zmq.Socket):\n"
    "    def __init__(self, *args, **kwargs):\n"
    "        super().__init__(*args, **kwargs); raise KeyError('no')\n"
    "try: Mine(context, zmq.PUSH)\n"
    "except KeyError: pass\n"
    "gc.collect(); context.term()",
)
_add(
    "an exception in __init__ of a context",
    "class Mine(zmq.Context):\n"
    "    def __init__(self):\n"
    "        super().__init__(); self.socket(zmq.PUSH); raise KeyError('no')\n"
    "try: Mine()\n"
    "except KeyError: pass\n"
    "gc.collect()",
)
_add(
    "subclasses that do not call __init__",
    "class MySocket(zmq.Socket):\n"
    "    def __init__(self, *args): pass\n"
    "class MyContext(zmq.Context):\n"
    "    def __init__(self): pass\n"
    "for cls in (MySocket, MyContext):\n"
    "    thing = cls(); assert repr(thing)\n"
    "    assert thing.closed in (True, False)\n"
    "    try: thing.get(1)\n"
    "    except (zmq.ZMQError, RuntimeError): pass\n"
    "    else: assert cls is MyContext\n"
    "keep = MySocket(); del thing; gc.collect()",
)
_add("sys.exit", "s = nobody(); s.send(b'x'); sys.exit(3)", 3)
_add("os._exit", "s = nobody(); s.send(b'x'); os._exit(4)", 4)
_add(
    "an uncaught exception",
    "s = nobody(); s.send(b'x'); waiting(s.poll); 1 / 0",
    1,
    r"\ATraceback[\s\S]*ZeroDivisionError[^\n]*\n\Z",
)
_add(
    "an uncaught exception inside with",
    "with context:\n    with nobody() as s:\n        s.linger = 0; s.send(b'x'); 1 / 0",
    1,
    r"\ATraceback[\s\S]*ZeroDivisionError[^\n]*\n\Z",
)
_add(
    "an uncaught exception inside with, a socket left open",
    "with context:\n    s = nobody(linger=0); s.send(b'x'); 1 / 0",
    1,
    r"\ATraceback[\s\S]*ZeroDivisionError[^\n]*\n\Z",
)
_add(
    "an uncaught error of zmq",
    "s = nobody(zmq.PULL); waiting(s.recv); s.recv(zmq.DONTWAIT)",
    1,
    r"\ATraceback[\s\S]*zmq\.error\.Again[^\n]*\n\Z",
)
_add(
    "Ctrl-C in recv",
    "s = nobody(zmq.PULL); signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.05); s.recv()",
    -2,
    r"\ATraceback[\s\S]*KeyboardInterrupt\n\Z",
)
_add(
    "SIGTERM while waiting",
    "s = nobody(zmq.PULL)\n"
    "threading.Timer(0.05, os.kill, (os.getpid(), 15)).start(); s.recv()",
    -15,
)
_add(
    "modules torn down by hand",
    "s = nobody(); s.send(bytearray(10**6), copy=False)\n"
    "names = [n for n in sys.modules if n.startswith('zmq')]\n"
    "for name in names: del sys.modules[name]\n"
    "del zmq; gc.collect()",
)

_add(
    "sys.exit in a signal handler during recv",
    "s = nobody(zmq.PULL)\n"
    "signal.signal(signal.SIGALRM, lambda *_: sys.exit(5))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.05); s.recv()",
    5,
)
_add(
    "sys.exit in a signal handler during term",
    "s = nobody(); signal.signal(signal.SIGALRM, lambda *_: sys.exit(5))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.05); context.term()",
    5,
)
_add(
    "sys.exit in a signal handler during term with a timeout",
    "s = nobody(); signal.signal(signal.SIGALRM, lambda *_: sys.exit(5))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.05); context.term(timeout=60)",
    5,
)
_add(
    "sys.exit in a signal handler during close with flush",
    "s = nobody(); s.send(b'x')\n"
    "signal.signal(signal.SIGALRM, lambda *_: sys.exit(5))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.05); s.close(flush=60)",
    5,
)
_add(
    "os._exit in a signal handler during a proxy",
    "signal.signal(signal.SIGALRM, lambda *_: os._exit(6))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.05)\n"
    "zmq.proxy(nobody(zmq.PULL), nobody(zmq.PUSH))",
    6,
)
_add(
    "a term that has not ended in time",
    "s = nobody(); s.send(b'x')\n"
    "try: context.term(timeout=0.05)\n"
    "except zmq.TimedOut: sys.exit(7)",
    7,
)
_add(
    "a term that has not ended in time, with messages left",
    "s = nobody(); s.send(b'x'); s.close(); context.term(timeout=0.05)",
    1,
    r"\ATraceback[\s\S]*TimedOut: the context has not ended[\s\S]*LINGER -1[^\n]*\n\Z",
)
_add(
    "destroyed in time",
    "s = nobody(); s.send(b'x'); context.destroy(linger=0, timeout=4)\n"
    "assert context.closed",
)
_add("shut down only", "s = nobody(); s.send(b'x'); context.shutdown()")
_add(
    "shut down while a thread waits",
    "s = nobody(zmq.PULL); ended = []\n"
    "def run():\n"
    "    try: s.recv()\n"
    "    except zmq.ContextTerminated: ended.append(s.close())\n"
    "waiting(run); context.shutdown(); context.term(timeout=4); assert ended",
)
_add(
    "a flush that succeeds",
    "p = zmq.Context().socket(zmq.PULL); p.bind('tcp://127.0.0.1:0')\n"
    "s = context.socket(zmq.PUSH); s.connect(p.last_endpoint); s.send(b'x')\n"
    "s.close(flush=4); assert p.recv() == b'x'",
)
_add(
    "an exception in __del__",
    "class Owner:\n"
    "    def __init__(self): self.s = nobody()\n"
    "    def __del__(self): self.s.close(); raise KeyError('no')\n"
    "owner = Owner()",
    0,
    r"\AException ignored[\s\S]*KeyError: 'no'\n",
)
_add(
    "an exception in atexit",
    "s = nobody(); atexit.register(lambda: s.recv())",
    0,
    r"ZMQError",
)
_add(
    "a child that ends by sys.exit",
    "import warnings; warnings.simplefilter('ignore')\n"
    "s = nobody(); s.send(b'x')\n"
    "if not os.fork(): sys.exit(8)\n"
    "assert os.waitstatus_to_exitcode(os.wait()[1]) == 8; sys.exit(9)",
    9,
)
_add(
    "a child that ends while a thread of its parent waits",
    "import warnings; warnings.simplefilter('ignore')\n"
    "s = nobody(zmq.PULL); waiting(s.recv)\n"
    "if not os.fork(): context.destroy(); sys.exit(8)\n"
    "assert os.waitstatus_to_exitcode(os.wait()[1]) == 8; sys.exit(9)",
    9,
)
_add(
    "a child with sockets of its own",
    "import warnings; warnings.simplefilter('ignore')\n"
    "s = nobody()\n"
    "if not os.fork():\n"
    "    t = zmq.Context.instance().socket(zmq.PUSH); t.connect('tcp://127.0.0.1:9')\n"
    "    t.send(b'x'); p = zmq.Context.instance().socket(zmq.PULL)\n"
    "    waiting(p.recv); sys.exit(8)\n"
    "assert os.waitstatus_to_exitcode(os.wait()[1]) == 8; sys.exit(9)",
    9,
)
_ASYNC = """
import asyncio, warnings
import zmq.asyncio
warnings.simplefilter("ignore")
async_context = zmq.asyncio.Context()
pull = async_context.socket(zmq.PULL)
pull.bind("tcp://127.0.0.1:0")
"""
_add(
    "an event loop that is cancelled",
    _ASYNC + "async def main():\n"
    "    asyncio.get_running_loop().call_later(0.05, task.cancel); await pull.recv()\n"
    "async def outer():\n"
    "    global task\n"
    "    task = asyncio.ensure_future(main())\n"
    "    try: await task\n"
    "    except asyncio.CancelledError: sys.exit(5)\n"
    "asyncio.run(outer())",
    5,
)
_add(
    "an event loop left with a task that waits",
    _ASYNC + "loop = asyncio.new_event_loop()\n"
    "async def main():\n"
    "    global task\n"
    "    task = asyncio.ensure_future(pull.recv()); await asyncio.sleep(0)\n"
    "loop.run_until_complete(main())",
)
_add(
    "an event loop left in a thread of its own",
    _ASYNC + "running = threading.Event()\n"
    "async def main():\n"
    "    running.set(); await pull.recv()\n"
    "threading.Thread(target=asyncio.run, args=(main(),), daemon=True).start()\n"
    "assert running.wait(4)",
)
_add(
    "an event loop whose aclose is cancelled",
    _ASYNC + "async def main():\n"
    "    push = async_context.socket(zmq.PUSH); push.connect('tcp://127.0.0.1:9')\n"
    "    await push.send(b'x')\n"
    "    try: await asyncio.wait_for(push.aclose(flush=60), 0.05)\n"
    "    except asyncio.TimeoutError: sys.exit(5)\n"
    "asyncio.run(main())",
    5,
)
_add(
    "an event loop whose context is destroyed",
    _ASYNC + "async def main():\n"
    "    receiving = pull.recv(); async_context.destroy(linger=0, timeout=4)\n"
    "    assert receiving.cancelled()\n"
    "asyncio.run(main())",
)
_add(
    "a second interpreter",
    "import importlib; s = nobody()\n"
    "for name in ('_interpreters', '_xxsubinterpreters'):\n"
    "    try: sub = importlib.import_module(name)\n"
    "    except ImportError: continue\n"
    "    code = 'import zmq; zmq.Context().socket(zmq.PUSH)'\n"
    "    try: sub.run_string(sub.create(), code)\n"
    "    except Exception: pass\n"
    "    break",
    stderr=r"\A(.*remaining subinterpreters.*\n)?\Z",  # Python 3.15 warns of it
)
_add(
    "tracked sockets",
    "s = context.socket(zmq.PUSH, track_peers=True); s.connect('tcp://127.0.0.1:9')\n"
    "p = context.socket(zmq.PUB, track_peers=True); p.bind('tcp://127.0.0.1:0')",
)
_add(
    "a thread in wait_connected",
    "s = context.socket(zmq.PUSH, track_peers=True); s.connect('tcp://127.0.0.1:9')\n"
    "waiting(s.wait_connected)",
)
_add(
    "a thread in wait_subscribed",
    "s = context.socket(zmq.PUB, track_peers=True); s.bind('tcp://127.0.0.1:0')\n"
    "waiting(s.wait_subscribed)",
)
_add(
    "a tracked socket and its context, collected",
    "s = context.socket(zmq.PUSH, track_peers=True); s.connect('tcp://127.0.0.1:9')\n"
    "del s, context; gc.collect()",
)
