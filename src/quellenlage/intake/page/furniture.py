"""Elements that are no part of an article, taken out of the tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from lxml.html import HtmlElement

from quellenlage.intake.edits import Edit
from quellenlage.intake.page.blocks import HEADINGS, Block, folded, inline_elements
from quellenlage.intake.page.knowledge import known

_NAMES = ("class", "id", "data-testid", "data-component", "data-type", "data-area", "data-module")
_PART = re.compile(r"[A-Z]?[a-zäöüß]+|[A-Z]+(?![a-z])|\d+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head"})
# What holds more of the page's prose than this is the article itself, whatever it is called.
_MOST_OF_THE_PAGE = 0.35
# Comments, and dialogs that ask for consent, can be longer than the article.
_SURELY_BESIDE = ("(comments)", "(consent)", "(dialogs)")
_NEARLY_ALL = 0.8
_LONGEST_CAPTION = 250  # letters
_LONGEST_WORDS = 200
_LONGEST_NAME = 300
_LONGEST_ID = 40  # longer ones are made of a heading
_LINKED = "teasers, as there are links"
_MUCH_LINKED = 0.3


def without_furniture(root: HtmlElement, blocks: Sequence[Block], kept: Collection[HtmlElement]) -> tuple[Edit, ...]:
    """Take out of the tree what `page.yaml` lists by element, role and names in class and id, and what is hidden.

    Stays what is, or is around or in, one of `kept`; what holds more than a third of the prose in the tree's lines
    (`blocks`); and what stands amid a sentence. Pictures go with the few words around them. Gives what was taken out
    and why.
    """
    words, prose = _letters(blocks), _letters(block for block in blocks if block.is_long)
    whole = max(1, prose.get(root, 0))
    safe = _around(kept).union(*(element.iterdescendants() for element in kept))
    text = _around(root.iter("h1", "p", "li", "body")) | safe
    named: dict[str, str] = {}
    gone: set[HtmlElement] = set()
    edits = []
    for element in list(root.iter()):
        if element.getparent() in gone:
            gone.add(element)
            continue
        if element is root or element in safe:
            continue
        why = _why(element, named)
        share = prose.get(element, 0) / whole
        if share > _MOST_OF_THE_PAGE and not (share < _NEARLY_ALL and why.endswith(_SURELY_BESIDE)):
            continue
        if element.tag == "img":
            element, why = _picture(element, words, text), "a picture"
        if why and element.getparent() is not None:
            shown = "" if element.tag in _UNSEEN else folded(element.text_content())
            if shown:
                edits.append(Edit("furniture", shown[:_LONGEST_WORDS], "", why))
            element.drop_tree()
            gone.add(element)
    return tuple(edits)


def _letters(blocks: Iterable[Block]) -> Mapping[HtmlElement, int]:
    """How many letters stand in each element that holds any."""
    letters: dict[HtmlElement, int] = {}
    for block in blocks:
        element = block.element
        while element is not None:
            letters[element] = letters.get(element, 0) + len(block.text)
            element = element.getparent()
    return letters


def _around(elements: Iterable[HtmlElement]) -> set[HtmlElement]:
    """The elements and all those around them."""
    found: set[HtmlElement] = set()
    for element in elements:
        while element is not None and element not in found:
            found.add(element)
            element = element.getparent()
    return found


def _picture(image: HtmlElement, words: Mapping[HtmlElement, int], text: Collection[HtmlElement]) -> HtmlElement:
    """The outermost element around a picture that holds no more words than a caption does, and none of `text`."""
    while (around := image.getparent()) is not None and around not in text:
        if words.get(around, 0) > _LONGEST_CAPTION:
            break
        image = around
    return image


def _why(element: HtmlElement, named: dict[str, str]) -> str:
    if _is_hidden(element):
        return "hidden"
    if _is_in_a_sentence(element):
        return "a note that is not seen" if _is_unseen_note(element) else ""
    if element.tag in _elements():
        return f"<{element.tag}>"
    if element.tag in ("html", "body", "main"):
        return ""
    if element.get("role") in known("roles"):
        return f"role {element.get('role')}"
    for name in _NAMES:
        value = (element.get(name) or "")[:_LONGEST_NAME]
        if value and not (name == "id" and (element.tag in HEADINGS or len(value) > _LONGEST_ID)):
            if value not in named:
                named[value] = _kind(value)
            kind = named[value]
            if kind and (kind != _LINKED or _is_much_linked(element)):
                return f"{name} {value[:60]} ({kind})"
    return ""


def _is_hidden(element: HtmlElement) -> bool:
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and _HIDDEN.search(style) is not None)
    )


def _is_unseen_note(element: HtmlElement) -> bool:
    return not set(_parts((element.get("class") or "")[:_LONGEST_NAME])).isdisjoint(known("unseen_notes"))


def _is_in_a_sentence(element: HtmlElement) -> bool:
    """Whether words stand beside it on its line: a link or a word with a note may be called what it likes."""
    if element.tag not in inline_elements() and element.tag != "button":
        return False
    around = element.getparent()
    return bool((element.tail or "").strip()) or (
        around is not None and around.tag in ("p", "li") and bool((around.text or "").strip())
    )


def _kind(name: str) -> str:
    words, with_links = _words(), frozenset(known("furniture_with_links"))
    parts = list(_parts(name))
    kind = next((words[part] for part in parts if part in words), "")
    return kind or (_LINKED if any(part in with_links for part in parts) else "")


def _is_much_linked(element: HtmlElement) -> bool:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return linked > _MUCH_LINKED * len(element.text_content())


def _parts(name: str) -> Iterator[str]:
    """The parts of a name and each two neighbours as one: `articleRead-more` → article, read, more, articleread, …"""
    for word in name.split():
        parts = [part.lower() for part in _PART.findall(word)]
        yield from parts
        yield from (first + second for first, second in pairwise(parts))


@cache
def _elements() -> frozenset[str]:
    return frozenset([*known("elements"), *known("beside")])


@cache
def _words() -> Mapping[str, str]:
    return {word: kind for kind, words in known("furniture").items() for word in words}
