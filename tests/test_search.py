"""What is found, by which words, and in which words it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Article, Claim, Reading, Stage
from quellenlage.ledger import ClaimFilter, Ledger, LedgerError
from quellenlage.ledger.asking import search_of
from quellenlage.ledger.searching import snippet_of
from quellenlage.ledger.words import words_of

TEXTS = {
    "granaten": "Seoul meldet: Nordkorea hat Artilleriegranaten nach Russland verschifft.",
    "drohnen": "Teheran bestreitet, dass Aufklärungsdrohnen vom Typ Mohajer-6 an den Sudan gingen.",
    "wetter": "Der Sturm deckte in der Nacht Dächer ab; die Große Brücke blieb gesperrt.",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db") as opened:
        for number, (doc, text) in enumerate(TEXTS.items()):
            article = Article(doc, doc, text, published=f"2024-0{number + 1}-05")
            claims = []
            if doc == "granaten":
                claims = [Claim("g1", doc, Stage.DELIVERED, ("KP",), ("RU",), ("ammunition",))]
            if doc == "drohnen":
                claims = [Claim("d1", doc, Stage.UNDERWAY, ("IR",), ("SD",), ("drones",), denied_by=("IR",))]
            opened.record(article, Reading(doc, "1"), claims)
        yield opened


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Artilleriegranate", {"granaten"}),
        ("Granaten", {"granaten"}),
        ("granate", {"granaten"}),
        ("Artillerie", {"granaten"}),
        ("Drohne", {"drohnen"}),
        ("drohn*", {"drohnen"}),
        ("Mohajer-6", {"drohnen"}),
        ('"Nordkorea hat"', {"granaten"}),
        ('"hat Nordkorea"', set()),
        ("gross Bruecke", {"wetter"}),
        ("Sturm Nordkorea", set()),
        ("in -Nacht", set()),
        ("der -Sturm", set()),
        ("Nacht -Granaten", {"wetter"}),
        ("von:Nordkorea", {"granaten"}),
        ("from:KP to:Russland", {"granaten"}),
        ("an:SD Drohnen", {"drohnen"}),
        ("an:SD Granaten", set()),
        ("haltung:denied", {"drohnen"}),
        ("gut:Munition", {"granaten"}),
        ("stufe:delivered", {"granaten"}),
        ("ab:2024-02 stance:denied", {"drohnen"}),
        ("dementiert:Iran", {"drohnen"}),
        ("denies:KP", set()),
        ("confirms:IR", set()),
        ("bis:2024-01 von:KP", {"granaten"}),
        ("bis:2023 von:KP", set()),
        ("", {"granaten", "drohnen"}),
    ],
)
def test_words_and_fields_find(ledger: Ledger, asked: str, found: set[str]) -> None:
    hits = ledger.search(asked)
    assert {hit.article.doc for hit in hits.hits} == found
    assert (hits.count, hits.more) == (len(found), False)


def test_the_latest_come_first_and_pages_follow(ledger: Ledger) -> None:
    assert [hit.article.doc for hit in ledger.search("n*", most=2).hits] == ["wetter", "granaten"]
    assert [hit.article.doc for hit in ledger.search("d*", first=1, most=5).hits] == ["drohnen"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("-Granaten", "must be there"),
        ("stufe:irgendwie", "no stage"),
        ("haltung:froh", "no stance"),
        ("ab:gestern", "no day"),
        ("-von:KP Granaten", "only words"),
        ("von:", "says nothing"),
    ],
)
def test_what_cannot_be_asked_says_so(ledger: Ledger, asked: str, said: str) -> None:
    with pytest.raises(LedgerError, match=said):
        ledger.search(asked)


def test_marks_stand_on_the_words(ledger: Ledger) -> None:
    (hit,) = ledger.search("Granate russland").hits
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
    assert marked == ["Artilleriegranaten", "Russland"]


@given(st.text(max_size=60))
def test_no_words_break_the_search(asked: str) -> None:
    try:
        found = search_of(asked)
    except LedgerError:
        return
    assert all(term.stems for term in found.terms)


@given(st.text(alphabet="abcdeäöüß -\n.", max_size=400), st.sampled_from(["ab", "de", "äö"]))
def test_a_snippet_is_a_piece_of_the_text_with_marks_inside(text: str, word: str) -> None:
    terms = search_of(word).terms
    snippet = snippet_of(text, terms)
    assert snippet.text in text
    stems = {stem for term in terms for stem in term.stems}
    for start, end in snippet.marks:
        (marked,) = words_of(snippet.text[start:end])
        assert stems & {marked.stem, *marked.parts}


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    for word in words_of(text):
        assert text[word.start : word.end].strip()


def test_a_filter_alone_goes_the_way_of_the_rarest_facet(ledger: Ledger) -> None:
    page = ledger.page(ClaimFilter(supplier="ir", item_class="drones", stance="denied"))
    assert [claim.id for claim in page.claims] == ["d1"]
    assert ledger.page(ClaimFilter(supplier="IR", recipient="RU")).count == 0
    assert [claim.id for claim in ledger.page(first=1, most=1).claims] == ["g1"]


def test_a_run_of_letters_beyond_all_words_is_known_by_its_beginning() -> None:
    (word,) = words_of("a" * 5_000_000)
    assert (word.start, word.end, word.parts) == (0, 5_000_000, ())
    assert word.stem == "a" * 100
