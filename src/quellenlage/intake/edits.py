"""What cleaning did to a text, so that it can be seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a step of cleaning took out or changed: the words, what they became ("" where taken out), why."""

    step: str
    words: str
    became: str
    why: str
