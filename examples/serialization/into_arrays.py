"""Receive into arrays that are there already: no memory is allocated per message."""

import numpy as np

import zmq

SAMPLES = 1000


def main() -> None:
    """Fill the rows of one array with the messages of a source."""
    with zmq.Context() as context:
        source, sink = context.socket(zmq.PUSH), context.socket(zmq.PULL)
        sink.bind("inproc://samples")
        source.connect("inproc://samples")

        rows = np.empty((4, SAMPLES), dtype=np.float32)
        for number in range(len(rows)):
            source.send(np.full(SAMPLES, number, dtype=np.float32))
        for row in rows:
            size = sink.recv_into(row)
            assert size == row.nbytes, f"{size} bytes in place of {row.nbytes}"
        print("the means of the rows:", rows.mean(axis=1).tolist())

        # A frame that is longer than the memory is cut; the result tells.
        source.send(np.zeros(SAMPLES + 1, dtype=np.float32))
        size = sink.recv_into(rows[0])
        print(f"a frame of {size} bytes did not fit into {rows[0].nbytes}")
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
