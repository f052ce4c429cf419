"""What a deal's page is made of: who told whom in which words, and why claims are one deal."""

from __future__ import annotations

from datetime import date

from quellenlage.domain import Chain, Claim, Hop, HopKind, Quantity, Span, SpanType, Stage, Stance
from quellenlage.weigh.bonds import bonds_of
from quellenlage.weigh.deals import Judged, Setting
from quellenlage.weigh.leaning import TieReason
from quellenlage.weigh.lines import lines_of
from quellenlage.weigh.origins import origins_of
from quellenlage.weigh.tree import Telling, trees_of


def setting(article: str, day: int) -> Setting:
    return Setting(article, (date(2024, 3, day), date(2024, 3, day)), 0)


SETTINGS = {f"a{n}": setting(f"a{n}", n + 1) for n in range(4)}
OWN = Hop("morgenblatt", HopKind.OUTLET, "Morgenblatt")


def hop(actor: str, kind: HopKind, at: int, name: str, cue: str) -> Hop:
    end = at + len(name)
    return Hop(
        actor,
        kind,
        name,
        Span(at, end, SpanType.ACTOR, name),
        Span(end + 1, end + 1 + len(cue), SpanType.CUE, cue),
        Stance.ASSERTS,
    )


def claim(number: int, *hops: Hop, **fields: object) -> Claim:
    return Claim(
        f"k{number}",
        f"a{number}",
        Stage.SOUGHT,
        supplier=("KP",),
        recipient=("RU",),
        chains=(Chain((OWN, *hops)),),
        **fields,  # type: ignore[arg-type]
    )


INSIDER = hop("insider", HopKind.PERSON, 40, "ein Insider", "sagte")
PAPER = hop("abendblatt", HopKind.OUTLET, 5, "Abendblatt", "berichtet")


def test_every_telling_keeps_the_words_of_its_article() -> None:
    claims = [claim(0, PAPER, INSIDER), claim(1, INSIDER)]
    lines = lines_of(claims, SETTINGS)
    (tree,) = trees_of(origins_of(lines, {}), lines)
    assert tree.actors == ("insider",)
    assert tree.words == (Telling("a0", "ein Insider", "sagte", 40), Telling("a1", "ein Insider", "sagte", 40))
    assert tree.articles == ("a1",)
    (paper,) = tree.takers
    assert paper.actors == ("abendblatt",)
    assert paper.words == (Telling("a0", "Abendblatt", "berichtet", 5),)
    assert paper.articles == ("a0",)


def test_a_source_without_words_tells_nothing_of_its_own() -> None:
    lines = lines_of([claim(0, Hop("insider", HopKind.PERSON, "Insider"))], SETTINGS)
    (tree,) = trees_of(origins_of(lines, {}), lines)
    assert tree.words == ()


def test_each_claim_but_the_first_is_bound_to_the_likest_before_it() -> None:
    granaten = Quantity(100, 100, "hundert")
    claims = [
        claim(0, INSIDER, item_classes=("ammunition",), quantity=granaten),
        claim(1, INSIDER, item_classes=("missiles",)),
        claim(2, INSIDER, item_classes=("ammunition",), quantity=granaten),
    ]
    bonds = bonds_of(claims, SETTINGS, {})
    assert [(bond.comparison.one, bond.comparison.other) for bond in bonds] == [("k0", "k1"), ("k0", "k2")]
    assert ("same_quantity", 1.2) in bonds[1].comparison.parts
    assert [tie.reason for tie in bonds[1].ties] == [TieReason.SAME_HOP]
    assert not any(bond.judged for bond in bonds)


def test_a_bond_tells_that_a_person_made_it() -> None:
    claims = [claim(0, INSIDER), claim(1, PAPER)]
    (bond,) = bonds_of(claims, SETTINGS, {}, [Judged(frozenset({"k0", "k1"}))])
    assert bond.judged
    assert [tie.reason for tie in bond.ties] == [TieReason.DIFFERENT]


def test_of_many_claims_only_so_many_are_compared() -> None:
    claims = [claim(n, INSIDER) for n in range(4)]
    assert len(bonds_of(claims, SETTINGS, {}, most=3)) == 2
    assert bonds_of(claims[:1], SETTINGS, {}) == ()
