"""Articles with other names: what changes, and all that must not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import SpanType
from tests.annotated import HEADER
from training.augment import Edit, edited, exchanged, exchanges
from training.augment.state_forms import state_forms
from training.corpus import Annotated, annotated, checker, load

SMALL = {
    "one state by four forms": (
        """
[[Tunesien|ACT:a1]] [[bestellt|TRG:t1]] [[zwölf|QTY:q1]] [[Hubschrauber vom Typ Mi-24|ITM:i1]]
[[Tunis|ACT:a2]] [[zahlt|TRG:t2]] [[30 Millionen Euro|AMT:m1]]. In Tunis ging es am Montag um [[zwölf|QTY:q2]] Mi-24.
Die [[tunesische Regierung|ACT:a3]] [[bestätigte|CUE:c1]] das [[im März 2023|TIM:d1]]. Die Tunesier kaufen sonst wenig.
""",
        """
transfer t1 stage=agreed recipient=a1 item=i1 time=d1
transfer t2 stage=agreed recipient=a2 amount=m1
quantity i1 q1
says c1 stance=confirms source=a3 about=t1
same a1 a2
same q1 q2
event t1 t2
""",
    ),
    "outlets": (
        """
Wie die „[[Washington Post|ACT:a1]]“ [[berichtet|CUE:c1]], [[liefert|TRG:t1]] [[Oslo|ACT:a2]]
[[Minen|ITM:i1]] an [[Serbien|ACT:a3]]. Der Agentur [[Reuters|ACT:a4]] [[sagte|CUE:c2]] ein
[[serbischer Diplomat|ACT:a5]],
Oslo zögere. Das [[Blatt|ACT:a6]] schwieg.
""",
        """
transfer t1 stage=underway supplier=a2 recipient=a3 item=i1
says c1 stance=asserts reporter=a1 about=t1
says c2 stance=asserts reporter=a4 source=a5 about=t1
same a1 a6
""",
    ),
    "states with articles": (
        """
Die [[Ukraine|ACT:a1]] [[erhält|TRG:t1]] [[1.500|QTY:q1]] [[Leopard 2|ITM:i1]] aus dem [[Iran|ACT:a2]].
[[Irans|ACT:a3]] Botschafter [[dementiert|CUE:c1]]. In der Ukraine freut man sich, in [[Kiew|ACT:a4]] auch.
UKRAINE: keine Panzer.
""",
        """
