"""What a ledger holds of sources and actors."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quellenlage.domain import Article, Chain, Claim, Hop, HopKind, Reading, Stage
from quellenlage.ledger import ClaimFilter, Facet, Ledger
from quellenlage.portraits import Part, actor_portrait, source_portrait
from quellenlage.steps import keep_weighed
from quellenlage.weigh.parties import voices_of

PAPER, OTHER = Hop("morgenblatt", HopKind.OUTLET, "Morgenblatt"), Hop("abendblatt", HopKind.OUTLET, "Abendblatt")
INSIDER = Hop("insider", HopKind.PERSON, "ein Insider")
KREMLIN = Hop("ru-government", HopKind.GOVERNMENT, "der Kreml")


def claim(id: str, article: str, *hops: Hop, stage: Stage = Stage.SOUGHT, **fields: object) -> Claim:
    return Claim(
        id,
        article,
        stage,
        ("KP",),
        ("RU",),
        ("ammunition",),
        chains=(Chain(hops),),
        **fields,  # type: ignore[arg-type]
    )


TOLD = [
    ("2024-03-01", claim("k1", "a1", OTHER, denied_by=("KP",))),
    ("2024-03-02", claim("k2", "a2", PAPER, INSIDER)),
    ("2024-03-03", claim("k3", "a3", OTHER, PAPER, INSIDER, denied_by=("ru-government",))),
    ("2024-03-04", claim("k4", "a4", OTHER, KREMLIN, no_comment_by=("KP",))),
]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        for day, one in TOLD:
            article = Article(one.article_id, one.article_id, f"Über Granaten, {one.id}", published=day)
            opened.record(article, Reading(article.id, "1"), [one])
        keep_weighed(opened)
        yield opened


def test_a_source_is_counted_by_what_it_does(ledger: Ledger) -> None:
    paper = source_portrait(ledger, "morgenblatt")
    assert {part: count.claims for part, count in paper.counts.items()} == {
        Part.ORIGIN: 0,
        Part.OUTLET: 1,
        Part.SOURCE: 1,
    }
    assert paper.told_as is Part.OUTLET
    assert [(one.value, one.claims) for one in paper.from_whom.by] == [("insider", 1)]
    assert [(one.value, one.claims) for one in paper.passed_on.by] == [("abendblatt", 1)]


def test_what_an_outlet_says_itself_is_not_what_it_relays(ledger: Ledger) -> None:
    other = source_portrait(ledger, "abendblatt")
    assert (other.from_whom.own, other.from_whom.of) == (1, 3)
    assert "abendblatt" not in {one.value for one in other.from_whom.by}
    assert other.counts[Part.ORIGIN].claims == 1


def test_only_answers_since_a_source_told_are_counted(ledger: Ledger) -> None:
    insider = source_portrait(ledger, "insider")
    (told,) = insider.record.deals
    assert (told.since, told.claims) == ("2024-03-02", 2)
    assert [(one.field, one.actor, one.day) for one in told.answers] == [
        ("denied_by", "ru-government", "2024-03-03"),
        ("no_comment_by", "KP", "2024-03-04"),
    ]
    assert (insider.answered("denied_by"), insider.answered("confirmed_by")) == (1, 0)


def test_of_a_past_moment_less_is_known(ledger: Ledger) -> None:
    then = ledger.at(datetime(2020, 1, 1, tzinfo=UTC))
    assert not source_portrait(then, "insider").is_known
    assert not actor_portrait(then, "RU").answers
    now = ledger.at(datetime.now(UTC))
    assert source_portrait(now, "insider").counts[Part.ORIGIN].claims == 2


def test_nobody_is_known_of_whom_nothing_is_told(ledger: Ledger) -> None:
    assert not source_portrait(ledger, "niemand").is_known
    assert not actor_portrait(ledger, "XX").is_known


def test_an_actor_has_deals_voices_and_answers(ledger: Ledger) -> None:
    russia, korea = actor_portrait(ledger, "RU"), actor_portrait(ledger, "KP")
    assert (russia.supplies.count, russia.receives.count) == (0, 1)
    assert korea.supplies.count == 1
    assert dict(russia.voices) == {"ru-government": 1}
    assert [(one.field, one.actor) for one in russia.answers] == [("denied_by", "ru-government")]
    assert [(one.field, one.day) for one in korea.answers] == [
        ("no_comment_by", "2024-03-04"),
        ("denied_by", "2024-03-01"),
    ]
    assert korea.answered("denied_by") == korea.answers[1:]


def test_a_state_speaks_through_its_organs_and_those_of_the_lists() -> None:
    voices = voices_of("RU")
    assert voices[0] == "RU"
    assert {"ru-government", "ru-military", "ru-officials"} <= set(voices)
    assert voices_of("insider") == ("insider",)


def test_claims_are_listed_without_being_counted(ledger: Ledger) -> None:
    where = ClaimFilter(outlet="abendblatt")
    assert [(tuple(one.id for one in claims), more) for claims, more in [ledger.some_claims(where, 0, 2)]] == [
        (("k4", "k3"), True)
    ]
    claims, more = ledger.some_claims(where, 2, 2)
    assert ([one.id for one in claims], more) == (["k1"], False)


def test_values_of_a_facet_are_counted_whatever_their_capitals(ledger: Ledger) -> None:
    assert ledger.counted(Facet.OUTLET, ["MORGENBLATT", "abendblatt", "niemand"]) == {"abendblatt": 3, "morgenblatt": 1}
