"""What is written into the search field → what is asked of the ledger.

Words are looked for by their stems, in every order; "words in quotation marks" stand one after another; -word must not
stand in the article; a word may be only begun, as in drohn*; and `field:value` chooses claims: von: or from: a
supplier, an: or to: a recipient, gut: or item: a class of goods, stufe: or stage:, quelle: or source:, ursprung: or
origin:, medium: or outlet:, haltung: or stance: (denied, confirmed, no_comment, unverified, hedged, negated),
dementiert: or denies:, bestaetigt: or confirms:, schweigt: or declines: and ungeprueft: or unverified: who answers so,
ab: or since: and bis: or until: a day, a month or a year. Parties, goods and sources may be given by name, as in
von:Nordkorea.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from quellenlage.domain import Stage
from quellenlage.ledger.errors import Refused
from quellenlage.ledger.facets import STANCES
from quellenlage.ledger.queries import ClaimFilter
from quellenlage.ledger.text_index import Term
from quellenlage.ledger.words import words_of
from quellenlage.names import actors, items
from quellenlage.names.knowledge import fold
from quellenlage.names.text import slug

KEYS = {
    "supplier": ("von", "from", "supplier"),
    "recipient": ("an", "to", "recipient"),
    "item_class": ("gut", "item"),
    "stage": ("stufe", "stage"),
    "source": ("quelle", "source"),
    "origin": ("ursprung", "origin"),
    "outlet": ("medium", "outlet"),
    "stance": ("haltung", "stance"),
    "denied_by": ("dementiert", "denies"),
    "confirmed_by": ("bestaetigt", "confirms"),
    "no_comment_by": ("schweigt", "declines"),
    "unverified_by": ("ungeprueft", "unverified"),
    "since": ("ab", "since"),
    "until": ("bis", "until"),
}
"""The fields of `ClaimFilter` and what they are called in a search."""
_FIELD_OF = {name: field for field, names in KEYS.items() for name in names}
_PART = re.compile(r'(?P<unwanted>-)?(?:(?P<key>[a-zA-Z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<plain>\S*))')
_STANCES = {field.removesuffix("_by") for field in STANCES} | {"hedged", "negated"}
_UNKNOWN = "unknown"
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: terms in the text of articles, and which claims they must make."""

    terms: tuple[Term, ...]
    where: ClaimFilter

    @property
    def asks_for_claims(self) -> bool:
        """Whether only articles with certain claims are wanted."""
        return self.where != ClaimFilter()


def search_of(written: str) -> Search:
    """What is asked for; raises `Refused` where that cannot be told."""
    terms: list[Term] = []
    where = ClaimFilter()
    for match in _PART.finditer(written):
        if not match.group():
            continue
        key = (match["key"] or "").casefold()
        value = match["quoted"] if match["quoted"] is not None else match["plain"]
        if key in _FIELD_OF:
            if match["unwanted"]:
                raise Refused("only_words_unwanted", written=match.group())
            field = _FIELD_OF[key]
            chosen: dict[str, Any] = {field: _value(field, value.strip())}
            where = replace(where, **chosen)
            continue
        # What looks like a field but is none is a word with a colon.
        whole = f"{match['key']}:{value}" if match["key"] else value
        stems = tuple(word.stem for word in words_of(whole))
        if stems:
            begun = match["quoted"] is None and whole.endswith("*")
            terms.append(Term((*stems[:-1], _beginning(whole)) if begun else stems, begun, bool(match["unwanted"])))
    if terms and all(term.unwanted for term in terms):
        raise Refused("all_unwanted")
    return Search(tuple(terms), where)


def _beginning(word: str) -> str:
    """The last word as it is begun; without an ending of one letter, which stems would not have either."""
    last = list(words_of(word))[-1]
    begun = fold(word[last.start : last.end])
    return last.stem if begun[:-1] == last.stem else begun


def _value(field: str, written: str) -> str | Stage:
    if not written:
        raise Refused("says_nothing", key=KEYS[field][0])
    if field == "stage":
        try:
            return Stage(written.casefold())
        except ValueError:
            raise Refused("no_stage", written=written, stages=", ".join(Stage)) from None
    if field == "stance":
        if written.casefold() not in _STANCES:
            raise Refused("no_stance", written=written, stances=", ".join(sorted(_STANCES)))
        return written.casefold()
    if field in ("since", "until"):
        if not _DAY.fullmatch(written):
            raise Refused("no_day", written=written)
        return written
    if field == "item_class":
        return next(iter(items.identify(written).classes), written) if written not in items.classes() else written
    actor = actors.identify(written)
    known = actor.party if field in ("supplier", "recipient") else actor.source
    return slug(written) if known == _UNKNOWN or written == written.lower() else known
