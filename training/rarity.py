"""`python -m training.rarity`: how many articles of the corpus hold each word, for the weighing of stories.

Writes `src/quellenlage/weigh/data/rarity.txt`: the number of articles in the first line, then a stem and its count a
line. Words of fewer than `FEWEST` articles are left out; they count as of one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from quellenlage.weigh.rarity import FILE, stems_of
from training.corpus import load

FEWEST = 4


def main() -> None:
    """Count the words of the corpus and write the list."""
    articles = load()
    counts = Counter(stem for article in articles for stem in set(stems_of(article.text)))
    lines = [str(len(articles)), *(f"{s} {n}" for s, n in sorted(counts.items()) if n >= FEWEST)]
    Path(str(FILE)).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
