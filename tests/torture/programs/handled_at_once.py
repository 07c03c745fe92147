"""A signal ends a wait, and its handler runs at once: `handled_at_once.py rounds`.

Another thread sends the signal and goes on. On PyPy all threads count the counter down
that marks a signal: this one may overwrite the mark.
"""

from __future__ import annotations

import signal
import sys
import threading
import time

import common  # noqa: F401 -- it limits how long this may run

import zmq


def main(rounds: int) -> None:
    context = zmq.Context()
    receiver, sender = context.socket(zmq.PULL), context.socket(zmq.PUSH)
    receiver.bind("inproc://handled")
    sender.connect("inproc://handled")
    main_thread = threading.get_ident()
    signal.signal(signal.SIGUSR1, lambda *_: sender.send(b"handled"))

    def interrupt() -> None:
        time.sleep(0.0005)  # for the main thread to wait; it is no failure if not
        signal.pthread_kill(main_thread, signal.SIGUSR1)
        for _ in range(300):  # until it has woken
            pass

    for done in range(rounds):
        thread = threading.Thread(target=interrupt)
        thread.start()
        assert receiver.poll(5000), f"the handler has not run, in round {done}"
        assert receiver.recv() == b"handled"
        thread.join()
    context.destroy(linger=0)
    print("done")


if __name__ == "__main__":
    main(int(sys.argv[1]))
