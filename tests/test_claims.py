"""Claims from readings: what is one transfer, what is told of it, and who says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from quellenlage.claims import claims_of, outlets_cited
from quellenlage.claims.grouping import mention_of
from quellenlage.claims.mentions import Mentions
from quellenlage.claims.recipients import recipients_of
from quellenlage.domain import Claim, Link, Span, SpanType, Stage, Transfer
from quellenlage.export.claims import claims_document, fields_without_evidence
from quellenlage.intake.cleaning.marks import marks_of
from quellenlage.names.actors import identify
from quellenlage.names.coordination import joins
from tests.annotated import read_as


def claims_in(folder: Path, text: str, relations: str, **head: str | None) -> list[Claim]:
    article, reading = read_as(folder, text, relations, **head)
    claims = claims_of(article, reading)
    document = claims_document(article, reading, claims)
    assert fields_without_evidence(document) == []
    for claim in claims:
        for entry in claim.evidence:
            assert article.text[entry.start : entry.end] == entry.text
    return claims


def test_a_transfer_told_three_times_is_one_claim_at_its_furthest_stage(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Oslo|ACT:a1]] [[sagt|TRG:t1]] [[Tallinn|ACT:a2]] [[Haubitzen|ITM:i1]] zu
[[Norwegen|ACT:a3]] [[gibt|TRG:t2]] [[Estland|ACT:a4]] [[zwölf|QTY:q1]] [[Haubitzen|ITM:i2]] ab. Die ersten sind [[eingetroffen|TRG:t3]].
""",
        """
transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1
transfer t2 stage=underway supplier=a3 recipient=a4 item=i2
transfer t3 stage=delivered supplier=a3 recipient=a4 item=i2
quantity i2 q1
event t1 t2 t3
""",
    )
    assert (claim.supplier, claim.recipient, claim.item_classes) == (("NO",), ("EE",), ("artillery",))
    assert claim.stage is Stage.DELIVERED
    assert claim.quantity is not None
    assert (claim.quantity.low, claim.quantity.high, claim.quantity.words) == (12, 12, "zwölf")
    assert claim.quantity_item == "artillery"
    assert {e.text for e in claim.evidence if e.field == "supplier"} == {"Oslo", "Norwegen"}


def test_deals_of_the_same_parties_in_other_goods_stay_apart(tmp_path: Path) -> None:
    claims = claims_in(
        tmp_path,
        """
[[Schweden|ACT:a1]] [[liefert|TRG:t1]] [[Finnland|ACT:a2]] [[Granaten|ITM:i1]]. Später will [[Stockholm|ACT:a3]] auch [[U-Boote|ITM:i2]] [[abgeben|TRG:t2]].
""",
        """
transfer t1 stage=underway supplier=a1 recipient=a2 item=i1
transfer t2 stage=offered supplier=a3 recipient=a2 item=i2
""",
    )
    assert [(c.item_classes, c.stage) for c in claims] == [
        (("ammunition",), Stage.UNDERWAY),
        (("submarines",), Stage.OFFERED),
    ]


def test_a_past_delivery_is_not_the_wish_for_another(tmp_path: Path) -> None:
    claims = claims_in(
        tmp_path,
        """
[[Ghana|ACT:a1]] [[bittet|TRG:t1]] [[Indien|ACT:a2]] um [[Lastwagen|ITM:i1]]. Schon einmal hatte [[Delhi|ACT:a3]] [[Lastwagen|ITM:i2]] [[geschickt|TRG:t2]].
""",
        """
transfer t1 stage=sought supplier=a2 recipient=a1 item=i1
transfer t2 stage=delivered supplier=a3 recipient=a1 item=i2
""",
    )
    assert [c.stage for c in claims] == [Stage.SOUGHT, Stage.DELIVERED]


def test_a_stop_that_the_headline_tells_is_where_the_deal_stands(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Bern|ACT:a1]] stoppt [[Ausfuhr|TRG:t1]] von [[Munition|ITM:i1]]
Die [[Munition|ITM:i2]] war [[Dänemark|ACT:a2]] [[zugesagt|TRG:t2]], ein Teil ist schon [[unterwegs|TRG:t3]].
""",
        """
