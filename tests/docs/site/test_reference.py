"""The reference shows public names with their types, and links to what they mean."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

SIGNATURE = re.compile(r'(?s)<dt class="sig[^"]*" id="([^"]*)">(.*?)</dt>')


def signatures(site: Path) -> dict[str, str]:
    """Return the text of each signature, by the name of its entry."""
    found = {}
    for page in (site / "reference").rglob("*.html"):
        for name, html in SIGNATURE.findall(page.read_text(encoding="utf-8")):
            found[name] = unescape(re.sub(r"<[^>]*>", "", html)).strip(" \n¶")
    return found


def test_signatures_have_no_private_names(site: Path) -> None:
    """Nothing begins with an underscore but versions, and nothing is a repr."""
    found = signatures(site)
    assert len(found) > 900
    private = {
        name: text
        for name, text in found.items()
        if re.search(r"(^|[\s\[(.=])_[a-zA-Z]|<[^>]* at 0x", text.replace("\n", " "))
    }
    assert set(private) <= {"zmq.__version__", "zmq.__revision__"}, private


def test_compiled_methods_have_types(site: Path) -> None:
    """Types come from the stubs; what asynchronous methods return can be awaited."""
    found = signatures(site)
    assert "→ bytes | Frame" in found["zmq.Socket.recv"]
    assert "data: Buffer" in found["zmq.Socket.send"]
    for name in ("send", "recv", "recv_multipart", "send_string", "poll"):
        assert "→ Awaitable[" in found[f"zmq.asyncio.Socket.{name}"], name
    assert "→ int | bytes" in found["zmq.Socket.get"]
    methods = [
        name
        for name, text in found.items()
        if name.startswith(("zmq.Socket.", "zmq.Context.", "zmq.Poller."))
        if "(" in text and "→" not in text
    ]
    assert methods == []


def test_types_link_to_what_they_are(site: Path) -> None:
    """`bytes` is Python's, and no attribute of a frame."""
    page = (site / "reference" / "core" / "socket.html").read_text(encoding="utf-8")
    recv = re.search(r'(?s)id="zmq.Socket.recv">.*?</dt>', page)
    assert recv is not None
    assert "docs.python.org/3/library/stdtypes.html#bytes" in recv[0]
    assert "zmq.Frame.bytes" not in recv[0]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("zmq.Event.HANDSHAKE_FAILED_AUTH", "An authenticator refused"),
        ("zmq.Errno.EFSM", "Not its turn"),
        ("zmq.SocketOption.LINGER", "How long messages"),
        ("zmq.SocketType.PUSH", "one of its PULL peers"),
        ("zmq.devices.ThreadProxy.statistics", "zmq-devices 1.0"),
    ],
)
def test_entries_say_what_they_mean(site: Path, name: str, text: str) -> None:
    """The text of an entry stands below its signature."""
    for page in (site / "reference").rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        if f'id="{name}"' in html:
            below = html.split(f'id="{name}"', 1)[1].split('<dt class="sig', 1)[0]
            assert text in unescape(re.sub(r"<[^>]*>", "", below))
            return
    pytest.fail(f"no entry for {name}")


def test_names_in_the_guides_link_to_the_reference(site: Path) -> None:
    """Where prose names a function or an option, its entry is one click away."""
    page = (site / "how-to" / "would-block.html").read_text(encoding="utf-8")
    for target in ("zmq.error.Again", "zmq.SocketOption.RCVTIMEO"):
        assert f"#{target}" in page
