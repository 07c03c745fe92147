"""The logs of several programs in one place, as records of Python's logging.

The collector binds, and the programs connect: they may start, end and come back in any
order, and none needs a port of its own.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import sys

import zmq
from zmq.log import JSONFormatter, PUBHandler


def program(name: str, address: str, count: int) -> None:
    """Log some records, as any program would."""
    with zmq.Context() as context, context.socket(zmq.XPUB) as publisher:
        publisher.linger = 1000
        publisher.connect(address)
        publisher.recv()  # the subscription: from now on nothing is lost
        handler = PUBHandler(publisher, root_topic=name)
        handler.setFormatter(JSONFormatter())
        log = logging.getLogger(f"{name}.work")
        log.setLevel(logging.INFO)
        log.addHandler(handler)
        for number in range(count):
            log.info("step %d", number)
        if name == "cook":
            log.warning("the soup is salty", extra={"pot": 3})
        log.info("that was all", extra={"last": True})
        log.removeHandler(handler)
        handler.close()


def to_record(text: bytes) -> logging.LogRecord:
    """Return the record that a JSONFormatter has written."""
    fields = json.loads(text)
    return logging.makeLogRecord(
        {
            **fields,
            "name": fields["logger"],
            "msg": fields["message"],
            "levelname": fields["level"],
            "pathname": fields["file"],
            "lineno": fields["line"],
            "funcName": fields["function"],
            "threadName": fields["thread"],
        }
    )


def main() -> None:
    """Collect what two programs log, and hand it to a handler of this one."""
    with zmq.Context() as context, context.socket(zmq.SUB) as collector:
        collector.subscribe("")
        port = collector.bind_to_random_port("tcp://127.0.0.1")
        programs = [
            multiprocessing.Process(
                target=program, args=(name, f"tcp://127.0.0.1:{port}", 100)
            )
            for name in ("cook", "waiter")
        ]
        for process in programs:
            process.start()

        output = logging.StreamHandler(sys.stdout)
        output.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        root = logging.getLogger()
        root.addHandler(output)
        root.setLevel(logging.WARNING)
        ended = collected = 0
        while ended < len(programs):
            _, text = collector.recv_multipart()
            record = to_record(text)
            collected += 1
            # Levels and filters of this program count, as for its own records.
            log = logging.getLogger(record.name)
            if log.isEnabledFor(record.levelno):
                log.handle(record)
            ended += getattr(record, "last", False)
        for process in programs:
            process.join()
    print(f"{collected} records from {len(programs)} programs")


if __name__ == "__main__":
    main()
