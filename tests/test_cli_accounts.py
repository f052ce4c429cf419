"""The commands of accounts, and what `serve` wants of them."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from socket import create_server, socket
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from tests.commands import call, said
from tests.reviewed import small_ledger
from tests.signed_in import PASSWORD


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return small_ledger(tmp_path / "ledger.db")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[uvicorn.Config]:
    """What would have been served, and how."""
    served: list[uvicorn.Config] = []

    def run(server: uvicorn.Server, sockets: Sequence[socket]) -> None:
        served.append(server.config)
        for listener in sockets:
            listener.close()

    monkeypatch.setattr(uvicorn.Server, "run", run)
    return served


def add(path: Path, name: str = "Ada", password: str = PASSWORD) -> Any:
    return call(path, "accounts", "add", name, "--role", "analyst", typed=f"{password}\n")


def log(path: Path) -> list[tuple[str, str]]:
    lines = call(path, "accounts", "log", "--json").output.splitlines()
    return [(one["action"], one["about"]) for one in map(json.loads, reversed(lines))]


def test_an_account_is_made_changed_and_removed(path: Path) -> None:
    assert "Ada is made (analyst)" in said(add(path))
    token = call(path, "accounts", "token", "Ada", "--days", "7").output.strip()
    assert token.startswith("ql_")
    listed = said(call(path, "accounts", "list"))
    assert re.search(r"Ada analyst \d{4}-\d\d-\d\d 0 1$", listed)
    assert call(path, "accounts", "role", "ada", "admin").exit_code == 0
    assert "revoked: 1" in said(call(path, "accounts", "token", "Ada", "--revoke"))
    assert call(path, "accounts", "password", "Ada", typed="ganz andere Wörter\n").exit_code == 0
    assert call(path, "accounts", "remove", "Ada", lang="de").exit_code == 0
    assert "no accounts" in said(call(path, "accounts", "list"))
    assert log(path) == [
        ("account_added", "Ada (analyst)"),
        ("token_made", "Ada (7 d)"),
        ("role_changed", "Ada (admin)"),
        ("tokens_revoked", "Ada"),
        ("password_changed", "Ada"),
        ("account_removed", "Ada"),
    ]
    assert "Kommandozeile" in said(call(path, "accounts", "log", lang="de"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("add", "Ada", "--role", "reader"), "12 to 1000 characters, this one 4"),
        (("add", "A/da", "--role", "reader"), "can be no name"),
        (("role", "Eva", "reader"), "accounts list"),
        (("password", "Eva"), "characters"),
        (("token", "Eva"), "no account 'Eva'"),
        (("remove", "Eva"), "no account 'Eva'"),
    ],
)
def test_what_cannot_be_done_is_said(path: Path, words: tuple[str, ...], told: str) -> None:
    done = call(path, "accounts", *words, typed="kurz\n")
    assert done.exit_code == 2
    assert told in said(done)
    assert log(path) == []


def test_a_password_is_asked_twice_and_not_shown(path: Path) -> None:
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "quellenlage", "accounts", "add", "Ada", "--role", "reader", "--ledger", str(path)]
    done = subprocess.Popen(
        [*command, "--lang", "en"], stdin=terminal, stdout=terminal, stderr=terminal, close_fds=True
    )
    os.close(terminal)
    shown = b""
    for asked in (b"Password: ", b"Password again: "):
        while not shown.endswith(asked):
            shown += os.read(controller, 1000)
        os.write(controller, PASSWORD.encode() + b"\n")
    while b"is made" not in shown:
        shown += os.read(controller, 1000)
    assert done.wait(timeout=60) == 0
    os.close(controller)
    assert PASSWORD.encode() not in shown


@pytest.mark.parametrize("words", [("--host", "0.0.0.0"), ("--host", "::"), ("--host", ""), ("--accounts",)])
def test_no_server_is_open_to_others_without_accounts(
    path: Path, served: list[uvicorn.Config], words: tuple[str, ...]
) -> None:
    refused = call(path, "serve", "--port", "0", *words)
    assert refused.exit_code == 2
    assert "quellenlage accounts add NAME --role admin" in said(refused)
    assert served == []
    add(path)
    done = call(path, "serve", "--port", "0", *words)
    assert done.exit_code == 0
    assert ("in the clear" in said(done)) == (words != ("--accounts",))
    assert TestClient(served[0].app).get("/api/v1/claims").status_code == 401


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_alone_needs_no_account_and_believes_no_proxy(
    path: Path, served: list[uvicorn.Config], host: str
) -> None:
    add(path)
    assert call(path, "serve", "--port", "0", "--host", host).exit_code == 0
    assert TestClient(served[0].app).get("/api/v1/claims").status_code == 200
    assert served[0].proxy_headers is False


def test_a_port_that_is_taken_is_told_and_a_free_one_is_found(path: Path, served: list[uvicorn.Config]) -> None:
    with create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = call(path, "serve", "--port", str(port))
    assert refused.exit_code == 2
    assert f"port {port} of 127.0.0.1" in said(refused)
    assert served == []
    assert re.search(r"http://127\.0\.0\.1:[1-9]\d+/", said(call(path, "serve", "--port", "0")))
