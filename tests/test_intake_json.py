import json
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quellenlage.domain import Article
from quellenlage.intake import Unreadable, metadata
from quellenlage.intake.jsonform import json_article, unbundled

OWN = {
    "id": "bote-17",
    "outlet": "Tagesbote",
    "published": "2024-03-09",
    "title": "Haubitzen für Kiew",
    "text": "Dänemark gibt Haubitzen ab.",
    "url": "https://www.tagesbote.example/17",
    "language": "de-DE",
    "authors": ["Ada Amsel"],
}


def test_the_own_form_is_read_with_all_its_fields():
    article = json_article(OWN, "a.json", "a")
    assert article == Article(
        id=article.id,
        doc="bote-17",
        text="Haubitzen für Kiew\nDänemark gibt Haubitzen ab.",
        title="Haubitzen für Kiew",
        outlet="Tagesbote",
        url="https://www.tagesbote.example/17",
        published="2024-03-09",
        language="de",
        authors=("Ada Amsel",),
    )


def test_only_the_text_is_required():
    article = json_article({"text": "Ein Satz."}, "a.json", "a")
    assert (article.doc, article.text, article.title, article.published) == ("a", "Ein Satz.", None, None)


def test_a_title_that_the_text_begins_with_is_not_set_before_it_again():
    text = "Haubitzen  für Kiew\n\nDänemark gibt Haubitzen ab."
    assert json_article(OWN | {"text": text}, "a.json", "a").text == text


def test_taking_an_article_in_again_from_its_own_export_gives_the_same_article():
    first = json_article(OWN, "a.json", "a")
    export = {"id": first.doc, "outlet": first.outlet, "published": first.published, "title": first.title}
    export |= {"text": first.text, "url": first.url, "language": first.language, "authors": list(first.authors)}
    assert json_article(export, "b.jsonl", "b-1") == first


@pytest.mark.parametrize(("left_out", "doc"), [((), "bote-17"), (("id",), OWN["url"]), (("id", "url"), "a")])
def test_an_article_is_known_by_its_id_else_its_address_else_its_file(left_out, doc):
    assert json_article({k: v for k, v in OWN.items() if k not in left_out}, "a.json", "a").doc == doc


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"text": None}, "text"),
        ({"text": 5}, "text"),
        ({"title": ["x"]}, "title"),
        ({"outlet": {}}, "outlet"),
        ({"published": 20240309}, "published"),
        ({"published": "neulich"}, "published"),
        ({"published": "2024-02-30"}, "published"),
        ({"authors": "Ada Amsel"}, "authors"),
        ({"authors": [1]}, "authors"),
        ({"id": 1.5}, "id"),
        ({"language": True}, "language"),
    ],
)
def test_a_wrong_field_is_named(broken, field):
    with pytest.raises(Unreadable, match=rf"^a\.json: field {field} "):
        json_article(OWN | broken, "a.json", "a")


def test_claims_are_not_taken_for_articles():
    with pytest.raises(Unreadable, match="claims, not articles"):
        json_article({"doc": "x", "transfers": [], "outlets_cited": []}, "claims.jsonl", "claims-1")


def test_an_article_crawled_with_fundus():
    crawled = {
        "title": "Korvetten für Kairo",
        "body": {
            "summary": ["Der Bau verzögert sich."],
            "sections": [
                {"headline": [], "paragraphs": ["Die Werft baut weiter."]},
                {"headline": ["Streit"], "paragraphs": ["Berlin schweigt."]},
            ],
        },
        "authors": ["Bo Blau", None],
        "publishing_date": "2021-05-03 08:15:00+02:00",
        "topics": ["Rüstung"],
        "free_access": False,
        "images": [],
        "lang": "de",
        "html": {"requested_url": "https://kueste.example/korvetten", "source_info": {"publisher": "Küstenblatt"}},
    }
    article = json_article(crawled, "fundus.json", "fundus")
    assert (
        article.text == "Korvetten für Kairo\nDer Bau verzögert sich.\nDie Werft baut weiter.\nStreit\nBerlin schweigt."
    )
    assert (article.doc, article.outlet) == ("https://kueste.example/korvetten", "Küstenblatt")
    assert (article.published, article.language, article.authors) == ("2021-05-03T08:15:00+02:00", "de", ("Bo Blau",))
    assert article.paywalled is True


