"""A client of a language server, as editors have one: what is shown at a word?"""

from __future__ import annotations

import json
import subprocess
import threading
from itertools import count
from pathlib import Path
from typing import Any


class LanguageServer:
    """Pyright's, for the files of one directory.

    It speaks JSON-RPC over its standard streams, each message with a header that has
    its length.
    """

    def __init__(self, command: list[str], root: Path, python: str) -> None:
        self._python = python  # the interpreter whose packages it is to know
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
        )
        self._ids = count(1)
        self.request(
            "initialize",
            processId=None,
            rootUri=root.as_uri(),
            workspaceFolders=[{"uri": root.as_uri(), "name": root.name}],
            capabilities={
                "workspace": {"configuration": True},
                "textDocument": {"hover": {"contentFormat": ["plaintext"]}},
            },
        )
        self._notify("initialized")

    def open(self, path: Path) -> None:
        """Open a file, as if to edit it."""
        document = {
            "uri": path.as_uri(),
            "languageId": "python",
            "version": 1,
            "text": path.read_text(encoding="utf-8"),
        }
        self._notify("textDocument/didOpen", textDocument=document)

    def hover(self, path: Path, line: int, character: int) -> str:
        """Return what is shown when the mouse rests on a word; both count from 0."""
        found = self.request(
            "textDocument/hover",
            textDocument={"uri": path.as_uri()},
            position={"line": line, "character": character},
        )
        return "" if found is None else str(found["contents"]["value"])

    def complete(self, path: Path, line: int, character: int) -> list[str]:
        """Return the names that are offered behind what was typed."""
        found = self.request(
            "textDocument/completion",
            textDocument={"uri": path.as_uri()},
            position={"line": line, "character": character},
        )
        return [item["label"] for item in found["items"]]

    def close(self) -> None:
        """End it."""
        self.request("shutdown")
        self._notify("exit")
        self._process.communicate(timeout=20)

    def request(self, method: str, **params: Any) -> Any:
        """Ask for something, and return the answer."""
        number = next(self._ids)
        self._send({"id": number, "method": method, "params": params})
        # Should it not answer, it is ended, and the read below with it.
        timer = threading.Timer(50, self._process.kill)
        timer.start()
        try:
            while True:
                message = self._receive()
                if message.get("id") == number and "method" not in message:
                    assert "error" not in message, message
                    return message.get("result")
                if "id" in message:
                    self._answer(message)
        finally:
            timer.cancel()

    def _answer(self, question: dict[str, Any]) -> None:
        # Of its own: for settings, or for leave to show its progress.
        result = [
            {"pythonPath": self._python} if item.get("section") == "python" else {}
            for item in (question.get("params") or {}).get("items", ())
        ]
        self._send({"id": question["id"], "result": result or None})

    def _notify(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while True:
            header = self._process.stdout.readline().strip()
            if not header:
                break
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise EOFError("the language server has ended")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message
