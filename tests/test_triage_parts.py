"""The parts of triage: stems, the automaton, passages, sentences, the classifier and what it learns from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.intake.triage import stems
from quellenlage.intake.triage.automaton import Automaton
from quellenlage.intake.triage.classifier import Classifier, features
from quellenlage.intake.triage.passages import REACH, passages
from quellenlage.intake.triage.sentences import LONGEST, sentences
from quellenlage.intake.triage.stems import BEGINNING, spellings
from training.triage import Example, learned

STEMS = stems.load()
ALL = (*STEMS.weapons, *STEMS.transfers)


def found(data: bytes, *wanted: str, traps: tuple[str, ...] = ()) -> list[bytes]:
    result = Automaton.of(wanted, traps).find(data)
    return [result.data[start:end] for start, end in result.places]


def test_stems_come_from_the_lists_of_names_and_from_the_own_one() -> None:
    assert "haubitze" in STEMS.weapons  # item_words.yaml
    assert "|f 16" in STEMS.weapons  # weapons.yaml
    assert "rüstung" in STEMS.weapons
    assert "liefer" in STEMS.transfers


def test_no_stem_holds_another_which_would_find_it_anyway() -> None:
    for words in (STEMS.weapons, STEMS.transfers):
        anywhere = [word for word in words if not word.startswith(BEGINNING)]
        assert [w for w in words if any(other in w for other in anywhere if other != w)] == []


@given(st.sampled_from(ALL).flatmap(lambda stem: st.tuples(st.just(stem), st.sampled_from(spellings(stem)))), st.data())
def test_every_spelling_is_found_where_it_stands(written: tuple[str, bytes], data: st.DataObject) -> None:
    stem, spelling = written
    before = data.draw(st.sampled_from([b"", b"\xff\xfe ", b"<p>", b'{"text": "']))
    after = data.draw(st.sampled_from([b"", b"en der", b"</p>"]))
    result = Automaton.of([stem]).find(before + spelling + after)
    assert (len(before), len(before) + len(spelling)) in result.places


def test_case_makes_no_difference() -> None:
    written = [word.encode() for word in ("RÜSTUNG", "Rüstung", "rüstung")]
    assert found(b", ".join(written), "rüstung") == written


def test_a_bar_asks_for_the_beginning_of_a_word() -> None:
    assert found(b"Die Jets; Gadgets, Widjets, (jets)", "|jets") == [b"Jets", b"jets"]


def test_what_lies_within_a_trap_does_not_count() -> None:
    data = "urheberrechtlich geschützt, ein Geschütz".encode()
    assert found(data, "geschütz", traps=("geschützt",)) == ["Geschütz".encode()]


def test_soft_hyphens_are_taken_out_only_where_there_are_some() -> None:
    automaton = Automaton.of(["haubitze"])
    assert automaton.find("Hau\u00adbit&shy;zen".encode()).data == b"Haubitzen"
    plain = b"Haubitzen"
    assert automaton.find(plain).data is plain


PARAGRAPH = "<p>Das Land hat <b>zwölf</b> <a href='/h'>Haubitzen</a> bestellt &ndash; f&uuml;r den Winter.</p>"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (PARAGRAPH, "Das Land hat zwölf Haubitzen bestellt – für den Winter."),
        (
            '{"body": "Das Land hat Haubitzen bestellt, f\\u00fcr den Winter."}',
            "Das Land hat Haubitzen bestellt, für den Winter.",
        ),
        (
            "Das Land hat Haubitzen bestellt,\nund zwar für den Winter.",
            "Das Land hat Haubitzen bestellt, und zwar für den Winter.",
        ),
    ],
    ids=["page", "json", "text"],
)
def test_a_passage_is_the_text_between_two_boundaries(data: str, text: str) -> None:
    result = Automaton.of(["haubitze"]).find(data.encode())
    assert passages(result.data, result.places) == [text]


def test_the_same_passage_comes_once() -> None:
    data = ("<div>" + PARAGRAPH + "</div>").encode() * 3
    assert len(passages(data, Automaton.of(["haubitze"]).find(data).places)) == 1


@given(st.integers(0, 3 * REACH), st.integers(0, 3 * REACH))
def test_a_passage_never_grows_beyond_its_reach(before: int, after: int) -> None:
    data = b"ab " * (before // 3) + b"haubitze " + b"cd " * (after // 3)
    for passage in passages(data, Automaton.of(["haubitze"]).find(data).places):
        assert "haubitze" in passage
        assert len(passage) <= 2 * REACH + len("haubitze")


def test_sentences_end_behind_words_but_not_behind_abbreviations() -> None:
    assert sentences("Er kam am 3. Mai mit Dr. Roth. Sie blieb.\nEnde") == [
        "Er kam am 3. Mai mit Dr. Roth.",
        "Sie blieb.",
        "Ende",
    ]


@given(st.text(max_size=3 * LONGEST))
def test_sentences_lose_nothing_but_white_space(text: str) -> None:
    cut = sentences(text)
    assert "".join("".join(cut).split()) == "".join(text.split())
    assert all(0 < len(sentence) <= LONGEST for sentence in cut)


def test_features_are_words_their_ends_and_neighbours_with_numbers_made_one() -> None:
    assert features("12 Waffenlieferungen") == {"0", "waffenlieferungen", "waffe-", "-rungen", "0 waffe"}


def test_a_likelihood_lies_between_none_and_one_whatever_the_weights() -> None:
    classifier = Classifier(-5000.0, {"panzer": 10_000.0})
    assert classifier.likelihood("Regen") < 0.001
    assert classifier.likelihood("Panzer") > 0.999


def test_what_is_learned_tells_the_examples_apart_and_is_the_same_each_time() -> None:
    told = [Example(features(f"Das Land {n} liefert Panzer"), True) for n in range(30)]
    told += [Example(features(f"Der Verein {n} besucht Panzer"), False) for n in range(30)]
    classifier = learned(told)
    assert classifier.likelihood("Das Land liefert Panzer") > 0.8
    assert classifier.likelihood("Der Verein besucht Panzer") < 0.2
    assert learned(list(told)) == classifier
