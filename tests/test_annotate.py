"""Readings as annotated articles in the corpus' own form, and back."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.annotate.annotation import Annotation, BadAnnotation, folded, reading_of, spans_of
from quellenlage.annotate.choosing import doubtful, read_articles
from quellenlage.annotate.corpus_form import REGISTERS, Unsayable, parsed, written
from quellenlage.annotate.files import read_annotations, write_corpus
from quellenlage.annotate.recording import record
from quellenlage.claims import claims_of
from quellenlage.domain import Article, JudgedClaim, Judgement, JudgementKind, Reading, Span, SpanType, Stage, Verdict
from quellenlage.intake.identity import article_id
from quellenlage.ledger import Ledger, LedgerError
from tests.annotated import read_as
from tests.readings import any_readings, flat_readings
from tests.test_cli import run
from training.corpus import CORPUS, annotated, checker
from training.corpus import reading_of as as_training_reads

TEXT = (
    "[[Lissabon|ACT:a1]] [[überlässt|TRG:t1]] [[Vilnius|ACT:a2]] [[acht|QTY:q1]] [[Haubitzen|ITM:i1]].\n"
    "Das [[meldete|CUE:c1]] der [[Hafenkurier|ACT:a3]]."
)
RELATIONS = (
    "transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1\n"
    "quantity i1 q1\n"
    "says c1 stance=asserts reporter=a3 about=t1"
)


def checked_by_the_corpus(folder: Path, text: str) -> Reading:
    """What the corpus' own checker and the training read from a file."""
    path = folder / "geschrieben.txt"
    path.write_bytes(text.encode())
    article, mistakes = checker().parse(path)
    assert not mistakes, mistakes
    return as_training_reads(annotated(article))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("form")


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.fixture
def read(tmp_path: Path, ledger: Ledger) -> tuple[Article, Reading]:
    """An article of the ledger with the reading of a program."""
    article, reading = read_as(tmp_path, TEXT, RELATIONS)
    reading = replace(reading, reader="modell-1")
    ledger.record(article, reading, claims_of(article, reading))
    return article, reading


@given(flat_readings())
def test_what_is_written_is_read_again_word_for_word(folder: Path, one: tuple[str, Reading]) -> None:
    text, reading = one
    file = written(Article("k-1", "k-1", text), reading)
    assert file.left_out == ()
    assert checked_by_the_corpus(folder, file.text) == replace(reading, reader="annotation")
    back = reading_of(parsed(file.text, "k-1.txt"), Article("k-1", "k-1", text))
    assert replace(back, reader="m") == reading


@given(any_readings())
def test_of_any_reading_what_can_be_said_is_said_and_nothing_else(folder: Path, one: tuple[str, Reading]) -> None:
    text, reading = one
    article = Article("k-1", "k-1", text)
    try:
        file = written(article, reading)
    except Unsayable:
        assert re.search(r"\[\[|\]\]|^---[ \t]*$", folded(text).text, re.M)
        return
    checked_by_the_corpus(folder, file.text)
    back = reading_of(parsed(file.text, "k-1.txt"), article)
    back.must_lie_in(text)
    # The empty lines around a text are no part of a file, nor are halves of line ends.
    kept = {(span.type, span.text.strip("\r\n")) for span in back.spans}
    assert kept <= {(span.type, span.text.strip("\r\n")) for span in spans_of(reading)}
    assert all(a.end <= b.start for a, b in pairwise(sorted(back.spans)))
    assert {t.trigger for t in back.transfers} == {s for s in back.spans if s.type is SpanType.TRIGGER}
    # Nothing more can be said the second time.
    assert written(article, back).text.split("---\n", 1)[1] == file.text.split("---\n", 1)[1]


def test_the_whole_corpus_is_read_as_the_training_reads_it() -> None:
    parse = checker().parse
    for path in sorted((CORPUS / "articles").glob("*.txt"))[::40]:
        article, _ = parse(path)
        wanted = as_training_reads(annotated(article))
        mine = parsed(path.read_text(encoding="utf-8"), path.name)
        assert replace(mine.reading, article_id=wanted.article_id, reader="annotation") == wanted, path.name


