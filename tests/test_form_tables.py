import csv
import io
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quellenlage.domain import Article
from quellenlage.intake.forms import parquet as parquet_module
from quellenlage.intake.forms.cells import language, moment, names
from quellenlage.intake.forms.columns import FIELDS, known_columns
from quellenlage.intake.forms.tables import rows
from quellenlage.intake.original import Skipped
from quellenlage.intake.unreadable import Unreadable
from tests.archive_samples import Pipe

HEAD = ["Nr", "Titel", "Datum", "Zeitung", "Inhalt", "Autor", "Sprache", "Link"]
ROW = ["17", "Haubitzen für Kiew", "09.03.2024 14:30", "Tagesbote", 'Dänemark gibt „zwölf"; \nBerlin schweigt.']
ROW += ["Ada Amsel; Bo Blau", "Deutsch", "https://bote.example/17"]


def _csv(*table: list[str], delimiter: str = ";", encoding: str = "utf-8", **dialect: object) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, **dialect).writerows(table)
    return out.getvalue().encode(encoding)


def _parquet(columns: dict[str, list[object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


TABLE, PARQUET = _csv(HEAD, ROW, ROW), _parquet({"text": ["Eins.", "Zwei."], "date": ["2024-03-09", "2024-03-10"]})


def _read(data: bytes, **columns: str) -> list[Article | Skipped]:
    return list(rows(io.BytesIO(data), "ordner/t.csv", columns))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_table_is_read_in_any_dialect_and_encoding(delimiter, encoding):
    [article] = _read(_csv(HEAD, ROW, delimiter=delimiter, encoding=encoding))
    assert article == Article(
        id=article.id,
        doc="17",
        text='Haubitzen für Kiew\nDänemark gibt „zwölf"; \nBerlin schweigt.',
        title="Haubitzen für Kiew",
        outlet="Tagesbote",
        url="https://bote.example/17",
        published="2024-03-09T14:30:00",
        language="de",
        authors=("Ada Amsel", "Bo Blau"),
    )


@pytest.mark.parametrize(
    "dialect",
    [
        {"quoting": csv.QUOTE_ALL},
        {"doublequote": False, "escapechar": "\\"},
        {"quotechar": "'", "quoting": csv.QUOTE_ALL},
    ],
)
def test_quotation_marks_in_any_manner(dialect):
    table = [["text", "note"], ['Er sagt: "Nein".', "x"]]
    [article] = _read(_csv(*table, **dialect))
    assert article.text == 'Er sagt: "Nein".'
    assert [article.text for article in _read(b"'text','note'\n'Ein, Satz.',x\n")] == ["Ein, Satz."]


def test_the_line_by_which_excel_names_the_delimiter_is_no_head():
    assert [article.text for article in _read(b"sep=|\r\ntext|a,b,c\r\nEin Satz.|1\r\n")] == ["Ein Satz."]


def test_columns_that_are_given_go_before_those_that_are_known():
    data = _csv(["text", "Notiz", "Datum", "am"], ["Kurz.", "Lang.", "2024-01-01", "2024-03-09"])
    [article] = _read(data, text="notiz", published="am")
    assert (article.text, article.published, article.doc) == ("Lang.", "2024-03-09", "t-2")


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({}, r"hold the text; the columns are a, b; say it as --columns text="),
        ({"text": "c"}, "no column c; the columns are a, b"),
        ({"wort": "a"}, "field wort; the fields are text, title"),
    ],
)
def test_a_table_in_which_no_text_is_found_names_its_columns(columns, says):
    with pytest.raises(Unreadable, match=says):
        _read(_csv(["a", "b"], ["1", "2"]), **columns)


@pytest.mark.parametrize("data", [PARQUET[4:], PARQUET[::-1], b"\x01\x02;text\n1;2\n", bytes(99)])
def test_what_is_no_table_is_not_taken_for_one(data):
    with pytest.raises(Unreadable, match=r"no table|no text") as problem:
        _read(data)
    assert "columns" not in str(problem.value)


def test_a_long_name_of_a_column_is_cut():
    with pytest.raises(Unreadable, match=f"columns are {'x' * 40}…, b;"):
        _read(_csv(["x" * 41, "b"], ["1", "2"]))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"sep=;\n"])
