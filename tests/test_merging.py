"""One ledger into another: everything once, with its moments, in either order, and on after being killed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.domain import (
    Article,
    Chain,
    Claim,
    Correction,
    Evidence,
    Hop,
    HopKind,
    JudgedClaim,
    Judgement,
    JudgementKind,
    Quantity,
    Reading,
    Stage,
)
from quellenlage.ledger import ClaimFilter, Ledger, LedgerError
from quellenlage.ledger.merging import Merged, merge
from tests.postgres import Server
from tests.test_cli import run

TEXT = "Nach Angaben aus Tallinn liefert Norwegen zwölf Haubitzen, Oslo schweigt dazu."
STAGES = (Stage.OFFERED, Stage.AGREED, Stage.DELIVERED)
PARTIES = ("NO", "EE", "FI")


def article(id: str, **fields: object) -> Article:
    return Article(**{"id": id, "doc": f"doc-{id}", "text": TEXT, "published": "2024-09-02", **fields})  # type: ignore[arg-type]


def read_by(of: Article, reader: str) -> tuple[Reading, list[Claim]]:
    """What a reader finds in an article: always the same, and something else than other readers find."""
    kind = sum(map(ord, of.id + reader))
    claims = [
        Claim(
            f"{of.id}-{reader}-{number}",
            of.id,
            STAGES[(kind + number) % 3],
            supplier=(PARTIES[kind % 3],),
            recipient=(PARTIES[(kind + number + 1) % 3],),
            item_classes=("artillery",),
            quantity=Quantity(12, None, "zwölf", approximate=True),
            chains=(Chain((Hop("dpa", HopKind.AGENCY, "dpa"), Hop(PARTIES[number], HopKind.GOVERNMENT, "Tallinn"))),),
            confidence=0.1 + (kind % 7) / 10,
            evidence=(Evidence("stage", 25, 32, "liefert"), Evidence("quantity", 42, 47, "zwölf")),
        )
        for number in range(1 + kind % 2)
    ]
    return Reading(of.id, reader), claims


def record(ledger: Ledger, of: Article, reader: str = "modell-1") -> None:
    ledger.record(of, *read_by(of, reader))


def judge(ledger: Ledger, kind: JudgementKind, id: str = "", person: str = "Jana", *corrections: Correction) -> int:
    claims = (JudgedClaim.of(ledger.claim_ever(id)),) if id else ()
    return ledger.judge(Judgement(kind, claims, (), person, corrections=corrections))


def told(claims: list[Claim]) -> list[Claim]:
    """Claims without the numbers of judgements, which are each ledger's own."""
    bare = [
        replace(
            claim,
            judgements=(),
            evidence=tuple(replace(one, rule="judged" if one.rule else None) for one in claim.evidence),
        )
        for claim in claims
    ]
    return sorted(bare, key=lambda claim: claim.id)


def held(ledger: Ledger) -> list[Claim]:
    return told(ledger.claims())


def histories(ledger: Ledger) -> dict[str, object]:
    return {one.id: ledger.history(one.id) for one in ledger.articles()}


def unnumbered(ledger: Ledger) -> list[object]:
    """All that was ever held, with its moments, but without the numbers of judgements."""
    return [
        (
            article.id,
            kept.reading,
            kept.made,
            kept.until,
            [(told([one.claim]), one.since, one.until) for one in kept.claims],
        )
        for article in ledger.articles()
        for kept in ledger.history(article.id).readings
    ]


@pytest.fixture
def ledgers(tmp_path: Path) -> Iterator[tuple[Ledger, Ledger]]:
    with Ledger.open(tmp_path / "eigenes.db") as own, Ledger.open(tmp_path / "anderes.db") as other:
        yield own, other


