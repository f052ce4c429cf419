"""Annotated articles with other names, models, numbers and dates, so that a model learns from the context.

Whatever is exchanged stays within its class and its form, and is exchanged everywhere in the article or nowhere: a
state for a state, an outlet or agency for one of its kind and language, a weapon for one of its item class, a number
for one of as many digits. What has a mention without a counterpart stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from random import Random
from typing import Any

from quellenlage.domain import Span, SpanType
from quellenlage.names.actors import OUTLETS, Actor, ActorKind, identify
from quellenlage.names.kind_words import kind_words
from quellenlage.names.knowledge import fold, load
from quellenlage.names.known_actors import known_actors
from quellenlage.names.text import Word, full_slug, key, words_of
from quellenlage.names.weapons import Weapon, all_weapons
from quellenlage.names.weapons import find as weapons_in
from training.corpus import Annotated
from training.state_forms import StateForms, grammar, state_forms

_COUNTED = frozenset({SpanType.QUANTITY, SpanType.AMOUNT})
_SHORTEST_STATE, _SHORTEST_ADJECTIVE = 4, 6
_LONGEST_SHORT_NAME = 4
_YEARS = range(2019, 2027)
_LONGEST_MONTH = {2: 28, 4: 30, 6: 30, 9: 30, 11: 30}
_TRIES = 20

_GLUE = re.compile(r"[\w\-‑'’@]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"„“«»]*\Z")
_BEFORE = re.compile(r"[\w-]+|[.,;:!?()\n]")
_ATTRIBUTE = re.compile(r"[a-zäöüß-]+(?:e|en|er|es|em)|[A-ZÄÖÜ][\w-]+er")
_ANY_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = re.compile(r"(?<![\w.,/–-])\d+(?:[.,]\d+)*(?![\w/–-]|[.,]\d)")
_ANY_YEAR = re.compile("|".join(map(str, _YEARS)))
_YEAR = re.compile(rf"(?<![\w/–-])(?<!\D[.,])(?:{_ANY_YEAR.pattern})(?![\w/–-]|[.,]\d)")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` in place of the characters from `start` to `end` of an article's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing of an article, named `old`, that becomes `new` by all its `edits`; `kind` says what sort of thing."""

    kind: str
    old: str
    new: str
    edits: tuple[Edit, ...]


def exchanged(article: Annotated, chance: Random, share: float = 0.5) -> Annotated:
    """The article with about `share` of what can be exchanged in it exchanged; the same for the same `chance`.

    Types, links, groups, events, stages and stances stay as they are; only texts and offsets change.
    """
    edits = (edit for exchange in exchanges(article, chance, share) for edit in exchange.edits)
    return edited(article, edits)


def exchanges(article: Annotated, chance: Random, share: float = 0.5) -> tuple[Exchange, ...]:
    """What `exchanged` changes: no two exchanges touch the same words, and no two things become one."""
    scene = _Scene(article)
    found: list[Exchange] = []
    taken: set[int] = set()
    kinds = (_states, _outlets, _weapons, _numbers, _number_words, _months, _weekdays, _years)
    for exchange in chain.from_iterable(kind(scene, chance, share) for kind in kinds):
        touched = {position for edit in exchange.edits for position in range(edit.start, edit.end)}
        if taken.isdisjoint(touched):
            taken |= touched
            found.append(exchange)
    return tuple(found)


def edited(article: Annotated, edits: Iterable[Edit]) -> Annotated:
    """The article with its text edited and its spans where their words now stand.

    The edits must not overlap, and none may reach over the edge of a span.
    """
    ordered = sorted(edits)
    text, at = "", 0
    for edit in ordered:
        text += article.text[at : edit.start] + edit.text
        at = edit.end
    text += article.text[at:]

    def moved(position: int) -> int:
        return position + sum(len(e.text) - (e.end - e.start) for e in ordered if e.end <= position)

    spans = (Span.of(text, moved(s.start), moved(s.end), s.type, s.confidence) for s in article.spans)
    return replace(article, text=text, spans=tuple(spans))


@dataclass(frozen=True, slots=True)
class _Named:
    """Words of a text that name a known actor."""

    start: int
    end: int
    actor: Actor


