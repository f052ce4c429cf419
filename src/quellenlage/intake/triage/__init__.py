"""Triage: what cannot speak of an arms transfer is dropped before it costs anything.

Three looks, each dearer than the one before and taken only of what that one let through: whether the stem of a weapon
stands there at all; whether there is running text in which one stands beside the stem of a transfer; and how likely, by
a small classifier, a sentence that names a weapon speaks of a transfer. They are taken of the bytes, before any parsing
(`Triage.drops_bytes`), and once there is an article, of its text (`Triage.drops_text`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from quellenlage.intake.triage import stems
from quellenlage.intake.triage.classifier import Classifier
from quellenlage.intake.triage.passages import passages
from quellenlage.intake.triage.telling import Lookout

THRESHOLD = 0.1
"""How likely a sentence must speak of a transfer for an article to be kept; `docs/triage.md` has the curve."""

NO_WEAPON = "no word for a weapon"
NO_TRANSFER = "no running text with words for a weapon and a transfer"

# What begins like this is compressed or holds compressed streams: PDF, ZIP (DOCX, WACZ, ODT), gzip, bzip2, xz,
# Zstandard, Parquet, and the compound files of old Word (magic numbers as in file(1)).
_SEALED = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Triage:
    """Says what to drop, and why; keeps what it cannot judge.

    `threshold` is how likely a sentence must speak of a transfer, between 0 and 1: the higher, the more is dropped. At
    0 only what names no weapon beside a transfer is. Raises `ValueError` where it lies outside. `classifier` is the one
    that comes with the package where none is given.
    """

    threshold: float = THRESHOLD
    classifier: Classifier | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise ValueError(f"the threshold of triage is {self.threshold}; expected a number between 0 and 1")

    def drops_bytes(self, data: bytes) -> str | None:
        """Why bytes in any encoding, a page, JSON or text, are not worth parsing; None where they may be.

        What is compressed cannot be judged and is kept.
        """
        if data.startswith(_SEALED):
            return None
        if b"\0" in data[:64]:  # UTF-16 and UTF-32: German and English are Latin-1 between zeros
            data = data.replace(b"\0", b"")
        found = _lookout().weapons.find(data)
        if not found.places:
            return NO_WEAPON
        return self._drops("\n".join(passages(found.data, found.places)))

    def drops_text(self, text: str) -> str | None:
        """Why an article's text does not speak of an arms transfer; None where it may."""
        plain = text.replace("\u00ad", "")
        if not _lookout().names_weapon(plain):
            return NO_WEAPON
        return self._drops(plain)

    def telling(self, text: str) -> list[str]:
        """The sentences of an article's text for which it is kept."""
        classifier = self.classifier or _classifier()
        plain = text.replace("\u00ad", "")
        return [one for one in _lookout().telling(plain) if classifier.likelihood(one) >= self.threshold]

    def _drops(self, text: str) -> str | None:
        classifier = self.classifier or _classifier()
        likeliest = -1.0
        for sentence in _lookout().telling(text):
            likeliest = max(likeliest, classifier.likelihood(sentence))
            if likeliest >= self.threshold:
                return None
        return NO_TRANSFER if likeliest < 0 else f"a transfer is unlikely ({likeliest:.2f} < {self.threshold:.2f})"


@cache
def _lookout() -> Lookout:
    return Lookout.for_stems(stems.load())


@cache
def _classifier() -> Classifier:
    return Classifier.load()
