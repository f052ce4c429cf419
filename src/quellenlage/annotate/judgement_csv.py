"""Judgements as a table (CSV): what people decided elsewhere, and the log of the ledger in the same columns.

One row is one judgement. Several claims, deals or articles in a cell are separated by semicolons; several corrections
of one judgement stand one a line in the cells `field` and `value` (or `name` and `actor`). The last three columns need
not be there: `others` are the claims from which a split parts those under `claim`, `made` and `undone` are moments.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TextIO

from quellenlage.claims.adding import added_claim, new_claim
from quellenlage.claims.correcting import NOTATION, NoCorrection, corrected
from quellenlage.claims.marking import spans_written, written_spans
from quellenlage.claims.values import value_from
from quellenlage.domain import Article, Claim, Correction, Impossible, JudgedClaim, Judgement, JudgementKind
from quellenlage.intake.encoding import decode
from quellenlage.intake.unreadable import Unreadable
from quellenlage.ledger import Ledger, LedgerError, Logged
from quellenlage.names.text import actor_called
from quellenlage.steps import Weighed, weighed
from quellenlage.weigh.weighing import Deal

COLUMNS = ("kind", "claim", "deal", "articles", "field", "value", "name", "actor", "person", "note")
MORE_COLUMNS = ("words", "others", "made", "undone")
"""Columns that need not be there."""
KINDS = {
    "accept": JudgementKind.ACCEPT,
    "reject": JudgementKind.REJECT,
    "correct": JudgementKind.CORRECT,
    "add": JudgementKind.ADD,
    "merge": JudgementKind.TOGETHER,
    "split": JudgementKind.APART,
    "identify": JudgementKind.IDENTIFY,
}
"""The kinds of judgement, as the commands call them."""
WAYS = {
    "accept": (("claim",),),
    "reject": (("claim",),),
    "correct": (("claim", "field"),),
    "add": (("articles", "field", "words"),),
    "merge": (("deal",), ("claim",)),
    "split": (("deal", "articles"), ("claim", "others")),
    "identify": (("name", "actor"),),
}
"""The columns that each kind needs; where there are two ways to write it, those of one."""
_ALWAYS = {"kind", "person", "note", "made", "undone"}
_CALLED = {kind: name for name, kind in KINDS.items()}


class BadTable(LedgerError):
    """A table that cannot come in; the message has one line for every bad line of it: what was expected, and where."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True)
class Checked:
    """The judgements of a table that are new to a ledger, and how many it has made already."""

    new: tuple[Logged, ...]
    known: int