def test_everything_comes_with_its_moments(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    one = article("a1")
    record(other, one, "modell-1")
    id = other.claims()[0].id
    number = judge(other, JudgementKind.CORRECT, id, "Jana", Correction("stage", "halted"))
    other.undo(number)
    judge(other, JudgementKind.ACCEPT, id, "Tom")
    record(other, one, "modell-2")
    assert merge(own, other) == Merged(articles=1, readings=2, judgements=2, known=0)
    assert own.history("a1") == other.history("a1")
    assert own.log() == other.log()
    moments = [state.since for kept in other.history("a1").readings for state in kept.claims]
    for moment in (*moments, *(m - timedelta(microseconds=1) for m in moments), datetime.now(UTC)):
        assert own.at(moment).claims() == other.at(moment).claims()
        assert own.at(moment).reading("a1") == other.at(moment).reading("a1")
    assert own.claims(ClaimFilter(supplier=own.claims()[0].supplier[0]))
    assert own.facets() == other.facets()
    assert own.examine().is_whole


def test_twice_is_once(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    for number in range(3):
        record(other, article(f"a{number}"))
    other.add_article(article("ungelesen"))
    judge(other, JudgementKind.REJECT, other.claims()[0].id)
    assert merge(own, other) == Merged(articles=4, readings=3, judgements=1, known=0)
    before, state = histories(own), own.state()
    assert merge(own, other) == Merged(articles=0, readings=0, judgements=0, known=4)
    assert merge(own, own).is_nothing
    assert (histories(own), own.state()) == (before, state)


def test_what_has_come_since_comes_the_next_time(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    record(other, article("a1"))
    merge(own, other)
    record(other, article("a1"), "modell-2")
    id = other.claims()[0].id
    judge(other, JudgementKind.ACCEPT, id)
    assert merge(own, other) == Merged(articles=0, readings=1, judgements=1, known=0)
    assert held(own) == held(other)
    other.undo(1)
    merge(own, other)
    assert own.judgements() == []
    assert held(own) == held(other)


def test_the_own_reading_stays_where_the_same_reader_has_read_in_both(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    one = article("a1")
    record(own, one)
    reading, claims = read_by(one, "modell-1")
    other.record(one, reading, [replace(claim, stage=Stage.HALTED) for claim in claims])
    before = own.history("a1")
    assert merge(own, other).is_nothing
    assert own.history("a1") == before


def test_own_history_stays_as_it_was(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    one = article("a1")
    record(other, one, "modell-0")
    early = datetime.now(UTC)
    record(own, one, "modell-1")
    between = datetime.now(UTC)
    record(other, one, "modell-2")
    before = own.claims()
    merge(own, other)
    # What the other held before the first own reading was held then; since then it is the own one, until now.
    assert own.at(early).claims() == other.at(early).claims()
    assert own.at(early).reading("a1") == other.at(early).reading("a1")
    assert own.at(between).claims() == before
    assert held(own) == held(other)
    assert own.article("a1") in own.at(early).articles()
    assert own.examine().is_whole


def test_a_persons_reading_goes_before_a_newer_one_of_a_program(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    one = article("a1")
    record(other, one, "person:Jana")
    record(own, one, "modell-2")
    merge(own, other)
    assert {claim.id.split("-")[1] for claim in own.claims()} == {"person:Jana"}
    merge(other, own)
    assert held(own) == held(other)


def test_a_ledger_that_has_gone_on_to_another_reader_goes_before_one_that_has_not(
    ledgers: tuple[Ledger, Ledger],
) -> None:
    own, other = ledgers
    one = article("a1")
    record(own, one, "modell-1")
    record(own, one, "modell-2")
    record(other, one, "modell-1")
    merge(own, other)
    assert {claim.id.split("-")[1:3][1] for claim in own.claims()} == {"2"}
    merge(other, own)
    assert held(own) == held(other)


def test_judgements_of_either_hold_for_the_articles_of_both(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    record(own, article("a1"))
    record(other, article("a2"))
    judge(own, JudgementKind.IDENTIFY, "", "Jana", *(Correction(party, "nato") for party in PARTIES))
    merge(own, other)
    assert {party for claim in own.claims() for party in claim.supplier} == {"nato"}
    merge(other, own)
    assert held(own) == held(other)


def test_the_later_judgement_holds_wherever_it_was_made(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    for ledger in ledgers:
        record(ledger, article("a1"))
    id = own.claims()[0].id
    judge(other, JudgementKind.CORRECT, id, "Tom", Correction("stage", "sought"))
    judge(own, JudgementKind.CORRECT, id, "Jana", Correction("stage", "halted"))
    merge(own, other)
    merge(other, own)
    for ledger in ledgers:
        assert ledger.claim(id).stage is Stage.HALTED
        assert [one.judgement.person for one in ledger.log()] == ["Tom", "Jana"]
        assert ledger.claim(id).judgements == (1, 2)
        assert ledger.examine().is_whole


def test_evidence_names_the_judgement_by_the_number_that_it_has_here(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    record(own, article("a1"))
    judge(own, JudgementKind.ACCEPT, own.claims()[0].id)
    record(other, article("a2"))
    id = other.claims()[0].id
    judge(other, JudgementKind.CORRECT, id, "Tom", Correction("stage", "halted"))
    merge(own, other)
    rules = {entry.rule for entry in own.claim(id).evidence if entry.rule}
    assert (rules, own.claim(id).judgements) == ({"judgement 2 by Tom"}, (2,))


def test_readings_of_a_text_with_other_white_space_stay_behind(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    record(own, article("a1"))
    record(other, article("a1", text=TEXT.replace(" ", "  ")), "modell-2")
    merged = merge(own, other)
    assert (merged.readings, merged.spaced_otherwise) == (0, ("doc-a1",))
    assert own.examine().is_whole


def test_killed_in_the_middle_it_goes_on(ledgers: tuple[Ledger, Ledger], monkeypatch: pytest.MonkeyPatch) -> None:
    own, other = ledgers
    for number in range(5):
        record(other, article(f"a{number}"))
    judge(other, JudgementKind.REJECT, other.claims()[0].id)
    record(own, article("a0"))
    take_over, calls = Ledger.take_over, count(1)

    def killed(self: Ledger, history: object) -> object:
        taken = take_over(self, history)  # type: ignore[arg-type]
        if next(calls) == 3:
            raise KeyboardInterrupt
        return taken

    monkeypatch.setattr(Ledger, "take_over", killed)
    with pytest.raises(KeyboardInterrupt):
        merge(own, other)
    assert len(list(own.articles())) == 3
    assert own.examine().is_whole
    monkeypatch.undo()
    assert merge(own, other) == Merged(articles=2, readings=2, judgements=0, known=3)
    assert held(own) == held(other)


def test_a_failure_within_an_article_leaves_nothing_of_it(
    ledgers: tuple[Ledger, Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = ledgers
    record(other, article("a1"))

    def fails(*_: object) -> None:
        raise OSError("voll")

    monkeypatch.setattr("quellenlage.ledger.claim_rows.settle", fails)
    with pytest.raises(OSError, match="voll"):
        merge(own, other)
    assert list(own.articles()) == []


def test_the_past_cannot_be_merged_into(ledgers: tuple[Ledger, Ledger]) -> None:
    own, other = ledgers
    with pytest.raises(LedgerError, match="the past cannot be written to"):
        merge(own.at(datetime.now(UTC)), other)


def test_files_and_postgresql_go_into_one_another(tmp_path: Path, postgres: Server) -> None:
    with (
        postgres.database() as address,
        Ledger.open(tmp_path / "datei.db") as file,
        Ledger.open(tmp_path / "zurück.db") as back,
        Ledger.open(address) as server,
    ):
        record(file, article("a1"), "modell-1")
        record(file, article("a1"), "modell-2")
        record(server, article("a1"), "modell-1")
        record(server, article("a2"), "modell-1")
        judge(file, JudgementKind.CORRECT, file.claims()[0].id, "Jana", Correction("stage", "halted"))
        judge(server, JudgementKind.ACCEPT, server.claims()[0].id, "Tom")
        assert merge(server, file) == Merged(articles=0, readings=1, judgements=1, known=0)
        assert merge(server, file).is_nothing
        assert merge(file, server) == Merged(articles=1, readings=1, judgements=1, known=1)
        assert held(file) == held(server)
        merge(back, server)
        assert unnumbered(back) == unnumbered(server)
        assert all(ledger.examine().is_whole for ledger in (file, server, back))


# Random histories

READERS = ("modell-1", "modell-2", "person:Jana", "person:Tom")
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from("AB"),
        st.sampled_from(("record", "record", "accept", "reject", "correct", "identify", "undo")),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=14,
)


def happens(ledger: Ledger, what: str, one: int, other: int) -> None:
    """Something happens to a ledger, where it can."""
    claims = (
        [state.claim.id for kept in ledger.history(f"a{one % 2}").readings for state in kept.claims]
        if any(found.id == f"a{one % 2}" for found in ledger.articles())
        else []
    )
    match what:
        case "record":
            record(ledger, article(f"a{one % 2}"), READERS[other])
        case "identify":
            correction = Correction(PARTIES[one % 3], (*PARTIES, "nato")[other])
            judge(ledger, JudgementKind.IDENTIFY, "", "Jana", correction)
        case "undo" if in_force := ledger.judgements():
            ledger.undo(in_force[one % len(in_force)].number)
        case "accept" | "reject" if claims:
            judge(ledger, JudgementKind(what), claims[other % len(claims)], "Tom")
        case "correct" if claims:
            correction = Correction("stage", STAGES[other % 3].value)
            judge(ledger, JudgementKind.CORRECT, claims[other % len(claims)], "Jana", correction)


@settings(max_examples=25)
@given(operations=OPERATIONS)
def test_either_order_gives_the_same_claims_and_twice_is_once(
    tmp_path_factory: pytest.TempPathFactory, operations: list[tuple[str, str, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("beide")
    for name in "AB":
        with Ledger.open(folder / name) as ledger:
            for _, *what in (one for one in operations if one[0] == name):
                happens(ledger, *what)
    for name in "AB":
        shutil.copy(folder / name, folder / f"{name}-alt")
    with (
        Ledger.open(folder / "A") as a,
        Ledger.open(folder / "B") as b,
        Ledger.open(folder / "A-alt") as a_before,
        Ledger.open(folder / "B-alt") as b_before,
    ):
        known = [a.history(one.id) for one in a.articles()]
        moments = {moment for one in known for kept in one.readings for moment in (kept.made, kept.until) if moment}
        merge(a, b_before)
        merge(b, a_before)
        assert held(a) == held(b)
        assert {one.id for one in a.articles()} == {one.id for one in b.articles()}
        assert [(one.judgement.kind, one.made) for one in a.log()] == [
            (one.judgement.kind, one.made) for one in b.log()
        ]
        # What a ledger held of an article that it had read, it still says that it held.
        for moment in sorted(moments):
            for one in a_before.articles():
                if a_before.at(moment).reading(one.id) is not None:
                    where = ClaimFilter(article=one.id)
                    assert told(a.at(moment).claims(where)) == told(a_before.at(moment).claims(where))
        before, state = (histories(a), a.log()), a.state()
        assert merge(a, b_before).is_nothing
        assert merge(a, b).is_nothing
        assert ((histories(a), a.log()), a.state()) == (before, state)
        assert a.examine().is_whole
        assert b.examine().is_whole


def test_the_command_tells_what_came(tmp_path: Path) -> None:
    (tmp_path / "eins.txt").write_text("Polen kauft in Südkorea 218 Raketenwerfer.\n", encoding="utf-8")
    (tmp_path / "zwei.txt").write_text("Oslo überlässt Tallinn zwölf Haubitzen.\n", encoding="utf-8")
    run(tmp_path, "read", "eins.txt")
    run(tmp_path, "read", "zwei.txt", "--ledger", "anderes.db")
    done = run(tmp_path, "merge-ledger", "anderes.db")
    assert (done.returncode, "1 new articles, 1 readings" in done.stderr) == (0, True), done.stderr
    assert "Nichts Neues" in run(tmp_path, "merge-ledger", "anderes.db", lang="de").stderr
    docs = run(tmp_path, "export", "articles").stdout
    assert '"eins"' in docs
    assert '"zwei"' in docs
    done = run(tmp_path, "merge-ledger", "fehlt.db")
    assert done.returncode == 2
    assert "there is no ledger at fehlt.db" in done.stderr
