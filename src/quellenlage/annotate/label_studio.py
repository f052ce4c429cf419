"""Articles as tasks of Label Studio with the readings as predictions, and its exported annotations as readings.

The form is that of https://labelstud.io/guide/task_format: every span is a region, the choices for stage, negation and
stance are results of the same region, roles and groups are relations with labels. Places count characters, as here.
Label Studio keeps one relation between two regions, so several roles are several labels of one relation.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from quellenlage.annotate.annotation import Annotation, BadAnnotation, flat, folded, groups, overlaps
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
from quellenlage.labels import Labels

GROUPS = {"same": None, "event": SpanType.TRIGGER}
"""The relations that make groups, and what they group where it is not spans of any one type."""
LINKS = {
    **{role: (SpanType.TRIGGER, type) for role, type in TRANSFER_ROLES.items()},
    **{role: (SpanType.CUE, type) for role, type in STATEMENT_ROLES.items()},
    "quantity": (SpanType.ITEM, SpanType.QUANTITY),
}
"""The other relations, each with the types of its two ends; the ends differ, so the arrow may point either way."""
COLOURS = {
    SpanType.ACTOR: "#4c78a8",
    SpanType.ITEM: "#f58518",
    SpanType.QUANTITY: "#eeca3b",
    SpanType.AMOUNT: "#b79a20",
    SpanType.TIME: "#72b7b2",
    SpanType.PLACE: "#439894",
    SpanType.TRIGGER: "#e45756",
    SpanType.RETURN: "#9d755d",
    SpanType.CUE: "#54a24b",
    SpanType.HEDGE: "#b279a2",
}
_CHOICES = {"stage": SpanType.TRIGGER, "negated": SpanType.TRIGGER, "stance": SpanType.CUE}
_NEXT_STEP = "set the project up with `quellenlage annotate label-config`"


def write_tasks(read: Iterable[tuple[Article, Reading]], surety: Mapping[str, float], out: TextIO) -> int:
    """Write articles with their readings as a list of tasks, and give how many; `surety` is the score of an article."""
    tasks = [task_of(article, reading, surety.get(article.id)) for article, reading in read]
    json.dump(tasks, out, ensure_ascii=False, indent=1)
    out.write("\n")
    return len(tasks)


def task_of(article: Article, reading: Reading, score: float | None = None) -> dict[str, object]:
    """The task of an article, with its reading as a prediction that can be corrected."""
    copy = folded(article.text)
    said = flat(reading, copy)
    names = {span: f"{article.id}-{number}" for number, span in enumerate(said.spans, 1)}
    prediction: dict[str, object] = {"model_version": reading.reader, "result": _results(said, names)}
    if score is not None:
        prediction["score"] = score
    data = {
        "text": copy.text,
        "article": article.id,
        "doc": article.doc,
        "outlet": article.outlet or "",
        "published": article.published or "",
    }
    return {"data": data, "predictions": [prediction]}


def label_config(labels: Labels) -> str:
    """The labelling configuration of a project for such tasks, with hints in a language."""
    view = ET.Element("View")
    ET.SubElement(view, "Header", value="$doc", size="4")
    relations = ET.SubElement(view, "Relations", choice="multiple")
    for name in (*LINKS, *GROUPS):
        ET.SubElement(relations, "Relation", value=name)
    spans = ET.SubElement(view, "Labels", name="span", toName="text")
    for type in SpanType:
        ET.SubElement(spans, "Label", value=type.value, hint=labels.span(type), background=COLOURS[type])
    ET.SubElement(view, "Text", name="text", value="$text", granularity="symbol", saveTextResult="yes")
    _choices(view, "stage", {stage.value: labels.stage(stage) for stage in Stage}, required=True)
    _choices(view, "negated", {"negated": ""})
    _choices(view, "stance", {stance.value: labels.stance(stance) for stance in Stance}, required=True)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


@dataclass(frozen=True)
class Tasks:
    """The annotations of an export, and how many tasks nobody has annotated yet."""

    annotations: tuple[Annotation, ...]
    open_tasks: int


def parsed(raw: str, where: str) -> Tasks:
    """The annotations of an export in the form "JSON"; of several annotations of a task, the last that was changed.

    Raises `BadAnnotation` with every mistake and the task it is in.
    """
    try:
        tasks = json.loads(raw)
    except ValueError as error:
        raise BadAnnotation([f"{where}: broken JSON ({error}); export the project from Label Studio again"]) from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise BadAnnotation([f"{where}: expected a list of tasks; export the project from Label Studio as JSON"])
    found: list[Annotation] = []
    mistakes: list[str] = []
    open_tasks = 0
    for number, task in enumerate(tasks, 1):
        place = f"{where}, task {task.get('id', number)}"
        try:
            result = _last_result(task, place)
            if result is None:
                open_tasks += 1
            else:
                found.append(_annotation(task["data"], result, place))
        except BadAnnotation as error:
            mistakes += error.mistakes
    if mistakes:
        raise BadAnnotation(mistakes)
    return Tasks(tuple(found), open_tasks)


def _choices(view: ET.Element, name: str, values: Mapping[str, str], required: bool = False) -> None:
    choices = ET.SubElement(
        view,
        "Choices",
        name=name,
        toName="text",
        perRegion="true",
        choice="single" if required else "multiple",
        showInline="true",
        visibleWhen="region-selected",
        whenTagName="text",
        whenLabelValue=_CHOICES[name].value,
        required=str(required).lower(),
    )
    for value, hint in values.items():
        ET.SubElement(choices, "Choice", {"value": value, **({"hint": hint} if hint else {})})


def _results(said: Reading, names: Mapping[Span, str]) -> list[dict[str, object]]:
    results: list[dict[str, object]] = []

    def on(span: Span, control: str, kind: str, value: str) -> dict[str, object]:
        region = {"start": span.start, "end": span.end, "text": span.text, kind: [value]}
        return {"id": names[span], "from_name": control, "to_name": "text", "type": kind, "value": region}

    results += [{**on(span, "span", "labels", span.type.value), "score": span.confidence} for span in said.spans]
    for transfer in said.transfers:
        results.append(on(transfer.trigger, "stage", "choices", transfer.stage.value))
        if transfer.negated:
            results.append(on(transfer.trigger, "negated", "choices", "negated"))
    results += [on(statement.cue, "stance", "choices", statement.stance.value) for statement in said.statements]
    for (head, tail, direction), labels in _arrows(said).items():
        ends = {"from_id": names[head], "to_id": names[tail]}
        results.append({"type": "relation", **ends, "direction": direction, "labels": labels})
    return results


def _arrows(said: Reading) -> dict[tuple[Span, Span, str], list[str]]:
    """What is related to what, in which direction, and by which relations."""
    arrows: dict[tuple[Span, Span, str], list[str]] = {}
    bearers = [(transfer.trigger, transfer.roles) for transfer in said.transfers]
    bearers += [(statement.cue, statement.roles) for statement in said.statements]
    bearers += [(item, {"quantity": (link,)}) for item, link in said.quantities]
    for head, roles in bearers:
        for role, links in roles.items():
            for link in links:
                arrows.setdefault((head, link.span, "right"), []).append(role)
    for relation, found in (("same", said.same), ("event", said.events)):
        for first, *others in found:
            for other in others:
                arrows.setdefault((first, other, "bi"), []).append(relation)
    return arrows


def _last_result(task: Mapping[str, Any], place: str) -> Sequence[Any] | None:
    data, annotations = task.get("data"), task.get("annotations")
    if not isinstance(data, dict) or not isinstance(annotations, list):
        raise BadAnnotation(
            [f"{place}: expected data and annotations; export the project as JSON, and not as JSON-MIN"]
        )
    made = [one for one in annotations if isinstance(one, dict) and not one.get("was_cancelled")]
    last = max(made, key=lambda one: str(one.get("updated_at") or one.get("created_at") or ""), default=None)
    if last is None:
        return None
    result = last.get("result")
    if not isinstance(result, list) or not all(isinstance(one, dict) for one in result):
        raise BadAnnotation([f"{place}: expected a list as result of its annotation; export the project again"])
    return result


def _annotation(data: Mapping[str, Any], result: Sequence[Any], place: str) -> Annotation:
    text, id = data.get("text"), data.get("article") or data.get("doc")
    if not isinstance(text, str) or not isinstance(id, str):
        raise BadAnnotation([f"{place}: its data have no text or no article; annotate tasks that this program made"])
    task = _Task(text, place)
    for one in result:
        task.region(one)
    for one in result:
        task.choice(one)
        task.relation(one)
    reading = task.reading()
    if task.mistakes:
        raise BadAnnotation(task.mistakes)
    return Annotation(id, text, reading, place)


class _Task:
    """Puts together what the results of one annotation say, and collects all that is wrong with them."""

    def __init__(self, text: str, place: str) -> None:
        self.text = text
        self.place = place
        self.mistakes: list[str] = []
        self.spans: dict[str, Span] = {}
        self.chosen: dict[str, dict[str, str]] = {name: {} for name in _CHOICES}
        self.links: dict[str, dict[Span, list[Span]]] = {role: {} for role in LINKS}
        self.groups: dict[str, list[Sequence[Span]]] = {name: [] for name in GROUPS}

    def wrong(self, what: str) -> None:
        self.mistakes.append(f"{self.place}: {what}")

    def region(self, one: Mapping[str, Any]) -> None:
        if one.get("type") != "labels":
            return
        value = one.get("value") or {}
        start, end, labels = value.get("start"), value.get("end"), value.get("labels")
        if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(self.text):
            self.wrong(f"a region from {start} to {end} lies outside the text; draw it anew")
            return
        words = self.text[start:end]
        if not isinstance(labels, list) or [str(label) for label in labels] not in [[type] for type in SpanType]:
            self.wrong(f"{words!r} is labelled {labels}; expected one of {', '.join(SpanType)}; {_NEXT_STEP}")
            return
        # Label Studio writes line ends within a region as a backslash and an n.
        told = str(value.get("text", words)).replace("\\n", "\n")
        if told != words.replace("\\n", "\n"):
            self.wrong(f"a region says {told!r}, where the text has {words!r}; draw it anew")
            return
        self.spans[str(one.get("id"))] = Span(start, end, SpanType(labels[0]), words)

    def choice(self, one: Mapping[str, Any]) -> None:
        if one.get("type") != "choices":
            return
        control, id = one.get("from_name"), str(one.get("id"))
        span, chosen = self.spans.get(id), (one.get("value") or {}).get("choices")
        if control not in _CHOICES or not isinstance(chosen, list):
            self.wrong(f"the choice {control!r} is not known; {_NEXT_STEP}")
        elif span is not None and span.type is _CHOICES[control] and chosen:
            # A choice stays with a region that has been labelled otherwise since.
            self.chosen[control][id] = str(chosen[0])

    def relation(self, one: Mapping[str, Any]) -> None:
        if one.get("type") != "relation":
            return
        ends = [self.spans.get(str(one.get(end))) for end in ("from_id", "to_id")]
        head, tail = ends
        if head is None or tail is None:
            self.wrong("a relation leads to no span; remove it")
            return
        labels = one.get("labels") or []
        if not labels:
            self.wrong(f"the relation from {head.text!r} to {tail.text!r} has no label; choose one or remove it")
        for label in labels:
            if label in GROUPS and head.type is tail.type and GROUPS[label] in (None, head.type):
                self.groups[label].append((head, tail))
            elif label in LINKS and (head.type, tail.type) == LINKS[label]:
                self.links[label].setdefault(head, []).append(tail)
            elif label in LINKS and (tail.type, head.type) == LINKS[label]:
                self.links[label].setdefault(tail, []).append(head)
            else:
                self.wrong(
                    f"{label} cannot join {head.text!r} ({head.type}) and {tail.text!r} ({tail.type}); "
                    f"{_expected(str(label))}"
                )

    def reading(self) -> Reading:
        for one, other in overlaps(list(self.spans.values())):
            self.wrong(f"{one.text!r} and {other.text!r} overlap at {other.start}; spans never do, so shorten one")
        transfers = []
        statements = []
        for id, span in self.spans.items():
            if span.type is SpanType.TRIGGER and (stage := self.stage_of(id, span)):
                negated = self.chosen["negated"].get(id) == "negated"
                transfers.append(Transfer(span, stage, negated=negated).with_roles(self.linked(span)))
            if span.type is SpanType.CUE and (stance := self.stance_of(id, span)):
                statements.append(Statement(span, stance).with_roles(self.linked(span)))
        if self.mistakes:
            return Reading("", "")
        return Reading(
            "",
            "",
            spans=tuple(sorted(set(self.spans.values()))),
            transfers=tuple(sorted(transfers, key=lambda one: one.trigger)),
            statements=tuple(sorted(statements, key=lambda one: one.cue)),
            quantities=tuple(
                (item, Link(count))
                for item, counts in sorted(self.links["quantity"].items())
                for count in sorted(set(counts))
            ),
            same=groups(self.groups["same"]),
            events=groups(self.groups["event"]),
        )

    def stage_of(self, id: str, span: Span) -> Stage | None:
        chosen = self.chosen["stage"].get(id)
        if chosen not in set(Stage):
            self.wrong(f"the trigger {span.text!r} at {span.start} has no stage; choose one of {', '.join(Stage)}")
            return None
        return Stage(chosen)

    def stance_of(self, id: str, span: Span) -> Stance | None:
        chosen = self.chosen["stance"].get(id)
        if chosen not in set(Stance):
            self.wrong(f"the cue {span.text!r} at {span.start} has no stance; choose one of {', '.join(Stance)}")
            return None
        return Stance(chosen)

    def linked(self, head: Span) -> Callable[[str], tuple[Link, ...]]:
        return lambda role: tuple(map(Link, sorted(set(self.links[role].get(head, ())))))


def _expected(relation: str) -> str:
    if relation in LINKS:
        head, tail = LINKS[relation]
        return f"expected {head} and {tail}"
    if relation in GROUPS:
        return f"expected two {GROUPS[relation] or 'spans of one type'}"
    return f"expected one of {', '.join([*LINKS, *GROUPS])}; {_NEXT_STEP}"
