"""Readers on quotations: small texts of our own in the form of the public data, and readings that are fixed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks import quotations
from benchmarks.quotations import QuotationsError, Score, load, main, measure, mentions, table
from quellenlage.domain import Article, Link, Reading, Span, SpanType, Stance, Statement
from quellenlage.reader import ModelReader

TEXT = "Die Hafenmeisterin Ada Brandt sagte, der Kai sei voll. Nach Angaben der Reederei wird geräumt. Brandt schwieg."


@dataclass(frozen=True)
class FixedReader:
    """Has one reading, whatever it is given."""

    reading: Reading
    name: str = "fixed"

    def read(self, article: Article) -> Reading:
        return self.reading


def stretch(text: str, words: str) -> dict[str, int]:
    start = text.index(words)
    return {"charBegin": start, "charEnd": start + len(words)}


def role(text: str, *parts: str) -> dict[str, object]:
    return {"spans": [stretch(text, part) for part in parts], "text": " ".join(parts)}


def annotation(
    cue: Sequence[str] = (), speaker: Sequence[str] = (), frame: Sequence[str] = (), text: str = TEXT
) -> dict[str, object]:
    return {"cue": role(text, *cue), "speaker": role(text, *speaker), "frame": role(text, *(frame or (text,)))}


SAID = annotation(["sagte"], ["Die Hafenmeisterin Ada Brandt"])
ACCORDING = annotation(["Nach"], ["Angaben der Reederei"], ["Nach Angaben der Reederei"])


def write(folder: Path, *annotations: dict[str, object], text: str = TEXT) -> Path:
    """A dev part of one document."""
    dev = folder / "dev"
    dev.mkdir(exist_ok=True)
    content = {"documentName": "Hafen", "originalText": text, "annotations": annotations}
    (dev / "1.json").write_text(json.dumps(content), encoding="utf-8")
    return dev


def span(words: str, type: SpanType = SpanType.ACTOR, text: str = TEXT, last: bool = False) -> Span:
    start = text.rindex(words) if last else text.index(words)
    return Span.of(text, start, start + len(words), type)


def says(cue: str, source: Sequence[Span] = (), reporter: Sequence[Span] = (), text: str = TEXT) -> Statement:
    links = [tuple(map(Link, spans)) for spans in (source, reporter)]
    return Statement(span(cue, SpanType.CUE, text), Stance.ASSERTS, source=links[0], reporter=links[1])


def scored(
    folder: Path,
    annotations: Sequence[dict[str, object]],
    statements: Sequence[Statement],
    same: Sequence[tuple[Span, ...]] = (),
    text: str = TEXT,
) -> quotations.Scores:
    """The scores of a reading of these statements against these annotations."""
    spans = [s.cue for s in statements] + [member for group in same for member in group]
    reading = Reading("Hafen", "fixed", tuple(spans), (), tuple(statements), same=tuple(same))
    return measure(FixedReader(reading), load(write(folder, *annotations, text=text)))


def test_a_cue_is_found_where_spans_overlap(tmp_path: Path) -> None:
    scores = scored(tmp_path, [SAID, ACCORDING], [says("Brandt sagte"), says("schwieg")])
    assert scores.cues == Score(right=1, found=2, met=1, wanted=2)
    assert (scores.cues.precision, scores.cues.recall, scores.cues.f1) == (0.5, 0.5, 0.5)


def test_spans_that_only_meet_do_not_overlap(tmp_path: Path) -> None:
    assert scored(tmp_path, [SAID], [says(", der")]).cues == Score(0, 1, 0, 1)


def test_quotations_with_one_cue_have_one_cue_together(tmp_path: Path) -> None:
    scores = scored(tmp_path, [SAID, SAID], [says("sagte", [span("Hafenmeisterin")])])
    assert scores.cues == Score(1, 1, 1, 1)
    assert scores.speakers == Score(1, 1, 2, 2)


def test_a_cue_in_two_parts_is_one_cue_on_the_side_of_the_data(tmp_path: Path) -> None:
    text = "Das Amt teilte am Abend mit, es regne."
    parts = annotation(["teilte", "mit"], ["Das Amt"], text=text)
    scores = scored(tmp_path, [parts], [says("teilte", text=text), says("mit", text=text)], text=text)
    assert scores.cues == Score(right=2, found=2, met=1, wanted=1)


def test_the_noun_of_saying_counts_where_the_data_makes_it_part_of_the_speaker(tmp_path: Path) -> None:
    scores = scored(tmp_path, [ACCORDING], [says("Angaben", [span("Reederei")])])
    assert scores.cues == Score(0, 1, 0, 1)
    assert scores.saying == Score(1, 1, 1, 1)
    assert scores.speakers_found == Score(1, 1, 1, 1)


def test_a_speaker_outside_the_frame_holds_no_words_of_saying(tmp_path: Path) -> None:
    far = annotation(["sagte"], ["Angaben der Reederei"], ["Die Hafenmeisterin Ada Brandt sagte"])
    assert scored(tmp_path, [far], [says("Angaben")]).saying == Score(0, 1, 0, 1)


def test_a_quotation_without_a_cue_is_wanted_of_speakers_only_end_to_end(tmp_path: Path) -> None:
    free = annotation(speaker=["Angaben der Reederei"])
    scores = scored(tmp_path, [free], [says("Angaben", [span("Reederei")])])
    assert scores.cues == scores.saying == Score(0, 1, 0, 0)
    assert scores.speakers_found == Score()
    assert scores.speakers == Score(0, 1, 0, 1)


def test_a_wrong_speaker_is_wrong_on_both_sides(tmp_path: Path) -> None:
    scores = scored(tmp_path, [SAID], [says("sagte", [span("Reederei")])])
    assert scores.cues.f1 == 1
    assert scores.speakers_found == scores.speakers == Score(0, 1, 0, 1)


def test_a_statement_that_names_nobody_costs_recall_alone(tmp_path: Path) -> None:
    assert scored(tmp_path, [SAID], [says("sagte")]).speakers_found == Score(0, 0, 0, 1)


def test_naming_somebody_where_the_data_has_no_speaker_costs_precision_alone(tmp_path: Path) -> None:
    scores = scored(tmp_path, [annotation(["sagte"])], [says("sagte", [span("Ada Brandt")])])
    assert scores.speakers_found == Score(0, 1, 0, 0)


def test_reporters_speak_where_there_is_no_source(tmp_path: Path) -> None:
    brandt, firm = span("Ada Brandt"), span("Reederei")
    assert scored(tmp_path, [SAID], [says("sagte", reporter=[brandt])]).speakers.f1 == 1
    assert scored(tmp_path, [SAID], [says("sagte", source=[firm], reporter=[brandt])]).speakers.f1 == 0


def test_a_statement_elsewhere_counts_against_end_to_end_precision_alone(tmp_path: Path) -> None:
    brandt = span("Ada Brandt")
    scores = scored(tmp_path, [SAID], [says("sagte", [brandt]), says("schwieg", [brandt])])
    assert scores.speakers_found == Score(1, 1, 1, 1)
    assert scores.speakers == Score(1, 2, 1, 1)


def test_another_mention_with_the_same_head_word_is_the_speaker(tmp_path: Path) -> None:
    assert scored(tmp_path, [SAID], [says("sagte", [span("Brandt", last=True)])]).speakers.f1 == 1


def test_a_span_in_one_group_with_the_speaker_is_the_speaker(tmp_path: Path) -> None:
    firm, boss = span("Reederei"), span("Hafenmeisterin")
    statements = [says("sagte", [firm])]
    assert scored(tmp_path, [SAID], statements, [(boss, firm)]).speakers.f1 == 1
    assert scored(tmp_path, [SAID], statements, [(firm, span("Kai"))]).speakers.f1 == 0


def test_the_counts_of_documents_are_added(tmp_path: Path) -> None:
    dev = write(tmp_path, SAID)
    (dev / "2.json").write_text((dev / "1.json").read_text(encoding="utf-8"), encoding="utf-8")
    statement = says("sagte", [span("Ada Brandt")])
    scores = measure(FixedReader(Reading("Hafen", "fixed", (statement.cue,), (), (statement,))), load(dev))
    assert set(scores.by_name.values()) == {Score(2, 2, 2, 2)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister Kurt Maler", "Maler"),
        ("Kurt Malers", "der frühere Minister Maler"),
        ("die Vorsitzende des Verbands, Ida Stein", "Stein"),
        ("Ida Stein, Sprecherin der Bank", "eine Sprecherin"),
        ("der Sprecher der Polizei", "Ein Sprecher der Polizei"),
        ("Kurt Maler und Ida Stein", "Ida Stein"),
        ("des Ministeriums", "Das Ministerium"),
        ("„Blatt der Stadt“", "Das Blatt"),
    ],
)
def test_mentions_with_one_head_word_may_mean_the_same(one: str, other: str) -> None:
    assert any(a.may_mean(b) for a in mentions(one) for b in mentions(other))


def test_a_mention_may_begin_with_a_preposition_in_capitals() -> None:
    assert len(mentions("Von Storch")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Er", "Er"),
        ("Diese", "diese"),
        ("der Sprecher der Polizei", "der Sprecher der Feuerwehr"),
        ("Minister Maler", "Minister Stein"),
        ("Der Minister", "Der Sprecher"),
        ("", "1990"),
    ],
)
def test_other_mentions_may_not(one: str, other: str) -> None:
    assert not any(a.may_mean(b) for a in mentions(one) for b in mentions(other))


def test_nothing_found_and_nothing_wanted_scores_nought() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (0, 0, 0)


def test_a_folder_that_is_not_there_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(QuotationsError, match=r"no JSON files in .*dev\..*git clone .*dev part only"):
        load(tmp_path / "dev")


def test_no_other_part_is_measured(tmp_path: Path) -> None:
    with pytest.raises(QuotationsError, match="test is not the dev part"):
        load(write(tmp_path, SAID).rename(tmp_path / "test"))


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("{", "Expecting property name"),
        ("[]", "a text under 'documentName'"),
        ('{"documentName": "a", "originalText": "Text"}', "a list under 'annotations'"),
        ('{"documentName": "a", "originalText": "Text", "annotations": [{}]}', "an object under 'cue'"),
        ('{"documentName": "a", "originalText": " ", "annotations": []}', "there is no text"),
    ],
)
def test_a_broken_file_is_named_with_what_is_wrong(tmp_path: Path, content: str, wrong: str) -> None:
    dev = write(tmp_path)
    (dev / "1.json").write_text(content, encoding="utf-8")
    with pytest.raises(QuotationsError, match=rf"1\.json is not in the form of the data: .*{wrong}.*git clone"):
        load(dev)


@pytest.mark.parametrize(
    ("cue", "wrong"),
    [
        ({"spans": [{"charBegin": 0, "charEnd": 3}], "text": "sagte"}, "'sagte' does not stand where its spans are"),
        ({"spans": [{"charBegin": 0, "charEnd": 999}], "text": "sagte"}, "lies outside a text"),
        ({"spans": [{"charBegin": 0}], "text": "Die"}, "a whole number under 'charEnd'"),
    ],
)
def test_spans_have_to_stand_in_the_text(tmp_path: Path, cue: dict[str, object], wrong: str) -> None:
    with pytest.raises(QuotationsError, match=wrong):
        load(write(tmp_path, SAID | {"cue": cue}))


def test_the_table_has_a_row_for_each_reader_and_measure() -> None:
    scores = quotations.Scores(cues=Score(1, 2, 1, 4))
    rows = table({"model": scores, "rules": quotations.Scores()}).splitlines()
    assert len(rows) == 2 + 2 * len(scores.by_name)
    assert rows[2] == "| model | cues | 0.500 | 0.250 | 0.333 | 2 | 4 |"
    assert len({row.count("|") for row in rows}) == 1


def test_the_command_prints_the_table_of_both_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ModelReader, "load", lambda: FixedReader(Reading("Hafen", "fixed")))
    main([str(write(tmp_path, SAID))])
    rows = capsys.readouterr().out.splitlines()[2:]
    assert rows[0] == "| fixed | cues | 0.000 | 0.000 | 0.000 | 0 | 1 |"
    assert [row.split(" | ")[0] for row in rows] == ["| fixed"] * 4 + ["| rules"] * 4


def test_the_command_ends_with_the_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="git clone"):
        main([str(tmp_path / "dev")])
