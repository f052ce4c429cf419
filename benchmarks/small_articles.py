"""Small articles of our own, and a reader that needs no model for them: for tests of the ledger, not of reading."""

from __future__ import annotations

from itertools import islice, product

from quellenlage.domain import (
    Article,
    Link,
    Reading,
    Span,
    SpanType,
    Stage,
    Stance,
    Statement,
    Transfer,
)

_SUPPLIERS = ("Norwegen", "Serbien", "Portugal", "Kanada", "Uruguay")
_RECIPIENTS = ("Estland", "Zypern", "Ghana")
_GOODS = ("Haubitzen", "Drohnen", "Granaten")
_TEXT = (
    "{supplier} will {recipient} {count} {goods} überlassen, heißt es in Bericht {number}.\n"
    "Das teilte das Verteidigungsministerium mit. {recipient} lehnte eine Stellungnahme ab."
)


def small_articles(count: int) -> list[Article]:
    """So many articles, each of another transfer and, after a while, of one that others tell of too."""
    made = []
    pairs = product(range(count), _RECIPIENTS, _GOODS, _SUPPLIERS)
    for number, (_, recipient, goods, supplier) in enumerate(islice(pairs, count)):
        text = _TEXT.format(supplier=supplier, recipient=recipient, goods=goods, count=12 + number, number=number)
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        made.append(Article(f"{number:016x}", f"bericht-{number}", text, outlet="Abendblatt", published=day))
    return made


class SmallReader:
    """Reads `small_articles`; every version makes another reading."""

    def __init__(self, version: int = 1) -> None:
        self.name = f"small-{version}"

    def read(self, article: Article) -> Reading:
        """The reading of one of these articles."""
        words = article.text.split()
        spans: dict[str, Span] = {}
        for name, type, word in (
            ("supplier", SpanType.ACTOR, words[0]),
            ("recipient", SpanType.ACTOR, words[2]),
            ("quantity", SpanType.QUANTITY, words[3]),
            ("item", SpanType.ITEM, words[4]),
            ("trigger", SpanType.TRIGGER, "überlassen"),
            ("cue", SpanType.CUE, "teilte"),
            ("source", SpanType.ACTOR, "Verteidigungsministerium"),
        ):
            start = article.text.index(word)
            spans[name] = Span.of(article.text, start, start + len(word), type)
        transfer = Transfer(
            spans["trigger"],
            Stage.OFFERED,
            supplier=(Link(spans["supplier"]),),
            recipient=(Link(spans["recipient"]),),
            item=(Link(spans["item"]),),
        )
        said = Statement(spans["cue"], Stance.ASSERTS, source=(Link(spans["source"]),), about=(Link(spans["trigger"]),))
        return Reading(
            article.id,
            self.name,
            tuple(spans.values()),
            (transfer,),
            (said,),
            ((spans["item"], Link(spans["quantity"])),),
        )
