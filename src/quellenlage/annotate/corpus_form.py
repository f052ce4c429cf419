"""Annotated articles in the form of the corpus (`corpus/GUIDE.md`): header, marked text, relations.

What the form cannot say is left out: brackets in the text that look like marks, quantities, amounts, hedges and returns
that nothing is linked to, and how sure anything is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quellenlage.annotate.annotation import Annotation, BadAnnotation, flat, folded, groups, restricted, spans_of
from quellenlage.domain import (
    STATEMENT_ROLES,
    TRANSFER_ROLES,
    Article,
    Link,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
    Transfer,
)

REGISTERS = ("agency", "quality", "tabloid", "regional", "broadcast", "translated", "live", "blog", "press", "analysis")
"""The kinds of text that the guide knows."""
LETTERS = {
    SpanType.ACTOR: "a",
    SpanType.ITEM: "i",
    SpanType.QUANTITY: "q",
    SpanType.AMOUNT: "m",
    SpanType.TIME: "d",
    SpanType.PLACE: "p",
    SpanType.TRIGGER: "t",
    SpanType.RETURN: "r",
    SpanType.CUE: "c",
    SpanType.HEDGE: "h",
}
"""How the names of spans begin, by their type."""
_LINKED = frozenset({SpanType.QUANTITY, SpanType.HEDGE, SpanType.RETURN, SpanType.AMOUNT})
_MARK = re.compile(r"\[\[(.+?)\|([A-Z]{3}):([a-z]+\d+)\]\]", re.S)
_RULE = re.compile(r"^---[ \t]*$", re.M)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Unsayable(ValueError):
    """A text that the form cannot hold, because it has the form's own marks in it; says which."""


@dataclass(frozen=True)
class Written:
    """An annotated article as a file, and the spans of the reading that it has not."""

    text: str
    left_out: tuple[Span, ...]


def written(article: Article, reading: Reading, register: str = "quality") -> Written:
    """An article with its reading as a file of the corpus.

    Where not all of the date is known, the rest is zeros. Raises `Unsayable` where the form cannot hold the text.
    """
    copy = folded(article.text)
    if found := re.search(r"\[\[|\]\]", copy.text):
        raise Unsayable(
            f"{found.group()} stands at character {found.start()} of the text, which is the corpus' own mark"
        )
    said = sayable(flat(reading, copy), copy.text)
    names = named(said.spans)
    marked = _marked(copy.text, said.spans, names)
    if _RULE.search(marked):
        raise Unsayable("a line of the text is ---, which ends the text in the corpus")
    kept = {(*copy.back(span.start, span.end), span.type) for span in said.spans}
    left_out = sorted({span for span in spans_of(reading) if (span.start, span.end, span.type) not in kept})
    parts = (_header(article, reading, register), marked, "\n".join(_relations(said, names)))
    return Written("\n---\n".join(parts) + "\n", tuple(left_out))


def sayable(said: Reading, text: str) -> Reading:
    """As much of a flat reading of a text as the form can say."""
    while bad := set(_unsayable(said, text)):
        said = restricted(said, {span: span for span in said.spans if span not in bad}.get)
    return said


def named(spans: Sequence[Span]) -> dict[Span, str]:
    """A name for every span, by its type and place."""
    counts = dict.fromkeys(SpanType, 0)
    names = {}
    for span in spans:
        counts[span.type] += 1
        names[span] = f"{LETTERS[span.type]}{counts[span.type]}"
    return names


def parsed(raw: str, where: str) -> Annotation:
    """The annotated article of a file; raises `BadAnnotation` with every mistake and its line."""
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    rules = list(_RULE.finditer(raw))
    if len(rules) != 2:
        raise BadAnnotation(
            [
                f"{where}: expected header, ---, text, ---, relations, found {len(rules)} lines of --- instead of two; "
                "see corpus/GUIDE.md"
            ]
        )
    first, second = rules
    reader = _Parser(where, raw)
    header = reader.header(raw[: first.start()])
    marked = raw[first.end() : second.start()]
    begin = first.end() + len(marked) - len(marked.lstrip("\n"))
    text = reader.text(begin, marked.strip("\n"))
    reader.relations(second.end(), raw[second.end() :])
    reading = reader.reading()
    if reader.mistakes:
        raise BadAnnotation(reader.mistakes)
    return Annotation(header["id"], text, reading, where, reader.line(begin))