transfer t1 stage=halted supplier=a1 recipient=a2 item=i1
transfer t2 stage=agreed supplier=a1 recipient=a2 item=i2
transfer t3 stage=underway supplier=a1 recipient=a2 item=i2
event t1 t2 t3
""",
    )
    assert claim.stage is Stage.HALTED


def test_the_item_of_a_compound_trigger_is_found(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        "[[Drohnendeal|TRG:t1]]: [[Ankara|ACT:a1]] und [[Rabat|ACT:a2]] sind sich einig.",
        "transfer t1 stage=agreed supplier=a1 recipient=a2 item_text=Drohnen",
    )
    assert claim.item_classes == ("drones",)


def test_arms_of_no_kind_fall_away_beside_arms_of_a_kind(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Waffen|ITM:i1]] für [[Riga|ACT:a1]]
[[Prag|ACT:a2]] [[überlässt|TRG:t1]] [[Lettland|ACT:a3]] [[Panzerhaubitzen|ITM:i2]]; die [[Übergabe|TRG:t2]] ist im Juni.
""",
        """
transfer t1 stage=agreed supplier=a2 recipient=a3 item=i2
transfer t2 stage=agreed supplier=a2 recipient=a1 item=i1
event t1 t2
""",
    )
    assert claim.item_classes == ("artillery",)


def test_a_chain_runs_from_the_outlet_over_the_newspaper_to_the_officials(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Iran|ACT:a1]] [[liefert|TRG:t1]] [[Syrien|ACT:a2]] [[Raketen|ITM:i1]], [[berichtet|CUE:c1]] die [["New York Times"|ACT:a3]] [[unter Berufung auf|CUE:c2]] [[zwei US-Beamte|ACT:a4]].
""",
        """
transfer t1 stage=underway supplier=a1 recipient=a2 item=i1
says c1 stance=asserts reporter=a3 about=t1
says c2 stance=asserts reporter=a3 source=a4 about=t1
""",
    )
    (chain,) = claim.chains
    assert [hop.actor for hop in chain.hops] == ["hafenkurier", "new-york-times", "us-officials"]
    assert chain.origin.actor == "us-officials"
    assert claim.sources == ("us-officials", "new-york-times")


@pytest.mark.parametrize(
    ("between", "joined"),
    [
        (" und ", True),
        (", ", True),
        (" und das benachbarte ", True),
        (" sowie für ", True),
        ("/", True),
        (" lieferte ", False),
        (". Auch ", False),
        (" und " * 20, False),
    ],
)
def test_what_stands_between_names_that_are_named_in_one_breath(between: str, joined: bool) -> None:
    assert joins(between) is joined


@pytest.mark.parametrize(
    ("text", "weights", "recipients"),
    [
        ("an Polen und Litauen", (0.9, 0.75), {"PL", "LT"}),
        ("an Polen, während Litauen", (0.9, 0.75), {"PL"}),
        ("an Polen, während Litauen", (0.9, 0.89), {"PL", "LT"}),
    ],
)
def test_a_further_recipient_stands_beside_the_surest(
    text: str, weights: tuple[float, float], recipients: set[str]
) -> None:
    spans = [
        Span(text.index(name), text.index(name) + len(name), SpanType.ACTOR, name) for name in ("Polen", "Litauen")
    ]
    links = tuple(Link(span, weight) for span, weight in zip(spans, weights, strict=True))
    transfer = Transfer(Span(0, 2, SpanType.TRIGGER, "an"), Stage.AGREED, recipient=links)
    mentions = Mentions({span: identify(span.text) for span in spans}, {})
    mention = mention_of(transfer, mentions)
    assert recipients_of([mention], frozenset(mention.recipient), mentions, text) == recipients


def test_an_outlet_that_speaks_of_itself_is_no_further_hop(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        "[[Iran|ACT:a1]] [[liefert|TRG:t1]] [[Syrien|ACT:a2]] [[Raketen|ITM:i1]], [[sagte|CUE:c1]] [[ein Sprecher des Ministeriums|ACT:a3]] [[dieser Zeitung|ACT:a4]].",
        """
transfer t1 stage=underway supplier=a1 recipient=a2 item=i1
says c1 stance=asserts source=a3 reporter=a4 about=t1
""",
    )
    assert [hop.actor for hop in claim.chains[0].hops] == ["hafenkurier", "unnamed-persons"]


def test_without_a_statement_the_outlet_is_its_own_only_hop(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        "[[Kanada|ACT:a1]] [[gibt|TRG:t1]] [[Litauen|ACT:a2]] [[Helme|ITM:i1]].",
        "transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1",
    )
    assert [[hop.actor for hop in chain.hops] for chain in claim.chains] == [["hafenkurier"]]
    assert claim.sources == ()


def test_answers_go_to_who_denies_confirms_declines_and_could_not_verify(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Belarus|ACT:a1]] [[verkauft|TRG:t1]] [[Serbien|ACT:a2]] laut [[Reuters|ACT:a3]] [[Panzer|ITM:i1]].
[[Minsk|ACT:a4]] [[bestätigte|CUE:c2]] das, [[Belgrad|ACT:a5]] [[dementierte|CUE:c3]]. Der [[Kreml|ACT:a6]] [[schwieg|CUE:c4]]. Die Angaben ließen sich [[nicht prüfen|CUE:c5]].
""",
        """
transfer t1 stage=agreed supplier=a1 recipient=a2 item=i1
says c2 stance=confirms source=a4 about=t1
says c3 stance=denies source=a5 about=t1
says c4 stance=declines source=a6 about=t1
says c5 stance=unverified about=t1
""",
    )
    assert claim.confirmed_by == ("BY",)
    assert claim.denied_by == ("RS",)
    assert claim.no_comment_by == ("RU",)
    assert claim.unverified_by == ("hafenkurier",)


