"""Whatever the scores are, what is read from them is well formed."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quellenlage.domain import Span, SpanType
from quellenlage.reader.decode import best_tags, groups_from, log_softmax, pooled, reading_from, spans_from
from quellenlage.reader.pieces import Pieces
from quellenlage.reader.schema import (
    OUTSIDE,
    RELATION_INDEX,
    RELATIONS,
    SPAN_TYPES,
    STAGES,
    STANCES,
    TAG_COUNT,
    begin,
    inside,
)

scores = st.floats(-20, 20, width=32)
TEXT = "aa bb cc dd"
PIECES = Pieces((1, 2, 3, 4, 0), (0, 3, 6, 9, 11), (2, 5, 8, 11, 11), (0,) * 5, (0,) * 5)


def tag_scores(*tags: int) -> np.ndarray:
    return np.eye(TAG_COUNT, dtype=np.float32)[list(tags)] * 10


def test_a_span_runs_from_its_beginning_to_the_last_piece_inside() -> None:
    actor = begin(SpanType.ACTOR)
    spans, ranges = spans_from(tag_scores(actor, inside(SpanType.ACTOR), OUTSIDE, actor, OUTSIDE), PIECES, TEXT)
    assert [(s.text, s.type) for s in spans] == [("aa bb", SpanType.ACTOR), ("dd", SpanType.ACTOR)]
    assert ranges == [(0, 1), (3, 3)]


def test_a_separator_is_never_part_of_a_span() -> None:
    spans, _ = spans_from(tag_scores(*[begin(SpanType.ITEM)] * 5), PIECES, TEXT)
    assert [s.text for s in spans] == ["aa", "bb", "cc", "dd"]


GLUED = "kanone AFPtexte"
GLUED_PIECES = Pieces((1, 2, 3, 4, 0), (0, 3, 7, 10, 15), (3, 6, 10, 15, 15), (0,) * 5, (0,) * 5)


def test_no_span_ends_within_a_word() -> None:
    spans, _ = spans_from(tag_scores(begin(SpanType.ITEM), OUTSIDE, OUTSIDE, OUTSIDE, OUTSIDE), GLUED_PIECES, GLUED)
    assert [s.text for s in spans] in ([], ["kanone"])


def test_two_spans_may_meet_within_a_word_that_lost_its_space() -> None:
    tags = tag_scores(OUTSIDE, OUTSIDE, begin(SpanType.ACTOR), begin(SpanType.CUE), OUTSIDE)
    spans, _ = spans_from(tags, GLUED_PIECES, GLUED)
    assert [s.text for s in spans] == ["AFP", "texte"]


def test_a_capital_behind_a_small_letter_begins_a_word() -> None:
    spans, _ = spans_from(
        tag_scores(OUTSIDE, begin(SpanType.ACTOR), OUTSIDE),
        Pieces((1, 2, 0), (0, 7, 10), (7, 10, 10), (0,) * 3, (0,) * 3),
        "AgenturAFP",
    )
    assert [s.text for s in spans] == ["AFP"]


@given(arrays(np.float32, (5, TAG_COUNT), elements=scores))
def test_whatever_the_scores_are_words_stay_whole(values: np.ndarray) -> None:
    spans, _ = spans_from(values, GLUED_PIECES, GLUED)
    ends, starts = {s.end for s in spans}, {s.start for s in spans}
    for within in (3, 10):
        assert (within in ends) == (within in starts)


@given(arrays(np.float32, st.tuples(st.integers(1, 12), st.just(TAG_COUNT)), elements=scores))
def test_a_row_of_tags_is_well_formed_and_the_likeliest_of_its_kind(values: np.ndarray) -> None:
    tags = best_tags(log_softmax(values), np.zeros(len(values), dtype=np.bool_))
    for n, tag in enumerate(tags):
        if tag != OUTSIDE and tag % 2 == 0:
            assert n > 0
            assert tags[n - 1] in (tag, tag - 1)
    greedy = values.argmax(1)
    if all(tag == OUTSIDE or tag % 2 == 1 for tag in greedy):
        assert np.isclose(values[range(len(values)), tags].sum(), values.max(1).sum(), atol=1e-4)


@given(arrays(np.float32, (6, 6), elements=scores))
def test_groups_share_no_member(values: np.ndarray) -> None:
    groups = groups_from(values, list(range(6)))
    members = [member for group in groups for member in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in groups)


def test_one_false_link_does_not_join_two_groups() -> None:
    values = np.full((6, 6), -5, dtype=np.float32)
    for group in ((0, 1, 2), (3, 4, 5)):
        for a in group:
            for b in group:
                values[a, b] = 5
    values[2, 3] = values[3, 2] = 3
    assert sorted(groups_from(values, list(range(6)))) == [[0, 1, 2], [3, 4, 5]]


@given(st.lists(st.sampled_from(SPAN_TYPES), min_size=1, max_size=4), st.data())
def test_any_scores_make_a_reading(types: list[SpanType], data: st.DataObject) -> None:
    spans = [Span.of(TEXT, n * 3, n * 3 + 2, type) for n, type in enumerate(types)]
    n = len(spans)
    reading = reading_from(
        "a",
        "r",
        spans,
        data.draw(arrays(np.float32, (len(RELATIONS), n, n), elements=scores)),
        data.draw(arrays(np.float32, (n, len(STAGES)), elements=scores)),
        data.draw(arrays(np.float32, (n,), elements=scores)),
        data.draw(arrays(np.float32, (n, len(STANCES)), elements=scores)),
    )
    assert len(reading.transfers) == types.count(SpanType.TRIGGER)
    assert len(reading.statements) == types.count(SpanType.CUE)
    reading.must_lie_in(TEXT)


def test_a_link_that_is_likelier_than_not_is_in_the_reading() -> None:
    spans = [Span.of(TEXT, 0, 2, SpanType.TRIGGER), Span.of(TEXT, 3, 5, SpanType.ACTOR)]
    links = np.full((len(RELATIONS), 2, 2), -5, dtype=np.float32)
    links[RELATION_INDEX["supplier"], 0, 1] = 1
    links[RELATION_INDEX["source"], 0, 1] = 9
    nothing = np.zeros((2, 8), dtype=np.float32)
    (transfer,) = reading_from("a", "r", spans, links, nothing, nothing[:, 0], nothing[:, :7]).transfers
    assert [link.span.text for link in transfer.supplier] == ["bb"]
    assert 0.7 < transfer.supplier[0].confidence < 0.75
    assert transfer.recipient == ()


def test_mentions_of_one_party_count_together() -> None:
    spans = [Span.of(TEXT, 0, 2, SpanType.TRIGGER), *(Span.of(TEXT, n, n + 2, SpanType.ACTOR) for n in (3, 6, 9))]
    links = np.full((len(RELATIONS), 4, 4), -9, dtype=np.float32)
    links[RELATION_INDEX["supplier"], 0, 1:] = [-1.1, -0.8, -0.7]
    nothing = np.zeros((4, 8), dtype=np.float32)

    def suppliers() -> list[tuple[str, float]]:
        (transfer,) = reading_from("a", "r", spans, links, nothing, nothing[:, 0], nothing[:, :7]).transfers
        return [(link.span.text, round(link.confidence, 2)) for link in transfer.supplier]

    assert suppliers() == [("dd", 0.33)]
    links[RELATION_INDEX["same"], 1, 2] = links[RELATION_INDEX["same"], 2, 1] = 5
    assert suppliers() == [("cc", 0.48)]


@given(st.dictionaries(st.integers(0, 9), st.floats(0, 1), min_size=1), st.data())
def test_a_group_is_likelier_than_any_of_its_members(chances: dict[int, float], data: st.DataObject) -> None:
    group_of = {tail: data.draw(st.integers(0, 2)) for tail in chances}
    found = pooled(chances, group_of)
    assert {group_of[tail] for tail in found} == set(group_of.values())
    for tail, chance in found.items():
        members = [p for other, p in chances.items() if group_of[other] == group_of[tail]]
        assert max(members) - 1e-9 <= chance <= min(1.0, sum(members) + 1e-9)