def test_of_spans_that_overlap_the_surest_stays_with_what_rests_on_it() -> None:
    text = "Ein Kampfpanzer vom Typ Leopard"
    long, short = Span.of(text, 4, 31, SpanType.ITEM, 0.6), Span.of(text, 4, 15, SpanType.ITEM, 0.8)
    file = written(Article("k-1", "k-1", text), Reading("k-1", "m", (long, short)))
    assert "Ein [[Kampfpanzer|ITM:i1]] vom Typ Leopard" in file.text
    assert file.left_out == (long,)


def test_a_bracket_before_a_span_is_not_taken_for_a_mark() -> None:
    text = "Sie [Oslo] liefern."
    file = written(Article("k-1", "k-1", text), Reading("k-1", "m", (Span.of(text, 5, 9, SpanType.ACTOR),)))
    assert parsed(file.text, "x").text == text
    assert [span.text for span in file.left_out] == ["Oslo"]


@pytest.mark.parametrize("text", ["Siehe [[1]] dort", "Oben\n---\nUnten", "a ]] b"])
def test_a_text_with_the_marks_of_the_form_is_refused(text: str) -> None:
    with pytest.raises(Unsayable):
        written(Article("k-1", "k-1", text), Reading("k-1", "m"))


def test_the_registers_are_those_of_the_checker() -> None:
    assert set(REGISTERS) == checker().REGISTERS


def test_a_date_of_which_only_a_part_is_known_is_filled_with_zeros() -> None:
    article = Article("k-1", "k-1", "Text", published="2024-05?")
    assert "published: 2024-05-00\n" in written(article, Reading("k-1", "m")).text
    assert "published: 0000-00-00\n" in written(replace(article, published=None), Reading("k-1", "m")).text


def test_line_ends_of_the_article_are_kept(folder: Path) -> None:
    text = "\r\n\r\nOslo liefert.\rBis bald.\r\n"
    article = Article("k-1", "k-1", text)
    spans = (Span.of(text, 4, 8, SpanType.ACTOR), Span.of(text, 18, 21, SpanType.TIME))
    back = reading_of(parsed(written(article, Reading("k-1", "m", spans)).text, "x"), article)
    assert back.spans == spans
    assert [span.text for span in spans] == ["Oslo", "Bis"]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("TRG:t1", "TRX:t1"), 6, "TRX at 'überlässt' is no type of span"),
        (("ITM:i1", "ITM:a1"), 6, "the name a1 is taken twice"),
        (("[[meldete|", "[[meldete "), 7, "a broken mark near"),
        (("stage=agreed", "stage=fast"), 9, "expected stage= with one of sought"),
        (("supplier=a1", "supplier=i1"), 9, "i1 is no ACT of the text"),
        (("supplier=a1", "giver=a1"), 9, "giver is no field here"),
        (("quantity i1 q1", "quantity i1"), 10, "expected the names of an ITM and of a QTY"),
        (("quantity i1 q1", "amount i1 q1"), 10, "amount is no relation"),
        (("says c1 stance=asserts", "says c1 stance=laut"), 11, "expected stance= with one of asserts"),
        (("says c1 stance=asserts reporter=a3 about=t1", "# nichts"), 7, "'meldete') has no line `says c1"),
        (("id: t-001", "id:"), 1, "the header lacks id"),
    ],
)
def test_every_mistake_is_told_with_its_line(change: tuple[str, str], line: int, said: str) -> None:
    raw = f"id: t-001\npublished: 2024-05-14\noutlet: A\nregister: agency\n---\n{TEXT}\n---\n{RELATIONS}\n"
    assert parsed(raw, "x.txt").line == 6
    assert change[0] in raw
    with pytest.raises(BadAnnotation) as error:
        parsed(raw.replace(*change), "x.txt")
    assert any(told.startswith(f"x.txt, line {line}: ") and said in told for told in error.value.mistakes)


def test_several_mistakes_are_told_at_once() -> None:
    raw = f"id: t\n---\n{TEXT}\n---\n{RELATIONS}".replace("stage=agreed", "").replace("stance=asserts", "")
    with pytest.raises(BadAnnotation) as error:
        parsed(raw, "x.txt")
    assert len(error.value.mistakes) == 2