class _Scene:
    """An article with what stands in its text."""

    def __init__(self, article: Annotated) -> None:
        self.article, self.text, self.spans = article, article.text, article.spans
        self.actors = {n: identify(span.text) for n, span in enumerate(self.spans) if span.type is SpanType.ACTOR}
        self.named: list[_Named] = []
        self.hinted: set[str] = set()
        words, at = words_of(self.text), 0
        while at < len(words):
            length, actor = _longest_name(words, at)
            if actor:
                self.named.append(_Named(words[at].start, words[at + length - 1].end, actor))
            else:
                self.hinted |= _states_in(words[at].folded)
            at += max(length, 1)

    @cached_property
    def present(self) -> frozenset[str]:
        """Every party that the text speaks of."""
        actors = chain((named.actor for named in self.named), self.actors.values())
        return frozenset(actor.party for actor in actors) | self.hinted

    def has_span_around(self, start: int, end: int, types: Iterable[SpanType]) -> bool:
        """Whether a span of one of the types covers the words."""
        return any(s.start <= start and end <= s.end and s.type in types for s in self.spans)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether the words are whole, part of no compound, and not cut by the edge of a span."""
        if _GLUE.match(self.text[start - 1 : start]) or _GLUE.match(self.text[end : end + 1]):
            return False
        touched = [span for span in self.spans if span.start < end and start < span.end]
        return all(span.start <= start and end <= span.end for span in touched)

    def names(self, party: str) -> list[_Named]:
        """The names of a party in the text."""
        return [named for named in self.named if named.actor.party == party]

    def every_mention_has_a_name(self, party: str) -> bool:
        """Whether each span that means the party holds one of its names, or only points back to one."""
        meant = [n for n, actor in self.actors.items() if actor.party == party]
        equals = [
            n
            for group in self.article.groups
            if any(self.actors[n].source == party for n in group.intersection(meant))
            for n in group
            if self.actors[n].kind is not ActorKind.ANAPHOR
        ]
        return all(self._has_name(self.spans[n], party) for n in (*meant, *equals))

    def _has_name(self, span: Span, party: str) -> bool:
        return any(span.start <= n.start and n.end <= span.end for n in self.named if n.actor.party == party)


def _longest_name(words: list[Word], at: int) -> tuple[int, Actor | None]:
    """The longest known name that starts here: how many words it has, and whose it is."""
    known = known_actors()
    for length in range(min(known.longest, len(words) - at), 0, -1):
        chosen = words[at : at + length]
        folded = [word.folded for word in chosen]
        if length == 1 and folded[0] in kind_words().heads and folded[0] not in known.exact:
            break
        found = known.find(folded)
        if found and found.may_be(" ".join(word.text for word in chosen)):
            return length, found.actor
    return 0, None


@cache
def _states_in(folded: str) -> frozenset[str]:
    """The states that a longer word speaks of: "Russlandpolitik", "prorussisch"."""
    exact = known_actors().exact
    found = set()
    for start in range(len(folded)):
        for end in range(start + _SHORTEST_STATE, len(folded) + 1):
            known = exact.get(folded[start:end])
            if not known or known.actor.kind is not ActorKind.STATE or known.actor.source != known.actor.party:
                continue
            if start == 0 or (known.small and end - start >= _SHORTEST_ADJECTIVE):
                found.add(known.actor.party)
    return frozenset(found)


def _is_determined(text: str, start: int) -> bool:
    """Whether a determiner stands before the word, perhaps with an adjective between them."""
    before = _BEFORE.findall(text[max(0, start - 80) : start])
    determiners = grammar()["determiners"]
    if not before:
        return False
    if before[-1].lower() in determiners:
        return True
    is_attribute = _ATTRIBUTE.fullmatch(before[-1]) and not kind_words().head_of(key(before[-1]))
    return bool(is_attribute) and len(before) > 1 and before[-2].lower() in determiners


@dataclass(frozen=True, slots=True)
class _StatePlace:
    start: int
    end: int
    form: str
    printed: Callable[[str], str]


def _states(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    known, gone = state_forms(), set(scene.present)
    for code in sorted(scene.present & known.keys()):
        places = _state_places(scene, known[code])
        if not places or chance.random() >= share:
            continue
        needed = frozenset(place.form for place in places)
        others = [s for s in known.values() if s.code not in gone and s.can_stand_for(known[code], needed)]
        if others:
            new = chance.choice(others)
            gone.add(new.code)
            edits = (Edit(place.start, place.end, place.printed(new.written[place.form])) for place in places)
            yield Exchange("state", code, new.code, tuple(edits))


def _state_places(scene: _Scene, state: StateForms) -> list[_StatePlace]:
    """All the names of a state in the text with their forms; none where one of them has no form."""
    if state.code in scene.hinted or not scene.every_mention_has_a_name(state.code):
        return []
    places = [_state_place(scene, named, state) for named in scene.names(state.code)]
    found = [place for place in places if place]
    return found if len(found) == len(places) else []


def _state_place(scene: _Scene, named: _Named, state: StateForms) -> _StatePlace | None:
    start, end, text = named.start, named.end, scene.text
    words = text[start:end]
    if not scene.is_whole(start, end):
        return None
    printed: Callable[[str], str] = str
    forms = state.read.get(words, ())
    if not forms and _SENTENCE_START.search(text[:start]) and re.match(r" \w", text[end:]):
        forms, printed = state.read.get(words[0].lower() + words[1:], ()), _capitalised
    if not forms and words.isupper():
        forms, printed = state.read.get(words.title(), ()), str.upper
    possible = [form for form in forms if _may_stand(form, forms, scene, named, state)]
    return _StatePlace(start, end, possible[0], printed) if len(possible) == 1 else None


def _capitalised(word: str) -> str:
    return word[0].upper() + word[1:]


def _may_stand(form: str, forms: tuple[str, ...], scene: _Scene, named: _Named, state: StateForms) -> bool:
    """Whether a word can have the form where it stands; "Polen" after an article is the people, or nobody knows."""
    text = scene.text
    is_name = any(other.startswith("name") for other in forms)
    if form.startswith("people"):
        return not is_name and not re.match(r" [A-ZÄÖÜ]", text[named.end :])
    if form.startswith("name"):
        is_unclear = len(forms) > 1 and _is_determined(text, named.start)
        return not is_unclear and not (state.island and text[: named.start].lower().endswith("auf "))
    return True


@dataclass(frozen=True, slots=True)
class _Outlet:
    """An outlet with its name in each shape: with an article of its own or without, an abbreviation or not."""

    slug: str
    sort: tuple[str, str]
    written: Mapping[tuple[str, bool], str]
    read: Mapping[str, tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class _OutletPlace:
    start: int
    end: int
    shape: tuple[str, bool]
    gender: str


def _outlets(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    known, gone = _known_outlets(), set(scene.present)
    mentioned = {actor.party for actor in scene.actors.values() if actor.kind in OUTLETS}
    for slug in sorted(mentioned & known.keys()):
        old = known[slug]
        places = _outlet_places(scene, old)
        if not places or chance.random() >= share:
            continue
        others = [o for o in known.values() if o.slug not in gone and o.sort == old.sort and _fits(o, places)]
        if others:
            new = chance.choice(others)
            gone.add(new.slug)
            edits = (Edit(place.start, place.end, new.written[place.shape]) for place in places)
            yield Exchange("outlet", slug, new.slug, tuple(edits))


def _fits(outlet: _Outlet, places: list[_OutletPlace]) -> bool:
    written = outlet.written
    return all(p.shape in written and p.gender in ("", _gender(written[p.shape], outlet.sort[1])) for p in places)


def _outlet_places(scene: _Scene, outlet: _Outlet) -> list[_OutletPlace]:
    """All the names of an outlet in the text; none where one of them has no shape, or may be a common word."""
    if not scene.every_mention_has_a_name(outlet.slug):
        return []
    places = []
    for named in scene.names(outlet.slug):
        words = scene.text[named.start : named.end]
        shape = outlet.read.get(words)
        in_span = scene.has_span_around(named.start, named.end, (SpanType.ACTOR,))
        if not shape or not scene.is_whole(named.start, named.end) or not (in_span or shape[1] or " " in words):
            return []
        gender = _gender(words, outlet.sort[1]) if _is_determined(scene.text, named.start) else ""
        if gender is None:
            return []
        places.append(_OutletPlace(named.start, named.end, shape, gender))
    return places


def _gender(name: str, kind: str) -> str | None:
    last = name.split()[-1]
    if kind == "agency" and _is_abbreviation(name):
        return "f"
    return next((gender for gender, words in grammar()["outlets"]["genders"].items() if last in words), None)


@cache
def _known_outlets() -> Mapping[str, _Outlet]:
    found = {}
    for group in load("outlets")["groups"]:
        if group["kind"] == "institute":
            continue
        for names in (re.split(r"\s*;\s*", outlet) for outlet in group["outlets"]):
            usable = [name for name in names if _is_plain(name, group["language"])]
            written: dict[tuple[str, bool], str] = {}
            for name in usable:
                written.setdefault(_shape(name), name)
            slug = full_slug(names[0])
            sort = (group["language"], group["kind"])
            found[slug] = _Outlet(slug, sort, written, {name: _shape(name) for name in usable})
    return found


def _is_plain(name: str, language: str) -> bool:
    """Whether a name is neither an address nor a compound, and keeps its form in every case."""
    words = name.split()
    inflects = language == "de" and len(words) > 1 and re.fullmatch(r"\w+(?:e|en|er|es)", words[0]) is not None
    steady = words[0].endswith("er") and words[0][0].isupper() and not words[0].endswith("ischer")
    return not re.search(r"[./@!]|Agentur", name) and (not inflects or steady or words[0].lower() in _own_articles())


def _shape(name: str) -> tuple[str, bool]:
    first = name.split()[0].lower()
    return (first if " " in name and first in _own_articles() else ""), _is_abbreviation(name)


def _is_abbreviation(name: str) -> bool:
    return len(name) <= _LONGEST_SHORT_NAME and name.isalpha() and (name.isupper() or name.islower())


def _own_articles() -> frozenset[str]:
    return frozenset(grammar()["outlets"]["articles"])


def _weapons(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    present = weapons_in(fold(scene.text))
    gone = {_family(weapon) for weapon in present}
    for old in present:
        places = _weapon_places(scene, old)
        related = [other for other in present if other != old and _are_related(_family(other), _family(old))]
        if not places or related or chance.random() >= share:
            continue
        others = [
            weapon
            for weapon in all_weapons()
            if weapon.item_class == old.item_class
            and weapon.name.endswith("Klasse") == old.name.endswith("Klasse")
            and not any(_are_related(_family(weapon), family) for family in gone)
        ]
        if others:
            new = chance.choice(others)
            gone.add(_family(new))
            edits = (Edit(start, end, new.name) for start, end in places)
            yield Exchange("weapon", old.name, new.name, tuple(edits))


def _weapon_places(scene: _Scene, weapon: Weapon) -> list[tuple[int, int]]:
    """Where the plain names of a weapon stand; nowhere if none ends an item, or the text has another form of them."""
    text, rest, at = scene.text, "", 0
    places = []
    for match in _plain_names(weapon).finditer(text):
        in_span = scene.has_span_around(*match.span(), (SpanType.ITEM, SpanType.RETURN))
        in_actor = scene.has_span_around(*match.span(), (SpanType.ACTOR,))
        named = in_span or (not in_actor and re.search(r"\d", match.group()))
        if not named or not scene.is_whole(*match.span()):
            return []
        places.append(match.span())
        rest += text[at : match.start()] + "|"
        at = match.end()
    ends_an_item = any(span.type is SpanType.ITEM and span.end == end for span in scene.spans for _, end in places)
    return places if ends_an_item and weapon not in weapons_in(fold(rest + text[at:])) else []


@cache
def _plain_names(weapon: Weapon) -> re.Pattern[str]:
    entry = _listed_weapons()[weapon.item_class][weapon.name]
    names = sorted((weapon.name, *entry.get("also", ())), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, names))})(?![\w/-]|\s[A-Z]?\d)")


@cache
def _listed_weapons() -> Mapping[str, Any]:
    return load("weapons")


def _family(weapon: Weapon) -> str:
    return key(weapon.name)


def _are_related(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _numbers(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    in_words = {scene.text[start:end].lower() for start, end in _counts(scene, _number_word())}
    everywhere = [match.group() for match in _ANY_DIGITS.finditer(scene.text)]
    gone = set(everywhere)
    for old, places in _by_words(scene.text, _counts(scene, _DIGITS)).items():
        is_elsewhere = len(old) > 1 and everywhere.count(old) > len(places)
        is_one = old in ("0", "1")
        if is_elsewhere or is_one or _word_of(old) in in_words or chance.random() >= share:
            continue
        new = next((n for n in (_other_digits(old, chance) for _ in range(_TRIES)) if n not in gone), None)
        if new:
            gone.add(new)
            yield Exchange("number", old, new, tuple(Edit(start, end, new) for start, end in places))


def _other_digits(digits: str, chance: Random) -> str:
    """A number as round, as long and of the same style; nothing becomes one, which would want another noun."""
    lowest = 2 if len(digits) == 1 else 1
    return "".join(str(chance.randint(lowest, 9)) if c in "123456789" else c for c in digits)


def _number_words(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    places = _by_words(scene.text.lower(), _counts(scene, _number_word()))
    in_digits = {scene.text[start:end] for start, end in _counts(scene, _DIGITS)}
    gone = set(places)
    for old, found in places.items():
        others = [word for word in _words_to_twelve().values() if word not in gone]
        if not others or str(_value_of(old)) in in_digits or chance.random() >= share:
            continue
        new = chance.choice(others)
        gone.add(new)
        yield Exchange("number word", old, new, tuple(_as_printed(scene.text, start, end, new) for start, end in found))


def _as_printed(text: str, start: int, end: int, word: str) -> Edit:
    return Edit(start, end, _capitalised(word) if text[start].isupper() else word)


def _counts(scene: _Scene, number: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where the numbers of a sort stand that are alone in a quantity or an amount."""
    found = []
    for span in scene.spans:
        numbers = [*_ANY_DIGITS.findall(span.text), *_number_word().findall(span.text)]
        if span.type in _COUNTED and len(numbers) == 1:
            matches = (match.span() for match in number.finditer(scene.text, span.start))
            found += [(start, end) for start, end in matches if end <= span.end]
    return [(start, end) for start, end in found if not _fraction().match(scene.text, end)]


