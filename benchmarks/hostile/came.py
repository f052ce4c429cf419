"""What came of an input, and of all inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

LONGEST = 10.0  # seconds of the processor
MOST_MEMORY = 1_000_000_000  # bytes


@dataclass
class Came:
    """What came of an input: how many of each, how long it took, the most memory, and what was wrong with it.

    `articles` counts what feeds and lists of addresses name, too. `seconds` is of taking it in, `silence` the longest
    time of it without an article or a message, `recording` the longest time of the step after that, for an article:
    all in seconds of the processor, this process and those that it started and that have ended, since others are at
    work on the machine as well. `waited` is the silence by the clock, in which they are. `memory` is in bytes and
    counts the largest process that was started for any input so far, too. `said` are the first messages.
    """

    articles: int = 0
    messages: int = 0
    seconds: float = 0.0
    silence: float = 0.0
    waited: float = 0.0
    recording: float = 0.0
    memory: int = 0
    said: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def problems(self) -> Iterator[str]:
        """All that was wrong, with what took too long or too much."""
        yield from self.wrong
        if self.silence > LONGEST:
            yield f"{self.silence:.1f} s of the processor without an article or a message"
        if self.recording > LONGEST:
            yield f"{self.recording:.1f} s of the processor to record it"
        if self.memory > MOST_MEMORY:
            yield f"{self.memory / 1e6:.0f} MB"


def table(came: Mapping[str, Sequence[Came]]) -> str:
    """How many inputs of each kind ended in what, and the worst of each measure, as Markdown."""
    rows = [
        "| kind | inputs | in articles | in messages | in both | longest wait, s | by the clock, s "
        "| longest to record, s | peak memory, MB | failures |",
        f"|---|{'---:|' * 9}",
        *(_row(kind or "no ending", of_kind) for kind, of_kind in came.items()),
    ]
    together = [one for of_kind in came.values() for one in of_kind]
    return "\n".join([*rows, _row("**all**", together)] if together else rows)


def _row(kind: str, came: Sequence[Came]) -> str:
    in_both = sum(bool(one.articles and one.messages) for one in came)
    in_articles = sum(bool(one.articles) for one in came) - in_both
    in_messages = sum(bool(one.messages) for one in came) - in_both
    return (
        f"| {kind} | {len(came):,} | {in_articles:,} | {in_messages:,} | {in_both:,} "
        f"| {max(one.silence for one in came):.1f} | {max(one.waited for one in came):.1f} "
        f"| {max(one.recording for one in came):.1f} | {max(one.memory for one in came) / 1e6:.0f} "
        f"| {sum(any(one.problems()) for one in came)} |"
    )
