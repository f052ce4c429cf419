"""Deals in the columns of SIPRI's transfer register, so that they can be set beside it.

The columns are those of the CSV that https://armstransfers.sipri.org gives under "Transfer register", as exported on
28 September 2026: the first sixteen, three of them without a name but for a space, which hold a "?" where the figure
before them is uncertain ("A '?' in a column indicates uncertain data", says SIPRI's own preamble). Earlier exports
call the ninth column "Number delivered" and leave the three without a name empty. SIPRI's register begins with a few
lines about itself; this one begins with the header.

SIPRI enters a deal once an order or a delivery is certain and works out trend-indicator values; here stands what news
articles claim, so the TIV and the status (new or second-hand) stay empty, talks and offers are in it, and our own
columns behind SIPRI's tell the stage and who says so. Unknown parties are called as SIPRI calls them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from quellenlage.domain import Claim, Quantity, Stage
from quellenlage.export.csv_table import cell
from quellenlage.export.plain import plain
from quellenlage.export.said import deal_said
from quellenlage.export.table import Value, categories, docs_of
from quellenlage.labels import Labels
from quellenlage.names.weapons import all_weapons
from quellenlage.steps import Weighed
from quellenlage.weigh.days import days_of
from quellenlage.weigh.deals import UNSPECIFIED
from quellenlage.weigh.parties import UNKNOWN
from quellenlage.weigh.standing import Answer
from quellenlage.weigh.weighing import Deal

REGISTER = (
    "Recipient",
    "Supplier",
    "Year of order",
    " ",
    "Number ordered",
    " ",
    "Weapon designation",
    "Weapon description",
    "Deliveries in the Year Range",
    " ",
    "Year(s) of delivery",
    "status",
    "Comments",
    "SIPRI TIV per unit",
    "SIPRI TIV for total order",
    "SIPRI TIV of delivered weapons",
)
"""SIPRI's columns, spelled as SIPRI spells them."""
OWN = (
    "Deal",
    "Stage",
    "Numbers claimed",
    "SIPRI armament category",
    "UN Register category",
    "Independent origins",
    "Confirmed by",
    "Denied by",
    "Articles",
)
"""Our own columns, behind SIPRI's."""
_UNCERTAIN = "?"
_ORDERED = (Stage.AGREED, Stage.UNDERWAY)
_NOTHING: tuple[str, ...] = ("", "")


@dataclass(frozen=True, slots=True)
class _Part:
    """What a deal is for one item class, with the claims that speak of it and do not say that it is not so."""

    deal: Deal
    item_class: str
    claims: tuple[Claim, ...]
    all_of_it: Weighed


