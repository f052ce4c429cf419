"""Connections that lead only where they may, and end when their time is up.

What is checked is the address that is connected to, so a name that changes what it stands for gains nothing.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

import httpcore
import httpx

Resolve = Callable[[str, int], list[str]]
"""The addresses of the network that a host's name stands for; raises `OSError` where it stands for none."""
MayConnect = Callable[[str], bool]
"""Whether an address of the network, as the resolver writes it, may be connected to."""


class Refused(Exception):
    """A host that is at no address that may be asked."""


def system_resolver(host: str, port: int) -> list[str]:
    """Ask the system, which also understands IPv4 in decimal, octal and hexadecimal forms."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """The moment at which a request must be over; `seconds` counts like `time.monotonic`."""

    def __init__(self, seconds: Callable[[], float], left: float) -> None:
        self._seconds = seconds
        self._end = seconds() + left

    def left(self, wanted: float | None) -> float:
        """How long one step may take; raises `httpcore.ReadTimeout` where the time is up."""
        left = self._end - self._seconds()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for the whole answer is up")
        return left if wanted is None else min(wanted, left)


class Guarded(httpx.BaseTransport):
    """Sends requests over connections of their own: checked where they lead, and under one deadline."""

    def __init__(self, tls: ssl.SSLContext, resolve: Resolve, may_connect: MayConnect, deadline: Deadline) -> None:
        backend = _Backend(resolve, may_connect, deadline)
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer, its body not read yet; raises the errors of httpcore, and `Refused`."""
        url = request.url
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Let go of all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Backend(httpcore.NetworkBackend):
    def __init__(self, resolve: Resolve, may_connect: MayConnect, deadline: Deadline) -> None:
        self._resolve = resolve
        self._may_connect = may_connect
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = self._resolved(host, port, self._deadline.left(timeout))
        allowed = [ip for ip in found if self._may_connect(ip)]
        if not allowed:
            raise Refused(f"{host} is at {', '.join(found)}")
        for last, ip in zip([False] * (len(allowed) - 1) + [True], allowed, strict=True):
            try:
                left = self._deadline.left(timeout)
                stream = self._plain.connect_tcp(ip, port, left, local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if last:
                    raise
        raise AssertionError("there is a last address")

    def _resolved(self, host: str, port: int, seconds: float) -> list[str]:
        """The system's resolver knows no time limit of its own, so it is left behind where it takes too long."""
        answers: SimpleQueue[list[str] | Exception] = SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._resolve(host, port))
            except (OSError, UnicodeError) as error:
                answers.put(error)

        Thread(target=ask, daemon=True).start()
        try:
            answer = answers.get(timeout=seconds)
        except Empty:
            raise httpcore.ConnectTimeout(f"nobody said in time where {host} is") from None
        if isinstance(answer, Exception):
            raise httpcore.ConnectError(f"{host} is not known ({answer})")
        return answer


class _Stream(httpcore.NetworkStream):
    """A stream whose every step has only the time that is left: a server that drips cannot hold it."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
