"""The text of a page, by the better of several ways."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import strip_elements
from lxml.html import HtmlElement

from quellenlage.intake.edits import Edit
from quellenlage.intake.original import Original
from quellenlage.intake.page.blocks import Block, blocks_of, blocks_of_text
from quellenlage.intake.page.body import article_blocks, plain
from quellenlage.intake.page.furniture import without_furniture
from quellenlage.intake.page.lines import without_lines
from quellenlage.intake.page.structured import Said
from quellenlage.intake.page.tree import tree_of

_UNSEEN = ("head", "script", "style", "noscript", "template", "svg")
_SHORTEST_STANDFIRST = 40  # letters
# Where less of a page's prose than this was found to be the article, the page is not built as articles are.
_LEAST_OF_THE_PROSE = 0.6
# Trafilatura takes seconds for more.
_LARGEST_TO_ASK = 3_000_000  # bytes
_MOST_ELEMENTS_TO_ASK = 20_000
_MOST_LINES_TO_ASK = 7_000
# A body in the page's data that is so many times as long as what the page shows is the whole of a text that is cut.
_MUCH_LONGER = 1.5


def text_of(original: Original, tree: HtmlElement, said: Said) -> tuple[list[str], tuple[Edit, ...]]:
    """The lines of the article without the headline, and what was taken out; no lines where nothing is left.

    The rule: the page's own structure (`article_blocks`) counts, with the body that the page's data hold as a witness.
    Where it finds less than 60 % of the page's prose, trafilatura is asked, unless the page is very large, and counts
    where it finds more. Where the data hold a body half as long again as either, that is the text. Changes the tree.
    """
    may_ask = len(original.data) <= _LARGEST_TO_ASK and sum(1 for _ in tree.iter()) <= _MOST_ELEMENTS_TO_ASK
    strip_elements(tree, *_UNSEEN, with_tail=False)
    seen = blocks_of(tree)
    elements = without_furniture(tree, seen, _standfirsts(seen, said.standfirst))
    kept, lines = without_lines(article_blocks(blocks_of(tree), said.title), said.title, said.body)
    edits = elements + lines
    prose = sum(len(block.text) for block in seen if block.is_long)
    may_ask = may_ask and len(seen) <= _MOST_LINES_TO_ASK
    if may_ask and _letters(kept) < _LEAST_OF_THE_PROSE * prose:
        # Loading it takes longer than reading a page.
        from quellenlage.intake.page.second import second_opinion

        others, lines = without_lines(second_opinion(tree_of(original)), said.title, said.body)
        if _letters(others) > _letters(kept):
            kept, edits = others, lines
    if said.body and len(said.body) > _MUCH_LONGER * _letters(kept):
        kept, edits = without_lines(blocks_of_text(said.body), said.title, None)
    return [block.text for block in kept], edits


def _letters(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _standfirsts(blocks: Sequence[Block], standfirst: str | None) -> list[HtmlElement]:
    """The elements that hold just what the page says of itself as its description, which is then the standfirst."""
    words = plain(standfirst or "")
    if len(words) < _SHORTEST_STANDFIRST:
        return []
    return [block.element for block in blocks if len(block.text) < 2 * len(words) and plain(block.text) == words]
