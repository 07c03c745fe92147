"""Lesson 2: the keeper of a greenhouse answers what the temperature of a bed is."""

import zmq

TEMPERATURES = {"basil": 24.5, "tomatoes": 21.0}


def answer(question: dict) -> dict:
    """Return the answer to one question."""
    bed = question.get("bed")
    if bed not in TEMPERATURES:
        return {"error": f"there is no bed {bed!r}"}
    return {"bed": bed, "temperature": TEMPERATURES[bed]}


with zmq.Context() as context, context.socket(zmq.REP) as questions:
    questions.bind("tcp://127.0.0.1:5555")
    print("the keeper is in")
    try:
        while True:
            question = questions.recv_json()
            print("asked:", question)
            questions.send_json(answer(question))
    except KeyboardInterrupt:
        print("the keeper goes home")
