"""The words of `data/dates.yaml`, and the patterns that they make up: what a time in German looks like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from quellenlage.names import knowledge
from quellenlage.names.knowledge import fold

UNIT = r"(?P<unit>minute|stunde|tag|woche|monat|jahr|jahrzehnt|jahrhundert)(?:e|en|n|s|es)?"
DAYPART = r"(?: ?(?:am )?(?:fruhen |spaten )?(?:morgen|fruh|vormittag|mittag|nachmittag|abend|nacht))?"
YEAR = r"(?:19|20)\d\d"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Folded words, each kind with what it stands for; `rules` pairs patterns with the methods of `Points`."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    decades: dict[str, int]
    ordinals: dict[str, int]
    feasts: dict[str, str]
    adverbs: dict[str, str]
    since_long: dict[str, str]
    which: dict[str, int]
    leans: dict[str, int]
    elsewhere: re.Pattern[str]
    particles: re.Pattern[str]
    day_words: dict[str, int]
    day_word: re.Pattern[str]
    rules: tuple[tuple[re.Pattern[str], str], ...]


@cache
def time_words() -> TimeWords:
    """The packaged words for times."""
    content = knowledge.load("dates")
    months = _numbered(content["months"], 1)
    weekdays, seasons = _numbered(content["weekdays"], 0), _numbered(content["seasons"], 21)
    decades = {fold(word): int(tens) for tens, words in content["decades"].items() for word in words}
    ordinals = {fold(stem): number for stem, number in content["ordinals"].items()}
    day_words = _numbered(content["day_words"], 1)
    feasts = {fold(name): day for name, day in content["feasts"].items()}
    kinds = ("today", "yesterday", "two_days_ago", "tomorrow", "in_two_days", "now", "recently", "soon", "this_year")
    which = {fold(stem): n for n, kind in ((-1, "last"), (0, "this"), (1, "next")) for stem in content[kind]}
    parts = {
        "month": _either(months),
        "weekday": _either(weekdays),
        "season": _either(seasons),
        "decade": _either(decades),
        "feast": _either(feasts),
        "ordinal": _either(ordinals),
        "which": rf"(?:{_either(which)})\w*",
        "last": rf"(?:{_either(map(fold, content['last']))})\w*",
        "next": rf"(?:{_either(map(fold, content['next']))})\w*",
    }
    return TimeWords(
        months,
        weekdays,
        seasons,
        decades,
        ordinals,
        feasts,
        adverbs={fold(word): kind for kind in kinds for word in content[kind]},
        since_long={fold(word): unit for word, unit in content["since_long"].items()},
        which=which,
        leans={fold(w): n for n, kind in ((-1, "looking_back"), (1, "looking_ahead")) for w in content[kind]},
        elsewhere=re.compile(rf"\b(?:{_either(map(fold, content['elsewhere']))})\b"),
        particles=re.compile(rf"(?:{_either(map(fold, content['particles']))})\b ?(?=\w)"),
        day_words=day_words,
        day_word=re.compile(rf"\b(?P<day>{_either(day_words)})e[nr] (?=(?:{parts['month']})\b)"),
        rules=_rules(parts),
    )


def _rules(part: dict[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    year = rf"(?P<year>{YEAR})"
    edge = r"(?:(?P<edge>anfang|beginn|mitte|ende|fruh|spat)\w* (?:des |der |vom )?)?"
    which, unit = rf"(?:(?P<which>{part['which']}) )?", UNIT
    of = rf"(?: (?:(?:des |im )?(?:jahres? )?{year}|(?:des |im )?(?P<of>{part['which']}) jahr(?:es)?))?"
    rules = {
        "iso": r"(?P<date>(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<dd>\d\d))?)(?:t.*)?",
        "numeric": r"(?:.* )?(?P<dd>\d{1,2})\. ?(?P<mm>\d{1,2}|[ivx]{1,4})\.(?: ?(?P<year>\d{4}|\d\d))?",
        "month_of_year": r"(?P<mm>\d{1,2})/(?P<year>\d{4})",
        "english": rf"(?P<month>{part['month']})\.? (?P<dd>\d{{1,2}})(?:st|nd|rd|th)?,? {year}",
        "day_of_month": rf"(?P<dd>\d{{1,2}})\. (?P<which>{part['which']}) monats",
        "month_day": rf"(?:(?:{part['weekday']})\w*,? (?:den |dem )?)?(?P<dd>\d{{1,2}})\.? "
        rf"(?P<month>{part['month']})\.?(?: {year})?",
        "day_alone": r"(?P<dd>\d{1,2})\.?",
        "month": rf"{edge}{which}(?:monat )?(?P<month>{part['month']})s?\.?(?P<week>wochen?)?{of}",
        "season": rf"{edge}{which}(?:fruh|spat|hoch|kriegs)?(?P<season>{part['season']})s?{of}(?:/\d\d(?:\d\d)?)?",
        "year": rf"{edge}(?:jahr(?:e|es)? )?{year}",
        "decade": rf"(?:(?:anfang|mitte|ende) (?:der )?)?(?:(?P<digits>(?:19|20)\d0)|(?P<decade>{part['decade']}))"
        r"(?: ?er)?n?[ -]?(?:jahren?)?",
        "weekday": rf"(?:nacht (?:zum|auf) )?{which}(?:fruhen |spaten )?(?P<weekday>{part['weekday']})s?{DAYPART}",
        "weekend": rf"{which}wochenende",
        "which_week": rf"{edge}{which}woche(?:nbeginn|nanfang|nmitte)?",
        "turn_of_year": r"(?:(?:ende|(?P<begin>anfang|beginn)) des jahres|"
        r"jahres(?:ende|wechsel|schluss|(?P<start>beginn|anfang)))",
        "which_month": rf"{edge}{which}monats?(?P<end>ende|anfang|beginn)?",
        "which_year": rf"{edge}{which}(?P<pre>vor)?jahr(?:es|e)?",
        "quarter": rf"(?P<ordinal>{part['ordinal']})\w* (?P<part>quartal|vierteljahr|halbjahr|jahreshalfte)s?{of}",
        "feast": rf"(?P<feast>{part['feast']}){of}",
        "ago": rf"vor (?P<count>(?:[\w,]+ )*){unit}",
        "next_units": rf"(?:(?:binnen|innerhalb)(?: von| der)?|(?:{part['next']})) (?P<count>(?:[\w,]+ )*){unit}",
        "past_units": rf"(?:{part['last']}) (?P<count>(?:[\w,]+ )*){unit}",
        "ahead": rf"in (?P<count>(?:[\w,]+ )*){unit}",
    }
    return tuple((re.compile(pattern), name) for name, pattern in rules.items())


def _numbered(groups: list[Any], begin: int) -> dict[str, int]:
    return {fold(word): number for number, words in enumerate(groups, begin) for word in words}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