def test_who_says_that_nothing_was_sent_is_the_source_of_the_negated_claim(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        "[[Kairo|ACT:a1]] [[erklärte|CUE:c1]], man habe [[Khartum|ACT:a2]] keine [[Gewehre|ITM:i1]] [[geschickt|TRG:t1]].",
        """
transfer t1 stage=delivered supplier=a1 recipient=a2 item=i1 negated=yes
says c1 stance=denies source=a1 about=t1
""",
    )
    assert claim.negated
    assert claim.denied_by == ()
    assert claim.sources == ("EG",)


def test_a_surname_is_whoever_the_article_names_in_full(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Nordkorea-Kenner Jan Wiesner vom Ostinstitut|ACT:a1]] [[glaubt|CUE:c1]], [[Pjöngjang|ACT:a2]] [[liefere|TRG:t1]] [[Moskau|ACT:a3]] [[Granaten|ITM:i1]]. Das [[zeige|CUE:c2]] die [[Lieferung|TRG:t2]],
so der [[Experte|ACT:a4]]. [[Wiesners|ACT:a5]] [[Befund|CUE:c3]] gilt der [[Lieferung|TRG:t3]].
""",
        """
transfer t1 stage=underway supplier=a2 recipient=a3 item=i1
transfer t2 stage=underway supplier=a2 recipient=a3 item=i1
transfer t3 stage=underway supplier=a2 recipient=a3 item=i1
says c1 stance=assesses source=a1 about=t1
says c2 stance=assesses source=a4 about=t2
says c3 stance=assesses source=a5 about=t3
same a4 a5
""",
    )
    assert [[hop.actor for hop in chain.hops[1:]] for chain in claim.chains] == [["jan-wiesner"]]


def test_a_bare_noun_is_the_last_named_one_of_its_kind(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Warschau|ACT:a1]] [[kauft|TRG:t1]] in [[Seoul|ACT:a2]] [[Haubitzen|ITM:i1]], [[teilte|CUE:c1]] das [[polnische Verteidigungsministerium|ACT:a3]] mit.
Der [[Vertrag|TRG:t2]] gilt, [[sagte|CUE:c2]] ein Sprecher des [[Ministeriums|ACT:a4]].
""",
        """
transfer t1 stage=agreed supplier=a2 recipient=a1 item=i1
transfer t2 stage=agreed supplier=a2 recipient=a1 item=i1
says c1 stance=asserts source=a3 about=t1
says c2 stance=asserts source=a4 about=t2
""",
    )
    assert [[hop.actor for hop in chain.hops[1:]] for chain in claim.chains] == [["pl-government"]]


