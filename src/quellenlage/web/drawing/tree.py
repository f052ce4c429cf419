"""The tree of a deal's origins as a drawing: tellers from left to right, the articles at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quellenlage.web.drawing.scale import wrapped
from quellenlage.weigh.tree import Node

ROW, BOX, GAP = 34, 230, 44
LEAF = 300
WORDS = 300
LINE, MOST_LINES = 17, 6
MOST_ORIGINS, MOST_ARTICLES = 16, 8
"""How many origins are drawn, and how many articles of one teller; the list under the drawing has them all."""


@dataclass(frozen=True, slots=True)
class Place:
    """A teller or an article in the drawing: its left edge, the middle of its height, and what it is.

    `path` is the way to the teller in the tree, counted from 1 ("1-2"), by which the list names it too. `more` is how
    many further articles a leaf stands for, which then has no article.
    """

    x: int
    y: float
    path: str
    node: Node | None = None
    article: str | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from the right edge of one place to the left edge of another."""

    x: int
    y: float
    to_x: int
    to_y: float

    @property
    def path(self) -> str:
        """The line as SVG writes it: a curve that leaves and arrives level."""
        middle = (self.x + self.to_x) / 2
        return f"M{self.x} {self.y}C{middle} {self.y} {middle} {self.to_y} {self.to_x} {self.to_y}"


@dataclass(frozen=True, slots=True)
class TreeDrawing:
    """All of it; `left_out` is how many origins are not drawn, `words_at` where words beside a place may stand."""

    places: tuple[Place, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    words_at: int
    left_out: int


def tree_drawing(trees: Sequence[Node]) -> TreeDrawing:
    """The drawing of some trees, one under the other; places are in the order in which a keyboard walks them."""
    drawn = trees[:MOST_ORIGINS]
    depth = max((_depth(tree) for tree in drawn), default=1)
    drawer = _Drawer(articles_at=depth * (BOX + GAP))
    for number, tree in enumerate(drawn, start=1):
        drawer.add(tree, 0, str(number))
    words_at = drawer.articles_at + LEAF + GAP // 2
    return TreeDrawing(
        tuple(drawer.places),
        tuple(drawer.edges),
        words_at + WORDS,
        max(drawer.rows * ROW, MOST_LINES * LINE),
        words_at,
        len(trees) - len(drawn),
    )


def beside(place: Place, words: str, drawing: TreeDrawing) -> tuple[tuple[float, str], ...]:
    """Words in lines at the right of the drawing, each with its height, as near to the place as there is room."""
    lines = wrapped(words, WORDS, MOST_LINES)
    top = min(max(place.y - LINE * (len(lines) - 1) / 2, LINE * 0.7), drawing.height - LINE * (len(lines) - 0.6))
    top = max(top, LINE * 0.7)
    return tuple((round(top + LINE * number, 1), line) for number, line in enumerate(lines))


@dataclass
class _Drawer:
    articles_at: int
    rows: int = 0
    places: list[Place] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    def add(self, node: Node, depth: int, path: str) -> Place:
        x, own = depth * (BOX + GAP), len(self.places)
        below = list(self._below(node, depth, path))
        y = (below[0].y + below[-1].y) / 2 if below else self._row()
        place = Place(x, y, path, node=node)
        self.places.insert(own, place)
        self.edges += [Edge(x + BOX, y, one.x, one.y) for one in below]
        return place

    def _below(self, node: Node, depth: int, path: str) -> Iterator[Place]:
        for number, taker in enumerate(node.takers, start=1):
            yield self.add(taker, depth + 1, f"{path}-{number}")
        shown = node.articles if len(node.articles) <= MOST_ARTICLES else node.articles[: MOST_ARTICLES - 1]
        for article in shown:
            yield self._leaf(path, article=article)
        if more := len(node.articles) - len(shown):
            yield self._leaf(path, more=more)

    def _leaf(self, path: str, article: str | None = None, more: int = 0) -> Place:
        place = Place(self.articles_at, self._row(), path, article=article, more=more)
        self.places.append(place)
        return place

    def _row(self) -> float:
        self.rows += 1
        return (self.rows - 0.5) * ROW


def _depth(node: Node) -> int:
    return 1 + max((_depth(taker) for taker in node.takers), default=0)
