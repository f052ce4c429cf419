import io
import json

import pytest

pytest.importorskip("followthemoney", reason="followthemoney could not be built here: make test says what it needs")

from followthemoney import model
from followthemoney.statement.serialize import read_csv_statements

from quellenlage.export import ftm
from quellenlage.export.extras import MissingLibrary
from quellenlage.export.ftm import write_ftm, write_ftm_statements
from quellenlage.steps import Weighed
from tests.exported import ARTICLES, CLAIMS, FORMULA, NOTHING, QUIET, TAMED, WHOLE, named

Entity = dict


def entities(all_of_it: Weighed = WHOLE, language: str = "en") -> list[Entity]:
    out = io.StringIO()
    write_ftm(all_of_it, out, named(all_of_it, language))
    return [json.loads(line) for line in out.getvalue().split("\n") if line]


def of_schema(schema: str, all_of_it: Weighed = WHOLE) -> list[Entity]:
    return [entity for entity in entities(all_of_it) if entity["schema"] == schema]


def names_by_id() -> dict[str, str]:
    return {
        e["id"]: e["properties"].get("name", e["properties"].get("fileName"))[0]
        for e in entities()
        if "name" in e["properties"] or "fileName" in e["properties"]
    }


def test_every_entity_is_valid_and_refers_to_others_that_are_there() -> None:
    written = entities()
    ids = [entity["id"] for entity in written]
    assert len(set(ids)) == len(ids)
    for entity in written:
        proxy = model.get_proxy(entity)
        assert proxy.schema.validate(entity) is None
        assert all(proxy.get(name) for name in proxy.schema.required)
        assert {name: sorted(proxy.get(name)) for name in entity["properties"]} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }
        for prop, value in proxy.itervalues():
            assert prop.type.name != "entity" or value in ids


def test_every_article_is_an_article() -> None:
    articles = {entity["properties"]["fileName"][0]: entity["properties"] for entity in of_schema("Article")}
    assert set(articles) == {article.doc for article in ARTICLES}
    assert articles["oslo"]["language"] == ["deu"]
    assert articles["oslo"]["publishedAt"] == ["2024-09-02"]
    assert articles["oslo"]["sourceUrl"] == ["https://fjordbote.example/haubitzen"]
    assert articles["kran"]["title"] == [TAMED]
    assert "publisher" not in articles["hof"]


def test_a_deal_is_a_link_with_its_articles_as_proof_and_all_its_claims() -> None:
    names = names_by_id()
    links = {link["properties"]["recordId"][0]: link["properties"] for link in of_schema("UnknownLink")}
    assert set(links) == {deal.id for deal in WHOLE.weighing.deals}
    link = links["NO-EE-artillery-2024-09"]
    assert (names[link["subject"][0]], names[link["object"][0]]) == ("Norway", "Estonia")
    assert sorted(names[id] for id in link["proof"]) == sorted(["oslo", FORMULA])
    assert (link["role"], link["status"], link["date"]) == (["is said to supply"], ["delivered"], ["2024-08"])
    assert sum(len(link["description"]) for link in links.values()) == len(CLAIMS)
    assert all("according to" in said for link in links.values() for said in link["description"])
    assert names[links["stahlhof-unknown-undated"]["object"][0]] == "not named"


def test_figures_are_what_they_are() -> None:
    schemata = {
        entity["properties"]["name"][0]: entity["schema"] for entity in entities() if "name" in entity["properties"]
    }
    assert schemata["Norway"] == schemata["officials (Norway)"] == "PublicBody"
    assert (schemata["andenkurier"], schemata["unnamed persons"]) == ("Organization", "LegalEntity")
    countries = {e["properties"]["name"][0]: e["properties"].get("country") for e in of_schema("PublicBody")}
    assert countries["officials (Norway)"] == ["no"]


def test_who_says_and_answers_what_is_documented() -> None:
    names = names_by_id()
    said = {
        (names[e["properties"]["document"][0]], names[e["properties"]["entity"][0]], e["properties"]["role"][0])
        for e in of_schema("Documentation")
    }
    assert {
        ("oslo", "officials (Norway)", "says so"),
        ("oslo", "Russia", "denies"),
        ("oslo", "Norway", "confirms"),
        ("oslo", "Estonia", "declines to comment"),
        ("oslo", "fjordbote", "could not verify it"),
        (FORMULA, "unnamed persons", "says so"),
    } <= said
    assert QUIET.doc not in {document for document, _, _ in said}


def test_the_same_ledger_gives_the_same_entities_in_every_language() -> None:
    assert entities() == entities()
    assert [entity["id"] for entity in entities()] == [entity["id"] for entity in entities(language="de")]
    assert entities() != entities(language="de")


def test_statements_hold_what_the_entities_hold() -> None:
    out = io.StringIO()
    write_ftm_statements(WHOLE, out, named(WHOLE))
    statements = list(read_csv_statements(io.BytesIO(out.getvalue().encode())))
    told = {(s.entity_id, s.prop, s.value) for s in statements if s.prop != "id"}
    assert told == {
        (entity["id"], name, value)
        for entity in entities()
        for name, values in entity["properties"].items()
        for value in values
    }
    assert {s.dataset for s in statements} == {"quellenlage"}


def test_an_empty_ledger_has_no_entities_and_no_statements() -> None:
    assert entities(NOTHING) == []
    out = io.StringIO()
    write_ftm_statements(NOTHING, out, named(NOTHING))
    assert list(read_csv_statements(io.BytesIO(out.getvalue().encode()))) == []
    assert out.getvalue().startswith('"canonical_id"')


def test_without_the_library_the_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str) -> object:
        raise MissingLibrary(module)

    monkeypatch.setattr(ftm, "need", missing)
    with pytest.raises(MissingLibrary, match=r'pip install "quellenlage\[ftm\]"'):
        entities()
