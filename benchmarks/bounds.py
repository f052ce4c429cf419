"""`python -m benchmarks.bounds`: from which probability on links should hold, by the claims that come of them.

The bounds are `quellenlage.reader.decode.BOUNDS`; they are chosen by the F1 of (supplier, recipient) pairs on the
held-back articles.
"""

from __future__ import annotations

from itertools import product

from benchmarks.held_back import held_back_readings
from benchmarks.measures import measures, summed
from benchmarks.remembering import Remembering
from quellenlage.reader import ModelReader
from quellenlage.reader.decode import Bounds
from quellenlage.reader.model import load

LINKED = (0.3, 0.4, 0.5, 0.6)
LIKELIEST = (0.05, 0.1, 0.15, 0.2, 0.3)
MEASURES = ("claims: pairs", "claims: triples", "links")


def main() -> None:
    """Print a table of F1 by both bounds."""
    model = Remembering.of(load())
    print("| a link holds from | the likeliest from | " + " | ".join(MEASURES) + " |")
    print("|---:|---:|" + "---:|" * len(MEASURES))
    for linked, likeliest in product(LINKED, LIKELIEST):
        if likeliest < linked:
            reader = ModelReader(model, Bounds(linked, likeliest))
            total = summed(measures(annotated, reading) for annotated, reading in held_back_readings(reader))
            cells = [f"{total[name].f1:.3f}" for name in MEASURES]
            print(f"| {linked} | {likeliest} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
