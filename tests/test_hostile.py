"""The nastiest inputs end in an article that can be kept or in a clear message, and the watch sees what does not."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.hostile import trying, whole
from benchmarks.hostile.__main__ import tried
from benchmarks.hostile.archives import overlapping
from benchmarks.hostile.came import Came, table
from benchmarks.hostile.inputs import SAVED, SHAPES, Hostile, hostiles, saved_pages
from benchmarks.hostile.log import Log
from benchmarks.hostile.trying import came_of, unclear
from benchmarks.hostile.worker import Worker
from quellenlage.domain import Article
from quellenlage.intake import Arrival, Skipped
from quellenlage.intake.forms import parquet
from quellenlage.intake.forms.cells import language, names
from quellenlage.intake.forms.tables import rows
from quellenlage.intake.normalise import normalise, plain
from quellenlage.intake.taking import Way, taken_from
from quellenlage.intake.unreadable import Unreadable, sayable
from quellenlage.intake.web.feeds import is_feed
from quellenlage.intake.web.sitemaps import is_sitemap
from quellenlage.ledger import Ledger

COMMENTS = "<!-- -->" * 60
TICKER = "\n".join(["Titel", *(f"31.12.9999, {hour}:00 Uhr: Meldung\nEin Satz." for hour in (9, 12, 11))])
NASTY = {
    "prefixes.txt": "Vor" + "vorher" * 60 + "x sagte nichts.",
    "comments": COMMENTS + "Ein Text.",
    "comments.feed": COMMENTS + "<rss",
    "comments.sitemap": f"<urlset>{COMMENTS}</urlset>{COMMENTS}x",
    "spaces.csv": f"Inhalt;Autor\nEin Text.;Ada{' ' * 200_000}Amsel\n",
    "invisible.txt": "\u00ad\u200b",
    "invisible.json": json.dumps({"text": "&#173;"}),
    "marks of sentences.txt": "Titel\nWas" + "?" * 300_000 + " nun.",
    "agencies.txt": "Titel\n(" + "dpa/" * 230_000,
    "wrapping.html": whole.page(data="{" + " " * 300_000 + "-->" + " " * 300_000 + "x"),
    "angles.html": whole.page(data=json.dumps({"@type": "NewsArticle", "articleBody": "<" * 300_000})),
    "type.html": whole.page(data='{"@type": 1, "@graph": [{"@type": {}}]}'),
    "titles.list": "\t".join(["20220905"] * 2 + ["1", "bote.example", "https://bote.example/1"] + ["x"] * 20)
    + "\tsrclc:deu\t"
    + "<PAGE_TITLE>" * 800_000,
    "columns.csv": "a\0;\x1b[31mb\nx;y\n",
    "head.csv": "Titel;Inhalt\n",
    "marks.txt": "Titel\n" + "a" + "\u0301\u0323" * 200_000,
    "month.txt": "Titel\n" + "3. Auguſt 2022, 10:00 Uhr: Meldung\nEin Satz.\n" * 3,
    "end of time.json": json.dumps({"text": TICKER, "published": "9999-12-31"}),
    "beginning of time.json": json.dumps({"text": TICKER.replace("31.12.9999", "1.1.0001"), "published": "0001-01-01"}),
    "halves.html": whole.page(data='{"@type": "NewsArticle", "headline": "\\ud800", "author": {"name": "\\udfff"}}'),
    "halves.json": '{"text": "Ein \\ud800 Text.\\u0000", "title": "\\udfff", "id": "\\ud800", "url": "http://a\\ud800/"}',
    "date.json": json.dumps({"text": "Ein Text.", "published": "x" * 100_000}),
    "objects.json": "[" + "{}," * 2_100_000 + "{}]",
    "deep.json": '{"text":' + "[" * 100_000,
    "long.txt": "Ein Satz. " * 110_000,
    "zeros.warc.gz": gzip.compress(bytes(100_000_000)),
    "name.eml": 'From: a\nContent-Type: application/pdf; name="\x1b]0;x\x07.pdf"\n\n%PDF-',
    "comments.eml": "From: " + "(" * 2_000 + "\n\nEin Text.",
    "parameters.eml": "From: a\nContent-Type: text/plain; format*=a; format*0=b\n\nEin Text.",
    "same.wacz": overlapping("archive/a.warc", whole.record(b"<p>Ein Text.</p>") + bytes(2_000_000), 500),
    "same.zip.list": overlapping("a.csv", b"url\n" + b"https://bote.example/1\n" * 500_000, 200),
    "spaces.feed": "{" + " " * 300_000 + '"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "same.list": "url\n" + "https://bote.example/1\n" * 20_000,
}


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    worker = Worker(tmp_path_factory.mktemp("hostile"))
    yield worker
    worker.stop()


@pytest.mark.parametrize("name", NASTY)
def test_nasty_inputs_end_in_an_article_or_a_message(name: str, worker: Worker, tmp_path: Path) -> None:
    data = NASTY[name]
    path = tmp_path / name
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    came = worker.came_of(path)
    assert came.wrong == []
    assert came.articles + came.messages
    assert came.memory < 1_000_000_000


def test_an_article_of_over_a_million_characters_is_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Wort " * 200_000, encoding="utf-8")
    assert [type(one) for one in taken_from([path], Way(triage=None))] == [Arrival]
    path.write_text("Wort " * 200_000 + "x", encoding="utf-8")
    [skipped] = taken_from([path], Way(triage=None))
    assert isinstance(skipped, Skipped)
    assert "over 1 million characters" in skipped.why


def test_what_expands_without_end_is_left_after_some_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_HARMLESS", 100_000)
    *articles, last = _rows(whole.parquet(20_000))
    assert 100 < len(articles) < 20_000
    assert all(isinstance(article, Article) for article in articles)
    assert last == f"expands beyond measure; only the first {len(articles)} rows were read, split it"
    assert len(_rows(whole.parquet(200))) == 200


def _rows(data: bytes) -> list[Article | Skipped | str]:
    found: list[Article | Skipped | str] = []
    try:
        found.extend(rows(io.BytesIO(data), "a.parquet"))
    except Unreadable as problem:
        found.append(problem.why)
    return found


def test_a_letter_keeps_thirty_marks() -> None:
    letter = "q" + "\u0301\u0323" * 15
    assert len(plain(letter + "\u0301\u0323" * 500 + "x")) == len(plain(letter)) + 1 == 32
    assert plain(letter + "\u0301\u0323" * 500) == normalise(letter + "\u0301\u0323" * 500).text == plain(letter)


def test_a_table_without_rows_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Titel;Inhalt\n", encoding="utf-8")
    [skipped] = taken_from([path], Way(triage=None))
    assert isinstance(skipped, Skipped)
    assert "no row" in skipped.why


@pytest.mark.parametrize("beginning", ["", "<?xml version='1.0'?>", "<!-- a --> \n<!-- b -->", "<!-- a --> x -->"])
def test_comments_before_a_feed_and_a_sitemap_are_passed_over(beginning: str) -> None:
    is_open = beginning.endswith("x -->")
    assert is_feed(f"{beginning}<rss>".encode()) is not is_open
    assert is_sitemap(f"{beginning}<urlset>".encode()) is not is_open


def test_names_and_languages_of_cells() -> None:
    assert names("Ada  Amsel,Bo Blau und Cy Cyan") == ["Ada Amsel", "Bo Blau", "Cy Cyan"]
    assert names("Amsel,  Ada") == ["Amsel, Ada"]
    assert names("Amsel, Ada ;\nBlau,\tBo|") == ["Amsel, Ada", "Blau, Bo"]
    assert [language(word) for word in ("German", "Deutsch", "de-AT", "deu", "Klingonisch?")] == [
        *["de"] * 4,
        None,
    ]


@given(st.text(), st.text())
def test_what_is_said_is_one_line_that_can_be_printed(where: str, why: str) -> None:
    for said in (Skipped(where, why), Unreadable(where, why)):
        assert (said.where + said.why).isprintable()
        assert (said.where, said.why) == sayable(said.where, said.why)
    if (where + why).isprintable():
        assert sayable(where, why) == (where, why)


def test_what_is_said_is_cut_in_its_middle() -> None:
    where, why = sayable("a" * 9_000 + "z", "b" * 9_000 + "z")
    assert len(where) < 600
    assert len(why) < 1_100
    assert (where[0], where[-1], why[0], why[-1]) == ("a", "z", "b", "z")
    assert " … " in why


def test_inputs_are_the_same_for_the_same_seed_and_differ_otherwise() -> None:
    def some(seed: int) -> list[bytes]:
        return [one.data() for one in hostiles(len(SHAPES), seed)]

    assert some(7) == some(7) != some(8)
    assert [one.name for one in hostiles(4, 1, (".txt", ".csv"))] == [
        "00000.txt",
        "00002.txt",
        "00001.csv",
        "00003.csv",
    ]


def test_saved_pages_are_spoilt(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<p>Ein Text.</p>")
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(b"<p>Noch ein Text.</p>"))
    (tmp_path / "c.txt").write_bytes(b"x")
    pages = saved_pages(tmp_path)
    assert [page.name for page in pages] == ["a.html", "b.html.gz"]
    made = [one.data() for one in hostiles(20, 1, (SAVED,), pages)]
    assert sum(b"Text" in data for data in made) > 5
    assert len(set(made)) > 15


def test_the_watch_sees_an_exception_and_keeps_its_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(path: Path) -> Iterator[object]:
        yield Skipped(str(path), "broken; mend it")
        raise KeyError(path.name)

    monkeypatch.setattr(trying, "_taken", breaks)
    with Ledger.open(tmp_path / "l.db") as book:
        came = came_of(tmp_path / "a.txt", book)
    assert len(came.wrong) == 1
    assert "KeyError" in came.wrong[0]
    assert came.messages == 1


def test_the_watch_sees_a_process_that_ends(tmp_path: Path) -> None:
    worker = Worker(tmp_path)
    try:
        worker.stop()
        came = worker.came_of(tmp_path / "a.txt")
        assert came.wrong == ["the process ended (-9)"]
        (tmp_path / "a.txt").write_text("Ein Text.")
        assert worker.came_of(tmp_path / "a.txt").articles == 1
    finally:
        worker.stop()


def test_a_message_names_the_file_and_what_comes_next() -> None:
    assert unclear(Skipped("a.txt, line 3", "nothing; save it again"), "a.txt") == []
    for said in (Skipped("line 3", "nothing; save it again"), Skipped("a.txt", "damaged"), Skipped("a.txt", " ")):
        assert unclear(said, "a.txt")


def test_the_table_counts_how_inputs_ended() -> None:
    came = {
        ".txt": [
            Came(articles=2, silence=3.0, memory=5_000_000),
            Came(articles=1, messages=1, waited=20.0),
            Came(messages=1, recording=11.0),
        ],
        "": [Came(messages=1, memory=2_000_000_000)],
    }
    assert [line.split("|")[2:-1] for line in table(came).replace(" ", "").splitlines()[2:]] == [
        ["3", "1", "1", "1", "3.0", "20.0", "11.0", "5", "1"],
        ["1", "0", "1", "0", "0.0", "0.0", "0.0", "2000", "1"],
        ["4", "1", "2", "1", "3.0", "20.0", "11.0", "2000", "2"],
    ]


def test_a_run_goes_on_where_its_log_ends_and_keeps_what_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    known, fresh = (Hostile(".txt", number, lambda: b"Ein Text.") for number in (1, 2))
    path = tmp_path / "log.jsonl"
    Log(path).add(known, Came(articles=1, said=["Äpfel"]))
    came = Came(messages=1, wrong=["a crash"])
    monkeypatch.setattr(Worker, "came_of", lambda self, path: came)
    tried([known, fresh], Log(path), tmp_path / "kept")
    assert Log(path).by_kind() == {".txt": [Came(articles=1, said=["Äpfel"]), came]}
    assert [kept.name for kept in (tmp_path / "kept").iterdir()] == ["00002.txt"]
    assert "a crash" in capsys.readouterr().err
