"""Figures of a watch in Prometheus' text format, served where the user wants them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector, generate_latest, start_http_server

from quellenlage.watch.sources import SourcesError

LOOPBACK = "127.0.0.1"


class Metrics:
    """What has happened since the start."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        # It registers itself.
        ProcessCollector(registry=self._registry)
        prefix, to = "quellenlage_watch", self._registry
        self._looks = Counter(f"{prefix}_looks", "Looks at sources", ["source", "outcome"], registry=to)
        self._found = Counter(f"{prefix}_entries_found", "New entries that sources named", ["source"], registry=to)
        self._articles = Counter(f"{prefix}_entries", "What became of entries", ["outcome"], registry=to)
        self._waiting = Gauge(f"{prefix}_entries_waiting", "Entries that wait to be taken in", registry=to)
        self._last = Gauge(
            f"{prefix}_last_look_timestamp_seconds", "When a source last answered", ["source"], registry=to
        )

    def looked(self, source: str, outcome: str, found: int, moment: datetime) -> None:
        """Count a look: "new", "unchanged" or "failed"."""
        self._looks.labels(source, outcome).inc()
        if found:
            self._found.labels(source).inc(found)
        if outcome != "failed":
            self._last.labels(source).set(moment.timestamp())

    def settled(self, outcome: str) -> None:
        """Count an entry by what became of it."""
        self._articles.labels(outcome).inc()

    def waiting(self, count: int) -> None:
        """Say how many entries wait."""
        self._waiting.set(count)

    def text(self) -> str:
        """All figures as they are served."""
        return generate_latest(self._registry).decode("utf-8")

    @contextmanager
    def served(self, at: str | None) -> Iterator[int | None]:
        """Serve the figures at "9464", "127.0.0.1:9464" or "[::1]:9464", meanwhile; gives the port.

        Raises `SourcesError` where that is no place to serve at.
        """
        if at is None:
            yield None
            return
        host, _, port = at.rpartition(":")
        try:
            server, thread = start_http_server(int(port), host.strip("[]") or LOOPBACK, registry=self._registry)
        except (OSError, ValueError, OverflowError) as error:
            raise SourcesError(
                f"--metrics {at}: nothing can be served there ({error}); give a free port, such as {LOOPBACK}:9464"
            ) from None
        try:
            yield server.server_port
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
