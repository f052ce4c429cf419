"""Which lines of a page are its article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml.html import HtmlElement

from quellenlage.intake.page.blocks import Block

# What a line costs, in letters: so much prose must stand in a line to speak for the element around it.
_COST = 30
_NEARLY_ALL = 0.85
_MOST_LINES_TO_THE_HEADLINE = 25
_SHORTEST_WITNESS = 600  # letters of a body in JSON-LD that may speak for lines of the page
_MOST_LEFT_OUT = 0.15


def article_blocks(blocks: Sequence[Block], title: str | None) -> list[Block]:
    """The lines of the element in which most prose and least else stands, and those between it and the headline above.

    The choice is maximum subsequence segmentation (Pasternack and Roth 2009) on subtrees instead of sequences: a line
    is worth its letters outside links, less twice those in links and a fixed cost. The article ends with the innermost
    element that has nearly all the worth of the one found; it begins with the headline above, else with the one found.
    """
    worth: dict[HtmlElement, float] = {}
    for block in blocks:
        value = len(block.text) - 3.0 * block.linked - _COST
        element = block.element
        while element is not None:
            worth[element] = worth.get(element, 0.0) + value
            element = element.getparent()
    if not worth:
        return []
    outer = max(worth, key=lambda element: worth[element])
    core = _innermost(worth, outer)
    around = [n for n, block in enumerate(blocks) if _is_in(block, outer)]
    places = [n for n in around if _is_in(blocks[n], core)]
    above = range(max(0, places[0] - _MOST_LINES_TO_THE_HEADLINE), places[0])
    start = next((n for n in reversed(above) if is_headline(blocks[n], title)), around[0])
    return list(blocks[start : places[-1] + 1])


def _innermost(worth: Mapping[HtmlElement, float], element: HtmlElement) -> HtmlElement:
    """The innermost element with nearly all the worth of one around it, in which appeals to subscribe count too."""
    least = max(1.0, _NEARLY_ALL * worth[element])
    while inner := [part for part in element if worth.get(part, 0.0) >= least]:
        element = max(inner, key=lambda part: worth[part])
    return element


def _is_in(block: Block, element: HtmlElement) -> bool:
    return block.element is element or any(around is element for around in block.element.iterancestors())


def is_headline(block: Block, title: str | None) -> bool:
    """Whether a line is the page's headline: its first heading, or the same words."""
    return block.heading == "h1" or (
        title is not None and len(block.text) < 2 * len(title) and plain(block.text) == plain(title)
    )


def plain(text: str) -> str:
    """The letters and digits of a text, case folded: what stays the same in whatever form a page holds it."""
    return re.sub(r"[\W_]+", "", text).casefold()


def outside_the_body(blocks: Sequence[Block], body: str | None) -> frozenset[int]:
    """The lines that the body in the page's structured data lacks, where it can be trusted to hold all others.

    It can where it holds nearly all letters of the lines and is no shorter than a short article; a body that is cut,
    or another text, is no witness. Headings are often left out of it, and the lines before its first one are the
    standfirst.
    """
    whole = plain(body or "")
    if len(whole) < _SHORTEST_WITNESS:
        return frozenset()
    lines = [plain(block.text) for block in blocks]
    held = [line in whole for line in lines]
    first = next((n for n, block in enumerate(blocks) if held[n] and block.is_long), None)
    if first is None:
        return frozenset()
    lacking = sum(len(line) for line, is_held in zip(lines, held, strict=True) if not is_held)
    if lacking > _MOST_LEFT_OUT * sum(map(len, lines)):
        return frozenset()
    return frozenset(n for n, block in enumerate(blocks) if n > first and not held[n] and not block.is_heading)
