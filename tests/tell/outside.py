"""A server of somebody else, on loopback, for the length of a test: it answers what the test lays down for it and remembers what it was sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["Outside", "outside"]

Said = tuple[int, dict[str, str], bytes]


class Outside:
    """`answers`: path → (status, headers, body), or a function of the handler that gives it."""

    def __init__(self) -> None:
        self.answers: dict[str, Said | Callable[[Any], Said]] = {}
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.stop = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                outer.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                found = outer.answers.get(self.path.split("?")[0], (404, {}, b""))
                status, headers, data = found(self) if callable(found) else found
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_DELETE = _serve

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"


@contextmanager
def outside() -> Iterator[Outside]:
    made = Outside()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.stop.set()
        made.server.shutdown()
        made.server.server_close()
