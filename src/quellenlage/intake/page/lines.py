"""Lines of a page's text that are no sentence of its article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from quellenlage.intake.credits import agency_pattern
from quellenlage.intake.edits import Edit
from quellenlage.intake.page.blocks import Block
from quellenlage.intake.page.body import is_headline, outside_the_body, plain
from quellenlage.intake.page.knowledge import known

_SENTENCE_END = re.compile(r"[.!?…:][\"“”»«'’)\]]*$")
_LONGEST_LINE = 600  # what is longer is no byline, credit or teaser
_SHORTEST_SENTENCE = 40
_LONGEST_LABEL = 80
_LINES_OF_A_WHOLE = 4
_SHORTEST_REPEATED, _LONGEST_REPEATED = 40, 300  # letters
_NEAR = 10  # lines
_SURELY_SENTENCES = 150  # though a full stop was forgotten


def without_lines(blocks: Sequence[Block], title: str | None, body: str | None) -> tuple[list[Block], tuple[Edit, ...]]:
    """The lines that are left, and what was dropped and why.

    Dropped are the headline, links, what `page.yaml` lists, headings over nothing, and what the page's own data
    (`body`) do not hold. Before the text and behind it only sentences stay: what else stands there are kickers,
    bylines, places and keywords.
    """
    reasons = [_why(block, title) for block in blocks]
    for n in _repeated(blocks, reasons):
        reasons[n] = "said elsewhere in the text"
    left = [n for n, why in enumerate(reasons) if not why]
    for n in outside_the_body([blocks[n] for n in left], body):
        reasons[left[n]] = "not in the body that the page's own data hold"
    prose = [n for n in left if not reasons[n] and _is_prose(blocks[n])]
    # Between the standfirst and the text stand bylines and dates.
    start = prose[min(1, len(prose) - 1)] if prose else 0
    for n in left if prose else ():
        if not reasons[n] and not start <= n <= prose[-1] and _is_label(blocks[n], after=prose[0] < n):
            reasons[n] = "no sentence, before the text or behind it"
    for n, why in enumerate(reasons):
        # Behind the text a source is the text's own, within it that of a picture.
        if why == "source" and prose and n > prose[-1]:
            reasons[n] = "signature"
    is_over_text = False
    for n in reversed(range(len(blocks))):
        if not blocks[n].is_heading:
            is_over_text = is_over_text or not reasons[n]
        elif not reasons[n]:
            if not is_over_text:
                reasons[n] = "a heading over nothing"
            is_over_text = False
    kept = [block for block, why in zip(blocks, reasons, strict=True) if not why]
    return kept, tuple(Edit("line", block.text, "", why) for block, why in zip(blocks, reasons, strict=True) if why)


def _repeated(blocks: Sequence[Block], reasons: Sequence[str]) -> list[int]:
    """The lines that stand in another one near by as well, as quotations set apart do; of two like lines the second.

    So does a line that holds a third of the text and the lines themselves: the whole once more, for a machine.
    """
    left = [(n, plain(blocks[n].text)) for n, why in enumerate(reasons) if not why]
    letters = sum(len(words) for _, words in left)
    wholes = [
        n
        for n, words in left
        if 3 * len(words) > letters
        and sum(other in words for _, other in left if _can_repeat(other)) > _LINES_OF_A_WHOLE
    ]
    left = [(n, words) for n, words in left if n not in wholes]
    seen: set[str] = set()
    again = []
    for place, (n, words) in enumerate(left):
        if _can_repeat(words):
            around = left[max(0, place - _NEAR) : place + _NEAR]
            if words in seen or any(len(other) > len(words) and words in other for _, other in around):
                again.append(n)
            seen.add(words)
    return wholes + again


def _can_repeat(words: str) -> bool:
    return _SHORTEST_REPEATED <= len(words) <= _LONGEST_REPEATED


def _is_prose(block: Block) -> bool:
    size = len(block.text)
    return not block.is_heading and (
        size >= _SURELY_SENTENCES or (size >= _SHORTEST_SENTENCE and bool(_SENTENCE_END.search(block.text)))
    )


def _is_label(block: Block, after: bool) -> bool:
    is_kept = block.element.tag == "li" or (after and block.is_subheading)
    return not is_kept and len(block.text) < _LONGEST_LABEL and not _SENTENCE_END.search(block.text)


def _why(block: Block, title: str | None) -> str:
    if is_headline(block, title):
        return "the headline"
    if not any(map(str.isalnum, block.text)):
        return "no words"
    if block.is_link and not _SENTENCE_END.search(block.text):
        return "a link alone"
    if len(block.text) <= _LONGEST_LINE:
        return next((kind for kind, pattern in _patterns().items() if pattern.fullmatch(block.text)), "")
    return ""


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    parts = {name: known(name) for name in ("names", "date", "time")}
    parts["agency"] = agency_pattern()
    return {
        kind: re.compile("|".join(f"(?:{_filled(pattern, parts)})" for pattern in patterns), re.IGNORECASE)
        for kind, patterns in known("lines").items()
    }


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace("{" + name + "}", f"(?:{part})")
    return pattern
