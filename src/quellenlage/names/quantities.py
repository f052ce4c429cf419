"""Words for how many → an interval with open ends, by the design's contract.

What the words leave open is settled by these rules:
- "mehr als N", "mindestens N", "über N", "gut N": from N on; "bis zu N", "höchstens N", "weniger als N", "fast N",
  "knapp N": up to N. "gut", "fast", "knapp", "rund", "etwa" mark the interval as approximate.
- "dreistellig" means 100 or more.
- A bare plural ("Dutzende", "Millionen") and "mehrere", "einige", "ein paar" mean two or more (of what they count).
- A point followed by three digits parts thousands, a comma is a decimal comma. Only "1,000" with no "Millionen" behind
  it is read the English way, as one thousand: nobody counts things to three decimals. Spaces and apostrophes part
  thousands, too.
- Shares and comparisons ("die Hälfte", "acht Prozent", "ebenso viele") name no number of things: nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from quellenlage.domain import Quantity
from quellenlage.names import knowledge
from quellenlage.names.knowledge import fold
from quellenlage.names.mending import mended, parted

_TOKEN = re.compile(r"\d{1,3}(?:[.' ’]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)*|[^\W\d_]+|[-$€£¥]", re.ASCII)
_ENGLISH_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_GERMAN_THOUSANDS = re.compile(r"\d{1,3}(?:[.' ’]\d{3})+(?:,\d+)?")
_SCALE = r"[MmBb]illion(?:en)?|[Mm]illiarden?|[Tt]ausend|[Hh]undert"
_BEFORE_SCALE = re.compile(rf"(?<=\w)-(?=(?:{_SCALE})\b)")
_SHARED_END = re.compile(r"(\w+)-(\s+(?:bis|und|oder)\s+\w+?)(tausend|hundert)\b")
_NO_COUNT = (
    re.compile(r"(?<![\w-])[A-ZÄÖÜ][A-Za-z]{0,4}-\d+\w*"),  # F-16, MiG-29
    re.compile(rf"(?<![\w.,])\d+(?:[.,]\d+)?(?:x\d+)?-(?!{_SCALE})(?=[A-ZÄÖÜ][a-zäöü])"),  # 155-Millimeter-Granaten
    re.compile(r"(?<![\d.,])\d{1,3}\.\s+(?=[A-ZÄÖÜ][a-zäöü])"),  # das 14. Exemplar
    re.compile(r"(?i)\b(?:anfang|mitte|ende)\s+(?:19|20)\d\d\b"),
)
_MOST_DIGITS = 15
_LONGEST_NUMBER_WORD = 60
_BETWEEN = {"bis", "und", "oder", "-"}


@dataclass(frozen=True, slots=True)
class Amount:
    """An interval, whether it is approximate, and the folded words that are no part of the number."""

    low: float | None
    high: float | None
    approximate: bool
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as read. `open`: or more ("Dutzende"); `article`: perhaps no number ("eine"); `scale`: of its nouns;
    `goes_on`: another number follows it at once."""

    value: float
    open: bool = False
    article: bool = False
    scale: float = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    numbers: dict[str, float]
    halves: dict[str, float]
    scales: dict[str, float]
    plurals: frozenset[str]
    several: frozenset[str]
    digits: dict[str, int]
    comma: str
    first: frozenset[str]
    no_number: re.Pattern[str]
    vague: frozenset[str]
    bounds: dict[str, str]
    bound: re.Pattern[str]
    measures: dict[str, str]
    singular: frozenset[str]


def parse(words: str) -> Quantity | None:
    """The quantity that `words` (a quantity span) name, or None where they name no number. Never raises."""
    amount = read_amount(words)
    if amount is None:
        return None
    known = _words()
    unit = next((known.measures[word] for word in amount.rest if word in known.measures), None)
    return Quantity(
        amount.low, amount.high, words, unit or _noun(words, set(amount.rest) - known.vague), amount.approximate
    )