transfer t1 stage=agreed supplier=a2 recipient=a1 item=i1
quantity i1 q1
says c1 stance=denies source=a3 about=t1
same a1 a4
""",
    ),
}
STAYS = {
    "a seat of power": "[[Moskau|ACT:a1]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]], so der Kreml.",
    "a leader": "[[Russland|ACT:a1]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]], sagt [[Putin|ACT:a2]].",
    "a compound": "[[Russland|ACT:a1]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]], eine Wende der Russlandpolitik.",
    "a compound with a hyphen": "[[Russland|ACT:a1]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]]. Russland-Kenner staunen.",
    "a longer word": "[[Russland|ACT:a1]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]] an prorussische Kreise.",
    "an epithet": "[[Russland|ACT:a1]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]] aus Beständen der Sowjetunion.",
}
ARTICLES = {
    "Jemen": "Der [[Jemen|ACT:a1]] [[kauft|TRG:t1]] [[Minen|ITM:i1]].",
    "Mongolei": "Die [[Mongolei|ACT:a1]] [[kauft|TRG:t1]] [[Minen|ITM:i1]].",
    "Chile": "Das ist neu: [[Chile|ACT:a1]] [[kauft|TRG:t1]] [[Minen|ITM:i1]].",
}
ONE_PURCHASE = "transfer t1 stage=agreed recipient=a1 item=i1"
ONE_DELIVERY = "transfer t1 stage=agreed supplier=a1 item=i1"


def made(folder: Path, text: str, relations: str) -> Annotated:
    path = folder / "t-001.txt"
    path.write_text(HEADER.format(id="t-001") + text.strip() + "\n---\n" + relations.strip() + "\n", encoding="utf-8")
    parsed, mistakes = checker().parse(path)
    assert not mistakes, mistakes
    return annotated(parsed)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Annotated]:
    folder = tmp_path_factory.mktemp("articles")
    return {name: made(folder, *text_and_relations) for name, text_and_relations in SMALL.items()}


def check(article: Annotated, seed: int, share: float) -> None:
    """All that holds of an article and what is made of it."""
    found = exchanges(article, Random(seed), share)
    new = exchanged(article, Random(seed), share)
    edits = sorted(edit for exchange in found for edit in exchange.edits)
    assert new == exchanged(article, Random(seed), share)
    assert new == edited(article, edits)
    for field in fields(Annotated):
        if field.name not in ("text", "spans"):
            assert getattr(new, field.name) == getattr(article, field.name)
    assert kept(article.text, edits) == kept(new.text, turned(edits))
    assert [span.type for span in new.spans] == [span.type for span in article.spans]
    for old_span, span in zip(article.spans, new.spans, strict=True):
        assert new.text[span.start : span.end] == span.text
        inside = [edit for edit in edits if old_span.start <= edit.start and edit.end <= old_span.end]
        assert span.text == applied(old_span.text, inside, old_span.start)
        assert len(inside) == sum(edit.start < old_span.end and old_span.start < edit.end for edit in edits)
    for kind in {exchange.kind for exchange in found}:
        names = [exchange.new for exchange in found if exchange.kind == kind]
        assert len(names) == len(set(names))
        if kind != "year":
            assert not set(names) & {exchange.old for exchange in found if exchange.kind == kind}


def kept(text: str, edits: Sequence[Edit]) -> list[str]:
    """What is left of a text between its edits."""
    starts = [0, *(edit.end for edit in edits)]
    ends = [*(edit.start for edit in edits), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def turned(edits: Sequence[Edit]) -> list[Edit]:
    """Where the new words of the edits stand in the new text."""
    found: list[Edit] = []
    shift = 0
    for edit in edits:
        found.append(Edit(edit.start + shift, edit.start + shift + len(edit.text), ""))
        shift += len(edit.text) - (edit.end - edit.start)
    return found


def applied(words: str, edits: Sequence[Edit], start: int) -> str:
    for edit in reversed(edits):
        words = words[: edit.start - start] + edit.text + words[edit.end - start :]
    return words


@given(name=st.sampled_from(sorted(SMALL)), seed=st.integers(), share=st.sampled_from([0.0, 0.5, 1.0]))
def test_only_exchanged_words_change_and_spans_follow_them(
    small: dict[str, Annotated], name: str, seed: int, share: float
) -> None:
    check(small[name], seed, share)


def test_articles_of_the_corpus() -> None:
    articles = load()
    for seed, article in enumerate(articles[:: len(articles) // 9][:10]):
        check(article, seed, 1.0)
        check(article, seed, 0.5)


@given(seed=st.integers())
def test_a_state_changes_by_all_its_forms(small: dict[str, Annotated], seed: int) -> None:
    article = small["one state by four forms"]
    (state,) = [e for e in exchanges(article, Random(seed), 1.0) if e.kind == "state"]
    words = state_forms()[state.new].written
    assert state.old == "TN"
    assert [edit.text for edit in state.edits] == [
        words["name"],
        words["capital"],
        words["capital"],
        words["adjective+e"],
        words["people-er"],
    ]
    assert not re.search("[Tt]unes|Tunis", exchanged(article, Random(seed), 1.0).text)


@given(seed=st.integers())
def test_models_numbers_and_dates_change_everywhere(small: dict[str, Annotated], seed: int) -> None:
    article = small["one state by four forms"]
    found = {exchange.kind: exchange for exchange in exchanges(article, Random(seed), 1.0)}
    assert [len(found[kind].edits) for kind in ("weapon", "number word", "number", "month", "weekday")] == [
        2,
        2,
        1,
        1,
        1,
    ]
    text = exchanged(article, Random(seed), 1.0).text
    assert not re.search(r"Mi-24|zwölf|März|Montag|\b30\b", text)
    assert re.search(r" [1-9]0 Millionen Euro", text)
    assert found["weapon"].new in text


@given(seed=st.integers())
def test_adjectives_keep_their_ending(small: dict[str, Annotated], seed: int) -> None:
    text = exchanged(small["outlets"], Random(seed), 1.0).text
    assert re.search(r"ein\n(?!serb)\S+scher Diplomat", text)


@given(seed=st.integers())
def test_outlets_keep_kind_language_and_gender(small: dict[str, Annotated], seed: int) -> None:
    found = {e.old: e.new for e in exchanges(small["outlets"], Random(seed), 1.0) if e.kind == "outlet"}
    assert re.search(r"-(times|post|tribune|mail|sun)$", "-" + found["washington-post"])
    assert found["reuters"] != "reuters"


@given(seed=st.integers())
def test_names_with_an_article_stand_for_each_other_only(small: dict[str, Annotated], seed: int) -> None:
    article = small["states with articles"]
    text = exchanged(article, Random(seed), 1.0).text
    assert re.match(r"Die (Mongolei|Schweiz|Slowakei|Türkei) erhält", text)
    assert re.search(r"aus dem (Irak|Jemen|Libanon|Niger|Sudan|Südsudan|Tschad)\.\n", text)
    assert re.search(r"\n(MONGOLEI|SCHWEIZ|SLOWAKEI|TÜRKEI): ", text)
    assert re.search(r" [1-9]\.[1-9]00 ", text)


@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_name_takes_the_article_of_the_other(tmp_path: Path, name: str) -> None:
    article = made(tmp_path, ARTICLES[name], ONE_PURCHASE)
    old = {s.code: s for s in state_forms().values()}
    for seed in range(20):
        (state,) = exchanges(article, Random(seed), 1.0)
        assert old[state.new].article == old[state.old].article


@pytest.mark.parametrize("reason", sorted(STAYS))
def test_a_state_with_a_mention_without_counterpart_stays(tmp_path: Path, reason: str) -> None:
    article = made(tmp_path, STAYS[reason], ONE_DELIVERY)
    assert all(exchanged(article, Random(seed), 1.0) == article for seed in range(10))


def test_a_people_that_is_called_like_its_state_is_left_alone(tmp_path: Path) -> None:
    sure = made(tmp_path, "Nach [[Polen|ACT:a1]] kommt die [[Lieferung|TRG:t1]] [[Minen|ITM:i1]].", ONE_PURCHASE)
    unsure = made(tmp_path, "[[Minen|ITM:i1]], die [[Polen|ACT:a1]] [[kauft|TRG:t1]]", ONE_PURCHASE)
    assert exchanged(sure, Random(1), 1.0) != sure
    assert exchanged(unsure, Random(1), 1.0) == unsure


def test_a_letter_that_is_longer_in_small_moves_nothing(tmp_path: Path) -> None:
    text = "Aus [[İzmir|ACT:a1]] [[kommen|TRG:t1]] [[drei|QTY:q1]] [[Schiffe|ITM:i1]]."
    check(made(tmp_path, text, f"{ONE_DELIVERY}\nquantity i1 q1"), 1, 1.0)


def test_a_number_that_stands_elsewhere_stays(tmp_path: Path) -> None:
    text = "[[Peru|ACT:a1]] [[kauft|TRG:t1]] [[24|QTY:q1]] [[Boote|ITM:i1]], das Geschäft ist 24 Seiten lang."
    article = made(tmp_path, text, ONE_PURCHASE + "\nquantity i1 q1")
    assert {exchange.kind for exchange in exchanges(article, Random(1), 1.0)} == {"state"}


def test_years_keep_their_order(tmp_path: Path) -> None:
    text = "[[Peru|ACT:a1]] [[kauft|TRG:t1]] [[2021|TIM:d1]] [[Boote|ITM:i1]], [[2024|TIM:d2]] sind sie da, 1998 nicht."
    article = made(tmp_path, text, ONE_PURCHASE + " time=d1,d2")
    for seed in range(20):
        new = exchanged(article, Random(seed), 1.0)
        first, second = (int(span.text) for span in new.spans if span.type is SpanType.TIME)
        assert 2019 <= first < second <= 2026
        assert new.text.endswith("1998 nicht.")


def test_a_day_exists_in_its_new_month(tmp_path: Path) -> None:
    text = "[[Peru|ACT:a1]] [[kauft|TRG:t1]] [[am 31. Januar|TIM:d1]] [[Boote|ITM:i1]]."
    article = made(tmp_path, text, ONE_PURCHASE + " time=d1")
    months = {e.new for seed in range(60) for e in exchanges(article, Random(seed), 1.0) if e.kind == "month"}
    assert months == {"März", "Mai", "Juli", "August", "Oktober", "Dezember"}


def test_nothing_changes_without_a_share(small: dict[str, Annotated]) -> None:
    assert all(exchanged(article, Random(1), 0.0) == article for article in small.values())