def test_an_empty_table_is_refused(data):
    with pytest.raises(Unreadable):
        _read(data)


def test_a_row_that_is_no_article_is_skipped_alone():
    table = [["text", "date"], ["", "2024-03-09"], ["Eins.", "neulich"], [], ["Zwei.", "k. A."], ["Drei.", "", "x"]]
    first, second, third, fourth = _read(_csv(*table))
    assert (first.where, first.why[:16]) == ("ordner/t.csv, row 2", "there is no text")
    assert "field published holds 'neulich'" in second.why
    assert (third.text, third.published, third.doc) == ("Zwei.", None, "t-5")
    assert "3 cells under a head of 2" in fourth.why


def test_a_cell_without_end_costs_no_more_than_its_row():
    csv.field_size_limit(sys.maxsize)  # as followthemoney's libraries leave it
    data = b"text;note\nEins.;x\n" + b'"' + b"a" * 11_000_000 + b"\nZwei.;x\n"
    found = _read(data)
    assert found[0].text == "Eins."
    assert isinstance(found[1], Skipped)
    assert "quotation marks" in found[1].why


def test_a_line_without_end_is_refused():
    with pytest.raises(Unreadable, match="MB"):
        _read(b"text;note\n" + b"a;" * 11_000_000)


def test_a_table_is_read_from_a_pipe():
    assert len(list(rows(io.BufferedReader(Pipe(_csv(HEAD, ROW))), "-"))) == 1


def test_a_parquet_file_is_read_with_its_own_types():
    data = _parquet(
        {
            "content": ["Eins.", "Zwei.", None],
            "published": [datetime(2024, 3, 9, 14, 30), None, None],
            "id": [1, 2, 3],
            "authors": [["Ada Amsel", "Bo Blau"], [], None],
            "ballast": [b"x", b"y", b"z"],
        }
    )
    first, second, third = _read(data)
    assert (first.text, first.published, first.doc) == ("Eins.", "2024-03-09T14:30:00", "1")
    assert first.authors == ("Ada Amsel", "Bo Blau")
    assert (second.text, second.published, second.authors) == ("Zwei.", None, ())
    assert isinstance(third, Skipped)


def test_parquet_needs_a_library_and_a_file(monkeypatch):
    data = _parquet({"text": ["Eins."]})
    with pytest.raises(Unreadable, match="pipe"):
        list(rows(io.BufferedReader(Pipe(data)), "-"))

    monkeypatch.setattr(parquet_module, "find_spec", lambda name: None)
    with pytest.raises(Unreadable, match=r"pip install 'quellenlage\[exports\]'"):
        _read(data)


@pytest.mark.parametrize(
    ("child", "seconds", "problem"),
    [
        ("print('[\"text\"]', flush=True); time.sleep(60)", 0.5, "took over 0.5 s"),
        ("print('[\"text\"]'); print('[\"' + 'x' * 99)", 60, "a row of it is too large"),
        ("os.abort()", 60, "broke off"),
    ],
)
def test_a_parquet_file_that_is_not_read_to_its_end_says_why(monkeypatch, tmp_path, child, seconds, problem):
    (tmp_path / "child.py").write_text(f"import os, time\n{child}\n", encoding="utf-8")
    monkeypatch.setattr(parquet_module, "_CHILD", tmp_path / "child.py")
    monkeypatch.setattr(parquet_module, "_SECONDS", seconds)
    monkeypatch.setattr(parquet_module, "_LONGEST_ROW", 50)
    with pytest.raises(Unreadable, match=problem):
        _read(_parquet({"text": ["Eins."]}))


