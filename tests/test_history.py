"""What the ledger held at a past moment, and what judgements make of claims."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quellenlage.changed_since import differences
from quellenlage.claims.correcting import NOTATION, NoCorrection, corrected
from quellenlage.claims.judging import judged
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
    Verdict,
)
from quellenlage.ledger import ClaimFilter, Facet, Ledger, LedgerError
from quellenlage.steps import keep_weighed, weighed

TEXT = "Wie das Abendblatt meldet, will Serbien bis zu 40 Haubitzen an Zypern abgeben."
ARTICLE = Article("a1", "haubitzen", TEXT, outlet="Kurier", published="2024-05-02")
CLAIM = Claim(
    "k1",
    "a1",
    Stage.OFFERED,
    supplier=("RS",),
    recipient=("CY",),
    item_classes=("artillery",),
    quantity=Quantity(None, 40, "bis zu 40"),
    chains=(Chain((Hop("kurier", HopKind.OUTLET, "Kurier"), Hop("abendblatt", HopKind.OUTLET, "Abendblatt"))),),
    evidence=(Evidence("stage", 31, 35, "will"), Evidence("supplier", 36, 43, "Serbien")),
    confidence=0.4,
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        opened.record(ARTICLE, Reading("a1", "1"), [CLAIM])
        yield opened


def now() -> datetime:
    moment = datetime.now(UTC)
    time.sleep(0.002)
    return moment


def on(kind: JudgementKind, *claims: Claim, **corrections: str) -> Judgement:
    changed = tuple(Correction(field, value) for field, value in corrections.items())
    return Judgement(kind, tuple(map(JudgedClaim.of, claims)), (), "Jana", "nachgelesen", corrections=changed)


def test_a_correction_holds_says_who_made_it_and_leaves_the_past_as_it_was(ledger: Ledger) -> None:
    before = now()
    number = ledger.judge(on(JudgementKind.CORRECT, CLAIM, stage="delivered", recipient="CY,GR"))
    (claim,) = ledger.claims()
    assert (claim.stage, claim.recipient, claim.verdict) == (Stage.DELIVERED, ("CY", "GR"), Verdict.CORRECTED)
    assert claim.judgements == (number,)
    (words,) = [entry for entry in claim.evidence if entry.field == "stage"]
    assert (words.text, words.rule) == ("will", f"judgement {number} by Jana: nachgelesen")
    assert ledger.at(before).claims() == [CLAIM]
    assert ledger.claims(ClaimFilter(recipient="GR")) == [claim]
    assert ledger.at(before).claims(ClaimFilter(recipient="GR")) == []
    assert {one.value: one.claims for one in ledger.facets()[Facet.STAGE]} == {"delivered": 1}


def test_a_judgement_that_is_taken_back_leaves_the_claim_as_it_was_read(ledger: Ledger) -> None:
    number = ledger.judge(on(JudgementKind.CORRECT, CLAIM, stage="delivered"))
    corrected_then = now()
    ledger.undo(number)
    assert ledger.claims() == [CLAIM]
    assert ledger.at(corrected_then).claims()[0].stage is Stage.DELIVERED
    assert [(one.judgement.number, one.undone is None) for one in ledger.log()] == [(number, False)]


def test_a_rejected_claim_is_held_no_longer_until_that_is_taken_back(ledger: Ledger) -> None:
    before = now()
    number = ledger.judge(on(JudgementKind.REJECT, CLAIM))
    assert ledger.claims() == []
    assert ledger.facets()[Facet.SUPPLIER] == ()
    assert ledger.at(before).claims() == [CLAIM]
    ledger.undo(number)
    assert ledger.claims() == [CLAIM]


def test_an_accepted_claim_wants_no_more_looking_at(ledger: Ledger) -> None:
    assert [claim.id for claim in ledger.page(by_doubt=True).claims] == ["k1"]
    ledger.judge(on(JudgementKind.ACCEPT, CLAIM))
    assert ledger.page(by_doubt=True).claims == ()
    assert ledger.claims()[0].verdict is Verdict.ACCEPTED


def test_judgements_hold_for_the_claims_of_a_newer_reading(ledger: Ledger) -> None:
    ledger.judge(on(JudgementKind.CORRECT, CLAIM, stage="delivered"))
    other = replace(CLAIM, id="k2", recipient=("TR",), item_classes=("drones",))
    ledger.record(ARTICLE, Reading("a1", "2"), [replace(CLAIM, id="k9", confidence=0.9), other])
    found = {claim.id: claim for claim in ledger.claims()}
    assert (found["k9"].stage, found["k9"].confidence) == (Stage.DELIVERED, 0.9)
    assert found["k2"] == other


def test_a_split_survives_a_new_model(ledger: Ledger) -> None:
    other = replace(ARTICLE, id="b2", doc="zweiter")
    second = replace(CLAIM, id="k2", article_id="b2")
    ledger.record(other, Reading("b2", "1"), [second])
    assert len(keep_weighed(ledger).weighing.deals) == 1
    sides = (JudgedClaim.of(CLAIM),), (JudgedClaim.of(second),)
    ledger.judge(Judgement(JudgementKind.APART, *sides, "Jana"))
    assert len(keep_weighed(ledger).weighing.deals) == 2
    ledger.record(ARTICLE, Reading("a1", "2"), [replace(CLAIM, id="n1")])
    ledger.record(other, Reading("b2", "2"), [replace(second, id="n2")])
    assert [deal.claims for deal in keep_weighed(ledger).weighing.deals] == [("n1",), ("n2",)]


def test_a_name_is_identified_in_what_is_there_and_in_what_comes(ledger: Ledger) -> None:
    ledger.judge(on(JudgementKind.CORRECT, CLAIM, supplier="garde"))
    number = ledger.judge(Judgement(JudgementKind.IDENTIFY, (), (), "Jana", corrections=(Correction("garde", "IR"),)))
    assert ledger.claims()[0].supplier == ("IR",)
    later = replace(ARTICLE, id="b2", doc="spaeter")
    ledger.record(later, Reading("b2", "1"), [replace(CLAIM, id="k3", article_id="b2", supplier=("garde",))])
    assert [claim.supplier for claim in ledger.claims()] == [("IR",), ("IR",)]
    ledger.undo(number)
    assert [claim.supplier for claim in ledger.claims()] == [("garde",), ("garde",)]


def test_of_two_judgements_the_later_one_goes_before(ledger: Ledger) -> None:
    ledger.judge(on(JudgementKind.CORRECT, CLAIM, stage="delivered"))
    ledger.judge(on(JudgementKind.REJECT, CLAIM))
    last = ledger.judge(on(JudgementKind.CORRECT, CLAIM, stage="halted"))
    assert [claim.stage for claim in ledger.claims()] == [Stage.HALTED]
    ledger.undo(last)
    assert ledger.claims() == []


def test_the_past_cannot_be_written(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="past"):
        ledger.at(now()).judge(on(JudgementKind.ACCEPT, CLAIM))


def test_articles_and_readings_are_those_of_the_moment(ledger: Ledger) -> None:
    first = now()
    ledger.add_article(replace(ARTICLE, id="b2", doc="zweiter"))
    ledger.record(ARTICLE, Reading("a1", "2"), [])
    assert [article.id for article in ledger.at(first).articles()] == ["a1"]
    reading = ledger.at(first).reading("a1")
    assert reading is not None
    assert reading.reader == "1"
    assert ledger.at(first).claims() == [CLAIM]
    assert ledger.claims() == []


def test_a_weighing_is_held_until_another_says_otherwise(ledger: Ledger) -> None:
    keep_weighed(ledger)
    first = now()
    assert ledger.is_weighed()
    ledger.judge(on(JudgementKind.CORRECT, CLAIM, stage="delivered"))
    assert not ledger.is_weighed()
    assert [deal.standing.stage for deal in weighed(ledger).weighing.deals] == [Stage.DELIVERED]
    keep_weighed(ledger)
    assert [deal.standing.stage for deal in ledger.deals()] == [Stage.DELIVERED]
    assert [deal.standing.stage for deal in ledger.at(first).deals()] == [Stage.OFFERED]
    assert weighed(ledger.at(first)).weighing.deals == ledger.at(first).deals()


def test_what_was_kept_of_a_weighing_is_what_it_said(ledger: Ledger) -> None:
    said = keep_weighed(ledger).weighing
    kept = weighed(ledger).weighing
    assert (kept.deals, kept.stories, kept.copies, kept.settings) == (
        said.deals,
        said.stories,
        said.copies,
        said.settings,
    )


def test_the_difference_tells_new_denied_changed_and_judged(ledger: Ledger) -> None:
    keep_weighed(ledger)
    then = now()
    later = replace(ARTICLE, id="b2", doc="dementi", published="2024-05-04")
    denied = replace(CLAIM, id="k3", article_id="b2", denied_by=("RS",))
    ledger.record(later, Reading("b2", "1"), [denied])
    number = ledger.judge(on(JudgementKind.REJECT, CLAIM))
    keep_weighed(ledger)
    found = differences(ledger, then)
    assert [article.doc for article in found.articles] == ["dementi"]
    assert [claim.id for claim in found.claims] == ["k3"]
    assert [claim.id for claim in found.denied] == ["k3"]
    assert [claim.id for claim in found.gone] == ["k1"]
    assert [one.judgement.number for one in found.judgements] == [number]
    assert found.deals
    empty = differences(ledger, now())
    assert (empty.articles, empty.claims, empty.gone, empty.deals, empty.judgements) == ((), (), (), (), ())


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("supplier", " KP , RU,KP", "supplier", ("KP", "RU")),
        ("models", "", "models", ()),
        ("quantity", "100..500", "quantity", Quantity(100, 500, "100..500")),
        ("quantity", "100..", "quantity", Quantity(100, None, "100..")),
        ("quantity", "~40", "quantity", Quantity(40, 40, "~40", approximate=True)),
        ("quantity", "", "quantity", None),
        ("stage", "halted", "stage", Stage.HALTED),
        ("negated", "ja", "negated", True),
        ("time", "2023-11/..", "time", "2023-11/.."),
        ("return", "food", "returns", ("food",)),
        ("sources", "kr-intelligence,abendblatt", "sources", ("kr-intelligence", "abendblatt")),
    ],
)
def test_a_correction_is_read(field: str, value: str, attribute: str, expected: object) -> None:
    assert getattr(corrected(CLAIM, [Correction(field, value)], "so"), attribute) == expected


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("stage", "geliefert", "no stage"),
        ("quantity", "viele", "no quantity"),
        ("quantity", "500..100", "begins higher"),
        ("amount", "5 Dollar", "ISO 4217"),
        ("negated", "vielleicht", "neither yes nor no"),
        ("time", "gestern", "EDTF"),
        ("laune", "gut", "no field"),
    ],
)
def test_what_is_no_correction_says_what_could_be_written(field: str, value: str, said: str) -> None:
    with pytest.raises(NoCorrection, match=said):
        corrected(CLAIM, [Correction(field, value)], "so")


@given(st.sampled_from(sorted(NOTATION)), st.text(max_size=12))
def test_a_correction_is_read_or_refused_and_leaves_other_fields_alone(field: str, value: str) -> None:
    try:
        found = corrected(CLAIM, [Correction(field, value)], "so")
    except NoCorrection:
        return
    assert {entry.field for entry in found.evidence} <= {"stage", "supplier", field}
    untouched = {"id", "article_id", "confidence", "kind", "quantity_item", "returns", "models"} - {field, "returns"}
    assert all(getattr(found, name) == getattr(CLAIM, name) for name in untouched)


kinds = st.sampled_from([JudgementKind.ACCEPT, JudgementKind.REJECT, JudgementKind.CORRECT])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(kinds, st.booleans()), max_size=6))
def test_what_is_held_is_always_what_the_judgements_in_force_make_of_the_reading(
    tmp_path: Path, acts: list[tuple[JudgementKind, bool]]
) -> None:
    (tmp_path / "any.db").unlink(missing_ok=True)
    with Ledger.open(tmp_path / "any.db") as book:
        book.record(ARTICLE, Reading("a1", "1"), [CLAIM])
        for kind, stays in acts:
            number = book.judge(on(kind, CLAIM, **({"stage": "halted"} if kind is JudgementKind.CORRECT else {})))
            if not stays:
                book.undo(number)
        held = book.claims()
        assert held == list(judged(ARTICLE, [CLAIM], book.judgements()))
        counts = {one.value: one.claims for one in book.facets()[Facet.SUPPLIER]}
        assert counts == ({"RS": 1} if held else {})
