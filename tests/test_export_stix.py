import io
import json

import stix2

from quellenlage.export.stix import RELATIONSHIP, write_stix
from quellenlage.steps import Weighed
from tests.exported import ARTICLES, CLAIMS, FORMULA, NOTHING, TAMED, WHOLE, named, weighed_of


def text_of(all_of_it: Weighed = WHOLE, language: str = "en") -> str:
    out = io.StringIO()
    write_stix(all_of_it, out, named(all_of_it, language))
    return out.getvalue()


def bundle(all_of_it: Weighed = WHOLE) -> stix2.Bundle:
    return stix2.parse(text_of(all_of_it), allow_custom=False)


def of_type(type: str, all_of_it: Weighed = WHOLE) -> list:
    return [one for one in bundle(all_of_it).objects if one.type == type]


def name_of(id: str) -> str:
    return next(one.name for one in of_type("identity") if one.id == id)


def test_every_reference_leads_to_an_object_and_none_is_there_twice() -> None:
    objects = json.loads(text_of())["objects"]
    ids = [one["id"] for one in objects]
    assert len(set(ids)) == len(ids)
    refs = [
        ref
        for one in objects
        for key, value in one.items()
        if key.endswith(("_ref", "_refs"))
        for ref in ([value] if isinstance(value, str) else value)
    ]
    assert refs
    assert set(refs) <= set(ids)


def test_a_deal_is_a_relationship_that_only_says_what_is_said() -> None:
    deals = {one.labels[0]: one for one in of_type("relationship")}
    assert set(deals) == {f"deal:{deal.id}" for deal in WHOLE.weighing.deals}
    one = deals["deal:NO-EE-artillery-2024-09"]
    assert (one.relationship_type, name_of(one.source_ref), name_of(one.target_ref)) == (
        RELATIONSHIP,
        "Norway",
        "Estonia",
    )
    assert "is said to have been completed, according to" in one.description
    assert [reference.external_id for reference in one.external_references] == ["oslo", FORMULA]
    assert one.external_references[0].url == "https://fjordbote.example/haubitzen"
    assert "stage:delivered" in one.labels
    assert "confidence" not in one


def test_every_claim_is_a_note_by_its_sources() -> None:
    notes = of_type("note")
    assert len(notes) == len(CLAIMS)
    assert all("according to" in note.content for note in notes)
    assert {tuple(note.authors) for note in notes} >= {("officials (Norway)",), ("andenkurier",)}
    assert [note.labels for note in notes if "negated" in note.labels] == [["claim", "negated"]]
    links = {one.id for one in of_type("relationship")}
    assert all(set(note.object_refs) & links for note in notes)


def test_denials_and_confirmations_are_opinions_and_silence_is_none() -> None:
    opinions = {(opinion.authors[0], opinion.opinion) for opinion in of_type("opinion")}
    assert opinions == {
        ("Russia", "strongly-disagree"),
        ("Norway", "strongly-agree"),
        ("@stahlhof", "strongly-disagree"),
    }


def test_every_article_is_a_report_of_what_it_claims() -> None:
    reports = {report.external_references[0].external_id: report for report in of_type("report")}
    assert set(reports) == {article.doc for article in ARTICLES}
    assert reports["kran"].name == TAMED
    assert [name_of(ref) for ref in reports["kran"].object_refs] == ["Hafenblatt"]
    kinds = [ref.partition("--")[0] for ref in reports["oslo"].object_refs]
    assert sorted(kinds) == ["identity", "note", "opinion", "opinion", "relationship"]
    assert reports["oslo"].published.isoformat() == "2024-09-02T00:00:00+00:00"
    assert reports["seoul"].published.isoformat() == "2025-03-04T07:30:00+00:00"
    assert reports["hof"].published.year == 1970


def test_figures_have_their_classes() -> None:
    classes = {one.name: one.identity_class for one in of_type("identity")}
    assert classes["Norway"] == classes["andenkurier"] == "organization"
    assert (classes["officials (Norway)"], classes["not named"], classes["Quellenlage"]) == (
        "class",
        "unknown",
        "system",
    )


def test_the_same_ledger_gives_the_same_bundle_and_ids_in_every_language() -> None:
    assert text_of() == text_of()
    ids = [[one["id"] for one in json.loads(text_of(language=language))["objects"]] for language in ("en", "de")]
    assert ids[0] == ids[1]
    assert bundle(weighed_of(ARTICLES[:2], CLAIMS[:2])).id != bundle().id


def test_an_empty_ledger_is_a_bundle_of_its_maker() -> None:
    assert [one.name for one in bundle(NOTHING).objects] == ["Quellenlage"]
