"""What pages leave in a text goes, in steps that can be seen, and what an article says stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Article, MarkKind
from quellenlage.intake.cleaning import Cleaned, cleaned
from quellenlage.intake.cleaning.glued import parted
from quellenlage.intake.cleaning.marks import marks_of
from quellenlage.intake.credits import credits_of

HEADLINE = "Oslo schickt Panzer nach Riga"
TOLD = "Norwegen liefert Lettland acht Kampfpanzer, teilte das Ministerium in Oslo mit."
MORE = "Der lettische Minister dankte für die Hilfe."


def clean(*lines: str, published: str | None = None) -> Cleaned:
    text = "\n".join(lines)
    return cleaned(Article("0", "doc", text, title=lines[0], published=published))


def text_of(*lines: str) -> str:
    (article,) = clean(*lines).articles
    return article.text


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("Lesen Sie auch: Riga kauft Drohnen in Ankara", "teasers"),
        ("LESEN SIE AUCH:Riga kauft Drohnen", "teasers"),
        ("Mehr zum Thema: Riga kauft Drohnen in Ankara", "teasers"),
        ("Read also: Riga buys drones", "teasers"),
        ("Artikel teilen | Drucken | Merken", "share_bars"),
        ("Facebook Twitter WhatsApp E-Mail", "share_bars"),
        ("Folgen Sie uns auf Telegram!", "share_bars"),
        ("ANZEIGE", "advertising"),
        ("Foto: Imago/Muster", "captions"),
        ("Der Panzer auf der Straße nach Riga. Bild: Agentur/Muster", "captions"),
        ("Minister Muster (links) und seine Kollegin Probe (rechts).", "captions"),
        ("Panzer im Hafen von Riga (Symbolbild)", "captions"),
        ("source site-7", "stray_lines"),
        ("Themen:", "stray_lines"),
        ("Lesedauer: 3 Minuten", "stray_lines"),
    ],
)
def test_a_line_of_the_page_goes_and_is_told(line: str, step: str) -> None:
    done = clean(HEADLINE, TOLD, line, MORE)
    assert done.articles[0].text == "\n".join([HEADLINE, TOLD, MORE])
    ((edit),) = done.edits
    assert (edit.step, edit.words, edit.became) == (step, line, "")
    assert edit.why


@pytest.mark.parametrize(
    "line",
    [
        "Lesen Sie den Originalartikel auf Beispielpost",
        "Die Zeitung zeigte ein Foto: vier Männer, ein Tisch, niemand lächelt.",
        "Auf dem Video: Soldaten laden Kisten aus. Das Ministerium bestätigte die Lieferung. Riga schwieg dazu.",
        "Mehr zum Thema Panzer wollte der Minister am Montag nicht sagen.",
        "Die Anzeige gegen den Hersteller liegt bei der Staatsanwaltschaft.",
        "Riga, Tallinn und Vilnius teilen sich die Kosten.",
        "/jkl/dpa",
        "„Wir haben Minister Muster (links) nichts versprochen“, sagte sie.",
    ],
)
def test_what_the_article_says_stays(line: str) -> None:
    assert text_of(HEADLINE, TOLD, line, MORE) == "\n".join([HEADLINE, TOLD, line, MORE])


def test_headlines_under_a_heading_of_other_articles_go_with_it_and_the_next_paragraph_stays() -> None:
    text = text_of(
        HEADLINE, TOLD, "Das könnte Sie auch interessieren", "Tallinn kauft Drohnen", "Gas wird teurer", MORE
    )
    assert text == "\n".join([HEADLINE, TOLD, MORE])


def test_a_text_of_nothing_but_furniture_stays_as_it_is() -> None:
    assert (
        text_of("Lesen Sie auch: Riga kauft Drohnen", "Foto: Imago")
        == "Lesen Sie auch: Riga kauft Drohnen\nFoto: Imago"
    )


def test_a_paragraph_that_comes_twice_stands_once() -> None:
    assert text_of(HEADLINE, TOLD, MORE, TOLD) == "\n".join([HEADLINE, TOLD, MORE])


def test_letters_are_made_whole_and_entities_resolved() -> None:
    assert text_of(HEADLINE, "Der Minister fÃ¼r Ã„mter &amp; Waffen") == f"{HEADLINE}\nDer Minister für Ämter & Waffen"


def test_the_headline_that_was_furniture_is_replaced_by_the_next() -> None:
    (article,) = clean("Erstellt von - Uhr", HEADLINE, TOLD).articles
    assert article.title == HEADLINE


@pytest.mark.parametrize(
    ("glued", "apart"),
    [
        ("sagte die Ministerin derRigaer Zeitung", "sagte die Ministerin der Rigaer Zeitung"),
        ("Der Musterkurierberichtete am Montag", "Der Musterkurier berichtete am Montag"),
        ("sprach mit ABCAm Montag", "sprach mit ABC Am Montag"),
        ("wurde verlegt.Das Treffen fiel aus", "wurde verlegt. Das Treffen fiel aus"),
        ("Im Mai,Beobachter meinen das", "Im Mai, Beobachter meinen das"),
    ],
)
def test_glued_words_are_parted(glued: str, apart: str) -> None:
    assert parted(glued)[0] == apart


@pytest.mark.parametrize(
    "words",
    [
        "Nach Medienberichten untersagte das Amt die Ausfuhr.",
        "Angemeldet hat sich die GmbH auf YouTube.",
        "Besagte Lieferung aus BERLIN und TEHERAN",
        "z.B. die F-16, ca. 40 Stück, v.a. AMRAAM",
        "Nachzulesen auf beispiel.de und www.Beispiel.de",
    ],
)
def test_words_that_belong_together_stay_together(words: str) -> None:
    assert parted(words) == (words, ())


def test_datelines_and_ages_stay_and_are_marked() -> None:
    text = f"{HEADLINE}\nOslo (dpa) - Minister Muster (54) sagte Riga (2024) acht Panzer zu."
    marks = [(text[mark.start : mark.end], mark.kind) for mark in marks_of(text)]
    assert marks == [("Oslo (dpa) - ", MarkKind.DATELINE), ("54", MarkKind.AGE)]
    assert text_of(*text.split("\n")) == text


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("Titel\nOslo (dpa/AFP) - Text steht hier.", ("dpa", "AFP")),
        ("Titel\nText steht hier.\n/jkl/dpa", ("dpa",)),
        ("Titel\nText steht hier. (Reuters)", ("Reuters",)),
        ("Titel\nText steht hier.\nMit Material von AFP und dpa", ("AFP", "dpa")),
        ("Titel\nDie Agentur AFP meldete das am Montag aus Oslo.", ()),
    ],
)
def test_agencies_are_credited_where_the_text_credits_them(text: str, agencies: tuple[str, ...]) -> None:
    assert credits_of(text) == agencies


TICKER = (
    "Alle Meldungen im Ticker",
    "Das Wichtigste des Tages in Kürze.",
    "18:40 Uhr: Oslo liefert Panzer",
    TOLD,
    "+++ 09.15 Uhr: Riga dankt +++",
    MORE,
    "23:50 | Tallinn bestellt Drohnen",
    "Estland bestellt Drohnen in Ankara.",
)


def test_a_ticker_becomes_an_article_an_entry_with_its_own_time() -> None:
    parts = clean(*TICKER, published="2024-03-09T19:00:00+01:00").articles
    assert [(part.doc, part.title, part.published) for part in parts] == [
        ("doc#0", TICKER[0], "2024-03-09T19:00:00+01:00"),
        ("doc#1", "Oslo liefert Panzer", "2024-03-09T18:40+01:00"),
        ("doc#2", "Riga dankt", "2024-03-09T09:15+01:00"),
        ("doc#3", "Tallinn bestellt Drohnen", "2024-03-08T23:50+01:00"),
    ]
    assert {part.part_of for part in parts} == {"doc"}
    assert "\n".join(part.text for part in parts) == "\n".join(TICKER)


def test_a_day_of_its_own_holds_for_the_entries_under_it() -> None:
    *_, last = clean(*TICKER[:6], "Freitag, 1. März 2024", *TICKER[6:], published="2024-03-09").articles
    assert last.published == "2024-03-01T23:50"


def test_two_times_make_no_ticker() -> None:
    assert len(clean(*TICKER[:6]).articles) == 1


LINES = st.lists(
    st.sampled_from(
        [*TICKER, "Lesen Sie auch: Mehr", "Foto: Imago", "mitJim sprach derBund.Das war", "fÃ¼r &amp;amp; das"]
    )
    | st.text(max_size=40),
    min_size=1,
    max_size=12,
)


@given(LINES)
def test_cleaning_what_is_clean_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    if text.strip():
        for article in cleaned(Article("0", "doc", text)).articles:
            again = cleaned(article).articles
            assert again == (article,)


@given(LINES)
def test_marks_lie_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    for mark in marks_of(text):
        assert 0 <= mark.start < mark.end <= len(text)