@dataclass(frozen=True)
class Row:
    """A row of a table, and the line at which it begins."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def listed(self, column: str) -> list[str]:
        """What stands in a cell, separated by semicolons."""
        return [part for part in map(str.strip, self[column].split(";")) if part]

    @property
    def kind(self) -> str:
        """Which judgement it is."""
        return self["kind"].strip().casefold()


class _Wrong(ValueError):
    """What is wrong with a row."""


def checked(raw: str, where: str, ledger: Ledger, person: str) -> Checked:
    """The judgements of a table, each checked against the ledger as it is; `person` judged where none is named.

    A judgement that the ledger has made already is not made again, even where it was taken back since. Raises
    `BadTable` with every line that is wrong.
    """
    rows = _rows(raw, where)
    here = _Here(ledger)
    log = _Log(ledger)
    # All that come together have one moment, before which the ledger is as the rows were written for.
    now = datetime.now(UTC)
    new: dict[tuple[object, ...], Logged] = {}
    mistakes: list[str] = []
    for row in rows:
        try:
            judge = row["person"].strip() or person
            _well_formed(row, judge)
            made, undone = _moments(row, now)
            told = here.corrections(row)
            if not log.has(row, told, judge, made):
                one = Logged(here.judgement(row, told, judge), made or now, undone)
                new.setdefault(_sameness(one), one)
        except (_Wrong, Impossible, LedgerError, NoCorrection) as why:
            mistakes.append(f"{where}, line {row.line}: {why}")
    if mistakes:
        raise BadTable(mistakes)
    return Checked(tuple(new.values()), len(rows) - len(new))


def write_log(ledger: Ledger, out: TextIO) -> None:
    """Write all judgements, those that were taken back too, in the columns that `checked` reads."""
    table = csv.DictWriter(out, [*COLUMNS, *MORE_COLUMNS], restval="", lineterminator="\n")
    table.writeheader()
    for one in ledger.log():
        judgement = one.judgement
        names = ("name", "actor") if judgement.kind is JudgementKind.IDENTIFY else ("field", "value")
        pairs = ([change.field for change in judgement.corrections], [change.value for change in judgement.corrections])
        words = [written_spans(change.spans) for change in judgement.corrections]
        table.writerow(
            {
                "kind": _CALLED[judgement.kind],
                **_whose(judgement),
                "others": ";".join(claim.id for claim in judgement.others),
                **{name: "\n".join(values) for name, values in zip(names, pairs, strict=True)},
                "words": "\n".join(words) if any(words) else "",
                "person": judgement.person,
                "note": judgement.note,
                "made": one.made.isoformat(),
                "undone": one.undone.isoformat() if one.undone else "",
            }
        )


def table_of(path: Path) -> str:
    """The text of a file, whatever encoding a spreadsheet saved it in; raises `BadTable` where there is none."""
    try:
        return decode(path.read_bytes(), str(path))
    except Unreadable as error:
        raise BadTable([f"{error}, or as CSV"]) from None
    except OSError as problem:
        raise BadTable([f"{path}: cannot be opened ({problem.strerror}); check the path and its permissions"]) from None


def _rows(raw: str, where: str) -> list[Row]:
    header = raw.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    table = csv.reader(io.StringIO(raw, newline=""), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    columns: list[str] = []
    begin = 1
    try:
        for cells in table:
            line, begin = begin, table.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = [cell.strip().casefold() for cell in cells]
                continue
            if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                what = f"expected {len(columns)} cells, found {len(cells)}; quote cells that hold commas"
                raise BadTable([f"{where}, line {line}: {what}"])
            rows.append(Row(line, dict(zip(columns, cells, strict=False))))
    except csv.Error as error:
        raise BadTable([f"{where}, line {begin}: this is no CSV ({error}); save the table as CSV again"]) from None
    unknown = [name for name in columns if name and name not in (*COLUMNS, *MORE_COLUMNS)]
    if "kind" not in columns or unknown or len(set(columns)) < len(columns):
        found = ", ".join(columns) or "nothing"
        raise BadTable([f"{where}, line 1: expected the columns {', '.join(COLUMNS)}, each once; found {found}"])
    return rows


def _well_formed(row: Row, person: str) -> None:
    """Raise `_Wrong` unless the cells are those that the kind of judgement needs."""
    if row.kind not in KINDS:
        raise _Wrong(f"{row['kind']!r} is no kind of judgement; write one of {', '.join(KINDS)}")
    if not person:
        raise _Wrong("nobody judged; write a name under person, or give one with --by")
    ways = WAYS[row.kind]
    filled = {name for name in (*COLUMNS, *MORE_COLUMNS) if row[name].strip()} - _ALWAYS
    usable = {"value", "words"} if row.kind in ("correct", "add") else set()
    if not any(filled | usable == usable.union(way) for way in ways):
        needed = " or ".join(" and ".join(way) for way in ways)
        raise _Wrong(f"{row.kind} needs {needed} and nothing else; found {', '.join(sorted(filled)) or 'nothing'}")


def _moments(row: Row, now: datetime) -> tuple[datetime | None, datetime | None]:
    """When a judgement was made and when it was taken back, as far as that is written."""
    found: list[datetime | None] = []
    for column in ("made", "undone"):
        written = row[column].strip()
        try:
            found.append(datetime.fromisoformat(written).astimezone(UTC) if written else None)
        except ValueError:
            raise _Wrong(f"{column} {written!r} is no moment; write it as 2026-03-01T09:00:00+01:00") from None
    made, undone = found
    if (made and made > now) or (undone and undone > now) or (undone and (made is None or undone < made)):
        raise _Wrong("expected made, and undone where it was taken back, in the past and in this order")
    return made, undone


def _sameness(one: Logged) -> tuple[object, ...]:
    """What two rows share that are the same judgement."""
    judgement = one.judgement
    sides = (tuple(claim.id for claim in side) for side in (judgement.claims, judgement.others))
    return (judgement.kind, *sides, judgement.corrections, judgement.person, judgement.note, one.made)


def _lines(row: Row, names: str, *others: str) -> list[tuple[str, ...]]:
    """The lines of a cell, each with those beside it in other cells, which may end sooner."""
    left = [line.strip() for line in row[names].splitlines()]
    columns = [left]
    for other in others:
        # What is one line is taken whole; an empty value empties the field.
        right = row[other].splitlines() if len(left) > 1 else [row[other]]
        right += [""] * (len(left) - len(right))
        if len(left) != len(right):
            raise _Wrong(f"expected as many lines under {other} as under {names}, {len(left)}; found {len(right)}")
        columns.append(right)
    return list(zip(*columns, strict=True))


def _whose(judgement: Judgement) -> dict[str, str]:
    """Whose claims a judgement is on; one that adds a claim is on an article."""
    if judgement.kind is JudgementKind.ADD:
        return {"articles": judgement.claims[0].article_id}
    return {"claim": ";".join(claim.id for claim in judgement.claims)}


class _Here:
    """Finds what rows name in a ledger, as it is or as it was."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    @cached_property
    def all_of_it(self) -> Weighed:
        return weighed(self.ledger)

    def corrections(self, row: Row) -> tuple[Correction, ...]:
        """What a row says that claims are to say, or which actor a name stands for."""
        if row.kind == "identify":
            pairs = _lines(row, "name", "actor")
            return tuple(Correction(actor_called(name), actor_called(actor.strip())) for name, actor in pairs)
        if row.kind not in ("correct", "add"):
            return ()
        lines = _lines(row, "field", "value", "words")
        for field, _, _ in lines:
            if field not in NOTATION:
                raise _Wrong(f"{field!r} is no field of a claim; write one of {', '.join(NOTATION)}")
        if row.kind == "correct" and not row["words"].strip():
            return tuple(Correction(field, value) for field, value, _ in lines)
        article = self.article(row)
        spans = {field: spans_written(article.text, field, words) for field, _, words in lines}
        if row.kind == "add":
            return new_claim(article, {field: value for field, value, _ in lines}, spans)[1]
        return tuple(
            Correction(field, value.strip() or value_from(article, field, spans[field]), spans[field])
            for field, value, _ in lines
        )

    def article(self, row: Row) -> Article:
        """The article of the claim that a row corrects or adds."""
        if row.kind == "correct":
            claims, _ = self.sides(row)
            return self.ledger.article(claims[0].article_id)
        keys = row.listed("articles")
        if len(keys) != 1:
            raise _Wrong("add is to one article; write a row for each")
        return self.ledger.article(keys[0])

    def judgement(self, row: Row, corrections: tuple[Correction, ...], person: str) -> Judgement:
        """The judgement that a row tells of."""
        claims, others = (
            ([added_claim(self.article(row), corrections, "")], []) if row.kind == "add" else self.sides(row)
        )
        if row.kind == "correct":
            for claim in claims:
                corrected(claim, corrections, "")
        judged, apart_from = (tuple(map(JudgedClaim.of, side)) for side in (claims, others))
        return Judgement(KINDS[row.kind], judged, apart_from, person, row["note"], corrections=corrections)

    def sides(self, row: Row) -> tuple[list[Claim], list[Claim]]:
        """The claims that a row judges, and those from which it parts them."""
        if row.kind == "identify":
            return [], []
        if not row.listed("deal"):
            claims, others = ([self.claim(key) for key in row.listed(column)] for column in ("claim", "others"))
            if row.kind == "correct" and len(claims) != 1:
                raise _Wrong("correct is of one claim; write a row for each")
            return claims, others
        deals = [self.deal(name) for name in row.listed("deal")]
        if row.kind == "merge":
            if len(set(deals)) < 2:
                raise _Wrong("merge needs two deals or more under deal, separated by semicolons")
            return [claim for deal in deals for claim in self.claims_in(deal)], []
        if len(deals) != 1:
            raise _Wrong("split needs one deal under deal, and some of its articles under articles")
        ids = {self.ledger.article(key).id for key in row.listed("articles")}
        claims = self.claims_in(deals[0])
        parted = [claim for claim in claims if claim.article_id in ids]
        rest = [claim for claim in claims if claim.article_id not in ids]
        if not ids <= set(deals[0].articles) or not parted or not rest:
            docs = sorted({self.all_of_it.articles[id].doc for id in deals[0].articles})
            raise _Wrong(f"split needs some of the articles of {deals[0].id}, and not all: {', '.join(docs)}")
        return parted, rest

    def claim(self, key: str) -> Claim:
        try:
            return self.ledger.claim(key)
        except LedgerError:
            # A claim that was rejected is held no longer, and can be judged otherwise.
            return self.ledger.claim_ever(key)

    def deal(self, name: str) -> Deal:
        deals = self.all_of_it.weighing.deals
        found = [deal for deal in deals if deal.id == name] or [
            deal for deal in deals if deal.id.casefold().startswith(name.casefold())
        ]
        if len(found) != 1:
            near = f"; it could be {', '.join(deal.id for deal in found)}" if found else ""
            raise _Wrong(f"no deal is called {name!r}{near}; `quellenlage deals` lists them all")
        return found[0]

    def claims_in(self, deal: Deal) -> list[Claim]:
        return [self.all_of_it.claims[id] for id in deal.claims]


