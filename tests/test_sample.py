import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quellenlage.domain import Article, Stage
from quellenlage.export.pages import pages_of
from quellenlage.intake import Arrival, Skipped
from quellenlage.intake.taking import Taken, Way, taken_from

SAMPLE = Path(__file__).parent.parent / "sample"
ITEM_CLASSES = {
    "tanks",
    "armoured_vehicles",
    "artillery",
    "combat_aircraft",
    "helicopters",
    "drones",
    "warships",
    "submarines",
    "missiles",
    "air_defence",
    "small_arms",
    "ammunition",
    "engines_parts",
    "vehicles",
    "sensors",
    "other_equipment",
    "materials_components",
    "technology",
    "personnel",
    "weapons_unspecified",
}
LISTS_OF_TEXT = ("supplier", "recipient", "item_classes", "models", "return", "sources")
PARTIES = ("denied_by", "confirmed_by", "no_comment_by", "unverified_by")
KEYS = {*LISTS_OF_TEXT, *PARTIES, "quantity", "quantity_item", "amount", "stage", "negated", "hedged"}


@cache
def taken() -> list[Taken]:
    return list(taken_from([SAMPLE], Way()))


@cache
def articles() -> dict[str, Article]:
    found = (one.article for one in taken() if isinstance(one, Arrival))
    return {page.article.doc: page.article for page in pages_of(found)}


@cache
def sheet() -> dict[str, dict[str, Any]]:
    lines = (SAMPLE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return {line["doc"]: line for line in map(json.loads, lines)}


def transfers() -> list[Any]:
    return [
        pytest.param(transfer, id=f"{doc}-{number}")
        for doc, line in sheet().items()
        for number, transfer in enumerate(line["transfers"], 1)
    ]


def test_every_file_is_an_article_and_only_the_sheet_is_none():
    assert len(articles()) == 16
    assert set(articles()) == {path.stem for path in SAMPLE.glob("*.json")}
    assert [one.where for one in taken() if isinstance(one, Skipped)] == [str(SAMPLE / "claims.jsonl")]


def test_the_articles_are_sixteen_different_ones():
    assert len({article.id for article in articles().values()}) == 16


@pytest.mark.parametrize("article", articles().values(), ids=articles())
def test_an_article_is_complete_and_lies_under_an_example_address(article):
    assert article.title
    assert article.outlet
    assert article.published
    assert article.authors
    assert article.language == "de"
    assert article.url
    assert article.url.split("/")[2].endswith(".example")
    assert article.text.startswith(f"{article.title}\n")
    assert 110 <= len(article.text.split()) <= 350


def test_the_sheet_answers_for_every_article():
    assert list(sheet()) == list(articles())
    assert all(set(line) == {"doc", "published", "transfers", "outlets_cited"} for line in sheet().values())
    assert all(line["published"] == articles()[doc].published for doc, line in sheet().items())


@pytest.mark.parametrize("transfer", transfers())
def test_an_answer_keeps_to_the_words_of_the_design(transfer):
    assert set(transfer) - {"optional"} == KEYS
    assert set(transfer["item_classes"]) <= ITEM_CLASSES
    stages = transfer["stage"] if isinstance(transfer["stage"], list) else [transfer["stage"]]
    assert stages
    assert set(stages) <= set(Stage)
    for field in (*LISTS_OF_TEXT, *PARTIES):
        assert all(isinstance(entry, str) and entry for entry in transfer[field])
    assert transfer["supplier"]
    assert transfer["recipient"]


@pytest.mark.parametrize("transfer", transfers())
def test_numbers_of_an_answer_are_intervals_that_say_what_they_count(transfer):
    assert (transfer["quantity"] is None) == (transfer["quantity_item"] is None)
    if transfer["quantity"]:
        low, high = transfer["quantity"]
        assert high is None or low <= high
        assert transfer["quantity_item"] in transfer["item_classes"]
    if transfer["amount"]:
        assert set(transfer["amount"]) == {"low", "high", "currency"}
        assert transfer["amount"]["low"] <= transfer["amount"]["high"]


def test_the_sample_shows_what_it_is_there_to_show():
    answers = [transfer for line in sheet().values() for transfer in line["transfers"]]
    for field in (*PARTIES, "quantity", "amount", "return", "hedged", "negated"):
        assert any(transfer[field] for transfer in answers), field
    assert sum(not line["transfers"] for line in sheet().values()) == 2
    assert "(dpa)" in articles()["01-hafenbote-granaten"].text[-10:]
    printed_by_agency, rewritten = (articles()[doc].text for doc in ("01-hafenbote-granaten", "04-fruehblatt-granaten"))
    assert " soll " in printed_by_agency
    assert " soll " not in rewritten
