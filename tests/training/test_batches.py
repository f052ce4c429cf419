"""Annotated articles as tensors."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs PyTorch: make test-training")

from quellenlage.domain import Span, SpanType  # noqa: E402
from quellenlage.reader.decode import spans_from  # noqa: E402
from quellenlage.reader.schema import RELATION_INDEX, TAG_COUNT  # noqa: E402
from tests.test_pieces import TOKENIZER  # noqa: E402
from tests.training.test_evaluate import small  # noqa: E402
from training.batches import example, link_targets, with_mistakes  # noqa: E402


def test_the_tags_of_an_article_are_its_spans(tmp_path: Path) -> None:
    e = example(small(tmp_path), TOKENIZER)
    scores = torch.nn.functional.one_hot(e.tags, TAG_COUNT).float().numpy() * 9
    spans, ranges = spans_from(scores, e.pieces, e.article.text)
    assert [(s.text, s.type) for s in spans] == [(s.text, s.type) for s in e.article.spans]
    assert tuple(ranges) == e.ranges


def test_another_mention_of_the_same_actor_is_a_lighter_target(tmp_path: Path) -> None:
    article = small(tmp_path)
    targets = link_targets(article, list(article.spans))
    texts = [span.text for span in article.spans]
    recipient = RELATION_INDEX["recipient"]
    trigger, named, mate = texts.index("gibt"), texts.index("Kiew"), texts.index("Ukraine")
    links, weights = targets.links[recipient], targets.weights[recipient]
    assert links[trigger, named] == links[trigger, mate] == 1
    assert weights[trigger, named] > weights[trigger, mate] > 0
    assert links[trigger, texts.index("Prag")] == 0


def test_marks_where_nothing_is_join_the_spans_without_links(tmp_path: Path) -> None:
    e = example(small(tmp_path), TOKENIZER)
    free = next(n for n in range(len(e.pieces)) if all(not a <= n <= b for a, b in e.ranges))
    wrong = Span.of(e.article.text, e.pieces.starts[free], e.pieces.ends[free], SpanType.HEDGE)
    spans, ranges = with_mistakes(e, [wrong, e.article.spans[0]], [(free, free), e.ranges[0]])
    assert len(spans) == len(ranges) == len(e.article.spans) + 1
    assert spans == sorted(spans, key=lambda span: span.start)
