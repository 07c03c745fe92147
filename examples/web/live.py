"""A live web page for the greenhouse of the tutorial, with Starlette.

Every browser has a SUB socket of its own in this server: what the greenhouse publishes
goes out as server-sent events. Questions go to the greenhouse and back as HTTP.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

import zmq
import zmq.asyncio

NEWS = os.environ.get("GREENHOUSE_NEWS", "tcp://127.0.0.1:5557")
QUESTIONS = os.environ.get("GREENHOUSE_QUESTIONS", "tcp://127.0.0.1:5555")
PAGE = Path(__file__).with_name("live.html").read_text(encoding="utf-8")


@contextlib.asynccontextmanager
async def lifespan(app: Starlette) -> AsyncIterator[None]:
    """Have one context as long as the server runs."""
    app.state.context = zmq.asyncio.Context()
    yield
    app.state.context.destroy(linger=0)


async def stream(context: zmq.asyncio.Context, bed: str) -> AsyncIterator[str]:
    """Yield the news of a bed, or of all, as server-sent events."""
    with context.socket(zmq.SUB) as news:
        news.rcvhwm = 100  # a browser that sleeps misses news, and costs no memory
        news.connect(NEWS)
        news.subscribe(bed)
        yield ": connected\n\n"
        while True:
            if not await news.poll(10_000):
                yield ": still there\n\n"  # fails when the browser has gone
                continue
            topic, content = await news.recv_multipart()
            event = {"bed": topic.decode(), **json.loads(content)}
            yield f"data: {json.dumps(event)}\n\n"


async def events(request: Request) -> Response:
    """Stream to one browser."""
    bed = request.query_params.get("bed", "")
    return StreamingResponse(
        stream(request.app.state.context, bed),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


async def ask(request: Request) -> Response:
    """Ask the greenhouse about one bed, but not for ever."""
    with request.app.state.context.socket(zmq.REQ) as greenhouse:
        greenhouse.linger = 0
        greenhouse.rcvtimeo = 2000
        greenhouse.connect(QUESTIONS)
        await greenhouse.send_json({"bed": request.path_params["bed"]})
        try:
            answer = await greenhouse.recv_json()
        except zmq.Again:
            return JSONResponse({"error": "the greenhouse is closed"}, 504)
    return JSONResponse(answer, 404 if "error" in answer else 200)


async def page(_: Request) -> Response:
    """Send the page."""
    return HTMLResponse(PAGE)


app = Starlette(
    routes=[
        Route("/", page),
        Route("/events", events),
        Route("/beds/{bed}", ask),
    ],
    lifespan=lifespan,
)

if __name__ == "__main__":
    import uvicorn

    port = int(os.environ.get("PORT", "8000"))
    # Streams never end by themselves: at Ctrl-C, give them a second.
    uvicorn.run(app, port=port, timeout_graceful_shutdown=1)