def test_another_text_is_refused_at_the_first_difference(tmp_path: Path, read: tuple[Article, Reading]) -> None:
    article, reading = read
    raw = written(article, reading).text.replace("Das [[meldete", "Dies [[meldete")
    with pytest.raises(BadAnnotation, match=r"x\.txt, line 9: the text is not that of t-001: at character 44 .*'ies"):
        reading_of(parsed(raw, "x.txt"), article)


def test_a_shorter_text_is_another_text(read: tuple[Article, Reading]) -> None:
    article, _ = read
    with pytest.raises(BadAnnotation, match="goes on with ''"):
        reading_of(Annotation("t-001", article.text[:-3], Reading("", ""), "x.txt"), article)


def test_what_a_person_corrected_is_the_current_reading_and_the_claims_follow(
    ledger: Ledger, read: tuple[Article, Reading]
) -> None:
    article, reading = read
    assert ledger.claims()[0].stage is Stage.AGREED
    raw = written(article, reading).text.replace("stage=agreed", "stage=delivered")
    recorded = record([parsed(raw, "x.txt")], "Jana", ledger)
    assert (recorded.new, recorded.known, recorded.claims) == (1, 0, 1)
    current = ledger.reading(article.id)
    assert current is not None
    assert current.reader == "person:Jana"
    assert [claim.stage for claim in ledger.claims()] == [Stage.DELIVERED]
    again = record([parsed(raw, "x.txt")], "Jana", ledger)
    assert (again.new, again.known) == (0, 1)
    assert len(ledger.history(article.id).readings) == 2


def test_a_second_correction_of_one_person_is_another_version(ledger: Ledger, read: tuple[Article, Reading]) -> None:
    article, reading = read
    raw = written(article, reading).text
    for stage in ("underway", "halted"):
        record([parsed(raw.replace("stage=agreed", f"stage={stage}"), "x.txt")], "Jana", ledger)
    assert [kept.reading.reader for kept in ledger.history(article.id).readings] == [
        "modell-1",
        "person:Jana",
        "person:Jana/2",
    ]
    assert [claim.stage for claim in ledger.claims()] == [Stage.HALTED]


def test_a_program_that_reads_later_does_not_take_a_persons_place(
    ledger: Ledger, read: tuple[Article, Reading]
) -> None:
    article, reading = read
    raw = written(article, reading).text.replace("stage=agreed", "stage=delivered")
    record([parsed(raw, "x.txt")], "Jana", ledger)
    newer = replace(reading, reader="modell-2")
    assert ledger.record(article, newer, claims_of(article, newer))
    current = ledger.reading(article.id)
    assert current is not None
    assert current.reader == "person:Jana"
    assert [claim.stage for claim in ledger.claims()] == [Stage.DELIVERED]
    assert ledger.holds(article.id, "modell-2")
    assert ledger.examine().is_whole


def test_judgements_hold_for_what_a_person_read(ledger: Ledger, read: tuple[Article, Reading]) -> None:
    article, reading = read
    ledger.judge(Judgement(JudgementKind.ACCEPT, (JudgedClaim.of(ledger.claims()[0]),), (), "Tom"))
    record([parsed(written(article, reading).text, "x.txt")], "Jana", ledger)
    (claim,) = ledger.claims()
    assert claim.verdict is Verdict.ACCEPTED


def test_annotations_of_what_is_not_in_the_ledger_change_nothing(ledger: Ledger, read: tuple[Article, Reading]) -> None:
    article, reading = read
    good = parsed(written(article, reading).text, "gut.txt")
    with pytest.raises(BadAnnotation, match=r"fremd\.txt: no article in the ledger goes by 'fremd'"):
        record([good, replace(good, id="fremd", where="fremd.txt")], "Jana", ledger)
    with pytest.raises(BadAnnotation, match=r"zwei\.txt: t-001 is annotated in gut\.txt as well"):
        record([good, replace(good, where="zwei.txt")], "Jana", ledger)
    assert len(ledger.history(article.id).readings) == 1


