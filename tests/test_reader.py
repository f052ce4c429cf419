"""The reader that ships with the package."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from quellenlage.domain import Article, SpanType, Stance
from quellenlage.reader import ModelReader
from quellenlage.reader.decode import log_softmax, spans_from
from quellenlage.reader.model import ModelError, load
from quellenlage.reader.pieces import cut
from quellenlage.reader.reader import encoded

AGREEMENT = Path(__file__).parent / "data" / "agreement.json"

TEXT = """\
Bericht: Iran liefert Russland hunderte Drohnen
Der Iran hat Russland nach Angaben der US-Regierung mehrere hundert Kampfdrohnen geliefert.
Das berichtet die „Washington Post“ unter Berufung auf zwei Beamte.
Teheran wies die Darstellung zurück. Die Angaben ließen sich nicht unabhängig überprüfen."""


@pytest.fixture(scope="module")
def reader() -> ModelReader:
    return ModelReader.load(threads=1)


def test_the_shipped_model_agrees_with_pytorch() -> None:
    model = load(threads=1)
    same = pieces_read = spans_wanted = spans_shared = 0
    differences = []
    for entry in json.loads(AGREEMENT.read_text(encoding="utf-8")):
        pieces = cut(entry["text"], model.tokenizer)
        _, log_probabilities = encoded(model, pieces)
        probabilities = np.exp(log_softmax(log_probabilities)).max(-1)
        same += int((log_probabilities.argmax(-1) == np.array(entry["tags"])).sum())
        pieces_read += len(pieces)
        differences.append(np.abs(probabilities - np.array(entry["probabilities"])))
        spans, _ = spans_from(log_probabilities, pieces, entry["text"])
        wanted = {tuple(span) for span in entry["spans"]}
        spans_wanted += len(wanted)
        spans_shared += len(wanted & {(s.start, s.end, s.type.value) for s in spans})
    # What remains apart is the rounding to 8-bit integers; in 32 bits both say the same (tests/training).
    assert same / pieces_read > 0.95
    assert np.concatenate(differences).mean() < 0.03
    assert spans_shared / spans_wanted > 0.85


def test_a_plain_report_is_read_as_a_reader_would(reader: ModelReader) -> None:
    reading = reader.read(Article("a", "a", TEXT))
    reading.must_lie_in(TEXT)
    assert {s.text for s in reading.spans if s.type is SpanType.ACTOR} >= {"Iran", "Russland", "Teheran"}
    supplied = [(link.span.text, t) for t in reading.transfers for link in t.supplier]
    assert any(name == "Iran" for name, _ in supplied)
    assert {s.stance for s in reading.statements} >= {Stance.ASSERTS, Stance.DENIES, Stance.UNVERIFIED}


def test_spans_stand_in_the_text_as_it_was_taken_in(reader: ModelReader) -> None:
    text = TEXT.replace("Iran hat", "Iran\u00a0hat").replace("Kampfdrohnen", "Kampf\u00addrohnen").replace("\n", "\r\n")
    reading = reader.read(Article("a", "a", text))
    reading.must_lie_in(text)
    assert "Kampf\u00addrohnen" in {s.text for s in reading.spans}


@pytest.mark.parametrize("text", ["\u200b.", "?!", "x", "𝕏 " * 40, "–" * 700])
def test_text_that_says_nothing_is_read_without_harm(reader: ModelReader, text: str) -> None:
    reader.read(Article("a", "a", text)).must_lie_in(text)


def test_a_very_long_text_is_read_to_its_end(reader: ModelReader) -> None:
    text = "\n".join([TEXT] * 30)
    reading = reader.read(Article("a", "a", text))
    reading.must_lie_in(text)
    assert max(s.end for s in reading.spans) > len(text) - len(TEXT)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"encoder\.onnx is missing"):
        load(tmp_path)


def test_a_model_that_is_none_is_named(tmp_path: Path) -> None:
    for name in ("encoder.onnx", "linker.onnx", "tokenizer.json", "calibration.json"):
        (tmp_path / name).write_text("no model", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(tmp_path)
