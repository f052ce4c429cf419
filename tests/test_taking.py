"""Whatever a person names is sifted, taken out of its form, cleaned and read, and can be had back as it came."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from quellenlage.domain import Article
from quellenlage.intake import Arrival, Dropped, Skipped, taking
from quellenlage.intake.taking import Taken, Way, taken_from
from quellenlage.intake.triage import Triage
from quellenlage.ledger import Ledger
from quellenlage.reader import ModelReader
from quellenlage.steps import may_tell
from tests.commands import call, said

REPORT = """Oslo schickt Haubitzen nach Riga
Norwegen liefert Lettland zwölf Haubitzen. Das teilte das Verteidigungsministerium in Oslo am Montag mit.
Lesen Sie auch: Estland kauft Drohnen in der Türkei
Der Kreml äußerte sich zunächst nicht.
"""
WEATHER = "Sonne im Norden\nAm Wochenende wird es an der Küste warm und trocken.\n"
TICKER = """Alle Meldungen im Ticker
18:40 Uhr: Oslo liefert Haubitzen
Norwegen liefert Lettland zwölf Haubitzen, teilte das Ministerium in Oslo mit.
16:05 Uhr: Regen in Riga
Am Nachmittag regnet es in Riga.
09:15 Uhr: Tallinn kauft Drohnen
Estland kauft in der Türkei sechs Drohnen, sagte der Minister in Tallinn.
"""
PAGE = f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<title>Oslo schickt Haubitzen nach Riga</title></head>
<body><nav><a href="/">Start</a></nav><article><h1>Oslo schickt Haubitzen nach Riga</h1>
{"".join(f"<p>{line}</p>" for line in REPORT.splitlines()[1:])}
<p>Die Regierung in Riga dankte und kündigte an, die Geschütze an der Grenze im Osten des Landes aufzustellen.</p>
</article></body></html>"""


def docs(taken: list[Taken]) -> list[str]:
    return [one.article.doc if isinstance(one, Arrival) else type(one).__name__ for one in taken]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_what_cannot_speak_of_a_transfer_is_dropped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(WEATHER, encoding="utf-8")
    report, weather = taken_from([tmp_path], Way())
    assert isinstance(report, Arrival)
    assert isinstance(weather, Dropped)
    assert (weather.where, weather.look) == (str(tmp_path / "b.txt"), "bytes")
    done = call(tmp_path / "l.db", "read", tmp_path)
    assert "Dropped by triage: 1 (by their bytes 1, by their text 0, at a look of the reader 0)" in said(done)
    assert "1 new articles read" in said(done)
    assert "1 new articles read" in said(call(tmp_path / "l.db", "read", tmp_path, "--no-triage"))


def test_several_processes_take_in_the_same_in_the_same_order(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number:02}.txt").write_text(REPORT.replace("zwölf", str(number + 2)), encoding="utf-8")
    (tmp_path / "07.txt").write_text(WEATHER, encoding="utf-8")
    (tmp_path / "15.json").write_text('{"text": "Norwegen liefert Lettland zwölf Haubitzen.', encoding="utf-8")
    alone, together = (list(taken_from([tmp_path], Way(processes=many))) for many in (1, 3))
    assert together == alone
    assert docs(alone).count("Skipped") == docs(alone).count("Dropped") == 1


