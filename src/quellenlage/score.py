"""How well claims agree with an answer sheet in the form of the claims contract.

Both sides are the objects of `quellenlage export claims`. A list under `stage` means that any of them is right; a
transfer marked `optional` counts neither way. Pairs and triples are sets an article: how many claims tell of the
same pair makes no difference to them. Stages, sources and quantities are compared on aligned transfers: every answer
is given the claim that shares most triples with it, then most else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from quellenlage.export.claims import fields_of, fields_without_evidence

Document = Mapping[str, Any]
Pair = tuple[str, str]
Triple = tuple[str, str, str]


class SheetError(ValueError):
    """An answer sheet that is not in the form of the claims contract."""


@dataclass
class Tally:
    """Hits, misses and false alarms of one measure, each as a line that a person can read."""

    hits: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    false_alarms: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        found = len(self.hits) + len(self.false_alarms)
        return len(self.hits) / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 1 where nothing was wanted."""
        wanted = len(self.hits) + len(self.misses)
        return len(self.hits) / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """All measures of the claims of some articles against their answer sheet."""

    pairs: Tally = field(default_factory=Tally)
    triples: Tally = field(default_factory=Tally)
    stages: Tally = field(default_factory=Tally)
    sources: Tally = field(default_factory=Tally)
    quantities: Tally = field(default_factory=Tally)
    fields_with_evidence: int = 0
    fields: int = 0
    unread: list[str] = field(default_factory=list)

    @property
    def evidence(self) -> float:
        """Share of the fields that are not empty which name the words they rest on; 1 where there are none."""
        return self.fields_with_evidence / self.fields if self.fields else 1.0


def score(found: Iterable[Document], sheet: Iterable[Document]) -> Scores:
    """Compare claims with an answer sheet; articles that the sheet does not know are left out.

    Articles of the sheet that were not read count as having no claims, and are named in `unread`.
    """
    by_doc = {str(document["doc"]): document for document in found}
    scores = Scores()
    for answer in sheet:
        doc = str(answer["doc"])
        if doc not in by_doc:
            scores.unread.append(doc)
        mine = by_doc.get(doc, {"transfers": []})
        score_article(doc, mine["transfers"], answer["transfers"], scores)
        if doc in by_doc:
            named = len(fields_of(mine))
            scores.fields += named
            scores.fields_with_evidence += named - len(fields_without_evidence(mine))
    return scores


def score_article(doc: str, found: Sequence[Document], answers: Sequence[Document], scores: Scores) -> None:
    """Add one article to the scores."""
    wanted = [a for a in answers if not a.get("optional")]
    spare = [a for a in answers if a.get("optional")]
    for tally, parts in ((scores.pairs, pairs), (scores.triples, triples)):
        mine = {part for claim in found for part in parts(claim)}
        theirs = {part for answer in wanted for part in parts(answer)}
        neither = {part for answer in spare for part in parts(answer)} - theirs
        tally.hits += [line(doc, part) for part in sorted(mine & theirs)]
        tally.misses += [line(doc, part) for part in sorted(theirs - mine)]
        tally.false_alarms += [line(doc, part) for part in sorted(mine - theirs - neither)]
    for answer, claim in aligned(found, answers):
        if answer.get("optional"):
            continue
        shared = triples(answer) & triples(claim)
        allowed = stages(answer)
        note = f"{claim['stage']}, wanted {' or '.join(sorted(allowed))}"
        entries = [f"{line(doc, triple)}: {note}" for triple in sorted(shared)]
        (scores.stages.hits if claim["stage"] in allowed else scores.stages.misses).extend(entries)
        where = f"{doc}: {' · '.join(sorted(' → '.join(p) for p in pairs(answer)))}"
        mine_said, theirs_said = set(claim["sources"]), set(answer["sources"])
        scores.sources.hits += [f"{where}: {s}" for s in sorted(mine_said & theirs_said)]
        scores.sources.misses += [f"{where}: {s}" for s in sorted(theirs_said - mine_said)]
        scores.sources.false_alarms += [f"{where}: {s}" for s in sorted(mine_said - theirs_said)]
        if answer.get("quantity") is not None:
            right = claim.get("quantity") is not None and list(claim["quantity"]) == list(answer["quantity"])
            entry = f"{where}: {claim.get('quantity')}, wanted {answer['quantity']}"
            (scores.quantities.hits if right else scores.quantities.misses).append(entry)


