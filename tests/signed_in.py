"""A small ledger with accounts, and browsers that are signed in to them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from quellenlage.accounts.account import Role
from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.audit import Doer
from quellenlage.accounts.passwords import Passwords
from quellenlage.ledger import Ledger
from tests.reviewed import small_ledger

PASSWORD = "vier Wörter sind lang"
PEOPLE = {"Rita": Role.READER, "Ada": Role.ANALYST, "Max": Role.ADMIN}
CHEAP = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
BROWSER = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}


@cache
def cheap_hash() -> str:
    return CHEAP.hashed(PASSWORD, "")


def ledger_with_accounts(path: Path) -> Path:
    """A ledger with a reader, an analyst and an admin, all of one password."""
    with Ledger.open(small_ledger(path)) as ledger:
        for name, role in PEOPLE.items():
            Accounts(ledger).add(name, role, cheap_hash(), Doer("root"))
    return path


def browser(app: FastAPI, name: str | None = None, address: str = "192.0.2.1") -> TestClient:
    """A browser, signed in where a name is given. It follows no redirects."""
    client = TestClient(app, headers=BROWSER, follow_redirects=False, client=(address, 4711))
    if name is not None:
        assert sign_in(client, name).status_code == 303
    return client


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **headers: str) -> Response:
    return client.post("/login", data={"name": name, "password": password}, headers=headers)