def test_a_parquet_file_without_text_names_its_columns():
    with pytest.raises(Unreadable, match="the columns are a, b"):
        _read(_parquet({"a": [1], "b": [2]}))


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("09.03.2024", "2024-03-09"),
        ("9. 3. 2024", "2024-03-09"),
        ("9.3.2024, 8:05 Uhr", "2024-03-09T08:05:00"),
        ("09.03.2024 14:30:15", "2024-03-09T14:30:15"),
        ("09.03.2024 um 14.30 Uhr", "2024-03-09T14:30:00"),
        ("9. März 2024", "2024-03-09"),
        ("March 9, 2024", "2024-03-09"),
        ("Sat, 09 Mar 2024 14:30:00 +0100", "2024-03-09T14:30:00+01:00"),
        ("2024-03-09 14:30:00", "2024-03-09T14:30:00"),
        ("20240309", "2024-03-09"),
        ("20240309143000", "2024-03-09T14:30:00+00:00"),
        ("20240309T143000Z", "2024-03-09T14:30:00+00:00"),
        ("31.02.2024", None),
        ("09.03.2024 25:00", None),
        ("03/09/2024", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_moments_as_tables_write_them(words, iso):
    assert moment(words) == iso


@given(st.dates(date(1900, 1, 1), date(2199, 1, 1)))
def test_every_german_day_is_the_day_it_says(day):
    assert moment(f"{day.day}.{day.month}.{day.year}") == moment(f"{day:%d.%m.%Y}") == day.isoformat()


@given(st.text())
def test_any_words_are_a_moment_or_none(words):
    found = moment(words)
    assert found is None or moment(found) == found


@pytest.mark.parametrize(
    ("words", "code"),
    [("de-AT", "de"), ("deu", "de"), ("German", "de"), ("deutsch", "de"), ("English", "en"), ("?", None), ("", None)],
)
def test_languages_as_tables_write_them(words, code):
    assert language(words) == code


@pytest.mark.parametrize(
    ("words", "parted"),
    [
        ("Ada Amsel", ["Ada Amsel"]),
        ("Ada Amsel; Bo Blau", ["Ada Amsel", "Bo Blau"]),
        ("Ada Amsel, Bo Blau und Cy Cyan", ["Ada Amsel", "Bo Blau", "Cy Cyan"]),
        ("Amsel, Ada", ["Amsel, Ada"]),
        (" ; ", []),
    ],
)
def test_names_in_a_cell(words, parted):
    assert names(words) == parted


def test_every_known_column_names_one_field():
    listed = [name for group in known_columns().fields.values() for name in group]
    assert len(listed) == len(set(listed))
    assert set(known_columns().fields) == set(FIELDS)


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_table_gives_articles_or_says_what_is_wrong(data):
    table = bytearray(TABLE)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(table)))
        table[at : at + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=8))
    with suppress(Unreadable):
        for found in _read(bytes(table)):
            assert found.text if isinstance(found, Article) else found.why


@settings(max_examples=8)
@given(st.integers(4, len(PARQUET)), st.integers(0, 8), st.binary(max_size=8))
def test_a_damaged_parquet_file_gives_articles_or_says_what_is_wrong(at, length, instead):
    with suppress(Unreadable):
        for found in _read(PARQUET[:at] + instead + PARQUET[at + length :]):
            assert found.text if isinstance(found, Article) else found.why


@example([[";\\"]], ";")
@given(st.lists(st.lists(st.text(max_size=20), min_size=1, max_size=4), max_size=4), st.sampled_from(";,\t|"))
def test_any_cells_come_back_as_they_were_written(table, delimiter):
    cells = [[cell for cell in row if "\x00" not in cell and "\r" not in cell] for row in table]
    texts = [" ".join(row).strip() for row in cells]
    data = _csv(["Artikeltext", "Notiz"], *([text, "x"] for text in texts), delimiter=delimiter, lineterminator="\n")
    found = [item.text for item in _read(data) if isinstance(item, Article)]
    nothing = known_columns().nothing
    assert found == [text for text in texts if text.casefold() not in nothing]


def test_a_zip_file_is_no_table():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x", "y")
    with pytest.raises(Unreadable):
        _read(out.getvalue())