class _Log:
    """Tells what a ledger has judged already."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.log: dict[tuple[object, ...], list[Logged]] = {}
        self.before: dict[datetime, _Here] = {}
        for one in ledger.log():
            key = (one.judgement.kind, one.judgement.person, one.judgement.corrections)
            self.log.setdefault(key, []).append(one)

    def has(self, row: Row, corrections: tuple[Correction, ...], person: str, made: datetime | None) -> bool:
        """Whether a row, as it was to be understood then, is a judgement that was made."""
        alike = self.log.get((KINDS[row.kind], person, corrections), [])
        if made is None:
            alike = [one for one in alike if one.judgement.note == row["note"]]
        else:
            alike = [one for one in alike if one.made == made]
        if row.kind == "add":
            article = self.ledger.article(row["articles"].strip())
            return any(one.judgement.claims[0].article_id == article.id for one in alike)
        if row.listed("deal"):
            return any(self.understood(row, one) for one in alike)
        claims, others = row.listed("claim"), row.listed("others")
        return any(_named(claims, one.judgement.claims) and _named(others, one.judgement.others) for one in alike)

    def understood(self, row: Row, one: Logged) -> bool:
        """Whether a row that names deals meant the claims of a judgement when that was made."""
        moment = one.made - timedelta(microseconds=1)
        then = self.before.setdefault(one.made, _Here(self.ledger.at(moment)))
        try:
            claims, others = then.sides(row)
        except (_Wrong, LedgerError):
            return False
        judgement = one.judgement
        sides = ((claims, judgement.claims), (others, judgement.others))
        return all({claim.id for claim in side} == {claim.id for claim in told} for side, told in sides)


def _named(keys: Sequence[str], claims: Sequence[JudgedClaim]) -> bool:
    """Whether keys are the ids of claims, or how they begin, one for each."""
    ids = [claim.id for claim in claims]
    return len(keys) == len(ids) and all(id.startswith(key.casefold()) for key, id in zip(keys, ids, strict=True))
