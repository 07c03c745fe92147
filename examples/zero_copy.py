"""Send and receive a large buffer without copying it."""

import array

import zmq


def main() -> None:
    """Hand eight million numbers over and look at them where they are."""
    numbers = array.array("d", bytes(8 * 1_000_000))
    numbers[-1] = 42.0
    context = zmq.Context()
    with context, context.socket(zmq.PAIR) as left, context.socket(zmq.PAIR) as right:
        left.bind("inproc://large")
        right.connect("inproc://large")

        tracker = left.send(numbers, copy=False, track=True)
        frame = right.recv(copy=False)
        # A view of the message's own memory, which lives as long as the view.
        view = memoryview(frame.buffer).cast("B").cast("d")
        print(f"received {len(view):,} numbers, the last is {view[-1]}")

        print("may the sender change them already?", tracker.done)
        del view, frame
        # Nobody uses the message any more, so ZeroMQ has let go of the buffer.
        tracker.wait(timeout=5)
        print("and now?", tracker.done)


if __name__ == "__main__":
    main()
