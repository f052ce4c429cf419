"""The parts of a mention of an actor: known names, nouns of a kind, and what is left, a name perhaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quellenlage.names.kind_words import Head, KindWords, Sort, kind_words
from quellenlage.names.known_actors import ActorKind, Known, KnownActors
from quellenlage.names.text import Word, stem, words_of

_OCCUPATION = ("mann", "frau", "in", "er", "ist", "ent", "ant", "loge", "nom", "or", "eur", "wirt", "rat", "walt")
_ADJECTIVE = ("e", "er", "en", "es", "em")
_OF = frozenset({"von", "des", "der", "vom"})
_FROM = frozenset({"von", "vom", "bei", "beim", "aus"})
_ONLY_AFTER_PARTICLES = frozenset({"der", "den"})
_RETIRED = re.compile(r"\ba\.\s?D\.")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a mention that belong together: a known actor, a noun of a kind, a filler, or none of these."""

    words: tuple[Word, ...]
    known: Known | None = None
    head: Head | None = None
    modifier: str = ""
    filler: bool = False

    @property
    def is_person(self) -> bool:
        """Whether it is a known person."""
        return self.known is not None and self.known.actor.kind is ActorKind.PERSON

    @property
    def is_loose(self) -> bool:
        """Whether nothing is known of it and it looks like part of a name: "Han", "Do" and "yun" in "Han Do-yun"."""
        return not (self.known or self.head or self.filler) and (self.words[0].capital or self.words[0].hyphened)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention taken apart.

    `name` is the last run of unknown capitalised words, `head_of_name` the noun of a kind right beside it.
    `name_first`: the mention begins with it; `name_from`: it then says where the name belongs ("Anna Muster von dpa").
    `name_follows_state`: a state's bare name stands before it ("China Muster"); `name_in_compound`: it is joined to
    another word by a hyphen ("US-Drohnen"). `former`: the office is one of the past.
    """

    parts: tuple[Part, ...]
    name: str | None = None
    head_of_name: Head | None = None
    name_first: bool = False
    name_follows_state: bool = False
    name_from: bool = False
    name_in_compound: bool = False
    former: bool = False

    @property
    def heads(self) -> tuple[Head, ...]:
        """The nouns of a kind, in their order."""
        return tuple(part.head for part in self.parts if part.head)

    @property
    def modifiers(self) -> tuple[str, ...]:
        """The kinds of source that first parts of compounds say."""
        return tuple(part.modifier for part in self.parts if part.modifier)

    @property
    def starts_with_kind(self) -> bool:
        """Whether a noun of a kind stands before everything else."""
        return bool(self.parts) and self.parts[0].head is not None

    def has_any(self, folded: frozenset[str]) -> bool:
        """Whether one of these folded words stands in it as a capitalised word."""
        return any(word.folded in folded and word.capital for part in self.parts for word in part.words)

    @property
    def person(self) -> Part | None:
        """The last known person in it."""
        return next((part for part in reversed(self.parts) if part.is_person), None)

    def heads_around(self, part: Part) -> tuple[list[Head], list[Head]]:
        """The nouns of a kind before `part` and after it; an apposition after a comma does not count."""
        at = self.parts.index(part)
        after = []
        for following in self.parts[at + 1 :]:
            if following.words[0].after_comma:
                break
            if following.head:
                after.append(following.head)
        return [p.head for p in self.parts[:at] if p.head], after

    def is_genitive(self, part: Part, known: KnownActors) -> bool:
        """Whether `part`, with the office before it, depends on another word ("Berater von Präsident Selenskyj")."""
        at = self.parts.index(part)
        while at > 0 and self._is_office_or_its_state(at - 1):
            at -= 1
        linked = at > 0 and self.parts[at - 1].filler and self.parts[at - 1].words[0].folded in _OF
        return linked or known.is_genitive("".join(word.folded for word in part.words))

    def _is_office_or_its_state(self, at: int) -> bool:
        head = self.parts[at].head
        of_compound = at + 1 < len(self.parts) and self.parts[at].words == self.parts[at + 1].words
        return of_compound or (head is not None and head.sort is Sort.OFFICE)


def read(text: str, known: KnownActors) -> Mention:
    """Take a mention apart."""
    lists = kind_words()
    text = _RETIRED.sub("ehemalig", text)
    words = words_of(text)
    parts = _in_context(list(_parts(words, lists, known)), lists)
    run = _name_run(parts, lists)
    former = any(lists.is_former(word.folded) for word in words)
    if run is None:
        return Mention(tuple(parts), former=former)
    start, end = run
    return Mention(
        parts=tuple(parts),
        name=text[parts[start].words[0].start : parts[end - 1].words[-1].end],
        head_of_name=_head_beside(parts, run, lists),
        name_first=start == 0,
        name_follows_state=start > 0 and _is_plain_state(parts[start - 1]) and not parts[start].words[0].hyphened,
        name_in_compound=start > 0 and parts[start].words[0].hyphened,
        name_from=start == 0 and end < len(parts) and parts[end].words[0].folded in _FROM,
        former=former,
    )


def _parts(words: list[Word], lists: KindWords, known: KnownActors) -> Iterator[Part]:
    folded = [word.folded for word in words]
    stems = list(map(stem, folded))
    at = 0
    while at < len(words):
        found, length = _longest_known(words[at:], folded[at:], stems[at:], lists, known)
        if found:
            yield Part(tuple(words[at : at + length]), known=found)
            at += length
            continue
        yield from _single(words[at], lists, known)
        at += 1


def _longest_known(
    words: list[Word], folded: list[str], stems: list[str], lists: KindWords, known: KnownActors
) -> tuple[Known | None, int]:
    """The longest known name that the words begin with; a noun of a kind as it is ("Emirat") is no inflected name."""
    for length in range(min(known.longest, len(words)), 0, -1):
        if length == 1 and folded[0] in lists.heads and folded[0] not in known.exact:
            return None, 0
        found = known.find(folded[:length], stems[:length])
        if found and found.may_be(" ".join(word.text for word in words[:length])):
            return found, length
    return None, 0


def _single(word: Word, lists: KindWords, known: KnownActors) -> Iterator[Part]:
    """The part or parts of one word: a compound may hold a state before its noun ("Kremlsprecher")."""
    if word.folded in lists.fillers:
        yield Part((word,), filler=True)
        return
    compound = None if word.quoted else lists.head_of(word.folded)
    if compound is None:
        yield Part((word,), filler=word.folded.isdigit() or lists.is_former(word.folded))
        return
    head, first = compound
    state = _state_in(first, known)
    if state:
        yield Part((word,), known=state)
    yield Part((word,), head=head, modifier=lists.modifier(first) if head.weak or head.kind == "officials" else "")


def _state_in(first_part: str, known: KnownActors) -> Known | None:
    if first_part.startswith("bund"):
        return known.exact["bund"]
    found = known.exact.get(first_part) or known.exact.get(first_part.removesuffix("s"))
    return found if found and found.actor.kind is ActorKind.STATE and len(first_part) > 3 else None


def _in_context(parts: list[Part], lists: KindWords) -> list[Part]:
    """What the neighbours say of a part.

    A known surname beside an unknown name is somebody else; a noun at the end of a name belongs to it ("Sprecher Hans
    Richter"); a capitalised adjective right before a noun is no name ("Kasseler Panzerbauer", "Hohe Beamte").
    """
    plain: list[Part] = []
    for at, part in enumerate(parts):
        beside = [p for p in (*parts[max(at - 1, 0) : at], *parts[at + 1 : at + 2]) if p.is_loose]
        before = plain[-1] if plain else None
        if (part.known and part.known.bare and beside) or (
            part.head
            and part.head.sort in (Sort.OFFICE, Sort.TITLE)
            and at == len(parts) - 1
            and before
            and before.is_loose
            and any(p.head for p in plain)
            and not part.words[0].after_comma
        ):
            part = Part(part.words)
        elif part.is_loose and _is_adjective_of(part, parts[at + 1 : at + 2], lists):
            part = Part(part.words, filler=True)
        plain.append(part)
    return plain


def _is_adjective_of(part: Part, following: list[Part], lists: KindWords) -> bool:
    folded = part.words[0].folded
    noun = next((p.head for p in following if p.head and not p.words[0].hyphened), None)
    if noun is None or noun.stands_for is ActorKind.ORGANISATION or following[0].words[0].after_comma:
        return False
    return folded.endswith(_ADJECTIVE) and folded not in lists.given_names


def _is_plain_state(part: Part) -> bool:
    """Whether it is a state's name, neither an adjective ("Moskauer") nor a genitive ("Chinas")."""
    known = part.known
    inflected = part.words[-1].folded.endswith(("s", "er"))
    return known is not None and known.actor.kind is ActorKind.STATE and not known.small and not inflected


def _name_run(parts: list[Part], lists: KindWords) -> tuple[int, int] | None:
    """The last run of loose parts, particles between them included, without an occupation at its head."""
    end = next((at + 1 for at in reversed(range(len(parts))) if parts[at].is_loose), None)
    if end is None:
        return None
    start = end - 1
    while (earlier := _name_before(parts, start, lists)) is not None:
        start = earlier
    spaced = [at for at in range(start, end) if not parts[at].words[0].hyphened or at == start]
    first = parts[start].words[0]
    if len(spaced) >= 3 and first.folded not in lists.given_names and first.folded.endswith(_OCCUPATION):
        start = spaced[1]
    return start, end


def _name_before(parts: list[Part], start: int, lists: KindWords) -> int | None:
    """Where the name goes on to the left, over particles as in "Hanna von der Heide"."""
    at = start - 1
    while at > 0 and not parts[at].words[0].capital and parts[at].words[0].folded in lists.particles:
        at -= 1
    after = parts[at + 1].words[0] if at + 1 < len(parts) else None
    if at < 0 or after is None or after.after_comma or not parts[at].is_loose:
        return None
    return None if at < start - 1 and after.folded in _ONLY_AFTER_PARTICLES else at


def _head_beside(parts: list[Part], run: tuple[int, int], lists: KindWords) -> Head | None:
    start, end = run
    occupation_dropped = start > 0 and parts[start - 1].is_loose
    if occupation_dropped:
        return Head(Sort.TITLE)
    beside = start - 1
    while beside > 0 and parts[beside].filler and lists.is_former(parts[beside].words[0].folded):
        beside -= 1
    before = parts[beside].head if beside >= 0 else None
    if before is not None:
        return before
    comma_after = end < len(parts) and parts[end].words[0].after_comma
    if start == 0 and comma_after:
        return next((part.head for part in parts[end:] if part.head), None)
    if start > 1 and parts[start].words[0].after_comma:
        return next((part.head for part in parts[:start] if part.head), None)
    return None
