"""The sentences of a text that the classifier is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quellenlage.intake.triage.automaton import Automaton
from quellenlage.intake.triage.sentences import sentences
from quellenlage.intake.triage.stems import Stems


@dataclass(frozen=True, slots=True)
class Lookout:
    """Looks for stems of weapons and of transfers."""

    weapons: Automaton
    transfers: Automaton

    @classmethod
    def for_stems(cls, stems: Stems) -> Lookout:
        """The lookout for these stems, with their traps."""
        return cls(Automaton.of(stems.weapons, stems.traps), Automaton.of(stems.transfers))

    def names_weapon(self, text: str) -> bool:
        """Whether the stem of a weapon stands in `text`."""
        return bool(self.weapons.find(text.encode(errors="replace")).places)

    def telling(self, text: str) -> Iterator[str]:
        """The sentences of `text` that name a weapon, where anything in it may be a transfer."""
        if self.transfers.find(text.encode(errors="replace")).places:
            yield from filter(self.names_weapon, sentences(text))
