"""What triage keeps and drops: run as `python -m benchmarks.triage [--pages FOLDER …] [--texts FILE …]`.

Kept must be the articles of the corpus that hold a transfer: as texts, and as pages of this module's own making in the
encodings that pages come in. They are judged by classifiers that did not learn from them: each fifth of the articles
learned from by one that learned from the other four, the articles held back by the one that is shipped. Dropped should
be other news: `--pages` takes folders with saved pages (`.html`, `.html.gz`; the first `--domains` of their names, such
as `.de`, choose among them), `--texts` files with one JSON object a line that has a `text`. Speed is that of one core,
in megabytes of the pages' bytes.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from quellenlage.intake.triage import THRESHOLD, Triage
from quellenlage.intake.triage.classifier import Classifier
from training.corpus import Annotated, is_held_back, load
from training.triage import examples, learned

THRESHOLDS = (0.0, 0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.3, 0.5)
FIFTHS = 5
ROUNDS = 3

_PAGE = """<!DOCTYPE html><html lang="de"><head><title>{title}</title><meta name="description" content="{title}">
<style>.a{{margin:0}}</style></head><body><nav><ul><li><a href="/politik">Politik</a></li><li><a href="/sport">Sport</a>
</li></ul></nav><main><article><h1>{title}</h1>{paragraphs}</article></main><aside><a href="/1"><h3>Das Wetter</h3><p>Am
Wochenende wird es mild und trocken, sagt der Wetterdienst.</p></a></aside><footer>Impressum</footer></body></html>"""


@dataclass(frozen=True)
class Judged:
    """An article that holds a transfer, and a triage that did not learn from it, by threshold."""

    article: Annotated
    triages: dict[float, Triage]


def page(text: str) -> str:
    """A page that holds the lines of a text as its paragraphs, between a menu and a teaser."""
    lines = [html.escape(line, quote=False) for line in text.splitlines() if line.strip()]
    return _PAGE.format(title=lines[0], paragraphs="".join(f"<p>{line}</p>\n" for line in lines[1:] or lines))


FORMS: dict[str, Callable[[str], bytes]] = {
    "page, UTF-8": lambda text: page(text).encode(),
    "page, Windows-1252": lambda text: page(text).encode("cp1252", errors="xmlcharrefreplace"),
    "page, UTF-16": lambda text: page(text).encode("utf-16"),
    "page, numbered entities": lambda text: page(text).encode("ascii", errors="xmlcharrefreplace"),
    "JSON, escaped": lambda text: json.dumps({"@type": "NewsArticle", "articleBody": text}).encode(),
    "text, UTF-8": lambda text: text.encode(),
}
"""The bytes that an article is made into."""


def judged(articles: Sequence[Annotated]) -> list[Judged]:
    """Every article that holds a transfer with triages that did not learn from it."""
    taken = [article for article in articles if not is_held_back(article.id)]
    shipped = _triages(Classifier.load())
    found = [Judged(a, shipped) for a in articles if is_held_back(a.id) and a.stages]
    for fifth in range(FIFTHS):
        triages = _triages(learned(examples(taken[n] for n in range(len(taken)) if n % FIFTHS != fifth)))
        found += [Judged(a, triages) for a in taken[fifth::FIFTHS] if a.stages]
    return found


def _triages(classifier: Classifier) -> dict[float, Triage]:
    return {threshold: Triage(threshold, classifier) for threshold in THRESHOLDS}


def kept(articles: Sequence[Judged], threshold: float, form: str) -> list[bool]:
    """For each article whether both its bytes in a form and its text come through."""
    make = FORMS[form]
    return [
        judged.triages[threshold].drops_bytes(make(judged.article.text)) is None
        and judged.triages[threshold].drops_text(judged.article.text) is None
        for judged in articles
    ]


def pages_in(folders: Sequence[Path], domains: Sequence[str]) -> list[bytes]:
    """The bytes of the saved pages in folders."""
    of_domain = re.compile("|".join(rf"{re.escape(domain)}(?![a-z])" for domain in domains))
    paths = [path for folder in folders for path in sorted(folder.glob("*.html*")) if of_domain.search(path.name)]
    return [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in paths]


def texts_in(files: Sequence[Path]) -> list[str]:
    """The texts of JSON Lines files."""
    return [json.loads(line)["text"] for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def speed(pages: Sequence[bytes]) -> float:
    """Megabytes a second of processor time, in the best of some rounds."""
    triage, spent = Triage(), []
    for _ in range(ROUNDS):
        start = time.process_time()
        for data in pages:
            triage.drops_bytes(data)
        spent.append(time.process_time() - start)
    return sum(map(len, pages)) / 1e6 / min(spent)


def _share(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / len(hits):.4f} ({len(hits) - sum(hits)} of {len(hits)} lost)"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=Path, nargs="*", default=[])
    parser.add_argument("--domains", nargs="*", default=[""])
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    articles = judged(load())
    held_back = [n for n, entry in enumerate(articles) if is_held_back(entry.article.id)]
    pages, texts = pages_in(options.pages, options.domains), texts_in(options.texts)

    print("| threshold | kept, all | kept, held back | pages dropped | texts dropped |\n|---|---|---|---|---|")
    for threshold in THRESHOLDS:
        through = kept(articles, threshold, "page, UTF-8")
        triage = Triage(threshold)
        dropped_pages = [triage.drops_bytes(data) is not None for data in pages]
        dropped_texts = [triage.drops_text(text) is not None for text in texts]
        row = [_share(through), _share([through[n] for n in held_back])]
        row += [f"{sum(dropped) / len(dropped):.3f}" if dropped else "–" for dropped in (dropped_pages, dropped_texts)]
        print(f"| {threshold:g} | {' | '.join(row)} |")

    print(f"\n| form, at {THRESHOLD:g} | kept, all | kept, held back |\n|---|---|---|")
    for form in FORMS:
        through = kept(articles, THRESHOLD, form)
        print(f"| {form} | {_share(through)} | {_share([through[n] for n in held_back])} |")

    if pages:
        print(f"\n{len(pages)} pages, {sum(map(len, pages)) / 1e6:.0f} MB: {speed(pages):.0f} MB/s on one core")


if __name__ == "__main__":
    main()