def test_the_articles_read_least_surely_come_first(tmp_path: Path, ledger: Ledger) -> None:
    for number, confidence in enumerate((0.9, 0.2, 0.5), 1):
        article, reading = read_as(tmp_path, TEXT, RELATIONS)
        article = replace(article, id=f"a{number}", doc=f"a{number}")
        reading = replace(reading, article_id=article.id, reader="modell-1")
        claims = [replace(claim, confidence=confidence) for claim in claims_of(article, reading)]
        ledger.record(article, reading, claims)
    assert doubtful(ledger, 2) == ["a2", "a3"]
    # Whom a person has judged or read needs no more looking at.
    ledger.judge(Judgement(JudgementKind.ACCEPT, (JudgedClaim.of(ledger.claims()[1]),), (), "Tom"))
    assert doubtful(ledger, 2) == ["a3", "a1"]
    current = ledger.reading("a3")
    assert current is not None
    record([parsed(written(ledger.article("a3"), current).text, "x.txt")], "Jana", ledger)
    assert doubtful(ledger, 5) == ["a1"]


def test_files_are_never_overwritten(tmp_path: Path, read: tuple[Article, Reading]) -> None:
    out = tmp_path / "aus"
    assert write_corpus([read], out, "quality").files == 1
    assert write_corpus([read], out, "quality").files == 1
    (file,) = out.iterdir()
    file.write_text("von Hand", encoding="utf-8")
    with pytest.raises(LedgerError, match="is there already and says something else"):
        write_corpus([read], out, "quality")
    assert file.read_text(encoding="utf-8") == "von Hand"


def test_folders_are_read_as_a_whole_and_all_that_is_wrong_is_told(
    tmp_path: Path, read: tuple[Article, Reading]
) -> None:
    write_corpus([read], tmp_path / "aus", "quality")
    assert [one.id for one in read_annotations([tmp_path / "aus"]).annotations] == ["t-001"]
    (tmp_path / "aus" / "b.txt").write_text("kein Artikel", encoding="utf-8")
    (tmp_path / "aus" / "c.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadAnnotation) as error:
        read_annotations([tmp_path / "aus", tmp_path / "fehlt.txt"])
    assert [Path(told.split(":")[0]).name for told in error.value.mistakes] == ["b.txt", "c.json", "fehlt.txt"]


def test_only_what_has_been_read_can_be_written(ledger: Ledger, read: tuple[Article, Reading]) -> None:
    ledger.add_article(Article("b", "ungelesen", "Noch ein Text."))
    assert [article.doc for article, _ in read_articles(ledger, ())] == ["t-001"]
    with pytest.raises(LedgerError, match="ungelesen has not been read yet"):
        read_articles(ledger, ["ungelesen"])


@given(st.text(alphabet="a\r\n", max_size=12))
def test_folding_line_ends_gives_what_text_files_give(text: str) -> None:
    copy = folded(text)
    assert copy.text == text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    assert all(copy.text[at] == "\n" or text[copy.origin[at] : copy.ends[at]] == "a" for at in range(len(copy.text)))


def test_the_commands_go_round(tmp_path: Path) -> None:
    text = "Polen kauft in Südkorea 218 Raketenwerfer vom Typ Chunmoo. Das teilte Warschau mit.\n"
    (tmp_path / "werfer.txt").write_text(text, encoding="utf-8")
    assert run(tmp_path, "read", "werfer.txt").returncode == 0
    done = run(tmp_path, "annotate", "export", "--out", "aus", "--doubtful", "3")
    assert "1 annotated article" in done.stderr
    file = tmp_path / "aus" / f"{article_id(text, None)}.txt"
    changed, count = re.subn("stage=[a-z]+", "stage=halted", file.read_text(encoding="utf-8"))
    assert count
    file.write_text(changed, encoding="utf-8")
    done = run(tmp_path, "annotate", "import", "aus", "--by", "Jana")
    assert (done.returncode, "1 readings by a person" in done.stderr) == (0, True), done.stderr
    assert '"stage": "halted"' in run(tmp_path, "ledger", "--json").stdout
    assert "0 Lesungen" in run(tmp_path, "annotate", "import", "aus", "--by", "Jana", lang="de").stderr
    file.write_text(changed.replace("Polen", "Ungarn"), encoding="utf-8")
    done = run(tmp_path, "annotate", "import", str(file), "--by", "Jana")
    assert done.returncode == 2
    assert "the text is not that of werfer" in done.stderr.replace("\n", "")