def test_who_holds_an_office_is_told_by_the_day_of_publication(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
[[Berlin|ACT:a1]] [[schickt|TRG:t1]] [[Kiew|ACT:a2]] [[Panzer|ITM:i1]], [[sagte|CUE:c1]] der [[deutsche Kanzler|ACT:a3]].
""",
        """
transfer t1 stage=underway supplier=a1 recipient=a2 item=i1
says c1 stance=asserts source=a3 about=t1
""",
        published="2023-02-01",
    )
    assert [hop.actor for hop in claim.chains[0].hops[1:]] == ["olaf-scholz"]


def test_the_newspaper_of_an_anaphor_is_the_newspaper(tmp_path: Path) -> None:
    article, reading = read_as(
        tmp_path,
        """
Die [[„Washington Post“|ACT:a1]] hat Unterlagen [[gesehen|CUE:c1]].
[[Katar|ACT:a2]] [[bestellt|TRG:t1]] bei [[Rheinmetall|ACT:a3]] [[Panzer|ITM:i1]], [[schreibt|CUE:c2]] das [[Blatt|ACT:a4]].
""",
        """
transfer t1 stage=agreed supplier=a3 recipient=a2 item=i1
says c1 stance=asserts reporter=a1
says c2 stance=asserts reporter=a4 about=t1
same a1 a4
""",
    )
    (claim,) = claims_of(article, reading)
    assert claim.sources == ("washington-post",)
    assert claim.supplier == ("rheinmetall",)
    assert outlets_cited(reading) == ("washington-post",)


@pytest.mark.parametrize(
    ("sentence", "hedged"),
    [
        ("[[Peru|ACT:a1]] [[kauft|TRG:t1]] in [[Chile|ACT:a2]] [[Boote|ITM:i1]].", False),
        ("[[Peru|ACT:a1]] habe in [[Chile|ACT:a2]] [[Boote|ITM:i1]] [[gekauft|TRG:t1]].", True),
    ],
)
def test_reported_speech_hedges_a_claim(tmp_path: Path, sentence: str, hedged: bool) -> None:
    (claim,) = claims_in(tmp_path, sentence, "transfer t1 stage=agreed supplier=a2 recipient=a1 item=i1")
    assert claim.hedged is hedged


def test_nobody_supplies_himself(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        "[[Japan|ACT:a1]] [[erhält|TRG:t1]] [[Radare|ITM:i1]], [[Tokio|ACT:a2]] zahlt.",
        "transfer t1 stage=agreed supplier=a2 recipient=a1 item=i1",
    )
    assert len({*claim.supplier, *claim.recipient}) == 1
    assert not (claim.supplier and claim.recipient)


def test_a_transfer_that_names_nobody_is_no_claim(tmp_path: Path) -> None:
    assert claims_in(tmp_path, "Die [[Lieferung|TRG:t1]] stockt.", "transfer t1 stage=halted") == []


def test_the_same_reading_makes_the_same_claims(tmp_path: Path) -> None:
    text = "[[Kenia|ACT:a1]] [[kauft|TRG:t1]] in [[Israel|ACT:a2]] [[Gewehre|ITM:i1]]."
    relations = "transfer t1 stage=agreed supplier=a2 recipient=a1 item=i1"
    assert claims_in(tmp_path, text, relations) == claims_in(tmp_path, text, relations)


def test_bare_goods_are_the_last_named_ones_that_they_can_be(tmp_path: Path) -> None:
    (claim,) = claims_in(
        tmp_path,
        """
Neben Granaten wünscht sich [[Lissabon|ACT:a1]] [[Kampfjets|ITM:i1]]. [[Oslo|ACT:a2]] [[liefert|TRG:t1]] die [[Maschinen|ITM:i2]].
""",
        "transfer t1 stage=underway supplier=a2 recipient=a1 item=i2",
    )
    assert claim.item_classes == ("combat_aircraft",)
    assert [e.rule for e in claim.evidence if e.field == "item_classes"] == ["the goods named before"]


@pytest.mark.parametrize(
    ("other", "word", "party"),
    [
        ("Pjöngjang", "Norden", "KP"),
        ("Dublin", "Norden", "unknown"),
        ("Malabo", "Guinea", "GQ"),
        ("Paris", "Guinea", "GN"),
        ("Brazzaville", "Kongo", "CG"),
        ("Kinshasa", "Kongo", "CD"),
    ],
)
def test_the_other_parties_tell_which_state_is_meant(tmp_path: Path, other: str, word: str, party: str) -> None:
    claims = claims_in(
        tmp_path,
        f"""
[[{other}|ACT:a1]] schweigt. [[Moskau|ACT:a2]] [[liefert|TRG:t1]] [[Panzer|ITM:i1]] an den [[{word}|ACT:a3]].
""",
        """
transfer t1 stage=underway supplier=a2 recipient=a3 item=i1
""",
    )
    assert [claim.recipient for claim in claims] == [(party,)]


def test_a_dateline_is_no_party_and_an_age_is_no_quantity(tmp_path: Path) -> None:
    text = """
[[Riga|ACT:a1]] (dpa) - [[Norwegen|ACT:a2]] [[liefert|TRG:t1]] [[Estland|ACT:a3]] [[Haubitzen|ITM:i1]]. Das sagte Minister Muster ([[54|QTY:q1]]).
"""
    relations = """
transfer t1 stage=underway supplier=a1,a2 recipient=a3 item=i1
quantity i1 q1
"""
    article, reading = read_as(tmp_path, text, relations)
    (unmarked,) = claims_of(article, reading)
    assert (unmarked.supplier, unmarked.quantity is None) == (("LV", "NO"), False)
    (claim,) = claims_of(replace(article, marks=marks_of(article.text)), reading)
    assert (claim.supplier, claim.quantity) == (("NO",), None)