def write_sipri(all_of_it: Weighed, out: TextIO, labels: Labels) -> None:
    """Write one line a deal and item class; `labels` should be English, as the register is."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*REGISTER, *OWN])
    for deal in all_of_it.weighing.largest_first:
        comment = deal_said(deal, all_of_it, labels)
        for part in _parts(deal, all_of_it):
            cells = [*_as_sipri(part, comment, labels), *_our_own(part, labels)]
            writer.writerow([cell(plain(value) if isinstance(value, str) else value) for value in cells])


def _parts(deal: Deal, all_of_it: Weighed) -> Iterator[_Part]:
    claims = [all_of_it.claims[id] for id in deal.claims]
    for item_class in deal.item_classes or (UNSPECIFIED,):
        telling = (
            claim for claim in claims if not claim.negated and item_class in (claim.item_classes or (UNSPECIFIED,))
        )
        yield _Part(deal, item_class, tuple(telling), all_of_it)


def _as_sipri(part: _Part, comment: str, labels: Labels) -> list[Value]:
    deal = part.deal
    delivered = [claim for claim in part.claims if claim.stage is Stage.DELIVERED]
    return [
        _parties(deal.recipient, "unknown recipient(s)", labels),
        _parties(deal.supplier, "unknown supplier(s)", labels),
        *_year_of_order(part),
        *_number(part, [claim for claim in part.claims if claim.stage in _ORDERED]),
        ", ".join(_designations(part)),
        labels.item_class(part.item_class),
        *_number(part, delivered),
        "; ".join(str(year) for year in _years(part, delivered)),
        "",
        comment,
        "",
        "",
        "",
    ]


def _our_own(part: _Part, labels: Labels) -> list[Value]:
    standing = part.deal.standing
    counted = (claim.quantity for claim in part.claims if _counts(claim, part.item_class))
    return [
        part.deal.id,
        standing.stage.value,
        tuple(dict.fromkeys(quantity.words for quantity in counted if quantity)),
        categories((part.item_class,), "sipri"),
        categories((part.item_class,), "un_register"),
        len(standing.origins),
        _names(standing.confirmed_by, labels),
        _names(standing.denied_by, labels),
        docs_of(part.deal, part.all_of_it),
    ]


def _parties(identities: Iterable[str], unknown: str, labels: Labels) -> str:
    return " / ".join(unknown if identity == UNKNOWN else labels.actor(identity) for identity in identities)


def _names(answers: Iterable[Answer], labels: Labels) -> tuple[str, ...]:
    return tuple(labels.actor(answer.actor) for answer in answers)


def _designations(part: _Part) -> list[str]:
    """The models of a deal that are of the class; those of no known class where the deal has one class only."""
    known = {weapon.name: weapon.item_class for weapon in all_weapons()}
    alone = len(part.deal.item_classes) < 2
    return [name for name in part.deal.models if alone or known.get(name) == part.item_class]


def _year_of_order(part: _Part) -> tuple[str, ...]:
    """The earliest year for which claims of an agreement tell it; uncertain where they differ or are hedged.

    Where they tell none, the year in which the first of them appeared, uncertain; empty where no claim goes as far as
    an agreement.
    """
    agreed = [claim for claim in part.claims if claim.stage is Stage.AGREED]
    told = sorted({year for claim in agreed if (year := _year_told(claim)) is not None})
    if told:
        doubtful = len(told) > 1 or any(claim.hedged for claim in agreed)
        return (str(told[0]), _UNCERTAIN if doubtful else "")
    seen = [year for claim in agreed if (year := _year_seen(part, claim)) is not None]
    return (str(min(seen)), _UNCERTAIN) if seen else _NOTHING


def _years(part: _Part, delivered: Iterable[Claim]) -> list[int]:
    years = ((_year_told(claim) or _year_seen(part, claim)) for claim in delivered)
    return sorted({year for year in years if year is not None})


def _number(part: _Part, claims: Sequence[Claim]) -> tuple[str, ...]:
    """The number that most of some claims give; "?" where it is vague, hedged, or where they differ."""
    counted = [claim for claim in claims if _counts(claim, part.item_class)]
    numbers = [_most_likely(claim.quantity) for claim in counted if claim.quantity]
    if not numbers:
        return _NOTHING
    number, _ = Counter(numbers).most_common(1)[0]
    vague = any(claim.hedged or _is_vague(claim.quantity) for claim in counted if claim.quantity)
    return (cell(number), _UNCERTAIN if vague or len(set(numbers)) > 1 else "")


def _counts(claim: Claim, item_class: str) -> bool:
    """Whether the number of a claim, if it has one, counts items of a class."""
    if claim.quantity is None:
        return False
    return claim.quantity_item == item_class or (claim.quantity_item is None and claim.item_classes == (item_class,))


def _most_likely(quantity: Quantity) -> float:
    low, high = quantity.low, quantity.high
    return low if low is not None else high if high is not None else 0.0


def _is_vague(quantity: Quantity) -> bool:
    return quantity.approximate or quantity.low is None or quantity.low != quantity.high


def _year_told(claim: Claim) -> int | None:
    """The year of the time that a claim tells, where it is one year and not in doubt."""
    days = days_of(claim.time) if claim.time and not set(claim.time) & set("?~%/") else None
    return days[0].year if days and days[0].year == days[1].year else None


def _year_seen(part: _Part, claim: Claim) -> int | None:
    days = days_of(part.all_of_it.articles[claim.article_id].published)
    return days[0].year if days else None
