"""RADIO and DISH: publish to groups; over UDP, to all in the network."""

import zmq


def main() -> None:
    """Send to two groups, of which the dish has joined one."""
    with zmq.Context() as context:
        radio, dish = context.socket(zmq.RADIO), context.socket(zmq.DISH)
        port = dish.bind_to_random_port("tcp://127.0.0.1")
        dish.join("weather")
        radio.connect(f"tcp://127.0.0.1:{port}")
        while not dish.poll(20):  # until the radio has heard who listens to what
            radio.send(b"testing", group="weather")
        radio.send(b"2:1", group="sports")
        radio.send(b"sunny", group="weather")
        while (frame := dish.recv(copy=False)).bytes == b"testing":
            pass
        print(f"{frame.group}: {frame.bytes.decode()}")
        context.destroy(linger=0)


if __name__ == "__main__":
    main()
