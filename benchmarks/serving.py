"""`python -m benchmarks.serving LEDGER`: how quickly the server answers fifty clients, and how soon its pages paint.

The server runs as `quellenlage serve` runs it. Every list that the OpenAPI document describes is asked by wrk (Debian:
wrk) for a first part, the largest one, one deep inside, and with filters and in orders; once with one question of all
clients, which the server answers from what it keeps, and once with a question of its own for each request. Chromium
then opens the largest pages with nothing in its cache.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from benchmarks.painting import painted

CLIENTS, THREADS, SECONDS = 50, 2, 5
DEEP = 20
"""How many of the largest parts lie before the one deep inside."""
SCRIPT = Path(__file__).with_name("asking.lua")
WORDS = "Granaten"
API = "/api/v1"


@dataclass(frozen=True)
class Latency:
    """How long clients waited, in milliseconds, how many answers a second there were, and how many errors."""

    p50: float
    p95: float
    p99: float
    a_second: float
    errors: int


def main() -> None:
    """Serve the ledger, ask and open the pages, and print tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serving", description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="how long each list is asked")
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed; on Debian: apt install wrk")
    with served(given.ledger) as address:
        print(f"{CLIENTS} clients; load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n")
        print("| list | KiB | p50, ms | p95 | p99 | a second | asked anew: p50 | p95 | p99 | a second | errors |")
        print("|---|" + "---:|" * 10)
        slowest = 0.0
        for question in questions(address):
            size = len(got(address + question)) / 1024
            kept, anew = (asked(address + question, given.seconds, is_anew) for is_anew in (False, True))
            slowest = max(slowest, kept.p95)
            cells = [f"{size:.0f}", *told(kept), *told(anew), str(kept.errors + anew.errors)]
            print(f"| `{question.removeprefix(API)}` | {' | '.join(cells)} |", flush=True)
        print(f"\nThe slowest list that is kept has a 95th percentile of {slowest:.0f} ms.\n\n{painted(address)}")
        print(f"\nload after: {os.getloadavg()[0]:.1f}")


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The address of a server that serves a ledger."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    serve = [sys.executable, "-m", "quellenlage", "serve", "--ledger", str(ledger), "--port", str(port)]
    server = subprocess.Popen(serve, stderr=subprocess.DEVNULL)
    try:
        while not _answers(address):
            if server.poll() is not None:
                sys.exit(f"the server stopped with {server.returncode}; see `quellenlage serve --ledger {ledger}`")
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait()


def questions(address: str) -> Iterator[str]:
    """What is asked of every list that comes in parts."""
    document = json.loads(got(f"{address}{API}/openapi.json"))
    values = json.loads(got(f"{address}{API}/facets?limit=1"))["facets"]
    for path, ways in document["paths"].items():
        parameters = {one["name"]: one["schema"] for one in ways.get("get", {}).get("parameters", [])}
        if "limit" not in parameters:
            continue
        first = {"q": WORDS} if "q" in parameters else {}
        largest = {**first, "limit": parameters["limit"]["maximum"]}
        yield asking(path, first)
        yield asking(path, largest)
        if (deep := _deep_inside(address, asking(path, largest))) is not None:
            yield deep
        for more in _choices(parameters, values, document["components"]["schemas"]):
            yield asking(path, {**first, **more})


def asking(path: str, query: Mapping[str, object]) -> str:
    """A path with a query."""
    return f"{path}?{urlencode(query)}" if query else path


def _choices(
    parameters: Mapping[str, Any], values: Mapping[str, Sequence[Mapping[str, Any]]], schemas: Mapping[str, Any]
) -> Iterator[dict[str, str]]:
    """The most frequent value of each field alone, a pair, a time, and every order."""
    most = {name: values[name][0]["value"] for name in parameters if values.get(name)}
    yield from ({name: value} for name, value in most.items())
    if {"supplier", "recipient"} <= most.keys():
        yield {name: most[name] for name in ("supplier", "recipient")}
    if "since" in parameters:
        yield {"since": "2020-03", "until": "2020-09", "stance": "denied"}
    if "order" in parameters:
        orders = schemas[parameters["order"]["$ref"].rpartition("/")[2]]["enum"]
        yield from ({"order": order} for order in orders)


def _deep_inside(address: str, question: str) -> str | None:
    """The same question of a later part; None where there is none."""
    at: str | None = question
    for _ in range(DEEP):
        if at is None:
            return None
        at = json.loads(got(address + at)).get("next")
    return at


def asked(address: str, seconds: int, is_anew: bool) -> Latency:
    """What wrk measures, after all that was asked before has been answered."""
    got(f"{address}{'&' if '?' in address else '?'}n={time.time_ns()}")
    wrk = ["wrk", f"-t{THREADS}", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(SCRIPT), address]
    done = subprocess.run([*wrk, "--", "anew" if is_anew else "same"], check=True, capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("MEASURED "))
    p50, p95, p99, requests, microseconds, errors = map(float, line.split()[1:])
    return Latency(p50, p95, p99, requests / microseconds * 1e6, int(errors))


def told(latency: Latency) -> list[str]:
    """A measurement as the cells of a table."""
    return [f"{number:.0f}" for number in (latency.p50, latency.p95, latency.p99, latency.a_second)]


def got(address: str) -> bytes:
    """What stands at an address."""
    with urlopen(address) as answer:
        return bytes(answer.read())


def _answers(address: str) -> bool:
    try:
        got(f"{address}/static/icon.svg")
    except URLError:
        return False
    return True


if __name__ == "__main__":
    main()
