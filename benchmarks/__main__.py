"""`python -m benchmarks`: scores and timings of the shipped reader, as Markdown."""

from __future__ import annotations

from rich.console import Console

from benchmarks.baseline import RuleReader
from benchmarks.held_back import held_back_scores
from benchmarks.second_readings import agreement
from benchmarks.speed import speed
from quellenlage.reader import ModelReader
from quellenlage.terminal import score_table, texts


def main() -> None:
    """Print everything that is measured."""
    reader = ModelReader.load()
    console = Console()
    for one in (reader, RuleReader()):
        readings, claims = held_back_scores(one)
        print(f"## {one.name} on held-back articles\n\n{readings.table()}\n")
        print("## Claims of these articles, against those that the annotation makes\n")
        console.print(score_table(claims, texts("en")))
    print(f"## What two annotators agree on\n\n{agreement().table()}\n")
    measured = speed(reader)
    print(f"{measured.articles_a_second:.1f} articles of 300 words a second, {measured.megabytes:.0f} MB at most")


if __name__ == "__main__":
    main()