def test_the_plain_text_of_fundus_is_enough():
    article = json_article({"title": None, "plaintext": "Berlin schweigt.", "publishing_date": "?"}, "f.json", "f")
    assert (article.text, article.published, article.doc) == ("Berlin schweigt.", None, "f")


def test_a_file_of_articles_that_fundus_wrote_lists_them_by_publisher():
    one, two, three = ({"title": None, "plaintext": words} for words in ("Eins.", "Zwei.", "Drei."))
    articles = [json_article(item, "f.json", "f") for item in unbundled({"Bote": [one, two], "Abend": [three]})]
    assert [(article.outlet, article.text) for article in articles] == [
        ("Bote", "Eins."),
        ("Bote", "Zwei."),
        ("Abend", "Drei."),
    ]


@pytest.mark.parametrize("value", [OWN, {}, [], [OWN], None, "x", {"a": [1]}, {"a": [{}], "b": 1}])
def test_what_fundus_did_not_write_stays_as_it_is(value):
    assert unbundled(value) == value


def test_an_article_crawled_with_news_please():
    crawled = {
        "authors": [],
        "date_publish": "2022-10-18 06:00:00",
        "date_download": "None",
        "date_modify": "2022-10-18 09:30:00",
        "description": "Kurz",
        "language": "de",
        "maintext": "Die Drohnen kamen nachts.",
        "source_domain": "abend.example",
        "title": "Neue Drohnen",
        "url": "https://abend.example/drohnen",
    }
    article = json_article(crawled, "np.json", "np")
    assert article.text == "Neue Drohnen\nDie Drohnen kamen nachts."
    assert (article.outlet, article.published) == ("abend.example", "2022-10-18T06:00:00")
    assert article.updated == "2022-10-18T09:30:00"
    assert json_article(crawled | {"date_publish": "None"}, "np.json", "np").published is None


def test_characters_that_no_table_can_store_are_replaced_in_place():
    article = json_article(json.loads(r'{"text": "vor\u0000nach \ud83d Ende"}'), "a.json", "a")
    assert article.text == "vor\ufffdnach \ufffd Ende"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
known_keys = st.sampled_from(
    [*OWN, "maintext", "date_publish", "plaintext", "body", "publishing_date", "lang", "html", "publisher", "transfers"]
)
own_like = st.dictionaries(known_keys, json_values | st.text(min_size=1), max_size=8)


@given(json_values | own_like)
def test_any_json_value_is_an_article_or_is_refused(value):
    with suppress(Unreadable):
        article = json_article(value, "x.json", "x")
        assert article.text.strip()
        assert all(field is None or field.encode("utf-8") for field in (article.doc, article.text, article.outlet))


@given(st.dates() | st.datetimes())
def test_iso_dates_and_times_are_kept(moment: date | datetime):
    assert metadata.published(moment.isoformat()) == moment.isoformat()


@given(st.text())
def test_what_is_no_date_is_none_and_what_is_one_stays_as_it_is_read(words):
    once = metadata.published(words)
    assert once is None or metadata.published(once) == once


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2023", "2023"),
        ("2023-11", "2023-11"),
        ("2023-04?", "2023-04?"),
        ("2023-13", None),
        (" 2022-09-06 ", "2022-09-06"),
        ("2022-09-06T10:30:00Z", "2022-09-06T10:30:00+00:00"),
        ("6. September 2022", None),
    ],
)
def test_dates_as_sources_write_them(words, iso):
    assert metadata.published(words) == iso
