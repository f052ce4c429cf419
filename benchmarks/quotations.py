"""Who says it, in news of any topic: readers on a public set of quotations, `python -m benchmarks.quotations FOLDER`.

The data: Fynn Petersen-Frey and Chris Biemann (2024), "Dataset of Quotation Attribution in German News Articles",
LREC-COLING 2024, arXiv:2404.16764; CC BY-NC-SA 4.0, so none of it may lie in this project. FOLDER is its `data/dev`.
Only that part is measured, nothing is trained on any part, and the rules below were settled from the annotation
alone, before any reader was measured.

The authors' own score (`eval/eval.py` there) first pairs quotations by their words and then counts tokens of each
role. A reading marks no words of quotations, so here the words of saying pair them. As there, what has no partner on
the other side counts against the reader. What is counted are cues and speakers, not tokens, and spans need only
overlap: precision is the share of what the reader found that overlaps something in the data, recall the share of what
is in the data that overlaps something found (Breck, Choi and Cardie 2007, "Identifying Expressions of Opinion in
Context", IJCAI, measure "overlap").

Four measures, each in two units: precision counts a reading's cues or statements, recall the data's cues or
quotations.

*cues*: a cue of a statement against the cue of a quotation. Quotations with the very same cue have one cue together.
*cues or nouns of saying*: the same, but the speaker within the quotation's frame also counts as words of saying. In
"nach Angaben der Polizei" the data's cue is "nach" and its speaker "Angaben der Polizei"; the guide of this project's
corpus takes "Angaben" as the cue.
*speakers where the words of saying are found*: statements that name somebody and share words of saying with a
quotation, against quotations that have a speaker and share words of saying with a statement.
*speakers, end to end*: all statements that name somebody against all quotations that have a speaker.

A statement names its sources or, where it has none, its reporters. The speaker is right where one of them overlaps the
data's speaker, is the same as a span that does so in a group of the reading, or has the same head word.

What to keep in mind of the numbers: the readers look for statements about arms transfers, the data holds quotations of
every kind, so recall of cues is low by design. A third of the quotations has no cue; most of these are reported ones,
whose verb is part of the quotation, or free ones. Their speakers cannot be found end to end, and a reader's cue in a
reported one counts as wrong. Where the data's speaker is a pronoun, naming whom it stands for counts as wrong, because
the data does not say who that is. Naming several speakers is not punished.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.baseline import RuleReader
from benchmarks.held_back import PUBLISHED
from benchmarks.rule_spans import ARTICLES, WORD
from quellenlage.domain import Article, Reading, Span, SpanType, Statement
from quellenlage.names.text import stem, to_ascii
from quellenlage.reader import ModelReader, Reader

T = TypeVar("T")
Spans = tuple[Span, ...]

PART = "dev"
HOW_TO_GET = (
    "To get the data: git clone https://github.com/uhh-lt/german-news-quotation-attribution-2024, "
    "outside this project; then name its folder data/dev (the dev part only)."
)
JSON_TYPES: dict[type, str] = {dict: "an object", list: "a list", str: "a text", int: "a whole number"}
PARTS_OF_MENTION = re.compile(r"[,;()–]|\bund\b")
PRONOUNS = frozenset(
    {
        *("er", "sie", "es", "ihm", "ihr", "ihn", "ihnen", "wir", "uns", "ich", "mir", "mich", "man", "wer"),
        *("dieser", "diese", "dieses", "jener", "jene"),
    }
)
BEFORE_A_COMPLEMENT = ARTICLES | {
    *("von", "vom", "aus", "in", "im", "an", "am", "auf", "bei", "beim", "fuer", "zu", "zum", "zur", "mit"),
    *("of", "for"),
}


class QuotationsError(ValueError):
    """The data is not there, or not in the form that its authors describe."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Who is said to say something, and by which words; each is empty where the data has none.

    `saying` is the cue and the speaker within its frame; it is empty without a cue.
    """

    cue: Spans
    saying: Spans
    speaker: Spans


@dataclass(frozen=True, slots=True)
class Document:
    """An article of the data with its quotations, in the data's order."""

    article: Article
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts: `right` of `found` are right on the reader's side, `met` of `wanted` are found on the data's side."""

    right: int = 0
    found: int = 0
    met: int = 0
    wanted: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right, self.found + other.found, self.met + other.met, self.wanted + other.wanted
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found, 0 to 1; 0 where nothing was wanted."""
        return self.met / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """The four measures, as the head of this file defines them."""

    cues: Score = Score()
    saying: Score = Score()
    speakers_found: Score = Score()
    speakers: Score = Score()

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.cues + other.cues,
            self.saying + other.saying,
            self.speakers_found + other.speakers_found,
            self.speakers + other.speakers,
        )

    @property
    def by_name(self) -> dict[str, Score]:
        """The measures by the names that the table gives them."""
        return {
            "cues": self.cues,
            "cues or nouns of saying": self.saying,
            "speakers where the words of saying are found": self.speakers_found,
            "speakers, end to end": self.speakers,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """The head word of a mention, and the nouns of its complement: (Sprecher, Polizei) in "Sprecher der Polizei"."""

    head: str
    complement: tuple[str, ...]

    def may_mean(self, other: Mention) -> bool:
        """Whether the heads are one word and the complements do not say otherwise."""
        alike = not self.complement or not other.complement or self.complement == other.complement
        return self.head == other.head and alike


def load(folder: Path) -> tuple[Document, ...]:
    """The documents of the dev part, by name of file; raises `QuotationsError` where it is absent or a file broken."""
    if folder.resolve().name != PART:
        raise QuotationsError(f"{folder} is not the dev part, and no other part is ever measured. {HOW_TO_GET}")
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise QuotationsError(f"There are no JSON files in {folder}. {HOW_TO_GET}")
    return tuple(map(load_file, paths))


def load_file(path: Path) -> Document:
    """The document of one file; raises `QuotationsError` that names the file and what is wrong with it."""
    try:
        return document_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as wrong:
        raise QuotationsError(f"{path} is not in the form of the data: {wrong}. {HOW_TO_GET}") from wrong


def document_of(content: object) -> Document:
    """A document from the JSON of its file, whose form the README of the data describes; raises `ValueError`."""
    name, text = _field(content, "documentName", str), _field(content, "originalText", str)
    annotations = _field(content, "annotations", list)
    return Document(
        Article(name, name, text, published=PUBLISHED),
        tuple(quotation_of(annotation, text) for annotation in annotations),
    )


def quotation_of(annotation: object, text: str) -> Quotation:
    """A quotation from its annotation; raises `ValueError` where its spans do not stand in the text."""
    cue = spans_of(annotation, "cue", text, SpanType.CUE)
    speaker = spans_of(annotation, "speaker", text, SpanType.ACTOR)
    frame = spans_of(annotation, "frame", text, SpanType.CUE)
    in_frame = tuple(span for span in speaker if overlap((span,), frame))
    return Quotation(cue, cue + in_frame if cue else (), speaker)


def spans_of(annotation: object, role: str, text: str, type: SpanType) -> Spans:
    """The spans of a role, none where it is not filled; raises `ValueError` where their words are not the role's."""
    filler = _field(annotation, role, dict)
    spans = tuple(
        Span.of(text, _field(one, "charBegin", int), _field(one, "charEnd", int), type)
        for one in _field(filler, "spans", list)
    )
    words = _field(filler, "text", str)
    if " ".join(span.text for span in spans) != words:
        raise ValueError(f"the {role} {words!r} does not stand where its spans are")
    return spans


def measure(reader: Reader, documents: Iterable[Document]) -> Scores:
    """The scores of a reader over all documents, each cue and quotation weighing the same."""
    return sum((score(document.quotations, reader.read(document.article)) for document in documents), Scores())


def score(quotations: Sequence[Quotation], reading: Reading) -> Scores:
    """The scores of a reading of one document."""
    statements = reading.statements
    sharing = [s for s in statements if any(overlap((s.cue,), q.saying) for q in quotations)]
    shared = [q for q in quotations if any(overlap((s.cue,), q.saying) for s in statements)]
    return Scores(
        cue_score(statements, quotations, lambda quotation: quotation.cue),
        cue_score(statements, quotations, lambda quotation: quotation.saying),
        speaker_score(sharing, shared, reading.same),
        speaker_score(statements, quotations, reading.same),
    )


def cue_score(
    statements: Iterable[Statement], quotations: Sequence[Quotation], words_of: Callable[[Quotation], Spans]
) -> Score:
    """Cues of statements against cues of quotations, which are found where `words_of` the quotation are."""
    found = {statement.cue for statement in statements}
    wanted = {quotation.cue for quotation in quotations if quotation.cue}
    met = {q.cue for q in quotations if any(overlap((cue,), words_of(q)) for cue in found)}
    right = {cue for cue in found if any(overlap((cue,), words_of(q)) for q in quotations)}
    return Score(len(right), len(found), len(met), len(wanted))


def speaker_score(
    statements: Iterable[Statement], quotations: Iterable[Quotation], groups: Sequence[Sequence[Span]]
) -> Score:
    """Statements that name somebody against quotations that have a speaker."""
    naming = [statement for statement in statements if named_by(statement)]
    spoken = [quotation for quotation in quotations if quotation.speaker]
    right = sum(any(agree(statement, quotation, groups) for quotation in spoken) for statement in naming)
    met = sum(any(agree(statement, quotation, groups) for statement in naming) for quotation in spoken)
    return Score(right, len(naming), met, len(spoken))


def agree(statement: Statement, quotation: Quotation, groups: Sequence[Sequence[Span]]) -> bool:
    """Whether a statement shares words of saying with a quotation and names its speaker."""
    shares = overlap((statement.cue,), quotation.saying)
    return shares and any(is_speaker(span, quotation.speaker, groups) for span in named_by(statement))


def named_by(statement: Statement) -> Spans:
    """Who says it, as far as the statement tells: its sources or, where it has none, its reporters."""
    return tuple(link.span for link in statement.source or statement.reporter)


def is_speaker(span: Span, speaker: Spans, groups: Sequence[Sequence[Span]]) -> bool:
    """Whether a span overlaps the speaker, is grouped with a span that does, or has the speaker's head word."""
    if overlap((span,), speaker) or any(overlap((span,), group) and overlap(group, speaker) for group in groups):
        return True
    wanted = [mention for one in speaker for mention in mentions(one.text)]
    return any(mine.may_mean(theirs) for mine in mentions(span.text) for theirs in wanted)


def overlap(ones: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether some of these spans has a character in common with some of those."""
    return any(one.start < other.end and other.start < one.end for one in ones for other in others)


def mentions(words: str) -> list[Mention]:
    """Whom words may mention: one for each part between commas, brackets and "und"; pronouns mention nobody.

    The head is the last capitalised word before a complement, so a title before a name is not the head.
    """
    parts = ([match.group() for match in WORD.finditer(part)] for part in PARTS_OF_MENTION.split(words))
    return [mention for part in parts if (mention := _mention(part))]


def table(scores: dict[str, Scores]) -> str:
    """The scores by the names of their readers, as a Markdown table; precision, recall and F1 run from 0 to 1."""
    rows = ["| reader | what | precision | recall | F1 | found | in the data |", "|---|---|---:|---:|---:|---:|---:|"]
    for reader, measures in scores.items():
        for name, one in measures.by_name.items():
            numbers = f"{one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} | {one.found} | {one.wanted}"
            rows.append(f"| {reader} | {name} | {numbers} |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of the shipped reader and of the rules on the folder that the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quotations", description="Scores on quotations in German news.", epilog=HOW_TO_GET
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder data/dev of the data")
    try:
        documents = load(parser.parse_args(arguments).folder)
    except QuotationsError as wrong:
        raise SystemExit(str(wrong)) from wrong
    readers: tuple[Reader, ...] = (ModelReader.load(), RuleReader())
    print(table({reader.name: measure(reader, documents) for reader in readers}))


def _field(holder: object, name: str, type: type[T]) -> T:
    found = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(found, type):
        raise ValueError(f"there should be {JSON_TYPES[type]} under {name!r}")
    return found


def _mention(words: Sequence[str]) -> Mention | None:
    folded = [to_ascii(word) for word in words]
    nouns = [n for n, word in enumerate(words) if word[0].isupper() and folded[n] not in ARTICLES | PRONOUNS]
    if not nouns:
        return None
    end = next((n for n in range(nouns[0] + 1, len(words)) if folded[n] in BEFORE_A_COMPLEMENT), len(words))
    head = max(n for n in nouns if n < end)
    return Mention(stem(folded[head]), tuple(stem(folded[n]) for n in nouns if n > end))


if __name__ == "__main__":
    main()
