"""Names, passwords, limits, sessions and tokens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import delete, text

from quellenlage.accounts.account import RIGHTS, AccountError, Right, Role, name_of
from quellenlage.accounts.accounts import Accounts
from quellenlage.accounts.audit import Action, Doer
from quellenlage.accounts.credentials import IDLE, LONGEST, Kind
from quellenlage.accounts.limits import Limit, TooOften, network_of
from quellenlage.accounts.passwords import Passwords
from quellenlage.accounts.signing_in import A_NAME, AN_ADDRESS, WINDOW, SigningIn
from quellenlage.ledger import Ledger, LedgerError
from quellenlage.ledger.tables import audit
from tests.commands import call
from tests.signed_in import CHEAP, PASSWORD, cheap_hash

ROOT = Doer("root")
ADDRESS = "192.0.2.1"


class Clock:
    """A clock that is set by hand, for moments and for seconds."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def ticks(self) -> float:
        return self.now.timestamp()

    def go_on(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def accounts(ledger: Ledger, clock: Clock) -> Accounts:
    made = Accounts(ledger, clock)
    made.add("Ada Löwe", Role.ANALYST, cheap_hash(), ROOT)
    return made


@pytest.fixture
def signing_in(ledger: Ledger, clock: Clock) -> SigningIn:
    return SigningIn(ledger, CHEAP, clock, clock.ticks)


def opened(accounts: Accounts, secret: str | None, kind: Kind = Kind.SESSION) -> str | None:
    found = accounts.opened_by(secret or "", kind)
    return found and found.account.name


def test_a_role_may_what_the_one_below_may_and_more() -> None:
    assert RIGHTS[Role.READER] == {Right.READ}
    assert RIGHTS[Role.READER] < RIGHTS[Role.ANALYST] < RIGHTS[Role.ADMIN]


@pytest.mark.parametrize("written", ["", "  ", "a" * 61, "Ada\x07", "<b>", "Ada\u202e", "a/b"])
def test_what_can_be_no_name_is_refused(written: str) -> None:
    with pytest.raises(AccountError, match="letters, digits"):
        name_of(written)


@pytest.mark.parametrize("written", ["ada löwe", "ADA  LÖWE", "Ada Lo\u0308we", "Ａda Löwe"])
def test_two_accounts_do_not_share_a_name(accounts: Accounts, written: str) -> None:
    with pytest.raises(AccountError, match="Ada Löwe already"):
        accounts.add(written, Role.READER, "", ROOT)


@pytest.mark.parametrize(
    ("password", "told"), [("kurz", "this one 4"), ("x" * 1001, "1001"), ("ADA LÖWE LÖWE", "name")]
)
def test_a_password_has_to_do(password: str, told: str) -> None:
    with pytest.raises(AccountError, match=told):
        CHEAP.hashed(password, "Ada Löwe Löwe")


def test_a_password_is_checked_however_its_letters_are_typed() -> None:
    kept = CHEAP.hashed("Lo\u0308we Löwe Löwe", "")
    assert CHEAP.is_right(kept, "Löwe Löwe Lo\u0308we")
    assert not CHEAP.is_right(kept, "Löwe Löwe löwe")
    assert not CHEAP.is_right(None, "Löwe Löwe Löwe")
    assert kept.startswith("$argon2id$")


def test_a_limit_counts_over_a_sliding_window(clock: Clock) -> None:
    limit = Limit(2, 60, clock.ticks)
    limit.take("a")
    clock.go_on(timedelta(seconds=30))
    limit.take("a")
    with pytest.raises(TooOften) as refused:
        limit.take("a")
    assert refused.value.seconds == 30
    limit.take("b")
    clock.go_on(timedelta(seconds=30))
    limit.take("a")
    limit.give_back("a")
    limit.take("a")
    with pytest.raises(TooOften):
        limit.take("a")


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("testclient", "testclient"),
    ],
)
def test_addresses_of_one_subscriber_are_counted_together(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_session_ends_when_it_lies_idle_and_at_last(accounts: Accounts, signing_in: SigningIn, clock: Clock) -> None:
    secret = signing_in.sign_in("ada löwe", PASSWORD, ADDRESS)
    begun = clock.now
    while clock.now - begun < LONGEST:
        found = accounts.opened_by(secret or "", Kind.SESSION)
        assert found is not None
        accounts.note_use(found)
        clock.go_on(IDLE - timedelta(minutes=1))
    assert opened(accounts, secret) is None
    secret = signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)
    clock.go_on(IDLE)
    assert opened(accounts, secret) is None
    signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)
    assert accounts.listed()[0].sessions == 1


def test_a_token_is_no_session_and_ends(accounts: Accounts, clock: Clock) -> None:
    token = accounts.make_token("Ada Löwe", timedelta(days=2), ROOT)
    assert opened(accounts, token) is None
    assert opened(accounts, token, Kind.TOKEN) == "Ada Löwe"
    clock.go_on(timedelta(days=2))
    assert opened(accounts, token, Kind.TOKEN) is None


