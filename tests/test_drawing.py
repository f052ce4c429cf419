"""Where the parts of a drawing stand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Article, Claim, Quantity, Stage
from quellenlage.web.drawing.arcs import arc_drawing
from quellenlage.web.drawing.intervals import interval_drawings
from quellenlage.web.drawing.scale import DayScale, NumberScale, cut, wrapped
from quellenlage.web.drawing.timeline import timeline_drawing
from quellenlage.web.drawing.tree import MOST_ARTICLES, MOST_ORIGINS, beside, tree_drawing
from quellenlage.weigh.copies import Copy, CopyReason
from quellenlage.weigh.standing import Moment
from quellenlage.weigh.tree import Node

DAYS = st.dates(date(1, 1, 1), date.max)
NODES = st.recursive(
    st.builds(lambda n: Node(("a",), (), tuple(f"x{i}" for i in range(n))), st.integers(0, 12)),
    lambda below: st.builds(
        lambda takers, n: Node(("a",), tuple(takers), tuple(f"x{i}" for i in range(n))),
        st.lists(below, max_size=3),
        st.integers(0, 3),
    ),
    max_leaves=8,
)


@given(DAYS, DAYS, DAYS)
def test_days_stand_in_their_order_and_ticks_within(one: date, other: date, between: date) -> None:
    first, between, last = sorted((one, other, between))
    scale = DayScale(first, last, 100, 900)
    assert 100 <= scale.at(first) <= scale.at(between) <= scale.at(last) <= 900
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= 6
    assert all(100 <= tick.at <= 900 for tick in ticks)
    assert [tick.at for tick in ticks] == sorted(tick.at for tick in ticks)


@given(st.floats(0, 1e12), st.floats(0, 1e12), st.floats(0, 1e12))
def test_numbers_stand_in_their_order(one: float, other: float, between: float) -> None:
    low, between, high = sorted((one, other, between))
    scale = NumberScale(low, high, 100, 900)
    assert 100 <= scale.at(low) <= scale.at(between) <= scale.at(high) <= 900


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_there_are_few_round_numbers(low: int, more: int) -> None:
    scale = NumberScale(low, low + more, 0, 100)
    assert 1 <= len(scale.ticks()) <= 6
    assert all(low - 1e-6 <= tick <= low + more + 1e-6 for tick in scale.ticks())


@given(st.text("abc ", max_size=80), st.integers(30, 300), st.integers(1, 5))
def test_words_are_cut_and_wrapped_to_their_room(words: str, width: int, most: int) -> None:
    assert len(cut(words, width)) <= max(4, width / 7)
    lines = wrapped(words, width, most)
    assert len(lines) <= most
    assert all(len(line) <= max(4, width / 7) for line in lines)


@given(st.lists(NODES, max_size=MOST_ORIGINS + 3))
def test_a_tree_has_a_row_for_each_end_and_a_line_to_everything_that_was_told(trees: list[Node]) -> None:
    drawing = tree_drawing(trees)
    assert drawing.left_out == max(0, len(trees) - MOST_ORIGINS)
    leaves = [place for place in drawing.places if place.node is None]
    assert len({place.y for place in leaves}) == len(leaves)
    assert all(0 < place.y < drawing.height for place in drawing.places)
    told = [place for place in drawing.places if place.node is None or "-" in place.path]
    assert sorted((edge.to_x, edge.to_y) for edge in drawing.edges) == sorted((place.x, place.y) for place in told)
    paths = [place.path for place in drawing.places if place.node]
    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    ("count", "shown", "more"), [(MOST_ARTICLES, MOST_ARTICLES, 0), (MOST_ARTICLES + 1, MOST_ARTICLES - 1, 2)]
)
def test_many_articles_of_one_teller_are_drawn_as_one(count: int, shown: int, more: int) -> None:
    drawing = tree_drawing([Node(("a",), (), tuple(f"x{n}" for n in range(count)))])
    assert sum(place.article is not None for place in drawing.places) == shown
    assert sum(place.more for place in drawing.places) == more


def test_words_beside_a_place_stay_within_the_drawing() -> None:
    drawing = tree_drawing([Node(("a",), (), ("x",)), Node(("b",), (), ("y",))])
    for place in drawing.places:
        lines = beside(place, "viele Worte " * 30, drawing)
        assert all(0 < y < drawing.height for y, _ in lines)


def article(id: str, published: str | None) -> Article:
    return Article(id, id, "Text", published=published)


ARTICLES = {
    "a1": article("a1", "2024-03-01"),
    "a2": article("a2", "2024-03-20"),
    "a3": article("a3", None),
}


def claim(id: str, where: str, stage: Stage = Stage.SOUGHT, **fields: object) -> Claim:
    return Claim(id, where, stage, **fields)  # type: ignore[arg-type]


def test_the_timeline_has_a_lane_for_each_stage_and_answer_and_holds_every_claim_and_denial() -> None:
    claims = [
        claim("k1", "a1", hedged=True),
        claim("k2", "a2", Stage.DELIVERED, denied_by=("RU",)),
        claim("k3", "a2", negated=True),
        claim("k4", "a3"),
    ]
    history = [Moment("2024-03-01", Stage.SOUGHT, 1, 3), Moment("2024-03-20", Stage.DELIVERED, 2, 3)]
    drawing = timeline_drawing(claims, ARTICLES, history)
    assert [lane.name for lane in drawing.lanes] == ["delivered", "sought", "denied_by"]
    told = [id for spot in drawing.spots if not spot.lane.is_answer for id in spot.claims]
    assert sorted(told) == ["k1", "k2", "k3", "k4"]
    (denial,) = (spot for spot in drawing.spots if spot.lane.is_answer)
    assert (denial.claims, denial.who, denial.first) == (("k2",), ("RU",), "2024-03-20")
    (undated,) = (spot for spot in drawing.spots if spot.claims == ("k4",))
    assert (undated.x, undated.first) == (drawing.undated_at, "")
    assert len(drawing.steps.split()) == 4


def test_claims_of_one_day_are_one_spot() -> None:
    claims = [claim("k1", "a1", hedged=True), claim("k2", "a1"), claim("k3", "a2")]
    first, last = timeline_drawing(claims, ARTICLES, []).spots
    assert (first.claims, first.hedged) == (("k1", "k2"), 1)
    assert last.claims == ("k3",)
    assert first.x < last.x
    assert first.radius > last.radius


def test_a_timeline_without_any_day_is_drawn_too() -> None:
    drawing = timeline_drawing([claim("k1", "a3")], ARTICLES, [])
    assert (drawing.ticks, drawing.steps, len(drawing.spots)) == ((), "", 1)


def test_intervals_are_told_in_the_order_of_their_days_each_thing_by_itself() -> None:
    claims = [
        claim("k1", "a2", quantity=Quantity(100, None, "mehr als 100"), quantity_item="ammunition"),
        claim("k2", "a1", quantity=Quantity(None, 50, "bis zu 50"), quantity_item="ammunition"),
        claim("k3", "a2", quantity=Quantity(None, 50, "höchstens 50"), quantity_item="ammunition"),
        claim("k4", "a1", quantity=Quantity(3, 3, "drei"), quantity_item="tanks"),
        claim("k5", "a1"),
    ]
    shells, tanks = interval_drawings(claims, ARTICLES)
    assert [(bar.first, bar.last, len(bar.claims)) for bar in shells.bars] == [
        ("2024-03-01", "2024-03-20", 2),
        ("2024-03-20", "2024-03-20", 1),
    ]
    assert [(bar.open_below, bar.open_above) for bar in shells.bars] == [(True, False), (False, True)]
    assert all(bar.x < bar.to_x for bar in shells.bars)
    assert tanks.counts == "tanks"


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=6))
def test_any_quantities_can_be_drawn(ends: list[tuple[int, int]]) -> None:
    claims = [claim(f"k{n}", "a1", quantity=Quantity(min(pair), max(pair), "so viele")) for n, pair in enumerate(ends)]
    (drawing,) = interval_drawings(claims, ARTICLES)
    assert sum(len(bar.claims) for bar in drawing.bars) == len(ends)
    assert all(0 <= bar.x <= bar.to_x <= 1000 for bar in drawing.bars)


def test_an_arc_leads_from_the_original_to_the_copy() -> None:
    among = Copy("a1", "a3", 0.9, (), CopyReason.DATE)
    other = Copy("a1", "elsewhere", 0.9, (), CopyReason.DATE)
    drawing = arc_drawing(["a1", "a2", "a3"], [among, other])
    (arc,) = drawing.arcs
    heights = dict(drawing.rows)
    assert arc.path.startswith(f"M130 {heights['a1']}")
    assert arc.path.endswith(str(heights["a3"]))
