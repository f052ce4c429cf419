"""Claims that a person adds, and words that a person marks for the fields of a claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from quellenlage.annotate.choosing import read_articles
from quellenlage.annotate.corpus_form import written
from quellenlage.annotate.judgement_csv import checked, write_log
from quellenlage.claims.correcting import SPANS_OF, NoCorrection
from quellenlage.claims.marking import spans_written, written_spans
from quellenlage.claims.values import marked_corrections, value_from
from quellenlage.deciding import Missing, Unread, add, decide_on_claims
from quellenlage.domain import Article, Claim, JudgementKind, Span, Stage, Verdict
from quellenlage.ledger import Ledger
from quellenlage.ledger.merging import merge
from tests.commands import call, said
from tests.reviewed import FIRST, article, claim, evidence, reading, small_ledger

NEWS = "Kroatien liefert Griechenland 30 Radpanzer. Athen zahlt zwei Millionen Euro, hieß es laut Reuters im Mai 2024."
MISSED = {"stage": "Verträge", "supplier": "Ministerium in Belgrad"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(small_ledger(tmp_path / "ledger.db")) as opened:
        yield opened


def marked(text: str, **words: str) -> dict[str, tuple[Span, ...]]:
    return {field: spans_written(text, field, written) for field, written in words.items()}


def add_missed(ledger: Ledger, person: str = "Ada", **values: str) -> tuple[int, Claim]:
    """Add that Serbia has a contract with Greece; gives the number of the judgement and the claim as it is held."""
    number, id = add(
        ledger, "doc-aa11", {"stage": "agreed", "recipient": "GR", **values}, marked(FIRST, **MISSED), person
    )
    return number, ledger.claim(id)


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("supplier", "Kroatien", "HR"),
        ("recipient", "Griechenland;Athen", "GR"),
        ("item_classes", "Radpanzer", "armoured_vehicles"),
        ("quantity", "30", "30"),
        ("amount", "zwei Millionen Euro", "2000000 EUR"),
        ("time", "im Mai 2024", "2024-05"),
        ("sources", "Reuters", "reuters"),
        ("negated", "liefert", "yes"),
        ("stage", "liefert", ""),
    ],
)
def test_the_lists_read_the_words_of_a_field(field: str, words: str, value: str) -> None:
    told = article("n1", NEWS, "Kurier", "2024-06-01")
    assert value_from(told, field, spans_written(NEWS, field, words)).removesuffix(" ") == value


def test_words_are_written_as_they_stand_or_by_their_place() -> None:
    (span,) = spans_written(NEWS, "supplier", "Kroatien")
    assert (span.start, span.end, span.type) == (0, 8, SPANS_OF["supplier"])
    assert spans_written(NEWS, "supplier", "0-9") == (span,)
    assert spans_written(NEWS, "supplier", written_spans([span])) == (span,)


@pytest.mark.parametrize(
    ("field", "written", "told"),
    [
        ("supplier", "Atlantis", "does not stand in the article"),
        ("supplier", "ie", "times; write which you mean: "),
        ("supplier", "900-990", "no words stand at 900-990"),
        ("supplier", "8-9", "no words stand at 8-9"),
        ("colour", "Kroatien", "no field that rests on words"),
    ],
)
def test_words_that_do_not_stand_there_are_refused(field: str, written: str, told: str) -> None:
    with pytest.raises(NoCorrection, match=told):
        spans_written(NEWS, field, written)


def test_a_missed_claim_is_added_with_its_words_and_taken_back(ledger: Ledger) -> None:
    number, new = add_missed(ledger)
    assert (new.supplier, new.recipient, new.stage, new.verdict) == (("RS",), ("GR",), Stage.AGREED, Verdict.ADDED)
    assert (new.judgements, new.chains[0].origin.actor) == ((number,), "kurier")
    rests = {entry.field: (entry.text, entry.rule) for entry in new.evidence}
    assert rests["supplier"] == ("Ministerium in Belgrad", f"judgement {number} by Ada")
    # What has no words of its own rests on those of the transfer.
    assert rests["recipient"][0] == rests["item_classes"][0] == "Verträge"
    assert new.item_classes == ("weapons_unspecified",)
    ledger.undo(number)
    assert [one.id for one in ledger.claims()] == ["aa11-0", "bb22-0"]


def test_it_survives_a_newer_reading_and_what_this_finds_itself_gives_way(ledger: Ledger) -> None:
    _, new = add_missed(ledger)
    found = replace(new, id="found", verdict=None, judgements=(), confidence=0.9)
    own, read = ledger.article("aa11"), reading("aa11", FIRST)
    for version, claims in (("2", []), ("3", [found])):
        ledger.record(own, replace(read, reader=version), claims)
        assert [one for one in ledger.claims() if one.article_id == "aa11"] == [new]


def test_it_is_corrected_and_rejected_as_any_other(ledger: Ledger) -> None:
    number, new = add_missed(ledger)
    corrections = marked_corrections(own := ledger.article("aa11"), new, {"stage": "delivered"}, {})
    decide_on_claims(ledger, JudgementKind.CORRECT, [new.id], "Bo", corrections=corrections)
    assert (ledger.claim(new.id).stage, ledger.claim(new.id).verdict) == (Stage.DELIVERED, Verdict.ADDED)
    before = [one for one in ledger.claims() if one.id != new.id]
    ledger.undo(number)
    # A correction of what was added holds for nothing else, however alike.
    assert ledger.claims() == before
    assert own.id == "aa11"


@pytest.mark.parametrize(
    ("values", "words", "told"),
    [
        ({"recipient": "GR"}, {"supplier": "Ministerium in Belgrad"}, "words that tell of the transfer"),
        ({"stage": "agreed"}, {"stage": "Verträge"}, "a supplier or a recipient"),
        ({"supplier": " , "}, {"stage": "Verträge"}, "a supplier or a recipient"),
        ({"recipient": "GR", "quantity": "9" * 400}, {"stage": "Verträge"}, "is no quantity"),
        ({"stage": "soon", "recipient": "GR"}, {"stage": "Verträge"}, "is no stage"),
        ({"recipient": "CY"}, {"stage": "56-62"}, "claim aa11-0 rests on these words already"),
    ],
)
def test_what_is_no_claim_or_one_that_is_held_is_not_added(
    ledger: Ledger, values: dict[str, str], words: dict[str, str], told: str
) -> None:
    with pytest.raises(Unread, match=told):
        add(ledger, "aa11", values, marked(FIRST, **words), "Ada")
    assert ledger.log() == []


def test_nothing_is_added_to_what_nobody_has_read(ledger: Ledger) -> None:
    ledger.add_article(article("cc33", NEWS, "Kurier", "2024-05-04"))
    with pytest.raises(Missing, match="has not been read yet"):
        add(ledger, "cc33", {}, marked(NEWS, stage="liefert", supplier="Kroatien"), "Ada")


def test_marked_words_are_added_to_a_list_and_take_the_place_of_what_is_no_more_said() -> None:
    told = article("aa11", FIRST, "Kurier", "2024-05-02")
    one = replace(claim("aa11", FIRST, "Kurier", 0.4), evidence=(evidence(FIRST, "supplier", "Serbien"),))
    spans = marked(FIRST, supplier="Zypern", quantity="bis zu 40", hedged="Laut")
    assert by_field(told, one, {}, spans) == {"supplier": "RS,CY", "quantity": "..40", "hedged": "yes"}
    assert by_field(told, one, {"supplier": "CY"}, spans)["supplier"] == "CY"


def test_a_correction_with_words_keeps_the_old_ones_only_for_what_is_still_said(ledger: Ledger) -> None:
    own, one = ledger.article("aa11"), ledger.claim("aa11-0")
    for values, words in (({}, ["Serbien", "Zypern"]), ({"supplier": "CY"}, ["Zypern"])):
        corrections = marked_corrections(own, one, values, marked(FIRST, supplier="Zypern"))
        number = decide_on_claims(ledger, JudgementKind.CORRECT, [one.id], "Ada", corrections=corrections)
        rests = [entry.text for entry in ledger.claim(one.id).evidence if entry.field == "supplier"]
        assert rests == words
        ledger.undo(number)


def test_the_log_as_a_table_brings_it_into_another_ledger_once(ledger: Ledger, tmp_path: Path) -> None:
    _, new = add_missed(ledger)
    table = StringIO()
    write_log(ledger, table)
    with Ledger.open(small_ledger(tmp_path / "other.db")) as other:
        taken = checked(table.getvalue(), "t.csv", other, "Bo")
        other.keep_log(taken.new)
        assert other.claim(new.id) == new
        assert checked(table.getvalue(), "t.csv", other, "Bo").new == ()


def test_merged_ledgers_hold_it_even_where_the_article_came_with_the_merge(ledger: Ledger, tmp_path: Path) -> None:
    _, new = add_missed(ledger)
    with Ledger.open(tmp_path / "new.db") as other:
        merge(other, ledger)
        assert other.claim(new.id) == new


def test_annotators_get_it_with_its_words(ledger: Ledger) -> None:
    add_missed(ledger)
    corrections = marked_corrections(
        ledger.article("aa11"), ledger.claim("aa11-0"), {}, marked(FIRST, recipient="der Regierung in Nikosia")
    )
    decide_on_claims(ledger, JudgementKind.CORRECT, ["aa11-0"], "Ada", corrections=corrections)
    ((told, read),) = read_articles(ledger, ["aa11"])
    form = written(told, read).text
    assert "[[Ministerium in Belgrad|ACT:a4]]" in form
    assert "transfer t1 stage=offered supplier=a2 recipient=a3 item=i1" in form
    assert "transfer t2 stage=agreed supplier=a4" in form


def test_by_commands(tmp_path: Path) -> None:
    path = small_ledger(tmp_path / "ledger.db")
    words = ("--words", "stage=Verträge", "--words", "supplier=Ministerium in Belgrad")
    assert "is added" in said(call(path, "judge", "add", "doc-aa11", "recipient=GR", *words, "--by", "Ada"))
    assert call(path, "judge", "correct", "aa11-0", "--words", "recipient=in Nikosia", "--by", "Ada").exit_code == 0
    assert (
        "added: doc-aa11 recipient = GR item_classes = weapons_unspecified stage = unspecified supplier = RS"
        in said(call(path, "judge", "list"))
    )
    refused = call(path, "judge", "correct", "aa11-0", "--words", "supplier=Serbien")
    assert refused.exit_code == 2
    assert "write which you mean: 0-7, 63-70" in said(refused)
    assert call(path, "judge", "correct", "aa11-0").exit_code == 2


def by_field(told: Article, one: Claim, values: dict[str, str], spans: dict[str, tuple[Span, ...]]) -> dict[str, str]:
    return {each.field: each.value for each in marked_corrections(told, one, values, spans)}
