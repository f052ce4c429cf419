import io
from dataclasses import replace

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from quellenlage.domain import HopKind
from quellenlage.export.graphml import write_graphml
from quellenlage.steps import Weighed
from tests.exported import (
    ARTICLES,
    CLAIMS,
    DELIVERED,
    FORMULA,
    LATER,
    NOTHING,
    OSLO,
    QUIET,
    TAMED,
    WHOLE,
    chain,
    named,
    weighed_of,
)


def graph(all_of_it: Weighed = WHOLE, language: str = "en") -> nx.MultiDiGraph:
    out = io.StringIO()
    write_graphml(all_of_it, out, named(all_of_it, language))
    return nx.read_graphml(io.BytesIO(out.getvalue().encode()), force_multigraph=True)


def edges(found: nx.MultiDiGraph, **wanted: object) -> set[tuple[str, str]]:
    """The edges with these values, by the identities of their ends."""
    identity = nx.get_node_attributes(found, "identity")
    return {
        (identity[start], identity[end])
        for start, end, values in found.edges(data=True)
        if all(values.get(key) == value for key, value in wanted.items())
    }


def test_articles_and_sources_are_nodes() -> None:
    found = graph()
    articles = {values["identity"] for _, values in found.nodes(data=True) if values["kind"] == "article"}
    assert articles == {article.doc for article in ARTICLES}
    assert found.nodes["article:a1"] == {
        "label": "Haubitzen für Tallinn",
        "kind": "article",
        "identity": "oslo",
        "published": "2024-09-02",
        "url": "https://fjordbote.example/haubitzen",
    }
    assert found.nodes["source:no-officials"]["sort"] == "group"
    assert found.nodes[f"article:{QUIET.id}"]["label"] == TAMED


def test_edges_run_from_the_origin_down_to_the_article() -> None:
    found = graph()
    assert edges(found, claim="c1", kind="tells") == {("no-officials", "oslo")}
    assert edges(found, claim="c2", kind="tells") == {("unnamed-persons", "fjordbote"), ("fjordbote", FORMULA)}
    assert edges(found, claim="c3", kind="tells") == {("andenkurier", "seoul")}
    assert edges(found, kind="publishes") >= {("fjordbote", "oslo"), ("hafenblatt", "kran")}


def test_edges_tell_deal_stance_and_doubt() -> None:
    found = graph()
    deals = {claim: deal.id for deal in WHOLE.weighing.deals for claim in deal.claims}
    told = [values for _, _, values in found.edges(data=True) if values["kind"] != "publishes"]
    assert {values["claim"] for values in told} == {claim.id for claim in CLAIMS}
    assert all(values["deal"] == deals[values["claim"]] for values in told)
    assert edges(found, stance="denies") == {("RU", "oslo"), ("@stahlhof", "hof")}
    assert edges(found, stance="confirms") == {("NO", "oslo")}
    assert edges(found, hedged=True) == {
        ("unnamed-persons", "fjordbote"),
        ("fjordbote", FORMULA),
        ("EE", FORMULA),
    }
    assert edges(found, negated=True) == {("andenkurier", "seoul")}
    labels = {values["label"] for _, _, values in graph(language="de").edges(data=True) if "label" in values}
    assert "bestreitet" in labels


def test_words_that_name_nobody_join_no_stories() -> None:
    whispered = chain(("fjordbote", HopKind.OUTLET), ("unnamed-persons", HopKind.UNNAMED))
    far = replace(OSLO, id="z9", doc="fern", text="Ganz anderes steht hier über Boote in Lima.", published="2019-01-01")
    claims = [
        replace(DELIVERED, chains=(whispered,)),
        replace(DELIVERED, id="c9", article_id="z9", supplier=("PE",), recipient=("CL",), chains=(whispered,)),
    ]
    found = graph(weighed_of([OSLO, LATER, far], claims))
    whisperers = [key for key, values in found.nodes(data=True) if values["identity"] == "unnamed-persons"]
    assert len(whisperers) == 2
    assert all(found.degree(key) == 1 for key in whisperers)


def test_an_empty_ledger_is_an_empty_graph() -> None:
    assert graph(NOTHING).number_of_nodes() == 0


@settings(max_examples=60)
@given(st.text(min_size=1))
def test_any_name_gives_a_file_that_can_be_read(name: str) -> None:
    article = replace(OSLO, title=name, doc=f"d{name}", outlet=f"o{name}")
    found = graph(weighed_of([article], [replace(DELIVERED, denied_by=(f"x{name}",))]))
    assert "article:a1" in found
