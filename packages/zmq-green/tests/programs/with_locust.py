"""A distributed run of locust: a master, two workers, users, and a server for them."""

from __future__ import annotations

import csv
import http.server
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, ClassVar

USERS = """
from locust import HttpUser, constant, task


class Reader(HttpUser):
    wait_time = constant(0.05)

    @task
    def page(self):
        with self.client.get("/page", catch_response=True) as response:
            if response.text != "a page":
                response.failure(f"got {response.text!r}")
"""


class Pages(http.server.BaseHTTPRequestHandler):
    """Serves one page, and counts."""

    protocol_version = "HTTP/1.1"
    # To append is one step, whichever threads serve.
    served: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        Pages.served.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "6")
        self.end_headers()
        self.wfile.write(b"a page")

    def log_message(self, *args: Any) -> None: ...


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Path("users.py").write_text(USERS)
    port = free_port()
    common = [sys.executable, "-m", "locust", "-f", "users.py"]
    master = subprocess.Popen(
        [
            *common, "--master", "--headless", "--expect-workers", "2",
            "--expect-workers-max-wait", "40", "--master-bind-host", "127.0.0.1",
            "--master-bind-port", str(port), "--users", "20", "--spawn-rate", "20",
            "--run-time", "5s", "--stop-timeout", "5", "--csv", "stats",
            "--host", f"http://127.0.0.1:{server.server_port}",
        ],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    workers = [
        subprocess.Popen(
            [*common, "--worker", "--master-host", "127.0.0.1",
             "--master-port", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        printed = [process.communicate(timeout=90)[0] for process in (master, *workers)]
    finally:
        for process in (master, *workers):
            process.kill()
    assert [p.returncode for p in (master, *workers)] == [0, 0, 0], "\n".join(printed)
    with open("stats_stats.csv") as file:
        (total,) = (row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    requests, failures = int(total["Request Count"]), int(total["Failure Count"])
    assert failures == 0, "\n".join(printed)
    # What the master has been told by the workers is what the server has seen.
    assert requests > 200
    assert requests == len(Pages.served)
    print(f"{requests} requests by the users of two workers")


main()