def _header(article: Article, reading: Reading, register: str) -> str:
    day = _DAY.match(article.published or "")
    year, month, day_of_month = (part or "00" for part in (day.groups() if day else ("0000", None, None)))
    fields = {
        "id": article.id,
        "published": f"{year}-{month}-{day_of_month}",
        "outlet": article.outlet or "unknown",
        "register": register,
        "doc": article.doc,
        "reader": reading.reader,
    }
    return "\n".join(f"{name}: {' '.join(value.split()) or 'unknown'}" for name, value in fields.items())


def _marked(text: str, spans: Sequence[Span], names: Mapping[Span, str]) -> str:
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], f"[[{span.text}|{span.type.value}:{names[span]}]]"]
        at = span.end
    return "".join([*pieces, text[at:]])


def _unsayable(said: Reading, text: str) -> list[Span]:
    ends = {span.end for span in said.spans}
    used = {span for group in said.same for span in group}
    used |= {span for pair in said.quantities for span in (pair[0], pair[1].span)}
    used |= {link.span for transfer in said.transfers for links in transfer.roles.values() for link in links}
    return [
        span
        for span in said.spans
        # A bracket before a mark would be read as a part of it.
        if (text[span.start - 1 : span.start] == "[" and span.start not in ends)
        or (span.type in _LINKED and span not in used)
    ]


def _relations(said: Reading, names: Mapping[Span, str]) -> list[str]:
    lines = []
    for transfer in said.transfers:
        negated = " negated=yes" if transfer.negated else ""
        roles = _roles(transfer.roles, names)
        lines.append(f"transfer {names[transfer.trigger]} stage={transfer.stage.value}{roles}{negated}")
    lines += [f"quantity {names[item]} {names[link.span]}" for item, link in said.quantities]
    for statement in said.statements:
        roles = _roles(statement.roles, names)
        lines.append(f"says {names[statement.cue]} stance={statement.stance.value}{roles}")
    lines += [" ".join(["same", *(names[span] for span in group)]) for group in said.same]
    lines += [" ".join(["event", *(names[span] for span in group)]) for group in said.events]
    return lines


def _roles(roles: Mapping[str, tuple[Link, ...]], names: Mapping[Span, str]) -> str:
    return "".join(f" {role}={','.join(names[link.span] for link in links)}" for role, links in roles.items() if links)


class _Wrong(ValueError):
    """What is wrong with a line."""


