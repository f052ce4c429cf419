"""A text as the model sees it: subword pieces with their places in the text, cut into windows.

Every line of the text is a paragraph; a paragraph ends with the separator piece, which belongs to no character. A
long text is read in overlapping windows, and each piece is taken from the window in which it stands furthest from
an edge, so that no piece is read without its context and memory stays flat however long the text is. It is read
several times, in windows of several sizes, so that what depends on where a window begins evens out.
"""

from __future__ import annotations

from dataclasses import dataclass

from tokenizers import Tokenizer

from quellenlage.names.sentences import sentence_numbers

START_PIECE = "<s>"
SEPARATOR_PIECE = "</s>"
WORD_START = "▁"

WINDOW_SIZES = ((320, 32), (200, 40))
"""How many pieces a window has, and how many of them at an edge only give context; a reading for each."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Piece ids, the characters each covers, and the paragraph and the sentence in which it stands.

    Separators cover no characters (`start == end`).
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    paragraphs: tuple[int, ...]
    sentences: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` are read together; of these, `core_start` to `core_end` are taken from this window."""

    start: int
    end: int
    core_start: int
    core_end: int

    @property
    def core(self) -> slice:
        """Where the core lies in what a model puts out for the start piece and the window behind it."""
        return slice(1 + self.core_start - self.start, 1 + self.core_end - self.start)


def cut(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into pieces, paragraph by paragraph; white space belongs to no piece.

    Raises `ValueError` where the tokeniser has no separator piece.
    """
    separator = tokenizer.token_to_id(SEPARATOR_PIECE)
    if separator is None:
        raise ValueError(f"the tokeniser has no piece {SEPARATOR_PIECE}; it belongs to another model")
    word_start = tokenizer.token_to_id(WORD_START)
    ids: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    paragraphs: list[int] = []
    offset = 0
    paragraph = 0
    for line in text.split("\n"):
        if line.strip():
            encoding = tokenizer.encode(line, add_special_tokens=False)
            for piece, (start, end) in zip(encoding.ids, encoding.offsets, strict=True):
                while start < end and line[start].isspace():
                    start += 1
                while start < end and line[end - 1].isspace():
                    end -= 1
                if start == end or piece == word_start:
                    continue
                ids.append(piece)
                starts.append(offset + start)
                ends.append(offset + end)
                paragraphs.append(paragraph)
            ids.append(separator)
            starts.append(offset + len(line))
            ends.append(offset + len(line))
            paragraphs.append(paragraph)
            paragraph += 1
        offset += len(line) + 1
    return Pieces(tuple(ids), tuple(starts), tuple(ends), tuple(paragraphs), sentence_numbers(text, starts))


def coverings(count: int) -> tuple[tuple[Window, ...], ...]:
    """The different ways to cover `count` pieces with windows: one where all pieces fit into any window."""
    return tuple(dict.fromkeys(windows(count, size, margin) for size, margin in WINDOW_SIZES))


def windows(count: int, size: int, margin: int) -> tuple[Window, ...]:
    """Windows of at most `size` pieces over `count` pieces; neighbours share `2 * margin` of them.

    The cores of the windows follow one another without a gap or an overlap. Raises `ValueError` where the margins
    leave no core.
    """
    if size <= 2 * margin:
        raise ValueError(f"a window of {size} pieces has no core between margins of {margin}")
    if count <= size:
        return (Window(0, count, 0, count),) if count else ()
    found: list[Window] = []
    core_start = 0
    start = 0
    while True:
        end = min(start + size, count)
        if end == count:
            start = max(0, end - size)
            found.append(Window(start, end, core_start, count))
            return tuple(found)
        found.append(Window(start, end, core_start, end - margin))
        core_start = end - margin
        start = core_start - margin
