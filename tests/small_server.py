"""A web server of the tests' own, on this machine, whose answers are functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from benchmarks.watching import serving


@dataclass
class Answer:
    """What is sent; the length too, unless a header says otherwise or `length` is not to be sent."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: bool = True


class Asked(BaseHTTPRequestHandler):
    """A request; what was asked for is kept."""

    routes: ClassVar[Mapping[str, Answer | Callable[[Asked], Answer | None]]]
    seen: ClassVar[list[tuple[str, dict[str, str]]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, dict(self.headers)))
        route = self.routes.get(self.path, Answer(b"nichts", 404))
        with suppress(OSError):
            answer = route(self) if callable(route) else route
            if answer is None:
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.length and "Content-Length" not in answer.headers:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Site:
    """A server that runs; `seen` are the paths and headers that it was asked for."""

    address: str
    routes: dict[str, Answer | Callable[[Asked], Answer | None]]
    seen: list[tuple[str, dict[str, str]]]

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.seen]


@contextmanager
def site() -> Iterator[Site]:
    """A server without any page yet."""
    made = Site("", {}, [])
    handler = type("Handler", (Asked,), {"routes": made.routes, "seen": made.seen})
    with serving(handler) as port:
        made.address = f"http://127.0.0.1:{port}"
        yield made
