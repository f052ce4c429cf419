"""What a form says of the fields of a claim: their values, and the words that were marked for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quellenlage.claims.correcting import NOTATION
from quellenlage.claims.marking import spans_written
from quellenlage.claims.notation import corrections_of
from quellenlage.claims.values import marked_corrections
from quellenlage.deciding import Unread, readable
from quellenlage.domain import Article, Claim, Correction, Span

WORDS = "words-"
"""How the name of the input begins that holds the words for a field."""


def spans_sent(article: Article, sent: Mapping[str, str]) -> dict[str, tuple[Span, ...]]:
    """The words that were marked for fields; raises `Unread` where they do not stand in the article."""
    written = {field: sent.get(f"{WORDS}{field}", "").strip() for field in NOTATION}
    with readable():
        return {field: spans_written(article.text, field, words) for field, words in written.items() if words}


def corrections_sent(article: Article, claim: Claim, sent: Mapping[str, str]) -> tuple[Correction, ...]:
    """What a form corrects of a claim: what it says otherwise, and the words marked in it; raises `Unread`."""
    changed = {one.field: one.value for one in corrections_of(claim, sent)}
    return marked_corrections(article, claim, changed, spans_sent(article, sent))


def typed_in(sent: Mapping[str, str]) -> dict[str, str]:
    """What was typed into the fields, to be shown again."""
    names = [name for field in NOTATION for name in (field, f"{WORDS}{field}")]
    return {name: sent[name] for name in names if name in sent}


def quotes_of(article: Article, typed: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """The words that were marked for fields, to be read beside their places; none where they cannot be read."""
    try:
        return {field: [span.text for span in spans] for field, spans in spans_sent(article, typed).items()}
    except Unread:
        return {}


def asked_for(query: Mapping[str, str]) -> dict[str, str]:
    """The words that an address marks for a field."""
    field, words = query.get("field", ""), query.get("words", "").strip()
    return {f"{WORDS}{field}": words} if field in NOTATION and words else {}