def aligned(found: Sequence[Document], answers: Sequence[Document]) -> list[tuple[Document, Document]]:
    """Answers with the claim that tells of the same transfer: most shared triples first, then pair, stage, sources.

    A claim serves one answer. Answers that share no pair with any claim left are without one.
    """

    def likeness(answer: Document, claim: Document) -> tuple[int, int, int, int]:
        return (
            len(triples(answer) & triples(claim)),
            int(claim["stage"] in stages(answer)),
            len(set(answer["sources"]) & set(claim["sources"])),
            len(pairs(answer) & pairs(claim)),
        )

    candidates = sorted(
        (
            (likeness(answer, claim), -a, -c)
            for (a, answer), (c, claim) in product(enumerate(answers), enumerate(found))
            if pairs(answer) & pairs(claim)
        ),
        reverse=True,
    )
    taken_answers: set[int] = set()
    taken_claims: set[int] = set()
    matched = []
    for _, a, c in candidates:
        if -a not in taken_answers and -c not in taken_claims:
            taken_answers.add(-a)
            taken_claims.add(-c)
            matched.append((answers[-a], found[-c]))
    return matched


def pairs(transfer: Document) -> set[Pair]:
    """All (supplier, recipient) of a transfer."""
    return set(product(transfer["supplier"], transfer["recipient"]))


def triples(transfer: Document) -> set[Triple]:
    """All (supplier, recipient, item class) of a transfer."""
    return set(product(transfer["supplier"], transfer["recipient"], transfer["item_classes"]))


def stages(transfer: Document) -> set[str]:
    """The stages that are right for a transfer of an answer sheet."""
    stage = transfer["stage"]
    return {stage} if isinstance(stage, str) else set(stage)


def line(doc: str, part: Sequence[str]) -> str:
    """A pair or triple as a person reads it."""
    return f"{doc}: {part[0]} → {part[1]}" + (f" ({part[2]})" if len(part) > 2 else "")


def read_sheet(path: Path) -> list[Document]:
    """An answer sheet from a file, one object a line; raises `SheetError` that names a line which is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise SheetError(f"{path} cannot be read ({problem}); name an answer sheet in JSON Lines") from problem
    sheet = []
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        try:
            entry = json.loads(text)
        except ValueError as problem:
            raise SheetError(f"{path}, line {number}: is no JSON ({problem}); wants one object a line") from problem
        sheet.append(checked(entry, f"{path}, line {number}"))
    return sheet


def checked(entry: object, where: str) -> Document:
    """An entry of an answer sheet that has all that scoring asks for; raises `SheetError` where it has not."""
    if not isinstance(entry, dict) or not isinstance(entry.get("doc"), str):
        raise SheetError(f"{where}: wants an object with a text under `doc`")
    transfers = entry.get("transfers")
    if not isinstance(transfers, list):
        raise SheetError(f"{where}: wants a list under `transfers`")
    for transfer in transfers:
        for key in ("supplier", "recipient", "item_classes", "sources"):
            if not isinstance(transfer, dict) or not isinstance(transfer.get(key), list):
                raise SheetError(f"{where}: every transfer wants a list under `{key}`")
        if not isinstance(transfer.get("stage"), str | list):
            raise SheetError(f"{where}: every transfer wants a stage, or a list of stages that are right")
    return entry


def figures(scores: Scores) -> dict[str, object]:
    """The measures as plain numbers, for other programs."""
    both = {
        name: {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}
        for name, tally in (("pairs", scores.pairs), ("triples", scores.triples), ("sources", scores.sources))
    }
    return {
        **both,
        "stage_accuracy": scores.stages.recall,
        "quantity_accuracy": scores.quantities.recall,
        "fields_with_evidence": scores.evidence,
        "unread": scores.unread,
    }