def test_no_more_originals_wait_than_memory_bears(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(14):
        (tmp_path / f"{number:02}.txt").write_text(REPORT, encoding="utf-8")
    begun: list[Path] = []

    def places() -> Iterator[Path]:
        for path in sorted(tmp_path.iterdir()):
            begun.append(path)
            yield path

    monkeypatch.setattr(taking, "_MOST_AHEAD", len(REPORT) // 2)
    ahead = [len(begun) - done for done, _ in enumerate(taken_from(places(), Way(triage=None, processes=2)), 1)]
    assert len(ahead) == 14
    assert max(ahead) <= 1


def test_a_folder_of_many_forms_comes_in_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "c.csv").write_text(f'titel;text;datum\nX;"{REPORT}";09.03.2024\n', encoding="cp1252")
    (tmp_path / "d.eml").write_text(
        f"Subject: Heute\nContent-Type: text/plain; charset=utf-8\n\n{REPORT}", encoding="utf-8"
    )
    (tmp_path / "e.jsonl").write_text(json.dumps({"id": "zeile", "text": REPORT}) + "\n", encoding="utf-8")
    found = list(taken_from([tmp_path], Way()))
    articles = [one.article for one in found if isinstance(one, Arrival)]
    assert len(articles) == 5
    assert all("zwölf Haubitzen" in article.text for article in articles)
    assert all("Lesen Sie auch" not in article.text for article in articles)
    assert articles[2].published == "2024-03-09"


def test_an_original_comes_back_as_it_came(tmp_path: Path) -> None:
    page = tmp_path / "seite.html"
    page.write_bytes(PAGE.encode("utf-16"))
    assert call(tmp_path / "l.db", "read", page).exit_code == 0
    done = call(tmp_path / "l.db", "original", "seite", "--out", tmp_path / "wieder.html")
    assert done.exit_code == 0
    assert (tmp_path / "wieder.html").read_bytes() == page.read_bytes()


def test_intake_explains_what_each_step_did(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(REPORT, encoding="utf-8")
    done = said(call(tmp_path / "l.db", "intake", path, "--explain"))
    assert "teasers – leads to other articles" in done
    assert "− Lesen Sie auch: Estland kauft Drohnen in der Türkei" in done
    assert "Triage keeps it." in done
    assert not (tmp_path / "l.db").exists()
    german = said(call(tmp_path / "l.db", "intake", path, "--explain", lang="de"))
    assert "Die Vorauswahl behält ihn." in german


def test_a_ticker_is_read_by_its_entries_and_exported_as_the_page_that_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ticker.json"
    path.write_text(json.dumps({"text": TICKER, "published": "2024-03-09T20:00:00+01:00"}), encoding="utf-8")
    ledger = tmp_path / "l.db"
    call(ledger, "read", path)
    with Ledger.open(ledger) as book:
        assert [part.published for part in book.parts("ticker")] == [
            "2024-03-09T20:00:00+01:00",
            "2024-03-09T18:40+01:00",
            "2024-03-09T16:05+01:00",
            "2024-03-09T09:15+01:00",
        ]
    (article,) = map(json.loads, call(ledger, "export", "articles").stdout.splitlines())
    (claims,) = map(json.loads, call(ledger, "export", "claims").stdout.splitlines())
    assert article["doc"] == claims["doc"] == "ticker"
    assert {party for one in claims["transfers"] for party in one["recipient"]} == {"LV", "EE"}
    for transfer in claims["transfers"]:
        for entry in transfer["evidence"]:
            assert article["text"][entry["start"] : entry["end"]] == entry["text"]
    shown = said(call(ledger, "show", "ticker"))
    assert shown.index("Oslo liefert Haubitzen") < shown.index("Regen in Riga") < shown.index("Tallinn kauft Drohnen")
    (tmp_path / "again.jsonl").write_text(json.dumps(article), encoding="utf-8")
    assert "Nothing new" in said(call(ledger, "read", tmp_path / "again.jsonl"))


def test_an_address_is_fetched_where_that_is_allowed(tmp_path: Path) -> None:
    (tmp_path / "seite.html").write_text(PAGE, encoding="utf-8")
    with served(tmp_path) as host:
        address = f"{host}/seite.html"
        (refused,) = taken_from([address], Way())
        assert isinstance(refused, Skipped)
        assert "127.0.0.1" in refused.why
        (found,) = taken_from([address], Way(allow_private=True))
    assert isinstance(found, Arrival)
    assert (found.article.url, found.original.address) == (address, address)
    assert found.original.data == PAGE.encode()


def test_the_pages_of_a_list_of_addresses_are_fetched(tmp_path: Path) -> None:
    (tmp_path / "seite.html").write_text(PAGE, encoding="utf-8")
    liste = tmp_path / "liste.csv"
    with served(tmp_path) as host:
        liste.write_text(
            f"url,title,publish_date,media_name\n{host}/seite.html,X,2024-03-09,Küstenblatt\n{host}/weg.html,Y,,\n",
            encoding="utf-8",
        )
        found, missing = taken_from([liste], Way(are_lists=True, allow_private=True))
    assert isinstance(found, Arrival)
    assert (found.article.outlet, found.article.published) == ("Küstenblatt", "2024-03-09")
    assert isinstance(missing, Skipped)
    assert "404" in missing.why


@pytest.mark.parametrize("columns", ["text", "=Inhalt", "text="])
def test_columns_that_cannot_be_read_are_refused(tmp_path: Path, columns: str) -> None:
    done = call(tmp_path / "l.db", "read", tmp_path, "--columns", columns)
    assert done.exit_code == 2


def test_the_columns_of_a_table_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "tabelle.csv"
    path.write_text(f'a,b\n1,"{REPORT}"\n', encoding="utf-8")
    (skipped,) = taken_from([path], Way())
    assert isinstance(skipped, Skipped)
    assert "--columns" in skipped.why
    (found,) = taken_from([path], Way(columns={"text": "b"}))
    assert isinstance(found, Arrival)
    assert isinstance(found.article, Article)


class Looks:
    """Stands in for the reader: says what it is told to, and remembers what it was shown."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer
        self.shown: list[str] = []

    def finds_trigger(self, text: str) -> bool:
        self.shown.append(text)
        return self.answer


@pytest.mark.parametrize("answer", [True, False])
def test_of_a_long_article_the_reader_sees_only_what_triage_kept_it_for(answer: bool) -> None:
    told = "Norwegen liefert Lettland zwölf Haubitzen."
    article = Article("1", "lang", "\n".join([*["Am Hafen von Oslo schien den ganzen Tag die Sonne."] * 40, told]))
    reader = Looks(answer)
    assert may_tell(article, reader, Triage()) is answer
    assert reader.shown == [told]


def test_a_short_article_and_without_triage_any_is_read_anyway() -> None:
    reader = Looks(False)
    short, long = Article("1", "kurz", REPORT), Article("2", "lang", REPORT * 20)
    assert may_tell(short, reader, Triage())
    assert may_tell(long, reader, None)
    assert reader.shown == []


def test_the_reader_tells_a_transfer_at_one_look() -> None:
    reader = ModelReader.load(threads=1)
    assert reader.finds_trigger("Norwegen liefert Lettland zwölf Haubitzen.")
    assert not reader.finds_trigger("Am Hafen von Oslo schien den ganzen Tag die Sonne.")
    assert not reader.finds_trigger(" ")
