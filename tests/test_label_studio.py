"""Readings as tasks of Label Studio, and its exports as readings."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from quellenlage.annotate.annotation import BadAnnotation, folded, reading_of
from quellenlage.annotate.label_studio import GROUPS, LINKS, label_config, parsed, task_of, write_tasks
from quellenlage.domain import Article, Reading, Span, SpanType, Stage, Stance
from quellenlage.labels import LANGUAGES, labels
from tests.annotated import read_as
from tests.readings import any_readings, flat_readings
from tests.test_cli import run

TEXT = (
    "[[Lissabon|ACT:a1]] [[überlässt|TRG:t1]] [[Vilnius|ACT:a2]] [[acht|QTY:q1]] [[Haubitzen|ITM:i1]].\n"
    "Das [[meldete|CUE:c1]] der [[Hafenkurier|ACT:a3]]. Auch [[Litauen|ACT:a4]] weiß von der [[Lieferung|TRG:t2]]."
)
RELATIONS = """transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1 negated=yes
transfer t2 stage=unspecified
quantity i1 q1
says c1 stance=asserts source=a3 reporter=a3 about=t1
same a2 a4
event t1 t2"""


def exported(task: dict[str, Any], **annotation: object) -> str:
    """What Label Studio exports when a person has handed in the prediction of a task as it is."""
    result = task["predictions"][0]["result"]
    return json.dumps([{"id": 7, "data": task["data"], "annotations": [{"result": result, **annotation}]}])


@pytest.fixture
def read(tmp_path: Path) -> tuple[Article, Reading]:
    return read_as(tmp_path, TEXT, RELATIONS)


@pytest.fixture
def task(read: tuple[Article, Reading]) -> dict[str, Any]:
    return json.loads(json.dumps(task_of(*read, 0.25)))


@given(flat_readings())
def test_what_is_predicted_comes_back_as_it_was(one: tuple[str, Reading]) -> None:
    text, reading = one
    article = Article("k-1", "k-1", text)
    (back,) = parsed(exported(task_of(article, reading)), "x.json").annotations
    assert replace(reading_of(back, article), reader="m") == reading


@given(any_readings())
def test_of_any_reading_a_task_is_made_that_comes_back(one: tuple[str, Reading]) -> None:
    text, reading = one
    article = Article("k-1", "k-1", text)
    task = task_of(article, reading)
    (back,) = parsed(exported(task), "x.json").annotations
    again = reading_of(back, article)
    again.must_lie_in(text)
    # The empty lines around a text are no part of a task.
    triggers, others = ({t.trigger.text.strip("\r\n") for t in one.transfers} for one in (again, reading))
    assert triggers <= others
    regions = [one for one in task["predictions"][0]["result"] if one["type"] == "labels"]
    assert len(regions) == len(again.spans)


def test_a_task_has_the_form_that_label_studio_documents(task: dict[str, Any]) -> None:
    assert task["data"]["article"] == "t-001"
    (prediction,) = task["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("annotation", 0.25)
    results = prediction["result"]
    assert results[0] == {
        "id": "t-001-1",
        "from_name": "span",
        "to_name": "text",
        "type": "labels",
        "value": {"start": 0, "end": 8, "text": "Lissabon", "labels": ["ACT"]},
        "score": 1.0,
    }
    stage = next(one for one in results if one.get("from_name") == "stage")
    assert (stage["id"], stage["type"], stage["value"]["choices"]) == ("t-001-2", "choices", ["agreed"])
    relation = next(one for one in results if one["type"] == "relation")
    assert relation == {
        "type": "relation",
        "from_id": "t-001-2",
        "to_id": "t-001-1",
        "direction": "right",
        "labels": ["supplier"],
    }


def test_two_spans_have_one_relation_with_all_its_labels(task: dict[str, Any]) -> None:
    # Label Studio drops a second relation between the same two regions.
    relations = [one for one in task["predictions"][0]["result"] if one["type"] == "relation"]
    ends = [(one["from_id"], one["to_id"]) for one in relations]
    assert len(ends) == len(set(ends))
    assert ["source", "reporter"] in [one["labels"] for one in relations]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_configuration_has_a_control_for_all_that_a_task_says(language: str) -> None:
    view = ET.fromstring(label_config(labels(language)))
    controls = {one.get("name"): one for one in view if one.get("name")}
    assert {one.get("value") for one in controls["span"]} == set(SpanType)
    assert {one.get("value") for one in controls["stage"]} == set(Stage)
    assert {one.get("value") for one in controls["stance"]} == set(Stance)
    assert {one.get("value") for one in controls["negated"]} == {"negated"}
    relations = view.find("Relations")
    assert relations is not None
    assert [one.get("value") for one in relations] == [*LINKS, *GROUPS]
    assert relations.get("choice") == "multiple"
    for name, shown_for in (("stage", "TRG"), ("negated", "TRG"), ("stance", "CUE")):
        assert controls[name].get("perRegion") == "true"
        assert controls[name].get("whenLabelValue") == shown_for
    assert all(one.get("toName") in (None, "text") for one in view)


def test_places_count_characters_and_not_the_units_of_a_browser() -> None:
    text = "🚢🚢 Oslo liefert."
    article = Article("k-1", "k-1", text)
    task = task_of(article, Reading("k-1", "m", (Span.of(text, 3, 7, SpanType.ACTOR),)))
    (region,) = task["predictions"][0]["result"]  # type: ignore[index]
    assert (region["value"]["start"], region["value"]["end"], region["value"]["text"]) == (3, 7, "Oslo")


def test_line_ends_within_a_region_may_be_written_as_label_studio_does() -> None:
    text = "Oslo\nliefert."
    article = Article("k-1", "k-1", text)
    reading = Reading("k-1", "m", (Span.of(text, 0, 12, SpanType.ACTOR),))
    raw = exported(task_of(article, reading)).replace('Oslo\\nliefert"', 'Oslo\\\\nliefert"')
    assert "Oslo\\\\nliefert" in raw
    assert parsed(raw, "x.json").annotations[0].reading.spans[0].text == "Oslo\nliefert"


def test_the_arrow_of_a_role_may_point_either_way(read: tuple[Article, Reading], task: dict[str, Any]) -> None:
    for one in task["predictions"][0]["result"]:
        if one["type"] == "relation":
            one["from_id"], one["to_id"] = one["to_id"], one["from_id"]
    (back,) = parsed(exported(task), "x.json").annotations
    assert reading_of(back, read[0]) == replace(read[1], reader="")


def test_of_several_annotations_the_last_counts_and_those_given_up_do_not(task: dict[str, Any]) -> None:
    result = task["predictions"][0]["result"]
    dated = [
        {"result": [], "updated_at": "2026-05-01T10:00:00Z"},
        {"result": result[:1], "updated_at": "2026-05-03T10:00:00Z"},
        {"result": [], "updated_at": "2026-05-04T10:00:00Z", "was_cancelled": True},
        {"result": [], "updated_at": "2026-05-02T10:00:00Z"},
    ]
    raw = json.dumps([{"data": task["data"], "annotations": dated}, {"data": task["data"], "annotations": []}])
    found = parsed(raw, "x.json")
    assert [len(one.reading.spans) for one in found.annotations] == [1]
    assert found.open_tasks == 1


def with_labels(labels: list[str], kind: str = "labels") -> Callable[[dict[str, Any]], None]:
    def change(task: dict[str, Any]) -> None:
        one = next(one for one in task["predictions"][0]["result"] if one["type"] == kind)
        (one["value"] if kind == "labels" else one)["labels"] = labels

    return change


def with_value(**value: object) -> Callable[[dict[str, Any]], None]:
    return lambda task: task["predictions"][0]["result"][0]["value"].update(value)


def without(control: str) -> Callable[[dict[str, Any]], None]:
    def change(task: dict[str, Any]) -> None:
        results = task["predictions"][0]["result"]
        results[:] = [one for one in results if one.get("from_name") != control]

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("stage"), "the trigger 'überlässt' at 9 has no stage; choose one of sought"),
        (without("stance"), "the cue 'meldete' at 47 has no stance; choose one of asserts"),
        (with_labels(["ACT", "ITM"]), "'Lissabon' is labelled ['ACT', 'ITM']"),
        (with_labels(["Staat"]), "'Lissabon' is labelled ['Staat']"),
        (with_labels(["about"], "relation"), "about cannot join 'überlässt' (TRG) and 'Lissabon' (ACT)"),
        (with_labels(["same"], "relation"), "same cannot join 'überlässt' (TRG) and 'Lissabon' (ACT)"),
        (with_labels(["gibt"], "relation"), "expected one of supplier, recipient"),
        (with_labels([], "relation"), "the relation from 'überlässt' to 'Lissabon' has no label"),
        (with_value(end=900), "a region from 0 to 900 lies outside the text"),
        (with_value(end=11), "a region says 'Lissabon', where the text has 'Lissabon üb'"),
        (with_value(end=11, text="Lissabon üb"), "'Lissabon üb' and 'überlässt' overlap at 9"),
        (lambda task: task["data"].pop("article") and task["data"].pop("doc"), "its data have no text or no article"),
        (lambda task: task["predictions"][0]["result"].append("x"), "expected a list as result"),
        (
            lambda task: task["predictions"][0]["result"].append({"type": "relation", "from_id": "x", "to_id": "y"}),
            "a relation leads to no span",
        ),
        (
            lambda task: task["predictions"][0]["result"].append({"type": "choices", "from_name": "Ton", "id": "x"}),
            "the choice 'Ton' is not known; set the project up with `quellenlage annotate label-config`",
        ),
    ],
)
def test_every_mistake_is_told_with_its_task(
    task: dict[str, Any], change: Callable[[dict[str, Any]], None], said: str
) -> None:
    parsed(exported(task), "x.json")
    change(task)
    with pytest.raises(BadAnnotation) as error:
        parsed(exported(task), "x.json")
    assert any(told.startswith("x.json, task 7: ") and said in told for told in error.value.mistakes)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("{", "broken JSON"),
        ("{}", "expected a list of tasks"),
        ('[{"id": 3, "text": "Oslo", "span": []}]', "task 3: expected data and annotations"),
    ],
)
def test_what_is_no_export_is_told(raw: str, said: str) -> None:
    with pytest.raises(BadAnnotation, match=said):
        parsed(raw, "x.json")


def test_a_changed_text_is_refused(read: tuple[Article, Reading], task: dict[str, Any]) -> None:
    task["data"]["text"] += "!"
    (back,) = parsed(exported(task), "x.json").annotations
    with pytest.raises(BadAnnotation, match=r"x\.json, task 7: the text is not that of t-001: at character"):
        reading_of(back, read[0])


def test_tasks_are_written_with_how_surely_they_were_read(read: tuple[Article, Reading]) -> None:
    out = io.StringIO()
    assert write_tasks([read], {"t-001": 0.4}, out) == 1
    (task,) = json.loads(out.getvalue())
    assert task["predictions"][0]["score"] == 0.4
    assert task["data"]["text"] == folded(read[0].text).text


def test_the_commands_go_round(tmp_path: Path) -> None:
    text = "Polen kauft in Südkorea 218 Raketenwerfer vom Typ Chunmoo. Das teilte Warschau mit.\n"
    (tmp_path / "werfer.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path, "read", "werfer.txt").returncode == 0
    done = run(tmp_path, "annotate", "export", "werfer", "--label-studio", "tasks.json")
    assert "1 task written to tasks.json" in done.stderr
    (task,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    (tmp_path / "fertig.json").write_text(exported(task), encoding="utf-8")
    done = run(tmp_path, "annotate", "import", "fertig.json", "--by", "Jana")
    assert "1 readings by a person" in done.stderr, done.stderr
    assert "<Relations" in run(tmp_path, "annotate", "label-config", lang="de").stdout
    assert run(tmp_path, "annotate", "export").returncode == 2