@cache
def _words_to_twelve() -> Mapping[int, str]:
    words: dict[int, str] = {}
    for word, value in load("numbers")["units"].items():
        if 2 <= value <= 12:
            words.setdefault(value, word)
    return words


def _value_of(word: str) -> int:
    return next(value for value, listed in _words_to_twelve().items() if listed == word)


def _word_of(digits: str) -> str | None:
    return _words_to_twelve().get(int(digits)) if digits.isdigit() else None


@cache
def _number_word() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(_words_to_twelve().values())})(?![\w-])", re.IGNORECASE)


@cache
def _fraction() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(grammar()['fractions'])})\b")


def _months(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    def suits(number: int, places: list[tuple[int, int]]) -> bool:
        days = [re.search(r"(\d+)\.\s*\Z", scene.text[:start]) for start, _ in places]
        return all(int(day.group(1)) <= _LONGEST_MONTH.get(number + 1, 31) for day in days if day)

    return _calendar(scene, chance, share, "month", suits)


def _weekdays(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    return _calendar(scene, chance, share, "weekday", lambda number, places: True)


def _calendar(
    scene: _Scene, chance: Random, share: float, kind: str, suits: Callable[[int, list[tuple[int, int]]], bool]
) -> Iterator[Exchange]:
    names: list[list[str]] = load("dates")[f"{kind}s"]
    present = [n for n, words in enumerate(names) if re.search(rf"\b(?:{'|'.join(words)})", scene.text)]
    gone = set(present)
    for old in present:
        places = _calendar_places(scene, tuple(names[old]), kind == "weekday")
        if not places or chance.random() >= share:
            continue
        others = [n for n in range(len(names)) if n not in gone and suits(n, places)]
        if others:
            new = chance.choice(others)
            gone.add(new)
            edits = (Edit(start, end, names[new][0]) for start, end in places)
            yield Exchange(kind, names[old][0], names[new][0], tuple(edits))


def _calendar_places(scene: _Scene, names: tuple[str, ...], with_day_part: bool) -> list[tuple[int, int]]:
    """Where a month or weekday stands; nowhere if it also stands in another word, an abbreviation or a name."""
    part = rf"(?={'|'.join(grammar()['day_parts'])})" if with_day_part else r"(?!)"
    long, short = [names[0], *(n for n in names[1:] if len(n) > 4)], [n for n in names[1:] if len(n) <= 4]
    whole = re.compile(rf"(?<![\w-])(?:{'|'.join(long)})(?:(?![\w-])|{part})")
    any_form = re.compile(rf"\b(?:{'|'.join(long)})" + (rf"|\b(?:{'|'.join(short)})\b" if short else ""))
    places = [match.span() for match in whole.finditer(scene.text)]
    if len(places) != len(any_form.findall(scene.text)):
        return []
    in_name = any(n.start < end and start < n.end for start, end in places for n in scene.named)
    return [] if in_name or any(not _is_apart(scene, *place) for place in places) else places


def _years(scene: _Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """The recent years of the article, all or none, in their order."""
    found = _by_words(scene.text, [match.span() for match in _YEAR.finditer(scene.text)])
    every = _ANY_YEAR.findall(scene.text)
    places = {
        year: where
        for year, where in found.items()
        if every.count(year) == len(where) and all(_is_apart(scene, *place) for place in where)
    }
    if not places or len(places) != len(set(every)) or chance.random() >= share:
        return
    old = sorted(places)
    for year, new in zip(old, sorted(chance.sample(_YEARS, len(old))), strict=True):
        if year != str(new):
            yield Exchange("year", year, str(new), tuple(Edit(start, end, str(new)) for start, end in places[year]))


def _is_apart(scene: _Scene, start: int, end: int) -> bool:
    """Whether a time stands in a time, or in nothing that may mean something else by it."""
    around = [span for span in scene.spans if span.start < end and start < span.end]
    return all(s.start <= start and end <= s.end and s.type is SpanType.TIME for s in around)


def _by_words(text: str, places: Iterable[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end in places:
        found.setdefault(text[start:end], []).append((start, end))
    return found
