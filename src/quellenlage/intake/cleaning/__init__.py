"""An article as it was taken out of its page, file or feed → the article itself, in steps that can be seen.

The steps, in this order: letters are made whole, variants folded, furniture taken out, glued words parted, tickers
split. Each tells what it did. Cleaning what is clean changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quellenlage.domain import Article
from quellenlage.intake.cleaning.furniture import without_furniture
from quellenlage.intake.cleaning.glued import parted
from quellenlage.intake.cleaning.marks import marks_of
from quellenlage.intake.cleaning.mending import folded, with_whole_letters
from quellenlage.intake.cleaning.repeats import without_repeats
from quellenlage.intake.cleaning.tickers import Entry, entries_of
from quellenlage.intake.credits import credits_of
from quellenlage.intake.edits import Edit
from quellenlage.intake.headline import headline_of
from quellenlage.intake.identity import article_id

_STEPS = (with_whole_letters, folded, without_furniture, without_repeats, parted)
_MOST_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The articles that came of one, a ticker's entries each for itself, and what was done to it.

    There are none where nothing was left, as of a text of invisible signs.
    """

    articles: tuple[Article, ...]
    edits: tuple[Edit, ...]


def cleaned(article: Article) -> Cleaned:
    """Clean an article; datelines and ages stay and are marked, agencies that it credits are named.

    Its id is that of the clean text.
    """
    text, edits = _clean_text(article.text)
    entries = entries_of(text, article.published)
    if not entries:
        return Cleaned((_with(article, text),) if text.strip() else (), tuple(edits))
    parts = (_part(article, number, entry) for number, entry in enumerate(entries) if entry.text.strip())
    return Cleaned(tuple(parts), (*edits, *map(_told, entries)))


def _clean_text(text: str) -> tuple[str, list[Edit]]:
    """The text after all steps, which go on while one gives another something to do."""
    edits: list[Edit] = []
    for _ in range(_MOST_ROUNDS):
        was = text
        for step in _STEPS:
            text, done = step(text)
            edits += done
        if text == was:
            break
    return text, edits


def _told(entry: Entry) -> Edit:
    return Edit("ticker", entry.title or entry.text[:60], entry.published or "", "is an entry of its own")


def _with(article: Article, text: str) -> Article:
    title = article.title and parted(folded(with_whole_letters(article.title)[0])[0])[0]
    if title and title not in text:  # The line that had been taken for the headline was furniture.
        title = headline_of(text)
    return replace(
        article,
        id=article_id(text, article.outlet),
        text=text,
        title=title,
        credits=tuple(dict.fromkeys([*article.credits, *credits_of(text, article.authors)])),
        marks=marks_of(text),
    )


def _part(article: Article, number: int, entry: Entry) -> Article:
    of_entry = replace(
        article,
        doc=f"{article.doc}#{number}",
        part_of=article.doc,
        title=entry.title if entry.published or entry.title else article.title,
        published=entry.published or article.published,
    )
    return _with(of_entry, entry.text)
