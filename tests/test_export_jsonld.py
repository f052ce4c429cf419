import io
import json
from dataclasses import replace

from rdflib import RDF, Graph, Namespace

from quellenlage.export.jsonld import write_jsonld
from quellenlage.steps import Weighed
from tests.exported import (
    ARTICLES,
    CLAIMS,
    DELIVERED,
    FORMULA,
    NOTHING,
    OSLO,
    OSLO_TEXT,
    PRIVATE,
    TAMED,
    WHOLE,
    named,
    weighed_of,
    words,
)

S = Namespace("https://schema.org/")


def graph(all_of_it: Weighed = WHOLE) -> Graph:
    out = io.StringIO()
    write_jsonld(all_of_it, out, named(all_of_it))
    json.loads(out.getvalue())
    return Graph().parse(data=out.getvalue(), format="json-ld")


def node(found: Graph, identifier: str):
    (subject,) = (one for one, value in found.subject_objects(S.identifier) if str(value) == identifier)
    return subject


def texts(found: Graph, subject, prop) -> list[str]:
    return sorted(str(value) for value in found.objects(subject, prop))


def names(found: Graph, subject, *path) -> list[str]:
    subjects = [subject]
    for prop in path:
        subjects = [one for each in subjects for one in found.objects(each, prop)]
    return sorted(str(name) for one in subjects for name in found.objects(one, S.name))


def test_every_article_is_a_news_article_without_its_text() -> None:
    found = graph()
    articles = set(found.subjects(RDF.type, S.NewsArticle))
    assert {str(found.value(one, S.identifier)) for one in articles} == {article.doc for article in ARTICLES}
    oslo = node(found, "oslo")
    assert texts(found, oslo, S.datePublished) == ["2024-09-02"]
    assert (names(found, oslo, S.publisher), names(found, oslo, S.author)) == (["fjordbote"], ["Ida Muster"])
    assert texts(found, node(found, "kran"), S.headline) == [TAMED]
    assert not list(found.objects(None, S.articleBody))
    assert not list(found.objects(node(found, "hof"), S.publisher))


def test_every_claim_is_a_claim_of_a_deal_by_its_origins() -> None:
    found = graph()
    for claim in CLAIMS:
        subject = node(found, claim.id)
        assert (subject, RDF.type, S.Claim) in found
        (said,) = texts(found, subject, S.text)
        assert "according to" in said
        article = found.value(subject, S.appearance)
        assert texts(found, article, S.identifier) == [WHOLE.articles[claim.article_id].doc]
        deal = found.value(subject, S.isPartOf)
        assert str(found.value(deal, S.identifier)) in {deal.id for deal in WHOLE.weighing.deals}
    assert names(found, node(found, "c1"), S.author) == ["officials (Norway)"]


def test_a_deal_appears_in_its_articles_and_first_in_the_earliest() -> None:
    found = graph()
    deal = node(found, "NO-EE-artillery-2024-09")
    docs = sorted(str(found.value(article, S.identifier)) for article in found.objects(deal, S.appearance))
    assert docs == sorted(["oslo", FORMULA])
    assert str(found.value(found.value(deal, S.firstAppearance), S.identifier)) == "oslo"
    undated = node(found, "stahlhof-unknown-undated")
    assert found.value(undated, S.firstAppearance) is None
    assert found.value(undated, S.appearance) is not None


def test_a_deal_is_about_a_transfer_that_is_not_said_to_have_happened() -> None:
    found = graph()
    deal = node(found, "NO-EE-artillery-2024-09")
    assert names(found, deal, S.about, S.agent) == ["Norway"]
    assert names(found, deal, S.about, S.recipient) == ["Estonia"]
    assert names(found, node(found, "c3"), S.about, S.object) == ["Ammunition", "Battle tanks", "K2"]
    assert not list(found.subject_objects(S.actionStatus))
    assert not list(found.subjects(RDF.type, S.ClaimReview))


def test_the_sentence_that_a_claim_rests_on_is_quoted_word_for_word() -> None:
    found = graph()
    quoted = found.value(node(found, "c1"), S.citation)
    assert (quoted, RDF.type, S.Quotation) in found
    (text,) = texts(found, quoted, S.text)
    assert text == "Norwegen hat zwölf Haubitzen an Estland übergeben."
    assert text in OSLO_TEXT
    assert found.value(node(found, "c2"), S.citation) is None


def test_the_words_for_the_stage_are_quoted_before_others() -> None:
    headline = words("supplier", "Haubitzen", OSLO_TEXT)
    found = graph(weighed_of([OSLO], [replace(DELIVERED, evidence=(headline, *DELIVERED.evidence[1:]))]))
    assert texts(found, found.value(node(found, "c1"), S.citation), S.text) == [
        "Norwegen hat zwölf Haubitzen an Estland übergeben."
    ]
    found = graph(weighed_of([OSLO], [replace(DELIVERED, evidence=(headline,))]))
    assert texts(found, found.value(node(found, "c1"), S.citation), S.text) == ["Haubitzen für Tallinn"]


def test_answers_are_comments_by_whoever_gives_them() -> None:
    found = graph()
    comments = list(found.objects(node(found, "c1"), S.comment))
    told = sorted((str(found.value(c, S.text)), names(found, c, S.author)[0]) for c in comments)
    assert told == [
        ("confirms", "Norway"),
        ("could not verify it", "fjordbote"),
        ("declines to comment", "Estonia"),
        ("denies", "Russia"),
    ]


def test_names_survive() -> None:
    found = graph()
    assert names(found, node(found, PRIVATE.id), S.about, S.object) == sorted([FORMULA, TAMED])


def test_an_empty_ledger_is_an_empty_graph() -> None:
    assert len(graph(NOTHING)) == 0
