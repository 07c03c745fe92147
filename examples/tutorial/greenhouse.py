"""Lesson 5: one program that takes readings, publishes them, and answers questions."""

import json

import zmq


class Greenhouse:
    """What is known about the beds, and the three sockets that know about it."""

    def __init__(self, context: "zmq.Context") -> None:
        self.temperatures: dict = {}
        self.questions = context.socket(zmq.REP)
        self.questions.bind("tcp://127.0.0.1:5555")
        self.readings = context.socket(zmq.PULL)
        self.readings.bind("tcp://127.0.0.1:5556")
        self.news = context.socket(zmq.PUB)
        self.news.bind("tcp://127.0.0.1:5557")

    def run(self) -> None:
        """Serve whoever comes, until Ctrl-C."""
        poller = zmq.Poller()
        poller.register(self.questions, zmq.POLLIN)
        poller.register(self.readings, zmq.POLLIN)
        while True:
            ready = dict(poller.poll(3000))
            if self.readings in ready:
                self.take_reading()
            if self.questions in ready:
                self.answer_question()
            if not ready:
                print("three quiet seconds: are the sensors on?")

    def take_reading(self) -> None:
        """Keep a reading, and tell the news to all who want it."""
        reading = self.readings.recv_json()
        bed, temperature = reading["bed"], reading["temperature"]
        if bed not in self.temperatures:
            print("a new bed:", bed)
        self.temperatures[bed] = temperature
        content = json.dumps({"temperature": temperature})
        self.news.send_multipart([bed.encode(), content.encode()])

    def answer_question(self) -> None:
        """Answer one question from what was read last."""
        try:
            bed = self.questions.recv_json()["bed"]
        except (KeyError, TypeError, ValueError):  # whatever anybody may send
            bed = None
        print("somebody asks for the", bed)
        if bed in self.temperatures:
            answer = {"bed": bed, "temperature": self.temperatures[bed]}
        else:
            answer = {"error": f"there is no bed {bed!r}"}
        self.questions.send_json(answer)


def main() -> None:
    """Open the greenhouse, and close it at Ctrl-C."""
    with zmq.Context() as context:
        greenhouse = Greenhouse(context)
        print("the greenhouse is open")
        try:
            greenhouse.run()
        except KeyboardInterrupt:
            print("the greenhouse is closed")
        context.destroy(linger=500)


if __name__ == "__main__":
    main()
