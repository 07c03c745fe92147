"""The live web page: a real server, a real greenhouse, and what a browser gets."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import zmq
from tests.docs.test_terminals import free_ports
from tests.fixtures.waiting import wait_for

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
PROGRAM = Path(__file__).resolve().parents[2] / "examples" / "web" / "live.py"
LIMIT = 15  # seconds


@pytest.fixture
def greenhouse() -> Iterator[tuple[zmq.Socket[bytes], zmq.Socket[bytes]]]:
    """The sockets of a greenhouse: news, which hears of subscriptions; questions."""
    with zmq.Context() as context:
        news, questions = context.socket(zmq.XPUB), context.socket(zmq.REP)
        news.xpub_verboser = True
        for sock in (news, questions):
            sock.rcvtimeo = LIMIT * 1000
            sock.bind("tcp://127.0.0.1:*")
        yield news, questions
        context.destroy(linger=0)


@pytest.fixture
def port(
    greenhouse: tuple[zmq.Socket[bytes], zmq.Socket[bytes]], tmp_path: Path
) -> Iterator[int]:
    """The port of a server that has started; it must end by itself when told to."""
    news, questions = greenhouse
    (port,) = free_ports(1)
    process = subprocess.Popen(
        [sys.executable, "-W", "error::ResourceWarning", str(PROGRAM)],
        cwd=tmp_path,
        env={
            **os.environ,
            "GREENHOUSE_NEWS": news.last_endpoint.decode(),
            "GREENHOUSE_QUESTIONS": questions.last_endpoint.decode(),
            "PORT": str(port),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            wait_for(lambda: answers(port), LIMIT)
            yield port
            process.terminate()
            _, errors = process.communicate(timeout=LIMIT)
        finally:
            process.kill()
    assert "Traceback" not in errors, errors
    assert "ERROR" not in errors, errors


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    try:
        connection.connect()
    except OSError:
        return False
    connection.close()
    return True


def get(port: int, path: str) -> tuple[int, str]:
    """Return the status and the text of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_the_page(port: int) -> None:
    status, text = get(port, "/")
    assert status == 200
    assert 'new EventSource("/events")' in text


def test_news_arrive_and_the_subscription_ends_with_the_browser(
    port: int, greenhouse: tuple[zmq.Socket[bytes], zmq.Socket[bytes]]
) -> None:
    news, _ = greenhouse
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    browser.request("GET", "/events?bed=basil")
    stream = browser.getresponse()
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    assert news.recv() == b"\x01basil"
    news.send_multipart([b"roses", b'{"temperature": 1.0}'])
    news.send_multipart([b"basil", b'{"temperature": 24.5}'])
    lines = iter(stream.readline, b"")
    data = next(line for line in lines if line.startswith(b"data:"))
    assert json.loads(data[5:]) == {"bed": "basil", "temperature": 24.5}

    stream.close()
    browser.close()
    # The server finds out when it sends to it, and unsubscribes.
    for _ in range(LIMIT * 20):
        news.send_multipart([b"basil", b'{"temperature": 24.6}'])
        if news.poll(50):
            break
    assert news.recv(zmq.DONTWAIT) == b"\x00basil"


def test_questions(
    port: int, greenhouse: tuple[zmq.Socket[bytes], zmq.Socket[bytes]]
) -> None:
    _, questions = greenhouse
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)
    for answer, status in (({"temperature": 24.5}, 200), ({"error": "none"}, 404)):
        browser.request("GET", "/beds/basil")
        assert questions.recv_json() == {"bed": "basil"}
        questions.send_json(answer)
        response = browser.getresponse()
        assert (response.status, json.loads(response.read())) == (status, answer)
    browser.close()
    assert get(port, "/beds/basil")[0] == 504  # nobody replies
