"""The tree of a page → the lines of text that a reader sees, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import html
from lxml.etree import iterwalk
from lxml.html import HtmlElement

from quellenlage.intake.page.knowledge import known

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_LINE_OF_PROSE = 80  # letters
_DEPTH_OF_HEADINGS = 3
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Block:
    """A line of text: the innermost element of lines that it stands in, and how many letters of it are links."""

    text: str
    element: HtmlElement
    linked: int

    @property
    def heading(self) -> str:
        """The heading of HTML that it is, such as "h2", or stands in; empty where it is none."""
        around = self.element
        for _ in range(_DEPTH_OF_HEADINGS):
            if around is None or around.tag in HEADINGS:
                break
            around = around.getparent()
        return around.tag if around is not None and around.tag in HEADINGS else ""

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading of HTML."""
        return bool(self.heading)

    @property
    def is_subheading(self) -> bool:
        """Whether it is a heading, or a line in bold as headings are often written."""
        bold = next(self.element.iter("strong", "b"), None)
        return self.is_heading or (bold is not None and len(bold.text_content()) > 0.8 * len(self.text))

    @property
    def is_long(self) -> bool:
        """Whether it is as long as a sentence of news mostly is, and no link."""
        return len(self.text) >= _LINE_OF_PROSE and not self.is_link

    @property
    def is_link(self) -> bool:
        """Whether nearly all of it is a link."""
        return self.linked > 0.8 * len(self.text)


def blocks_of(root: HtmlElement) -> list[Block]:
    """Every line of text of a tree, in order, white space folded and invisible characters dropped."""
    return list(_blocks(root))


def blocks_of_text(text: str) -> list[Block]:
    """The lines of a text as blocks, each a paragraph, or an item of a list where it begins with a dash."""
    blocks = []
    for line in map(folded, text.splitlines()):
        if line:
            is_item = line.startswith("- ")
            blocks.append(Block(line.removeprefix("- "), html.Element("li" if is_item else "p"), 0))
    return blocks


@cache
def inline_elements() -> frozenset[str]:
    """Elements within a line; whatever else begins or ends, begins or ends a line."""
    return frozenset(known("inline"))


def folded(text: str) -> str:
    """A text on one line, without invisible characters."""
    return " ".join(text.translate(_INVISIBLE).split())


def _blocks(root: HtmlElement) -> Iterator[Block]:
    words: list[str] = []
    linked = in_links = breaks = 0
    around = [root]
    within_lines = inline_elements()

    def line() -> Iterator[Block]:
        nonlocal linked
        text = folded("".join(words))
        if text:
            yield Block(text, around[-1], linked)
        words.clear()
        linked = 0

    for event, element in iterwalk(root, events=("start", "end")):
        inline = element.tag in within_lines
        if event == "start":
            if element.tag == "br":
                breaks += 1
                words.append(" ")
                if breaks == 2:
                    yield from line()
            elif not inline:
                yield from line()
                around.append(element)
            in_links += element.tag == "a"
            text = element.text
        else:
            if not inline and element.tag != "br":
                yield from line()
                around.pop()
            in_links -= element.tag == "a"
            text = element.tail if element is not root else None
        if text:
            words.append(text)
            if text.strip():
                breaks = 0
                linked += len(text.strip()) if in_links else 0
