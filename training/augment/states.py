"""States for states, by all their names: "Iran", "Teheran", "iranische" and "Iraner" change together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from training.augment.edits import Edit, Exchange
from training.augment.grammar import capitalised, is_determined
from training.augment.scene import Named, Scene
from training.augment.state_forms import StateForms, state_forms

_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\s\"„“«»]*\Z")


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a state is named, by which form of its words, and how a word is printed there."""

    start: int
    end: int
    form: str
    printed: Callable[[str], str]


def state_exchanges(scene: Scene, chance: Random, share: float) -> Iterator[Exchange]:
    """About `share` of the states, each for one that has all the forms that are needed."""
    known, gone = state_forms(), set(scene.present)
    for code in sorted(scene.present & known.keys()):
        mentions = _mentions(scene, known[code])
        if not mentions or chance.random() >= share:
            continue
        needed = frozenset(mention.form for mention in mentions)
        others = [s for s in known.values() if s.code not in gone and s.can_stand_for(known[code], needed)]
        if others:
            new = chance.choice(others)
            gone.add(new.code)
            edits = (Edit(m.start, m.end, m.printed(new.written[m.form])) for m in mentions)
            yield Exchange("state", code, new.code, tuple(edits))


def _mentions(scene: Scene, state: StateForms) -> list[_Mention]:
    """All the names of a state in the text with their forms; none where one of them has no form."""
    if state.code in scene.hinted or not scene.every_mention_has_a_name(state.code):
        return []
    names = scene.names(state.code)
    mentions = [mention for named in names if (mention := _mention(scene, named, state))]
    return mentions if len(mentions) == len(names) else []


def _mention(scene: Scene, named: Named, state: StateForms) -> _Mention | None:
    """The mention by a name, if it is clear which form that has."""
    start, end, text = named.start, named.end, scene.text
    words = text[start:end]
    if not scene.is_whole(start, end):
        return None
    printed: Callable[[str], str] = str
    forms = state.read.get(words, ())
    if not forms and _SENTENCE_START.search(text[:start]) and re.match(r" \w", text[end:]):
        forms, printed = state.read.get(words[0].lower() + words[1:], ()), capitalised
    if not forms and words.isupper():
        forms, printed = state.read.get(words.title(), ()), str.upper
    possible = [form for form in forms if _may_stand(form, forms, text, named, state)]
    return _Mention(start, end, possible[0], printed) if len(possible) == 1 else None


def _may_stand(form: str, forms: tuple[str, ...], text: str, named: Named, state: StateForms) -> bool:
    """Whether a word can have the form where it stands; "Polen" after an article is the people, or nobody knows."""
    is_name = any(other.startswith("name") for other in forms)
    if form.startswith("people"):
        return not is_name and not re.match(r" [A-ZÄÖÜ]", text[named.end :])
    if form.startswith("name"):
        is_unclear = len(forms) > 1 and is_determined(text, named.start)
        return not is_unclear and not (state.island and text[: named.start].lower().endswith("auf "))
    return True
