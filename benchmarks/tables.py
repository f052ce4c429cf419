"""Measures as Markdown tables, the rules beside the reader in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.measures import Measures, intervals, summed
from training.calibrate import Judged, binned, expected_calibration_error, share_right, sureness
from training.corpus import Annotated

REGISTER_MEASURES = ("spans", "links", "stage", "stance", "claims: pairs", "claims: triples")


def scores_table(reader: Sequence[Measures], rules: Sequence[Measures], annotator: Measures) -> str:
    """Every measure with its 95 % interval, beside what the rules reach and on what two annotators agree."""
    mine, theirs, spread = summed(reader), summed(rules), intervals(reader)
    rows = [
        "| what | precision | recall | F1 | 95 % | rules: F1 | a second annotator: F1 | in the annotation |",
        "|---|---:|---:|---:|---|---:|---:|---:|",
    ]
    for name, tally in mine.items():
        low, high = spread[name]
        rows.append(
            f"| {name} | {tally.precision:.3f} | {tally.recall:.3f} | **{tally.f1:.3f}** | {low:.3f}–{high:.3f} "
            f"| {theirs[name].f1:.3f} | {annotator[name].f1:.3f} | {tally.wanted} |"
        )
    return "\n".join(rows)


def registers_table(articles: Sequence[Annotated], reader: Sequence[Measures], rules: Sequence[Measures]) -> str:
    """A few measures by register: F1 of the reader, and in brackets that of the rules."""
    rows = [
        "| register | articles | " + " | ".join(REGISTER_MEASURES) + " |",
        "|---|---:|" + "---:|" * len(REGISTER_MEASURES),
    ]
    for register in sorted({article.register for article in articles}):
        where = [n for n, article in enumerate(articles) if article.register == register]
        mine, theirs = (summed(parts[n] for n in where) for parts in (reader, rules))
        cells = [f"{mine[name].f1:.2f} ({theirs[name].f1:.2f})" for name in REGISTER_MEASURES]
        rows.append(f"| {register} | {len(where)} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def reliability_table(finds: Mapping[str, Sequence[Judged]]) -> str:
    """For each group of finds how often they are right when the reader is this sure, and the error expected."""
    rows = ["| what | sure between | finds | mean sureness | share right |", "|---|---|---:|---:|---:|"]
    for name, some in finds.items():
        for one in binned(some):
            low = min(int(one[0].probability * 10), 9) / 10
            rows.append(
                f"| {name} | {low:.1f}–{low + 0.1:.1f} | {len(one)} | {sureness(one):.2f} | {share_right(one):.2f} |"
            )
        error = expected_calibration_error(some)
        rows.append(f"| **{name}: expected calibration error** | | {len(some)} | | **{error:.3f}** |")
    return "\n".join(rows)
