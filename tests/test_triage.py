"""What triage keeps and drops, whatever the bytes look like."""

from __future__ import annotations

import gzip
import html
import json
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.triage import NO_TRANSFER, NO_WEAPON, Triage
from training.corpus import load, split

DEAL = (
    "Rüstungsgüter für Kiew\n"
    "Die Regierung in Wien hat der Ukraine zwölf Geschütze und schwere Mörsergranaten überlassen, sagte ein Sprecher.\n"
    "Im Frühjahr sollen weitere Lieferungen von Haubitzen und Munition folgen."
)
ENGLISH = "Canada will supply armoured vehicles to Latvia. The contract also covers ammunition, officials said."
WEATHER = (
    "Regen im Süden\n"
    "Am Wochenende bringt ein Tief aus dem Westen kräftigen Regen. Erst am Montag kommt die Sonne zurück.\n"
    "Danach bleibt es wechselhaft, meldete der Wetterdienst am Freitag in Offenbach."
)
BATTLE = "Bei einem Angriff auf die Stadt sind drei Soldaten getötet worden. Eine Rakete schlug in einem Wohnhaus ein."


def page(text: str, aside: str = "") -> str:
    title, *lines = text.splitlines()
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)
    return f"<html><head><title>Seite</title></head><body><h1>{title}</h1>{paragraphs}{aside}</body></html>"


FORMS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: page(text).encode(),
    "utf-8 in capitals": lambda text: page(text.upper()).encode(),
    "windows-1252": lambda text: page(text).encode("cp1252"),
    "utf-16": lambda text: page(text).encode("utf-16"),
    "utf-16 without a mark": lambda text: page(text).encode("utf-16-le"),
    "utf-32": lambda text: page(text).encode("utf-32"),
    "numbered entities": lambda text: page(text).encode("ascii", errors="xmlcharrefreplace"),
    "named entities": lambda text: page(text).translate(NAMED).encode("ascii"),
    "umlauts spelt out": lambda text: page(text).translate(SPELT_OUT).encode("ascii"),
    "utf-8 read as windows-1252": lambda text: page(text).encode().decode("cp1252", errors="replace").encode(),
    "json": lambda text: json.dumps({"@type": "NewsArticle", "articleBody": text}).encode(),
    "text": lambda text: text.encode(),
}
NAMED = str.maketrans({"ä": "&auml;", "ö": "&ouml;", "ü": "&uuml;", "ß": "&szlig;", "Ü": "&Uuml;"})
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@pytest.mark.parametrize("form", FORMS)
def test_an_article_about_a_transfer_is_kept_in_every_encoding(form: str) -> None:
    assert Triage().drops_bytes(FORMS[form](DEAL)) is None


@pytest.mark.parametrize("form", FORMS)
def test_other_news_is_dropped_in_every_encoding(form: str) -> None:
    assert Triage().drops_bytes(FORMS[form](WEATHER)) == NO_WEAPON


def test_texts_are_judged_alike() -> None:
    assert Triage().drops_text(DEAL) is None
    assert Triage().drops_text(ENGLISH) is None
    assert Triage().drops_text(WEATHER) == NO_WEAPON


def test_a_war_report_without_a_transfer_is_dropped_for_being_unlikely() -> None:
    reason = Triage(threshold=0.9).drops_text(BATTLE + " Die Behörden geben keine Zahlen heraus.")
    assert reason is not None
    assert reason.startswith("a transfer is unlikely")


@pytest.mark.parametrize(
    "aside",
    [
        '<a href="/waffen"><h3>Waffen</h3><p>Berlin liefert Kiew zwölf Haubitzen und sehr viel Munition.</p></a>',
        '<img src="x.jpg" alt="Berlin liefert der Ukraine zwölf Haubitzen und sehr viel Munition.">',
        "<li>Waffenlieferung</li>",
        "<script>function liefern(haubitzen) { return haubitzen + munition + kaufen + verkaufen + export; }</script>",
    ],
    ids=["teaser in a link", "attribute", "menu", "script"],
)
def test_what_a_page_has_beside_its_article_does_not_keep_it(aside: str) -> None:
    assert Triage().drops_bytes(page(WEATHER, aside).encode()) == NO_TRANSFER


def test_soft_hyphens_do_not_hide_words() -> None:
    text = DEAL.replace("Geschütze", "Ge&shy;schüt&shy;ze").replace("Haubitzen", "Hau\u00adbit\u00adzen")
    text = text.replace("granaten", "gra&shy;naten").replace("Munition", "Mu&shy;nition").replace("Rüst", "Rü&shy;st")
    data = f"<p>{text}</p>".encode()
    assert Triage().drops_bytes(data) is None
    assert Triage().drops_text(DEAL.replace("Haubitzen", "Hau\u00adbit\u00adzen")) is None


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7 abc", b"PK\x03\x04abc", gzip.compress(b"Regen", mtime=0), b"PAR1abc"],
    ids=["pdf", "zip", "gzip", "parquet"],
)
def test_what_is_compressed_is_kept(data: bytes) -> None:
    assert Triage().drops_bytes(data) is None


def test_the_threshold_decides_and_a_higher_one_drops_more() -> None:
    texts = [DEAL, ENGLISH, BATTLE, *(a.text for a in load()[:60])]
    kept = [[Triage(t).drops_text(text) is None for text in texts] for t in (0.0, 0.3, 0.9, 1.0)]
    for looser, stricter in pairwise(kept):
        assert all(loose or not strict for loose, strict in zip(looser, stricter, strict=True))
    assert sum(kept[0]) > sum(kept[-1])


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_that_is_no_likelihood_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Triage(threshold)


def test_articles_held_back_that_hold_a_transfer_come_through_as_pages_and_as_texts() -> None:
    _, held_back = split(load())
    texts = [article.text for article in held_back if article.stages]
    triage = Triage()
    through = [triage.drops_bytes(page(t).encode()) is None and triage.drops_text(t) is None for t in texts]
    assert sum(through) >= 0.995 * len(texts)


def test_it_can_be_sent_to_other_processes_and_used_by_several_threads() -> None:
    triage = pickle.loads(pickle.dumps(Triage(0.3)))
    assert triage == Triage(0.3)
    data = [page(text).encode() * 20 for text in (DEAL, WEATHER)] * 50
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(triage.drops_bytes, data)) == [triage.drops_bytes(one) for one in data]


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode(errors="replace")))
def test_any_bytes_give_an_answer(noise: bytes) -> None:
    reason = Triage().drops_bytes(noise + b" <p>Panzer geliefert</p> " + noise)
    assert reason is None or reason


@given(st.text(max_size=300))
def test_any_text_gives_an_answer(text: str) -> None:
    reason = Triage().drops_text(text + "\nPanzer geliefert, schrieb die Zeitung.\n" + text)
    assert reason is None or reason
