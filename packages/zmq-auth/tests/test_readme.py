"""The examples of the README, as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_readme(tmp_path, monkeypatch, run_python):
    text = README.read_text(encoding="utf-8")
    keys, server, client, in_asyncio = re.findall(r"```python\n(.*?)```", text, re.S)
    (tmp_path / "keys" / "clients").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    # any port will do, and the global context must not stay behind
    server = server.replace(":5555", ":0")
    client = client.replace('"tcp://127.0.0.1:5555"', "server.last_endpoint")
    client = client.replace("zmq.Context.instance()", "zmq.Context()")
    code = [
        keys,
        server,
        client,
        "client.send(b'hello')",
        "frame = server.recv(copy=False)",
        "alice, _ = zmq.auth.load_certificate('keys/clients/alice.key')",
        "assert frame.get('User-Id') == alice.decode()",
        "client.context.destroy(0); server.close(); auth.stop()",
        in_asyncio.replace("...", "await asyncio.sleep(0)"),
        "import asyncio; asyncio.run(serve()); context.term()",
        "print('done')",
    ]
    assert run_python("\n".join(code), options=("-W", "error")).stdout == "done\n"
