"""`python -m benchmarks`: scores and timings of the shipped reader, as Markdown."""

from __future__ import annotations

from benchmarks.baseline import RuleReader
from benchmarks.calibration import ALMOST_FREE, judged_claims, reliability
from benchmarks.held_back import held_back_readings
from benchmarks.measures import measures, summed
from benchmarks.phenomena import phenomena_table
from benchmarks.second_readings import second_readings
from benchmarks.speed import speed
from benchmarks.tables import registers_table, reliability_table, scores_table
from quellenlage.reader import ModelReader
from training.calibrate import curve_through


def main() -> None:
    """Print everything that is measured."""
    reader = ModelReader.load()
    readings = held_back_readings(reader)
    mine = [measures(annotated, reading) for annotated, reading in readings]
    rules = [measures(annotated, reading) for annotated, reading in held_back_readings(RuleReader())]
    annotator = summed(measures(annotated, reading) for annotated, reading in second_readings())
    articles = [annotated for annotated, _ in readings]
    print(f"## {reader.name} on {len(articles)} held-back articles\n\n{scores_table(mine, rules, annotator)}\n")
    print(f"## By register (in brackets: the rules)\n\n{registers_table(articles, mine, rules)}\n")
    print(f"## Links found, by phenomenon\n\n{phenomena_table(readings)}\n")
    print(f"## How sure it is, and how often it is right\n\n{reliability_table(reliability(readings))}\n")
    over = curve_through([find for a, reading in readings for find in judged_claims(a, reading)], ALMOST_FREE)
    print(f"The curve of claims would be right with this one over it: {over}\n")
    print(f"## Speed\n\n{speed()}")


if __name__ == "__main__":
    main()
