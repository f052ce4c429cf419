"""Deals, origins, standing, contradictions and drift, on small articles and on the story groups."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.weighing.__main__ import ledgers, origin_counts, scores
from benchmarks.weighing.__main__ import weighed as weighed_groups
from benchmarks.weighing.groups import groups, pairs_of
from quellenlage.domain import Chain, Claim, HopKind, Span, SpanType, Stage
from quellenlage.weigh.changes import ChangeKind, changes
from quellenlage.weigh.contradictions import ContradictionKind
from quellenlage.weigh.days import days_apart, days_of
from quellenlage.weigh.deals import Judged
from quellenlage.weigh.drift import DriftKind
from quellenlage.weigh.lines import fullest_names, lines_of
from quellenlage.weigh.parties import party_of
from quellenlage.weigh.tree import trees_of
from quellenlage.weigh.weighing import Weighing, weigh
from tests.weighable import AGENCY_TEXT, OTHER_TEXT, article, claim, number
from training.evaluate import Tally

DPA, BLATT, BOTE, TIMES = (
    ("dpa", HopKind.AGENCY),
    ("elbtaler-blatt", HopKind.OUTLET),
    ("bote", HopKind.OUTLET),
    ("new-york-times", HopKind.OUTLET),
)
OFFICIALS = ("no-officials", HopKind.OFFICIALS)
NIS = ("kr-intelligence", HopKind.SERVICE)
REWRITE = "Zwölf Haubitzen aus Trondheim bekommt Estland, heißt es aus Oslo, noch ehe auf der Ostsee das Eis kommt."
IN_OTHER_WORDS = {
    "a": AGENCY_TEXT,
    "b": REWRITE,
    "c": "Estlands Heer darf auf Geschütze aus norwegischen Beständen hoffen: Ein Dutzend Haubitzen steht bereit.",
}


def weighed(*claims: Claim, **texts: str) -> Weighing:
    """The weighing of claims whose articles say the same in other words, unless a text is given."""
    outlets = {"a": "dpa", "b": "Elbtaler Blatt", "c": "Bote"}
    articles = [
        article(id, texts.get(id, IN_OTHER_WORDS[id]), outlets[id]) for id in sorted({c.article_id for c in claims})
    ]
    return weigh(articles, claims)


def test_a_deal_goes_through_stages_and_another_order_stays_apart() -> None:
    articles = [
        article("a", published="2023-05-02"),
        article("b", REWRITE, "Bote", "2023-09-02"),
        article("c", OTHER_TEXT, "Bote", "2024-10-02"),
    ]
    claims = [
        claim("1", "a", stage=Stage.SOUGHT, quantity=number(12, 12)),
        claim("2", "b", stage=Stage.DELIVERED, quantity=number(12, 12)),
        claim("3", "c", stage=Stage.AGREED, quantity=number(30, 30)),
    ]
    first, second = weigh(articles, claims).deals
    assert {first.claims, second.claims} == {("1", "2"), ("3",)}
    delivered = first if len(first.claims) == 2 else second
    assert delivered.standing.stage is Stage.DELIVERED
    assert [(t.stage, t.since) for t in delivered.standing.stages] == [
        (Stage.SOUGHT, "2023-05-02"),
        (Stage.DELIVERED, "2023-09-02"),
    ]


def test_other_parties_are_never_one_deal() -> None:
    assert len(weighed(claim("1", "a"), claim("2", "b", recipient=("LV",))).deals) == 2


@pytest.mark.parametrize(
    ("chains", "origins"),
    [
        # An agency, and a newspaper that prints it.
        (([DPA, OFFICIALS], [BLATT, DPA]), [("dpa", "no-officials")]),
        # Two newspapers lean on one report, one names its officials.
        (([BLATT, TIMES], [BOTE, TIMES, OFFICIALS]), [("new-york-times", "no-officials")]),
        # Two services of two states.
        (([BLATT, NIS], [BOTE, OFFICIALS]), [("kr-intelligence",), ("no-officials",)]),
        # A state that speaks as a whole, and its officials.
        (([BLATT, ("NO", HopKind.GOVERNMENT)], [BOTE, OFFICIALS]), [("NO", "no-officials")]),
        # A government, and officials of the same state.
        (([BLATT, ("no-government", HopKind.GOVERNMENT)], [BOTE, OFFICIALS]), [("no-government", "no-officials")]),
        # A surname, and the name that another article gives in full.
        (([BLATT, ("berg", HopKind.SOURCE)], [BOTE, ("ingrid-berg", HopKind.PERSON)]), [("berg", "ingrid-berg")]),
        # Each says it on its own authority.
        (([BLATT], [BOTE]), [("bote",), ("elbtaler-blatt",)]),
    ],
)
def test_independent_origins(chains: tuple[list[tuple[str, HopKind]], ...], origins: list[tuple[str, ...]]) -> None:
    claims = [claim(str(n), "bc"[n], *hops) for n, hops in enumerate(chains)]
    (deal,) = weighed(*claims).deals
    assert sorted(origin.names for origin in deal.standing.origins) == origins


@pytest.mark.parametrize(
    ("chains", "more"),
    [
        # A bare reprint of an article with two sources.
        (([DPA, OFFICIALS], [DPA, NIS]), [BLATT]),
        # A report that cites a newspaper, of which two others cite two sources.
        (([BLATT, TIMES, OFFICIALS], [BLATT, TIMES, NIS]), [BOTE, TIMES]),
        # A state as a whole beside two of its organs.
        (([BLATT, OFFICIALS], [BLATT, ("no-military", HopKind.MILITARY)]), [BOTE, ("NO", HopKind.GOVERNMENT)]),
    ],
)
def test_what_adds_nothing_never_changes_the_number_of_origins(
    chains: tuple[list[tuple[str, HopKind]], ...], more: list[tuple[str, HopKind]]
) -> None:
    one = claim("1", "a", *chains[0])
    both = replace(one, chains=(*one.chains, *claim("x", "a", *chains[1]).chains))
    further = claim("2", "b", *more)
    texts = {"a": AGENCY_TEXT, "b": f"{AGENCY_TEXT} Mehr am Abend."} if len(more) == 1 else {}
    (alone,) = weighed(both, **texts).deals
    (deal,) = weighed(both, further, **texts).deals
    assert len(alone.standing.origins) == len(deal.standing.origins) == 2


def test_sources_that_nobody_names_are_one_in_one_story_only() -> None:
    insiders = ("unnamed-persons", HopKind.UNNAMED)
    claims = [claim("1", "a", DPA, insiders), claim("2", "b", BLATT, insiders)]
    near = [article("a"), article("b", REWRITE, "Blatt")]
    far = [article("a"), article("b", REWRITE, "Blatt", "2024-10-20")]
    counts = [sum(len(deal.standing.origins) for deal in weigh(some, claims).deals) for some in (near, far)]
    assert counts == [1, 2]


def test_of_an_article_that_was_not_read_surely_the_longest_chain_counts() -> None:
    told = claim("1", "b", BLATT, TIMES, OFFICIALS)
    beside = claim("2", "b", BLATT, NIS)
    counts = []
    for confidence in (1.0, 0.6):
        claims = [replace(one, confidence=confidence) for one in (told, beside)]
        (deal,) = weigh([article("b")], claims, [Judged(frozenset({"1", "2"}))]).deals
        counts.append(len(deal.standing.origins))
    assert counts == [2, 1]


def test_a_surname_of_two_people_is_neither() -> None:
    assert fullest_names({"berg", "ingrid-berg", "olaf-berg", "tor-lie", "lie"}) == {"lie": "tor-lie"}


@pytest.mark.parametrize(("words", "origins"), [("Verteidigungsministerium", 1), ("Mehr dazu", 2)])
def test_a_source_in_text_that_was_taken_brings_no_origin(words: str, origins: int) -> None:
    text = f"{AGENCY_TEXT} Mehr dazu am Abend."
    at = text.index(words)
    taken = claim("2", "b", BLATT, NIS)
    told = replace(taken.chains[0].hops[1], span=Span(at, at + len(words), SpanType.ACTOR, words))
    taken = replace(taken, chains=(Chain((taken.chains[0].hops[0], told)),))
    claims = claim("1", "a", DPA, OFFICIALS), taken
    weighing = weighed(*claims, a=AGENCY_TEXT, b=text)
    (deal,) = weighing.deals
    trees = trees_of(deal.standing.origins, lines_of(claims, weighing.settings))
    assert len(deal.standing.origins) == origins
    assert {article for tree in trees for node in (tree, *tree.takers) for article in node.articles} == {"a", "b"}


def test_a_newspaper_and_a_state_with_its_letters_are_two() -> None:
    claims = [claim("1", "b", BLATT, ("al-jazeera", HopKind.OUTLET)), claim("2", "c", BOTE, ("AL", HopKind.GOVERNMENT))]
    (deal,) = weighed(*claims).deals
    assert len(deal.standing.origins) == 2


def test_a_copy_without_a_source_has_the_origin_of_what_it_copied() -> None:
    claims = [claim("1", "a", DPA, OFFICIALS), claim("2", "b", BLATT)]
    (deal,) = weighed(*claims, a=AGENCY_TEXT, b=f"{AGENCY_TEXT} Mehr dazu am Abend.").deals
    (origin,) = deal.standing.origins
    assert (origin.names, origin.claims, origin.possibly_more) == (("no-officials",), ("1", "2"), True)
    assert [drift.kind for drift in deal.drifts] == [DriftKind.ORIGIN_DROPPED]


def test_what_changes_down_a_line_of_copies() -> None:
    before = claim("1", "a", DPA, OFFICIALS, hedged=True, quantity=number(None, 12), stage=Stage.SOUGHT)
    after = claim("2", "b", BLATT, DPA, OFFICIALS, quantity=number(12, None), stage=Stage.AGREED)
    (deal,) = weighed(before, after, a=AGENCY_TEXT, b=f"{AGENCY_TEXT} (dpa)").deals
    assert {(d.kind, d.source_article, d.taker_article) for d in deal.drifts} == {
        (DriftKind.HEDGE_LOST, "a", "b"),
        (DriftKind.NUMBER_GROWN, "a", "b"),
        (DriftKind.STAGE_MOVED, "a", "b"),
    }


def test_a_report_of_ones_own_is_no_drift() -> None:
    claims = [claim("1", "b", BLATT, OFFICIALS, hedged=True), claim("2", "c", BOTE, NIS, stage=Stage.DELIVERED)]
    (deal,) = weighed(*claims).deals
    assert deal.drifts == ()


@pytest.mark.parametrize(
    ("claims", "grade"),
    [
        ([claim("1", "b", BLATT, NIS), claim("2", "c", BOTE, OFFICIALS)], 1),
        ([claim("1", "b", BLATT, NIS), claim("2", "c", BOTE, ("fi-military", HopKind.MILITARY))], 2),
        ([claim("1", "b", BLATT, NIS, confirmed_by=("ee-government",))], 2),
        ([claim("1", "b", BLATT, NIS)], 3),
        ([claim("1", "b", BLATT, NIS, denied_by=("SE",))], 3),
        ([claim("1", "b", BLATT, NIS, denied_by=("EE",))], 4),
        ([claim("1", "b", BLATT, NIS, denied_by=("EE", "NO"))], 5),
        ([claim("1", "b", BLATT, NIS, negated=True)], 5),
        ([claim("1", "b", BLATT)], 6),
    ],
)
def test_the_grade_follows_its_rule(claims: list[Claim], grade: int) -> None:
    (deal,) = weighed(*claims).deals
    assert deal.standing.grade.value == grade


def test_who_answers_as_a_party_and_who_as_an_outsider() -> None:
    assert (party_of("KP"), party_of("kp-government"), party_of("kim-jong-un")) == ("KP", "KP", "KP")
    (deal,) = weighed(claim("1", "b", BLATT, NIS, denied_by=("EE", "se-government"))).deals
    assert [(a.actor, a.is_party) for a in deal.standing.denied_by] == [("EE", True), ("se-government", False)]


def test_the_standing_of_earlier_days_is_kept() -> None:
    articles = [article("a", published="2024-09-02"), article("b", REWRITE, "Bote", "2024-09-04")]
    claims = [claim("1", "a", DPA, NIS), claim("2", "b", BOTE, ("fi-military", HopKind.MILITARY), stage=Stage.UNDERWAY)]
    (deal,) = weigh(articles, claims).deals
    assert [(m.day, m.stage, m.origins, m.grade) for m in deal.standing.history] == [
        ("2024-09-02", Stage.AGREED, 1, 3),
        ("2024-09-04", Stage.UNDERWAY, 2, 2),
    ]


def test_contradictions_name_both_sides() -> None:
    claims = [
        claim("1", "b", BLATT, NIS, quantity=number(12, 12), denied_by=("EE",)),
        claim("2", "c", BOTE, OFFICIALS, quantity=number(40, None)),
    ]
    (deal,) = weighed(*claims).deals
    found = {(c.kind, c.one.claim, c.other.claim) for c in deal.contradictions}
    assert found == {(ContradictionKind.DENIAL, "1", "1"), (ContradictionKind.QUANTITY, "1", "2")}


def test_the_same_goods_from_elsewhere_contradict_across_deals() -> None:
    first, second = weighed(
        claim("1", "b", models=("M109",)), claim("2", "c", supplier=("SE",), models=("M109",))
    ).deals
    for deal in (first, second):
        (found,) = deal.contradictions
        assert (found.kind, found.one.says, found.other.says) == (ContradictionKind.PARTIES, ("NO",), ("SE",))


def test_the_same_contradiction_is_told_once() -> None:
    claims = [
        claim(str(n), "abc"[n % 3], BLATT, NIS, quantity=number(*((12, 12) if n < 3 else (40, 40)))) for n in range(6)
    ]
    found = [c for deal in weighed(*claims).deals for c in deal.contradictions]
    assert all(c.kind is not ContradictionKind.QUANTITY or c.times >= 1 for c in found)
    assert len({(c.kind, c.one.says, c.other.says) for c in found}) == len(found)


def test_a_judgement_goes_before_the_sum_and_the_last_one_counts() -> None:
    claims = [claim("1", "a"), claim("2", "b"), claim("3", "c")]
    articles = [article(id, text, f"Blatt {id}") for id, text in IN_OTHER_WORDS.items()]
    assert len(weigh(articles, claims).deals) == 1
    parted = Judged(frozenset({"3"}), frozenset({"1", "2"}))
    assert pairs_of(d.claims for d in weigh(articles, claims, [parted]).deals) == pairs_of([["1", "2"]])
    again = Judged(frozenset({"2", "3"}))
    assert pairs_of(d.claims for d in weigh(articles, claims, [parted, again]).deals) == pairs_of([["2", "3"]])
    all_of_them = Judged(frozenset({"1", "2", "3"}))
    later = [*claims, claim("4", "b")]
    assert len(weigh(articles, claims, [parted, all_of_them]).deals) == 1
    assert len(weigh(articles, later, [parted, all_of_them]).deals) <= 2


def test_claims_of_other_parties_can_be_put_together() -> None:
    claims = [claim("1", "a"), claim("2", "b", supplier=("unknown",)), claim("3", "c", supplier=())]
    articles = [article(id, text, f"Blatt {id}") for id, text in IN_OTHER_WORDS.items()]
    assert len(weigh(articles, claims).deals) > 1
    (deal,) = weigh(articles, claims, [Judged(frozenset({"1", "2", "3"}))]).deals
    assert deal.supplier == ("NO",)


def test_what_is_like_a_parted_claim_can_join_it() -> None:
    claims = [
        claim("1", "a", quantity=number(12, 12)),
        claim("2", "b", quantity=number(12, 12)),
        claim("3", "c", quantity=number(12, 12), models=("M109",)),
    ]
    articles = [article(id, text, f"Blatt {id}") for id, text in IN_OTHER_WORDS.items()]
    parted = Judged(frozenset({"3"}), frozenset({"1", "2"}))
    newcomer = claim("4", "d", quantity=number(12, 12), models=("M109",))
    deals = weigh([*articles, article("d", OTHER_TEXT, "Blatt d")], [*claims, newcomer], [parted]).deals
    assert ("3", "4") in [deal.claims for deal in deals]


def test_changes_name_what_is_new_gone_and_different() -> None:
    def deal(name: str, docs: list[str], supplier: str = "NO", **told: object) -> dict[str, object]:
        answers = {field: [] for field in ("confirmed_by", "denied_by", "no_comment_by", "unverified_by")}
        rest = {"stage": "sought", "independent_origins": 1, "credibility": 3}
        return {"id": name, "docs": docs, "supplier": [supplier], "recipient": ["EE"], **rest, **answers, **told}

    before = {"deals": [deal("x", ["a", "b"]), deal("y", ["c"], "SE")]}
    after = {"deals": [deal("x-2024", ["a", "b"], stage="agreed", denied_by=["EE"]), deal("z", ["c"])]}
    found = [(c.kind, c.deal, c.field, c.before, c.after) for c in changes(before, after)]
    assert found == [
        (ChangeKind.CHANGED, "x-2024", "stage", "sought", "agreed"),
        (ChangeKind.CHANGED, "x-2024", "denied_by", [], ["EE"]),
        (ChangeKind.NEW, "z", "", None, None),
        (ChangeKind.GONE, "y", "", None, None),
    ]
    assert changes(before, before) == ()


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2023-09-05", "2023-09-05", 0),
        ("2023-09", "2023-10-01", 1),
        ("2023-09?", "2023-09-30", 0),
        ("2023-24", "2024-02-10", 0),
        ("2022/..", "2021-12-31", 1),
        ("../2022-06-01", "2022-06-03", 2),
        ("199X", "2000-01-01", 1),
    ],
)
def test_days_between_dates_that_say_less(one: str, other: str, days: int) -> None:
    first, second = days_of(one), days_of(other)
    assert first
    assert second
    assert days_apart(first, second) == days_apart(second, first) == days


@given(st.text(max_size=20))
def test_any_words_may_be_asked_for_their_days(words: str) -> None:
    days_of(words)


@settings(max_examples=8, deadline=None)
@given(st.randoms())
def test_the_order_in_which_articles_arrive_changes_nothing(chance: random.Random) -> None:
    some = chance.sample(groups(), 3)
    articles = [a for group in some for a in group.articles]
    claims = [c for group in some for c in group.claims]
    there = weigh(articles, claims)
    back = weigh(chance.sample(articles, len(articles)), chance.sample(claims, len(claims)))
    assert replace(there, settings={}) == replace(back, settings={})


def test_the_story_groups_are_weighed_right() -> None:
    parts = [(part, weighed_groups(part)) for part in ledgers(groups())]
    each = [scores(part, weighing) for part, weighing in parts]
    found = {name: sum((tallies[name] for tallies in each), start=Tally()) for name in each[0]}
    assert found["copies"].f1 >= 0.97
    assert found["stories"].f1 >= 0.92
    assert found["deals"].f1 >= 0.88
    assert found["drifts"].recall >= 0.80
    assert found["drifts"].found - found["drifts"].hits <= len(groups()) / 10
    right = [wanted == counted for part, weighing in parts for _, wanted, counted in origin_counts(part, weighing)]
    assert sum(right) / len(right) >= 0.85
