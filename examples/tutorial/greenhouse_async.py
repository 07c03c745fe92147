"""Lesson 6: the same greenhouse with asyncio, one task for each socket."""

import asyncio
import json

import zmq
import zmq.asyncio


async def take_readings(temperatures: dict, readings, news) -> None:
    """Keep each reading, and tell the news to all who want it."""
    while True:
        reading = await readings.recv_json()
        bed, temperature = reading["bed"], reading["temperature"]
        if bed not in temperatures:
            print("a new bed:", bed)
        temperatures[bed] = temperature
        content = json.dumps({"temperature": temperature})
        await news.send_multipart([bed.encode(), content.encode()])


async def answer_questions(temperatures: dict, questions) -> None:
    """Answer each question from what was read last."""
    while True:
        try:
            bed = (await questions.recv_json())["bed"]
        except (KeyError, TypeError, ValueError):
            bed = None
        print("somebody asks for the", bed)
        if bed in temperatures:
            answer = {"bed": bed, "temperature": temperatures[bed]}
        else:
            answer = {"error": f"there is no bed {bed!r}"}
        await questions.send_json(answer)


async def main() -> None:
    """Open the greenhouse, and run both tasks until Ctrl-C."""
    temperatures: dict = {}
    context = zmq.asyncio.Context()
    questions = context.socket(zmq.REP)
    questions.bind("tcp://127.0.0.1:5555")
    readings = context.socket(zmq.PULL)
    readings.bind("tcp://127.0.0.1:5556")
    news = context.socket(zmq.PUB)
    news.bind("tcp://127.0.0.1:5557")
    print("the greenhouse is open")
    try:
        await asyncio.gather(
            take_readings(temperatures, readings, news),
            answer_questions(temperatures, questions),
        )
    finally:
        context.destroy(linger=500)


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        print("the greenhouse is closed")
