"""The corpus as examples, and the split that stays."""

from __future__ import annotations

from pathlib import Path

from quellenlage.domain import SpanType, Stage
from tests.annotated import read_as
from training.corpus import is_held_back, joined, load, split


def test_every_article_of_the_corpus_is_without_mistake() -> None:
    articles = load()
    assert len(articles) > 500
    for article in articles:
        for span in article.spans:
            assert article.text[span.start : span.end] == span.text


def test_the_split_depends_on_the_id_alone() -> None:
    articles = load()
    learn, held_back = split(articles)
    assert {a.id for a in learn}.isdisjoint({a.id for a in held_back})
    assert split(articles[::-1])[1] == held_back[::-1]
    assert 0.08 < len(held_back) / len(articles) < 0.16
    assert is_held_back(held_back[0].id)


def test_groups_that_share_a_member_are_one() -> None:
    assert joined([frozenset({1, 2}), frozenset({4, 5}), frozenset({2, 3})]) == (
        frozenset({1, 2, 3}),
        frozenset({4, 5}),
    )


def test_an_annotation_is_a_reading(tmp_path: Path) -> None:
    article, reading = read_as(
        tmp_path,
        "[[Tunis|ACT:a1]] [[erhält|TRG:t1]] [[vier|QTY:q1]] [[Boote|ITM:i1]] aus [[Rom|ACT:a2]].",
        "transfer t1 stage=agreed supplier=a2 recipient=a1 item=i1\nquantity i1 q1",
    )
    reading.must_lie_in(article.text)
    (transfer,) = reading.transfers
    assert (transfer.trigger.text, transfer.stage) == ("erhält", Stage.AGREED)
    assert [link.span.text for link in transfer.supplier] == ["Rom"]
    assert [(item.text, link.span.text) for item, link in reading.quantities] == [("Boote", "vier")]
    assert {s.type for s in reading.spans} == {SpanType.ACTOR, SpanType.TRIGGER, SpanType.QUANTITY, SpanType.ITEM}
