"""`python -m benchmarks.names`: are mentions named right, and how fast are they looked up?

`identities.jsonl` holds 300 parties and 300 goods, drawn at random from all parties of transfers and all goods of
the corpus, each checked by hand: who or what is meant, as a reader of the whole article would say.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from quellenlage.claims.mentions import Mentions, mentions_of
from quellenlage.domain import SpanType
from quellenlage.names import actors, items
from training.corpus import Annotated, load, reading_of

CHECKED = Path(__file__).with_name("identities.jsonl")


def main() -> None:
    """Print the shares named right with every mistake, and the time that a mention takes."""
    articles = {article.id: article for article in load()}
    named: dict[str, Mentions] = {}
    right = {"party": 0, "classes": 0}
    asked = {"party": 0, "classes": 0}
    mistakes = []
    for entry in map(json.loads, CHECKED.read_text(encoding="utf-8").splitlines()):
        article = articles[entry["article"]]
        mentions = named.setdefault(article.id, mentions_of(reading_of(article)))
        field = "party" if "party" in entry else "classes"
        found = identity(mentions, entry["start"], entry["text"], field)
        asked[field] += 1
        right[field] += found == entry[field]
        if found != entry[field]:
            mistakes.append(
                f"{article.id}: {entry['text']!r} is {entry[field] or 'nothing'}, named {found or 'nothing'}"
            )
    print(f"parties {right['party']} of {asked['party']}, goods {right['classes']} of {asked['classes']} right")
    print("\n".join(mistakes))
    print(f"{microseconds(list(articles.values())):.0f} µs a mention on one core")


def identity(mentions: Mentions, start: int, text: str, field: str) -> str | list[str]:
    """The party, or the classes in order, of the mention that stands there."""
    if field == "party":
        return next(a.party for span, a in mentions.actors.items() if (span.start, span.text) == (start, text))
    return sorted(next(i.classes for span, i in mentions.items.items() if (span.start, span.text) == (start, text)))


def microseconds(articles: list[Annotated]) -> float:
    """How long one mention of the corpus takes to look up, beginning with nothing in mind."""
    mentions = [(span.type, span.text) for article in articles for span in article.spans]
    wanted = [(type, text) for type, text in mentions if type in (SpanType.ACTOR, SpanType.ITEM)]
    actors.identify.cache_clear()
    items.identify.cache_clear()
    started = time.process_time()
    for type, text in wanted:
        if type is SpanType.ACTOR:
            actors.identify(text)
        else:
            items.identify(text)
    return 1e6 * (time.process_time() - started) / len(wanted)


if __name__ == "__main__":
    main()
