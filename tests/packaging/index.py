"""A package index of our wheels and of the pyzmq from before it was divided."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread


def write_index(directory: Path, wheels: list[Path]) -> None:
    """Copy wheels to `simple/<name>/`, each with the page that lists them."""
    for wheel in wheels:
        name = re.sub(r"[-_.]+", "-", wheel.name.split("-")[0]).lower()
        project = directory / "simple" / name
        project.mkdir(parents=True, exist_ok=True)
        shutil.copy(wheel, project)
        links = [
            f'<a href="{file.name}#sha256={digest(file)}">{file.name}</a><br>'
            for file in sorted(project.glob("*.whl"))
        ]
        (project / "index.html").write_text("<!DOCTYPE html>" + "\n".join(links))


def digest(file: Path) -> str:
    """Return what installers compare a file with."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve(directory: Path) -> Iterator[str]:
    """Serve an index; the value is its address."""
    handler = partial(Quiet, directory=str(directory))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
