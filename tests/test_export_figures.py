from dataclasses import replace

import pytest

from quellenlage.domain import HopKind
from quellenlage.export.figures import Sort, figures_of, sort_of
from quellenlage.export.identifiers import identifier, tag
from tests.exported import DELIVERED, EN, LATER, OSLO, PRIVATE, UNDATED, WHOLE, weighed_of


@pytest.mark.parametrize(
    ("identity", "hop", "sort"),
    [
        ("KP", None, Sort.STATE),
        ("EU", HopKind.ORGANISATION, Sort.ORGANISATION),
        ("us-intelligence", HopKind.SERVICE, Sort.ORGAN),
        ("kp-government", None, Sort.ORGAN),
        ("us-officials", HopKind.OFFICIALS, Sort.GROUP),
        ("new-york-times", None, Sort.OUTLET),
        ("rheinmetall", None, Sort.COMPANY),
        ("taliban", None, Sort.ORGANISATION),
        ("kim-jong-un", None, Sort.PERSON),
        ("ida-muster", HopKind.PERSON, Sort.PERSON),
        ("document", HopKind.DOCUMENT, Sort.MATERIAL),
        ("dorfbote", HopKind.OUTLET, Sort.OUTLET),
        ("dorfbote", HopKind.SOURCE, Sort.UNKNOWN),
        ("dorfbote", None, Sort.UNKNOWN),
        ("unknown", HopKind.OUTLET, Sort.UNKNOWN),
    ],
)
def test_sorts(identity: str, hop: HopKind | None, sort: Sort) -> None:
    assert sort_of(identity, hop) is sort


def test_whoever_belongs_to_a_state_is_known_to() -> None:
    figures = figures_of(WHOLE, EN)
    assert figures.source("kim-jong-un", OSLO.id).state == "KP"
    assert figures.source("no-officials", OSLO.id).state == "NO"
    assert figures.source("fjordbote", OSLO.id).state is None


def test_parties_that_are_not_named_are_figures_of_their_own() -> None:
    nameless = [replace(DELIVERED, supplier=(), recipient=("EE",)), replace(PRIVATE, supplier=(), recipient=("CL",))]
    all_of_it = weighed_of([OSLO, UNDATED], nameless)
    one, other = all_of_it.weighing.deals
    figures = figures_of(all_of_it, EN)
    assert figures.party("unknown", one).key != figures.party("unknown", other).key
    assert figures.party("EE", one) == figures.party("EE", other)


def test_words_that_name_nobody_are_one_figure_in_a_story_and_in_no_other() -> None:
    figures = figures_of(WHOLE, EN)
    assert figures.source("unnamed-persons", OSLO.id) == figures.source("unnamed-persons", LATER.id)
    assert figures.source("unnamed-persons", OSLO.id).key != figures.source("unnamed-persons", UNDATED.id).key


def test_identifiers_depend_on_kind_and_content_alone_and_never_change() -> None:
    assert str(identifier("article", "a1")) == "f2719c96-dfa8-531c-9e64-aeb40a8d7c04"
    assert (
        len({identifier("a", "b", "c"), identifier("a", "bc"), identifier("ab", "c"), identifier("a", "b", "c")}) == 3
    )
    assert tag("claim", "a b/ü") == "tag:quellenlage,2026:claim/a%20b%2F%C3%BC"