def read_amount(words: str) -> Amount | None:
    """The interval that `words` name, with the words left over; None where there is no number in them."""
    known = _words()
    text = _plain(words)
    if known.no_number.search(text):
        return None
    bounds = {known.bounds[match.group()] for match in known.bound.finditer(text)}
    numbers, ranged, rest = _read(known.bound.sub(" ", text), known)
    if not numbers:
        return None
    low, high = _interval(numbers, ranged, bounds)
    about = bool(bounds & {"about", "at_least_about", "at_most_about"})
    return Amount(_tidy(low), _tidy(high), about, tuple(rest))


def _plain(words: str) -> str:
    """`words` folded, without digits that count nothing, and with numbers that a hyphen divides written in full."""
    text = parted(mended(words))
    for pattern in _NO_COUNT:
        text = pattern.sub(" ", text)
    text = _SHARED_END.sub(r"\1\3\2\3", _BEFORE_SCALE.sub(" ", text))
    return " ".join(fold(text).split())


def _read(text: str, known: _Words) -> tuple[list[_Number], bool, list[str]]:
    """The numbers of `text`, whether the first two are the ends of a range, and its other words."""
    tokens = [match.group() for match in _TOKEN.finditer(text)]
    numbers: list[_Number] = []
    current: _Number | None = None
    ranged, first, decimal, rest = False, False, False, []
    for token, following in zip(tokens, [*tokens[1:], ""], strict=False):
        read = _extend(current, token, following, known)
        if decimal and current is not None and read is not None:
            current, decimal = replace(current, value=float(f"{current.value:.0f}.{read.value:.0f}")), False
        elif read is not None:
            if current is not None and read.scale == 1 and not _continues(current, token, known):
                numbers.append(replace(current, goes_on=current.scale > 1))
            current = read
        elif token in _BETWEEN:
            ranged = ranged or (current is not None and all(number.goes_on for number in numbers))
            numbers += [current] if current else []
            current = None
        elif token == known.comma and current is not None:
            decimal = True
        else:
            first = first or (token in known.first and current is None)
            rest.append(token)
    numbers = _summed([*numbers, current] if current else numbers)
    if known.vague.intersection(rest):
        numbers = [number for number in numbers if not number.article]
    elif (first and (not numbers or "von" in rest)) or (not numbers and known.singular.intersection(rest)):
        numbers = [_Number(1)]
    return numbers, ranged, rest


def _summed(numbers: list[_Number]) -> list[_Number]:
    """Numbers in which "zwei Milliarden 300 Millionen" is one."""
    result: list[_Number] = []
    for number in numbers:
        before = result[-1] if result else None
        if before and before.goes_on and number.value < before.scale:
            result[-1] = replace(number, value=before.value + number.value, scale=before.scale)
        else:
            result.append(number)
    return result


def _extend(current: _Number | None, token: str, following: str, known: _Words) -> _Number | None:
    """The number that `token` makes of the one read so far, or None where it is no number word."""
    if scale := known.scales.get(token):
        if current is None:
            return _Number(2 * scale, open=True, scale=scale) if token in known.plurals else _Number(scale, scale=scale)
        return _Number(current.value * scale, current.open, scale=current.scale * scale)
    if digits := next((count for stem, count in known.digits.items() if token.startswith(stem)), None):
        return _Number(10 ** (digits - 1), open=True)
    if token in known.several:
        return _Number(2, open=True)
    if half := known.halves.get(token):
        whole = current is not None and not current.article
        return _Number(current.value + half if current and whole else half)
    value = _numeral(token, following in known.scales) if token[0].isdigit() else _spelled(token, known)
    if value is None:
        return None
    if current is not None and current.open and current.scale == 1 and value >= 10:
        return _Number(current.value * value, open=True)
    return _Number(value, article=token.startswith("ein") and value == 1)


def _continues(current: _Number, token: str, known: _Words) -> bool:
    """Whether `token` goes on with the number read so far ("ein halbes", "mehrere hundert")."""
    return current.article or token in known.halves or (current.open and current.scale == 1)