@dataclass
class _Parser:
    """Reads the parts of a file one after the other, and collects all that is wrong with them."""

    where: str
    raw: str
    mistakes: list[str] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    transfers: dict[str, Transfer] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    quantities: list[tuple[Span, Link]] = field(default_factory=list)
    same: list[list[Span]] = field(default_factory=list)
    events: list[list[Span]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def line(self, at: int) -> int:
        return self.raw.count("\n", 0, at) + 1

    def wrong(self, line: int, what: str) -> None:
        self.mistakes.append(f"{self.where}, line {line}: {what}")

    def header(self, part: str) -> dict[str, str]:
        fields = dict.fromkeys(("id",), "")
        for line in part.strip().splitlines():
            name, _, value = line.partition(":")
            fields[name.strip()] = value.strip()
        if not fields["id"]:
            self.wrong(1, "the header lacks id; write the article's own as `quellenlage annotate export` does")
        return fields

    def text(self, begin: int, marked: str) -> str:
        text, at = "", 0
        for mark in _MARK.finditer(marked):
            text += marked[at : mark.start()]
            words, type, name = mark.groups()
            line = self.line(begin + mark.start())
            if type not in set(SpanType):
                self.wrong(line, f"{type} at {words!r} is no type of span; write one of {', '.join(SpanType)}")
            elif "[[" in words:
                self.wrong(line, f"a span within another at {words!r}; spans never nest")
            elif name in self.spans:
                self.wrong(line, f"the name {name} is taken twice; give each span its own")
            else:
                self.spans[name] = Span(len(text), len(text) + len(words), SpanType(type), words)
                self.lines[name] = line
            text += words
            at = mark.end()
        text += marked[at:]
        if broken := re.search(r"\[\[|\]\]", text):
            line = self.line(begin) + text.count("\n", 0, broken.start())
            near = text[max(0, broken.start() - 20) : broken.end() + 20]
            self.wrong(line, f"a broken mark near {near!r}; expected [[words|TYP:name]]")
        return text

    def relations(self, begin: int, part: str) -> None:
        first = self.line(begin)
        for number, line in enumerate(part.split("\n"), first):
            words = line.split()
            if not words or words[0].startswith("#"):
                continue
            try:
                self.relation(words[0], words[1:])
            except _Wrong as why:
                self.wrong(number, f"in {line.strip()!r}: {why}")

    def relation(self, kind: str, rest: Sequence[str]) -> None:
        match kind:
            case "transfer":
                name, trigger, fields = self.head(rest, SpanType.TRIGGER, self.transfers)
                roles = self.roles(fields, TRANSFER_ROLES, ("stage", "negated", "item_text"))
                if fields.get("stage") not in set(Stage):
                    raise _Wrong(f"expected stage= with one of {', '.join(Stage)}")
                transfer = Transfer(trigger, Stage(fields["stage"]), negated=fields.get("negated") == "yes")
                self.transfers[name] = transfer.with_roles(lambda role: roles.get(role, ()))
            case "says":
                name, cue, fields = self.head(rest, SpanType.CUE, self.statements)
                roles = self.roles(fields, STATEMENT_ROLES, ("stance",))
                if fields.get("stance") not in set(Stance):
                    raise _Wrong(f"expected stance= with one of {', '.join(Stance)}")
                statement = Statement(cue, Stance(fields["stance"]))
                self.statements[name] = statement.with_roles(lambda role: roles.get(role, ()))
            case "quantity":
                if len(rest) != 2:
                    raise _Wrong("expected the names of an ITM and of a QTY")
                item, quantity = self.span(rest[0], SpanType.ITEM), self.span(rest[1], SpanType.QUANTITY)
                self.quantities.append((item, Link(quantity)))
            case "same" | "event":
                members = [self.span(name, SpanType.TRIGGER if kind == "event" else None) for name in rest]
                if len(members) < 2 or len({span.type for span in members}) > 1:
                    raise _Wrong("expected the names of two spans of one type or more")
                (self.events if kind == "event" else self.same).append(members)
            case _:
                raise _Wrong(f"{kind} is no relation; write one of transfer, quantity, says, same, event")

    def head(
        self, rest: Sequence[str], type: SpanType, known: Mapping[str, object]
    ) -> tuple[str, Span, dict[str, str]]:
        if not rest:
            raise _Wrong(f"expected the name of a {type}")
        span = self.span(rest[0], type)
        if rest[0] in known:
            raise _Wrong(f"{rest[0]} has two lines; write one")
        fields: dict[str, str] = {}
        last = ""
        for word in rest[1:]:
            name, equals, value = word.partition("=")
            if equals:
                fields[name] = value
                last = name
            elif last:
                fields[last] += f" {word}"
            else:
                raise _Wrong(f"expected field=value, found {word!r}")
        return rest[0], span, fields

    def roles(
        self, fields: Mapping[str, str], types: Mapping[str, SpanType], others: Sequence[str]
    ) -> dict[str, tuple[Link, ...]]:
        for name in fields:
            if name not in types and name not in others:
                raise _Wrong(f"{name} is no field here; write one of {', '.join([*types, *others])}")
        found = {}
        for role, type in types.items():
            spans = {self.span(name, type) for name in fields.get(role, "").split(",") if name}
            found[role] = tuple(map(Link, sorted(spans)))
        return found

    def span(self, name: str, type: SpanType | None) -> Span:
        span = self.spans.get(name)
        if span is None or (type is not None and span.type is not type):
            raise _Wrong(f"{name} is no {type or 'span'} of the text")
        return span

    def reading(self) -> Reading:
        is_sound = not self.mistakes
        for type, known, line in (
            (SpanType.TRIGGER, self.transfers, "transfer"),
            (SpanType.CUE, self.statements, "says"),
        ):
            for name, span in self.spans.items():
                # A line that was there and wrong has been told of.
                if is_sound and span.type is type and name not in known:
                    self.wrong(self.lines[name], f"{name} ({span.text!r}) has no line `{line} {name} …`; add it")
        return Reading(
            "",
            "",
            spans=tuple(sorted(self.spans.values())),
            transfers=tuple(sorted(self.transfers.values(), key=lambda one: one.trigger)),
            statements=tuple(sorted(self.statements.values(), key=lambda one: one.cue)),
            quantities=tuple(sorted(dict.fromkeys(self.quantities), key=lambda pair: (pair[0], pair[1].span))),
            same=groups(self.same),
            events=groups(self.events),
        )