def test_no_secret_is_in_the_ledger(accounts: Accounts, signing_in: SigningIn, ledger: Ledger) -> None:
    token = accounts.make_token("Ada Löwe", timedelta(days=2), ROOT)
    session = signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)
    tables = ("account", "credential", "audit")
    kept = str([ledger.ask(lambda c, _, t=t: c.execute(text(f"SELECT * FROM {t}")).all()) for t in tables])
    assert "Ada Löwe" in kept
    assert session
    assert not [secret for secret in (token, session, PASSWORD) if secret in kept]


@pytest.mark.parametrize("how", ["password", "remove"])
def test_another_password_and_removal_close_what_was_open(accounts: Accounts, signing_in: SigningIn, how: str) -> None:
    secret = signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)
    token = accounts.make_token("Ada Löwe", timedelta(days=2), ROOT)
    if how == "password":
        accounts.change_password("Ada Löwe", CHEAP.hashed("ganz andere Wörter", ""), ROOT)
    else:
        accounts.remove("Ada Löwe", ROOT)
    assert opened(accounts, secret) is opened(accounts, token, Kind.TOKEN) is None
    assert signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS) is None


def test_guessing_a_password_is_stopped_and_goes_on_later(
    signing_in: SigningIn, accounts: Accounts, clock: Clock
) -> None:
    for number in range(A_NAME):
        assert signing_in.sign_in("Ada Löwe", f"falsches Passwort {number}", f"192.0.2.{number}") is None
    with pytest.raises(TooOften):
        signing_in.sign_in("ADA LÖWE", PASSWORD, "198.51.100.1")
    clock.go_on(timedelta(seconds=WINDOW))
    assert signing_in.sign_in("Ada Löwe", PASSWORD, "198.51.100.1")


def test_an_address_that_tries_many_names_is_stopped(signing_in: SigningIn, accounts: Accounts) -> None:
    for number in range(AN_ADDRESS):
        assert signing_in.sign_in(f"Name {number}", PASSWORD, ADDRESS) is None
    with pytest.raises(TooOften):
        signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)
    assert signing_in.sign_in("Ada Löwe", PASSWORD, "198.51.100.1")


def test_whoever_signs_in_rightly_is_not_counted(signing_in: SigningIn, accounts: Accounts) -> None:
    for _ in range(AN_ADDRESS + 1):
        assert signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)


def test_a_hash_of_other_parameters_is_made_anew_at_a_login(
    ledger: Ledger, accounts: Accounts, signing_in: SigningIn
) -> None:
    dearer = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    assert SigningIn(ledger, dearer).sign_in("Ada Löwe", PASSWORD, ADDRESS)
    kept = ledger.ask(lambda connection, _: connection.execute(text("SELECT password FROM account")).scalar_one())
    assert "t=2" in kept
    assert signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)


def test_the_log_tells_what_was_done_and_no_name_that_there_is_not(accounts: Accounts, signing_in: SigningIn) -> None:
    signing_in.sign_in("mein geheimes Passwort", PASSWORD, ADDRESS)
    signing_in.sign_in("Ada Löwe", "falsch", ADDRESS)
    signing_in.sign_in("Ada Löwe", PASSWORD, ADDRESS)
    accounts.change_role("ada löwe", Role.READER, ROOT)
    told = [(one.action, one.person, one.address, one.about) for one in reversed(accounts.log(10))]
    assert told == [
        (Action.ACCOUNT_ADDED, "root", None, "Ada Löwe (analyst)"),
        (Action.LOGIN_FAILED, "", ADDRESS, ""),
        (Action.LOGIN_FAILED, "Ada Löwe", ADDRESS, ""),
        (Action.LOGIN, "Ada Löwe", ADDRESS, ""),
        (Action.ROLE_CHANGED, "root", None, "Ada Löwe (reader)"),
    ]
    assert [one.number for one in accounts.log(2, before=4)] == [3, 2]


def test_accounts_and_their_log_are_kept_in_every_database_and_its_backup(target: str, tmp_path: Path) -> None:
    with Ledger.open(target) as ledger:
        accounts = Accounts(ledger)
        assert not accounts.are_there()
        accounts.add("Ada", Role.READER, cheap_hash(), ROOT)
        secret = SigningIn(ledger, CHEAP).sign_in("ada", PASSWORD, ADDRESS)
        assert opened(accounts, secret) == "Ada"
        (listed,) = accounts.listed()
        assert (listed.sessions, listed.tokens) == (1, 0)
    assert call(target, "backup", tmp_path / "backup").exit_code == 0
    assert call(target, "restore", tmp_path / "backup", "--force").exit_code == 0
    with Ledger.open(target) as ledger:
        accounts = Accounts(ledger)
        assert opened(accounts, secret) == "Ada"
        accounts.remove("ada", ROOT)
        assert not accounts.are_there()
        assert [one.action for one in accounts.log(9)] == [Action.ACCOUNT_REMOVED, Action.LOGIN, Action.ACCOUNT_ADDED]
        with pytest.raises(LedgerError, match="only added"):
            ledger.change(lambda connection: connection.execute(delete(audit)))
        assert len(accounts.log(9)) == 3
