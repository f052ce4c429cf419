"""Articles that share text."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.weigh.copies import CopyReason, copies_of, credits_of, shared_passages
from quellenlage.weigh.groups import groups_of
from quellenlage.weigh.index import FingerprintIndex
from quellenlage.weigh.shingles import shingled
from tests.weighable import AGENCY_TEXT, OTHER_TEXT, article


def test_a_reprint_with_credit_is_a_copy_of_the_agency_text() -> None:
    reprint = f"Haubitzen für Estland\n{AGENCY_TEXT} (dpa)"
    (copy,) = copies_of([article("b", reprint, "Elbtaler Blatt", "2024-09-02"), article("a")])
    assert (copy.original, copy.copy, copy.reason) == ("a", "b", CopyReason.CREDIT)
    assert copy.share == 1.0


def test_passages_stand_where_they_say() -> None:
    half = AGENCY_TEXT[: len(AGENCY_TEXT) // 2]
    other = f"Ganz anders begann der Tag. {half} So viel steht fest, mehr aber nicht."
    (copy,) = copies_of([article("a", outlet="Bote"), article("b", other, "Elbtaler Blatt", "2024-09-03")])
    assert copy.reason is CopyReason.DATE
    for passage in copy.passages:
        mine, theirs = AGENCY_TEXT[passage.start : passage.end], other[passage.other_start : passage.other_end]
        assert mine.casefold().split() == theirs.casefold().split()


def test_moved_paragraphs_are_found() -> None:
    first, second, third, fourth = AGENCY_TEXT.split(". ")
    moved = ". ".join([third, fourth.rstrip("."), first, second]) + "."
    (copy,) = copies_of([article("a"), article("b", moved, "Elbtaler Blatt")])
    assert copy.share > 0.8


def test_a_shared_quotation_makes_no_copy() -> None:
    quotation = "„Wir geben ab, was wir nicht brauchen, und mehr ist es nicht“"
    one = f"{OTHER_TEXT} {OTHER_TEXT[::-1]} {quotation}, sagte der Minister."
    other = f"{AGENCY_TEXT} {AGENCY_TEXT[::-1]} {quotation}, so der Minister."
    assert copies_of([article("a", one, "Blatt"), article("b", other, "Bote")]) == ()


def test_what_an_outlet_repeats_for_days_is_boilerplate() -> None:
    footer = (
        "Unser Brief am Morgen sagt Ihnen, was in Athen, Oslo und Brüssel wichtig wird. Bestellen Sie ihn noch heute "
        "auf unserer Seite, kostenlos und jederzeit kündbar, und lesen Sie beim Kaffee, worüber am Abend alle reden."
    )
    bodies = [
        OTHER_TEXT,
        AGENCY_TEXT,
        "Bern erlaubt die Ausfuhr von Visieren nach Wien, nicht aber die von Zündern. " * 1,
    ]
    articles = [article(str(n), f"{body}\n{footer}", "Bote", f"2024-09-0{n + 1}") for n, body in enumerate(bodies)]
    assert copies_of(articles) == ()
    two_days = [
        article("x", articles[0].text, "Bote", "2024-09-01"),
        article("y", articles[1].text, "Bote", "2024-09-01"),
    ]
    assert len(copies_of(two_days)) == 1


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("Oslo (dpa) - Die Regierung schweigt.", {"dpa"}),
        ("Die Regierung schweigt. (dpa/AFP)", {"dpa", "afp"}),
        ("Die Regierung schweigt. jkl/dpa", {"dpa"}),
        ("Die Regierung schweigt. /APA", {"apa"}),
        ("Die Regierung schweigt. Mit Material von Reuters", {"reuters"}),
        ("Wie Reuters meldet, schweigt die Regierung (Oslo).", set()),
    ],
)
def test_credits(text: str, agencies: set[str]) -> None:
    assert credits_of(text) == agencies


def test_words_are_compared_without_case_and_marks() -> None:
    assert (
        shingled("Oslo gibt ZWÖLF Haubitzen ab.").shingles.tolist()
        == shingled("oslo, gibt zwölf haubitzen „ab“").shingles.tolist()
    )


@given(st.lists(st.sampled_from(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"]), max_size=60), st.integers(0, 40))
def test_a_long_shared_passage_always_shares_a_fingerprint(around: list[str], at: int) -> None:
    passage = [f"wort{n}" for n in range(12)]
    texts = [" ".join([*around[:at], *passage, *around[at:]]), " ".join([*reversed(around), *passage])]
    first, second = (set(shingled(text).fingerprints.tolist()) for text in texts)
    assert first & second


@given(st.text())
def test_any_text_can_be_shingled(text: str) -> None:
    words = shingled(text)
    assert words.words == len(words.ends)
    assert list(shared_passages(words, words)) == [] or words.words >= 8


@given(st.lists(st.integers(0, 30), min_size=1, max_size=12), st.integers(1, 5))
def test_the_index_finds_the_same_pairs_in_any_portions(sizes: list[int], portion: int) -> None:
    prints = [shingled(" ".join(f"w{(n + k) % 40}" for k in range(size))).fingerprints for n, size in enumerate(sizes)]
    whole = sorted(FingerprintIndex().add(prints))
    index = FingerprintIndex()
    parts = [index.add(prints[at : at + portion]) for at in range(0, len(prints), portion)]
    assert sorted(pair for part in parts for pair in part) == whole
    assert all(earlier < later for earlier, later, _ in whole)


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"))), st.randoms())
def test_groups_do_not_depend_on_order(pairs: list[tuple[str, str]], chance: random.Random) -> None:
    shuffled = [tuple(chance.sample(pair, 2)) for pair in chance.sample(pairs, len(pairs))]
    assert groups_of(pairs) == groups_of((a, b) for a, b in shuffled)


def test_a_text_that_repeats_itself_is_no_more_a_copy_than_the_other() -> None:
    paragraph = (
        "Oslo will Tallinn zwölf Haubitzen überlassen, und zwar noch vor dem Winter, sagt das Ministerium am Montag."
    )
    live = "\n".join(f"{paragraph} Stand {n} Uhr, mehr folgt." for n in range(10))
    long = f"{OTHER_TEXT} {OTHER_TEXT[::-1]} {paragraph}"
    there, back = (copies_of([article(a, live, "Bote"), article(b, long, "Blatt")]) for a, b in ("ab", "ba"))
    assert [copy.share for copy in there] == [copy.share for copy in back]
