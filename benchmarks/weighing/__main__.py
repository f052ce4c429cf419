"""`python -m benchmarks.weighing`: copies, stories, deals, origins and drifts of the story groups, and their answers.

The groups are weighed as two ledgers of eighteen, because authors who did not know of each other told the same events
here and there. Scores are F1 over pairs of articles or claims. Deals and what hangs on them are weighed from the claims
of the groups, so that the reader's mistakes do not count. An origin count is right where the deal that shares most
claims with that of the answer has as many origins.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.weighing.groups import Group, groups, pairs_of
from quellenlage.weigh.weighing import Weighing, weigh
from training.evaluate import Tally


def main() -> None:
    """Print the scores of all groups, and what is wrong."""
    parts = [(part, weighed(part)) for part in ledgers(groups())]
    every = [scores(part, weighing) for part, weighing in parts]
    print("| what | precision | recall | F1 | of each ledger |\n|---|---:|---:|---:|---|")
    for name in every[0]:
        tally = sum((tallies[name] for tallies in every), start=Tally())
        each = ", ".join(f"{tallies[name].f1:.3f}" for tallies in every)
        print(f"| {name} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f} | {each} |")
    counts = [count for part, weighing in parts for count in origin_counts(part, weighing)]
    right = sum(wanted == found for _, wanted, found in counts)
    print(f"\nThe number of origins is right in {right} of {len(counts)} deals ({right / len(counts):.3f}).\n")
    print("\n".join(line for part, weighing in parts for line in mistakes(part, weighing)))


def ledgers(asked: tuple[Group, ...]) -> tuple[tuple[Group, ...], ...]:
    """The groups of two authors each."""
    return tuple(tuple(group for group in asked if group.name[0] in authors) for authors in ("pq", "rs"))


def weighed(part: tuple[Group, ...]) -> Weighing:
    """Some groups as one ledger."""
    return weigh([a for group in part for a in group.articles], [c for group in part for c in group.claims])


def answers(asked: tuple[Group, ...]) -> dict[str, frozenset[object]]:
    """What should be found: pairs of copies, of articles of one story, of claims of one deal; and drifts."""
    return {
        "copies": frozenset(pair for group in asked for pair in group.copies),
        "stories": frozenset(pair for group in asked for pair in group.stories),
        "deals": frozenset(pair for group in asked for pair in group.deals),
        "drifts": frozenset(drift for group in asked for drift in group.drifts),
    }


def findings(weighing: Weighing) -> dict[str, frozenset[object]]:
    """The same as the weighing finds it."""
    drifts = [drift for deal in weighing.deals for drift in deal.drifts]
    return {
        "copies": frozenset(pairs_of(weighing.copy_groups)),
        "stories": frozenset(pairs_of(story.articles for story in weighing.stories)),
        "deals": frozenset(pairs_of(deal.claims for deal in weighing.deals)),
        "drifts": frozenset((d.source_article, d.taker_article, d.kind.value) for d in drifts),
    }


def scores(asked: tuple[Group, ...], weighing: Weighing) -> dict[str, Tally]:
    """How much of each was found."""
    wanted, found = answers(asked), findings(weighing)
    return {name: Tally(len(found[name] & wanted[name]), len(found[name]), len(wanted[name])) for name in wanted}


def origin_counts(asked: tuple[Group, ...], weighing: Weighing) -> Iterator[tuple[frozenset[str], int, int]]:
    """For each deal of the answers its claims, how many origins it has, and how many were found."""
    for group in asked:
        for claims, wanted in group.origins.items():
            likest = max(
                weighing.deals, key=lambda deal: len(claims & set(deal.claims)) / len(claims | set(deal.claims))
            )
            yield claims, wanted, len(likest.standing.origins)


def mistakes(asked: tuple[Group, ...], weighing: Weighing) -> Iterator[str]:
    """What was missed, found where nothing is, and miscounted."""
    wanted, found = answers(asked), findings(weighing)
    for name in ("stories", "drifts"):
        for sign, odd in (("missed", wanted[name] - found[name]), ("false", found[name] - wanted[name])):
            yield from sorted(f"{name}, {sign}: {_told(one)}" for one in odd)
    deals = {claim: deal.id for deal in weighing.deals for claim in deal.claims}
    for group in asked:
        apart = {frozenset(deals[claim] for claim in claims) for claims in group.origins}
        if any(len(names) > 1 for names in apart) or len(frozenset().union(*apart)) < len(apart):
            yield f"deals of {group.name}: " + "; ".join(sorted(", ".join(sorted(names)) for names in apart))
    for claims, right, counted in origin_counts(asked, weighing):
        if right != counted:
            yield f"origins of {min(claims)} …: {right}, counted {counted}"


def _told(one: object) -> str:
    return " ".join(sorted(one)) if isinstance(one, frozenset) else str(one)


if __name__ == "__main__":
    main()
