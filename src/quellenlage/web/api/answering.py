"""An object → an answer that whoever has it already need not be given again (RFC 9110, 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import Any
from urllib.parse import urlencode

import orjson
from fastapi import Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from quellenlage.ledger import Ledger, LedgerError
from quellenlage.ledger.versions import version_now

_HEADERS = {"Cache-Control": "private, no-cache"}


@dataclass(frozen=True, slots=True)
class _Made:
    tag: str
    body: bytes


@dataclass(slots=True)
class _Turn:
    lock: Lock = field(default_factory=Lock)
    waiting: int = 0


class Answers:
    """Answers to questions of one ledger. Those asked last are kept, up to `most` bytes, while the ledger is the same.

    The tag of an answer names the state of the ledger and the question; of a question as of a moment, the answer: to
    tell whether the past has changed costs more than to ask it. No more answers are made at once than there are cores:
    threads beyond that take the interpreter from one another at every row that they fetch.
    """

    def __init__(self, ledger: Ledger, most: int = 32_000_000, at_once: int = os.cpu_count() or 1) -> None:
        self._ledger = ledger
        self._most = most
        self._making = BoundedSemaphore(at_once)
        self._size = 0
        self._made: OrderedDict[str, _Made] = OrderedDict()
        self._turns: dict[str, _Turn] = {}
        self._lock = Lock()

    def to(self, request: Request, book: Ledger, make: Callable[[], dict[str, Any]], tag: str = "") -> Response:
        """The answer to a request: 304 where it is known, else what `make` makes of `book`.

        `tag` names the answer where it names itself, as a claim does by its version.
        """
        question = _question(request.scope)
        if tag or book.moment is not None:
            body = self._body(make)
            return _answer(request, _Made(f'"{tag or _digest(body)}"', body))
        # The state comes first: what is written while the answer is made can make it newer than its tag, never older.
        state = self._ledger.ask(version_now)
        tag = f'"{_digest((state + question).encode())}"'
        if _knows(request, tag):
            return _answer(request, _Made(tag, b""))
        # Who asks what another is asking already waits for his answer instead of making it too.
        with self._turn(question):
            made = self._kept(question, tag)
            if made is None:
                made = _Made(tag, self._body(make))
                self._keep(question, made)
        return _answer(request, made)

    def kept(self, request: Request) -> Response | None:
        """The answer that was given to the same question, where the ledger is still the same."""
        question = _question(request.scope)
        if question not in self._made:
            return None
        try:
            state = self._ledger.ask(version_now)
        except LedgerError:
            return None
        made = self._kept(question, f'"{_digest((state + question).encode())}"')
        return None if made is None else _answer(request, made)

    def _body(self, make: Callable[[], dict[str, Any]]) -> bytes:
        with self._making:
            return orjson.dumps(make())

    @contextmanager
    def _turn(self, question: str) -> Iterator[None]:
        """One at a time for each question."""
        with self._lock:
            turn = self._turns.setdefault(question, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._lock:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[question]

    def _kept(self, question: str, tag: str) -> _Made | None:
        with self._lock:
            made = self._made.get(question)
            if made is None or made.tag != tag:
                return None
            self._made.move_to_end(question)
            return made

    def _keep(self, question: str, made: _Made) -> None:
        with self._lock:
            before = self._made.pop(question, None)
            self._size += len(made.body) - (len(before.body) if before else 0)
            self._made[question] = made
            while self._size > self._most and self._made:
                self._size -= len(self._made.popitem(last=False)[1].body)


class KeptAnswers:
    """Gives answers that are kept before anything else is asked; an ASGI layer."""

    def __init__(self, app: ASGIApp, answers: Answers) -> None:
        self._app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the application answer."""
        is_asked = scope["type"] == "http" and scope["method"] == "GET"
        # Looking takes less than a millisecond, as long as a thread to look in would take to begin.
        answer = self._answers.kept(Request(scope)) if is_asked else None
        await (answer or self._app)(scope, receive, send)


def next_of(request: Request, **place: str | int | None) -> str | None:
    """The address of the part of a list that begins at another place; None where there is none."""
    if None in place.values():
        return None
    query = {name: value for name, value in request.query_params.items() if name not in place}
    return f"{request.url.path}?{urlencode({**query, **place})}"


def known_tags(request: Request, header: str) -> frozenset[str]:
    """The tags of an If-Match or If-None-Match, without their quotation marks; "*" stands for whatever there is."""
    written = request.headers.get(header, "")
    tags = (tag.strip().removeprefix("W/").strip('"') for tag in written.split(","))
    return frozenset(tag for tag in tags if tag)


def _question(scope: Scope) -> str:
    return f"{scope['path']}?{scope['query_string'].decode('latin-1')}"


def _answer(request: Request, made: _Made) -> Response:
    headers = {**_HEADERS, "ETag": made.tag}
    if _knows(request, made.tag):
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type="application/json", headers=headers)


def _knows(request: Request, tag: str) -> bool:
    known = known_tags(request, "if-none-match")
    return "*" in known or tag.strip('"') in known


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:20]