def _interval(numbers: list[_Number], ranged: bool, bounds: set[str]) -> tuple[float | None, float | None]:
    first = numbers[0]
    if len(numbers) > 1 and (ranged or {"at_least", "at_most"} <= bounds):
        second = numbers[1]
        shared = first.scale == 1 < second.scale and first.value * second.scale <= second.value
        low, high = sorted((first.value * (second.scale if shared else 1), second.value))
        return low, None if first.open or second.open else high
    if first.open or bounds & {"at_least", "at_least_about"}:
        return first.value, None
    if bounds & {"at_most", "at_most_about"}:
        return None, first.value
    return first.value, first.value


def _numeral(numeral: str, before_scale: bool) -> float | None:
    if sum(c.isdigit() for c in numeral) > _MOST_DIGITS:
        return None
    english = _ENGLISH_THOUSANDS.fullmatch(numeral)
    if english and (numeral.count(",") > 1 or "." in numeral or not before_scale):
        return float(numeral.replace(",", ""))
    if _GERMAN_THOUSANDS.fullmatch(numeral):
        return float(re.sub(r"[.' ’]", "", numeral).replace(",", "."))
    decimal = numeral.replace(",", ".")
    return float(decimal) if decimal.count(".") <= 1 else None


def _spelled(word: str, known: _Words) -> float | None:
    """The value of a number written as one word, "zweihundertfünfzig" (folded)."""
    if len(word) > _LONGEST_NUMBER_WORD:
        return None
    if word in known.numbers:
        return known.numbers[word]
    if "ue" in word or "oe" in word:
        return _spelled(word.replace("ue", "u").replace("oe", "o"), known)
    for noun, value in (("tausend", 1000), ("hundert", 100)):
        before, found, after = word.partition(noun)
        if found:
            factor = _spelled(before, known) if before else 1
            added = _spelled(after.removeprefix("und"), known) if after else 0
            return None if factor is None or added is None else factor * value + added
    unit, found, ten = word.partition("und")
    if found and unit in known.numbers and ten in known.numbers:
        return known.numbers[unit] + known.numbers[ten]
    whole = _spelled(word.removesuffix("einhalb"), known) if word.endswith("einhalb") else None
    return None if whole is None else whole + 0.5


def _tidy(value: float | None) -> float | None:
    """`value` without the dust of binary fractions (8,3 Milliarden), whole where it is whole."""
    if value is None:
        return None
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def _noun(words: str, rest: set[str]) -> str | None:
    """What is counted: the first noun after the number; German writes nouns, and only them, with a capital."""
    return next((word for word in words.split()[1:] if word[0].isupper() and fold(word) in rest), None)


@cache
def _words() -> _Words:
    content = knowledge.load("numbers")
    scales: dict[str, float] = {}
    plurals: set[str] = set()
    for noun, scale in content["scales"].items():
        forms = [fold(form) for form in scale["plural"]]
        plurals |= set(forms)
        scales |= dict.fromkeys(
            [fold(noun), *forms, *(fold(s).rstrip(".") for s in scale.get("short", ()))], scale["value"]
        )
    bounds = {fold(phrase): bound for bound, phrases in content["bounds"].items() for phrase in phrases}
    return _Words(
        numbers={fold(str(word)): value for kind in ("units", "tens") for word, value in content[kind].items()},
        halves={fold(word): value for word, value in content["halves"].items()},
        scales=scales,
        plurals=frozenset(plurals),
        several=frozenset(map(fold, content["several"])),
        digits={fold(stem): count for stem, count in content["digits"].items()},
        comma=fold(content["comma"]),
        first=frozenset(map(fold, content["first"])),
        no_number=_any_of(content["no_number"]),
        vague=frozenset(map(fold, content["vague"])),
        bounds=bounds,
        bound=_any_of(bounds),
        measures={fold(form): name for name, forms in content["measures"].items() for form in forms},
        singular=frozenset(map(fold, content["singular"])),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(fold, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
